package eval

import (
	"cmp"
	"slices"
	"strconv"

	"claimbench/internal/match"
)

// samePairs are the languages between which claims that are one are looked for.
var samePairs = [][2]string{{"ar", "en"}, {"fa", "en"}, {"ja", "en"}, {"de", "en"}, {"ru", "en"}, {"tr", "en"}}

// sameAsked is how many hits of a query are compared, and sameShown how many pairs a page shows of one claim.
const (
	sameAsked = 40
	sameShown = 3
)

// SameScore says how often what is proposed as one claim is one. Asked counts the claims; of them Present have another
// that says the same.
type SameScore struct {
	Asked, Present    int
	Proposed, Right   int // pairs shown, at most three a claim
	Found, Wrongfully int // claims whose other was shown; claims without another that were shown one
}

// SameClaims proposes for each line of one side the lines of the other that say the same; every second line of the
// other side is taken away, so that half of the claims have none.
func SameClaims(asked, among []string) (s SameScore, err error) {
	ix := match.NewIndex(match.Builtin())
	for i, line := range among {
		if i%2 == 0 {
			if err := ix.Add(match.Item{ID: strconv.Itoa(i), Text: line}); err != nil {
				return s, err
			}
		}
	}
	for i, line := range asked {
		here := i%2 == 0
		s.Asked++
		if here {
			s.Present++
		}
		shown := sameIn(ix, line, among)
		s.Proposed += len(shown)
		switch {
		case here && slices.Contains(shown, i):
			s.Right, s.Found = s.Right+1, s.Found+1
		case !here && len(shown) > 0:
			s.Wrongfully++
		}
	}
	return s, nil
}

// sameIn gives the places of the lines that are proposed as the same as one.
func sameIn(ix *match.Index, line string, among []string) []int {
	var at []int
	var others []match.Item
	for _, hit := range ix.Query(match.Item{Text: line}, sameAsked) {
		n, _ := strconv.Atoi(hit.ID)
		at, others = append(at, n), append(others, match.Item{ID: hit.ID, Text: among[n]})
	}
	type pair struct {
		at    int
		score float64
	}
	var same []pair
	for i, l := range ix.Alike(match.Item{Text: line}, others) {
		if l.Same {
			same = append(same, pair{at[i], l.Score})
		}
	}
	slices.SortStableFunc(same, func(a, b pair) int { return cmp.Compare(b.score, a.score) })
	var out []int
	for _, p := range same[:min(len(same), sameShown)] {
		out = append(out, p.at)
	}
	return out
}

// SameMeasures are precision and recall of claims proposed as one, on parallel lines.
func SameMeasures(dataDir string, _ match.Keys) ([]Measure, error) {
	p, err := ReadParallel(dataDir)
	if err != nil {
		return nil, err
	}
	var all []Measure
	for _, pair := range samePairs {
		if p.Lines[pair[0]] == nil {
			continue
		}
		s, err := SameClaims(p.Lines[pair[0]], p.Lines[pair[1]])
		if err != nil {
			return nil, err
		}
		name := pair[0] + "→" + pair[1]
		all = append(all,
			Measure{Name: "one claim " + name + ", precision", Data: "eval/ntrex", Value: percent(s.Right, s.Proposed),
				Unit: "%"},
			Measure{Name: "one claim " + name + ", recall", Data: "eval/ntrex", Value: percent(s.Found, s.Present),
				Unit: "%"},
			Measure{Name: "one claim " + name + ", proposed where none is", Data: "eval/ntrex",
				Value: percent(s.Wrongfully, s.Asked-s.Present), Unit: "%"})
	}
	return all, nil
}
