package httpd

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"claimbench/internal/claims"
)

// TestTriageStaysInTheTab: rejecting, editing and accepting, splitting and merging lead on in the list of candidates;
// what is refused is said there, with what was typed; and one that has gone arms no other.
func TestTriageStaysInTheTab(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	path := withCandidates(t, d, 9)
	page := d.candidates(t, "reviewer-1", path)
	one, two, three := page.Items[0].Claim, page.Items[1].Claim, page.Items[2].Claim
	at := func(n claims.ID) string { return path + "&order=" + page.Order + "&claim=" + itoa(n) }
	body := d.get("reviewer-1", at(one.ID)).want(t, http.StatusOK, `name="reason" value="opinion"`,
		`data-chain="0&gt;2"`, "Save and accept", "back=", "open=split").body
	if strings.Contains(body, "<select id=\"why-not\"") {
		t.Error("a reason for rejecting is preset")
	}

	// An unknown reason is refused by name, and nothing is rejected.
	for _, reason := range []string{"", "because", "Not checkable"} {
		d.json("reviewer-1", post, claimURL(one.ID)+"/reject", `{"version":1,"reason":"`+reason+`"}`).problem(t,
			http.StatusUnprocessableEntity)
	}
	if got := d.now(one.ID); got.State != claims.Candidate {
		t.Fatalf("rejected for no reason: %s", got.State)
	}
	d.form("reviewer-1", claimURL(one.ID)+"/reject", "version", "1", "reason", "opinion", "back", at(two.ID), "here",
		at(one.ID)).want(t, http.StatusSeeOther)

	// Words that are refused come back beside the text; good ones open the claim and lead on.
	edit := func(statement string) reply {
		return d.form("reviewer-1", claimURL(two.ID)+"/edit", "words_version", "1", "statement", statement, "start",
			itoa(two.Start), "end", itoa(two.End), "accept", "1", "back", at(three.ID), "here", at(two.ID))
	}
	edit(" ").want(t, http.StatusUnprocessableEntity, `id="rows"`, `id="words" data-unfold open`, "wrong-statement")
	if got := edit("Port Z exported grain.").want(t, http.StatusSeeOther); got.location != at(three.ID) {
		t.Errorf("editing leads to %q", got.location)
	}
	if got := d.now(two.ID); got.State != claims.Open || got.Statement != "Port Z exported grain." {
		t.Errorf("%s: %q", got.State, got.Statement)
	}

	// What somebody else did first is said in the list, and the claim that comes next is not armed.
	again := d.form("reviewer-2", claimURL(two.ID)+"/accept", "version", "1", "back", at(three.ID), "here", at(two.ID))
	again.want(t, http.StatusConflict, "is not on this page of the list any more.", `id="rows"`)
	if strings.Contains(again.body, "/accept") {
		t.Error("another candidate is armed")
	}
	d.get("reviewer-1", at(two.ID)).want(t, http.StatusOK, "is not on this page of the list any more.")

	// Splitting from the tab comes back to it.
	form := d.get("reviewer-1", claimURL(three.ID)+"/edit?open=split&back="+url.QueryEscape(at(page.Items[3].Claim.ID))+
		"&here="+url.QueryEscape(at(three.ID)))
	form.want(t, http.StatusOK, `name="back"`)
	split := d.form("reviewer-1", claimURL(three.ID)+"/split", "words_version", "1", "part_statement", "One.",
		"part_start", itoa(three.Start), "part_end", itoa(three.End), "part_statement", "Two.",
		"part_start", itoa(three.Start),
		"part_end", itoa(three.End), "back", path)
	if split.want(t, http.StatusSeeOther); split.location != path {
		t.Errorf("splitting leads to %q", split.location)
	}
}
