package httpd

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/jobs"
	"claimbench/internal/roomtest"
)

// TestLongWorkInTheBackground: a long text and its candidates come while the person does something else; the page and
// the JSON say how far it is.
func TestLongWorkInTheBackground(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	var text strings.Builder
	for i := range 1100 {
		fmt.Fprintf(&text, "The council approved %d grants on 3 March 2017.\n", i+2)
	}
	at := "/collections/" + itoa(d.Collection.ID) + "/articles"
	sent := d.form("editor-1", at, "text", text.String(), "lang", "en").want(t, http.StatusSeeOther)
	if sent.location != "/articles/1/work" {
		t.Fatalf("the import leads to %q", sent.location)
	}
	page := d.get("editor-1", sent.location).want(t, http.StatusOK, "Taking the text in", "0 of 1,100",
		"leave this page")
	if page.header.Get("Refresh") == "" {
		t.Error("the page does not load itself again")
	}
	d.get("editor-1", "/articles/1").want(t, http.StatusServiceUnavailable, "still being taken in")
	d.member("stranger", "", 0)
	d.get("stranger", sent.location).want(t, http.StatusForbidden)
	d.finish(articles.TakingIn)
	page = d.get("editor-1", sent.location).want(t, http.StatusOK, "done", "Proposing candidates")
	if page.header.Get("Refresh") == "" {
		t.Error("candidates come without anybody asking, and the page does not load itself again meanwhile")
	}
	d.get("editor-1", "/articles/1").want(t, http.StatusOK, "being proposed.", `href="/articles/1/work"`)

	asked := d.json("reviewer-1", "POST", "/articles/1/extract", "{}").want(t, http.StatusAccepted, `"state":"waiting"`)
	if asked.header.Get("Location") != "/articles/1/work" {
		t.Errorf("the job is at %q", asked.header.Get("Location"))
	}
	d.finish(claims.Proposing)
	if page := d.get("editor-1", sent.location).want(t, http.StatusOK, "done"); page.header.Get("Refresh") != "" {
		t.Error("a page of work that is done loads itself again")
	}
	var all struct {
		Items []struct {
			Kind, State string
			Done, Total int
		}
	}
	got := d.json("reviewer-1", "GET", "/articles/1/work", "").want(t, http.StatusOK)
	if err := json.Unmarshal([]byte(got.body), &all); err != nil || len(all.Items) != 2 ||
		all.Items[0].State != string(jobs.Done) || all.Items[0].Done != 1100 || all.Items[1].Kind != "import" {
		t.Errorf("the jobs are %s, %v", got.body, err)
	}
	newer := d.json("editor-1", "POST", "/articles/1/revisions", fmt.Sprintf(`{"version":1,"text":%q}`,
		"The council met on Monday.\n"+text.String())).want(t, http.StatusAccepted)
	if newer.header.Get("Location") != "/articles/1/work" {
		t.Errorf("the newer text is awaited at %q", newer.header.Get("Location"))
	}
	d.finish(articles.TakingIn)
	d.finish(articles.Following)
	d.get("editor-1", "/articles/1/work").want(t, http.StatusOK, "Looking for what stood in the earlier texts")
	d.Verify()
}

// TestLongTextThatFails: whoever opens a text that was not taken in to its end is led to where it says why, and where
// an editor takes it in again or takes the article down.
func TestLongTextThatFails(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	text := strings.Repeat("The council approved 12 grants on 3 March 2017.\n", 900)
	at := "/collections/" + itoa(d.Collection.ID) + "/articles"
	d.form("editor-1", at, "text", text, "lang", "en").want(t, http.StatusSeeOther)
	if err := d.Auth.DisableUser(roomtest.Ctx(), d.As("admin-1"), d.As("editor-1").UserID, "left"); err != nil {
		t.Fatal(err)
	}
	if j, err := d.Jobs.Finish(roomtest.Ctx(), 1); err != nil || j.State != jobs.Failed {
		t.Fatalf("%+v, %v", j, err)
	}
	d.get("editor-2", "/articles/1").want(t, http.StatusConflict, "disabled", `href="/articles/1/work"`)
	d.get("reviewer-1", "/articles/1/work").want(t, http.StatusOK, "failed", "disabled", "An editor can take it in")
	d.get("editor-2", "/articles/1/work").want(t, http.StatusOK, "Take it in again", "/articles/1/take-down")
	d.get("editor-2", "/articles/1/take-down").want(t, http.StatusOK, "Legal reason")
	d.form("editor-2", "/articles/1/take-down", "version", "1").want(t, http.StatusUnprocessableEntity, "Say why")
	d.form("reviewer-1", "/articles/1/work").want(t, http.StatusForbidden)
	d.json("editor-2", "POST", "/articles/1/work", "{}").want(t, http.StatusAccepted, `"state":"waiting"`)
	d.form("editor-2", "/articles/1/work").want(t, http.StatusConflict, "Nothing failed here")
	d.finish(articles.TakingIn)
	d.get("editor-2", "/articles/1").want(t, http.StatusOK)
	d.Verify()
}

// finish does the newest job of a kind on article 1, as the server's background does.
func (d *door) finish(kind string) {
	d.t.Helper()
	all, err := d.Jobs.Of(roomtest.Ctx(), d.As("editor-2"), articles.Object(1))
	if err != nil {
		d.t.Fatal(err)
	}
	for _, j := range all {
		if j.Kind == kind {
			if j, err = d.Jobs.Finish(roomtest.Ctx(), j.ID); err != nil || j.State != jobs.Done {
				d.t.Fatalf("%+v, %v", j, err)
			}
			return
		}
	}
	d.t.Fatalf("no job of the kind %s", kind)
}
