package httpd

import (
	"net/http"
	"strings"
	"testing"
)

// TestRightOfReply: who was asked is read by everybody who reads the claim, also while a round is open, and who wrote
// it down is not; how they are reached is read by editors and who wrote it.
func TestRightOfReply(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	fa, _ := d.twoArticles()
	d.Claim(fa, "حدود ۹ گیگابایت", "حدود ۹ گیگابایت داده منتشر شد")
	const contact = "+49 30 555 0199"
	d.form("reviewer-1", "/claims/1/replies", "name", "Anna Weber", "way", "phone").want(t,
		http.StatusUnprocessableEntity, "Anna Weber", "on which day")
	d.form("reviewer-1", "/claims/1/replies", "name", "Anna Weber", "role", "minister", "way", "phone", "asked_on",
		"2026-01-02", "until", "2026-01-04", "contact", contact).want(t, http.StatusSeeOther)
	for user, knows := range map[string]bool{"reviewer-1": true, "reviewer-2": false, "editor-1": true,
		"auditor-1": false} {
		page, data := d.get(user, "/claims/1"), d.json(user, get, "/claims/1", "")
		if !strings.Contains(page.body, "Anna Weber") || !strings.Contains(data.body, `"name":"Anna Weber"`) {
			t.Errorf("%s does not read who was asked", user)
		}
		if strings.Contains(page.body, "555 0199") != knows || strings.Contains(data.body, "555 0199") != knows {
			t.Errorf("%s reads how they are reached: want %v", user, knows)
		}
		author := user == "reviewer-1" || user == "auditor-1"
		if strings.Contains(data.body, `"asked_by":`) != author {
			t.Errorf("%s reads who wrote it down while the round is open: want %v", user, author)
		}
		for _, path := range []string{"/history", "/history?object=reply:1", "/history?object=reply_contact:1",
			"/claims/1/history", "/collections/1/search?q=555"} {
			if strings.Contains(d.get(user, path).body, "555 0199") {
				t.Errorf("%s reads at %s how they are reached", user, path)
			}
		}
	}
	d.form("reviewer-2", "/replies/1/answer", "version", "1", "outcome", "answered", "answered_on", "2026-01-03",
		"words", "It was eight.").want(t, http.StatusSeeOther)
	d.form("reviewer-2", "/replies/1/evidence", "stance", "refutes").want(t, http.StatusSeeOther)
	d.get("reviewer-1", "/claims/1").want(t, http.StatusOK, "It was eight.", "Answer of 2026-01-03")
	d.form("reviewer-1", "/replies/1/answer", "version", "1", "outcome", "silent").want(t, http.StatusConflict)
	d.form("reviewer-1", "/replies/1/answer", "version", "2", "outcome", "silent").want(t, http.StatusConflict,
		"is evidence #1 of claim 1", "Unlink")
	if kind := d.json("reviewer-1", get, "/claims/1", "").body; !strings.Contains(kind, `"kind":"answer"`) {
		t.Error("an answer that is evidence has no kind of its own")
	}
	d.form("reviewer-1", "/claims/1/evidence/outside", "url", "https://example.org/x", "quotation", "x", "lang", "en",
		"read_on", "2026-01-02", "stance", "context", "kind", "answer").want(t, http.StatusUnprocessableEntity)
	d.form("reviewer-1", "/evidence/1/unlink", "version", "1").want(t, http.StatusSeeOther)
	d.form("reviewer-1", "/replies/1/answer", "version", "2", "outcome", "silent").want(t, http.StatusSeeOther)
	d.form("auditor-1", "/claims/1/replies", "name", "x").want(t, http.StatusForbidden)
	d.Verify()
}
