package httpd

import (
	"net/http"
	"strings"
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/claims"
)

// lacks says that an answer does not hold some words.
func (r reply) lacks(t *testing.T, words ...string) {
	t.Helper()
	for _, w := range words {
		if strings.Contains(r.body, w) {
			t.Errorf("the answer holds %q", w)
		}
	}
}

// TestWordsThatNameAProtectedSource: what people write of one is refused to nobody; who may see the source is warned,
// however it is spelt, on the claim and before it is printed, and nobody else is.
func TestWordsThatNameAProtectedSource(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	d.rules(1)
	const warning = "name a protected source"
	a := d.Article(articles.Import{Source: "Gazette", Lang: "en", Raw: "Twelve grants were approved. The mayor " +
		"agreed."})
	d.Claim(a, "Twelve grants were approved", "Twelve grants were approved.")
	d.Claim(a, "The mayor agreed", "The mayor agreed.")
	fields := informant("kraken").outside(1, "protect", "at risk")
	for i := range fields {
		if fields[i] == "publisher" {
			fields[i+1] = "علی کریمی"
		}
	}
	d.form("editor-1", "/claims/1/evidence/outside", fields...).want(t, http.StatusSeeOther)
	d.get("editor-1", "/claims/1").lacks(t, warning)
	d.form("reviewer-1", "/claims/1/comments", "text", "The krakens swim.").want(t, http.StatusSeeOther)
	d.get("editor-1", "/claims/1").lacks(t, warning) // part of another word
	d.form("reviewer-1", "/claims/1/comments", "text", "Ask علي كريمي again.").want(t, http.StatusSeeOther)
	d.form("reviewer-1", "/claims/2/comments", "text", "See kraken.example today.").want(t, http.StatusSeeOther)
	d.reviewed("reviewer-1", 1, "x")
	d.reviewed("reviewer-1", 2, "x")
	d.form("editor-1", "/claims/1/approvals", "version", "1", "reason", "insufficient", "explanation",
		"KRAKEN press did not say.").want(t, http.StatusSeeOther)
	d.approved(2)
	d.get("editor-1", "/claims/1").want(t, http.StatusOK, warning+": a review or decision, a comment")
	d.get("editor-1", "/claims/2").want(t, http.StatusOK, warning+": a comment")
	for _, user := range []string{"reviewer-1", "reviewer-2", "auditor-1", "admin-1"} {
		d.get(user, "/claims/1").lacks(t, warning)
		d.get(user, "/claims/2").lacks(t, warning)
	}
	d.form("editor-1", "/evidence/1/readers", "user", "reviewer-2").want(t, http.StatusSeeOther)
	d.get("reviewer-2", "/claims/2").want(t, http.StatusOK, warning)
	d.form("editor-1", under(d.Collection.ID, "sets"), "title", "S").want(t, http.StatusSeeOther)
	d.form("editor-1", "/sets/1/claims", "version", "1", "claim", "1").want(t, http.StatusSeeOther)
	d.form("editor-1", "/sets/1/claims", "version", "2", "claim", "2").want(t, http.StatusSeeOther)
	page := d.get("editor-2", "/sets/1/preview").want(t, http.StatusOK, "Words that are printed name a protected "+
		"source")
	note := page.body[strings.Index(page.body, "Words that are printed name"):]
	if note = note[:strings.Index(note, "</p>")]; !strings.Contains(note, "claim "+
		"1") || strings.Contains(note, "claim 2") {
		t.Errorf("the preview warns of %s", note)
	}
	d.Verify()
}

