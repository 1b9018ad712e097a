package articles_test

import (
	"strings"
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/fault"
	"claimbench/internal/roomtest"
	"claimbench/internal/search"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
	"claimbench/seeds"
)

func TestImportSamples(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := roomtest.New(t, db, articles.CollectionNew{})
		samples, err := seeds.Articles()
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range samples {
			got := w.Article(articles.Import{Raw: s.Raw, Source: s.Source, Published: s.Published})
			if got.Existing || got.Article.Lang != s.Lang || got.Revision.Raw != s.Raw {
				t.Errorf("%s: language found %s, existing %v", s.File, got.Article.Lang, got.Existing)
			}
			if rtl := s.Lang == "fa" || s.Lang == "ar"; (got.Article.Dir == "rtl") != rtl {
				t.Errorf("%s: direction %s", s.File, got.Article.Dir)
			}
			text, err := w.Articles.Read(roomtest.Ctx(), w.As("reviewer-1"), got.Article.ID)
			if err != nil || len(text.Sentences) < 10 {
				t.Errorf("%s: %d sentences, %v", s.File, len(text.Sentences), err)
			}
			again := w.Article(articles.Import{Raw: s.Raw, Title: "Another title"})
			if !again.Existing || again.Article.ID != got.Article.ID {
				t.Errorf("%s: the same text twice was not recognised", s.File)
			}
		}
		w.Verify()
	})
}

func TestImportRefuses(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := roomtest.New(t, db, articles.CollectionNew{})
		good := articles.Import{Collection: w.Collection.ID, Raw: "A text.", Name: "a.txt"}
		for _, c := range []struct {
			name string
			set  func(*articles.Import)
			kind fault.Kind
			says string
		}{
			{"invalid UTF-8", func(i *articles.Import) { i.Raw = "abc\xff\xfe" }, fault.Invalid, "UTF-8"},
			{"NUL", func(i *articles.Import) { i.Raw = "a\x00b" }, fault.Invalid, "NUL"},
			{"empty", func(i *articles.Import) { i.Raw = "" }, fault.Invalid, "empty"},
			{"only a BOM", func(i *articles.Import) { i.Raw = "\ufeff \r\n" }, fault.Invalid, "empty"},
			{"50 MB", func(i *articles.Import) { i.Raw = strings.Repeat("x", 50_000_000) }, fault.TooLarge, "5 MiB"},
			{"javascript URL", func(i *articles.Import) { i.URL = "javascript:alert(1)" }, fault.Invalid,
				"web address"},
			{"date", func(i *articles.Import) { i.Published = "7 May" }, fault.Invalid, "YYYY-MM-DD"},
			{"language", func(i *articles.Import) { i.Lang = "Persian!" }, fault.Invalid, "language tag"},
			{"U+202E in the title", func(i *articles.Import) { i.Title = "a\u202eb" }, fault.Invalid, "U+202E"},
			{"a source's number", func(i *articles.Import) { i.Source = "7" }, fault.Invalid, "by name, not by number"},
			{"no collection", func(i *articles.Import) { i.Collection = 99 }, fault.NotFound, "collection"},
		} {
			in := good
			c.set(&in)
			_, err := w.Articles.Import(roomtest.Ctx(), w.As("editor-1"), in)
			if fault.KindOf(err) != c.kind || !strings.Contains(fault.Message(err), c.says) {
				t.Errorf("%s: %v", c.name, err)
			}
		}
		list, err := w.Articles.List(roomtest.Ctx(), w.As("editor-1"), articles.Filter{Collection: w.Collection.ID})
		if err != nil || len(list) != 0 {
			t.Errorf("a refused import left %d articles, %v", len(list), err)
		}
		if _, err := w.Articles.Import(roomtest.Ctx(), w.As("reviewer-1"), good); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("a reviewer imports: %v", err)
		}
		w.Verify()
	})
}

func TestPastedTextHasLineFeeds(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := roomtest.New(t, db, articles.CollectionNew{})
		pasted := w.Article(articles.Import{Raw: "One.\r\nTwo.", Pasted: true})
		if pasted.Revision.Raw != "One.\nTwo." {
			t.Errorf("pasted text is kept as %q", pasted.Revision.Raw)
		}
		file := w.Article(articles.Import{Raw: "One.\r\nTwo."})
		if file.Revision.Raw != "One.\r\nTwo." || file.Existing {
			t.Errorf("a file's bytes are kept as %q", file.Revision.Raw)
		}
	})
}

func TestRevise(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := roomtest.New(t, db, articles.CollectionNew{})
		a := w.Article(articles.Import{Raw: "The fund holds 7 million."})
		ed := w.As("editor-1")
		same, err := w.Articles.Revise(roomtest.Ctx(), ed, a.Article.ID, a.Article.Version, "The fund holds 7 million.",
			false)
		if err != nil || !same.Existing {
			t.Fatalf("the same text is a new revision: %v", err)
		}
		next, err := w.Articles.Revise(roomtest.Ctx(), ed, a.Article.ID, a.Article.Version, "The fund holds 9 million.",
			false)
		if err != nil || next.Revision.N != 2 {
			t.Fatalf("Revise = %+v, %v", next, err)
		}
		if _, err := w.Articles.Revise(roomtest.Ctx(), ed, a.Article.ID, a.Article.Version, "Something else.",
			false); fault.KindOf(err) != fault.Conflict {
			t.Errorf("a revision over a newer one: %v", err)
		}
		old, err := w.Articles.ReadRevision(roomtest.Ctx(), ed, a.Article.ID, 1)
		if err != nil || old.Doc.Raw() != "The fund holds 7 million." {
			t.Errorf("revision 1 reads %v, %v", old.Doc, err)
		}
		w.Verify()
	})
}

