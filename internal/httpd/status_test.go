package httpd

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"

	"claimbench/internal/history"
	"claimbench/internal/status"
)

// TestStatusAtItsPublicAddress publishes the status of a set, reads it as a stranger, and withdraws it.
func TestStatusAtItsPublicAddress(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	key, err := history.OpenKey(t.TempDir() + "/log.key")
	if err != nil {
		t.Fatal(err)
	}
	d.Status.SealBy(key)
	fa, _ := d.twoArticles()
	cl := d.Claim(fa, "حدود ۹ گیگابایت", "حدود ۹ گیگابایت داده منتشر شد")
	d.rules(1)
	d.reviewed("reviewer-1", cl.ID, "The archive.")
	d.approved(cl.ID)
	d.frozen(cl.ID, "What is established")
	const set = "1"
	page := under(d.Collection.ID, "status")
	d.get("admin-1", page).want(t, http.StatusOK, "not published", "What is established")
	d.form("editor-1", page, "set", set).want(t, http.StatusForbidden)
	d.form("admin-1", page, "set", set).want(t, http.StatusSeeOther)
	var seen struct {
		Items []struct{ Address string }
	}
	list := d.json("editor-1", get, page, "").want(t, http.StatusOK)
	if err := json.Unmarshal([]byte(list.body), &seen); err != nil {
		t.Fatal(err)
	}
	if len(seen.Items) != 1 || !strings.HasPrefix(seen.Items[0].Address, "/status/") {
		t.Fatalf("%+v", seen)
	}
	at := seen.Items[0].Address
	d.get("editor-1", setURL(1)).want(t, http.StatusOK, at+`"`)
	d.json("editor-1", get, setURL(1), "").want(t, http.StatusOK, `"status_address":"`+at+`"`)
	d.get("reviewer-1", setURL(1)).want(t, http.StatusOK).without(t, at)
	d.json("reviewer-1", get, setURL(1), "").want(t, http.StatusOK).without(t, at)
	stranger := d.get("", at).want(t, http.StatusOK)
	v, err := note.NewVerifier(key.Public())
	if err != nil {
		t.Fatal(err)
	}
	l, err := status.Open([]byte(stranger.body), v)
	if err != nil || len(l.Sets) != 1 || l.Sets[0].Claims[0].Standing.What != status.Valid {
		t.Fatalf("%+v, %v", l, err)
	}
	h := stranger.header
	if h.Get("Cache-Control") != "public, max-age=300" || h.Get("Etag") == "" || len(h["Set-Cookie"]) != 0 ||
		!strings.HasPrefix(h.Get("Content-Type"), "text/plain") {
		t.Errorf("headers %v", h)
	}
	if own := d.get("auditor-1", at).want(t, http.StatusOK); own.body != stranger.body {
		t.Error("who asks changes the answer")
	}
	d.get("", at+"/corrections.atom").want(t, http.StatusOK, "http://www.w3.org/2005/Atom")
	d.do("", get, at, "", "", "If-None-Match", h.Get("Etag")).want(t, http.StatusNotModified)
	d.get("", at+"/corrections.json").want(t, http.StatusOK)
	for _, elsewhere := range []string{at + "x", at + "/", at + "/..", at + "/corrections.xml", "/status/", "/status",
		at[:len(at)-1]} {
		if got := d.get("", elsewhere); got.status == http.StatusOK {
			t.Errorf("%s is there: %s", elsewhere, got.body)
		}
	}
	d.form("admin-1", page+"/withdraw", "set", set).want(t, http.StatusSeeOther)
	d.get("", at).want(t, http.StatusNotFound)
	d.get("editor-1", setURL(1)).want(t, http.StatusOK).without(t, "/status/")
	d.get("", at+"/corrections.atom").want(t, http.StatusNotFound)
	d.form("admin-1", page+"/withdraw", "set", set).want(t, http.StatusNotFound)
	d.form("admin-1", page, "set", set).want(t, http.StatusSeeOther)
	list = d.json("editor-1", get, page, "").want(t, http.StatusOK)
	if err := json.Unmarshal([]byte(list.body), &seen); err != nil {
		t.Fatal(err)
	}
	stopped := time.Now() // else a slow machine gives a place back while the next asks
	d.server.askers.clock = func() time.Time { return stopped }
	for range publicBurst {
		d.get("", at) // a name that no list has any more
	}
	d.get("", at).want(t, http.StatusTooManyRequests)
	d.get("", seen.Items[0].Address).want(t, http.StatusOK) // who tries names keeps no reader out
	d.Verify()
}

// TestBucket lets so many come at once, then one each publicEach, whatever the clock does.
func TestBucket(t *testing.T) {
	t.Parallel()
	var b bucket
	now := time.Date(2026, 11, 29, 12, 0, 0, 0, time.UTC)
	let := func() (n int) {
		for n < 2*publicBurst && b.take(now) == 0 {
			n++
		}
		return n
	}
	if n := let(); n != publicBurst {
		t.Errorf("%d at once", n)
	}
	now = now.Add(10 * publicEach)
	if n := let(); n != 10 {
		t.Errorf("%d after the time of ten", n)
	}
	now = now.Add(-time.Hour)
	if n := let(); n != 0 {
		t.Errorf("%d after the clock went back", n)
	}
	now = now.Add(time.Hour)
	if n := let(); n != publicBurst {
		t.Errorf("%d an hour later", n)
	}
}
