package httpd

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/roomtest"
)

// TestBracketsByForm: the edit page shows what would be filled in, with whence; what is checked goes into the
// statement, is not warned of, and is exported with its span; what is not is struck; a stale form changes nothing.
func TestBracketsByForm(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	in := d.Article(articles.Import{Lang: "en", Published: "2024-04-02",
		Raw: "Angela Merkel opened the archive in Berlin. She lost 14 files on 25 March."})
	if _, err := d.Claims.Extract(roomtest.Ctx(), d.As("reviewer-1"), in.Article.ID); err != nil {
		t.Fatal(err)
	}
	all, err := d.Claims.ByArticle(roomtest.Ctx(), d.As("reviewer-1"), in.Article.ID, in.Revision.ID)
	if err != nil || len(all) == 0 {
		t.Fatalf("%d candidates, %v", len(all), err)
	}
	c := all[len(all)-1]
	url := claimURL(c.ID)
	page := d.get("reviewer-1", url+"/edit").want(t, http.StatusOK,
		"She [Angela Merkel] lost 14 files on 25 March [2024]",
		`type="checkbox" name="accept"`, `aria-keyshortcuts="2"`, "worked out from the day of publication",
		"from characters 0 to 13").body
	_, rest, _ := strings.Cut(page, `type="checkbox" name="accept" value="`)
	first, _, _ := strings.Cut(rest, `"`)
	d.json("reviewer-1", "GET", url+"/edit", "").want(t, http.StatusOK,
		`"standalone":"She [Angela Merkel] lost 14 files on 25 March [2024]"`, `"from":{"start":0,"end":13}`)
	d.form("reviewer-1", url+"/brackets", "words_version", "7", "accept", first).want(t, http.StatusConflict)
	d.form("reviewer-1", url+"/brackets", "words_version", "1", "accept", "999").want(t, http.StatusConflict)
	d.form("reviewer-1", url+"/brackets", "words_version", "1", "accept", first).want(t, http.StatusSeeOther)
	got := d.now(c.ID)
	if got.Statement != "She [Angela Merkel] lost 14 files on 25 March" || got.WordsVersion != 2 {
		t.Fatalf("it reads %q in version %d", got.Statement, got.WordsVersion)
	}
	if page := d.get("reviewer-1", url+"/edit").want(t, http.StatusOK).body; strings.Contains(page, "Fill in from") {
		t.Error("brackets that were settled are proposed again")
	}
	d.json("reviewer-1", "GET", url, "").want(t, http.StatusOK, `"unsupported":[]`)

	d.form("reviewer-1", url+"/accept", "version", itoa(got.Version)).want(t, http.StatusSeeOther)
	d.rules(1)
	d.reviewed("reviewer-1", c.ID, "the minutes")
	d.approved(c.ID)
	d.frozen(c.ID, "With brackets")
	d.form("editor-1", "/sets/1/export", "format", "json").want(t, http.StatusOK, fmt.Sprintf(
		`"brackets":[{"words":"Angela Merkel","at":4,"start":0,"end":13,"revision":%d}]`, in.Revision.ID))
	d.form("editor-1", "/sets/1/export", "format", "csv").want(t, http.StatusOK, ",brackets", "[Angela Merkel] 0–13")
}
