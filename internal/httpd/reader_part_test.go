package httpd

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/desk"
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
