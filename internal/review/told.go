package review

import (
	"slices"

	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/notices"
	"claimbench/internal/store"
)

// tellOtherwise tells the reviewers of a round that its decision has another verdict than their review. The round is
// over for them in this Write.
func tellOtherwise(tx *store.Tx, c claims.Claim, rd Round, d Decision, reviews []Review) error {
	var other []auth.UserID
	for _, rv := range reviews {
		if rv.SupersededAt == nil && rv.Verdict != d.Verdict {
			other = append(other, rv.ReviewerID)
		}
	}
	return notices.Tell(tx, aboutRound(c, rd, notices.Otherwise), other...)
}

// tellReopened tells those who had a part in a round that the claim is open again: its reviewers, who adjudicated and
// who approved; by, who reopens it, knows.
func tellReopened(tx *store.Tx, c claims.Claim, by auth.UserID) error {
	rd, there, err := roundOf(&tx.Rx, c)
	if err != nil || !there {
		return err
	}
	reviews, err := current(&tx.Rx, rd.ID)
	if err != nil {
		return err
	}
	people := reviewersOf(reviews)
	d, decided, err := store.One[Decision](&tx.Rx, "SELECT * FROM decisions WHERE round_id = ?", rd.ID)
	if err != nil {
		return err
	}
	if decided {
		for _, p := range []*auth.UserID{d.AdjudicatorID, d.ApproverID} {
			if p != nil {
				people = append(people, *p)
			}
		}
	}
	people = slices.DeleteFunc(people, func(u auth.UserID) bool { return u == by })
	return notices.Tell(tx, aboutRound(c, rd, notices.Reopened), people...)
}

func aboutRound(c claims.Claim, rd Round, kind notices.Kind) notices.About {
	return notices.About{In: c.CollectionID, Kind: kind, Claim: int64(c.ID), Ref: string(rd.Public)}
}
