package publish_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"claimbench/internal/captures"
	"claimbench/internal/claims"
	"claimbench/internal/claimset"
	"claimbench/internal/evidence"
	"claimbench/internal/publish"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
	"claimbench/internal/warc"
)

// statedPage is a page that states its title, its publisher and its day.
const statedPage = `<html lang="en"><head><title>Grants in Ghent</title>
<meta property="og:title" content="Grants in Ghent">
<meta property="og:site_name" content="The Flanders Courier"><meta property="article:published_time"
content="2021-03-04T09:00:00Z"></head><body><main>
<p>Twelve grants were approved, the council says.</p></main></body></html>`

// stated links an outside document that states what it is, and keeps it.
func (x bench) stated(c claims.Claim) {
	x.T.Helper()
	ctx, who := roomtest.Ctx(), x.As("reviewer-1")
	it, err := x.Evidence.Link(ctx, who, evidence.Link{ClaimID: c.ID, URL: "https://courier.example/grants",
		Exact: "Twelve grants were approved", Lang: "en", ReadOn: "2026-01-01", Stance: evidence.Supports,
		Kind: evidence.Report})
	var b bytes.Buffer
	if err == nil {
		err = warc.Write(&b, warc.Document{Address: it.URL, Day: time.Date(2026, 2, 3, 4, 5, 6, 0, time.UTC),
			Status: 200, Media: "text/html; charset=utf-8", Body: []byte(statedPage)}, "x")
	}
	if err == nil {
		_, err = x.Evidence.Capture(ctx, who, it.ID, captures.File{Name: "a.warc.gz", Body: b.Bytes()})
	}
	if err != nil {
		x.T.Fatal(err)
	}
}

// notSaid is what a format has no place for.
var notSaid = map[string][]string{
	publish.AVeriTeC: {"The Flanders Courier", "2021-03-04"}, // its rows have the question and the address of an answer
}

// Title, publisher and day of an outside document go out with it in every format of a frozen set, in each file of it
// that tells of the document.
func TestTitlePublisherAndDayGoOut(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x := newBench(t, db)
		words := "شورا ۱۲ کمک را تصویب کرد"
		c := x.Claim(x.a, words, words+".")
		x.stated(c)
		set := x.frozen("Grants", claimset.Imprint{People: claimset.Named, Captures: true}, x.approve(c).ID)
		for _, f := range publish.FormatsOf(set) {
			o := f.Usual()
			if f.One {
				o.Claim = c.ID
			}
			for name, text := range texts(t, f, x.export(o, set)) {
				for _, want := range []string{"Grants in Ghent", "The Flanders Courier", "2021-03-04"} {
					said := strings.Contains(text, want)
					if strings.HasSuffix(name, ".html") && want == "2021-03-04" {
						said = said || strings.Contains(text, "4 March 2021")
					}
					if no := slices.Contains(notSaid[f.Name], want); said == no {
						t.Errorf("%s: %s says %q: %t", f.Name, name, want, said)
					}
				}
			}
		}
	})
}

// texts are the parts of an export that tell of outside documents, by their names.
func texts(t *testing.T, f publish.Format, raw string) map[string]string {
	t.Helper()
	switch f.Name {
	case publish.WACZ:
		return map[string]string{"captures.jsonl": filesOf(t, raw)["captures.jsonl"]}
	case publish.XLSX:
		all := ""
		for name, text := range filesOf(t, raw) {
			if strings.HasPrefix(name, "xl/worksheets/") || name == "xl/sharedStrings.xml" {
				all += text
			}
		}
		return map[string]string{"the sheets": all}
	case publish.Bundle:
		out := map[string]string{}
		for name, text := range filesOf(t, raw) {
			if strings.Contains(text, "courier.example/grants") && !strings.HasSuffix(name, ".js") {
				out[name] = text
			}
		}
		if len(out) == 0 {
			t.Error("the bundle tells of no outside document")
		}
		return out
	}
	return map[string]string{fmt.Sprint("the file ", f.Ending): raw}
}
