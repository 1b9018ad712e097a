package claims_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/evidence"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/review"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
	"claimbench/internal/text"
)

const parted = "The harbour office spoke on Monday. It named 𝔗 ships, é and all, that were held. " +
	"Nine tonnes of copper were on board, the office added. Nobody was hurt."

// at makes stretches of the words that stand first in an article.
func at(w *roomtest.World, a articles.Imported, words ...string) (out []claims.Stretch) {
	for _, exact := range words {
		out = append(out, claims.Stretch{Span: w.Find(a, exact), Quote: text.Quote{Exact: exact}})
	}
	return out
}

func exacts(all []claims.Stretch) (out []string) {
	for _, s := range all {
		out = append(out, s.Exact)
	}
	return out
}

func stretched(t *testing.T, w *roomtest.World, a articles.Imported, words ...string) claims.Claim {
	t.Helper()
	c, err := w.Claims.Create(roomtest.Ctx(), w.As("reviewer-1"), a.Article.ID, a.Revision.ID, claims.Words{
		Span: w.Find(a, words[0]), Exact: words[0], More: at(w, a, words[1:]...),
		Statement: "Ships with copper were held."})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// A claim stands at one to eight stretches of one text, in its order: they are kept, edited, verified by the history.
func TestStretches(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := roomtest.New(t, db, articles.CollectionNew{})
		a := w.Article(articles.Import{Raw: parted, Lang: "en"})
		rev := w.As("reviewer-1")
		c := stretched(t, w, a, "It named 𝔗 ships", "that were held", "copper were on board")
		now := get(t, w, c.ID)
		if got := exacts(now.Stretches()); !slices.Equal(got, []string{"It named 𝔗 ships", "that were held",
			"copper were on board"}) || now.More[1].Sentence != 3 || now.More[0].Prefix == "" {
			t.Fatalf("stretches %q, %+v", got, now.More)
		}
		w.Verify()
		one := func(words claims.Words) claims.Claim {
			t.Helper()
			words.Statement = "Ships with copper were held."
			out, err := w.Claims.Edit(roomtest.Ctx(), rev, c.ID, get(t, w, c.ID).WordsVersion, words, false)
			if err != nil {
				t.Fatal(err)
			}
			w.Verify()
			return out
		}
		// The same again changes no words; other stretches are a new wording; nobody speaks of them: they stay.
		if out := one(claims.Words{Span: now.Span, More: now.More}); out.WordsVersion != 1 {
			t.Errorf("the same stretches are wording %d", out.WordsVersion)
		}
		if out := one(claims.Words{More: now.More[:1]}); out.WordsVersion != 2 || len(out.More) != 1 {
			t.Errorf("one stretch less: %+v", out.More)
		}
		if out := one(claims.Words{Span: w.Find(a, "It named")}); len(out.More) != 1 || out.Exact != "It named" {
			t.Errorf("the first moved: %q, %+v", out.Exact, out.More)
		}
		if out := one(claims.Words{More: []claims.Stretch{}}); len(out.More) != 0 || out.WordsVersion != 4 {
			t.Errorf("only the first is left: %+v", out.More)
		}
		all, err := w.Claims.Wordings(roomtest.Ctx(), rev, c.ID)
		if err != nil || len(all) != 4 || len(all[0].Stretches()) != 3 || len(all[3].Stretches()) != 1 {
			t.Errorf("wordings %+v, %v", all, err)
		}
	})
}

// What is no list of stretches is refused at its field, and nothing is written.
func TestStretchesRefused(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := roomtest.New(t, db, articles.CollectionNew{})
		a := w.Article(articles.Import{Raw: strings.Repeat("One two three four five six. ", 9), Lang: "en"})
		word := func(n int) claims.Stretch { return claims.Stretch{Span: text.Span{Start: 4 * n, End: 4*n + 3}} }
		var nine []claims.Stretch
		for n := range 9 {
			nine = append(nine, word(n))
		}
		for name, more := range map[string][]claims.Stretch{
			"nine":              nine[1:],
			"out of order":      {word(3), word(2)},
			"before the first":  {{Span: text.Span{Start: 0, End: 0}}},
			"twice the same":    {word(2), word(2)},
			"sharing a letter":  {{Span: text.Span{Start: 8, End: 12}}, {Span: text.Span{Start: 11, End: 14}}},
			"outside the text":  {{Span: text.Span{Start: 8, End: 9000}}},
			"upside down":       {{Span: text.Span{Start: 12, End: 9}}},
			"a negative number": {{Span: text.Span{Start: -4, End: -1}}},
			"of space":          {{Span: text.Span{Start: 7, End: 8}}},
			"other words":       {{Span: text.Span{Start: 8, End: 13}, Quote: text.Quote{Exact: "seven"}}},
		} {
			_, err := w.Claims.Create(roomtest.Ctx(), w.As("reviewer-1"), a.Article.ID, a.Revision.ID,
				claims.Words{Span: text.Span{Start: 0, End: 3}, More: more, Statement: "One."})
			f, ok := fault.As(err)
			if !ok || f.Kind != fault.Invalid || !slices.ContainsFunc(f.Fields, func(x fault.Field) bool {
				return x.Name == "stretches" && x.Msg != ""
			}) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if n := w.Count("claims"); n != 0 {
			t.Errorf("%d claims were made", n)
		}
		c, err := w.Claims.Create(roomtest.Ctx(), w.As("reviewer-1"), a.Article.ID, a.Revision.ID,
			claims.Words{Span: nine[0].Span, More: nine[1:8], Statement: "One."})
		if err != nil || len(c.Stretches()) != claims.MostStretches {
			t.Errorf("eight: %+v, %v", c.More, err)
		}
	})
}

