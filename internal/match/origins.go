package match

import (
	"cmp"
	"math"
	"slices"
)

// Kinds of common origin that are proposed.
const (
	OriginCopy        = "copy"
	OriginTranslation = "translation"
	OriginAgency      = "agency"
)

// OriginPair proposes that two articles come from one origin. Overlap is from 0 to 1: for a copy the share of their
// shingles that they have in common, otherwise the cosine of their keys.
type OriginPair struct {
	A, B, Kind string
	Overlap    float64
}

const (
	leastCopy        = 0.40 // share of shingles
	leastTranslation = 0.38 // cosine of keys, best both ways
	leastAgency      = 0.13 // cosine of keys, when both name the same agency
	fullGroup        = 12   // in a larger group of copies each is paired with the first only
)

// Origins proposes which whole articles are near-copies, translations of one text, or stories of one agency. Pairs are
// in the order of the articles, A before B. Ten thousand copies of one text are one group, each paired with the
// first, so the work grows with the number of articles and not with that of their pairs.
func Origins(docs []Item) []OriginPair {
	t := NewTwins()
	for _, d := range docs {
		t.Add(d)
	}
	return t.Pairs()
}

// Pairs gives all pairs, in the order of the articles.
func (t *Twins) Pairs() []OriginPair {
	var pairs []OriginPair
	seen := map[[2]string]bool{}
	for n := range t.docs {
		for _, p := range t.Of(t.docs[n].id) {
			if key := [2]string{p.A, p.B}; !seen[key] {
				seen[key] = true
				pairs = append(pairs, p)
			}
		}
	}
	slices.SortStableFunc(pairs, func(a, b OriginPair) int {
		return cmp.Or(cmp.Compare(t.at[a.A], t.at[b.A]), cmp.Compare(t.at[a.B], t.at[b.B]))
	})
	return pairs
}

func round(x float64) float64 { return math.Round(x*1e4) / 1e4 }

// alikeLong says whether two texts can be one in two languages by their length; Japanese takes a third of the code
// points that English takes, but three bytes for each.
func alikeLong(a, b int) bool { return a < 4*b && b < 4*a }

func shareName(a, b []string) bool {
	for _, n := range a {
		if slices.Contains(b, n) {
			return true
		}
	}
	return false
}
