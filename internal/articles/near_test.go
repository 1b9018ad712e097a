package articles_test

import (
	"strings"
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

// TestNearAllIsNearForEach: many spots of several texts at once give the words that each gives alone.
func TestNearAllIsNearForEach(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		t.Parallel()
		w := roomtest.New(t, db, articles.CollectionNew{})
		var spots []articles.Spot
		var want []string
		wide := text.Span{Start: 0, End: 1000}
		for _, raw := range []string{"First sentence here. دومین جمله اینجاست. 𝔗hird, with é. Fourth one.\n\nFifth " +
			"ends it.", "Another text. It has two sentences."} {
			a := w.Article(articles.Import{Raw: raw, Lang: "en"})
			if err := db.Read(roomtest.Ctx(), func(r *store.Rx) error {
				whole, err := articles.TextOf(r, a.Article.ID, 0)
				if err != nil {
					return err
				}
				for _, sn := range whole.Sentences {
					for _, span := range []text.Span{sn.Span, {Start: sn.Start + 1, End: whole.Doc.Len()}} {
						one, err := articles.Near(r, a.Article.ID, a.Revision.ID, span, 0, 1, 0)
						if err != nil {
							return err
						}
						spots = append(spots, articles.Spot{Sentence: sn.N, Place: articles.Place{
							RevisionID: a.Revision.ID, Span: span}})
						want = append(want, one.Slice(wide))
					}
				}
				return nil
			}); err != nil {
				t.Fatal(err)
			}
		}
		spots = append(spots, articles.Spot{Place: articles.Place{RevisionID: 999}})
		want = append(want, "")
		var got []articles.Stretch
		counter := &store.Counter{}
		if err := db.Read(store.WithCounter(roomtest.Ctx(), counter), func(r *store.Rx) (err error) {
			got, err = articles.NearAll(r, spots)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		for i := range want {
			if s := strings.TrimRight(got[i].Slice(wide), " \n"); s != strings.TrimRight(want[i], " \n") {
				t.Errorf("%+v: %q, want %q", spots[i].Span, s, want[i])
			}
		}
		if n := counter.Statements.Load(); n > 3 {
			t.Errorf("%d statements", n)
		}
	})
}
