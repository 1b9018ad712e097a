package filling

import (
	"context"
	"fmt"

	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/evidence"
	"claimbench/internal/review"
)

// Of a hundred candidates: so many stay candidates, are rejected, are open and untouched, wait for a second review, are
// in conflict, are decided; the others are approved. Half of all have evidence and reviews.
const (
	stay, rejected, untouched, single, conflicts, decided = 22, 3, 22, 8, 2, 3
)

// work does with a candidate what people do, and says where the claim stands then.
func (f *filler) work(ctx context.Context, c claims.Claim) (claims.State, error) {
	luck := f.r.IntN(100)
	if luck < stay {
		return claims.Candidate, nil
	}
	if luck -= stay; luck < rejected {
		_, err := f.Claims.Reject(ctx, f.reviewer(c, 0), c.ID, c.Version, claims.NoFact)
		return claims.Rejected, err
	}
	c, err := f.Claims.Accept(ctx, f.reviewer(c, 0), c.ID, c.Version)
	if err != nil {
		return "", err
	}
	if luck -= rejected; luck < untouched {
		return claims.Open, nil
	}
	luck -= untouched
	return f.judge(ctx, c, luck)
}

// judge links evidence to an open claim and reviews it, as far as luck has it.
func (f *filler) judge(ctx context.Context, c claims.Claim, luck int) (claims.State, error) {
	d := review.Draft{Verdict: claims.Corroborated, Reason: review.PrimaryDocument,
		Rationale: "The document says the same, with the same number and day."}
	stance := evidence.Supports
	if f.r.IntN(3) == 0 {
		d = review.Draft{Verdict: claims.Disputed, Reason: review.Refuted,
			Rationale: "The record shows another number."}
		stance = evidence.Refutes
	}
	var err error
	if d.Evidence, err = f.link(ctx, c, stance); err != nil {
		return "", err
	}
	if luck < single {
		_, err = f.submit(ctx, f.waiter(c), c, d)
		return claims.Open, err
	}
	if _, err = f.submit(ctx, f.reviewer(c, 1), c, d); err != nil {
		return "", err
	}
	if luck -= single; luck < conflicts {
		d = review.Draft{Verdict: claims.Unverified, Reason: review.Insufficient,
			Searched: "All articles of the collection, and the register."}
	}
	if c, err = f.submit(ctx, f.reviewer(c, 2), c, d); err != nil || luck < conflicts+decided {
		return c.State, err
	}
	c, err = f.Review.Approve(ctx, f.approvers[int(c.ID)%len(f.approvers)], review.Approval{ClaimID: c.ID, Version: 1,
		Reason: d.Reason, Explanation: fmt.Sprintf("What was linked to claim %d settles it.", c.ID)})
	f.approved = append(f.approved, c.ID)
	return c.State, err
}

// waiter is who reviews a claim that then waits for others.
func (f *filler) waiter(c claims.Claim) auth.Actor {
	for i := range f.waiting {
		if w := &f.waiting[i]; w.left > 0 {
			w.left--
			return w.who
		}
	}
	return f.reviewer(c, 1)
}

func (f *filler) submit(ctx context.Context, who auth.Actor, c claims.Claim, d review.Draft) (claims.Claim, error) {
	confidence := 50 + f.r.IntN(51)
	_, after, err := f.Review.Submit(ctx, who, review.Submission{ClaimID: c.ID, WordsVersion: c.WordsVersion,
		Round: c.Round, Draft: d, Confidence: &confidence})
	return after, err
}
