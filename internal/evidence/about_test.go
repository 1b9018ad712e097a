package evidence_test

import (
	"strings"
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/captures"
	"claimbench/internal/evidence"
	"claimbench/internal/intake"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// An article, what is quoted of it, and an outside document of which the same file is kept say the same of it; what a
// person says of it goes before.
func TestAboutIsSaidOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		const page = `<!DOCTYPE html><html lang="en"><head><title>Krakens</title><script type="application/ld+json">
{"@type":"NewsArticle","headline":"Twelve krakens","datePublished":"2026-03-01","author":{"name":"Ada Lem"},
"publisher":{"@type":"Organization","name":"The Gazette"}}</script></head><body><main><article><h1>Twelve krakens</h1>
<p>It was a long day in the harbour of the town. Twelve, says kraken. Nobody answered in the old hall.</p></article>
</main></body></html>`
		w, c, _ := captureWorld(t, db)
		l := document(c, "bare", "")
		l.Title, l.Publisher, l.Origin, l.Note, l.Exact = "", "", "", "", "Twelve, says kraken."
		it, err := w.Evidence.Link(roomtest.Ctx(), w.As("reviewer-1"), l)
		if err != nil {
			t.Fatal(err)
		}
		doc, err := intake.Read(intake.File{Name: "a.html", Media: "text/html", Body: strings.NewReader(page)})
		if err != nil {
			t.Fatal(err)
		}
		in := articles.Import{Collection: w.Collection.ID, URL: it.URL}
		in.Fill(doc)
		a := w.Article(in)
		passage := w.Link(c, a, "Twelve, says kraken", evidence.Supports, evidence.Report)
		if _, err := w.Evidence.Capture(roomtest.Ctx(), w.As("reviewer-1"), it.ID, captures.File{Name: "a.html",
			Media: "text/html", Body: []byte(page)}); err != nil {
			t.Fatal(err)
		}
		said := func(id evidence.ID) articles.About {
			x, err := shownItem(t, w, id).About()
			if err != nil {
				t.Fatal(err)
			}
			x.Origin = ""
			return x
		}
		want := articles.About{Title: "Twelve krakens", Authors: "Ada Lem", Source: "The Gazette",
			Published: "2026-03-01", Lang: "en", URL: it.URL}
		if got := said(passage.ID); got != want {
			t.Errorf("of the article it says %+v, want %+v", got, want)
		}
		if got := said(it.ID); got != want {
			t.Errorf("of the outside document it says %+v, want %+v", got, want)
		}
		x := shownItem(t, w, it.ID)
		x.Title = "As I saw it"
		if got, err := x.About(); err != nil || got.Title != "As I saw it" || got.Source != "The Gazette" {
			t.Errorf("what a person said is not what it says: %+v, %v", got, err)
		}
	})
}
