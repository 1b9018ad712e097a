package breakdowns_test

import (
	"encoding/json"
	"strings"
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/breakdowns"
	"claimbench/internal/claims"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/model"
	"claimbench/internal/model/modeltest"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// world is a house with a model that answers by a script.
type world struct {
	*roomtest.World
	t      *testing.T
	server *modeltest.Server
	b      *breakdowns.Service
}

// good answers each sentence as a claim in its own words.
func good(t *testing.T) func(modeltest.Asked) modeltest.Reply {
	return func(a modeltest.Asked) modeltest.Reply {
		var s struct {
			Sentences []struct {
				N    int
				Text string
			}
			Claims []struct {
				Claim     int
				Statement string
			}
		}
		if err := json.Unmarshal([]byte(a.User), &s); err != nil {
			t.Error(err)
		}
		out := []map[string]any{}
		if a.Schema == "claims" {
			for _, p := range s.Sentences {
				out = append(out, map[string]any{"sentence": p.N, "statement": p.Text})
			}
		}
		for _, c := range s.Claims {
			out = append(out, map[string]any{"claim": c.Claim, "first": c.Statement, "last": c.Statement,
				"attribution": "article", "hedge": []string{}, "brackets": []string{}})
		}
		return modeltest.JSON(map[string]any{"claims": out})
	}
}

func newWorld(t *testing.T, db *store.DB, script func(modeltest.Asked) modeltest.Reply) *world {
	t.Helper()
	w := &world{World: roomtest.New(t, db, articles.CollectionNew{}), t: t, server: modeltest.New(t, script)}
	c, err := model.New(model.Options{Address: w.server.URL, Model: "fake"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	of, err := model.NewBreakdown(c)
	if err != nil {
		t.Fatal(err)
	}
	w.b = breakdowns.New(db, w.Policy, w.Auth, w.Claims, of, nil)
	return w
}

func (w *world) allow(perDay int) {
	w.t.Helper()
	now := w.sending()
	if _, err := w.b.Set(roomtest.Ctx(), w.As("admin-1"), breakdowns.Sending{CollectionID: w.Collection.ID,
		Allowed: true,
		PerDay:  perDay, Version: now.Version}); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) sending() (s breakdowns.Sending) {
	w.t.Helper()
	if err := w.DB.Read(roomtest.Ctx(), func(r *store.Rx) (err error) {
		s, err = breakdowns.SendingOf(r, w.Collection.ID)
		return err
	}); err != nil {
		w.t.Fatal(err)
	}
	return s
}

// bring imports a text and asks for candidates, as the doors do.
func (w *world) bring(raw string) articles.Article {
	w.t.Helper()
	in := w.Article(articles.Import{Lang: "en", Raw: raw})
	if _, err := w.Claims.ProposeLater(roomtest.Ctx(), w.As("editor-1"), in.Article); err != nil {
		w.t.Fatal(err)
	}
	return in.Article
}

// steps does what is due, and says how many steps that were.
func (w *world) steps() (n int) {
	w.t.Helper()
	for n < 100 {
		more, err := w.b.Step(roomtest.Ctx())
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

func (w *world) of(id articles.ID) (b breakdowns.Breakdown, there bool) {
	w.t.Helper()
	if err := w.DB.Read(roomtest.Ctx(), func(r *store.Rx) (err error) {
		b, there, err = breakdowns.Of(r, id)
		return err
	}); err != nil {
		w.t.Fatal(err)
	}
	return b, there
}

func long(n int) string {
	return strings.Repeat("The council of the town paid a fine of a large sum in that long year. ", n)
}

// Nothing is sent until an admin says so; then what comes in is broken down, and each candidate says by what it was
// made.
func TestBreakdowns(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db, good(t))
		w.bring("The bridge fell on 3 May 2021.")
		if n := w.steps(); n != 0 || len(w.server.Asked()) != 0 {
			t.Fatalf("%d steps, %d questions before anybody allowed it", n, len(w.server.Asked()))
		}
		if _, err := w.b.Set(roomtest.Ctx(), w.As("editor-1"), breakdowns.Sending{CollectionID: w.Collection.ID,
			Allowed: true, PerDay: 10}); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("an editor allows it: %v", err)
		}
		w.allow(100)
		a := w.bring("The dam broke on 3 May 2021. " + long(20))
		if n := w.steps(); n != 2 {
			t.Errorf("%d steps", n)
		}
		b, there := w.of(a.ID)
		if !there || b.State != breakdowns.Done || b.Questions != 4 || b.Taken == 0 || b.Model != "fake" {
			t.Errorf("%+v", b)
		}
		page, err := w.Claims.List(roomtest.Ctx(), w.As("reviewer-1"), claims.Filter{Collection: w.Collection.ID,
			Limit: 50})
		if err != nil || len(page.Claims) == 0 || page.Claims[0].ByHand || page.Claims[0].State != claims.Candidate {
			t.Fatalf("%+v, %v", page.Claims, err)
		}
		w.Verify()
	})
}

// What is sent are the sentences of the text, their language and day; nothing that people wrote here, and no names.
func TestNothingElseIsSent(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db, good(t))
		w.allow(100)
		raw := "The dam broke on 3 May 2021."
		in := w.Article(articles.Import{Lang: "en", Raw: raw, Source: "Secret Gazette", Title: "A secret title",
			Byline: "Jane Byline"})
		if _, err := w.Claims.ProposeLater(roomtest.Ctx(), w.As("editor-1"), in.Article); err != nil {
			t.Fatal(err)
		}
		w.steps()
		if len(w.server.Asked()) != 2 {
			t.Fatalf("%d questions", len(w.server.Asked()))
		}
		for _, a := range w.server.Asked() {
			for _, word := range []string{"editor", "reviewer", "Secret", "Jane", w.Collection.Name} {
				if strings.Contains(a.User, word) || strings.Contains(strings.Join(a.Header["User-Agent"], ""), word) {
					t.Errorf("%q is sent: %s", word, a.User)
				}
			}
		}
	})
}

