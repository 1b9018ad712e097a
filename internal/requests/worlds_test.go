package requests_test

import (
	"fmt"
	"path/filepath"
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/claimset"
	"claimbench/internal/evidence"
	"claimbench/internal/history"
	"claimbench/internal/requests"
	"claimbench/internal/review"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

var verdict = review.Draft{Verdict: claims.Corroborated, Reason: review.PrimaryDocument}

// TestAskedTellsNothingOfRounds follows one claim through all that a round can be, and its set through all that can be
// printed: the one who asked is told the same until an admin made a frozen set public that holds the claim, and the
// same whatever happens to the claim after.
func TestAskedTellsNothingOfRounds(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x := newBench(t, db)
		key, err := history.OpenKey(filepath.Join(t.TempDir(), "log.key"))
		if err != nil {
			t.Fatal(err)
		}
		x.Status.SealBy(key)
		a := x.Article(articles.Import{Raw: "The council paid 5 grants. The mayor signed.", Lang: "en"})
		b := x.Article(articles.Import{Raw: "Minutes: 5 grants paid.", Lang: "en"})
		c := x.Claim(a, "The council paid 5 grants", "The council paid 5 grants.")
		other := x.Claim(a, "The mayor signed", "The mayor signed.")
		it := x.Link(c, b, "5 grants paid", evidence.Supports, evidence.PrimaryDocument)
		x.Link(other, b, "5 grants paid", evidence.Supports, evidence.PrimaryDocument)
		secret, q := x.ask(requests.Asking{Words: "Were 5 grants paid?"})
		ed := x.As("editor-1")
		if _, err := x.Requests.Link(ctx, ed, requests.Act{ID: q.ID, Version: 1}, []claims.ID{c.ID}); err != nil {
			t.Fatal(err)
		}
		says := func(when string, want requests.Told, v claims.Verdict, gone bool) {
			t.Helper()
			got := x.told(secret)
			is := got.Told == want && !got.More && (len(got.Printed) == 1) == (want == requests.ToldPrinted)
			if is && want == requests.ToldPrinted {
				is = got.Printed[0].Verdict == v && got.Printed[0].Withdrawn == gone
			}
			if !is {
				t.Errorf("%s: %+v", when, got)
			}
		}
		checking := func(when string) { t.Helper(); says(when, requests.ToldChecking, "", false) }
		checking("open")
		if _, c, err = x.Submit("reviewer-1", c, verdict); err != nil {
			t.Fatal(err)
		}
		checking("reviewed by one")
		if _, c, err = x.Submit("reviewer-2", c, review.Draft{Verdict: claims.Unverified, Reason: review.Insufficient,
			Searched: "the archive", Evidence: []evidence.ID{it.ID}}); err != nil || c.State != claims.InConflict {
			t.Fatal(c.State, err)
		}
		checking("in conflict")
		if c, err = x.Review.Adjudicate(ctx, ed, review.Adjudication{ClaimID: c.ID, Round: c.Round,
			Draft: review.Draft{Verdict: claims.Corroborated, Reason: review.PrimaryDocument,
				Evidence: []evidence.ID{it.ID}}}); err != nil {
			t.Fatal(err)
		}
		checking("decided")
		c = x.reopened(c)
		c = x.approved(c)
		checking("approved")
		set := x.frozen(c.ID)
		checking("frozen, and not public")
		if _, err := x.Status.Publish(ctx, x.As("admin-1"), x.frozen(x.approved(other).ID).ID); err != nil {
			t.Fatal(err)
		}
		checking("another set is public")
		if _, err := x.Status.Publish(ctx, x.As("admin-1"), set.ID); err != nil {
			t.Fatal(err)
		}
		printed := func(when string) { t.Helper(); says(when, requests.ToldPrinted, claims.Corroborated, false) }
		printed("public")
		c = x.reopened(c)
		printed("reopened")
		if _, c, err = x.Submit("reviewer-2", c, verdict); err != nil {
			t.Fatal(err)
		}
		printed("reopened and reviewed")
		if _, err = x.Sets.PullOut(ctx, ed, set.ID, c.ID, "we were wrong"); err != nil {
			t.Fatal(err)
		}
		says("withdrawn from print", requests.ToldPrinted, claims.Corroborated, true)
		if err := x.Status.Withdraw(ctx, x.As("admin-1"), set.ID); err != nil {
			t.Fatal(err)
		}
		checking("not public any more")
		x.Verify()
	})
}

func (x *bench) reopened(c claims.Claim) claims.Claim {
	x.T.Helper()
	c, err := x.Review.Reopen(ctx, x.As("editor-1"), c.ID, c.Version, "new minutes")
	if err != nil {
		x.T.Fatal(err)
	}
	return c
}

func (x *bench) approved(c claims.Claim) claims.Claim {
	x.T.Helper()
	for _, name := range []string{"reviewer-1", "reviewer-2"} {
		var err error
		if _, c, err = x.Submit(name, c, verdict); err != nil {
			x.T.Fatal(err)
		}
	}
	v, err := x.Desk.Reviewing(ctx, x.As("editor-1"), c.ID)
	if err != nil {
		x.T.Fatal(err)
	}
	version := int64(0)
	for _, r := range v.Rounds { // the newest first
		if r.Decision != nil && version == 0 {
			version = r.Decision.Version
		}
	}
	if c, err = x.Review.Approve(ctx, x.As("editor-1"), review.Approval{ClaimID: c.ID, Version: version,
		Reason: review.PrimaryDocument, Explanation: "The minutes say so."}); err != nil {
		x.T.Fatal(err)
	}
	return c
}

func (x *bench) frozen(in ...claims.ID) claimset.Set {
	x.T.Helper()
	ed := x.As("editor-1")
	set, err := x.Sets.Create(ctx, ed, x.Collection.ID, fmt.Sprintf("Set with %v", in))
	if err == nil {
		set, err = x.Sets.Add(ctx, ed, set.ID, set.Version, in)
	}
	if err == nil {
		set, err = x.Sets.Freeze(ctx, ed, set.ID, set.Version)
	}
	if err != nil {
		x.T.Fatal(err)
	}
	return set
}
