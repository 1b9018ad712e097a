package claims_test

import (
	"slices"
	"strings"
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/deeds"
	"claimbench/internal/fault"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
	"claimbench/internal/text"
)

const body = "The council approved 12 grants on Monday and the mayor signed the order. The opposition said that it " +
	"will appeal."

func candidates(t *testing.T, w *roomtest.World, a articles.Imported) []claims.Claim {
	t.Helper()
	if _, err := w.Claims.Extract(roomtest.Ctx(), w.As("reviewer-1"), a.Article.ID); err != nil {
		t.Fatal(err)
	}
	all, err := w.Claims.ByArticle(roomtest.Ctx(), w.As("reviewer-1"), a.Article.ID, a.Revision.ID)
	if err != nil || len(all) == 0 {
		t.Fatalf("%d candidates, %v", len(all), err)
	}
	return all
}

func TestCandidates(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := roomtest.New(t, db, articles.CollectionNew{})
		a := w.Article(articles.Import{Raw: body, Lang: "en"})
		all := candidates(t, w, a)
		rev := w.As("reviewer-1")
		doc := []rune(body)
		for _, c := range all {
			if c.State != claims.Candidate || string(doc[c.Start:c.End]) != c.Exact || c.Statement == "" {
				t.Errorf("candidate %+v", c)
			}
		}
		open, err := w.Claims.Accept(roomtest.Ctx(), rev, all[0].ID, all[0].Version)
		if err != nil || open.State != claims.Open || open.Round != 1 {
			t.Fatalf("Accept = %+v, %v", open, err)
		}
		if _, err := w.Claims.Accept(roomtest.Ctx(), rev, all[0].ID, open.Version); fault.KindOf(
			err) != fault.Conflict {
			t.Errorf("accepted twice: %v", err)
		}
		last := all[len(all)-1]
		gone, err := w.Claims.Reject(roomtest.Ctx(), rev, last.ID, last.Version, claims.NoFact)
		if err != nil || gone.State != claims.Rejected {
			t.Fatalf("Reject = %+v, %v", gone, err)
		}
		if n, err := w.Claims.Extract(roomtest.Ctx(), rev, a.Article.ID); err != nil || n != 0 {
			t.Errorf("extracting again added %d: %v", n, err)
		}
		again, err := w.Claims.Get(roomtest.Ctx(), rev, last.ID)
		if err != nil || again.State != claims.Rejected || again.Version != gone.Version {
			t.Errorf("extracting again touched a rejected candidate: %+v", again)
		}
		if back, err := w.Claims.Restore(roomtest.Ctx(), rev, last.ID, gone.Version); err != nil ||
			back.State != claims.Candidate {
			t.Errorf("Restore = %+v, %v", back, err)
		}
		if _, err := w.Claims.Accept(roomtest.Ctx(), w.As("auditor-1"), last.ID, gone.Version+1); fault.KindOf(
			err) != fault.Forbidden {
			t.Errorf("an auditor accepts: %v", err)
		}
		w.Verify()
	})
}

