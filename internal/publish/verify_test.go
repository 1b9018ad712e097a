package publish_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/note"

	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/claimset"
	"claimbench/internal/evidence"
	"claimbench/internal/history"
	"claimbench/internal/proof"
	"claimbench/internal/publish"
	"claimbench/internal/replies"
	"claimbench/internal/review"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// verifiedReport checks a report as the command does.
func verifiedReport(t *testing.T, report string, keys ...*history.Key) proof.Result {
	t.Helper()
	r, err := verifyOf(t, report, keys...)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// verifyOf is verifiedReport of what may be no report.
func verifyOf(t *testing.T, report string, keys ...*history.Key) (proof.Result, error) {
	t.Helper()
	var o proof.Options
	for _, k := range keys {
		v, err := note.NewVerifier(k.Public())
		if err != nil {
			t.Fatal(err)
		}
		o.Keys = append(o.Keys, v)
	}
	return publish.VerifyReport(strings.NewReader(report), int64(len(report)), o)
}

// fullSet is a set with all that a report prints: a method, replies, what others found, names and reasons.
func (x bench) fullSet(p claimset.Imprint) claimset.Set {
	x.T.Helper()
	x.withMethod("# How\n\nTwo *origins*, [as said](https://e.example/a?b=1&c). 1. Ask.\n\n1. Not one & only.", 0)
	c := x.Claim(x.a, "شورا ۱۲ کمک را تصویب کرد", "شورا ۱۲ کمک را تصویب کرد")
	x.checkedBy(c)
	ctx, one := roomtest.Ctx(), x.As("reviewer-1")
	for _, a := range []replies.Answer{
		{Outcome: replies.Answered, On: "2026-01-03", Words: "None.\n\n <b>None</b>"}, {}} {
		r, err := x.Replies.Ask(ctx, one, replies.Ask{ClaimID: c.ID, Name: "Anna Weber", Role: "شهردار",
			Way: replies.Phone, AskedOn: "2026-01-02", Until: "2026-01-04", Contact: "+49 30 555 0199"})
		if err == nil && a.Outcome != "" {
			a.ID, a.Version = r.ID, 1
			_, err = x.Replies.Answer(ctx, one, a)
		}
		if err != nil {
			x.T.Fatal(err)
		}
	}
	x.Link(c, x.Article(articles.Import{Raw: "Thirteen, says the clerk.", Lang: "en", Title: "Clerk & sons",
		Source: "Wire", Byline: "A. Clerk", URL: "https://wire.example/a b?c=<d>", Published: "2026-01"}), "Thirteen",
		evidence.Context, evidence.Report)
	two := x.twoClaims(p)
	return x.frozen("What “is” known", p, x.approve(c).ID, x.claimsOf(two)[1])
}

// TestReportVerifies: a report is proved by nothing but itself and the key, on both engines, in every language, with
// names and without, with corrections and of withheld words; and without a key it is not.
func TestReportVerifies(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x := newBench(t, db)
		set := x.fullSet(claimset.Imprint{Publisher: "Desk <Nord>", Note: "A note.\n\n Two.", People: claimset.Named,
			Rationales: true})
		for _, lang := range publish.Langs() {
			got := x.export(publish.Options{Format: publish.Report, Lang: lang}, set)
			kept(t, "full-"+lang, got)
			if r := verifiedReport(t, got, x.key); r.ExitCode() != 0 || r.Proved != 2 || !r.Signed {
				t.Errorf("%s: %d: %+v", lang, r.ExitCode(), r)
			}
			if r := verifiedReport(t, got); r.ExitCode() != proof.ExitNotChecked || !r.OK() {
				t.Errorf("%s without a key: %+v", lang, r)
			}
		}
		none := x.frozen("None", claimset.Imprint{People: claimset.Nobody}, x.claimsOf(set)...)
		got := x.export(publish.Options{Format: publish.Report}, none)
		kept(t, "none", got)
		if r := verifiedReport(t, got, x.key); r.ExitCode() != 0 {
			t.Errorf("without names: %+v", r)
		}
		next, err := x.Sets.Correct(roomtest.Ctx(), x.As("editor-1"), set.ID)
		if err == nil {
			next, err = x.Sets.Remove(roomtest.Ctx(), x.As("editor-1"), next.ID, next.Version, x.claimsOf(set)[:1])
		}
		if err == nil {
			next, err = x.Sets.Freeze(roomtest.Ctx(), x.As("editor-1"), next.ID, next.Version)
		}
		if err == nil {
			_, err = x.signer.Sign(roomtest.Ctx())
		}
		if err != nil {
			t.Fatal(err)
		}
		for name, of := range map[string]claimset.Set{"the corrected": x.again(set), "the correction": next} {
			got := x.export(publish.Options{Format: publish.Report, Lang: "fa"}, of)
			kept(t, name, got)
			r := verifiedReport(t, got, x.key)
			if r.ExitCode() != proof.ExitNotChecked || !r.OK() || r.Noted != 1 {
				t.Errorf("%s: %+v", name, r)
			}
		}
		if err := x.Articles.TakeDown(roomtest.Ctx(), x.As("editor-1"), x.a.Article.ID, x.a.Article.Version,
			"asked"); err != nil {
			t.Fatal(err)
		}
		got = x.export(publish.Options{Format: publish.Report}, none)
		kept(t, "withheld", got)
		if r := verifiedReport(t, got, x.key); r.ExitCode() != proof.ExitNotChecked || !r.OK() || r.Partly != 2 {
			t.Errorf("of withheld words: %+v", r)
		}
		if strings.Contains(got, "شورا") {
			t.Error("it has words of an article that was taken down")
		}
		x.Verify()
	})
}

