package publish_test

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"strings"
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/claimset"
	"claimbench/internal/proof"
	"claimbench/internal/publish"
	"claimbench/internal/roomtest"
	"claimbench/internal/shelf"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// checkedBy brings a fact-check of somebody else onto the shelf, and confirms that it says what a claim says.
func (x bench) checkedBy(c claims.Claim) shelf.Entry {
	x.T.Helper()
	ctx, one, ed := roomtest.Ctx(), x.As("reviewer-1"), x.As("editor-1")
	must := func(err error) {
		x.T.Helper()
		if err != nil {
			x.T.Fatal(err)
		}
	}
	file := fmt.Sprintf(`{"@type":"ClaimReview","claimReviewed":%q,"url":"https://facts.example/a?b=1",`+
		`"author":{"name":"Example & Facts"},"datePublished":"2025-03-04",`+
		`"reviewRating":{"alternateName":"Half & half"}}`, c.Statement)
	f, _, err := x.Shelf.Bring(ctx, ed, x.Collection.ID, "a.json", strings.NewReader(file))
	must(err)
	j, err := x.Shelf.Import(ctx, ed, f.ID, f.Version)
	must(err)
	_, err = x.Jobs.Finish(ctx, j.ID)
	must(err)
	must(x.Shelf.CatchUp(ctx, x.Collection.ID))
	var found []shelf.Beside
	must(x.DB.Read(ctx, func(r *store.Rx) (err error) {
		found, err = shelf.OfClaim(r, c)
		return err
	}))
	if len(found) != 1 {
		x.T.Fatalf("proposed: %+v", found)
	}
	_, err = x.Shelf.Decide(ctx, one, c.ID, found[0].Match.ID, found[0].Match.Version, shelf.Confirmed)
	must(err)
	return found[0].Entry
}

// TestAlreadyCheckedInPrint: what others found, as a person confirmed, is frozen, printed in each language and proved
// by the bundle; what was only proposed is not. Of one that is withheld by law later no word goes out any more.
func TestAlreadyCheckedInPrint(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x := newBench(t, db)
		c := x.Claim(x.a, "شورا ۱۲ کمک را تصویب کرد", "شورا ۱۲ کمک را تصویب کرد")
		e := x.checkedBy(c)
		x.approve(c)
		before := x.frozen("Before", claimset.Imprint{}, x.approved("شهردار امضا کرد", "شهردار امضا کرد").ID)
		set := x.frozen("Grants", claimset.Imprint{}, c.ID)
		if got := x.export(publish.Options{Format: publish.JSON}, before); strings.Contains(got, "already_checked") {
			t.Error("another claim prints it")
		}
		want := `"already_checked":[{"publisher":"Example \u0026 Facts","url":"https://facts.example/a?b=1",` +
			`"rating":"Half \u0026 half","day":"2025-03-04","sha256":"` + e.SHA256 + `"}]`
		if got := x.export(publish.Options{Format: publish.JSON}, set); !strings.Contains(got, want) {
			t.Errorf("the JSON: %s\nlacks %s", got, want)
		}
		for lang, says := range map[string]string{
			"en": "Also checked by \u2068Example &amp; Facts\u2069 on 4 March 2025", "fa": "Facts\u2069 نیز این را در",
			"ar": "تحقق منه أيضًا \u2068Example", "ja": "Facts\u2069も2025年"} {
			got := x.export(publish.Options{Format: publish.Report, Lang: lang}, set)
			if strings.Count(got, `data-x="also" data-of="already_checked/0/"`) != 1 || !strings.Contains(got, says) ||
				!strings.Contains(got, `data-f="already_checked/0/rating">Half &amp; half</q>`) {
				t.Errorf("%s: it is not printed", lang)
			}
		}
		line := "Example & Facts, 2025-03-04: Half & half https://facts.example/a?b=1"
		if got := x.export(publish.Options{Format: publish.CSV}, set); strings.Count(got, `,"`+line+"\",\r\n") != 1 ||
			!strings.Contains(got, ",already_checked,by_machines\r\n") {
			t.Errorf("the CSV: %s", got)
		}
		sheets := unzipped(t, x.export(publish.Options{Format: publish.XLSX}, set))
		if !strings.Contains(sheets, strings.ReplaceAll(line, "&", "&amp;")) {
			t.Error("the workbook does not have it")
		}
		// These have no place for what others found: docs/claimset.md.
		for _, f := range []string{publish.ClaimReview, publish.DataFeed, publish.AVeriTeC, publish.Annotation,
			publish.CSVEvidence} {
			if got := x.export(publish.Options{Format: f}, set); strings.Contains(got, "facts.example") {
				t.Errorf("%s has it", f)
			}
		}
		got := x.export(publish.Options{Format: publish.Bundle}, set)
		if r := x.checks(got); r.ExitCode() != 0 || r.Proved != 1 {
			t.Errorf("the bundle: %d: %+v", r.ExitCode(), r)
		}
		for name, to := range map[string]string{"rating": "True", "url": "https://other.example", "day": "2024-01-01",
			"publisher": "", "sha256": "00"} {
			f := forge(t, got)
			at := strings.Index(f.claims[0], `"already_checked"`)
			tail := f.claims[0][at:]
			f.replace(&tail, f.member(tail, name), `"`+name+`":"`+to+`"`)
			f.claims[0] = f.claims[0][:at] + tail
			whole := f.bundle()
			f = forge(t, got)
			f.hide(0, "already_checked/0/"+name)
			f.claims[0] = f.claims[0][:at] + tail
			for _, b := range []string{whole, f.bundle()} { // opened as it was, and opened no more
				r := x.checks(b)
				if said := fmt.Sprint(r.Findings); r.ExitCode() != 1 || b != whole &&
					!strings.Contains(said, "already_checked/0/"+name) {
					t.Errorf("another %s: exit %d, %s", name, r.ExitCode(), said)
				}
			}
		}
		if _, err := x.Shelf.Withhold(roomtest.Ctx(), x.As("editor-1"), e.ID, e.Version, "A court asked."); err != nil {
			t.Fatal(err)
		}
		for _, f := range publish.Formats() {
			got := x.export(publish.Options{Format: f.Name}, set)
			if f.Name == publish.Bundle {
				if r := x.checks(got); r.ExitCode() != proof.ExitNotChecked || r.Partly != 1 {
					t.Errorf("the bundle of withheld words: %d: %+v", r.ExitCode(), r)
				}
				got = unzipped(t, got)
			}
			for _, gone := range []string{"facts.example", "Facts", "Half", "2025-03-04"} {
				if strings.Contains(got, gone) {
					t.Errorf("%s still has %q", f.Name, gone)
				}
			}
		}
		x.Verify()
	})
}

