package httpd

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/roomtest"
)

// candidatesJSON is what a program reads of the candidates.
type candidatesJSON struct {
	Items []struct {
		Claim struct {
			ID      claims.ID `json:"id"`
			Version int64     `json:"version"`
			Start   int       `json:"start"`
			End     int       `json:"end"`
			State   string    `json:"state"`
		} `json:"claim"`
		Why    string `json:"why"`
		Detail string `json:"detail"`
	} `json:"items"`
	Next   string         `json:"next"`
	Order  string         `json:"order"`
	Counts map[string]int `json:"counts"`
	Fit    int            `json:"fit"`
	Unseen map[string]any `json:"unseen"`
}

// withCandidates has an article with so many candidates, and gives the address of their list.
func withCandidates(t *testing.T, d *door, n int) string {
	t.Helper()
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "The harbour of Port %c%c exported %d tonnes of grain in March 2021. ", 'A'+i%26, 'a'+i/26,
			400+i)
	}
	a := d.Article(articles.Import{Title: "Notices", Raw: b.String(), Lang: "en"})
	if _, err := d.Claims.Extract(roomtest.Ctx(), d.As("editor-1"), a.Article.ID); err != nil {
		t.Fatal(err)
	}
	return under(d.Collection.ID, "queue") + "?tab=candidates"
}

func (d *door) candidates(t *testing.T, who, path string) (out candidatesJSON) {
	t.Helper()
	a := d.json(who, get, path, "")
	a.want(t, http.StatusOK)
	if err := json.Unmarshal([]byte(a.body), &out); err != nil {
		t.Fatal(err)
	}
	return out
}

// TestCandidatesByPages: a program reads all candidates, each once, by next and order.
func TestCandidatesByPages(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	path := withCandidates(t, d, 120)
	seen, pages := map[claims.ID]int{}, 0
	for at := path; at != ""; pages++ {
		p := d.candidates(t, "reviewer-1", at)
		for _, e := range p.Items {
			seen[e.Claim.ID]++
			if e.Claim.State != "candidate" || e.Why == "" || e.Detail == "" {
				t.Errorf("%+v", e)
			}
		}
		if at = ""; p.Next != "" {
			at = path + "&" + url.Values{"order": {p.Order}, "after": {p.Next}}.Encode()
		}
		if len(seen) == 0 || p.Counts["candidates"] < 120 || p.Unseen["waiting"].(float64) < 120 {
			t.Fatalf("%d seen, %v, %v", len(seen), p.Counts, p.Unseen)
		}
	}
	if len(seen) < 120 || pages < 3 {
		t.Errorf("%d candidates on %d pages", len(seen), pages)
	}
	for id, n := range seen {
		if n != 1 {
			t.Errorf("candidate %d stands %d times", id, n)
		}
	}
}

