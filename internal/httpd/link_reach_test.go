package httpd

import (
	"flag"
	"net/http"
	"testing"
)

var reach = flag.String("reach", "link", "which POST runs at the end: link, theme or none")

// TestLinkAPassage links a passage of another article to a claim, by one POST. scripts/reach runs it with that POST,
// with a POST that changes nothing but a cookie, and with none, and so finds the files that each goes through.
func TestLinkAPassage(t *testing.T) {
	d := newDoor(t)
	fa, ar := d.twoArticles()
	cl := d.Claim(fa, "حدود ۹ گیگابایت", "حدود ۹ گیگابایت داده منتشر شد")
	span := d.Find(ar, "نشر وثائق داخلية")
	url := claimURL(cl.ID) + "/evidence"
	d.get("reviewer-1", url).want(t, http.StatusOK)
	switch *reach {
	case "link": // other tests look at what was linked
		d.form("reviewer-1", url, "article", itoa(ar.Article.ID), "revision", itoa(ar.Revision.ID), "start",
			itoa(span.Start), "end", itoa(span.End), "exact", "نشر وثائق داخلية", "stance", "supports", "kind",
			"report").want(t, http.StatusSeeOther)
	case "theme":
		d.form("reviewer-1", "/theme", "theme", "dark", "back", url).want(t, http.StatusSeeOther)
	}
}