// TestCorrectionSaysWhy: an editor says why a correction leaves a claim out, the page and its next version show it, and
// those who answer alarms are told when a correction answers them.
func TestCorrectionSaysWhy(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	d.rules(1)
	a := d.Article(articles.Import{Source: "Gazette", Lang: "en", Raw: "Twelve grants were approved. The mayor " +
		"agreed."})
	d.Claim(a, "Twelve grants were approved", "Twelve grants were approved.")
	d.Claim(a, "The mayor agreed", "The mayor agreed.")
	for _, n := range []string{"1", "2"} {
		d.reviewed("reviewer-1", map[string]claims.ID{"1": 1, "2": 2}[n], "x")
		d.approved(map[string]claims.ID{"1": 1, "2": 2}[n])
	}
	d.form("editor-1", under(d.Collection.ID, "sets"), "title", "S").want(t, http.StatusSeeOther)
	d.form("editor-1", "/sets/1/claims", "version", "1", "claim", "1").want(t, http.StatusSeeOther)
	d.form("editor-1", "/sets/1/claims", "version", "2", "claim", "2").want(t, http.StatusSeeOther)
	d.form("editor-1", "/sets/1/omissions", "claim", "1", "reason", "x").want(t, http.StatusConflict)
	d.form("editor-1", "/sets/1/freeze", "version", "3").want(t, http.StatusSeeOther)
	d.form("editor-1", "/claims/2/rounds", "version", itoa(d.now(2).Version), "reason", "new minutes").
		want(t, http.StatusSeeOther)
	d.form("editor-1", "/sets/1/correct").want(t, http.StatusSeeOther)
	version := 1
	if n := d.Count("claim_set_claims WHERE set_id = 2 AND claim_id = 2"); n > 0 {
		d.form("editor-1", "/sets/2/claims/remove", "version", "1", "claim", "2").want(t, http.StatusSeeOther)
		version++
	}
	d.form("reviewer-1", "/sets/2/omissions", "claim", "2", "reason", "x").want(t, http.StatusForbidden)
	d.form("editor-1", "/sets/2/omissions", "claim", "2", "reason", " ").want(t, http.StatusUnprocessableEntity)
	const why = "the minutes were read wrongly"
	d.form("editor-1", "/sets/2/omissions", "claim", "2", "version", "0", "reason", why).want(t, http.StatusSeeOther)
	d.form("editor-2", "/sets/2/omissions", "claim", "2", "version", "0", "reason", "z").want(t, http.StatusConflict)
	d.form("editor-1", "/sets/2/omissions", "claim", "1", "version", "0", "reason", "z").want(t, http.StatusConflict)
	d.get("editor-2", "/sets/2/preview").want(t, http.StatusOK, why)
	d.form("editor-1", "/sets/2/freeze", "version", itoa(version)).want(t, http.StatusSeeOther)
	d.get("auditor-1", "/sets/2").want(t, http.StatusOK, why)
	d.get("editor-2", "/notices").want(t, http.StatusOK, "was answered")
	d.get("auditor-1", "/history?object=omission:1").want(t, http.StatusOK, why)
	d.form("editor-1", "/sets/2/omissions", "claim", "2", "version", "1", "reason", "z").want(t, http.StatusConflict)
	d.Verify()
}

// TestExplanationInTwoScripts: what is printed in two scripts stands whole in every format, each line in the direction
// of its own first letter, in a language that can be told or in none.
func TestExplanationInTwoScripts(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	d.rules(1)
	a := d.Article(articles.Import{Source: "Gazette", Lang: "en", Raw: "Twelve grants were approved."})
	d.Claim(a, "Twelve grants were approved", "Twelve grants were approved.")
	d.reviewed("reviewer-1", 1, "x")
	const words = "The minutes say twelve.\nصورت‌جلسه می‌گوید دوازده کمک تصویب شد (Gazette, 2026)."
	d.form("editor-1", "/claims/1/approvals", "version", "1", "reason", "insufficient", "explanation", words).
		want(t, http.StatusSeeOther)
	d.frozen(1, "S")
	report := d.form("editor-1", "/sets/1/export", "format", "report").want(t, http.StatusOK).body
	for _, line := range strings.Split(words, "\n") {
		if !strings.Contains(report, `<p dir="auto">`+line+"</p>") {
			t.Errorf("the report does not print %q as a line with a direction of its own", line)
		}
	}
	for _, format := range []string{"json", "csv", "claimreview", "averitec", "annotation"} {
		body := d.form("editor-1", "/sets/1/export", "format", format).want(t, http.StatusOK).body
		if !strings.Contains(body, "صورت‌جلسه می‌گوید دوازده کمک تصویب شد (Gazette, 2026).") ||
			!strings.Contains(body, "The minutes say twelve.") {
			t.Errorf("the %s does not hold the whole explanation", format)
		}
	}
}
