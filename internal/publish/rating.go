package publish

import (
	"claimbench/internal/claims"
	"claimbench/internal/claimset"
	"claimbench/internal/review"
)

// rating is how a verdict is said in the words of other standards. Only what is true and what is false has a value on a
// scale: what is unverified or disputed between sources stands at no point between them.
type rating struct {
	name  string // the words of ClaimReview
	value int    // of 1 to 5; 0: none
	label string // of AVeriTeC
}

// The labels of AVeriTeC.
const (
	supported   = "Supported"
	refuted     = "Refuted"
	tooLittle   = "Not Enough Evidence"
	cherrypicks = "Conflicting Evidence/Cherrypicking"
)

// disputed are the ratings of what is disputed, by its reason.
var disputed = map[claims.Reason]rating{
	review.Refuted:       {"False", 1, refuted},
	review.Conflicting:   {"Disputed: conflicting evidence", 0, cherrypicks},
	review.Misattributed: {"Misattributed", 0, refuted},
	review.OutOfContext:  {"Out of context", 0, cherrypicks},
}

func ratingOf(e claimset.Entry) rating {
	switch e.Verdict {
	case claims.Corroborated:
		return rating{"True", 5, supported}
	case claims.Disputed:
		if r, ok := disputed[e.Reason]; ok {
			return r
		}
		return rating{"Disputed", 0, cherrypicks}
	}
	return rating{"Unverified", 0, tooLittle}
}
