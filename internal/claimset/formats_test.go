package claimset_test

import (
	"bytes"
	"strings"
	"testing"

	"claimbench/internal/claimset"
	"claimbench/internal/fault"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

func TestTheTableOfFormatsIsWhole(t *testing.T) {
	t.Parallel()
	names, endings := map[string]bool{}, map[string]bool{}
	for _, f := range claimset.Formats() {
		if f.Name == "" || f.Word == "" || f.Short == "" || !strings.Contains(f.Media, "/") || f.Ending == "" {
			t.Errorf("a format lacks something: %+v", f)
		}
		if names[f.Name] || endings[f.Ending] {
			t.Errorf("two formats are called %q or end in %q", f.Name, f.Ending)
		}
		names[f.Name], endings[f.Ending] = true, true
		if got, err := claimset.FormatOf(f.Name); err != nil || got.Media != f.Media {
			t.Errorf("FormatOf(%q) = %+v, %v", f.Name, got, err)
		}
		if !strings.Contains(claimset.FormatNames("|"), f.Name) || !strings.Contains(claimset.FormatWords(), f.Short) {
			t.Errorf("%q is not among %q and %q", f.Name, claimset.FormatNames("|"), claimset.FormatWords())
		}
	}
}

func TestOptionsThatAreNone(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		options claimset.Options
		field   string
		says    string
	}{
		{claimset.Options{}, "format", "no format of export"},
		{claimset.Options{Format: "xlsx"}, "format", "“xlsx” is no format of export. Choose json or csv"},
		{claimset.Options{Format: "JSON"}, "format", "no format of export"},
		{claimset.Options{Format: claimset.JSON, BOM: true}, "bom", "does not go with JSON"},
		{claimset.Options{Format: claimset.CSV}, "", ""},
		{claimset.Options{Format: claimset.CSV, BOM: true}, "", ""},
	} {
		err := c.options.Check()
		if (err == nil) != (c.says == "") {
			t.Errorf("%+v: %v", c.options, err)
			continue
		}
		if err == nil {
			continue
		}
		f, ok := fault.As(err)
		if !ok || f.Kind != fault.Invalid || !strings.Contains(f.Msg, c.says) || len(f.Fields) != 1 ||
			f.Fields[0].Name != c.field {
			t.Errorf("%+v: %+v", c.options, f)
		}
	}
}

func TestEveryFormatTellsTheClaimsAndWithholdsWhatWasTakenDown(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x := newBench(t, db)
		ed, words := x.As("editor-1"), "شورا ۱۲ کمک را تصویب کرد"
		c := x.approved(words, words+".")
		set := x.frozen("A set", c.ID)
		export := func(f claimset.Format) string {
			var b bytes.Buffer
			o := claimset.Options{Format: f.Name}
			if _, err := x.Sets.Record(roomtest.Ctx(), ed, set.ID, o); err != nil {
				t.Errorf("%s: %v", f.Name, err)
			}
			if err := x.Sets.Export(roomtest.Ctx(), ed, set.ID, &b, o); err != nil {
				t.Errorf("%s: %v", f.Name, err)
			}
			return b.String()
		}
		for _, f := range claimset.Formats() {
			if got := export(f); !strings.Contains(got, words) || !strings.Contains(got, "corroborated") {
				t.Errorf("%s does not tell the claim:\n%s", f.Name, got)
			}
		}
		if err := x.Articles.TakeDown(roomtest.Ctx(), ed, x.a.Article.ID, x.a.Article.Version, "asked"); err != nil {
			t.Fatal(err)
		}
		for _, f := range claimset.Formats() {
			if got := export(f); strings.Contains(got, words) {
				t.Errorf("%s tells words of an article that was taken down:\n%s", f.Name, got)
			}
		}
	})
}
