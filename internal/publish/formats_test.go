package publish_test

import (
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/claimset"
	"claimbench/internal/fault"
	"claimbench/internal/publish"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

func TestTheTableOfFormatsIsWhole(t *testing.T) {
	t.Parallel()
	names, endings := map[string]bool{}, map[string]bool{}
	for _, f := range publish.Formats() {
		if f.Name == "" || f.Word == "" || f.Short == "" || !strings.Contains(f.Media, "/") || f.Ending == "" {
			t.Errorf("a format lacks something: %+v", f)
		}
		if names[f.Name] || endings[f.Ending] {
			t.Errorf("two formats are called %q or end in %q", f.Name, f.Ending)
		}
		names[f.Name], endings[f.Ending] = true, true
		if got, err := publish.FormatOf(f.Name); err != nil || got.Media != f.Media {
			t.Errorf("FormatOf(%q) = %+v, %v", f.Name, got, err)
		}
		if !strings.Contains(publish.FormatNames("|"), f.Name) || !strings.Contains(publish.FormatWords(), f.Short) {
			t.Errorf("%q is not among %q and %q", f.Name, publish.FormatNames("|"), publish.FormatWords())
		}
	}
}

func TestOptionsThatAreNone(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		options publish.Options
		field   string
		says    string
	}{
		{publish.Options{}, "format", "no format of export"},
		{publish.Options{Format: "zip"}, "format", "“zip” is no format of export. Choose json or csv"},
		{publish.Options{Format: "JSON"}, "format", "no format of export"},
		{publish.Options{Format: publish.JSON, BOM: true}, "bom", "does not go with JSON"},
		{publish.Options{Format: publish.CSV, Lang: "xx"}, "lang", "no words in “xx”"},
		{publish.Options{Format: publish.CSV, Lang: "fa"}, "lang", "no words of its own"},
		{publish.Options{Format: publish.CSV, Claim: 3}, "claim", "made of a whole set"},
		{publish.Options{Format: publish.ClaimReview, Claim: -3}, "claim", "made of a whole set"},
		{publish.Options{Format: publish.ClaimReview, Claim: 3}, "", ""},
		{publish.Options{Format: publish.CSV}, "", ""},
		{publish.Options{Format: publish.CSV, BOM: true}, "", ""},
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
		set := x.frozen("A set", claimset.Imprint{Publisher: "Desk", People: claimset.Nobody}, c.ID)
		for _, f := range publish.Formats() {
			got := told(t, f, x.export(f.Usual(), set))
			if f.Name != publish.CSVEvidence && !strings.Contains(got, words) || !strings.Contains(got, "12 grants") {
				t.Errorf("%s does not tell the claim:\n%s", f.Name, got)
			}
			if strings.Contains(got, "Editor One") {
				t.Errorf("%s names a person of a set that names nobody:\n%s", f.Name, got)
			}
		}
		for _, of := range []articles.Imported{x.a, x.b} {
			if err := x.Articles.TakeDown(roomtest.Ctx(), ed, of.Article.ID, of.Article.Version, "asked"); err != nil {
				t.Fatal(err)
			}
		}
		for _, f := range publish.Formats() {
			got := told(t, f, x.export(f.Usual(), set))
			if strings.Contains(got, words) || strings.Contains(got, "12 grants") {
				t.Errorf("%s tells words of an article that was taken down:\n%s", f.Name, got)
			}
			if slices.Contains([]string{publish.ClaimReview, publish.DataFeed, publish.AVeriTeC, publish.Annotation},
				f.Name) && !strings.Contains(got, "[withheld: taken down]") {
				t.Errorf("%s does not say that the words are withheld:\n%s", f.Name, got)
			}
		}
		x.Verify()
	})
}

// TestExportsAreRecorded: the history says who took a set away, as what, and the hash of what they got.
func TestExportsAreRecorded(t *testing.T) {
	t.Parallel()
	x := newBench(t, storetest.SQLite(t))
	c := x.approved("شورا ۱۲ کمک را تصویب کرد", "شورا ۱۲ کمک را تصویب کرد.")
	set := x.frozen("A set", claimset.Imprint{}, c.ID)
	got := x.export(publish.Options{Format: publish.CSV, BOM: true}, set)
	var said []string
	if err := x.DB.Read(roomtest.Ctx(), func(r *store.Rx) (err error) {
		return r.Gorm().Raw("SELECT t.text FROM event_texts t JOIN events e ON e.seq = t.seq WHERE e.action LIKE " +
			"'claimset.export%' ORDER BY e.seq").Scan(&said).Error
	}); err != nil {
		t.Fatal(err)
	}
	want := []string{"csv", fmt.Sprintf("csv, %d bytes, sha256 %x", len(got), sha256.Sum256([]byte(got)))}
	if !slices.Equal(said, want) {
		t.Errorf("the history says %q, want %q", said, want)
	}
	if _, err := x.Publish.Record(roomtest.Ctx(), x.As("editor-1"), set.ID,
		publish.Options{Format: publish.ClaimReview, Claim: 999}); fault.KindOf(err) != fault.Invalid {
		t.Errorf("a claim that is not in the set: %v", err)
	}
}
