package articles_test

import (
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
	"claimbench/internal/text"
)

// TestNearReadsWhatTheWholeTextHolds: a stretch has the sentences and the words that reading the whole text gives,
// whatever the script, wherever the span lies.
func TestNearReadsWhatTheWholeTextHolds(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := roomtest.New(t, db, articles.CollectionNew{})
		a := w.Article(articles.Import{Title: "Mixed", Raw: "First sentence here. دومین جمله اینجاست. 𝔗hird, with é. " +
			"Fourth one.\n\nFifth ends it.", Lang: "en"})
		err := db.Read(roomtest.Ctx(), func(r *store.Rx) error {
			whole, err := articles.TextOf(r, a.Article.ID, 0)
			if err != nil {
				return err
			}
			for i, sn := range whole.Sentences {
				for _, span := range []text.Span{sn.Span, {Start: sn.Start + 1, End: sn.End - 1},
					{Start: sn.Start, End: whole.Doc.Len()}} {
					begins := []int{0, sn.N}[i%2]
					s, err := articles.Near(r, a.Article.ID, a.Revision.ID, span, begins, 1, 0)
					if err != nil {
						return err
					}
					if s.Of != len(whole.Sentences) || !s.Newest() || s.Withheld() || s.Sentences[0].N != max(1, i) {
						t.Errorf("%v: %d of %d sentences, first %d", span, len(s.Sentences), s.Of, s.Sentences[0].N)
					}
					if got, want := s.Slice(span), whole.Doc.Slice(span); got != want {
						t.Errorf("%v: %q, want %q", span, got, want)
					}
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}
