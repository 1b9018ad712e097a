package httpd

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"claimbench/internal/auth"
	"claimbench/internal/roomtest"
)

// TestResetIsTold: after a reset by an admin's link the owner reads so on every page, until they put it away, and the
// history says by whose link it was. An invitation is no reset.
func TestResetIsTold(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	d.member("mina", auth.Reviewer, d.Collection.ID)
	const words = "Your password was reset by a link"
	if r := d.get("mina", "/settings").want(t, http.StatusOK); strings.Contains(r.body, words) {
		t.Error("an invitation is told as a reset")
	}
	mina := d.As("mina").UserID
	link, err := d.Auth.MakeLink(roomtest.Ctx(), d.As("admin-1"), auth.Reset, mina)
	if err != nil {
		t.Fatal(err)
	}
	d.clients["mina"] = d.fresh()
	d.form("mina", link.Path(), "password", "thirteen words in a row").want(t, http.StatusSeeOther)
	d.clients["mina"] = d.fresh()
	d.form("mina", "/sign-in", "user", "mina", "password", "thirteen words in a row").want(t, http.StatusSeeOther)
	d.get("mina", "/settings").want(t, http.StatusOK, words, "made by", "admin-1")
	d.get("mina", "/collections").want(t, http.StatusOK, words)
	found := regexp.MustCompile(`name="notice" value="([0-9]+)"`).FindStringSubmatch(d.get("mina", "/settings").body)
	if found == nil {
		t.Fatal("there is no form to put the notice away")
	}
	notice := found[1]
	d.form("editor-1", "/settings/reset-notice", "notice", notice).want(t, http.StatusNotFound)
	d.get("mina", "/settings").want(t, http.StatusOK, words)
	r := d.form("mina", "/settings/reset-notice", "notice", notice, "back", "/collections")
	if r.location != "/collections" {
		t.Errorf("putting it away leads to %q: %d", r.location, r.status)
	}
	if r := d.get("mina", "/settings").want(t, http.StatusOK); strings.Contains(r.body, words) {
		t.Error("the notice stays after it was put away")
	}
	d.get("auditor-1", "/history?object=user:"+itoa(mina)).want(t, http.StatusOK, "user.password_set",
		"by a link (reset) that admin-1 made")
	d.Verify()
}
