package methods

import (
	"fmt"
	"slices"
	"strings"

	"claimbench/internal/claims"
	"claimbench/internal/fault"
	"claimbench/internal/review"
	"claimbench/internal/store"
	"claimbench/internal/text"
)

// Step is one step of the scale: a verdict, or a reason for it.
type Step struct {
	Name  string `json:"name" words:"fact"` // "corroborated", "single_origin"
	Means string `json:"means" words:"own"`
	// the rating in ClaimReview, of the form “True, 5 of 5”; "" of a verdict that has a rating by its reasons only
	Rating string `json:"rating" words:"fact"`
}

// Scale is what the verdicts and reasons mean, each verdict before its reasons.
type Scale []Step

// Rating is how a verdict is said in the words of ClaimReview. Only what is true and what is false has a value: what is
// unverified or disputed between sources stands at no point between them.
type Rating struct {
	Name  string
	Value int // of 1 to 5; 0: none
}

// Word is the rating in one text.
func (r Rating) Word() string {
	if r.Value == 0 {
		return r.Name
	}
	return fmt.Sprintf("%s, %d of 5", r.Name, r.Value)
}

// disputed are the ratings of what is disputed, by its reason.
var disputed = map[claims.Reason]Rating{
	review.Refuted:       {"False", 1},
	review.Conflicting:   {"Disputed: conflicting evidence", 0},
	review.Misattributed: {"Misattributed", 0},
	review.OutOfContext:  {"Out of context", 0},
}

// RatingOf gives the rating of a verdict with its reason.
func RatingOf(v claims.Verdict, why claims.Reason) Rating {
	switch v {
	case claims.Corroborated:
		return Rating{"True", 5}
	case claims.Disputed:
		if r, ok := disputed[why]; ok {
			return r
		}
		return Rating{"Disputed", 0}
	}
	return Rating{"Unverified", 0}
}

// Usual is the scale as the program explains it.
func Usual() (out Scale) {
	for _, v := range claims.Verdicts.Names() {
		rating := RatingOf(v, "").Word()
		if v == claims.Disputed {
			rating = ""
		}
		out = append(out, Step{string(v), claims.Verdicts.About(v), rating})
		reasons := review.Reasons(v)
		for _, why := range reasons.Names() {
			out = append(out, Step{string(why), reasons.About(why), RatingOf(v, claims.Reason(why)).Word()})
		}
	}
	return out
}

// Verdict says whether a step is a verdict; else it is a reason.
func (s Step) Verdict() bool { return claims.Verdicts.Has(claims.Verdict(s.Name)) }

// Word is the step as people read it.
func (s Step) Word() string {
	if s.Verdict() {
		return claims.Verdict(s.Name).Word()
	}
	return review.ReasonWord(claims.Reason(s.Name))
}

// longestMeaning is how many characters a step's meaning has at most.
const longestMeaning = 500

// scaleOf gives the whole scale, with what somebody says of some steps; a step of which they say nothing means what is
// usual.
func scaleOf(said Scale, bad *fault.Collect) Scale {
	out := Usual()
	at := map[string]int{}
	for i, s := range out {
		at[s.Name] = i
	}
	for _, s := range said {
		means := strings.TrimSpace(strings.ReplaceAll(s.Means, "\r\n", "\n"))
		i, known := at[s.Name]
		switch {
		case !known:
			bad.Add("means", "“%s” is no verdict and no reason.", s.Name)
		case means == "":
		case len([]rune(means)) > longestMeaning:
			bad.Add("means", "What %s means has more than %d characters.", out[i].Word(), longestMeaning)
		default:
			if err := text.CheckTyped("means", means); err != nil {
				bad.Add("means", "%s", err)
			}
			out[i].Means = means
		}
	}
	return out
}

// flat is the scale as it is stored: three texts a step.
func (s Scale) flat() (out store.Strings) {
	for _, x := range s {
		out = append(out, x.Name, x.Means, x.Rating)
	}
	return out
}

// Scale is what the version says of each step.
func (v Version) Scale() (out Scale) {
	for step := range slices.Chunk(v.Steps, 3) {
		if len(step) == 3 {
			out = append(out, Step{step[0], step[1], step[2]})
		}
	}
	return out
}
