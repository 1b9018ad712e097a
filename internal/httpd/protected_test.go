package httpd

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"claimbench/internal/captures"
	"claimbench/internal/claims"
	"claimbench/internal/evidence"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// informant is what tells of a protected source in one of two worlds: in each of its words, and nowhere else.
type informant string

// outside are the fields of a document of that source.
func (w informant) outside(n int, fields ...string) []string {
	s := string(w)
	return append([]string{"url", fmt.Sprintf("https://%s.example/%d", s, n), "archived_url",
		"https://" + s + ".example/old", "title", s + " minutes", "publisher", s + " press", "quotation",
		"The " + s + " minutes list twelve grants.", "lang", "en", "read_on", "2026-11-20", "new_origin", s, "note",
		"From " + s + ", by hand.", "stance", "supports", "kind", "primary_document"}, fields...)
}

// protectedStory links three documents of a source to a claim that is printed, and one to another claim: two are
// protected from the start, one before the freeze and one after it.
func protectedStory(d *door, w informant, tick func()) (set string) {
	step := func(user, path string, fields ...string) {
		d.t.Helper()
		tick()
		d.form(user, path, fields...).want(d.t, http.StatusSeeOther)
	}
	fa, ar := d.twoArticles()
	d.rules(1)
	cl := d.Claim(fa, "حدود ۹ گیگابایت", "حدود ۹ گیگابایت داده منتشر شد")
	d.Claim(ar, "نشر وثائق داخلية", "نشر وثائق داخلية")
	step("editor-1", "/claims/1/evidence/outside", w.outside(1, "protect", "source at risk")...)
	step("editor-1", "/claims/1/evidence/outside", w.outside(2)...)
	step("editor-1", "/claims/1/evidence/outside", w.outside(3)...)
	step("editor-1", "/claims/2/evidence/outside", w.outside(4, "protect", "asked for it")...)
	for n, says := range []string{"The %s minutes list twelve grants.", "The %s minutes list ten grants.",
		"The %s minutes list twelve grants."} {
		tick()
		_, err := d.Evidence.Capture(roomtest.Ctx(), d.As("editor-1"), evidence.ID(n+1), captures.File{
			Name: string(w) + ".txt", Body: fmt.Appendf(nil, says+" %s signed them.", w, w)})
		if err != nil {
			d.t.Fatal(err)
		}
	}
	step("editor-1", "/evidence/2/protection", "version", "1", "reason", "asked not to be named")
	tick()
	d.reviewed("reviewer-1", cl.ID, "Both articles.")
	tick()
	d.approved(cl.ID)
	tick()
	d.frozen(cl.ID, "Twelve")
	step("editor-1", "/evidence/3/protection", "version", "1", "reason", "threatened since")
	return "/sets/1"
}

// strangers are people who read the collection, and may not read the source.
var strangers = []string{"reviewer-1", "reviewer-2", "auditor-1", "admin-1", ""}

// TestProtectedSourceIsNowhere: two servers on which the same things happened, but for who a protected source is, what
// it is called, where it is and what it says, give everybody who may not know the same answers to everything.
func TestProtectedSourceIsNowhere(t *testing.T) {
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
					protectedStory(d, names[i], func() { w.mins++; w.at(d, func(*door) {}) })
				})
			}
			w.warm()
			w.strangersRead(names)
			w.strangersExport(names)
			for i, d := range w.door {
				for user, knows := range map[string]bool{"editor-1": true, "editor-2": true, "reviewer-2": false} {
					for _, path := range []string{"/claims/1", "/evidence/1/capture", "/evidence/3/capture"} {
						if got := strings.Contains(d.get(user, path).body, string(names[i])); got != knows {
							t.Errorf("%s reads the source at %s: %v, want %v", user, path, got, knows)
						}
					}
				}
				d.Verify()
			}
		})
	}
}

