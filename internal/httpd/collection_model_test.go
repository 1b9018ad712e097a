package httpd

import (
	"net/http"
	"testing"
)

// TestCollectionModel: an admin says whether texts are sent, on a page and by JSON; the page says what is sent and
// where.
func TestCollectionModel(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	at := "/collections/" + itoa(d.Collection.ID) + "/model"
	d.get("admin-1", at).want(t, http.StatusOK, "has no language model", "What is sent", `value="500"`)
	d.get("editor-1", at).want(t, http.StatusForbidden)
	d.json("admin-1", "POST", at, `{"allowed":"1","per_day":0,"version":0}`).want(t, http.StatusUnprocessableEntity,
		`"pointer":"/per_day"`)
	d.json("admin-1", "POST", at, `{"allowed":"1","per_day":20,"version":0}`).want(t, http.StatusOK, `"allowed":true`,
		`"per_day":20`, `"version":1`)
	d.json("admin-1", "POST", at, `{"per_day":20,"version":0}`).want(t, http.StatusConflict)
	d.get("admin-1", at).want(t, http.StatusOK, " checked>", `value="20"`)
	d.json("admin-1", "GET", at, "").want(t, http.StatusOK, `"asked_today":0`)
	d.json("editor-1", "POST", at, `{"allowed":"1","per_day":20,"version":1}`).want(t, http.StatusForbidden)
}
