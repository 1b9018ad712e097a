package httpd

import (
	"net/http"
	"strings"
	"testing"
)

// TestCommandsNameTheDatabase: what a page gives to type at a shell names the database that is served, for a shell,
// and never with a password.
func TestCommandsNameTheDatabase(t *testing.T) {
	t.Parallel()
	if got := shellWord("sqlite:/srv/noor's desk.db"); got != `'sqlite:/srv/noor'\''s desk.db'` {
		t.Errorf("a path with a quote is %s", got)
	}
	w := fill(t, 1)
	page, there := "/sets/"+itoa(w.frozen), " --database "
	w.get("editor-1", page).want(t, http.StatusOK, "workbench export --set "+itoa(w.frozen)+" --format json", there)
	if strings.Contains(w.get("reviewer-1", page).body, there) {
		t.Error("a reviewer, who may not export, is told where the database is")
	}
	w.get("auditor-1", "/history").want(t, http.StatusOK, "workbench audit verify", there)
	w.get("auditor-1", "/history/verify").want(t, http.StatusOK, there)
}

// TestWrongMethodNamesTheRightOnes: a program is told by which methods an address is opened.
func TestWrongMethodNamesTheRightOnes(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	p := d.do("reviewer-1", http.MethodDelete, "/claims/1", "", "", "Accept",
		"application/json").problem(t, http.StatusMethodNotAllowed)
	if !strings.Contains(p.Detail, "DELETE") || !strings.Contains(p.Detail, "GET") ||
		strings.Contains(p.Detail, "button") {
		t.Errorf("%q", p.Detail)
	}
}

// TestSourcesAreLinked: whoever may open the directory of sources finds it.
func TestSourcesAreLinked(t *testing.T) {
	t.Parallel()
	w := fill(t, 1)
	link := `href="/sources"`
	list := under(w.Collection.ID, "articles")
	w.get("reviewer-1", list).want(t, http.StatusOK, link)
	w.get("admin-1", "/users").want(t, http.StatusOK, link)
}

// TestReplayedImportHasItsShape: an import that is sent again is answered in the shape of the first answer.
func TestReplayedImportHasItsShape(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	send := func() string {
		return d.do("editor-1", post, under(d.Collection.ID, "articles"), "application/json",
			`{"text":"The bridge fell. Twelve saw it.","lang":"en"}`, "Accept", "application/json", keyHeader,
			"0194f3a2-aaaa").want(t, http.StatusOK).body
	}
	if first, again := send(), send(); first != again {
		t.Errorf("first\n%s, then\n%s", first, again)
	}
}

// TestRefusalNamesTheCollection: the role that an export needs is one of the collection, not of the house.
func TestRefusalNamesTheCollection(t *testing.T) {
	t.Parallel()
	w := fill(t, 1)
	p := w.json("reviewer-1", post, "/sets/"+itoa(w.frozen)+"/export", `{"format":"json"}`).problem(t,
		http.StatusForbidden)
	if !strings.Contains(p.Detail, "in this collection") || strings.Contains(p.Detail, "everywhere") {
		t.Errorf("%q", p.Detail)
	}
}
