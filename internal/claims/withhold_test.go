package claims_test

import (
	"fmt"
	"strings"
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/history"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// The history of a text that was taken down says that its claims were there, and none of its words: not the statement,
// the quotation or the hedge. Claims of other texts keep theirs.
func TestEventsOfATakenDownTextHoldNoWords(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := roomtest.New(t, db, articles.CollectionNew{})
		down := w.Article(articles.Import{Raw: "The letter was allegedly printed.", Lang: "en"})
		kept := w.Article(articles.Import{Raw: "The notice was reportedly read.", Lang: "en"})
		for _, x := range []struct {
			a            articles.Imported
			exact, hedge string
		}{{down, "The letter was allegedly printed", "allegedly"}, {kept, "The notice was reportedly read",
			"reportedly"}} {
			if _, err := w.Claims.Create(roomtest.Ctx(), w.As("reviewer-1"), x.a.Article.ID, x.a.Revision.ID,
				claims.Words{Span: w.Find(x.a, x.exact), Exact: x.exact, Statement: x.exact + ".",
					Hedge: []string{x.hedge}}); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Articles.TakeDown(roomtest.Ctx(), w.As("editor-1"), down.Article.ID, down.Article.Version,
			"court order"); err != nil {
			t.Fatal(err)
		}
		var said string
		if err := db.Read(roomtest.Ctx(), func(r *store.Rx) error {
			events, err := history.List(r, history.Filter{ActionPrefix: "claim."})
			if err != nil {
				return err
			}
			if _, err := claims.WithholdEvents(r, events); err != nil {
				return err
			}
			said = fmt.Sprint(events)
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		for _, word := range []string{"letter", "allegedly"} {
			if strings.Contains(said, word) {
				t.Errorf("the history still says %q", word)
			}
		}
		for _, word := range []string{"notice", "reportedly"} {
			if !strings.Contains(said, word) {
				t.Errorf("the history lost %q of a text that stands", word)
			}
		}
	})
}