// A claim of several stretches moves by itself only when each is found, in their order; else a person is asked.
func TestStretchesFollow(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		for name, c := range map[string]struct {
			change func(string) string
			moved  bool
			left   int // stretches proposed
		}{
			"words before": {func(s string) string { return "Harbour news, late edition. " + s }, true, 3},
			"one gone": {func(s string) string {
				return strings.Replace(s, "Nine tonnes of copper were on board, the office added. ", "", 1)
			}, false, 2},
			"a changed word": {func(s string) string {
				return strings.Replace(s, "copper were on board", "copper was on board", 1)
			}, false, 3},
			"twice": {func(s string) string { return "Late. " + s + " And copper were on board." }, false, 3},
			"another order": {func(string) string {
				return "Nine tonnes of copper were on board, the office added. The harbour office spoke on Monday. " +
					"It named 𝔗 ships, é and all, that were held. Nobody was hurt."
			}, false, 2},
		} {
			w := roomtest.New(t, db, articles.CollectionNew{Name: name})
			a := w.Article(articles.Import{Raw: parted, Lang: "en"})
			made := stretched(t, w, a, "It named 𝔗 ships", "that were held", "copper were on board")
			next, out := revise(t, w, a, c.change(parted))
			now := get(t, w, made.ID)
			if moved := slices.Contains(out.Moved, made.ID); moved != c.moved {
				t.Errorf("%s: moved %v: %s %+v", name, moved, now.Anchor, now.AnchorChanges)
			}
			if c.moved && (now.RevisionID != next.Revision.ID || now.WordsVersion != 1 || len(now.More) != 2 ||
				now.More[1].Start != made.More[1].Start+28 || now.More[1].Sentence != made.More[1].Sentence+1) {
				t.Errorf("%s: %+v", name, now.More)
			}
			if !c.moved {
				confirmed(t, w, next, now, c.left)
			}
			w.Verify()
		}
	})
}

// confirmed looks at what is proposed of a claim that asks, and places it there.
func confirmed(t *testing.T, w *roomtest.World, next articles.Imported, c claims.Claim, left int) {
	t.Helper()
	rev := w.As("reviewer-1")
	p, err := w.Claims.Passage(roomtest.Ctx(), rev, c.ID)
	if err != nil || len(p.More)+1 != left || !p.Placed() {
		t.Fatalf("proposed %+v, %v", p.More, err)
	}
	words := claims.Words{Span: p.Span, Statement: "Ships were held."}
	if _, err := w.Claims.Confirm(roomtest.Ctx(), rev, c.ID, c.Version, next.Revision.ID, words); fault.KindOf(
		err) != fault.Invalid {
		t.Errorf("nobody said where the other stretches are: %v", err)
	}
	words.More = append([]claims.Stretch{}, p.More...)
	after, err := w.Claims.Confirm(roomtest.Ctx(), rev, c.ID, c.Version, next.Revision.ID, words)
	if err != nil || len(after.More) != left-1 || after.RevisionID != next.Revision.ID || after.WordsVersion != 2 {
		t.Errorf("confirmed %+v, %v", after, err)
	}
}

