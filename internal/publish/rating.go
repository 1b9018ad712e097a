package publish

import (
	"claimbench/internal/claims"
	"claimbench/internal/claimset"
	"claimbench/internal/methods"
	"claimbench/internal/review"
)

// rating is how a verdict is said in the words of other standards (methods.Rating), and of AVeriTeC.
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

// labels are those of what is disputed, by its reason.
var labels = map[claims.Reason]string{review.Refuted: refuted, review.Conflicting: cherrypicks,
	review.Misattributed: refuted, review.OutOfContext: cherrypicks}

func ratingOf(e claimset.Entry) rating {
	said := methods.RatingOf(e.Verdict, e.Reason)
	out := rating{said.Name, said.Value, tooLittle}
	switch e.Verdict {
	case claims.Corroborated:
		out.label = supported
	case claims.Disputed:
		if out.label = labels[e.Reason]; out.label == "" {
			out.label = cherrypicks
		}
	}
	return out
}
