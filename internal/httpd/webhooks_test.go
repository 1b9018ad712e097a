package httpd

import (
	"net/http"
	"strings"
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/roomtest"
)

// TestWebhooks: an admin of the workbench adds, changes and sends again; the secret stands in one answer only.
func TestWebhooks(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	col := "/collections/" + itoa(d.Collection.ID)
	d.get("admin-1", col+"/rules").want(t, http.StatusOK, col+"/webhooks")
	d.get("admin-1", col+"/webhooks").want(t, http.StatusOK, "Nobody elsewhere is told yet")
	for _, who := range []string{"editor-1", "reviewer-1", "auditor-1"} {
		d.get(who, col+"/webhooks").want(t, http.StatusForbidden)
		d.json(who, "POST", col+"/webhooks", `{"address":"https://desk.example/","topics":["claims"]}`).want(t,
			http.StatusForbidden)
	}
	d.form("admin-1", col+"/webhooks", "address", "http://127.0.0.1/", "topics", "claims").want(t,
		http.StatusUnprocessableEntity, "not public", `value="http://127.0.0.1/"`, `value="claims" checked`)
	d.form("admin-1", col+"/webhooks", "address", "https://desk.example/").want(t, http.StatusUnprocessableEntity,
		"at least one")
	made := d.form("admin-1", col+"/webhooks", "address", "https://desk.example/?key=4", "topics", "claims")
	made.want(t, http.StatusCreated, "whsec_", "not shown again")
	d.get("admin-1", "/webhooks/1").want(t, http.StatusOK, "desk.example/?key=4", "Nothing has happened").without(t,
		"whsec_")
	for _, who := range []string{"editor-1", "reviewer-1", "auditor-1"} {
		d.get(who, "/webhooks/1").want(t, http.StatusForbidden)
	}
	d.json("admin-1", "POST", "/webhooks/1/secret", `{"version":1}`).want(t, http.StatusOK, "whsec_")
	d.json("admin-1", "POST", "/webhooks/1/secret", `{"version":1}`).want(t, http.StatusConflict, "Look again")
	d.json("admin-1", "POST", "/webhooks/1/again", `{"number":7}`).want(t, http.StatusNotFound)
	a := d.Article(articles.Import{Lang: "en", Raw: "The council approved 25 grants."})
	d.Claim(a, "The council", "The council is here.")
	if err := d.Hooks.Gather(roomtest.Ctx()); err != nil {
		t.Fatal(err)
	}
	d.get("admin-1", "/webhooks/1").want(t, http.StatusOK, "claim.created", "claim:1", "waits").without(t,
		"The council")
	d.form("admin-1", "/webhooks/1", "topics", "claims", "version", "2").want(t, http.StatusSeeOther)
	d.get("admin-1", "/webhooks/1").want(t, http.StatusOK, "cancelled", "switched off").without(t, "Send again")
	d.json("admin-1", "POST", "/webhooks/1/again", `{"number":1}`).want(t, http.StatusConflict, "not on")
	d.member("house-of-one", auth.Admin, d.Collection.ID)
	d.get("house-of-one", col+"/webhooks").want(t, http.StatusForbidden)
	d.get("house-of-one", "/webhooks/1").want(t, http.StatusForbidden)
	if got := d.get("admin-1", "/collections/999/webhooks"); got.status != http.StatusNotFound ||
		strings.Contains(got.body, "whsec") {
		t.Errorf("%d", got.status)
	}
	d.get("admin-1", "/webhooks/99").want(t, http.StatusNotFound)
}
