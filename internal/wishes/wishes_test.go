package wishes_test

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"claimbench/internal/articles"
	"claimbench/internal/breakdowns"
	"claimbench/internal/claims"
	"claimbench/internal/evidence"
	"claimbench/internal/fault"
	"claimbench/internal/model"
	"claimbench/internal/model/modeltest"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
	"claimbench/internal/wishes"
)

// world is a house with a model that answers by a script.
type world struct {
	*roomtest.World
	t      *testing.T
	server *modeltest.Server
	s      *wishes.Service
	voices wishes.Model
	reply  func(modeltest.Asked) modeltest.Reply
	ahead  time.Duration // of the world's clock
	told   int           // reports of the dam
}

// later moves the clock on.
func (w *world) later(d time.Duration) { w.ahead += d }

const (
	fact  = "The dam broke on 3 May 2021 and the company paid 5 million dollars."
	inFa  = "سد در ۳ مه ۲۰۲۱ شکست و شرکت ۵ میلیون دلار پرداخت کرد."
	wrong = "سد در ۴ مه ۲۰۲۱ شکست و شرکت ۵ میلیون دلار پرداخت کرد."
)

func glossOf(words string) modeltest.Reply {
	return modeltest.JSON(map[string]any{"claims": []any{map[string]any{"claim": 1, "words": words}}})
}

// sentTo are the passages of a question, and a reply that turns their order round.
func sentTo(t *testing.T, a modeltest.Asked) (words []string, turned modeltest.Reply) {
	t.Helper()
	var got struct {
		Passages []struct {
			N    int
			Text string
		}
	}
	if err := json.Unmarshal([]byte(a.User), &got); err != nil {
		t.Error(err)
	}
	all := []any{}
	for _, p := range got.Passages {
		words = append(words, p.Text)
		all = append([]any{map[string]any{"n": p.N, "why": "the dam"}}, all...)
	}
	return words, modeltest.JSON(map[string]any{"passages": all})
}

