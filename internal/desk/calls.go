package desk

import (
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/notices"
	"claimbench/internal/review"
)

// callers are what asks for a person beside the rounds of the claims: each gives the calls of the one who looks, in a
// collection, at most review.MostCalls. A room that lets people be called adds its line; the reason's word is in
// review.Whys, and where it stands among the others in the table of reasons (internal/review/reasons.go). A call that
// came of another's review while its round is open would tell of that review.
var callers = []func(*look, auth.CollectionID) ([]review.Call, error){sentBack, mentioned}

// sentBack are the questions of adjudicators that wait for the person's answer.
func sentBack(l *look, c auth.CollectionID) (out []review.Call, err error) {
	asked, err := review.SentBack(l.rx, l.actor.UserID, c)
	for _, q := range asked {
		out = append(out, review.Call{Claim: q.ClaimID, Why: review.WhySentBack, Detail: "A question waits for you.",
			At: q.AskedAt})
	}
	return out, err
}

// mentioned are the comments that name the person, until they have read the notice of them.
func mentioned(l *look, c auth.CollectionID) (out []review.Call, err error) {
	told, err := notices.UnreadIn(l.rx, l.actor.UserID, c, notices.Mentioned, review.MostCalls)
	for _, n := range told {
		out = append(out, review.Call{Claim: claims.ID(n.ClaimID), Why: review.WhyMentioned,
			Detail: "A comment names you.", At: n.ToldAt})
	}
	return out, err
}

// calls are all that asks for the person.
func (l *look) calls(c auth.CollectionID) (out []review.Call, err error) {
	for _, of := range callers {
		found, err := of(l, c)
		if err != nil {
			return nil, err
		}
		out = append(out, found...)
	}
	return out, nil
}