// Splitting parts the stretches; a merge of another article links each; numbers that any of them holds are held.
func TestStretchesInOtherActs(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := roomtest.New(t, db, articles.CollectionNew{})
		a := w.Article(articles.Import{Raw: parted, Lang: "en"})
		b := w.Article(articles.Import{Raw: "Copper was found on ships. The ships were held by the harbour.",
			Lang: "en"})
		rev := w.As("reviewer-1")
		c := stretched(t, w, a, "It named 𝔗 ships", "that were held", "Nine tonnes of copper")
		parts := []claims.Words{{Statement: "Ships with copper were held."},
			{Span: w.Find(a, "that were held"), Statement: "They were held."},
			{Span: w.Find(a, "It named 𝔗 ships"), More: at(w, a, "Nine tonnes of copper"), Statement: "Nine tonnes."}}
		all, err := w.Claims.Split(roomtest.Ctx(), rev, c.ID, c.WordsVersion, parts)
		if err != nil || len(all[0].Stretches()) != 3 || len(all[1].Stretches()) != 1 || len(all[2].Stretches()) != 2 {
			t.Fatalf("split: %+v, %v", all, err)
		}
		slice := func(s text.Span) string { r := []rune(parted); return string(r[s.Start:min(s.End, len(r))]) }
		held := all[2]
		held.Statement = "9 tonnes of copper were named."
		if lacks := claims.Unsupported(held, nil, slice); len(lacks) != 0 {
			t.Errorf("a number of the second stretch is not held: %v", lacks)
		}
		held.Statement = "8 tonnes of copper were named."
		if lacks := claims.Unsupported(held, nil, slice); len(lacks) != 1 {
			t.Errorf("a number of no stretch is held: %v", lacks)
		}
		into := w.Claim(b, "Copper was found on ships", "Copper was found on ships.")
		if _, err := w.Claims.Merge(roomtest.Ctx(), rev, into.ID, into.WordsVersion, []claims.Opened{{ID: all[2].ID,
			Version: all[2].Version}}, nil); err != nil {
			t.Fatal(err)
		}
		items, err := w.Evidence.ForClaim(roomtest.Ctx(), rev, into.ID)
		var words []string
		for _, it := range items {
			words = append(words, fmt.Sprint(it.Exact, it.Sentence, it.Stance == evidence.Context))
		}
		if err != nil || !slices.Equal(words, []string{"It named 𝔗 ships2 true", "Nine tonnes of copper3 true"}) {
			t.Errorf("linked by the merge: %q, %v", words, err)
		}
		w.Verify()
	})
}

// A review is of certain stretches; a change of them makes it stale. Of a text that was taken down none is left, in
// rows, wordings and events.
func TestStretchesAreWords(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := roomtest.New(t, db, articles.CollectionNew{})
		a := w.Article(articles.Import{Raw: parted, Lang: "en"})
		c := stretched(t, w, a, "It named 𝔗 ships", "that were held")
		if _, _, err := w.Submit("reviewer-1", c, review.Draft{Verdict: claims.Unverified, Reason: "no_evidence",
			Rationale: "Nothing.", Searched: "the archive"}); err != nil {
			t.Fatal(err)
		}
		after, err := w.Claims.Edit(roomtest.Ctx(), w.As("reviewer-2"), c.ID, 1, claims.Words{
			Statement: c.Statement, More: []claims.Stretch{}}, false)
		if err != nil || after.WordsVersion != 2 {
			t.Fatalf("%+v, %v", after, err)
		}
		if err := w.Articles.TakeDown(roomtest.Ctx(), w.As("editor-1"), a.Article.ID, a.Article.Version,
			"a court"); err != nil {
			t.Fatal(err)
		}
		if now := get(t, w, c.ID); len(now.More) != 0 || now.Exact != "" {
			t.Errorf("the row still has %+v", now.Stretches())
		}
		all, err := w.Claims.Wordings(roomtest.Ctx(), w.As("auditor-1"), c.ID)
		if err != nil || len(all) != 2 || len(all[0].More) != 0 {
			t.Errorf("the wordings still have %+v, %v", all, err)
		}
		if err := db.Read(roomtest.Ctx(), func(r *store.Rx) error {
			events, err := history.List(r, history.Filter{Object: claims.Object(c.ID),
				Viewer: history.Viewer{ReadAll: true}, Limit: 10})
			if err != nil {
				return err
			}
			if _, err := claims.WithholdEvents(r, events); err != nil {
				return err
			}
			for _, e := range events {
				if text := fmt.Sprint(e.Texts); strings.Contains(text, "that were held") {
					t.Errorf("%s still has %s", e.Action, text)
				}
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		w.Verify()
	})
}

// A candidate is not proposed again where a claim stands by any of its stretches, in this text or in an older one.
func TestNoCandidateAtALaterStretch(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		t.Parallel()
		ctx, w := roomtest.Ctx(), roomtest.New(t, db, articles.CollectionNew{})
		raw := "Filler stands here, long enough. " + strings.Repeat("A gull sat on the pier. ", 30) +
			"Nine tonnes of copper were on board the ship. Nobody was hurt."
		for _, several := range []bool{false, true} {
			a := w.Article(articles.Import{Raw: raw, Lang: "en"})
			if several {
				stretched(t, w, a, "Filler stands here", "Nine tonnes of copper were on board the ship.")
			}
			if _, err := w.Claims.Extract(ctx, w.As("reviewer-1"), a.Article.ID); err != nil {
				t.Fatal(err)
			}
			at, proposed := w.Find(a, "Nine tonnes of copper were on board the ship"), false
			var there []claims.Claim
			if err := db.Read(ctx, func(r *store.Rx) error {
				return r.Gorm().Where("article_id = ? AND state = ?", a.Article.ID, claims.Candidate).Find(&there).Error
			}); err != nil {
				t.Fatal(err)
			}
			for _, c := range there {
				proposed = proposed || c.Touches(at)
			}
			if proposed == several {
				t.Errorf("a claim has it: %t; it is proposed: %t", several, proposed)
			}
			raw += " The end."
		}
	})
}
