package match

import (
	"cmp"
	"math"
	"slices"
	"strconv"

	"claimbench/internal/text"
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
	leastCopy        = 0.40    // share of shingles
	leastTranslation = 0.38    // cosine of keys, best both ways
	leastAgency      = 0.12    // cosine of keys, when both name the same agency
	fullGroup        = 12      // in a larger group of copies each is paired with the first only
	articlePostings  = 300_000 // postings read for one article
	neighbours       = 12      // articles that one is compared with by their keys
)

// Origins proposes which whole articles are near-copies, translations of one text, or stories of one agency. Pairs are
// in the order of the articles, A before B. Ten thousand copies of one text are one group, each paired with the
// first, so the work grows with the number of articles and not with that of their pairs.
func Origins(docs []Item) []OriginPair {
	groups, pairs := copies(docs)
	first := make([]int, 0, len(groups))
	for _, g := range groups {
		first = append(first, g[0])
	}
	slices.Sort(first)
	pairs = append(pairs, byKeys(docs, first)...)
	position := make(map[string]int, len(docs))
	for i, d := range docs {
		position[d.ID] = i
	}
	slices.SortStableFunc(pairs, func(a, b OriginPair) int {
		return cmp.Or(cmp.Compare(position[a.A], position[b.A]), cmp.Compare(position[a.B], position[b.B]))
	})
	return pairs
}

// copies groups the articles that are near-copies of each other. Every article is in one group, most are alone.
func copies(docs []Item) ([][]int, []OriginPair) {
	sets := make([][]uint64, len(docs))
	group := make([]int, len(docs)) // of each article: the first of its group
	buckets := map[uint64][]int{}   // by band: the firsts of groups, and of small groups all
	same := map[uint64]int{}        // by the hash of all shingles: the first article with them
	var members = map[int][]int{}
	var pairs []OriginPair
	for i, d := range docs {
		sets[i] = shingles(d.Text)
		group[i] = i
		if len(sets[i]) == 0 {
			members[i] = []int{i}
			continue
		}
		whole := uint64(len(sets[i]))
		for _, s := range sets[i] {
			whole = mix(whole ^ s)
		}
		leader, identical := same[whole]
		if identical {
			group[i] = group[leader]
		} else {
			same[whole] = i
			sig := sign(sets[i])
			keys := bands(&sig)
			group[i] = nearest(i, sets, group, keys, buckets)
			for _, k := range keys {
				if len(buckets[k]) < fullGroup {
					buckets[k] = append(buckets[k], i)
				}
			}
		}
		g := group[i]
		pairs = append(pairs, copyPairs(docs, sets, members[g], i)...)
		members[g] = append(members[g], i)
	}
	out := make([][]int, 0, len(members))
	for _, m := range members {
		out = append(out, m)
	}
	return out, pairs
}

// nearest gives the group of the article most like article i among those that share a band with it, or i itself.
func nearest(i int, sets [][]uint64, group []int, keys []uint64, buckets map[uint64][]int) int {
	best, bestGroup := 0.0, i
	tried := map[int]bool{}
	for _, k := range keys {
		for _, j := range buckets[k] {
			if tried[j] {
				continue
			}
			tried[j] = true
			if o := jaccard(sets[i], sets[j]); o >= leastCopy && o > best {
				best, bestGroup = o, group[j]
			}
		}
	}
	return bestGroup
}

// copyPairs pairs article i with the members of its group: with all of a small group, with the first of a large one.
func copyPairs(docs []Item, sets [][]uint64, members []int, i int) []OriginPair {
	if len(members) >= fullGroup {
		members = members[:1]
	}
	var pairs []OriginPair
	for _, j := range members {
		if o := jaccard(sets[i], sets[j]); o >= leastCopy || j == members[0] && len(members) == 1 {
			pairs = append(pairs, OriginPair{docs[j].ID, docs[i].ID, OriginCopy, round(o)})
		}
	}
	return pairs
}

func round(x float64) float64 { return math.Round(x*1e4) / 1e4 }

// byKeys compares the articles named by first by the keys they share across languages.
func byKeys(docs []Item, first []int) []OriginPair {
	if len(first) < 2 {
		return nil
	}
	ix := NewIndex(Builtin())
	ix.budget = articlePostings
	langs, agencies := map[int]string{}, map[int][]string{}
	for _, i := range first {
		it := Item{ID: strconv.Itoa(i), Text: docs[i].Text}
		if err := ix.Add(it); err != nil {
			return nil // positions are distinct
		}
		if langs[i] = docs[i].Lang; langs[i] == "" || langs[i] == "und" {
			langs[i] = text.Detect(docs[i].Text)
		}
		agencies[i] = agencyNames(docs[i].Text)
	}
	best := map[[2]int]float64{}
	top := map[inLang]int{}
	for _, i := range first {
		for _, h := range ix.Query(Item{ID: strconv.Itoa(i), Text: docs[i].Text}, neighbours+1) {
			j, _ := strconv.Atoi(h.ID)
			if i == j {
				continue
			}
			pair := [2]int{min(i, j), max(i, j)}
			best[pair] = max(best[pair], h.Score)
			if _, ok := top[inLang{i, langs[j]}]; !ok {
				top[inLang{i, langs[j]}] = j
			}
		}
	}
	return judgePairs(docs, best, top, langs, agencies)
}

// inLang asks for the best article in a language, for an article.
type inLang struct {
	article int
	lang    string
}

func judgePairs(docs []Item, best map[[2]int]float64, top map[inLang]int, langs map[int]string,
	agencies map[int][]string) []OriginPair {
	pairs := make([][2]int, 0, len(best))
	for p := range best {
		pairs = append(pairs, p)
	}
	slices.SortFunc(pairs, func(a, b [2]int) int { return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1])) })
	var out []OriginPair
	for _, p := range pairs {
		a, b, o := p[0], p[1], best[p]
		ta, okA := top[inLang{a, langs[b]}]
		tb, okB := top[inLang{b, langs[a]}]
		switch {
		case langs[a] != langs[b] && o >= leastTranslation && alikeLong(docs[a].Text, docs[b].Text) && okA && okB &&
			ta == b && tb == a:
			out = append(out, OriginPair{docs[a].ID, docs[b].ID, OriginTranslation, round(o)})
		case shareName(agencies[a], agencies[b]) && o >= leastAgency:
			out = append(out, OriginPair{docs[a].ID, docs[b].ID, OriginAgency, round(o)})
		}
	}
	return out
}

// alikeLong says whether two texts can be one in two languages by their length; Japanese takes a third of the code
// points that English takes, but three bytes for each.
func alikeLong(a, b string) bool { return len(a) < 4*len(b) && len(b) < 4*len(a) }

func shareName(a, b []string) bool {
	for _, n := range a {
		if slices.Contains(b, n) {
			return true
		}
	}
	return false
}
