package eval

import (
	"cmp"
	"path/filepath"
	"slices"
	"strings"

	"claimbench/internal/match"
)

// GoldLink is one line of gold/links.jsonl.
type GoldLink struct {
	From     string `json:"from"`
	To       string `json:"to"`
	Relation string `json:"relation"`
	Scope    string `json:"scope"`
	Note     string `json:"note"`
}

// strong says whether a link is one that a matcher should propose.
func (l GoldLink) strong() bool {
	return l.Scope == "cross" && (l.Relation == "supports" || l.Relation == "contradicts" || l.Relation == "same_event")
}

// hardNegative says whether a pair was named unrelated before any matcher was run.
func (l GoldLink) hardNegative() bool {
	return l.Scope == "cross" && l.Relation == "unrelated" && !strings.Contains(l.Note, "pooled")
}

// ReadGoldLinks reads gold/links.jsonl, or a file like it.
func ReadGoldLinks(path string) ([]GoldLink, error) { return readJSON[GoldLink](path, "gold link") }

func goldFile(dataDir, name string) string {
	if near := filepath.Join(dataDir, "gold", name); fileThere(near) {
		return near
	}
	if beside := filepath.Join(dataDir, "..", "gold", name); fileThere(beside) {
		return beside
	}
	return filepath.Join(dataDir, "gold", name)
}

// pairName names a pair of claims whichever way round.
func pairName(a, b string) string {
	if a > b {
		a, b = b, a
	}
	return a + " " + b
}

// LinkRanking is every pair of claims of two articles, with its score, and what gold says of them.
type LinkRanking struct {
	Scores  map[string]float64  // by pairName
	Against map[string]bool     // pairs that were marked as contradicting
	Top     map[string][]string // by claim: the ids of its five best hits
	Links   []GoldLink
}

// RankLinks matches every gold claim against those of the other articles.
func RankLinks(dataDir string, mask match.Keys) (LinkRanking, error) {
	r := LinkRanking{Scores: map[string]float64{}, Against: map[string]bool{}, Top: map[string][]string{}}
	byArticle, err := ReadGoldClaims(goldFile(dataDir, "claims.jsonl"))
	if err != nil {
		return r, err
	}
	if r.Links, err = ReadGoldLinks(goldFile(dataDir, "links.jsonl")); err != nil {
		return r, err
	}
	ix := match.NewIndex(match.Builtin(), match.Only(mask))
	var items []match.Item
	for _, article := range sortedKeys(byArticle) {
		for _, c := range byArticle[article] {
			items = append(items, match.Item{ID: c.ID, Doc: article, Lang: c.Lang, Text: c.Quote})
		}
	}
	if err := ix.Add(items...); err != nil {
		return r, err
	}
	for _, it := range items {
		for n, hit := range ix.Query(it, len(items)) {
			if n < 5 {
				r.Top[it.ID] = append(r.Top[it.ID], hit.ID)
			}
			pair := pairName(it.ID, hit.ID)
			r.Scores[pair] += hit.Score / 2
			r.Against[pair] = r.Against[pair] || hit.Against
		}
	}
	return r, nil
}

// SuccessAt5 is the share of the claims with a strong link for which one is among the five best hits, in per cent.
func (r LinkRanking) SuccessAt5() float64 {
	wanted := map[string][]string{}
	for _, l := range r.Links {
		if l.strong() {
			wanted[l.From] = append(wanted[l.From], l.To)
			wanted[l.To] = append(wanted[l.To], l.From)
		}
	}
	found := 0
	for claim, others := range wanted {
		for _, o := range others {
			if slices.Contains(r.Top[claim], o) {
				found++
				break
			}
		}
	}
	return percent(found, len(wanted))
}

// AveragePrecision is that of the strong links in the ranking of all pairs. Pairs without a score count as last.
func (r LinkRanking) AveragePrecision() float64 {
	strong := map[string]bool{}
	for _, l := range r.Links {
		if l.strong() {
			strong[pairName(l.From, l.To)] = true
		}
	}
	pairs := sortedKeys(r.Scores)
	slices.SortStableFunc(pairs, func(a, b string) int { return cmp.Compare(r.Scores[b], r.Scores[a]) })
	sum, hit := 0.0, 0
	for i, p := range pairs {
		if strong[p] {
			hit++
			sum += float64(hit) / float64(i+1)
		}
	}
	if len(strong) == 0 {
		return 0
	}
	return sum / float64(len(strong))
}

// HardNegativeAUC is how often a strong link scores above a hard negative; a tie counts half.
func (r LinkRanking) HardNegativeAUC() float64 {
	wins, n := 0.0, 0
	for _, s := range r.Links {
		if !s.strong() {
			continue
		}
		for _, h := range r.Links {
			if !h.hardNegative() {
				continue
			}
			n++
			a, b := r.Scores[pairName(s.From, s.To)], r.Scores[pairName(h.From, h.To)]
			switch {
			case a > b:
				wins++
			case a == b:
				wins += 0.5
			}
		}
	}
	if n == 0 {
		return 0
	}
	return wins / float64(n)
}

// LinkMeasures are success@5 and AP of the strong links of gold/links.jsonl, and how well they stand above the hard
// negatives.
func LinkMeasures(dataDir string, mask match.Keys) ([]Measure, error) {
	r, err := RankLinks(dataDir, mask)
	if err != nil {
		return nil, err
	}
	return []Measure{
		{Name: "links success@5", Data: "gold/links", Value: r.SuccessAt5(), Reach: 70, Aim: 80, Unit: "%"},
		{Name: "links AP", Data: "gold/links", Value: r.AveragePrecision(), Reach: 0.22, Aim: 0.35, Unit: "AP"},
		{Name: "hard negatives AUC", Data: "gold/links", Value: r.HardNegativeAUC(), Reach: 0.85, Aim: 0.95,
			Unit: "AUC"},
	}, nil
}
