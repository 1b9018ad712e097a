package desk

import (
	"claimbench/internal/auth"
	"claimbench/internal/review"
)

// callDetails say what calls a person, for each reason of a call.
var callDetails = map[review.Why]string{
	review.WhySentBack:  "A question waits for you.",
	review.WhyMentioned: "A comment names you.",
}

// calls are all that asks for the person beside the rounds of the claims, in a collection.
func (l *look) calls(c auth.CollectionID) ([]review.Call, error) {
	out, err := review.CallsOf(l.rx, l.actor.UserID, c)
	for i := range out {
		out[i].Detail = callDetails[out[i].Why]
	}
	return out, err
}