// TestTriage: accepting in the browser comes back to the next candidate, in the order of before; the list does without
// the one that was decided, and a program sees why the others stand where they do.
func TestTriage(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	path := withCandidates(t, d, 30)
	page := d.get("reviewer-1", path)
	page.want(t, http.StatusOK)
	before := d.candidates(t, "reviewer-1", path)
	first, second := before.Items[0].Claim, before.Items[1].Claim
	for _, want := range []string{claimURL(first.ID) + "/accept", `hx-post="` + claimURL(first.ID) + `/reject"`,
		"is not known yet: 0 of 10", `aria-keyshortcuts="a"`, "claim=" + itoa(second.ID)} {
		if !strings.Contains(page.body, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	next := path + "&" + url.Values{"order": {before.Order}, "claim": {itoa(second.ID)}}.Encode()
	d.form("reviewer-1", claimURL(first.ID)+"/accept", "version", itoa(first.Version), "back", next).want(t,
		http.StatusSeeOther)
	after := d.candidates(t, "reviewer-1", next)
	if after.Items[0].Claim.ID != second.ID || len(after.Items) != len(before.Items)-1 {
		t.Errorf("after accepting %d, %d of %d stand first", first.ID, after.Items[0].Claim.ID, len(after.Items))
	}
	for i, e := range after.Items {
		if e.Claim.ID != before.Items[i+1].Claim.ID {
			t.Fatalf("row %d is another one than before", i)
		}
	}
	fresh := d.candidates(t, "reviewer-1", path)
	if fresh.Order == before.Order || fresh.Items[1].Why == "check_worthy" {
		t.Errorf("nothing was learnt: %+v", fresh.Items[1])
	}
	for _, who := range []string{"auditor-1"} { // reads, and decides nothing
		if p := d.get(who, path); p.status != http.StatusOK || strings.Contains(p.body, "/accept") {
			t.Errorf("%s gets %d", who, p.status)
		}
	}
}

// TestCandidatesBadAddress: what is no order and no place is refused by name.
func TestCandidatesBadAddress(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	path := withCandidates(t, d, 12)
	order := d.candidates(t, "reviewer-1", path).Order
	for _, bad := range []string{"&order=x", "&after=7", "&order=" + order + "&after=x", "&order=" + order + "&after=7",
		"&order=" + order[:20]} {
		d.json("reviewer-1", get, path+bad, "").want(t, http.StatusUnprocessableEntity)
	}
	d.json("reviewer-1", get, under(d.Collection.ID, "queue")+"?tab=turn&order="+order, "").want(t,
		http.StatusUnprocessableEntity)
}

// TestThereAndBack: the page after a page leads back to its last claim, over as many pages as the way remembers.
func TestThereAndBack(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	path := withCandidates(t, d, 180)
	link := func(body, before, after string) string {
		_, rest, ok := strings.Cut(body, before)
		href, _, ended := strings.Cut(rest, after)
		if !ok || !ended {
			return ""
		}
		return strings.ReplaceAll(href, "&amp;", "&")
	}
	var starts, lasts []string
	for at := path; at != "" && len(starts) < 9; {
		body := d.get("reviewer-1", at).want(t, http.StatusOK).body
		starts = append(starts, at)
		rows := strings.Split(body, `<a class="txt" href="`)
		last, _, _ := strings.Cut(rows[len(rows)-1], `"`)
		lasts = append(lasts, strings.ReplaceAll(last, "&amp;", "&"))
		at = link(body, `<p class="bar"><a href="`, `"`)
	}
	if len(starts) < 4 {
		t.Fatalf("%d pages", len(starts))
	}
	for i := len(starts) - 1; i > 0; i-- {
		body := d.get("reviewer-1", starts[i]).want(t, http.StatusOK).body
		back := link(body, `acts"><a class="btn small bare" href="`, `"`)
		if back != lasts[i-1] {
			t.Errorf("page %d leads back to %q, not to %q", i+1, back, lasts[i-1])
		}
	}
}

// TestCandidatesNarrowed: the candidates are narrowed by language (those that the person reads, when they said so), by
// article, source and words, and stay in their order; the counts, the links and what the page says keep to it. What
// says nothing of candidates is refused by name.
func TestCandidatesNarrowed(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	path := withCandidates(t, d, 70)
	ar := d.Article(articles.Import{Title: "Notices", Lang: "ar", Source: "Radio",
		Raw: "نشرت الوزارة 35 وثيقة في مارس 2021. زار الوزير 12 مدينة في العام الماضي."})
	if _, err := d.Claims.Extract(roomtest.Ctx(), d.As("editor-1"), ar.Article.ID); err != nil {
		t.Fatal(err)
	}
	all := d.candidates(t, "reviewer-1", path)
	if all.Counts["candidates"] < 72 {
		t.Fatalf("%v wait", all.Counts)
	}
	for query, want := range map[string]int{"lang=ar": 2, "lang=ar,fa": 2, "lang=ja": 0, "article=" +
		itoa(ar.Article.ID): 2, "source=" + itoa(*ar.Article.SourceID): 2, "source=4711": 0, "assignee=me": 0,
		"assignee=none&lang=ar": 2, "text=" + url.QueryEscape("Port Aa"): 1,
		"lang=fa&text=" + url.QueryEscape("وثيقة"): 0} {
		got := d.candidates(t, "reviewer-1", path+"&"+query)
		if len(got.Items) != want || got.Fit != want || got.Next != "" {
			t.Errorf("%s: %d items, %d fit, next %q; want %d", query, len(got.Items), got.Fit, got.Next, want)
		}
	}
	for _, asked := range []string{"mine=1", "state=open", "verdict=disputed", "sort=wait", "article=x", "source=x",
		"assignee=x", "lang=" + strings.Repeat("fa,", 50)} {
		name, _, _ := strings.Cut(asked, "=")
		a := d.json("reviewer-1", get, path+"&"+asked, "")
		if a.want(t, http.StatusUnprocessableEntity); !strings.Contains(a.body, name) {
			t.Errorf("%s: %s", asked, a.body)
		}
	}
	// every page of a narrowed list leads on within it, and back
	seen := map[claims.ID]bool{}
	narrow := path + "&lang=en&text=" + url.QueryEscape("harbour grain")
	for at := narrow; at != ""; {
		p := d.candidates(t, "reviewer-1", at)
		for _, e := range p.Items {
			if seen[e.Claim.ID] {
				t.Errorf("%d stands twice", e.Claim.ID)
			}
			seen[e.Claim.ID] = true
		}
		if at = ""; p.Next != "" {
			at = narrow + "&" + url.Values{"order": {p.Order}, "after": {p.Next}}.Encode()
		}
	}
	if len(seen) != 70 {
		t.Errorf("%d of 70 stand on the pages of the narrowed list", len(seen))
	}
	page := d.get("reviewer-1", narrow).want(t, http.StatusOK, "70 fit, most worth first",
		`aria-label="Filter the list"`,
		"&amp;tab=candidates&amp;text=harbour&#43;grain", "1 of 70")
	for _, not := range []string{"Opened by me", `name="state"`, `name="sort"`, `name="assignee"`} {
		if strings.Contains(page.body, not) {
			t.Errorf("the filter of candidates offers %q", not)
		}
	}
	d.get("reviewer-1", path+"&lang=ja").want(t, http.StatusOK, "Nothing stands here in Japanese.")
	d.form("reviewer-1", "/settings/languages", "lang", "ar").want(t, http.StatusSeeOther)
	if own := d.candidates(t, "reviewer-1", path); len(own.Items) != 2 || own.Counts["candidates"] != 2 {
		t.Errorf("who reads Arabic sees %d, %v", len(own.Items), own.Counts)
	}
	if every := d.candidates(t, "reviewer-1", path+"&lang=all"); every.Counts["candidates"] !=
		all.Counts["candidates"] {
		t.Errorf("of all languages they see %v", every.Counts)
	}
}
