package evidence_test

import (
	"context"
	"log/slog"
	"sync"
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/desk"
	"claimbench/internal/evidence"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// follow runs what a server runs beside the requests, until the test ends.
func follow(t *testing.T, w *roomtest.World) {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() { w.Evidence.Follow(ctx, slog.Default(), w.Jobs.Beside) })
	t.Cleanup(func() { stop(); running.Wait() })
}

// Nobody's page compares articles: what came in is compared beside them, and the page says so until it is.
func TestPagesDoNotCompare(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w, _, b, _ := copies(t, db)
		read := func() desk.Reading {
			got, err := w.Desk.Read(roomtest.Ctx(), w.As("reviewer-1"), desk.ReadAsk{Article: b.Article.ID})
			if err != nil {
				t.Fatal(err)
			}
			return got
		}
		for range 3 {
			if got := read(); !got.Pending || len(got.Alike) != 0 {
				t.Fatalf("a page compared the articles itself: %+v", got.Alike)
			}
		}
		follow(t, w)
		got := read()
		for got.Pending {
			got = read()
		}
		if len(got.Alike) != 1 {
			t.Errorf("%d likely copies are shown, want 1", len(got.Alike))
		}
		w.Article(articles.Import{Lang: "en", Raw: story + " An update follows."})
		for got = read(); got.Pending; {
			got = read()
		}
		if len(got.Alike) != 2 {
			t.Errorf("%d likely copies after another came in, want 2", len(got.Alike))
		}
	})
}

// A text that is replaced by one that is no copy any more is proposed no more.
func TestOriginOfAReplacedText(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w, a, b, _ := copies(t, db)
		if got := likely(t, w, a.Article.ID); len(got) != 1 {
			t.Fatalf("%d proposals, want 1", len(got))
		}
		if _, err := w.Articles.Revise(roomtest.Ctx(), w.As("editor-1"), b.Article.ID, b.Article.Version,
			"A bridge over the river was closed on Friday because of ice.", false); err != nil {
			t.Fatal(err)
		}
		if got := likely(t, w, a.Article.ID); len(got) != 0 {
			t.Errorf("what is no copy any more is proposed: %+v", got)
		}
	})
}

// What a claim is proposed comes from the index that is kept beside the pages.
func TestPassagesWhileSomebodyFollows(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w, a, _, _ := copies(t, db)
		follow(t, w)
		cl := w.Claim(a, "Two members voted against it", "Two members voted against it.")
		for {
			got, err := w.Evidence.Passages(roomtest.Ctx(), w.As("reviewer-1"), cl.ID, 5)
			if err != nil {
				t.Fatal(err)
			}
			if got.Pending == 0 {
				if len(got.Passages) == 0 {
					t.Error("nothing is proposed")
				}
				return
			}
		}
	})
}

// What follows an import lists what came in and not the whole collection; whenever anything else happened to its
// articles all are listed, so that what is gone is found.
func TestOnlyWhatCameIsListed(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w, a, b, _ := copies(t, db)
		editor := w.As("editor-1")
		var had any
		listed := func(what string, want int, wantGrown bool) {
			t.Helper()
			err := db.Read(roomtest.Ctx(), func(r *store.Rx) error {
				n, grown, now, err := evidence.ListedSince(r, a.Article.CollectionID, had)
				if err == nil && (n != want || grown != wantGrown) {
					t.Errorf("%s: %d articles are listed (only what came: %v), want %d (%v)", what, n, grown, want,
						wantGrown)
				}
				had = now
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		more := func(words string) articles.Imported {
			return w.Article(articles.Import{Lang: "en", Raw: words})
		}
		err := db.Read(roomtest.Ctx(), func(r *store.Rx) error {
			_, _, now, err := evidence.ListedSince(r, a.Article.CollectionID, nil)
			had = now
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		more("A ferry ran aground.")
		more("A second ferry ran aground.")
		listed("two came", 2, true)
		third := more("A third ferry ran aground.")
		if err := w.Articles.TakeDown(roomtest.Ctx(), editor, b.Article.ID, b.Article.Version, "asked"); err != nil {
			t.Fatal(err)
		}
		all := func() (n int) {
			err := db.Read(roomtest.Ctx(), func(r *store.Rx) (err error) {
				n, _, _, err = evidence.ListedSince(r, a.Article.CollectionID, nil)
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			return n
		}
		listed("one came and one was taken down", all(), false)
		if _, err := w.Articles.Revise(roomtest.Ctx(), editor, third.Article.ID, third.Article.Version,
			"The third ferry was towed.", false); err != nil {
			t.Fatal(err)
		}
		if db.Dialect() == store.Postgres {
			listed("a text was replaced", all(), false)
		} else {
			listed("a text was replaced", 1, true)
		}
		listed("nothing", 0, true)
	})
}
