package httpd

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/desk"
	"claimbench/internal/roomtest"
)

// TestReaderShowsAPart: of a long text the page and JSON hold a part, by the sentence or the claim that is looked at,
// and lead to the parts beside it.
func TestReaderShowsAPart(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	var b strings.Builder
	for i := range 1000 {
		fmt.Fprintf(&b, "The council of town %d met on Monday.\n\n", i+1)
	}
	in := d.Article(articles.Import{Lang: "en", Raw: b.String()})
	url := fmt.Sprintf("/articles/%d", in.Article.ID)
	for _, c := range []struct {
		query    string
		from, to int
		next     string
	}{{"", 1, 400, "401"}, {"?from=401", 401, 800, "801"}, {"?from=900", 801, 1000, ""}, {"?sentence=450", 401, 800,
		"801"}} {
		page := d.get("auditor-1", url+c.query)
		if n := strings.Count(page.body, `class="sno"`); n != c.to-c.from+1 {
			t.Errorf("%s: %d sentences on the page, want %d to %d", c.query, n, c.from, c.to)
		}
		if want := fmt.Sprintf("Sentences %d to %s of 1,000 are shown", c.from, grouped(c.to)); !strings.Contains(
			page.body,
			want) {
			t.Errorf("%s: the page does not say %q", c.query, want)
		}
		if after := c.next != ""; after != strings.Contains(page.body,
			fmt.Sprintf("Sentences from %d", c.to+1)) {
			t.Errorf("%s: a way to the next part: want %v", c.query, after)
		}
		var got struct {
			Sentences desk.List[struct {
				N int `json:"n"`
			}] `json:"sentences"`
		}
		if err := json.Unmarshal([]byte(d.json("auditor-1", get, url+c.query, "").body), &got); err != nil {
			t.Fatal(err)
		}
		list := got.Sentences
		if len(list.Items) != c.to-c.from+1 || list.Items[0].N != c.from || list.Next != c.next {
			t.Errorf("%s: JSON holds %d sentences from %d, next %q", c.query, len(list.Items), list.Items[0].N,
				list.Next)
		}
	}
}

// TestReaderIsSmall: a text with 450 claims comes in at most 40 kB, and the claim beside it changes in its own place:
// what comes for it holds no sentence of the text.
func TestReaderIsSmall(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	var b strings.Builder
	for i := range 150 {
		fmt.Fprintf(&b, "The council of town %d met on day %d and approved %d grants for the old harbour. ", i, i*7,
			i*13)
	}
	in := d.Article(articles.Import{Lang: "en", Raw: b.String()})
	for i := range 450 {
		at := d.Find(in, fmt.Sprintf("The council of town %d met", i/3))
		at.Start, at.End = at.Start+4*(i%3), at.End+4*(i%3)
		if _, err := d.Claims.Create(roomtest.Ctx(), d.As("reviewer-1"), in.Article.ID, in.Revision.ID, claims.Words{
			Span: at, Statement: fmt.Sprintf("The council of town %d met, %d.", i/3, i)}); err != nil {
			t.Fatal(err)
		}
	}
	url := fmt.Sprintf("/articles/%d", in.Article.ID)
	page := d.do("reviewer-1", get, url+"?claim=7", "", "", "Accept-Encoding", "gzip", "Sec-Fetch-Site", "none")
	if n := len(page.body); page.header.Get("Content-Encoding") != "gzip" || n > 40_000 {
		t.Errorf("%d bytes, %s", n, page.header.Get("Content-Encoding"))
	}
	part := d.do("reviewer-1", get, url+"?claim=8", "", "", "HX-Request", "true", "HX-Target", "div#work",
		"HX-Current-URL", d.http.URL+url+"?claim=7").want(t, 200, `id="claim-8"`, "claim=9", "claim=7")
	if strings.Contains(part.body, `class="sno"`) || len(part.body) > 16_000 {
		t.Errorf("the part holds the text: %d bytes", len(part.body))
	}
}
