package articles_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/fault"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

const leaked = "The files of the agency list twelve grants that nobody had heard of.\n\nA clerk said on Tuesday " +
	"that the " +
	"agency paid each of them twice. Officials denied that anything was paid at all, and asked who had taken the " +
	"files.\n\nThe minister, who was asked for an answer, said that she had read nothing of it and would not."

// disguises of a text, and whether each is still the document.
var disguises = []struct {
	what, raw string
	same      bool
}{
	{"the very text", leaked, true},
	{"a byte order mark", "\ufeff" + leaked, true},
	{"lines broken otherwise", strings.ReplaceAll(strings.ReplaceAll(leaked, "\n\n", " "), " ", "\n"), true},
	{"carriage returns", strings.ReplaceAll(leaked, "\n", "\r\n"), true},
	{"capitals and points", strings.ToUpper(strings.ReplaceAll(leaked, ".", " …")), true},
	{"wide letters", wide(leaked), true},
	{"soft hyphens", strings.ReplaceAll(leaked, "agency", "agen\u00adcy"), true},
	{"a word changed", strings.ReplaceAll(leaked, "twelve", "fourteen"), true},
	{"the first half", leaked[:len(leaked)/2], true},
	{"with another text before and behind", strings.Repeat("Nobody answered the letter of the council. ", 3) + leaked +
		strings.Repeat(" Bread is dearer than a year ago.", 3), true},
	{"one sentence of it in an article of its own", "Officials denied that anything was paid at all. " +
		"The newspaper of the port asked six people who work there, and each of them told another story of the night " +
		"in which the lists were copied; two named the same man, whom nobody has seen since the spring.", false},
	{"another text", "The council approved the new bridge with nine votes against four.", false},
	{"another short text", "Nobody came.", false},
}

func wide(s string) string {
	return strings.Map(func(r rune) rune {
		if r > ' ' && r <= '~' {
			return r - ' ' + '\uff00'
		}
		return r
	}, s)
}

// TestClosedStaysClosed: what was protected or taken down does not come in again by any spelling of its text, nor, when
// it is protected, of its address; another document does, and so does the same when it is open again, and in another
// collection, whose people know nothing of this one.
func TestClosedStaysClosed(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		for _, how := range []string{"protected", "taken down"} {
			w := roomtest.New(t, db, articles.CollectionNew{Name: how})
			ctx, editor := roomtest.Ctx(), w.As("editor-1")
			a := w.Article(articles.Import{Lang: "en", URL: "https://www.paper.example/a/leak?id=1&utm_source=x",
				Raw: leaked})
			other := w.Article(articles.Import{Lang: "en", Raw: "Twelve ships left the port on a Monday morning."})
			if how == "protected" {
				must[articles.Article](t)(w.Articles.Protect(ctx, editor, a.Article.ID, a.Article.Version,
					"source at risk"))
			} else if err := w.Articles.TakeDown(ctx, editor, a.Article.ID, a.Article.Version, "A court."); err != nil {
				t.Fatal(err)
			}
			refused := func(what string, err error, want bool) {
				t.Helper()
				is := fault.KindOf(err) == fault.Conflict && errors.As(err, new(*articles.Closed))
				if is != want || !is && err != nil {
					t.Errorf("%s, %s: refused %v, want %v: %v", how, what, is, want, err)
				}
			}
			for _, d := range disguises {
				_, err := w.Articles.Revise(ctx, editor, other.Article.ID, other.Article.Version, d.raw, true)
				if refused("revised: "+d.what, err, d.same); err == nil {
					other.Article.Version++
				}
				_, err = w.Articles.Import(ctx, editor, articles.Import{Collection: w.Collection.ID, Raw: d.raw,
					Pasted: true})
				refused(d.what, err, d.same)
			}
			for _, at := range []struct {
				url  string
				same bool
			}{
				{"https://www.paper.example/a/leak?id=1", true},
				{"http://paper.example:80/a/leak/?id=1#top", true},
				{"https://PAPER.example./a/./b/../leak?utm_medium=mail&id=1", true},
				{"https://paper.example/a/l%65ak?fbclid=9&id=1", true},
				{"https://paper.example/a/leak?id=2", false},
				{"https://paper.example:8443/a/leak?id=1", false},
			} {
				_, err := w.Articles.Import(ctx, editor, articles.Import{Collection: w.Collection.ID, URL: at.url,
					Raw: "What stands here now is another text altogether: " + at.url})
				refused(at.url, err, at.same && how == "protected")
				_, err = w.Articles.Import(ctx, editor, articles.Import{Collection: w.Collection.ID,
					Reached: []string{at.url},
					Raw:     "What was reached is another text altogether: " + at.url})
				refused("reached by "+at.url, err, at.same && how == "protected")
			}
			elsewhere, err := w.Articles.CreateCollection(ctx, w.As("admin-1"), articles.CollectionNew{
				Name: "Other " + how})
			if err != nil {
				t.Fatal(err)
			}
			must[articles.Imported](t)(w.Articles.Import(ctx, editor, articles.Import{Collection: elsewhere.ID,
				Raw: leaked}))
			if how == "protected" {
				must[articles.Article](t)(w.Articles.Unprotect(ctx, editor, a.Article.ID, a.Article.Version+1))
				if again := must[articles.Imported](t)(w.Articles.Import(ctx, editor, articles.Import{
					Collection: w.Collection.ID, Raw: leaked})); !again.Existing {
					t.Error("an article that is open again is not found by its text")
				}
				if n := w.Count("closed_texts"); n != 0 {
					t.Errorf("%d marks of articles that are open", n)
				}
			}
			w.Verify()
		}
	})
}

