package evidence_test

import (
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/evidence"
	"claimbench/internal/fault"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// duplicatesOf asks as a page does: the index catches up, then one look.
func duplicatesOf(t *testing.T, w *roomtest.World, id claims.ID) (out []evidence.Duplicate) {
	t.Helper()
	if err := w.Evidence.CatchUp(roomtest.Ctx(), w.Collection.ID); err != nil {
		t.Fatal(err)
	}
	c, err := w.Claims.Get(roomtest.Ctx(), w.As("reviewer-1"), id)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.DB.Read(roomtest.Ctx(), func(r *store.Rx) (err error) {
		var current bool
		if out, current, err = w.Evidence.Duplicates(r, c); !current {
			t.Error("the index is behind after it caught up")
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return out
}

// three articles of which two tell of one thing, in two scripts.
func bridges(w *roomtest.World) (en, fa, other articles.Imported) {
	en = w.Article(articles.Import{Source: "Gazette", Lang: "en", Raw: "The minister of transport opened 14 new " +
		"bridges in Hamburg on Tuesday. The weather was fine. Nobody expected so many guests at the port."})
	fa = w.Article(articles.Import{Source: "روزنامه", Lang: "fa", Raw: "وزیر حمل‌ونقل روز سه‌شنبه ۱۴ پل جدید را در " +
		"هامبورگ افتتاح کرد. هوا خوب بود."})
	other = w.Article(articles.Import{Source: "Radio", Lang: "en", Raw: "The minister of transport opened 15 new " +
		"bridges in Hamburg on Tuesday. A bakery in Lisbon won a prize."})
	return en, fa, other
}

func TestDuplicatesAcrossScripts(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := roomtest.New(t, db, articles.CollectionNew{})
		en, fa, other := bridges(w)
		one := w.Claim(en, "The minister of transport opened 14 new bridges in Hamburg on Tuesday",
			"The minister of transport opened 14 new bridges in Hamburg on Tuesday.")
		two := w.Claim(fa, "وزیر حمل‌ونقل روز سه‌شنبه ۱۴ پل جدید را در هامبورگ افتتاح کرد",
			"وزیر حمل‌ونقل روز سه‌شنبه ۱۴ پل جدید را در هامبورگ افتتاح کرد.")
		w.Claim(other, "The minister of transport opened 15 new bridges in Hamburg on Tuesday",
			"The minister of transport opened 15 new bridges in Hamburg on Tuesday.")
		alone := w.Claim(other, "A bakery in Lisbon won a prize", "A bakery in Lisbon won a prize.")
		for _, pair := range [][2]claims.ID{{one.ID, two.ID}, {two.ID, one.ID}} {
			got := duplicatesOf(t, w, pair[0])
			if len(got) != 1 || got[0].Other.ID != pair[1] || got[0].Kept != one.ID || got[0].Why != nil ||
				len(got[0].Keys) == 0 {
				t.Fatalf("claim %d: %+v; want claim %d alone, into claim %d", pair[0], got, pair[1], one.ID)
			}
		}
		if got := duplicatesOf(t, w, alone.ID); len(got) != 0 {
			t.Errorf("something is proposed where nothing says the same: %+v", got)
		}
		// Refused, it does not come back, from neither side, and only once in the history.
		for range 2 {
			if _, err := w.Claims.RefuseDuplicate(roomtest.Ctx(), w.As("reviewer-2"), two.ID, one.ID, ""); err != nil {
				t.Fatal(err)
			}
		}
		for _, id := range []claims.ID{one.ID, two.ID} {
			if got := duplicatesOf(t, w, id); len(got) != 0 {
				t.Errorf("claim %d: the refused pair is proposed again: %+v", id, got)
			}
		}
		if n := w.Count("duplicate_refusals"); n != 1 {
			t.Errorf("%d refusals", n)
		}
		if n := fatesOf(t, w, claims.ProposedDuplicate); n[claims.Refused] != 1 {
			t.Errorf("fates: %v", n)
		}
		if r := w.Verify(); len(r.Findings) > 0 {
			t.Errorf("the history does not verify: %+v", r)
		}
	})
}

func fatesOf(t *testing.T, w *roomtest.World, kind string) map[claims.Fate]int {
	t.Helper()
	out := map[claims.Fate]int{}
	if err := w.DB.Read(roomtest.Ctx(), func(r *store.Rx) error {
		var rows []claims.Proposal
		err := r.Gorm().Where("kind = ?", kind).Find(&rows).Error
		for _, p := range rows {
			if p.Maker != "match" || p.Version == "" || p.SettledBy == nil {
				t.Errorf("a proposal without its maker or who settled it: %+v", p)
			}
			out[p.Fate]++
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return out
}

func TestMergeAcrossArticles(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := roomtest.New(t, db, articles.CollectionNew{})
		en, fa, other := bridges(w)
		kept := w.Claim(en, "The minister of transport opened 14 new bridges in Hamburg on Tuesday",
			"The minister of transport opened 14 new bridges in Hamburg on Tuesday.")
		gone := w.Claim(fa, "وزیر حمل‌ونقل روز سه‌شنبه ۱۴ پل جدید را در هامبورگ افتتاح کرد",
			"وزیر حمل‌ونقل روز سه‌شنبه ۱۴ پل جدید را در هامبورگ افتتاح کرد.")
		w.Link(gone, other, "The minister of transport opened 15 new bridges", evidence.Refutes, evidence.Report)
		w.Link(gone, en, "The weather was fine", evidence.Context, evidence.Report)
		w.Link(kept, other, "A bakery in Lisbon won a prize", evidence.Context, evidence.Report)
		as := w.As("reviewer-1")
		merged, err := w.Claims.Merge(roomtest.Ctx(), as, kept.ID, kept.WordsVersion,
			[]claims.Opened{{ID: gone.ID, Version: gone.Version, Proposed: gone.ID}}, nil)
		if err != nil || merged.ArticleID != kept.ArticleID || merged.Start != kept.Start ||
			merged.WordsVersion != kept.WordsVersion {
			t.Fatalf("Merge = %+v, %v; the claim that stays keeps its place and words", merged, err)
		}
		if now, err := w.Claims.Get(roomtest.Ctx(), as, gone.ID); err != nil || now.State != claims.Merged ||
			now.MergedInto == nil || *now.MergedInto != kept.ID {
			t.Errorf("the other: %+v, %v", now, err)
		}
		got := linkedTo(t, w, kept.ID)
		want := map[string]evidence.Stance{
			"A bakery in Lisbon won a prize": evidence.Context, // its own
			gone.Exact:                       evidence.Context, // the passage of the other claim
			"The minister of transport opened 15 new bridges": evidence.Refutes, // what was linked to it
		} // and not “The weather was fine”: that is of the claim's own article
		if len(got) != len(want) {
			t.Errorf("linked: %v", got)
		}
		for exact, stance := range want {
			if got[exact] != stance {
				t.Errorf("%s: %q, want %q", exact, got[exact], stance)
			}
		}
		if old := linkedTo(t, w, gone.ID); len(old) != 2 {
			t.Errorf("the merged claim lost items of its history: %v", old)
		}
		if n := fatesOf(t, w, claims.ProposedDuplicate); n[claims.Accepted] != 1 {
			t.Errorf("fates: %v", n)
		}
		if r := w.Verify(); len(r.Findings) > 0 {
			t.Errorf("the history does not verify: %+v", r)
		}
	})
}

func linkedTo(t *testing.T, w *roomtest.World, id claims.ID) map[string]evidence.Stance {
	t.Helper()
	out := map[string]evidence.Stance{}
	if err := w.DB.Read(roomtest.Ctx(), func(r *store.Rx) error {
		items, err := evidence.OfClaim(r, id)
		for _, it := range items {
			out[it.Exact] = it.Stance
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return out
}

// A merge that would lose something is refused whole.
func TestMergeRefused(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := roomtest.New(t, db, articles.CollectionNew{})
		en, fa, _ := bridges(w)
		open := w.Claim(en, "The weather was fine", "The weather was fine.")
		if _, err := w.Claims.Extract(roomtest.Ctx(), w.As("editor-1"), en.Article.ID); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Claims.Extract(roomtest.Ctx(), w.As("editor-1"), fa.Article.ID); err != nil {
			t.Fatal(err)
		}
		candidate := firstCandidate(t, w, en.Article.ID)
		foreign := firstCandidate(t, w, fa.Article.ID)
		for name, x := range map[string]struct{ into, gone claims.Claim }{
			"an open claim into a candidate":          {candidate, open},
			"candidates of two articles":              {candidate, foreign},
			"a claim of another place into candidate": {foreign, open},
		} {
			_, err := w.Claims.Merge(roomtest.Ctx(), w.As("reviewer-1"), x.into.ID, x.into.WordsVersion,
				[]claims.Opened{{ID: x.gone.ID, Version: x.gone.Version}}, nil)
			if fault.KindOf(err) != fault.Conflict {
				t.Errorf("%s: %v", name, err)
			}
			if now, err := w.Claims.Get(roomtest.Ctx(), w.As("reviewer-1"), x.gone.ID); err != nil ||
				now.State != x.gone.State {
				t.Errorf("%s: changed all the same: %+v, %v", name, now, err)
			}
		}
		// A candidate of another article ends in an open claim: its words become evidence.
		if _, err := w.Claims.Merge(roomtest.Ctx(), w.As("reviewer-1"), open.ID, open.WordsVersion,
			[]claims.Opened{{ID: foreign.ID, Version: foreign.Version}}, nil); err != nil {
			t.Fatal(err)
		}
		if got := linkedTo(t, w, open.ID); got[foreign.Exact] != evidence.Context {
			t.Errorf("linked: %v", got)
		}
	})
}

func firstCandidate(t *testing.T, w *roomtest.World, id articles.ID) claims.Claim {
	t.Helper()
	p, err := w.Claims.List(roomtest.Ctx(), w.As("reviewer-1"), claims.Filter{Collection: w.Collection.ID,
		State: claims.Candidate, Article: id})
	if err != nil || len(p.Claims) == 0 {
		t.Fatalf("no candidate: %v", err)
	}
	return p.Claims[0]
}
