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
	page = d.get("editor-1", sent.location).want(t, http.StatusOK, "done")
	if page.header.Get("Refresh") != "" {
		t.Error("a page of work that is done loads itself again")
	}
	d.get("editor-1", "/articles/1").want(t, http.StatusOK)

	asked := d.json("reviewer-1", "POST", "/articles/1/extract", "{}").want(t, http.StatusAccepted, `"state":"waiting"`)
	if asked.header.Get("Location") != "/articles/1/work" {
		t.Errorf("the job is at %q", asked.header.Get("Location"))
	}
	d.finish(claims.Proposing)
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

// finish does the newest job of a kind on article 1, as the server's background does.
func (d *door) finish(kind string) {
	d.t.Helper()
	all, err := d.Jobs.Of(roomtest.Ctx(), d.As("editor-1"), articles.Object(1))
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