// A text that is taken down, and a collection that does not send any more, are not sent any further.
func TestStopsAtOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		var w *world
		var a articles.Article
		down := false
		w = newWorld(t, db, func(asked modeltest.Asked) modeltest.Reply {
			if !down { // between the two questions of the first window
				down = true
				if err := w.Articles.TakeDown(roomtest.Ctx(), w.As("editor-1"), a.ID, a.Version,
					"a court order"); err != nil {
					t.Error(err)
				}
			}
			return good(t)(asked)
		})
		w.allow(100)
		a = w.bring("The dam broke on 3 May 2021. " + long(40))
		w.steps()
		if n := len(w.server.Asked()); n != 1 {
			t.Errorf("%d questions; after the take-down none may be sent", n)
		}
		if b, there := w.of(a.ID); there {
			t.Errorf("it is still there: %+v", b)
		}
		a = w.bring("The mill burnt on 4 May 2021.")
		if _, err := w.b.Set(roomtest.Ctx(), w.As("admin-1"), breakdowns.Sending{CollectionID: w.Collection.ID,
			PerDay:  5,
			Version: 1}); err != nil {
			t.Fatal(err)
		}
		w.steps()
		if b, _ := w.of(a.ID); len(w.server.Asked()) != 1 || b.State != breakdowns.Done || b.Taken != 0 {
			t.Errorf("%d questions, %+v", len(w.server.Asked()), b)
		}
		w.Verify()
	})
}

