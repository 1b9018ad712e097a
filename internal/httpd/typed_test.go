package httpd

import (
	"net/http"
	"strings"
	"testing"

	"claimbench/internal/auth"
	"claimbench/internal/roomtest"
	"claimbench/internal/store/storetest"
)

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

// TestEveryPartTypedIsListed: the page of drafts shows the words of all parts of a split.
func TestEveryPartTypedIsListed(t *testing.T) {
	t.Parallel()
	d := newDrafting(t, storetest.SQLite(t))
	d.json("reviewer-1", post, claimURL(d.claim.ID)+"/drafts/split",
		`{"fields":{"part_statement":["The first part.","","The third part."]}}`).want(t, http.StatusOK)
	said := visible(d.get("reviewer-1", "/drafts").want(t, http.StatusOK).body)
	for _, words := range []string{"The first part.", "The third part."} {
		if !strings.Contains(said, words) {
			t.Errorf("%q is not on the page of drafts:\n%s", words, said)
		}
	}
}
