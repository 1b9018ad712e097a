package articles_test

import (
	"slices"
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/fault"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
	"claimbench/internal/text"
)

func TestPlacesMeet(t *testing.T) {
	t.Parallel()
	at := func(rev articles.RevisionID, start, end int) articles.Place {
		return articles.Place{RevisionID: rev, Span: text.Span{Start: start, End: end}}
	}
	for _, c := range []struct {
		name        string
		a, b        articles.Place
		same, meets bool
	}{
		{"the same", at(1, 4, 9), at(1, 4, 9), true, true},
		{"one inside the other", at(1, 4, 9), at(1, 5, 6), false, true},
		{"side by side", at(1, 4, 9), at(1, 9, 12), false, false},
		{"another revision", at(1, 4, 9), at(2, 4, 9), false, false},
		{"outside documents", at(0, 0, 0), at(0, 0, 0), true, false},
	} {
		if c.a.Same(c.b) != c.same || c.b.Same(c.a) != c.same {
			t.Errorf("%s: Same is not %v", c.name, c.same)
		}
		if c.a.Meets(c.b) != c.meets || c.b.Meets(c.a) != c.meets {
			t.Errorf("%s: Meets is not %v", c.name, c.meets)
		}
	}
}

// TestPlaceAtIsPlaceIn: a place in a text that was read and one in a text that was not are the same, and refused alike,
// whatever the span.
func TestPlaceAtIsPlaceIn(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := roomtest.New(t, db, articles.CollectionNew{})
		a := w.Article(articles.Import{Raw: "  \nFirst one here. دومین جمله اینجاست.\n\n𝔗hird, é.  ", Lang: "en"})
		if err := db.Read(roomtest.Ctx(), func(r *store.Rx) error {
			whole, err := articles.TextOf(r, a.Article.ID, 0)
			if err != nil {
				return err
			}
			if n := len(whole.Sentences); n != 3 {
				t.Fatalf("%d sentences", n)
			}
			refused := 0
			for start := -1; start <= whole.Doc.Len()+1; start++ {
				for _, end := range []int{start - 1, start, start + 1, start + 7, whole.Doc.Len()} {
					span := text.Span{Start: start, End: end}
					in, err := articles.PlaceIn(whole, span, "")
					at, err2 := articles.PlaceAt(r, a.Revision.ID, span, "")
					if in != at || fault.Message(err) != fault.Message(err2) {
						t.Fatalf("%v: %+v (%v), %+v (%v)", span, in, err, at, err2)
					}
					if err != nil {
						refused++
						continue
					}
					if in.Exact != whole.Doc.Slice(span) || in.RevisionID != a.Revision.ID {
						t.Errorf("%v: %+v", span, in)
					}
					if i := slices.IndexFunc(whole.Sentences, func(s articles.Sentence) bool {
						return s.Span.Contains(text.Span{Start: start, End: start + 1})
					}); i >= 0 && in.Sentence != whole.Sentences[i].N {
						t.Errorf("%v: sentence %d, want %d", span, in.Sentence, whole.Sentences[i].N)
					}
				}
			}
			if refused == 0 {
				t.Error("nothing was refused")
			}
			if _, err := articles.PlaceAt(r, a.Revision.ID, w.Find(a, "First"), "Third"); fault.KindOf(
				err) != fault.Invalid {
				t.Errorf("other words pass: %v", err)
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	})
}

// TestPlaceAtCutsNoNumber: of “15 people” nobody quotes “5 people”.
func TestPlaceAtCutsNoNumber(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := roomtest.New(t, db, articles.CollectionNew{})
		a := w.Article(articles.Import{Raw: "It killed 15 people and hurt 3.5 per cent.", Lang: "en"})
		if err := db.Read(roomtest.Ctx(), func(r *store.Rx) error {
			for words, kind := range map[string]fault.Kind{"5 people": fault.Invalid, "hurt 3": fault.Invalid,
				"15 people": "", "hurt 3.5": "", "people": ""} {
				_, err := articles.PlaceAt(r, a.Revision.ID, w.Find(a, words), "")
				if (err != nil) != (kind != "") || err != nil && fault.KindOf(err) != kind {
					t.Errorf("%q: %v", words, err)
				}
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	})
}

// TestFollow: a place is found again where its words stand unchanged and once; of words that are gone there is no spot.
func TestFollow(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := roomtest.New(t, db, articles.CollectionNew{})
		old := w.Article(articles.Import{Raw: "Rain fell. دومین جمله اینجاست. Nobody came.", Lang: "en"})
		next := w.Article(articles.Import{Raw: "A headline. Rain fell. دومین جمله اینجاست.", Lang: "en"})
		if err := db.Read(roomtest.Ctx(), func(r *store.Rx) error {
			was, err := articles.TextOf(r, old.Article.ID, 0)
			if err != nil {
				return err
			}
			now, err := articles.TextOf(r, next.Article.ID, 0)
			if err != nil {
				return err
			}
			kept, err := articles.PlaceIn(was, w.Find(old, "دومین جمله"), "")
			if err != nil {
				return err
			}
			anchor, at, _ := kept.Follow(now)
			if anchor != text.AnchorRelocated || at.Exact != kept.Exact || at.RevisionID != next.Revision.ID ||
				at.Sentence != 3 || at.Lang != "fa" {
				t.Errorf("%s, %+v", anchor, at)
			}
			moved := kept
			moved.Lang = "ckb" // as a person corrected it
			if moved.MoveTo(at); !moved.Same(at.Place) || moved.Sentence != 3 || moved.Lang != "ckb" {
				t.Errorf("moved: %+v", moved)
			}
			gone, err := articles.PlaceIn(was, w.Find(old, "Nobody came"), "")
			if err != nil {
				return err
			}
			if anchor, at, _ := gone.Follow(now); anchor != text.AnchorOrphaned || at.Placed() {
				t.Errorf("words that are gone: %s, %+v", anchor, at)
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	})
}
