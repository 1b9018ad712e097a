package shelf

import (
	"cmp"
	_ "embed"
	"strings"
	"sync"

	"claimbench/internal/claims"
	"claimbench/internal/text"
)

// ratingsTable holds the words of ratings that say for certain what a fact-check comes to: a verdict and words a line.
//
//go:embed ratings.tsv
var ratingsTable string

var ratings = sync.OnceValue(func() map[string]claims.Verdict {
	out := map[string]claims.Verdict{}
	for line := range strings.Lines(ratingsTable) {
		verdict, words, _ := strings.Cut(strings.TrimSpace(line), "\t")
		if words != "" && verdict[0] != '#' {
			for word := range strings.SplitSeq(words, "|") {
				out[ratingKey(word)] = claims.Verdict(verdict)
			}
		}
	}
	return out
})

func ratingKey(words string) string {
	return strings.Trim(strings.Join(text.Terms(words), " "), " ")
}

// Printed is a rating as it is printed: its words, else its value and what that is out of.
func (r Rating) Printed() string {
	if r.Words == "" && r.Value != "" && r.Best != "" {
		return r.Value + "/" + r.Best
	}
	return cmp.Or(r.Words, r.Value)
}

// verdict is what a rating comes to here, "" when that is not certain. Words that are known decide, unless the scale
// contradicts them; a value decides without words only, at an end of a scale that is the right way round and does not
// begin at 0, for there many put what they do not rate.
func (r Rating) verdict() claims.Verdict {
	byValue := r.byValue()
	if r.Words == "" {
		return byValue
	}
	said := ratings()[ratingKey(r.Words)]
	if said == "" {
		if _, bare := number(r.Words); bare {
			return byValue
		}
		return ""
	}
	if byValue != "" && byValue != said && said != claims.Unverified {
		return ""
	}
	return said
}

func (r Rating) byValue() claims.Verdict {
	value, ok := number(r.Value)
	best, okBest := number(r.Best)
	worst, okWorst := number(r.Worst)
	switch {
	case !ok || !okBest || !okWorst || best <= worst || worst <= 0:
		return ""
	case value == best:
		return claims.Corroborated
	case value == worst:
		return claims.Disputed
	}
	return ""
}

// Odd says that the scale of a rating is not as the standard has it: its best is not above its worst, or begins at 0.
func (r Rating) Odd() bool {
	best, okBest := number(r.Best)
	worst, okWorst := number(r.Worst)
	return okBest && okWorst && (best <= worst || worst <= 0)
}
