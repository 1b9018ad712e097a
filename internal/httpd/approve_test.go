package httpd

import (
	"net/http"
	"strings"
	"testing"
)

// TestAnExplanationBeginsEmpty: what reviewers and the adjudicator wrote for each other is printed only where whoever
// approves takes it, and the form says whose it is.
func TestAnExplanationBeginsEmpty(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	fa, _ := d.twoArticles()
	cl := d.Claim(fa, "مسکو نیز هر دخالتی را رد کرد", "مسکو هر دخالتی را رد کرد")
	url := claimURL(cl.ID)
	d.form("reviewer-1", url+"/evidence/outside", "url", "https://example.org/bulletin", "quotation", "It denied.",
		"read_on", "2026-11-20", "stance", "supports", "kind", "primary_document").want(t, http.StatusSeeOther)
	for user, more := range map[string][]string{
		"reviewer-1": {"verdict", "corroborated", "reason", "primary_document", "evidence", "1", "rationale",
			"My bulletin."},
		"reviewer-2": {"verdict", "unverified", "reason", "not_checkable", "rationale", "A mere opinion."},
	} {
		d.form(user, url+"/reviews", append(more, "words_version", "1", "round", "1", "then", "stay")...).want(t,
			http.StatusSeeOther)
	}
	now := d.now(cl.ID)
	d.form("editor-1", url+"/adjudications", "version", itoa(now.Version), "round", "1", "verdict", "corroborated",
		"reason_corroborated", "primary_document", "evidence", "1", "kept", "1", "rationale", "My bulletin.").want(t,
		http.StatusSeeOther)
	field := func(path string) string {
		t.Helper()
		body := d.get("editor-2", path).want(t, http.StatusOK).body
		_, rest, _ := strings.Cut(body, `name="explanation"`)
		_, rest, _ = strings.Cut(rest, ">")
		words, _, _ := strings.Cut(rest, "</textarea>")
		return words
	}
	if got := field(url + "/approve"); got != "" {
		t.Errorf("the explanation begins with %q", got)
	}
	d.get("editor-2", url+"/approve").want(t, http.StatusOK, "Take these words as the explanation",
		url+"/approve?take=decision")
	if got := field(url + "/approve?take=decision"); got != "My bulletin." {
		t.Errorf("taken from the decision: %q", got)
	}
	d.get("editor-2", url+"/approve?take=decision").want(t, http.StatusOK, "The words of the decision, by Reviewer One",
		"adopted")
	d.get("editor-2", url+"/approve?take=Z").want(t, http.StatusNotFound, "no words to take")
	d.json("editor-2", post, url+"/drafts/approval", `{"fields":{"explanation":["Own words."]}}`).want(t, http.StatusOK)
	if got := field(url + "/approve?take=decision"); got != "Own words.\nMy bulletin." {
		t.Errorf("taken beside what was typed: %q", got)
	}
	if got := d.now(cl.ID).State; got != "decided" {
		t.Errorf("taking words changed the claim: %s", got)
	}
	if locked := d.get("editor-1", url+"/approve?take=decision").want(t, http.StatusOK); strings.Contains(locked.body,
		"Take these words") {
		t.Error("who may not approve is offered words to take")
	}
}
