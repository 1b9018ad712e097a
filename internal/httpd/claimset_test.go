package httpd

import (
	"net/http"
	"strings"
	"testing"

	"claimbench/internal/claimset"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
)

// TestFreezeInTheBackground: the page and the JSON of a draft that a job freezes say how far it is, offer no second
// freeze, and say why it failed.
func TestFreezeInTheBackground(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	set, err := d.Sets.Create(roomtest.Ctx(), d.As("editor-1"), d.Collection.ID, "Many claims")
	if err != nil {
		t.Fatal(err)
	}
	job := func(state, message string) {
		t.Helper()
		if err := d.DB.Write(roomtest.Ctx(), func(tx *store.Tx) error {
			return tx.Gorm().Exec("INSERT INTO jobs (kind, object, collection_id, user_id, via, request, state, "+
				"done, total, message, holder, held_until, added_at, changed_at) VALUES ('freeze', ?, ?, 1, 'web', "+
				"'', ?, 1200, 40000, ?, '', 0, 0, 0)", claimset.Object(set.ID), d.Collection.ID, state,
				message).Error
		}); err != nil {
			t.Fatal(err)
		}
	}
	at := "/sets/" + itoa(set.ID)
	job("running", "")
	page := d.get("editor-1", at).want(t, http.StatusOK, "Freezing this set", "1,200 of 40,000", "leave this page")
	if page.header.Get("Refresh") == "" || strings.Contains(page.body, at+"/freeze") {
		t.Errorf("the page of a set that is being frozen has Refresh %q, or it offers a freeze",
			page.header.Get("Refresh"))
	}
	d.json("editor-1", "GET", at, "").want(t, http.StatusOK, `"freezing":{`, `"done":1200`)
	job("failed", "Claim 7 changed.")
	page = d.get("editor-1", at).want(t, http.StatusOK, "Claim 7 changed.", "failed")
	if page.header.Get("Refresh") != "" {
		t.Error("a page whose job has ended loads itself again")
	}
}
