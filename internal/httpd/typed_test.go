package httpd

import (
	"net/http"
	"strings"
	"testing"

	"claimbench/internal/auth"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// TestTypedIsItsOwnersOnly walks every page, in every form, as everybody else, and all that can be exported.
func TestTypedIsItsOwnersOnly(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		t.Parallel()
		d := newDrafting(t, db)
		url := claimURL(d.claim.ID)
		for form, field := range map[string]string{"comment": "text", "edit": "statement"} {
			d.json("reviewer-1", post, url+"/drafts/"+form, `{"fields":{"`+field+`":["`+hush+`"]}}`).want(t,
				http.StatusOK)
		}
		for _, page := range []string{url, url + "/edit", "/drafts"} {
			if r := d.get("reviewer-1", page); !strings.Contains(r.body, hush) {
				t.Errorf("%s does not bring back what its owner typed:\n%s", page, visible(r.body))
			}
		}
		pages := d.pages()
		for _, user := range []string{"reviewer-2", "editor-1", "auditor-1", "admin-1", ""} {
			for _, page := range pages {
				for form, header := range forms {
					if r := d.do(user, get, page, "", "", header...); strings.Contains(r.body, hush) {
						t.Errorf("%s reads what reviewer-1 typed at %s as %s", user, page, form)
					}
				}
			}
		}
		for _, page := range pages { // a program of the owner gets it by the page of drafts only
			if r := d.do("reviewer-1", get, page, "", "", "Accept", "application/json"); page != "/drafts" &&
				strings.Contains(r.body, hush) {
				t.Errorf("%s gives programs the draft", page)
			}
		}
		if r := d.form("auditor-1", "/history/export"); strings.Contains(r.body, hush) {
			t.Error("the export of the history holds the draft")
		}
		d.form("reviewer-1", "/drafts/discard", "claim", itoa(d.claim.ID), "form", "edit").want(t,
			http.StatusSeeOther)
		d.form("reviewer-1", url+"/comments", "text", "Sent.").want(t, http.StatusSeeOther)
		if r := d.get("reviewer-1", "/drafts"); strings.Contains(r.body, hush) {
			t.Errorf("discarded or sent, and still there:\n%s", visible(r.body))
		}
	})
}

// TestEditOfAnotherRevision: numbers that count in an older text are not read against a newer one.
func TestEditOfAnotherRevision(t *testing.T) {
	t.Parallel()
	d := newDrafting(t, storetest.SQLite(t))
	url, c := claimURL(d.claim.ID), d.claim
	sent := func(revision string) reply {
		return d.form("reviewer-1", url+"/edit", "words_version", itoa(c.WordsVersion), "revision", revision,
			"statement", "نه گیگابایت", "kind", "fact", "start", itoa(c.Start), "end", itoa(c.End-1))
	}
	page := sent(itoa(c.RevisionID+1)).want(t, http.StatusConflict)
	if !strings.Contains(page.body, "نه گیگابایت") || !strings.Contains(page.body, `value="`+itoa(c.End)+`"`) {
		t.Errorf("the page loses what was typed, or keeps numbers of another text:\n%s", visible(page.body))
	}
	sent(itoa(c.RevisionID)).want(t, http.StatusSeeOther)
}

// TestTypedAfterTheRoleIsLost: its owner can still read and discard it.
func TestTypedAfterTheRoleIsLost(t *testing.T) {
	t.Parallel()
	d := newDrafting(t, storetest.SQLite(t))
	d.json("reviewer-1", post, claimURL(d.claim.ID)+"/drafts/comment", `{"fields":{"text":["`+hush+`"]}}`).want(t,
		http.StatusOK)
	me := d.As("reviewer-1")
	if err := d.Auth.RevokeRole(roomtest.Ctx(), d.As("admin-1"), me.UserID, auth.Reviewer, me.Grants[0].Collection,
		"left"); err != nil {
		t.Fatal(err)
	}
	page := d.get("reviewer-1", "/drafts").want(t, http.StatusOK)
	if !strings.Contains(page.body, hush) || !strings.Contains(visible(page.body), "You may not send it") {
		t.Errorf("the page of drafts:\n%s", visible(page.body))
	}
	d.form("reviewer-1", "/drafts/discard", "claim", itoa(d.claim.ID), "form", "comment").want(t, http.StatusSeeOther)
	if strings.Contains(d.get("reviewer-1", "/drafts").body, hush) {
		t.Error("discarded, and still there")
	}
}