// claimsOf are the claims of a set.
func (x bench) claimsOf(set claimset.Set) (out []claims.ID) {
	x.T.Helper()
	if err := x.DB.Read(x.T.Context(), func(r *store.Rx) error {
		return r.Gorm().Raw("SELECT claim_id FROM claim_set_claims WHERE set_id = ? ORDER BY claim_id", set.ID).
			Scan(&out).Error
	}); err != nil {
		x.T.Fatal(err)
	}
	return out
}

// again reads a set as it is now.
func (x bench) again(set claimset.Set) (now claimset.Set) {
	x.T.Helper()
	if err := x.DB.Read(x.T.Context(), func(r *store.Rx) (err error) {
		now, err = claimset.ByID(r, set.ID)
		return err
	}); err != nil {
		x.T.Fatal(err)
	}
	return now
}

// kept writes a report down to be looked at, where somebody asks for it.
func kept(t *testing.T, name, report string) {
	t.Helper()
	dir := os.Getenv("CLAIMBENCH_KEEP_REPORTS")
	if dir == "" {
		return
	}
	if err := os.WriteFile(filepath.Join(dir, name+".html"), []byte(report), 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestReportOfHostileWordsVerifies: words that break formats are no false alarm.
func TestReportOfHostileWordsVerifies(t *testing.T) {
	t.Parallel()
	x := newBench(t, storetest.SQLite(t))
	var in []claims.ID
	for i, words := range hostile {
		c := x.Claim(x.a, "شهردار امضا کرد", fmt.Sprintf("شهردار امضا کرد %d", i))
		_, c, err := x.Submit("reviewer-1", c, review.Draft{Verdict: claims.Unverified, Reason: "no_evidence",
			Rationale: "I read both. " + words, Searched: "the minutes of the year"})
		if err != nil {
			continue // which no field takes
		}
		v, err := x.Desk.Reviewing(roomtest.Ctx(), x.As("editor-1"), c.ID)
		if err == nil {
			_, err = x.Review.Approve(roomtest.Ctx(), x.As("editor-1"), review.Approval{ClaimID: c.ID,
				Version: v.Rounds[0].Decision.Version, Reason: v.Rounds[0].Decision.Reason,
				Explanation: words + "\n\n" + words})
		}
		if err == nil {
			in = append(in, c.ID)
		}
	}
	if len(in) < len(hostile)/2 {
		t.Fatalf("%d of %d words are taken", len(in), len(hostile))
	}
	set := x.frozen(`A "title" </style> \ & <b>`, claimset.Imprint{Publisher: "Desk <Nord> & 'sons'",
		Note: strings.Join(hostile[:4], "\n"), Rationales: true}, in...)
	got := x.export(publish.Options{Format: publish.Report}, set)
	kept(t, "hostile", got)
	if r := verifiedReport(t, got, x.key); r.ExitCode() != 0 || int(r.Proved) != len(in) {
		t.Errorf("%+v", r)
	}
}
