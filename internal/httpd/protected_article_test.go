package httpd

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"claimbench/internal/articles"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// closedStory imports an article of a source, makes claims and candidates of it, rests another claim on a passage of
// it, prints one before and one after it is protected. What tells of the source, and all that the article says, differs
// from one world to the other; the statements of the claims do not.
func closedStory(d *door, w informant, tick func()) {
	step := func(user, path string, fields ...string) {
		d.t.Helper()
		tick()
		d.form(user, path, fields...).want(d.t, http.StatusSeeOther)
	}
	s := string(w)
	raw := "The " + s + " files list twelve grants. Officials of " + s + " denied them on 4 May 2017.\n\n" +
		"A clerk said that " + s + " paid them."
	a := d.Article(articles.Import{Source: s + " Weekly", Lang: "en", Title: "What " + s + " knew", Byline: "By " + s,
		URL: "https://" + s + ".example/story", Published: fmt.Sprintf("2017-05-%02d", len(s)), Raw: raw})
	fa, _ := d.twoArticles()
	d.rules(1)
	first := d.Claim(a, s+" files list twelve grants", "Twelve grants are listed.")
	second := d.Claim(a, "Officials of "+s+" denied them", "Officials denied the grants.")
	third := d.Claim(fa, "حدود ۹ گیگابایت", "حدود ۹ گیگابایت داده منتشر شد")
	step("editor-1", "/articles/1/extract")
	step("editor-1", "/articles/1/origin", "new_origin", s+" desk", "version", "0")
	step("editor-1", claimURL(third.ID)+"/evidence", d.passage(a, "A clerk said that "+s+" paid them.")...)
	tick()
	d.reviewed("reviewer-1", first.ID, "Both articles.")
	tick()
	d.approved(first.ID)
	tick()
	d.frozen(first.ID, "Before")
	step("editor-1", "/articles/1/protection", "version", "1", "reason", "source at risk")
	tick()
	d.reviewed("reviewer-1", second.ID, "Both articles.")
	tick()
	d.approved(second.ID)
	tick()
	d.frozen(second.ID, "After")
	tick()
	d.reviewed("reviewer-1", third.ID, "Both articles.")
	tick()
	d.approved(third.ID)
	tick()
	d.frozen(third.ID, "Rests on it")
}

// passage are the fields that link a passage of an article.
func (d *door) passage(a articles.Imported, words string) []string {
	d.t.Helper()
	at := strings.Index(d.raw(a.Article.ID), words)
	if at < 0 {
		d.t.Fatalf("the article does not say %q", words)
	}
	return []string{"article", itoa(a.Article.ID), "revision", itoa(a.Revision.ID), "start", itoa(at), "end",
		itoa(at + len(words)), "stance", "supports", "kind", "report", "note", "It says so."}
}

func (d *door) raw(id articles.ID) (raw string) {
	d.t.Helper()
	if err := d.DB.Read(d.t.Context(), func(r *store.Rx) error {
		t, err := articles.TextOf(r, id, 0)
		raw = t.Revision.Raw
		return err
	}); err != nil {
		d.t.Fatal(err)
	}
	return raw
}

// TestProtectedArticleIsNowhere: two servers on which the same things happened, but for who wrote a protected article,
// what it is called, where it is and what it says, give everybody who may not read it the same answers to everything.
func TestProtectedArticleIsNowhere(t *testing.T) {
	t.Parallel()
	for engine, open := range map[string]func(*testing.T) *store.DB{"sqlite": storetest.SQLite,
		"postgres": storetest.Postgres} {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			w := newTwins(t, open)
			names := []informant{"zanzibar", "quetzalcoatl"}
			mins := w.mins
			for i, d := range w.door {
				w.mins = mins
				w.at(d, func(d *door) {
					closedStory(d, names[i], func() { w.mins++; w.at(d, func(*door) {}) })
				})
			}
			w.warm()
			w.closedReads(names)
			w.closedExports(names)
			for i, d := range w.door {
				for user, knows := range map[string]bool{"editor-1": true, "editor-2": true, "reviewer-2": false} {
					for _, path := range []string{"/claims/1", "/claims/3", "/articles/1"} {
						if got := strings.Contains(d.get(user, path).body, string(names[i])); got != knows {
							t.Errorf("%s reads the article on %s: %v, want %v", user, path, got, knows)
						}
					}
				}
				d.Verify()
			}
		})
	}
}

