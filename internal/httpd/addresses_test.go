package httpd

import (
	"net/http"
	"strings"
	"testing"

	"claimbench/internal/addresses"
	"claimbench/internal/roomtest"
)

// TestAddresses: an editor gives addresses on a page and by JSON, sees what became of each, and cancels; the page says
// that nothing is fetched until an admin has switched it on.
func TestAddresses(t *testing.T) {
	d := newDoor(t)
	col := "/collections/" + itoa(d.Collection.ID)
	d.get("editor-1", col+"/addresses").want(t, http.StatusOK, "This workbench fetches no pages").
		without(t, "<textarea")
	d.json("editor-1", "POST", col+"/addresses", `{"addresses":"https://news.example/a"}`).want(t, http.StatusForbidden)
	d.json("admin-1", "POST", "/fetching", `{"allowed":"1","contact":"nobody","version":0}`).want(t,
		http.StatusUnprocessableEntity, "contact")
	d.json("admin-1", "POST", "/fetching", `{"allowed":"1","contact":"desk@paper.example","version":0}`).want(t,
		http.StatusOK, `"allowed":true`, `"version":1`)
	d.get("admin-1", "/fetching").want(t, http.StatusOK, "desk@paper.example", " checked>")
	d.get("editor-1", col+"/addresses").want(t, http.StatusOK, "not fetched for this collection")
	d.json("admin-1", "POST", col+"/fetching", `{"allowed":"1","version":0}`).want(t, http.StatusOK)
	d.get("admin-1", col+"/fetching").want(t, http.StatusOK, " checked>").without(t, "desk@paper.example")
	d.json("editor-1", "POST", col+"/addresses", `{"addresses":"https://news.example/a\nhttp://10.0.0.1/"}`).want(t,
		http.StatusUnprocessableEntity, "Line 2", `"pointer":"/addresses"`)
	d.json("editor-1", "POST", col+"/addresses", `{"addresses":"https://news.example/a\nhttps://news.example/b"}`).
		want(t, http.StatusAccepted, `"added":[1,2]`)
	d.json("editor-1", "POST", col+"/addresses", `{"addresses":"https://news.example/a"}`).want(t, http.StatusAccepted,
		`"added":[]`, `"waiting":[1]`)
	d.get("editor-1", col+"/addresses").want(t, http.StatusOK, "https://news.example/a", "2 addresses wait",
		"<progress")
	d.json("editor-1", "GET", col+"/addresses", "").want(t, http.StatusOK, `"address":"https://news.example/b"`,
		`"state":"waiting"`)
	d.json("editor-1", "POST", col+"/addresses/cancel", `{"address":[1]}`).want(t, http.StatusOK, `"changed":1`)
	d.json("editor-1", "POST", col+"/addresses/again", `{"address":[2]}`).want(t, http.StatusConflict)
	d.json("editor-1", "POST", col+"/addresses/cancel", `{}`).want(t, http.StatusOK, `"changed":1`)
	d.get("editor-1", col+"/addresses").want(t, http.StatusOK, "cancelled", "Try again").without(t, "<progress")
	d.json("editor-1", "POST", col+"/addresses/again", `{"address":[1,2]}`).want(t, http.StatusOK, `"changed":2`)
	page := d.get("editor-1", col+"/articles/import").want(t, http.StatusOK, col+"/addresses")
	if strings.Contains(page.body, "is never fetched.") && !strings.Contains(page.body, "typed here") {
		t.Error("the import page says that addresses are never fetched")
	}
	asked, err := d.Web.Ask(roomtest.Ctx(), d.As("editor-1"), d.Collection.ID, "https://news.example/c")
	if err != nil || len(asked) != 1 || asked[0].Row.State != addresses.Waiting {
		t.Errorf("%+v, %v", asked, err)
	}
}