// TestPartsHaveTheirOwnWorth: a part of a split candidate is worth what its own words are, in its row and in the order
// of the candidates, and undo gives the whole its worth back.
func TestPartsHaveTheirOwnWorth(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := roomtest.New(t, db, articles.CollectionNew{})
		const sentence = "The council of Geneva spent 12 million francs on 3 May 2017 and people were glad."
		a := w.Article(articles.Import{Raw: sentence, Lang: "en"})
		rev := w.As("reviewer-1")
		whole := candidates(t, w, a)[0]
		parts, err := w.Claims.Split(roomtest.Ctx(), rev, whole.ID, whole.WordsVersion, []claims.Words{
			{Statement: "People were glad."},
			{Statement: "The council of Geneva spent 12 million francs on 3 May 2017."}})
		if err != nil {
			t.Fatal(err)
		}
		if parts[0].CheckWorthy >= parts[1].CheckWorthy || parts[0].CheckWorthy == whole.CheckWorthy ||
			slices.Equal(parts[0].Reasons, parts[1].Reasons) {
			t.Errorf("the whole is worth %d, its parts %d (%q) and %d (%q)", whole.CheckWorthy, parts[0].CheckWorthy,
				parts[0].Reasons, parts[1].CheckWorthy, parts[1].Reasons)
		}
		order := func() (ids []claims.ID) {
			t.Helper()
			if err := db.Read(roomtest.Ctx(), func(r *store.Rx) (err error) {
				ids, err = store.Select[claims.ID](r, "SELECT claim_id FROM worth_waiting WHERE claim_id IN ? "+
					"ORDER BY place", []claims.ID{parts[0].ID, parts[1].ID})
				return err
			}); err != nil {
				t.Fatal(err)
			}
			return ids
		}
		if got := order(); !slices.Equal(got, []claims.ID{parts[1].ID, parts[0].ID}) {
			t.Errorf("the order is %v", got)
		}
		w.Verify()
		if _, err := w.Deeds.Undo(roomtest.Ctx(), rev, deeds.Ask{Collection: w.Collection.ID}); err != nil {
			t.Fatal(err)
		}
		again, err := w.Claims.Get(roomtest.Ctx(), rev, whole.ID)
		if err != nil || again.CheckWorthy != whole.CheckWorthy || !slices.Equal(again.Reasons, whole.Reasons) {
			t.Errorf("taken back it is worth %d (%q), %v", again.CheckWorthy, again.Reasons, err)
		}
		w.Verify()
	})
}

func TestEditSplitMerge(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := roomtest.New(t, db, articles.CollectionNew{})
		a := w.Article(articles.Import{Raw: body, Lang: "en"})
		rev := w.As("reviewer-1")
		whole := "The council approved 12 grants on Monday and the mayor signed the order"
		c := w.Claim(a, whole, "The council approved 12 grants and the mayor signed the order.")
		c, err := w.Claims.Edit(roomtest.Ctx(), rev, c.ID, 1,
			claims.Words{Statement: "The council approved 12 grants on Monday, and the mayor signed.",
				Hedge: []string{"reported"}, Attribution: "the Gazette"}, false)
		if err != nil || c.WordsVersion != 2 || c.Hedge.String() != `["reported"]` || c.Attribution != "the Gazette" {
			t.Fatalf("Edit = %+v, %v", c, err)
		}
		parts := []claims.Words{
			{Span: w.Find(a, "The council approved 12 grants on Monday"),
				Statement: "The council approved 12 grants on Monday."},
			{Span: w.Find(a, "the mayor signed the order"), Exact: "the mayor signed the order",
				Statement: "The mayor signed the order."},
		}
		if _, err := w.Claims.Split(roomtest.Ctx(), rev, c.ID, 2, parts[:1]); fault.KindOf(err) != fault.Invalid {
			t.Errorf("split into one: %v", err)
		}
		if _, err := w.Claims.Split(roomtest.Ctx(), rev, c.ID, 1, parts); fault.KindOf(err) != fault.Conflict {
			t.Errorf("split of an older wording: %v", err)
		}
		two, err := w.Claims.Split(roomtest.Ctx(), rev, c.ID, 2, parts)
		if err != nil || len(two) != 2 || two[0].ID != c.ID || two[1].Exact != "the mayor signed the order" ||
			two[1].State != claims.Open {
			t.Fatalf("Split = %+v, %v", two, err)
		}
		one, err := w.Claims.Merge(roomtest.Ctx(), rev, two[0].ID, two[0].WordsVersion,
			[]claims.Opened{{ID: two[1].ID, Version: two[1].Version}},
			&claims.Words{Span: w.Find(a, whole), Statement: "Both."})
		if err != nil || one.Exact != whole {
			t.Fatalf("Merge = %+v, %v", one, err)
		}
		gone, err := w.Claims.Get(roomtest.Ctx(), rev, two[1].ID)
		if err != nil || gone.State != claims.Merged || gone.MergedInto == nil || *gone.MergedInto != one.ID {
			t.Errorf("the merged claim is %+v", gone)
		}
		if _, err := w.Claims.Edit(roomtest.Ctx(), rev, gone.ID, gone.WordsVersion, claims.Words{Statement: "x"},
			false); fault.KindOf(err) != fault.Conflict {
			t.Errorf("a merged claim is edited: %v", err)
		}
		words, err := w.Claims.Wordings(roomtest.Ctx(), rev, one.ID)
		if err != nil || len(words) != 4 {
			t.Errorf("%d wordings are kept, %v", len(words), err)
		}
		w.Verify()
	})
}

