package httpd

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"claimbench/internal/articles"
	"claimbench/internal/roomtest"
	"claimbench/internal/text"
	"claimbench/seeds"
)

// TestReaderKeepsTheText: in the four sample articles, and in one with a BOM, carriage returns, pairs and marks, every
// sentence in the page has exactly the code points of its place in the raw text, its own language and direction, and
// its marks cover exactly the claims' words. select.ts counts on the first, readers on the others.
func TestReaderKeepsTheText(t *testing.T) {
	t.Parallel()
	samples, err := seeds.Articles()
	if err != nil {
		t.Fatal(err)
	}
	samples = append(samples, seeds.Article{File: "made", Lang: "en",
		Raw: "\ufeffThe 𠮷 office leaked 9 GB.\r\nA fa\u0301ke 👨‍👩‍👧 file was added on 5 May.\r\n<b>Ten & more</b> " +
			"people were charged."})
	for _, sample := range samples {
		t.Run(sample.File, func(t *testing.T) {
			d := newDoor(t)
			in := d.Article(articles.Import{Source: sample.Source, Lang: sample.Lang, Published: sample.Published,
				Raw: sample.Raw})
			if _, err := d.Claims.Extract(roomtest.Ctx(), d.As("reviewer-1"), in.Article.ID); err != nil {
				t.Fatal(err)
			}
			all, err := d.Claims.ByArticle(roomtest.Ctx(), d.As("reviewer-1"), in.Article.ID, in.Revision.ID)
			if err != nil {
				t.Fatal(err)
			}
			page, err := goquery.NewDocumentFromReader(strings.NewReader(d.get("reviewer-1",
				fmt.Sprintf("/articles/%d?all=1", in.Article.ID)).want(t, http.StatusOK).body))
			if err != nil {
				t.Fatal(err)
			}
			doc, err := text.NewDoc(sample.Raw)
			if err != nil {
				t.Fatal(err)
			}
			marked := map[string]string{}
			rows := page.Find("#edition > .sent")
			rows.Each(func(_ int, row *goquery.Selection) {
				start, _ := strconv.Atoi(row.AttrOr("data-start", ""))
				end, _ := strconv.Atoi(row.AttrOr("data-end", ""))
				body := row.ChildrenFiltered("p, h2")
				if got, want := body.Text(), doc.Slice(text.Span{Start: start, End: end}); got != want || want == "" {
					t.Errorf("sentence %s reads %q, the text has %q", row.AttrOr("data-n", ""), got, want)
				}
				if row.AttrOr("lang", "") == "" || row.AttrOr("dir", "") == "" {
					t.Errorf("sentence %s does not say its language and direction", row.AttrOr("data-n", ""))
				}
				body.Find("mark").Each(func(_ int, mark *goquery.Selection) {
					for _, n := range strings.Fields(mark.AttrOr("data-claims", "")) {
						marked[n] += mark.Text()
					}
				})
			})
			if rows.Length() == 0 || len(all) == 0 {
				t.Fatalf("%d sentences, %d candidates", rows.Length(), len(all))
			}
			for _, cl := range all {
				if got := marked[itoa(cl.ID)]; squeeze(got) != squeeze(cl.Exact) {
					t.Errorf("the marks of claim %d cover %q, its words are %q", cl.ID, got, cl.Exact)
				}
			}
		})
	}
}

// squeeze takes out white space: a claim may run over two sentences, and what stands between them is in no row.
func squeeze(s string) string { return strings.Join(strings.Fields(s), "") }
