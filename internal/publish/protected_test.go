package publish_test

import (
	"strings"
	"testing"

	"claimbench/internal/captures"
	"claimbench/internal/claims"
	"claimbench/internal/claimset"
	"claimbench/internal/evidence"
	"claimbench/internal/proof"
	"claimbench/internal/publish"
	"claimbench/internal/review"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// TestBundleOfProtectedSources: a bundle of a set that was frozen while a source was protected proves all that it
// prints; of one that printed the source openly all but what tells of it, and it tells nothing of it.
func TestBundleOfProtectedSources(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x := newBench(t, db)
		ctx, ed := roomtest.Ctx(), x.As("editor-1")
		link := func(words, name, protect string) evidence.Item {
			t.Helper()
			c := x.Claim(x.a, words, name+" signed.")
			it, err := x.Evidence.Link(ctx, ed, evidence.Link{ClaimID: c.ID, URL: "https://" + name + ".example/",
				Title: name, Publisher: name, Exact: name + " signed.", Lang: "en", ReadOn: "2026-01-02", Origin: name,
				Note: name, Stance: evidence.Supports, Kind: evidence.PrimaryDocument, Protect: protect})
			if err != nil {
				t.Fatal(err)
			}
			return it
		}
		hidden, open := link("شهردار امضا کرد", "kraken", "source at risk"), link("شورا ۱۲ کمک", "basilisk", "")
		for _, kept := range []struct {
			id    evidence.ID
			words string
		}{{hidden.ID, "kraken signed."}, {open.ID, "On that day, basilisk  signed."}} {
			if _, err := x.Evidence.Capture(ctx, ed, kept.id, captures.File{Name: "press.txt",
				Body: []byte(kept.words)}); err != nil {
				t.Fatal(err)
			}
		}
		prints := func(set claimset.Set, times int) {
			t.Helper()
			for format, words := range map[string]string{publish.JSON: `"capture":"folded"`,
				publish.CSVEvidence: "found in the capture, apart from spaces",
				publish.Report:      "The quotation was found in the copy that is kept, of "} {
				o := publish.Options{Format: format}
				if format == publish.Report {
					o.Lang = "en"
				}
				got := x.export(o, set)
				got = strings.ReplaceAll(strings.ReplaceAll(got, "kept, of {day}", ""), `": "`, `":"`)
				if n := strings.Count(got, words); n != times {
					t.Errorf("%s says %d times how a quotation stands in what is kept, want %d", format, n, times)
				}
				if strings.Contains(got, "press.txt") {
					t.Errorf("%s names the file", format)
				}
			}
		}
		x.decided(t, hidden, open)
		set := x.frozen("Sources", claimset.Imprint{People: claimset.Nobody}, hidden.ClaimID, open.ClaimID)
		prints(set, 1)
		got := x.export(publish.Options{Format: publish.Bundle}, set)
		if r := x.checks(got); r.ExitCode() != 0 || r.Proved != 2 {
			t.Fatalf("%d: %+v", r.ExitCode(), r)
		}
		if all := strings.ToLower(unzipped(t, got)); strings.Contains(all, "https://kraken") || !strings.Contains(all,
			"basilisk.example") || !strings.Contains(all, "source at risk") {
			t.Error("the bundle tells of the protected source, or not of the open one")
		}
		if _, err := x.Evidence.Protect(ctx, ed, open.ID, open.Version, "threatened since"); err != nil {
			t.Fatal(err)
		}
		prints(set, 0)
		got = x.export(publish.Options{Format: publish.Bundle}, set)
		if r := x.checks(got); r.ExitCode() != proof.ExitNotChecked || !r.OK() || r.Partly != 1 || r.Proved != 1 {
			t.Errorf("once it is protected: %d: %+v\n%s", r.ExitCode(), r, unzipped(t, got))
		}
		if strings.Contains(strings.ToLower(unzipped(t, got)), "basilisk.example") {
			t.Error("the bundle tells of a source that was protected since")
		}
	})
}

// decided takes the claims of some items through a review and an approval.
func (x bench) decided(t *testing.T, items ...evidence.Item) {
	t.Helper()
	for _, it := range items {
		c, err := x.Claims.Get(roomtest.Ctx(), x.As("editor-1"), it.ClaimID)
		if err != nil {
			t.Fatal(err)
		}
		if _, _, err = x.Submit("reviewer-1", c, review.Draft{Verdict: claims.Corroborated,
			Reason: review.PrimaryDocument}); err != nil {
			t.Fatal(err)
		}
		v, err := x.Desk.Reviewing(roomtest.Ctx(), x.As("editor-1"), c.ID)
		if err == nil {
			_, err = x.Review.Approve(roomtest.Ctx(), x.As("editor-1"), review.Approval{ClaimID: c.ID,
				Version: v.Rounds[0].Decision.Version, Reason: review.PrimaryDocument, Explanation: "It says so."})
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}