func TestTakeDownWithholdsTheText(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := roomtest.New(t, db, articles.CollectionNew{})
		a := w.Article(articles.Import{Raw: "A private letter was printed in full."})
		c := w.Claim(a, "A private letter was printed in full", "A private letter was printed.")
		ed := w.As("editor-1")
		if err := w.Articles.TakeDown(roomtest.Ctx(), ed, a.Article.ID, a.Article.Version, " "); fault.KindOf(
			err) != fault.Invalid {
			t.Errorf("without a reason: %v", err)
		}
		if err := w.Articles.TakeDown(roomtest.Ctx(), w.As("reviewer-1"), a.Article.ID, a.Article.Version,
			"court order"); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("by a reviewer: %v", err)
		}
		if err := w.Articles.TakeDown(roomtest.Ctx(), ed, a.Article.ID, a.Article.Version, "court order"); err != nil {
			t.Fatal(err)
		}
		text, err := w.Articles.Read(roomtest.Ctx(), ed, a.Article.ID)
		if err != nil || !text.Withheld() || text.Revision.Raw != "" || len(text.Sentences) != 0 {
			t.Errorf("the text is still there: %+v, %v", text, err)
		}
		got, err := w.Claims.Get(roomtest.Ctx(), ed, c.ID)
		if err != nil || !got.Withheld || got.Exact+got.Prefix+got.Suffix != "" {
			t.Errorf("a claim still quotes it: %+v, %v", got, err)
		}
		hits, err := w.Search.Sentences(roomtest.Ctx(), ed, search.Query{Collection: w.Collection.ID, Words: "letter"})
		if err != nil || len(hits.Hits) != 0 {
			t.Errorf("search still finds it: %+v, %v", hits, err)
		}
		w.Verify()
	})
}

func TestAnotherCollectionIsNotThere(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := roomtest.New(t, db, articles.CollectionNew{})
		a := w.Article(articles.Import{Raw: "A text."})
		other, err := w.Articles.CreateCollection(roomtest.Ctx(), w.As("admin-1"),
			articles.CollectionNew{Name: "Another"})
		if err != nil {
			t.Fatal(err)
		}
		u, err := w.Auth.CreateUser(roomtest.Ctx(), w.As("admin-1"), auth.NewUser{Name: "stranger",
			Grants: []auth.Grant{{Role: auth.Editor, Collection: other.ID}}})
		if err != nil {
			t.Fatal(err)
		}
		stranger := w.As(u.Name)
		if _, err := w.Articles.Get(roomtest.Ctx(), stranger, a.Article.ID); fault.KindOf(err) != fault.NotFound {
			t.Errorf("Get: %v", err)
		}
		if _, err := w.Articles.Read(roomtest.Ctx(), stranger, a.Article.ID); fault.KindOf(err) != fault.NotFound {
			t.Errorf("Read: %v", err)
		}
		if err := w.Articles.TakeDown(roomtest.Ctx(), stranger, a.Article.ID, 1, "x"); fault.KindOf(
			err) != fault.NotFound {
			t.Errorf("TakeDown: %v", err)
		}
		if _, err := w.Articles.List(roomtest.Ctx(), stranger,
			articles.Filter{Collection: w.Collection.ID}); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("List: %v", err)
		}
		seen, err := w.Articles.Collections(roomtest.Ctx(), stranger)
		if err != nil || len(seen) != 1 || seen[0].ID != other.ID {
			t.Errorf("Collections = %+v, %v", seen, err)
		}
	})
}

func TestRules(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := roomtest.New(t, db, articles.CollectionNew{})
		c := w.Collection
		c.Quorum, c.Rule, c.Advice = 3, articles.Majority, articles.Advice{"unverified"}
		got, err := w.Articles.SetRules(roomtest.Ctx(), w.As("admin-1"), c)
		if err != nil || got.Quorum != 3 || got.Version != 2 {
			t.Fatalf("SetRules = %+v, %v", got, err)
		}
		if _, err := w.Articles.SetRules(roomtest.Ctx(), w.As("admin-1"), c); fault.KindOf(err) != fault.Conflict {
			t.Errorf("over a newer version: %v", err)
		}
		for _, bad := range []articles.Collection{{ID: c.ID, Name: "x", Quorum: 0, Rule: "unanimous"},
			{ID: c.ID, Name: "x", Quorum: 2, Rule: "dice"}, {ID: c.ID, Name: "", Quorum: 2, Rule: "majority"},
			{ID: c.ID, Name: "x", Quorum: 2, Rule: "majority", Advice: articles.Advice{"luck"}}} {
			if _, err := w.Articles.SetRules(roomtest.Ctx(), w.As("admin-1"), bad); fault.KindOf(err) != fault.Invalid {
				t.Errorf("%+v: %v", bad, err)
			}
		}
		w.Verify()
	})
}
