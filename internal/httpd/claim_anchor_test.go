package httpd

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"claimbench/internal/claims"
	"claimbench/internal/evidence"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// TestClaimAnchor gives an article a newer text by the form, and settles what does not stand in it, without script.
func TestClaimAnchor(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := newDoorOn(t, db)
		fa, ar := d.twoArticles()
		art := fmt.Sprintf("/articles/%d", fa.Article.ID)
		nine := d.Claim(fa, "حدود ۹ گیگابایت", "حدود ۹ گیگابایت داده منتشر شد")
		gone := d.Claim(fa, "در وبسایت pastebin", "در وبسایت pastebin")
		same := d.Claim(fa, "مسکو نیز هر دخالتی را رد کرد", "مسکو هر دخالتی را رد کرد")
		about := d.Claim(ar, "الملفات سرقت", "الملفات سرقت")
		d.Link(about, fa, "حدود ۹ گیگابایت", evidence.Supports, evidence.Report)
		d.Link(about, fa, "هر دخالتی را رد کرد", evidence.Context, evidence.Report)

		d.get("reviewer-1", art).want(t, http.StatusOK, `href="`+art+`/revisions"`)
		if page := d.get("reviewer-1", art+"/revisions").want(t, http.StatusOK, "Revision 1"); strings.Contains(
			page.body, "Add a newer text") {
			t.Error("a reviewer is offered to add a text")
		}
		d.get("editor-1", art+"/revisions").want(t, http.StatusOK, "Add a newer text", `name="text"`, `name="file"`)
		d.form("editor-1", art+"/revisions", "version", "1", "text", " ").want(t, http.StatusUnprocessableEntity,
			"wrong-text")
		text := "به‌روز شد.\n" + strings.NewReplacer("۹", "۷", "pastebin", "دیگری").Replace(persian)
		d.form("editor-1", art+"/revisions", "version", "9", "text", text).want(t, http.StatusConflict, "به‌روز شد")
		if to := d.form("editor-1", art+"/revisions", "version", "1", "text", text).want(t,
			http.StatusSeeOther).location; to != art+"/revisions" {
			t.Errorf("sent to %q", to)
		}
		d.get("editor-1", art+"/revisions").want(t, http.StatusOK, "1 claim moved to it unchanged",
			"of which 2 ask a person")
		if d.now(same.ID).Standing != nil || d.now(nine.ID).Standing == nil {
			t.Fatalf("after the revision: %+v, %+v", d.now(same.ID).Standing, d.now(nine.ID).Standing)
		}

		// Reading both texts, each with the claims that stand in it.
		d.get("reviewer-1", art).want(t, http.StatusOK, "older revision", "۷", "دخالتی")
		old := d.get("reviewer-1", art+"?revision=1").want(t, http.StatusOK, "This is revision 1 of 2",
			`data-claims="`+itoa(nine.ID)+`"`, "revision=1")
		if strings.Contains(old.body, "data-claim-url") {
			t.Error("a claim can be made of an older text")
		}
		d.get("reviewer-1", art+"?revision=7").want(t, http.StatusNotFound)
		d.get("reviewer-1", claimURL(about.ID)).want(t, http.StatusOK, "It stands in revision 1 of 2")

		// The queue, the claim and its page.
		d.get("reviewer-2", under(d.Collection.ID, "queue")).want(t, http.StatusOK, "Quotation moved",
			"a number differs there", claimURL(nine.ID)+"/anchor")
		d.get("reviewer-2", claimURL(nine.ID)).want(t, http.StatusOK, "It stands in revision 1 of 2 of its article",
			claimURL(nine.ID)+"/anchor")
		url := claimURL(nine.ID) + "/anchor"
		page := d.get("reviewer-2", url).want(t, http.StatusOK, "A number differs", "<del>۹</del>", "<ins>۷</ins>",
			"Keep on revision 1", `lang="fa" dir="rtl"`, "The statement still says")
		d.get("auditor-1", url).want(t, http.StatusOK, "Reviewers and editors")
		d.form("auditor-1", url+"/keep", "version", "2", "revision", "1").want(t, http.StatusForbidden)
		d.get("reviewer-2", url+"?sentence=3").want(t, http.StatusOK, "مسکو", `aria-current="true"`)
		n := d.now(nine.ID)
		start, end := valueOf(t, page.body, "start"), valueOf(t, page.body, "end")
		send := []string{"version", itoa(n.Version), "revision", valueOf(t, page.body, "revision"), "start", start,
			"end",
			end, "attribution", "", "hedge", "", "kind", "fact"}
		d.form("reviewer-2", url+"/confirm", append(send, "statement", "")...).want(t, http.StatusUnprocessableEntity,
			"wrong-statement")
		d.form("reviewer-2", url+"/confirm", append(send, "statement", "حدود ۷ گیگابایت داده منتشر شد")...).want(t,
			http.StatusSeeOther)
		if n = d.now(nine.ID); n.WordsVersion != 2 || n.Exact != "حدود ۷ گیگابایت" || n.Standing != nil {
			t.Errorf("confirmed: %+v", n)
		}
		d.get("reviewer-2", url).want(t, http.StatusConflict, "nothing to settle")
		g := d.now(gone.ID)
		d.form("reviewer-2", claimURL(gone.ID)+"/anchor/move", "version", itoa(g.Version)).want(t, http.StatusConflict)
		d.form("reviewer-2", claimURL(gone.ID)+"/anchor/keep", "version", itoa(g.Version), "revision",
			valueOf(t, page.body, "revision")).want(t, http.StatusSeeOther)
		if g = d.now(gone.ID); g.Anchor != claims.AnchorKept || g.Standing == nil || g.Standing.Asks {
			t.Errorf("kept: %+v", g)
		}
		items, err := d.Evidence.ForClaim(roomtest.Ctx(), d.As("reviewer-1"), about.ID)
		if err != nil || len(items) != 2 || items[0].Standing == nil || items[0].Standing.Of != 2 ||
			items[1].Standing != nil || items[1].Exact != "هر دخالتی را رد کرد" {
			t.Errorf("evidence after the revision: %+v, %v", items, err)
		}
		d.Verify()
	})
}

// valueOf reads the value of a page's input.
func valueOf(t *testing.T, body, name string) string {
	t.Helper()
	_, rest, ok := strings.Cut(body, `name="`+name+`"`)
	_, rest, ok2 := strings.Cut(rest, `value="`)
	value, _, ok3 := strings.Cut(rest, `"`)
	if !ok || !ok2 || !ok3 {
		t.Fatalf("the page has no %s", name)
	}
	return value
}