// strangersRead fetches everything as those who may not know.
func (w *twins) strangersRead(names []informant) {
	w.t.Helper()
	var events []string // the pages of single events show hashes that are drawn: they are searched, not compared
	for seq := range w.door[0].Count("events") {
		events = append(events, "/history/"+itoa(seq+1))
	}
	paths := append(w.door[0].pages(), "/evidence/1/protection", "/evidence/3/protection", "/history?object=evidence:1",
		"/history?object=evidence:3", "/history?object=origin:1", "/history?object=protection:1",
		"/exceptions/protected_source", "/exceptions/not_in_capture", "/history?object=capture:1",
		"/history?object=capture:3", "/evidence/3/capture?capture=3", "/evidence/2/capture?capture=2")
	for _, user := range strangers {
		for _, path := range slices.Concat(paths, events) {
			for form, header := range forms {
				if user != "auditor-1" && strings.HasPrefix(path, "/history/") {
					continue
				}
				var got [2]reply
				for i, d := range w.door {
					got[i] = d.do(user, get, path, "", "", header...)
					w.lacks(names, user+" "+path+" "+form, got[i].text())
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
			r := d.get("auditor-1", "/claims/1?asof="+url.QueryEscape(at))
			w.lacks(names, fmt.Sprint("the past of world ", i, " at ", at), r.text())
		}
	}
}

// sameHash leaves the hash of what was frozen out: a set that printed a source openly was read by everybody then.
func sameHash(text string) string { return frozenHash.ReplaceAllString(text, "$1…") }

var frozenHash = regexp.MustCompile(`("contents":"|"sha256":"|sha256 )[0-9a-f]{64}`)

func (w *twins) lacks(names []informant, what, text string) {
	w.t.Helper()
	for _, name := range names {
		if strings.Contains(strings.ToLower(text), string(name)) {
			w.t.Errorf("%s holds “%s”", what, name)
		}
	}
}

// strangersExport takes everything away that can be, as an editor and as an auditor.
func (w *twins) strangersExport(names []informant) {
	w.t.Helper()
	for i, d := range w.door {
		for _, format := range []string{"json", "csv", "csv-evidence", "xlsx", "report", "fragment", "claimreview",
			"datafeed", "annotation", "averitec"} {
			for _, user := range []string{"editor-1", "auditor-1"} {
				r := d.form(user, "/sets/1/export", "format", format).want(w.t, http.StatusOK)
				w.lacks(names, fmt.Sprint("world ", i, ", ", format), r.body)
				if format == "report" && strings.Count(r.body, "A protected source") != 3 {
					w.t.Error("the report does not say three times that a source is protected")
				}
				if format == "json" && !strings.Contains(r.body, `"protected":"source at risk"`) {
					w.t.Error("the JSON does not say why a source is protected")
				}
			}
		}
		all := d.form("auditor-1", "/history/export").want(w.t, http.StatusOK)
		w.lacks(names, "the exported history", all.body)
		if !strings.Contains(all.body, `"protected":true`) {
			w.t.Error("the exported history does not say what it leaves out")
		}
	}
}

// TestProtectedSourceByRole: who may protect, name readers and read; and what is counted.
func TestProtectedSourceByRole(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	const secret = "zanzibar"
	protectedStory(d, secret, func() {})
	for _, user := range []string{"reviewer-1", "auditor-1", "admin-1"} {
		d.form(user, "/evidence/2/protection/lift", "version", "2").want(t, http.StatusForbidden)
		d.form(user, "/evidence/2/readers", "user", user).want(t, http.StatusForbidden)
		d.get(user, "/evidence/2/protection").want(t, http.StatusForbidden)
	}
	d.form("reviewer-1", "/claims/2/evidence/outside", informant("kraken").outside(9, "protect", "x")...).
		want(t, http.StatusForbidden)
	reads := func(user string) bool { return strings.Contains(d.get(user, "/claims/1").body, secret) }
	d.form("editor-1", "/evidence/2/readers", "user", "auditor-1").want(t, http.StatusUnprocessableEntity)
	d.form("editor-1", "/evidence/2/readers", "user", "editor-2").want(t, http.StatusUnprocessableEntity)
	if page := d.get("editor-1", "/evidence/2/protection").body; strings.Contains(page, "(editor-2)") {
		t.Error("an editor, who needs no naming, is offered to be named")
	}
	d.form("editor-1", "/evidence/2/readers", "user", "reviewer-2").want(t, http.StatusSeeOther)
	d.get("reviewer-2", "/notices").want(t, http.StatusOK, "protected source", "/claims/1")
	d.get("reviewer-1", "/notices").lacks(t, "protected source")
	d.get("editor-1", "/evidence/2/protection").want(t, http.StatusOK, secret, "Reviewers who see the source")
	if !reads("reviewer-2") || reads("reviewer-1") || reads("auditor-1") {
		t.Error("whom the editor named, and nobody else, reads the source")
	}
	d.form("editor-1", "/evidence/2/readers/remove", "user", "reviewer-2").want(t, http.StatusSeeOther)
	if reads("reviewer-2") {
		t.Error("who is named no more reads the source")
	}
	d.form("editor-1", "/evidence/2/protection", "version", "2", "reason", "again").want(t, http.StatusConflict)
	d.form("editor-1", "/evidence/2/protection/lift", "version", "1").want(t, http.StatusConflict)
	d.form("editor-1", "/evidence/2/protection/lift", "version", "2").want(t, http.StatusSeeOther)
	if !reads("reviewer-1") {
		t.Error("a source that is open again is not read")
	}
	var items []evidence.Shown
	if err := d.DB.Read(roomtest.Ctx(), func(r *store.Rx) (err error) {
		items, err = evidence.OfClaim(r, claims.ID(1))
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if items[0].OriginID() != items[1].OriginID() || items[1].OriginID() != items[2].OriginID() {
		t.Error("documents of one origin are counted as of several")
	}
	d.get("auditor-1", "/exceptions/protected_source").want(t, http.StatusOK, "printed openly, protected since")
	d.Verify()
}
