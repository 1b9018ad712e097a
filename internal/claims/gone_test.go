package claims_test

import (
	"strings"
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// Words of a text that was taken down are found in whatever somebody wrote in its collection, in any script, whatever
// stands between and around them; short runs, other words and other collections are left alone.
func TestGoneTakesQuotationsOut(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := roomtest.New(t, db, articles.CollectionNew{})
		texts := []string{
			"Yesterday the harbour master of Emden kept seven crates of lamps in a shed. No more is known.",
			"مدیر بندر امدن دیروز هفت صندوق چراغ را در انبار شهر نگه داشت.",
			"エムデンの港長は昨日、倉庫に七つのランプの箱を保管した。"}
		var down []articles.Imported
		for _, raw := range texts {
			down = append(down, w.Article(articles.Import{Raw: raw}))
		}
		read := func(in *articles.Collection, words string) string {
			t.Helper()
			if err := db.Read(roomtest.Ctx(), func(r *store.Rx) error {
				g, err := w.Claims.Gone(r, in.ID)
				if err == nil {
					_, err = g.TakeOut(&words)
				}
				return err
			}); err != nil {
				t.Fatal(err)
			}
			return words
		}
		asked := "He says “the HARBOUR  master, of Emden – kept **seven** crates” and more."
		if got := read(&w.Collection, asked); got != asked {
			t.Errorf("before the take-down: %q", got)
		}
		for _, a := range down {
			if err := w.Articles.TakeDown(roomtest.Ctx(), w.As("editor-1"), a.Article.ID, a.Article.Version,
				"court order"); err != nil {
				t.Fatal(err)
			}
			read(&w.Collection, asked) // what is kept grows by the next one
		}
		for words, want := range map[string]string{
			asked: "He says “[taken down]” and more.",
			"He kept seven crates of lamps, and the harbour was closed for weeks.": "",
			"گفت «مديرِ بندرِ امدن ديروز ۷ صندوق» یا چیزی مانند آن":                "",
			"گفت «مديرِ بندر امدن ديروز هفت صندوق چراغ» یا چیزی مانند آن": "" +
				"گفت «[taken down]» یا چیزی مانند آن",
			"彼は「倉庫に七つのランプの箱を保管」と言った。": "彼は「[taken down]」と言った。",
			"two: the harbour master of Emden kept seven; and seven crates of lamps in a shed, yes": "two: " +
				"[taken down]; and [taken down], yes",
			"": "", "e\u0301\u0000\xff" + strings.Repeat(" ", 40): "",
		} {
			if want == "" {
				want = words
			}
			if got := read(&w.Collection, words); got != want {
				t.Errorf("%q became %q, want %q", words, got, want)
			}
		}
		other, err := w.Articles.CreateCollection(roomtest.Ctx(), w.As("admin-1"), articles.CollectionNew{
			Name: "Other"})
		if err != nil {
			t.Fatal(err)
		}
		if got := read(&other, asked); got != asked {
			t.Errorf("in another collection: %q", got)
		}
	})
}
