package httpd

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/evidence"
	"claimbench/internal/roomtest"
)

// TestTakenDownIsNowhere: after an article was taken down, none of its words are in anything that anybody can fetch:
// not its text, what was said of it in claims (statement, hedge, attribution, gloss, quotation), nor what was quoted
// from it as evidence, also after a correction of its text, in frozen sets and in exports, nor in the history: auditors
// are shown none of them either, event by event and with the bytes that are hashed. Only an export of the history has
// them, for a record with gaps could not be verified.
func TestTakenDownIsNowhere(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	const gone = "zanzibarwort" // in each of the article's words, and nowhere else
	raw := "The council zanzibarwort approved 12 grants on Monday. Nobody zanzibarwort was arrested in the raid. " +
		"The zanzibarwort mayor denied that 14 grants were paid."
	down := d.Article(articles.Import{Raw: raw, Source: "Gazette", Lang: "en", Published: "2026-11-20"})
	stays := d.Article(articles.Import{Raw: "Minutes: the council approved 12 grants on Monday.", Source: "Council",
		Lang: "en"})
	ctx, rev, ed := roomtest.Ctx(), d.As("reviewer-1"), d.As("editor-1")
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	d.rules(1)
	cl := d.Claim(down, "The council zanzibarwort approved 12 grants on Monday", "The council zanzibarwort approved.")
	cl, err := d.Claims.Edit(ctx, rev, cl.ID, cl.WordsVersion, claims.Words{
		Statement: "Council zanzibarwort approved 12.", Hedge: []string{"zanzibarwort hedge"},
		Attribution: "zanzibarwort speaker"}, false)
	must(err)
	_, err = d.Claims.SetGloss(ctx, rev, cl.ID, "fr", "Le conseil zanzibarwort.", 0)
	must(err)
	other := d.Claim(stays, "the council approved 12 grants on Monday", "The council approved 12 grants.")
	item := d.Link(other, down, "The council zanzibarwort approved 12 grants", evidence.Supports,
		evidence.PrimaryDocument)
	for _, n := range []claims.ID{cl.ID, other.ID} {
		d.reviewed("reviewer-1", n, "Both.")
		d.approved(n)
	}
	set := d.form("editor-1", under(d.Collection.ID, "sets"), "title", "Grants").want(t, http.StatusSeeOther)
	url := strings.TrimSuffix(set.location, "/build")
	d.form("editor-1", url+"/claims", "version", "1", "claim", itoa(cl.ID), "claim", itoa(other.ID))
	d.form("editor-1", url+"/freeze", "version", "2").want(t, http.StatusSeeOther)
	third := d.Claim(down, "Nobody zanzibarwort was arrested in the raid", "Nobody zanzibarwort arrested.")
	_, err = d.Articles.Revise(ctx, ed, down.Article.ID, down.Article.Version,
		strings.Replace(raw, "Nobody zanzibarwort was", "Nobody zanzibarwort at all was", 1), false)
	must(err)
	if d.now(third.ID).AnchorChanges == nil || item.Exact == "" {
		t.Fatal("the world lacks what is to be withheld")
	}
	var everyEvent []string // auditors open each
	for seq := range d.Count("events") {
		everyEvent = append(everyEvent, "/history/"+itoa(seq+1))
	}
	const enough = 40
	asked := func(most int) (found []string) { // stops when it found so many
		for _, user := range []string{"reviewer-1", "reviewer-2", "editor-1", "admin-1", "auditor-1"} {
			for _, path := range slices.Concat(d.pages(), everyEvent, []string{"/articles/1/revisions",
				"/claims/1/wordings?from=1"}) {
				if strings.Contains(path, "q=") {
					continue
				}
				for form, header := range forms {
					if len(found) == most {
						return found
					}
					if r := d.do(user, get, path, "", "", header...); strings.Contains(r.body, gone) {
						found = append(found, fmt.Sprint(user, " ", path, " ", form))
					}
				}
			}
		}
		for _, format := range []string{"json", "jsonl", "csv", "xlsx", "claimreview", "md"} {
			r := d.form("editor-1", url+"/export", "format", format)
			if strings.Contains(r.body, gone) {
				found = append(found, "export as "+format)
			}
		}
		return found
	}
	if before := asked(enough); len(before) < enough {
		t.Fatalf("the words stand in only %d answers, so this test would not notice a leak: %v", len(before), before)
	}
	a, err := d.Articles.Get(ctx, ed, down.Article.ID)
	must(err)
	d.form("editor-1", "/articles/1/take-down", "version", itoa(a.Version), "reason", "asked").want(t,
		http.StatusSeeOther)
	for _, where := range asked(-1) {
		t.Errorf("%s still holds words of the article", where)
	}
	if all := d.form("auditor-1", "/history/export").want(t, http.StatusOK); !strings.Contains(all.body, gone) {
		t.Error("the exported history lacks words, so its leaves cannot be computed")
	}
	d.Verify()
}