func newWorld(t *testing.T, db *store.DB) *world {
	t.Helper()
	w := &world{World: roomtest.New(t, db, articles.CollectionNew{}), t: t}
	db.SetClock(func() time.Time { return time.Now().Add(w.ahead) })
	w.reply = func(a modeltest.Asked) modeltest.Reply {
		if a.Schema == "gloss" {
			return glossOf(inFa)
		}
		_, turned := sentTo(t, a)
		return turned
	}
	w.server = modeltest.New(t, func(a modeltest.Asked) modeltest.Reply { return w.reply(a) })
	c, err := model.New(model.Options{Address: w.server.URL, Model: "fake"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	of, err := model.NewVoices(c)
	if err != nil {
		t.Fatal(err)
	}
	w.voices = of
	w.s = wishes.New(db, w.Policy, w.Auth, w.Claims, w.Evidence, of, nil)
	return w
}

func (w *world) allow(perDay int) {
	w.t.Helper()
	var now breakdowns.Sending
	if err := w.DB.Read(roomtest.Ctx(), func(r *store.Rx) (err error) {
		now, err = breakdowns.SendingOf(r, w.Collection.ID)
		return err
	}); err != nil {
		w.t.Fatal(err)
	}
	now.Allowed, now.PerDay = true, perDay
	if _, err := w.Broken.Set(roomtest.Ctx(), w.As("admin-1"), now); err != nil {
		w.t.Fatal(err)
	}
}

// steps does what is due, and says how many steps that were.
func (w *world) steps() (n int) {
	w.t.Helper()
	for n < 100 {
		more, err := w.s.Step(roomtest.Ctx())
		if err != nil {
			w.t.Fatal(err)
		}
		if !more {
			return n
		}
		n++
	}
	w.t.Fatal("it never ends")
	return n
}

func (w *world) beside(id claims.ID) (out []claims.Proposal) {
	w.t.Helper()
	if err := w.DB.Read(roomtest.Ctx(), func(r *store.Rx) (err error) {
		out, err = claims.Beside(r, id)
		return err
	}); err != nil {
		w.t.Fatal(err)
	}
	return out
}

func (w *world) asked(id claims.ID) (out []wishes.Wish) {
	w.t.Helper()
	if err := w.DB.Read(roomtest.Ctx(), func(r *store.Rx) (err error) {
		out, err = wishes.GlossesOf(r, id)
		return err
	}); err != nil {
		w.t.Fatal(err)
	}
	return out
}

func (w *world) claim() (articles.Imported, claims.Claim) {
	w.t.Helper()
	in := w.Article(articles.Import{Lang: "en", Raw: fact, Source: "Secret Gazette", Title: "A secret title"})
	return in, w.Claim(in, fact, fact)
}

// A gloss is asked for by a person, in collections whose admin allowed it, and comes as a proposal of the model; taken
// by a person it is theirs to be confirmed by another, and what prints says who wrote it.
func TestGloss(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		_, c := w.claim()
		ask := func(who, lang string) error {
			_, err := w.s.AskGloss(roomtest.Ctx(), w.As(who), c.ID, lang)
			return err
		}
		if err := ask("editor-1", "fa"); fault.KindOf(err) != fault.Conflict {
			t.Errorf("asked before anybody allowed it: %v", err)
		}
		w.allow(100)
		for lang, kind := range map[string]fault.Kind{"en": fault.Invalid, "en-GB": fault.Invalid, "": fault.Invalid,
			"<b>": fault.Invalid, strings.Repeat("x", 5000): fault.Invalid} {
			if err := ask("editor-1", lang); fault.KindOf(err) != kind {
				t.Errorf("%.20q: %v", lang, err)
			}
		}
		if err := ask("auditor-1", "fa"); fault.KindOf(err) != fault.Forbidden && fault.KindOf(err) != fault.NotFound {
			t.Errorf("an auditor asks: %v", err)
		}
		for range 2 { // asked twice, it is asked once
			if err := ask("editor-1", "fa"); err != nil {
				t.Fatal(err)
			}
		}
		w.steps()
		if n := len(w.server.Asked()); n != 1 {
			t.Fatalf("%d questions", n)
		}
		for _, word := range []string{"Secret", "editor", "reviewer", w.Collection.Name} {
			if strings.Contains(w.server.Asked()[0].Body, word) {
				t.Errorf("%q is sent: %s", word, w.server.Asked()[0].Body)
			}
		}
		all := w.beside(c.ID)
		if len(all) != 1 || all[0].Words != inFa || all[0].Maker != model.Maker || all[0].Model != "fake" ||
			all[0].Lang != "fa" || all[0].Prompt == "" || all[0].Input == "" {
			t.Fatalf("%+v", all)
		}
		g, err := w.Claims.SetGloss(roomtest.Ctx(), w.As("editor-1"), c.ID, "fa", all[0].Words, 0)
		if err != nil || g.ConfirmedBy != nil {
			t.Fatal(g, err)
		}
		if left := w.beside(c.ID); len(left) != 0 {
			t.Errorf("it still waits: %+v", left)
		}
		var taken []claims.Acceptance
		if err := w.DB.Read(roomtest.Ctx(), func(r *store.Rx) (err error) {
			taken, err = claims.AcceptanceIn(r, w.Collection.ID)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		i := slices.IndexFunc(taken, func(a claims.Acceptance) bool { return a.Kind == claims.ProposedGloss })
		if i < 0 || taken[i].Maker != model.Maker || taken[i].Language != "fa" || taken[i].Accepted != 1 {
			t.Errorf("%+v", taken)
		}
		w.Verify()
	})
}

// What is no gloss is refused and said; the words of a claim that changed meanwhile are not glossed by those before.
func TestGlossRefused(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		_, c := w.claim()
		w.allow(100)
		w.reply = func(modeltest.Asked) modeltest.Reply { return glossOf(wrong) }
		if _, err := w.s.AskGloss(roomtest.Ctx(), w.As("editor-1"), c.ID, "fa"); err != nil {
			t.Fatal(err)
		}
		w.steps()
		if got := w.asked(c.ID); len(got) != 1 || got[0].State != wishes.Done || got[0].Why != model.Date ||
			len(w.beside(c.ID)) != 0 {
			t.Errorf("%+v, %+v", got, w.beside(c.ID))
		}
		w.reply = func(modeltest.Asked) modeltest.Reply { return modeltest.Busy(3600) }
		if _, err := w.s.AskGloss(roomtest.Ctx(), w.As("editor-1"), c.ID, "fa"); err != nil {
			t.Fatal(err)
		}
		w.steps()
		if got := w.asked(c.ID); got[0].State != wishes.Waiting || got[0].Tries != 1 || got[0].Message == "" ||
			got[0].NextAt <= w.DB.Now() {
			t.Errorf("after an outage: %+v", got)
		}
		w.Verify()
	})
}