// The questions of a day are counted, and what is behind waits for the next day. An outage costs nothing but proposals.
func TestLimitsAndOutages(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		reply := func(a modeltest.Asked) modeltest.Reply { return good(t)(a) }
		w := newWorld(t, db, func(a modeltest.Asked) modeltest.Reply { return reply(a) })
		w.allow(3)
		a := w.bring("The dam broke on 3 May 2021. " + long(40))
		w.steps()
		b, _ := w.of(a.ID)
		if n := len(w.server.Asked()); n != 3 || b.State != breakdowns.Waiting || b.NextAt <= w.DB.Now() ||
			!strings.Contains(b.Message, "today") {
			t.Errorf("%d questions, %+v", n, b)
		}
		w.allow(1000)
		reply = func(modeltest.Asked) modeltest.Reply { return modeltest.Reply{Content: "{}", Cut: true} }
		c := w.bring("The mill burnt on 4 May 2021.")
		w.steps()
		if b, _ := w.of(c.ID); b.State != breakdowns.Waiting || b.Tries != 1 || !strings.Contains(b.Message,
			"broke off") {
			t.Errorf("after an outage: %+v", b)
		}
		reply = func(modeltest.Asked) modeltest.Reply { return modeltest.Reply{Status: 401, Raw: "{}"} }
		d := w.bring("The school closed on 5 May 2021.")
		w.steps()
		if b, _ := w.of(d.ID); b.State != breakdowns.Failed || !strings.Contains(b.Message, "key") {
			t.Errorf("with a wrong key: %+v", b)
		}
		reply = func(modeltest.Asked) modeltest.Reply { return modeltest.Reply{Content: "Of course!"} }
		e := w.bring("The shop opened on 6 May 2021.")
		w.steps()
		if b, _ := w.of(e.ID); b.State != breakdowns.Done || b.Refused != 1 || b.Refusals()[0].Why != model.Unreadable {
			t.Errorf("with an answer that is none: %+v", b)
		}
		w.Verify()
	})
}

func TestSettings(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db, good(t))
		for _, n := range []int{0, -1, breakdowns.MostPerDay + 1} {
			if _, err := w.b.Set(roomtest.Ctx(), w.As("admin-1"), breakdowns.Sending{CollectionID: w.Collection.ID,
				PerDay: n}); fault.KindOf(err) != fault.Invalid {
				t.Errorf("%d: %v", n, err)
			}
		}
		w.allow(7)
		if s := w.sending(); !s.Allowed || s.PerDay != 7 || s.Version != 1 {
			t.Errorf("%+v", s)
		}
		if _, err := w.b.Set(roomtest.Ctx(), w.As("admin-1"), breakdowns.Sending{CollectionID: w.Collection.ID,
			PerDay:  5,
			Version: 0}); !fault.IsStale(err) {
			t.Error(err)
		}
		if name, host := w.b.Asks(); name != "fake" || !strings.HasPrefix(host, "127.0.0.1:") {
			t.Error(name, host)
		}
		w.Verify()
	})
}

// What the model proposes of a text that came in by a token names the token.
func TestWhatFollowsATokenNamesIt(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db, good(t))
		w.allow(100)
		secret, _, err := w.Auth.MakeToken(roomtest.Ctx(), w.As("editor-1"), auth.NewToken{Name: "importer", Days: 3,
			Scopes: w.As("editor-1").Grants})
		if err != nil {
			t.Fatal(err)
		}
		by, err := w.Auth.ResumeToken(roomtest.Ctx(), secret)
		if err != nil {
			t.Fatal(err)
		}
		in := w.Article(articles.Import{Lang: "en", Raw: "The dam broke on 3 May 2021. " + long(20)})
		if _, err := w.Claims.ProposeLater(roomtest.Ctx(), by, in.Article); err != nil {
			t.Fatal(err)
		}
		w.steps()
		found := 0
		if err := w.DB.Read(roomtest.Ctx(), func(r *store.Rx) error {
			all, err := history.List(r, history.Filter{ActionPrefix: "candidate.proposed", Limit: 50,
				Viewer: history.Viewer{ReadAll: true}})
			for _, e := range all {
				if found++; e.Who.Token != int64(by.Token.ID) {
					t.Errorf("%s of %s names token %d", e.Action, e.Object, e.Who.Token)
				}
			}
			return err
		}); err != nil || found == 0 {
			t.Fatalf("%d candidates, %v", found, err)
		}
		w.Verify()
	})
}
