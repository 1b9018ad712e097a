package httpd

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/text"
)

// TestAStatementIsHeldAgainstItsWords: what it says and its words do not is warned of where it is edited, accepted,
// read, reviewed and approved, in pages and JSON; nothing is refused for it, and a statement that is held is let be.
func TestAStatementIsHeldAgainstItsWords(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	in := d.Article(articles.Import{Lang: "en", Raw: "The council met. It approved seven grants on Monday."})
	span := text.Span{Start: 17, End: 51}
	made := d.form("reviewer-1", fmt.Sprintf("/articles/%d/claims", in.Article.ID), "revision", itoa(in.Revision.ID),
		"sentence", "2", "start", itoa(span.Start), "end", itoa(span.End), "statement",
		"The council approved seven grants on Monday.", "kind", "fact").want(t, http.StatusSeeOther)
	n := claimIn(t, made.location)
	url := claimURL(n)
	const warning, none = "The number “", `"unsupported":[]`
	pages := []string{url, url + "/edit", url + "/review", fmt.Sprintf("/articles/%d?claim=%d", in.Article.ID, n)}
	for _, p := range pages {
		if got := d.get("reviewer-1", p).want(t, http.StatusOK).body; strings.Contains(got, warning) {
			t.Errorf("%s warns of a statement that its words hold", p)
		}
	}
	d.json("reviewer-1", "GET", url, "").want(t, http.StatusOK, none)
	d.json("reviewer-1", "POST", url+"/edit", fmt.Sprintf(
		`{"words_version":1,"start":%d,"end":%d,"statement":"The council approved 12 grants on Monday."}`, span.Start,
		span.End)).want(t, http.StatusOK, `"unsupported":[{"kind":"number","text":"12`)
	for _, p := range pages {
		d.get("reviewer-1", p).want(t, http.StatusOK, warning, "12",
			"is not in the claim’s words in the article. Correct it,")
	}
	// The warning stands at the field that it speaks of, and the field names it.
	edit := d.get("reviewer-1", url+"/edit").body
	if strings.Count(edit, warning) != 1 || !strings.Contains(edit, `aria-describedby="statement-lacks statement-h"`) ||
		!strings.Contains(edit, `id="statement-lacks"`) {
		t.Error("in the form of the words the warning does not stand at the statement")
	}
	d.get("reviewer-1", url+"/review").want(t, http.StatusOK, `<div id="lacks">`,
		`aria-label="Verdict" aria-describedby="lacks"`)
	d.json("reviewer-1", "GET", url+"/review", "").want(t, http.StatusOK, `"unsupported":[{"kind":"number"`)
	d.rules(1)
	d.reviewed("reviewer-1", n, "the minutes")
	d.get("editor-1", url+"/approve").want(t, http.StatusOK, warning, `<div id="lacks">`,
		`aria-describedby="lacks ex-h"`)
	d.approved(n)
	made = d.form("editor-1", under(d.Collection.ID, "sets"), "title", "Grants").want(t, http.StatusSeeOther)
	set := strings.TrimSuffix(made.location, "/build")
	d.form("editor-1", set+"/claims", "version", "1", "claim", itoa(n)).want(t, http.StatusSeeOther)
	d.get("editor-1", set).want(t, http.StatusOK, warning, "Of the claims on this page, 1 says")
	d.json("editor-1", "GET", set, "").want(t, http.StatusOK, `"unsupported":[{"kind":"number","text":"12`)
	preview := d.get("editor-1", set+"/preview").want(t, http.StatusOK, warning, "Of the claims on this page, ",
		"says something that the words in the article do not.").body
	if strings.Index(preview, `id="lacking"`) < strings.Index(preview, ">Freeze</h2>") {
		t.Error("the page that freezes does not warn where it freezes")
	}
	d.json("editor-1", "GET", set+"/preview", "").want(t, http.StatusOK, `"unsupported":[{"claim":`+itoa(n)+
		`,"unsupported":[{"kind":"number","text":"12`)
	d.form("editor-1", set+"/freeze", "version", "2").want(t, http.StatusSeeOther)
}
