package methods_test

import (
	"strings"
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/fault"
	"claimbench/internal/methods"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// TestVersions: a version is written by editors, never changes, and has a hash of all that is printed of it.
func TestVersions(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx, w := roomtest.Ctx(), roomtest.New(t, db, articles.CollectionNew{})
		in, editor := w.Collection.ID, w.As("editor-1")
		one, err := w.Methods.Set(ctx, editor, in, methods.Draft{Words: "# How\r\n\r\nTwo origins."})
		if err != nil || one.N != 1 || one.Lang != "en" || strings.Contains(one.Words, "\r") ||
			len(one.Scale()) != len(methods.Usual()) {
			t.Fatalf("%+v, %v", one, err)
		}
		means := func(name, means string) methods.Scale { return methods.Scale{{Name: name, Means: means}} }
		for what, x := range map[string]struct {
			who  string
			d    methods.Draft
			kind fault.Kind
		}{
			"a reviewer":   {"reviewer-1", methods.Draft{Words: "x", Opened: 1}, fault.Forbidden},
			"an admin":     {"admin-1", methods.Draft{Words: "x", Opened: 1}, fault.Forbidden},
			"nothing":      {"editor-1", methods.Draft{Words: " \n", Opened: 1}, fault.Invalid},
			"too much":     {"editor-1", methods.Draft{Words: strings.Repeat("x", 20_001), Opened: 1}, fault.Invalid},
			"no language":  {"editor-1", methods.Draft{Words: "x", Lang: "Klingon!", Opened: 1}, fault.Invalid},
			"no change":    {"editor-1", methods.Draft{Words: one.Words, Lang: "en", Opened: 1}, fault.Invalid},
			"another's":    {"editor-2", methods.Draft{Words: "x", Lang: "en"}, fault.Conflict},
			"control, RLO": {"editor-1", methods.Draft{Words: "a\u202eb", Opened: 1}, fault.Invalid},
			"too deep":     {"editor-1", methods.Draft{Words: strings.Repeat(">", 19_000), Opened: 1}, fault.Invalid},
			"no verdict": {"editor-1", methods.Draft{Words: "x", Opened: 1, Scale: means("true", "So.")},
				fault.Invalid},
			"RLO in a step": {"editor-1", methods.Draft{Words: "x", Opened: 1, Scale: means("disputed", "a\u202eb")},
				fault.Invalid},
			"long meaning": {"editor-1", methods.Draft{Words: "x", Opened: 1, Scale: means("disputed",
				strings.Repeat("x", 501))}, fault.Invalid},
		} {
			if _, err := w.Methods.Set(ctx, w.As(x.who), in, x.d); fault.KindOf(err) != x.kind {
				t.Errorf("%s: %v, want %s", what, err, x.kind)
			}
		}
		two, err := w.Methods.Set(ctx, editor, in, methods.Draft{Words: one.Words, Lang: "en", Opened: 1,
			Scale: means("single_origin", "از یک خاستگاه")})
		if err != nil || two.N != 2 || two.SHA256 == one.SHA256 {
			t.Fatalf("%+v, %v", two, err)
		}
		if err := db.Read(ctx, func(r *store.Rx) error {
			first, err := methods.Numbered(r, in, 1)
			if err != nil || first.SHA256 != one.SHA256 || first.Words != "# How\n\nTwo origins." {
				t.Errorf("version 1 is %+v, %v", first, err)
			}
			if _, err := methods.Numbered(r, in, 9); fault.KindOf(err) != fault.NotFound {
				t.Errorf("version 9: %v", err)
			}
			list, err := methods.Before(r, in, 0, 1)
			if err == nil && (len(list) != 1 || list[0].N != 2 || list[0].Words != "") {
				t.Errorf("the list begins with %+v", list)
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
		w.Verify()
	})
}

// TestTheUsualScale: each verdict and reason has a meaning, and false and true alone have a value.
func TestTheUsualScale(t *testing.T) {
	valued := 0
	for _, s := range methods.Usual() {
		if s.Means == "" || s.Word() == "" || (s.Rating == "") != (s.Name == "disputed") {
			t.Errorf("%+v", s)
		}
		if strings.HasSuffix(s.Rating, " of 5") {
			valued++
		}
	}
	if valued != 5 { // corroborated with its three reasons, and refuted
		t.Errorf("%d steps have a value", valued)
	}
}
