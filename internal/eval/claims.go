package eval

import (
	"os"
	"sort"

	"claimbench/internal/extract"
	"claimbench/internal/text"
)

// GoldClaim is one line of gold/claims.jsonl, as far as these measures need
// it. Start and End are code points of the article's file, end exclusive.
type GoldClaim struct {
	Article  string `json:"article"`
	ID       string `json:"claim_id"`
	Lang     string `json:"lang"`
	Sentence int    `json:"sent"`
	Quote    string `json:"quote"`
	text.Span
	Attribution string `json:"attribution"`
	CheckWorthy bool   `json:"checkworthy"`
	Kind        string `json:"kind"`
}

// ReadGoldClaims reads gold/claims.jsonl (or a file like it), by article.
func ReadGoldClaims(path string) (map[string][]GoldClaim, error) {
	all, err := readJSON[GoldClaim](path, "gold claim")
	byArticle := map[string][]GoldClaim{}
	for _, g := range all {
		byArticle[g.Article] = append(byArticle[g.Article], g)
	}
	return byArticle, err
}

// IoU is the overlap of two spans over their union, 0 to 1.
func IoU(a, b text.Span) float64 {
	both := min(a.End, b.End) - max(a.Start, b.Start)
	if both <= 0 {
		return 0
	}
	return float64(both) / float64(max(a.End, b.End)-min(a.Start, b.Start))
}

// pairing is a candidate matched with a gold claim.
type pairing struct{ candidate, gold int }

// matchSpans pairs candidates and gold claims one to one, best overlap first,
// from an IoU of atLeast. Greedy, so it never flatters an optimal assignment.
func matchSpans(found []extract.Candidate, gold []GoldClaim, atLeast float64) []pairing {
	type edge struct {
		pairing
		iou float64
	}
	var edges []edge
	for i, c := range found {
		for j, g := range gold {
			if v := IoU(c.Span, g.Span); v >= atLeast {
				edges = append(edges, edge{pairing{i, j}, v})
			}
		}
	}
	sort.SliceStable(edges, func(a, b int) bool { return edges[a].iou > edges[b].iou })
	usedFound, usedGold := map[int]bool{}, map[int]bool{}
	var out []pairing
	for _, e := range edges {
		if usedFound[e.candidate] || usedGold[e.gold] {
			continue
		}
		usedFound[e.candidate], usedGold[e.gold] = true, true
		out = append(out, e.pairing)
	}
	return out
}

// ClaimScore counts what the claim measures need. Add sums articles.
type ClaimScore struct {
	Found, Gold, Matched int
	SameReport           int // matched claims whose reported-or-not agrees
	WorthTrue, WorthSaid int // check-worthy in gold, check-worthy said, of matched claims
	WorthBoth            int
	SameKind             int
}

// F1 is the claim-span F1, 0 to 1.
func (s ClaimScore) F1() float64 { return f1(s.Matched, s.Found, s.Gold) }

// WorthF1 is the F1 of check-worthy among matched claims.
func (s ClaimScore) WorthF1() float64 { return f1(s.WorthBoth, s.WorthSaid, s.WorthTrue) }

// ReportAccuracy is the part of matched claims whose reported-or-not agrees.
func (s ClaimScore) ReportAccuracy() float64 {
	if s.Matched == 0 {
		return 0
	}
	return float64(s.SameReport) / float64(s.Matched)
}

// Add sums two scores.
func (s ClaimScore) Add(o ClaimScore) ClaimScore {
	s.Found += o.Found
	s.Gold += o.Gold
	s.Matched += o.Matched
	s.SameReport += o.SameReport
	s.WorthTrue += o.WorthTrue
	s.WorthSaid += o.WorthSaid
	s.WorthBoth += o.WorthBoth
	s.SameKind += o.SameKind
	return s
}

// f1 is the harmonic mean of right/found and right/gold.
func f1(right, found, gold int) float64 {
	if found+gold == 0 {
		return 0
	}
	return 2 * float64(right) / float64(found+gold)
}

// filedAs gives who asserts a candidate and its kind in the words of the gold.
// The gold was made before the kind speech: it files the saying itself, "On
// Friday the campaign announced", as a fact that the article asserts. Whom the
// saying names is not compared.
func filedAs(c extract.Candidate) (by, kind string) {
	if c.Kind == extract.Speech {
		return extract.Article, "fact"
	}
	return c.Attribution, c.Kind
}

// ScoreClaims compares the candidates of one article with its gold claims.
func ScoreClaims(found []extract.Candidate, gold []GoldClaim, atLeast float64) ClaimScore {
	s := ClaimScore{Found: len(found), Gold: len(gold)}
	for _, p := range matchSpans(found, gold, atLeast) {
		c, g := found[p.candidate], gold[p.gold]
		s.Matched++
		by, kind := filedAs(c)
		if (by != extract.Article) == (g.Attribution != extract.Article) {
			s.SameReport++
		}
		if kind == g.Kind {
			s.SameKind++
		}
		said := c.CheckWorthy >= extract.CheckWorthyFrom
		if said {
			s.WorthSaid++
		}
		if g.CheckWorthy {
			s.WorthTrue++
		}
		if said && g.CheckWorthy {
			s.WorthBoth++
		}
	}
	return s
}

// readArticle reads an article of the gold set.
func readArticle(dataDir, name string) (*text.Doc, error) {
	path, err := findArticle(dataDir, name)
	if err != nil {
		return nil, err
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	return text.NewDoc(string(raw))
}

// sortedKeys gives the keys of a map in order.
func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}
