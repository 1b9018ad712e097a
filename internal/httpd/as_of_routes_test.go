package httpd

import (
	"strings"
	"testing"

	"claimbench/internal/auth"
	"claimbench/internal/store/storetest"
)

// TestEveryPageHasAPast walks the table of routes: what an auditor may read can be asked as of a moment, or its line
// says why not; and nothing says so that need not. Pages that auditors may not open have no past, for nobody else may
// ask for one.
func TestEveryPageHasAPast(t *testing.T) {
	t.Parallel()
	d := newDoorOn(t, storetest.SQLite(t))
	auditor := d.As("auditor-1")
	// whoever comes is nobody yet, or is known to nobody here
	before := map[string]bool{"/": true, "/sign-in": true, "/link/:token": true, "/healthz": true, "/readyz": true}
	past, without := 0, 0
	for _, r := range d.server.routes() {
		a := r.access
		if r.method != get {
			if a.past || a.noPast != "" {
				t.Errorf("%s %s changes something, and has no past", r.method, r.path)
			}
			continue
		}
		opens := a.signed || a.open && !a.nobody && !before[r.path]
		if a.thing != "" {
			_, err := d.Policy.MayAnywhere(auditor, a.thing, a.action)
			opens = err == nil
		}
		switch {
		case a.past && a.noPast != "":
			t.Errorf("%s has a past, and says why it has none", r.path)
		case opens && !a.past && a.noPast == "":
			t.Errorf("auditors read %s, and it neither answers as of a moment nor says why not: ofPast(), "+
				"or ofNow(why)", r.path)
		case !opens && (a.past || a.noPast != ""):
			t.Errorf("auditors may not open %s; nobody else may ask for the past", r.path)
		case a.noPast != "" && (!strings.HasSuffix(a.noPast, ".") || len(a.noPast) < 20):
			t.Errorf("%s does not say why it has no past: %q", r.path, a.noPast)
		}
		if a.past {
			past++
		}
		if a.noPast != "" {
			without++
		}
	}
	if past < 20 || without == 0 {
		t.Errorf("%d pages have a past and %d say why not: this test asks nothing", past, without)
	}
	if _, err := d.Policy.MayAnywhere(auditor, auth.ThingEvidence, auth.Link); err == nil {
		t.Error("an auditor links evidence")
	}
}
