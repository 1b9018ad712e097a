package search_test

import (
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/fault"
	"claimbench/internal/roomtest"
	"claimbench/internal/search"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// An index that another version of the program made, in whole or in part, is rebuilt and not served.
func TestOldIndexIsNotServed(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := roomtest.New(t, db, articles.CollectionNew{})
		a := w.Article(articles.Import{Lang: "en", Raw: "Seven grants were approved."})
		w.Claim(a, "Seven grants were approved", "The council approved seven grants.")
		ask := func() error {
			page, err := w.Search.Sentences(roomtest.Ctx(), w.As("reviewer-1"),
				search.Query{Collection: w.Collection.ID, Words: "grants"})
			if err == nil && len(page.Hits) == 0 {
				t.Error("an index that is served finds nothing")
			}
			return err
		}
		ensure := func(want bool) {
			t.Helper()
			if got, err := search.Ensure(roomtest.Ctx(), db, claims.IndexWordsAfter, nil); err != nil || got != want {
				t.Errorf("Ensure rebuilt: %v, want %v, %v", got, want, err)
			}
		}
		if err := ask(); err != nil {
			t.Fatal(err)
		}
		ensure(false)
		madeBy := func(who string) {
			t.Helper()
			if err := db.Write(roomtest.Ctx(), func(tx *store.Tx) error {
				return tx.SetMeta("search_terms", who)
			}); err != nil {
				t.Fatal(err)
			}
		}
		for _, who := range []string{"an older program", ""} {
			madeBy(who)
			if err := ask(); fault.KindOf(err) != fault.Unavailable {
				t.Errorf("made by %q: %v", who, err)
			}
			if _, err := w.Claims.List(roomtest.Ctx(), w.As("reviewer-1"), claims.Filter{Collection: w.Collection.ID,
				Text: "grants"}); fault.KindOf(err) != fault.Unavailable {
				t.Errorf("made by %q, claims: %v", who, err)
			}
			ensure(true)
			if err := ask(); err != nil {
				t.Error(err)
			}
		}
		madeBy("an older program")
		w.Article(articles.Import{Lang: "en", Raw: "More grants were approved."}) // this program writes into it
		if err := ask(); fault.KindOf(err) != fault.Unavailable {
			t.Errorf("a mixed index is served: %v", err)
		}
		ensure(true)
		ensure(false)
	})
}

// A year or month counts when the day that is asked for may lie in it.
func TestPartialDates(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := roomtest.New(t, db, articles.CollectionNew{})
		for _, day := range []string{"2016", "2017", "2017-05", "2017-05-06", "2018-01-01", ""} {
			w.Article(articles.Import{Lang: "en", Published: day, Raw: "The word of " + day + " stands."})
		}
		for _, c := range []struct {
			from, to string
			want     int
		}{{"", "", 6}, {"2017-05-06", "", 4}, {"2017-05-07", "", 3}, {"", "2017-05-06", 4}, {"2017-05-06", "2017-05-06",
			3}, {"2019-01-01", "", 0}} {
			page, err := w.Search.Sentences(roomtest.Ctx(), w.As("reviewer-1"),
				search.Query{Collection: w.Collection.ID, Words: "word", From: c.from, To: c.to})
			if err != nil || len(page.Hits) != c.want {
				t.Errorf("%q to %q: %d hits, want %d, %v", c.from, c.to, len(page.Hits), c.want, err)
			}
		}
	})
}