func TestWordsRefused(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := roomtest.New(t, db, articles.CollectionNew{})
		a := w.Article(articles.Import{Raw: body + " ", Lang: "en"})
		for name, words := range map[string]claims.Words{
			"no statement":       {Span: text.Span{Start: 0, End: 5}},
			"U+202E":             {Span: text.Span{Start: 0, End: 5}, Statement: "a\u202eb"},
			"kind":               {Span: text.Span{Start: 0, End: 5}, Statement: "x", Kind: "rumour"},
			"span outside":       {Span: text.Span{Start: 3, End: 100000}, Statement: "x"},
			"span backwards":     {Span: text.Span{Start: 9, End: 3}, Statement: "x"},
			"only space":         {Span: text.Span{Start: 3, End: 4}, Statement: "x"},
			"quotation not here": {Span: text.Span{Start: 0, End: 3}, Exact: "the", Statement: "x"},
			"long":               {Span: text.Span{Start: 0, End: 5}, Statement: strings.Repeat("x", 2001)},
		} {
			if _, err := w.Claims.Create(roomtest.Ctx(), w.As("reviewer-1"), a.Article.ID, a.Revision.ID,
				words); fault.KindOf(err) != fault.Invalid {
				t.Errorf("%s: %v", name, err)
			}
		}
		w.Verify()
	})
}

func TestGlossesAndComments(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := roomtest.New(t, db, articles.CollectionNew{})
		a := w.Article(articles.Import{Raw: body, Lang: "en"})
		c := w.Claim(a, "The council approved 12 grants", "The council approved 12 grants.")
		one, two := w.As("reviewer-1"), w.As("reviewer-2")
		g, err := w.Claims.SetGloss(roomtest.Ctx(), one, c.ID, "fa", "شورا ۱۲ کمک را تصویب کرد.", 0)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Claims.ConfirmGloss(roomtest.Ctx(), one, c.ID, "fa", g.Version); fault.KindOf(
			err) != fault.Forbidden {
			t.Errorf("one's own gloss: %v", err)
		}
		if g, err = w.Claims.ConfirmGloss(roomtest.Ctx(), two, c.ID, "fa", g.Version); err != nil ||
			g.ConfirmedBy == nil {
			t.Fatalf("ConfirmGloss = %+v, %v", g, err)
		}
		if _, err := w.Claims.SetGloss(roomtest.Ctx(), two, c.ID, "fa", "x", 1); fault.KindOf(err) != fault.Conflict {
			t.Errorf("over a newer gloss: %v", err)
		}
		if g, err = w.Claims.SetGloss(roomtest.Ctx(), two, c.ID, "fa", "شورا دوازده کمک را تصویب کرد.",
			g.Version); err != nil || g.ConfirmedBy != nil {
			t.Errorf("a changed gloss stays confirmed: %+v, %v", g, err)
		}
		after, err := w.Claims.Get(roomtest.Ctx(), one, c.ID)
		if err != nil || after.WordsVersion != c.WordsVersion || after.Gloss("fa") == "" {
			t.Errorf("a gloss changed the words: %+v, %v", after, err)
		}
		if _, err := w.Claims.AddComment(roomtest.Ctx(), one, c.ID, "  "); fault.KindOf(err) != fault.Invalid {
			t.Errorf("an empty comment: %v", err)
		}
		if _, err := w.Claims.AddComment(roomtest.Ctx(), one, c.ID, "Which budget year?"); err != nil {
			t.Fatal(err)
		}
		said, more, err := w.Claims.Comments(roomtest.Ctx(), one, c.ID, "")
		if err != nil || len(said) != 1 || more {
			t.Errorf("%d comments, %v", len(said), err)
		}
		w.Verify()
	})
}

