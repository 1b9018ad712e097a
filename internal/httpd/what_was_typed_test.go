package httpd

import (
	"net/http"
	"strings"
	"testing"
)

// TestNothingTypedIsLost: a form that comes too late gets its words back, in fields with labels, and never a secret.
func TestNothingTypedIsLost(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	fa, _ := d.twoArticles()
	fresh := claimURL(d.Claim(fa, "مسکو نیز هر دخالتی را رد کرد", "مسکو هر دخالتی را رد کرد").ID)
	cl := d.Claim(fa, "حدود ۹ گیگابایت", "حدود ۹ گیگابایت داده منتشر شد")
	decided := claimURL(cl.ID)
	for _, u := range []string{"reviewer-1", "reviewer-2"} {
		d.form(u, decided+"/reviews", "words_version", itoa(cl.WordsVersion), "round", "1", "confidence", "80",
			"verdict",
			"unverified", "reason_unverified", "insufficient", "searched", "The archive.").want(t, http.StatusSeeOther)
	}
	for name, c := range map[string]struct {
		user, path string
		status     int
		form       []string
		kept       string
	}{
		"adjudicate what is not in conflict": {"editor-1", fresh + "/adjudications", http.StatusConflict,
			[]string{"round", "1", "version", "1", "verdict", "unverified", "reason_unverified", "insufficient",
				"rationale", "واژه weighed at length", "searched", "x"}, "واژه weighed at length"},
		"approve what is not decided": {"editor-1", fresh + "/approvals", http.StatusConflict, []string{"version", "1",
			"reason", "insufficient", "explanation", "printed & long"}, "printed & long"},
		"edit what is decided": {"reviewer-1", decided + "/edit", http.StatusConflict, []string{"words_version",
			itoa(cl.WordsVersion), "statement", "a statement of care"}, "a statement of care"},
		"link to what is decided": {"reviewer-1", decided + "/evidence/outside", http.StatusConflict,
			[]string{"url", "https://example.org/denial", "quotation", "It denied at length.", "lang", "en", "read_on",
				"2026-11-20", "new_origin", "The ministry", "stance", "supports", "kind", "primary_document"},
			"It denied at length."},
		"an expired session": {"", fresh + "/comments", http.StatusUnauthorized,
			[]string{"text", "typed before it expired", "password", "hunter-two"}, "typed before it expired"},
		"an unlinking that came late": {"reviewer-1", "/evidence/99/unlink", http.StatusNotFound, []string{"version",
			"1", "reason", "it misquotes him"}, "it misquotes him"},
	} {
		t.Run(name, func(t *testing.T) {
			r := d.form(c.user, c.path, c.form...).want(t, c.status, c.kept)
			if strings.Contains(r.body, "hunter-two") {
				t.Error("the page shows a password")
			}
			if strings.Contains(r.body, "What you typed") && (!strings.Contains(r.body, `<label for="typed-1">`) ||
				!strings.Contains(r.body, `id="typed-1" readonly dir="auto"`)) {
				t.Errorf("a field without a label, or one that can be changed:\n%s", visible(r.body))
			}
		})
	}
	cross := d.do("reviewer-1", post, fresh+"/comments", "application/x-www-form-urlencoded", "text=planted",
		"Sec-Fetch-Site", "cross-site").want(t, http.StatusForbidden)
	if strings.Contains(cross.body, "planted") {
		t.Error("the page shows what another site sent")
	}
}