// Nothing of a text that is taken down is sent, and what was asked and proposed goes with it.
func TestStopsAtOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		in, c := w.claim()
		w.allow(100)
		for _, lang := range []string{"fa", "de"} {
			if _, err := w.s.AskGloss(roomtest.Ctx(), w.As("editor-1"), c.ID, lang); err != nil {
				t.Fatal(err)
			}
			if lang == "fa" {
				w.steps()
			}
		}
		if err := w.Articles.TakeDown(roomtest.Ctx(), w.As("editor-1"), in.Article.ID, in.Article.Version,
			"a court order"); err != nil {
			t.Fatal(err)
		}
		asked := len(w.server.Asked())
		w.steps()
		if n := len(w.server.Asked()); n != asked || w.Count("wishes") != 0 {
			t.Errorf("%d questions, then %d; %d wishes", asked, n, w.Count("wishes"))
		}
		for _, p := range w.beside(c.ID) {
			if p.Words != "" || len(p.Reasons) > 0 {
				t.Errorf("words are left: %+v", p)
			}
		}
		if _, err := w.s.AskGloss(roomtest.Ctx(), w.As("editor-1"), c.ID, "fa"); fault.KindOf(err) != fault.Conflict {
			t.Errorf("of a text that is taken down: %v", err)
		}
		w.Verify()
	})
}

// The questions of the day are those of the break-downs.
func TestLimit(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		_, c := w.claim()
		w.allow(1)
		for _, lang := range []string{"fa", "de"} {
			if _, err := w.s.AskGloss(roomtest.Ctx(), w.As("editor-1"), c.ID, lang); err != nil {
				t.Fatal(err)
			}
		}
		w.steps()
		waiting := 0
		for _, a := range w.asked(c.ID) {
			if a.State == wishes.Waiting && strings.Contains(a.Message, "today") {
				waiting++
			}
		}
		if n := len(w.server.Asked()); n != 1 || waiting != 1 {
			t.Errorf("%d questions, %d wait", n, waiting)
		}
		w.Verify()
	})
}

// reports are articles of others that speak of the dam.
func (w *world) reports(n int) {
	w.t.Helper()
	defer func() { w.told += n }()
	for i := range n {
		w.Article(articles.Import{Lang: "en", Raw: "The dam broke on 3 May 2021, the mayor of town " +
			string(rune('A'+w.told+i)) + " said. The company paid 5 million dollars."})
	}
}

func (w *world) passages(who string, id claims.ID) []evidence.Passage {
	w.t.Helper()
	got, err := w.Evidence.Passages(roomtest.Ctx(), w.As(who), id, 8)
	if err != nil {
		w.t.Fatal(err)
	}
	return got.Passages
}

func sentences(all []evidence.Passage) (out []articles.SentenceID) {
	for _, p := range all {
		out = append(out, p.Sentence.ID)
	}
	return out
}

// When a claim is opened its passages are put in order, once, by the model: it says which first and why, and nothing of
// whether they speak against the claim. The order ends with what it is of.
func TestOrder(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		w.allow(100)
		w.reports(3)
		in := w.Article(articles.Import{Lang: "en", Raw: fact})
		c := w.Claim(in, fact, fact)
		before := w.passages("reviewer-1", c.ID)
		if len(before) < 3 {
			t.Fatalf("%d passages", len(before))
		}
		w.steps()
		if n := len(w.server.Asked()); n != 1 {
			t.Fatalf("%d questions", n)
		}
		sent, _ := sentTo(t, w.server.Asked()[0])
		after := w.passages("reviewer-2", c.ID)
		if len(sent) != len(after) || slices.Equal(sentences(before), sentences(after)) {
			t.Errorf("%d sent, order %v, then %v", len(sent), sentences(before), sentences(after))
		}
		against := map[articles.SentenceID]bool{}
		for _, p := range before {
			against[p.Sentence.ID] = p.Against
		}
		for i, p := range after {
			if p.Ordered == nil || p.Ordered.Model != "fake" || p.Ordered.Why != "the dam" {
				t.Errorf("%+v", p.Ordered)
			}
			if p.Against != against[p.Sentence.ID] || i > 0 && after[i-1].Against && !p.Against {
				t.Errorf("against is decided by the model: %+v", p)
			}
		}
		// looked at again, nothing is asked: it stands
		w.s.Stir(w.Collection.ID)
		w.later(2 * time.Minute)
		w.steps()
		if n := len(w.server.Asked()); n != 1 {
			t.Errorf("%d questions for one order", n)
		}
		// a text more, and the order of the rules is there until the model is asked again
		w.reports(1)
		for _, p := range w.passages("reviewer-1", c.ID) {
			if p.Ordered != nil {
				t.Errorf("an order of other passages: %+v", p.Ordered)
			}
		}
		w.s.Stir(w.Collection.ID)
		w.steps()
		w.later(2 * time.Minute)
		w.steps()
		if n := len(w.server.Asked()); n != 2 || w.passages("reviewer-1", c.ID)[0].Ordered == nil {
			t.Errorf("%d questions", n)
		}
		w.Verify()
	})
}

