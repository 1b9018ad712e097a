package articles_test

import (
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/fault"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// TestSetLang: a wrong language is corrected by cutting the same text anew; the earlier revision stays, what is no tag
// is refused, and the history is whole.
func TestSetLang(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := roomtest.New(t, db, articles.CollectionNew{})
		a := w.Article(articles.Import{Raw: "پل دهم تا شب باز ماند. شهردار رفت.", Lang: "ar"})
		ed := w.As("editor-1")
		next, err := w.Articles.SetLang(roomtest.Ctx(), ed, a.Article.ID, a.Article.Version, "fa")
		if err != nil || next.Existing || next.Article.Lang != "fa" || next.Article.Dir != "rtl" ||
			next.Revision.N != 2 {
			t.Fatalf("SetLang = %+v, %v", next, err)
		}
		now, err := w.Articles.ReadRevision(roomtest.Ctx(), ed, a.Article.ID, 0)
		if err != nil || now.Article.Lang != "fa" || now.Sentences[0].Lang != "fa" || now.Doc.Raw() != a.Revision.Raw {
			t.Errorf("it reads %+v, %v", now.Article, err)
		}
		old, err := w.Articles.ReadRevision(roomtest.Ctx(), ed, a.Article.ID, 1)
		if err != nil || old.Sentences[0].Lang != "ar" {
			t.Errorf("the earlier revision was cut anew: %+v, %v", old.Sentences, err)
		}
		same, err := w.Articles.SetLang(roomtest.Ctx(), ed, a.Article.ID, next.Article.Version, "fa")
		if err != nil || !same.Existing {
			t.Errorf("the same language is a new revision: %+v, %v", same, err)
		}
		for lang, kind := range map[string]fault.Kind{"Persian!": fault.Invalid, "": fault.Invalid} {
			if _, err := w.Articles.SetLang(roomtest.Ctx(), ed, a.Article.ID, next.Article.Version,
				lang); fault.KindOf(err) != kind {
				t.Errorf("%q: %v", lang, err)
			}
		}
		if _, err := w.Articles.SetLang(roomtest.Ctx(), ed, a.Article.ID, a.Article.Version,
			"ar"); fault.KindOf(err) != fault.Conflict {
			t.Errorf("over a newer version: %v", err)
		}
		if _, err := w.Articles.SetLang(roomtest.Ctx(), w.As("reviewer-1"), a.Article.ID, next.Article.Version,
			"ar"); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("a reviewer: %v", err)
		}
		w.Verify()
	})
}

// TestJoinLines: lines that were broken in sentences are joined in a newer revision; a text that has none stays.
func TestJoinLines(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := roomtest.New(t, db, articles.CollectionNew{})
		a := w.Article(articles.Import{Lang: "en", Raw: "The river rose by two metres on Sunday night and the\n" +
			"mayor closed every school in the valley until\nthe water has gone back."})
		ed := w.As("editor-1")
		next, err := w.Articles.JoinLines(roomtest.Ctx(), ed, a.Article.ID, a.Article.Version)
		if err != nil || next.Revision.N != 2 {
			t.Fatalf("JoinLines = %+v, %v", next, err)
		}
		now, err := w.Articles.ReadRevision(roomtest.Ctx(), ed, a.Article.ID, 0)
		if err != nil || len(now.Sentences) != 1 {
			t.Errorf("joined it has %d sentences, %v", len(now.Sentences), err)
		}
		if same, err := w.Articles.JoinLines(roomtest.Ctx(), ed, a.Article.ID, next.Article.Version); err != nil ||
			!same.Existing {
			t.Errorf("joined again: %+v, %v", same, err)
		}
		w.Verify()
	})
}
