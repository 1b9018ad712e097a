package articles_test

import (
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/fault"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// Names of collections and sources show what they are, and no collection is taken for another.
func TestNamesShow(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := roomtest.New(t, db, articles.CollectionNew{})
		ctx, admin := roomtest.Ctx(), w.As("admin-1")
		c, err := w.Articles.CreateCollection(ctx, admin, articles.CollectionNew{Name: "Vote counts 2024"})
		if err != nil {
			t.Fatal(err)
		}
		for _, bad := range []string{"\u3164", "\u200d\ufe0f", "…", "Vote\u202ecounts", "Vote\u200b"} {
			_, err := w.Articles.CreateCollection(ctx, admin, articles.CollectionNew{Name: bad})
			if fault.KindOf(err) != fault.Invalid {
				t.Errorf("a collection %q: %v", bad, err)
			}
			_, err = w.Articles.CreateSource(ctx, admin, articles.SourceNew{Name: bad})
			if fault.KindOf(err) != fault.Invalid {
				t.Errorf("a source %q: %v", bad, err)
			}
		}
		for _, bad := range []string{"VOTE COUNTS 2024", "Vоte counts 2024", "Vote counts ۲۰۲۴", "Vote  counts 2024!"} {
			_, err := w.Articles.CreateCollection(ctx, admin, articles.CollectionNew{Name: bad})
			if fault.KindOf(err) != fault.Invalid {
				t.Errorf("a collection %q beside another: %v", bad, err)
			}
		}
		c.Name = "Vote Counts 2024"
		if _, err := w.Articles.SetRules(ctx, admin, c); err != nil {
			t.Errorf("its own name in other letters: %v", err)
		}
	})
}