// TestClosedBefore: articles that were closed before there were marks are known again all the same.
func TestClosedBefore(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := roomtest.New(t, db, articles.CollectionNew{})
		a := w.Article(articles.Import{Lang: "en", Raw: leaked})
		must[articles.Article](t)(w.Articles.Protect(roomtest.Ctx(), w.As("editor-1"), a.Article.ID,
			a.Article.Version, "source at risk"))
		if err := db.Write(roomtest.Ctx(), func(tx *store.Tx) error {
			return tx.Gorm().Exec("DELETE FROM closed_texts").Error
		}); err != nil {
			t.Fatal(err)
		}
		_, err := w.Articles.Import(roomtest.Ctx(), w.As("editor-1"), articles.Import{Collection: w.Collection.ID,
			Raw: leaked + " It rained."})
		if !errors.As(err, new(*articles.Closed)) {
			t.Errorf("taken in: %v", err)
		}
	})
}

// TestClosedAtOnce: an import and a protection of the same document, at the same moment, leave no open copy.
func TestClosedAtOnce(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := roomtest.New(t, db, articles.CollectionNew{})
		ctx, editor := roomtest.Ctx(), w.As("editor-1")
		for round := range 10 {
			in := must[articles.Collection](t)(w.Articles.CreateCollection(ctx, w.As("admin-1"),
				articles.CollectionNew{Name: fmt.Sprint("Round ", round)})).ID
			a := must[articles.Imported](t)(w.Articles.Import(ctx, editor, articles.Import{Collection: in,
				URL: "https://paper.example/leak",
				Raw: leaked}))
			var all sync.WaitGroup
			all.Go(func() {
				_, _ = w.Articles.Protect(ctx, editor, a.Article.ID, a.Article.Version, "source at risk")
			})
			for range 3 {
				all.Go(func() {
					_, _ = w.Articles.Import(ctx, editor, articles.Import{Collection: in, Raw: leaked + " ",
						URL: "https://paper.example/leak"})
				})
			}
			all.Wait()
			var open int
			if err := db.Read(ctx, func(r *store.Rx) (err error) {
				open, _, err = store.One[int](r, "SELECT COUNT(*) AS n FROM articles WHERE state = 'live' AND "+
					"collection_id = ?", in)
				return err
			}); err != nil {
				t.Fatal(err)
			}
			if open != 0 {
				t.Fatalf("round %d: %d copies stand openly", round, open)
			}
		}
	})
}

// TestWhoImportsMayRead: whoever may bring articles in may also read what is protected there: only so can a refusal say
// which article it is about. Whoever lets others import lets them ask, by bringing it, whether a document is closed.
func TestWhoImportsMayRead(t *testing.T) {
	t.Parallel()
	w := roomtest.New(t, storetest.SQLite(t), articles.CollectionNew{})
	reads := w.Policy.RolesFor(auth.ThingEvidence, auth.Protect)
	for _, role := range w.Policy.RolesFor(auth.ThingArticle, auth.Import) {
		if !slices.Contains(reads, role) {
			t.Errorf("%s imports and may not read what is protected", role)
		}
	}
}

func must[T any](t *testing.T) func(x T, err error) T {
	return func(x T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return x
	}
}
