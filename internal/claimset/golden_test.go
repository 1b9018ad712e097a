package claimset_test

import (
	"flag"
	"os"
	"path/filepath"
	"testing"
	"time"

	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/evidence"
	"claimbench/internal/review"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestFrozenIsTheSame: what a freeze writes down of a claim is a form that never changes, byte for byte: its hash
// stands in histories. The golden file was written by the program before freezes were done in slices.
func TestFrozenIsTheSame(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		at := time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC)
		db.SetClock(func() time.Time { at = at.Add(time.Second); return at })
		x := newBench(t, db)
		frozen := x.variety()
		golden := filepath.Join("testdata", "frozen.golden")
		if *update {
			if err := os.WriteFile(golden, []byte(frozen), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if frozen != string(want) {
			t.Errorf("what is frozen has another form:\n%s\nwas\n%s", frozen, want)
		}
		x.Verify()
	})
}

// variety freezes a set of claims of every kind, and gives what was written down and its hash.
func (x bench) variety() (frozen string) {
	x.T.Helper()
	ctx, ed := roomtest.Ctx(), x.As("editor-1")
	plain := x.approved("شورا ۱۲ کمک را تصویب کرد", "شورا ۱۲ کمک را تصویب کرد.")
	wire := x.Article(articles.Import{Raw: "The mayor signed <it> & left. Aides said 9 grants.", Lang: "en",
		Source: "The \"Wire\"", Title: "A \\ title", Published: "2026-02-01"})
	if _, err := x.Evidence.SetArticleOrigin(ctx, ed, x.b.Article.ID, "Agency", 0); err != nil {
		x.T.Fatal(err)
	}
	c := x.Claim(wire, "Aides said 9 grants", "Aides said that there were 9 grants.")
	g, err := x.Claims.SetGloss(ctx, x.As("reviewer-1"), c.ID, "fa", "دستیاران گفتند ۹ کمک بود.", 0)
	if err != nil {
		x.T.Fatal(err)
	}
	if _, err := x.Claims.ConfirmGloss(ctx, x.As("reviewer-2"), c.ID, "fa", g.Version); err != nil {
		x.T.Fatal(err)
	}
	x.Link(c, x.b, "12 grants approved", evidence.Refutes, evidence.OfficialRecord)
	x.Link(c, x.a, "۱۲ کمک", evidence.Context, evidence.Report)
	_, c, err = x.Submit("reviewer-1", c, review.Draft{Verdict: claims.Disputed, Reason: review.Refuted,
		Rationale: "The minutes have 12."})
	if err != nil {
		x.T.Fatal(err)
	}
	v, err := x.Desk.Reviewing(ctx, ed, c.ID)
	if err != nil {
		x.T.Fatal(err)
	}
	if c, err = x.Review.Approve(ctx, ed, review.Approval{ClaimID: c.ID, Version: v.Rounds[0].Decision.Version,
		Reason: review.Refuted, Explanation: "12, not 9."}); err != nil {
		x.T.Fatal(err)
	}
	set, err := x.Sets.Create(ctx, ed, x.Collection.ID, "Of every kind")
	if err != nil {
		x.T.Fatal(err)
	}
	if set, err = x.Sets.Add(ctx, ed, set.ID, set.Version, []claims.ID{plain.ID, c.ID}); err != nil {
		x.T.Fatal(err)
	}
	if set, err = x.Sets.Freeze(ctx, ed, set.ID, set.Version); err != nil {
		x.T.Fatal(err)
	}
	var rows []string
	if err := x.DB.Read(ctx, func(r *store.Rx) error {
		return r.Gorm().Raw("SELECT frozen FROM claim_set_claims ORDER BY claim_id").Scan(&rows).Error
	}); err != nil {
		x.T.Fatal(err)
	}
	for _, row := range rows {
		frozen += row + "\n"
	}
	return frozen + set.SHA256 + "\n"
}