// TestTakenOffIsNotPrinted: an entry that was removed from its shelf is in no set that is frozen later.
func TestTakenOffIsNotPrinted(t *testing.T) {
	t.Parallel()
	x := newBench(t, storetest.SQLite(t))
	c := x.Claim(x.a, "شورا ۱۲ کمک را تصویب کرد", "شورا ۱۲ کمک را تصویب کرد")
	e := x.checkedBy(c)
	x.approve(c)
	if _, err := x.Shelf.Remove(roomtest.Ctx(), x.As("editor-1"), e.ID, e.Version, "It was a joke."); err != nil {
		t.Fatal(err)
	}
	set := x.frozen("Grants", claimset.Imprint{}, c.ID)
	if got := x.export(publish.Options{Format: publish.JSON}, set); strings.Contains(got, "already_checked") {
		t.Error("an entry that was taken off is printed")
	}
}

// TestSetOnAShelf: a set that was frozen here and taken onto another shelf keeps the bytes of each claim, and the shelf
// gives back the lines that its hash is of.
func TestSetOnAShelf(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x := newBench(t, db)
		set := x.frozen("Grants", claimset.Imprint{Publisher: "The <Desk>"},
			x.approved("شورا ۱۲ کمک را تصویب کرد", "شورا ۱۲ کمک را «تصویب» کرد").ID,
			x.approved("شهردار امضا کرد", "شهردار امضا کرد").ID)
		file := x.export(publish.Options{Format: publish.JSON}, set)
		ctx, ed := roomtest.Ctx(), x.As("editor-1")
		other, err := x.Articles.CreateCollection(ctx, x.As("admin-1"), articles.CollectionNew{Name: "Other"})
		if err != nil {
			t.Fatal(err)
		}
		f, look, err := x.Shelf.Bring(ctx, ed, other.ID, "set.json", strings.NewReader(file))
		if err != nil || !look.Whole || look.Good != 2 || look.Source.SHA256 != set.SHA256 {
			t.Fatalf("%v: %+v", err, look)
		}
		j, err := x.Shelf.Import(ctx, ed, f.ID, f.Version)
		if err == nil {
			_, err = x.Jobs.Finish(ctx, j.ID)
		}
		if err != nil {
			t.Fatal(err)
		}
		var lines bytes.Buffer
		if err := x.Shelf.Export(ctx, shelf.ExportAsk{In: other.ID, Set: set.SHA256}, &lines); err != nil {
			t.Fatal(err)
		}
		if got := fmt.Sprintf("%x", sha256.Sum256(lines.Bytes())); got != set.SHA256 {
			t.Errorf("the lines hash to %s, the set to %s", got, set.SHA256)
		}
		all := strings.Split(strings.TrimSuffix(lines.String(), "\n"), "\n")
		if len(all) != 2 {
			t.Errorf("%d lines", len(all))
		}
		for _, line := range all {
			if !strings.Contains(file, line) {
				t.Errorf("the set has no such bytes: %s", line)
			}
		}
	})
}
