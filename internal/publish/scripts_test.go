package publish_test

import (
	"strconv"
	"strings"
	"testing"

	"claimbench/internal/claimset"
	"claimbench/internal/proof"
	"claimbench/internal/publish"
	"claimbench/internal/review"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// TestNamesInAnyScriptStayHidden: where a set names nobody, no format has a name by which a person is called or signs
// in, in whatever script it is written, nor as JSON escapes it.
func TestNamesInAnyScriptStayHidden(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x := newBench(t, db)
		names := map[string]string{"reviewer-1": "مریم رضایی", "reviewer-2": "Ольга Чёрная", "editor-1": "יעל כהן",
			"editor-2": "田中さくら"}
		for who, name := range names {
			if _, err := x.Auth.SetDisplay(roomtest.Ctx(), x.As(who), name); err != nil {
				t.Fatal(err)
			}
		}
		hidden := x.twoClaims(claimset.Imprint{People: claimset.Nobody})
		named := x.frozen("Named", claimset.Imprint{People: claimset.Named}, x.claimsOf(hidden)...)
		for _, f := range publish.Formats() {
			got := told(t, f, x.export(f.Usual(), hidden))
			for who, name := range names {
				for _, h := range []string{name, who, strings.Fields(name)[0],
					strings.Trim(strconv.QuoteToASCII(name), `"`)} {
					if strings.Contains(got, h) {
						t.Errorf("%s of a set that names nobody holds %q", f.Name, h)
					}
				}
			}
		}
		// The same words are looked for where they stand.
		if got := x.export(publish.Options{Format: publish.Report, Lang: "en"}, named); !strings.Contains(got,
			names["editor-1"]) {
			t.Errorf("a report of a set that names people does not call its approver %s", names["editor-1"])
		}
	})
}

// TestAnExplanationInTwoScripts: its words reach every format that prints it whole and in their order, and bundle and
// report of it are verified.
func TestAnExplanationInTwoScripts(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x := newBench(t, db)
		const words = "The council (شورای شهر) approved 12 grants; روزنامه نوشت “۱۲”, and 議会 agreed."
		c := x.Claim(x.a, "شهردار امضا کرد", "شهردار آن را امضا کرد")
		_, c, err := x.Submit("reviewer-1", c, review.Draft{Verdict: "unverified", Reason: review.NoEvidence,
			Searched: "the minutes"})
		if err != nil {
			t.Fatal(err)
		}
		v, err := x.Desk.Reviewing(roomtest.Ctx(), x.As("editor-1"), c.ID)
		if err == nil {
			_, err = x.Review.Approve(roomtest.Ctx(), x.As("editor-1"), review.Approval{ClaimID: c.ID,
				Version: v.Rounds[0].Decision.Version, Reason: review.NoEvidence, Explanation: words})
		}
		if err != nil {
			t.Fatal(err)
		}
		set := x.frozen("Two scripts", claimset.Imprint{People: claimset.Nobody}, c.ID)
		for _, f := range publish.Formats() {
			if f.Name == publish.Annotation || f.Name == publish.CSVEvidence {
				continue // they are of quotations and evidence
			}
			if got := told(t, f, x.export(f.Usual(), set)); !strings.Contains(got, words) {
				t.Errorf("%s does not tell %q:\n%.2000s", f.Name, words, got)
			}
		}
		if r := x.checks(x.export(publish.Options{Format: publish.Bundle}, set)); r.ExitCode() == proof.ExitTampered {
			t.Errorf("the bundle: %+v", r.Found)
		}
	})
}