// closedReads fetches everything as those who may not know.
func (w *twins) closedReads(names []informant) {
	w.t.Helper()
	var events []string
	for seq := range w.door[0].Count("events") {
		events = append(events, "/history/"+itoa(seq+1))
	}
	paths := append(w.door[0].pages(), "/articles/1/protection", "/history?object=article:1",
		"/history?object=revision:1", "/history?object=source:1", "/history?object=origin:1",
		"/history?object=article_protection:1", "/history?object=evidence:1", "/exceptions/protected_source",
		under(1, "search")+"?q=zanzibar", under(1, "search")+"?q=clerk", under(1, "articles")+"?text=knew")
	for _, user := range strangers {
		for _, path := range slices.Concat(paths, events) {
			for form, header := range forms {
				if user != "auditor-1" && strings.HasPrefix(path, "/history/") {
					continue
				}
				var got [2]reply
				for i, d := range w.door {
					got[i] = d.do(user, get, path, "", "", header...)
					if !strings.Contains(path, "q=") {
						w.lacks(names, user+" "+path+" "+form, got[i].text())
					}
				}
				if !strings.Contains(path, "/history") || user != "auditor-1" {
					w.same(user+" "+path+" "+form, sameHash(got[0].text()), sameHash(got[1].text()))
				}
			}
		}
	}
	for _, past := range []string{"1", "5", "9", "20"} {
		at := worldStart.Format("2006-01-02") + "T12:" + fmt.Sprintf("%02s", past) + ":30Z"
		for i, d := range w.door {
			for _, path := range []string{"/claims/1", "/claims/3", "/articles/1", "/articles/1/revisions",
				under(1, "articles"), under(1, "claims")} {
				r := d.get("auditor-1", path+"?asof="+url.QueryEscape(at))
				w.lacks(names, fmt.Sprint(path, " of the past of world ", i, " at ", at), r.text())
			}
		}
	}
}

// closedExports takes everything away that can be, as an editor and as an auditor.
func (w *twins) closedExports(names []informant) {
	w.t.Helper()
	for i, d := range w.door {
		for _, set := range []string{"1", "2", "3"} {
			for _, format := range []string{"json", "csv", "csv-evidence", "xlsx", "report", "fragment", "claimreview",
				"datafeed", "annotation", "averitec"} {
				for _, user := range []string{"editor-1", "auditor-1"} {
					r := d.form(user, "/sets/"+set+"/export", "format", format).want(w.t, http.StatusOK)
					w.lacks(names, fmt.Sprint("world ", i, ", set ", set, ", ", format), r.body)
					if (format == "report" || format == "json" || format == "csv-evidence" && set == "3") &&
						!strings.Contains(r.body, "source at risk") {
						w.t.Errorf("the %s of set %s does not say why the source is protected", format, set)
					}
				}
			}
		}
		all := d.form("auditor-1", "/history/export").want(w.t, http.StatusOK)
		w.lacks(names, "the exported history", all.body)
	}
}