func TestListPagesAndFilters(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := roomtest.New(t, db, articles.CollectionNew{})
		a := w.Article(articles.Import{Raw: body, Lang: "en"})
		rev := w.As("reviewer-1")
		want := []claims.ID{}
		for _, word := range []string{"council", "grants", "Monday", "mayor", "order"} {
			want = append(want, w.Claim(a, word, "About the "+word+".").ID)
		}
		var got []claims.ID
		f := claims.Filter{Collection: w.Collection.ID, Limit: 2}
		for {
			p, err := w.Claims.List(roomtest.Ctx(), rev, f)
			if err != nil || p.Count != 5 {
				t.Fatalf("count %d, %v", p.Count, err)
			}
			for _, c := range p.Claims {
				got = append(got, c.ID)
			}
			if p.Next == 0 {
				break
			}
			f.After = p.Next
		}
		if len(got) != 5 || got[0] != want[0] || got[4] != want[4] {
			t.Errorf("pages give %v, want %v", got, want)
		}
		for name, c := range map[string]struct {
			f    claims.Filter
			want int
		}{
			"state": {claims.Filter{State: claims.Candidate}, 0}, "open": {claims.Filter{State: claims.Open}, 5},
			"no verdict": {claims.Filter{Verdict: "none"}, 5},
			"verdict":    {claims.Filter{Verdict: claims.Disputed}, 0},
			"article": {claims.Filter{Article: a.Article.ID},
				5}, "another": {claims.Filter{Article: 99}, 0},
			"language": {claims.Filter{Lang: "fa"}, 0}, "mine": {claims.Filter{Mine: true}, 5},
			"text": {claims.Filter{Text: "MAYOR"}, 1}, "two words": {claims.Filter{Text: "about mayor"}, 1},
		} {
			c.f.Collection = w.Collection.ID
			p, err := w.Claims.List(roomtest.Ctx(), rev, c.f)
			if err != nil || len(p.Claims) != c.want || p.Count != c.want {
				t.Errorf("%s: %d of %d, %v", name, len(p.Claims), p.Count, err)
			}
		}
		mine, err := w.Claims.List(roomtest.Ctx(), w.As("reviewer-2"), claims.Filter{Collection: w.Collection.ID,
			Mine: true})
		if err != nil || len(mine.Claims) != 0 {
			t.Errorf("another's claims are mine: %d, %v", len(mine.Claims), err)
		}
	})
}

func TestWithdraw(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := roomtest.New(t, db, articles.CollectionNew{})
		a := w.Article(articles.Import{Raw: body, Lang: "en"})
		c := w.Claim(a, "council", "About the council.")
		rev := w.As("reviewer-1")
		if _, err := w.Claims.Withdraw(roomtest.Ctx(), rev, c.ID, c.Version, ""); fault.KindOf(err) != fault.Invalid {
			t.Errorf("without a reason: %v", err)
		}
		if _, err := w.Claims.Withdraw(roomtest.Ctx(), rev, c.ID, c.Version+1, "x"); fault.KindOf(
			err) != fault.Conflict {
			t.Errorf("another version: %v", err)
		}
		if c, err := w.Claims.Withdraw(roomtest.Ctx(), rev, c.ID, c.Version, "twice in the list"); err != nil ||
			c.State != claims.Withdrawn {
			t.Errorf("Withdraw = %+v, %v", c, err)
		}
		w.Verify()
	})
}