// Who links or refuses a passage changes no order, and what the model proposed has its fate.
func TestOrderAndActs(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		w.allow(100)
		w.reports(4)
		in := w.Article(articles.Import{Lang: "en", Raw: fact})
		c := w.Claim(in, fact, fact)
		w.passages("reviewer-1", c.ID)
		w.steps()
		all := w.passages("reviewer-1", c.ID)
		p := all[1]
		if _, err := w.Evidence.Link(roomtest.Ctx(), w.As("reviewer-1"), evidence.Link{ClaimID: c.ID,
			ArticleID: p.Article.ID, RevisionID: p.Sentence.RevisionID, Span: p.Sentence.Span, Exact: p.Words,
			Stance: evidence.Supports, Kind: evidence.Report, Proposed: p.Sentence.ID}); err != nil {
			t.Fatal(err)
		}
		if err := w.Evidence.RefusePassage(roomtest.Ctx(), w.As("reviewer-1"), c.ID, all[0].Sentence.ID,
			nil); err != nil {
			t.Fatal(err)
		}
		left := w.passages("reviewer-2", c.ID)
		want := slices.DeleteFunc(sentences(all), func(id articles.SentenceID) bool {
			return id == p.Sentence.ID || id == all[0].Sentence.ID
		})
		if got := sentences(left); !slices.Equal(got[:len(got)-1], want) || !left[len(left)-1].Refused {
			t.Errorf("%v, want %v and the one refused", got, want)
		}
		var fates []claims.Fate
		if err := w.DB.Read(roomtest.Ctx(), func(r *store.Rx) error {
			rows, err := claims.OrderOf(r, c.ID)
			for _, row := range rows {
				if row.Fate != "" {
					fates = append(fates, row.Fate)
				}
			}
			taken, err2 := claims.AcceptanceIn(r, w.Collection.ID)
			for _, a := range taken {
				if a.Kind == claims.ProposedPassage {
					t.Errorf("the fate of passages of an open claim is counted: %+v", a)
				}
			}
			return errors.Join(err, err2)
		}); err != nil {
			t.Fatal(err)
		}
		slices.Sort(fates)
		if !slices.Equal(fates, []claims.Fate{claims.Accepted, claims.Refused}) {
			t.Errorf("%v", fates)
		}
		w.Verify()
	})
}

// An outage, and an answer that is none, leave the order of the rules.
func TestOrderFails(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		w.allow(100)
		w.reports(3)
		for _, reply := range []modeltest.Reply{{Content: "{}", Cut: true}, {Content: "Of course!"},
			{Content: `{"passages":[{"n":99,"why":"x"}]}`}, {Status: 500, Raw: "{}"}} {
			w.reply = func(modeltest.Asked) modeltest.Reply { return reply }
			in := w.Article(articles.Import{Lang: "en", Raw: fact})
			c := w.Claim(in, fact, fact)
			before := w.passages("reviewer-1", c.ID)
			w.steps()
			if after := w.passages("reviewer-1", c.ID); !slices.Equal(sentences(before), sentences(after)) ||
				after[0].Ordered != nil {
				t.Errorf("%+v: %v, then %v", reply, sentences(before), sentences(after))
			}
		}
		w.Verify()
	})
}