// TestProtectedArticleByRole: who may protect, name readers and read; that a lifted protection leaves nothing behind.
func TestProtectedArticleByRole(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	const secret = "zanzibar"
	closedStory(d, secret, func() {})
	for _, user := range []string{"reviewer-1", "auditor-1", "admin-1"} {
		d.form(user, "/articles/1/protection/lift", "version", "2").want(t, http.StatusForbidden)
		d.form(user, "/articles/1/readers", "user", user).want(t, http.StatusForbidden)
		d.get(user, "/articles/1/protection").want(t, http.StatusForbidden)
	}
	reads := func(user string) bool {
		return strings.Contains(d.get(user, "/articles/1").body, secret) &&
			strings.Contains(d.get(user, "/claims/1").body, secret)
	}
	for _, not := range []string{"auditor-1", "editor-2", "nobody"} {
		d.form("editor-1", "/articles/1/readers", "user", not).want(t, http.StatusUnprocessableEntity)
	}
	d.form("editor-1", "/articles/1/readers", "user", "reviewer-2").want(t, http.StatusSeeOther)
	d.get("editor-1", "/articles/1/protection").want(t, http.StatusOK, secret, "Reviewers who see the source")
	for path, no := range map[string]string{"/claims/1": "is not in the claim’s words", "/articles/1": "0 characters",
		under(1, "articles"): "0 characters"} {
		if strings.Contains(d.get("reviewer-1", path).want(t, http.StatusOK).body, no) {
			t.Errorf("%s says %q of what is only withheld", path, no)
		}
	}
	if !reads("reviewer-2") || reads("reviewer-1") || reads("auditor-1") || reads("admin-1") {
		t.Error("whom the editor named, and nobody else, reads the article")
	}
	for _, page := range []string{"/articles/1", under(1, "articles")} {
		if body := d.get("reviewer-1", page).body; strings.Contains(body, ">0 characters") {
			t.Errorf("%s says that a protected text, which its reader is not shown, has no characters", page)
		}
	}
	d.get("reviewer-2", "/notices").want(t, http.StatusOK, "protected source")
	d.get("auditor-1", "/exceptions/protected_source").want(t, http.StatusOK, "printed openly, protected since",
		"printed as protected", "article:1", "evidence:1")
	d.form("editor-1", "/articles/1/readers/remove", "user", "reviewer-2").want(t, http.StatusSeeOther)
	if reads("reviewer-2") {
		t.Error("who is named no more reads the article")
	}
	d.form("editor-1", "/articles/1/protection", "version", "2", "reason", "again").want(t, http.StatusConflict)
	d.form("editor-1", "/articles/1/take-down", "version", "2", "reason", "law").want(t, http.StatusConflict)
	d.form("editor-1", "/articles/1/protection/lift", "version", "1").want(t, http.StatusConflict)
	d.form("editor-1", "/articles/1/protection/lift", "version", "2").want(t, http.StatusSeeOther)
	if !reads("reviewer-1") || !reads("auditor-1") {
		t.Error("an article that is open again is not read")
	}
	d.get("reviewer-1", under(1, "search")+"?q=clerk").want(t, http.StatusOK, "clerk</mark> said that")
	d.get("auditor-1", "/history?object=article:1").want(t, http.StatusOK, "What "+secret+" knew")
	d.Verify()
}

// TestProtectedWhenTheClockWentBack: what was printed before a source was protected is masked also when the clock says
// that it was protected before it was printed.
func TestProtectedWhenTheClockWentBack(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	const secret = "zanzibar"
	at := worldStart
	d.DB.SetClock(func() time.Time { return at })
	d.rules(1)
	a := d.Article(articles.Import{Source: secret + " Weekly", Lang: "en", Raw: "The " + secret + " files list " +
		"twelve."})
	d.Claim(a, secret+" files list twelve", "Twelve are listed.")
	d.form("editor-1", "/claims/1/evidence/outside", informant(secret).outside(1)...).want(t, http.StatusSeeOther)
	d.reviewed("reviewer-1", 1, "x")
	d.approved(1)
	d.frozen(1, "S")
	at = at.Add(-48 * time.Hour)
	d.form("editor-1", "/evidence/1/protection", "version", "1", "reason", "source at "+
		"risk").want(t, http.StatusSeeOther)
	d.form("editor-1", "/articles/1/protection", "version", "1", "reason", "source at "+
		"risk").want(t, http.StatusSeeOther)
	for _, format := range []string{"json", "csv-evidence", "report", "claimreview"} {
		body := d.form("editor-1", "/sets/1/export", "format", format).want(t, http.StatusOK).body
		if strings.Contains(strings.ToLower(body), secret) {
			t.Errorf("the %s names the source", format)
		}
	}
	d.Verify()
}
