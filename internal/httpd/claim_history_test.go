package httpd

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
)

var tags = regexp.MustCompile(`<[^>]*>|\s+`)

// plain is a page without its tags.
func plain(body string) string {
	return strings.Join(strings.Fields(tags.ReplaceAllString(body, " ")), " ")
}

// TestClaimHistoryTellsAll: words, evidence, reviews once they are opened, decisions, comments and sets in one list.
func TestClaimHistoryTellsAll(t *testing.T) {
	t.Parallel()
	w := fill(t, 1)
	ids := map[string]string{"decided": claimURL(w.decided), "open": claimURL(w.open),
		"conflict": claimURL(w.conflict), "printed": "/claims/4"}
	see := func(who, path string) string { return plain(w.get(who, path).want(t, http.StatusOK).body) }
	decided := see("reviewer-1", ids["decided"]+"/history")
	for _, want := range []string{"wrote the claim", "linked #", "as supporting, primary document",
		"said Corroborated, primary document", "gave the last review that the rule needed: Corroborated",
		"wrote a comment", "closed the round: agreed"} {
		if !strings.Contains(strings.ReplaceAll(decided, " , ", ", "), want) {
			t.Errorf("the history of a decided claim lacks %q: %s", want, decided)
		}
	}
	if open := see("reviewer-2", ids["open"]+"/history"); strings.Contains(open, " said ") ||
		strings.Contains(open, "began a round") {
		t.Errorf("a review of an open round is told: %s", open)
	}
	if open := see("auditor-1", ids["open"]+"/history"); !strings.Contains(open, "said Corroborated") ||
		!strings.Contains(open, "Proof") {
		t.Errorf("auditors are not told of an open round: %s", open)
	}
	if printed := see("reviewer-2", ids["printed"]+"/history"); !strings.Contains(printed, "froze set ") ||
		!strings.Contains(printed, "approved the decision") || !strings.Contains(printed, "Printed in") {
		t.Errorf("a printed claim: %s", printed)
	}
	for query, wants := range map[string][2]string{ // there, and not there
		"kind=evidence":                     {"linked #", "wrote a comment"},
		"kind=comments":                     {"wrote a comment", "linked #"},
		"verdict=corroborated":              {"said Corroborated", "linked #"},
		"person=reviewer-2":                 {"wrote a comment", "Reviewer One linked"},
		"from=2020-01-01&to=2020-01-02":     {"Nothing fits", "wrote a comment"},
		"from=2020-01-01&zone=Asia%2FTokyo": {"hours of Tokyo", "Nothing fits"},
	} {
		got := see("reviewer-1", ids["decided"]+"/history?"+query)
		if !strings.Contains(got, wants[0]) || strings.Contains(got, wants[1]) {
			t.Errorf("?%s wants %q and not %q: %s", query, wants[0], wants[1], got)
		}
	}
	for _, bad := range []string{"from=tomorrow", "zone=Local", "zone=..%2Fetc", "kind=x", "verdict=x",
		"person=nobody"} {
		if got := w.get("reviewer-1", ids["decided"]+"/history?"+bad); got.status != http.StatusUnprocessableEntity &&
			got.status != http.StatusNotFound {
			t.Errorf("?%s: %d", bad, got.status)
		}
	}
}

// TestZoneIsKept: a zone is chosen in the settings, and one that does not exist is refused with what was typed.
// TestClaimHistoryLeadsToItsItems: a number of evidence and a comment are links to where they stand, and evidence that
// was unlinked leads to where its linking is told.
func TestClaimHistoryLeadsToItsItems(t *testing.T) {
	t.Parallel()
	w := fill(t, 1)
	at := claimURL(w.decided)
	link := regexp.MustCompile(`<a class="num" dir="ltr"(\s+id="[^"]+")? href="([^"]+)">#(\d+)</a>`)
	comment := regexp.MustCompile(`href="([^"#]+)(#comment-[^"]+)">comment</a>`)
	body := w.get("reviewer-1", at+"/history").want(t, http.StatusOK).body
	page := w.get("reviewer-1", at).want(t, http.StatusOK).body
	said := comment.FindStringSubmatch(body)
	if said == nil || said[1] != at || !strings.Contains(page, `id="`+said[2][1:]+`"`) {
		t.Errorf("no comment is led to: %v in %s", said, body)
	}
	w.get("reviewer-2", "/claims/4/history").want(t, http.StatusOK, `froze <a class="num" dir="ltr" href="/sets/`)
	all := link.FindAllStringSubmatch(body, -1)
	if len(all) < 2 {
		t.Fatalf("%d numbers of evidence are links in %s", len(all), body)
	}
	for _, m := range all {
		if m[2] != at+"#e"+m[3] || !strings.Contains(page, `id="e`+m[3]+`"`) {
			t.Errorf("#%s leads to %s", m[3], m[2])
		}
	}
	unquoted := regexp.MustCompile(`"[^"]*"`).ReplaceAllString(body, "")
	if bare := regexp.MustCompile(`[^>]#\d+`).FindString(unquoted); bare != "" {
		t.Errorf("%q is no link", bare)
	}
	open := claimURL(w.open) + "/history"
	item := link.FindStringSubmatch(w.get("reviewer-1", open).body)[3]
	w.form("reviewer-1", "/evidence/"+item+"/unlink", "version", "1").want(t, http.StatusSeeOther)
	unlinked := w.get("reviewer-1", open).body
	for _, m := range link.FindAllStringSubmatch(unlinked, -1) {
		if m[3] == item && m[2] != "#ev-"+m[3] || !strings.Contains(unlinked, `id="ev-`+m[3]+`"`) {
			t.Errorf("unlinked %s: #%s leads to %s", item, m[3], m[2])
		}
	}
}

func TestZoneIsKept(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	d.form("reviewer-1", "/settings/zone", "zone", "Asia/Tehran").want(t, http.StatusSeeOther)
	board := under(d.Collection.ID, "dashboard")
	if got := d.get("reviewer-1", board).want(t, http.StatusOK).body; !strings.Contains(got, ", Tehran") {
		t.Error("the dashboard is not in the zone that was chosen")
	}
	d.form("reviewer-1", "/settings/zone", "zone", "").want(t, http.StatusSeeOther)
	if got := d.get("reviewer-1", board).want(t, http.StatusOK).body; !strings.Contains(got, ", UTC") {
		t.Error("without a choice it is not UTC")
	}
	bad := d.form("reviewer-1", "/settings/zone", "zone", "Mars/Olympus").want(t, http.StatusUnprocessableEntity)
	if !strings.Contains(bad.body, `value="Mars/Olympus"`) || !strings.Contains(bad.body, "Write a zone as") {
		t.Errorf("what was typed is lost: %s", plain(bad.body))
	}
}
