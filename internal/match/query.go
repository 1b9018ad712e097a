package match

import (
	"cmp"
	"math"
	"slices"
)

// scratch is what one query works with, kept between queries.
type scratch struct {
	sums  []float32
	spelt []float32 // by item: what its grams add up to for the query in hand
	grams []gram
	rd    reader
	links []link
	used  []bool
	asked meetTable // of the query in hand
	near  meetTable // and of its surroundings
	tried []uint32  // by termID: the last round in which a stem was compared
	round uint32
	words map[string]*word
	alike map[string][]weightedTerm // by folded word, for an index of types stems
	types int
	items int
	casts map[int32]*cast   // by article, for an index of items items
	own   ownCast           // of the article that the query in hand stands in
	place []int32           // by termID: where it stands in the cast that is being made, plus one
	there map[int32]float64 // by article: the share of the query's names that it lacks
	kin   map[int32]float64 // by article: how far it is about whom the query's own is about
	seen  []uint32          // by termID: the last surroundings that it was met in
	turn  uint32            // the surroundings in hand
	terms []termID
	unit  []termID          // the terms of one item, as they are read
	texts map[uint32]string // of an index that keeps none: those that the query in hand needs
	fetch Texts
	err   error   // why they could not be had
	met   []uint8 // by unit of the query: its links so far
}

func newScratch(ix *Index) *scratch {
	sc := &scratch{words: map[string]*word{}, alike: map[string][]weightedTerm{}, casts: map[int32]*cast{},
		kin: map[int32]float64{}, there: map[int32]float64{}}
	sc.rd = reader{lex: ix.lex, known: func(raw string, s script) *word {
		if w, ok := ix.words[raw]; ok {
			return w
		}
		if w, ok := sc.words[raw]; ok {
			return w
		}
		if len(sc.words) > 1<<14 {
			clear(sc.words)
		}
		w := ix.lex.newWord(raw, s)
		sc.words[raw] = w
		return w
	}}
	return sc
}

// refresh forgets what was found in the index before it grew.
func (sc *scratch) refresh(ix *Index) {
	if sc.types != len(ix.types) || len(sc.alike) > 1<<14 {
		clear(sc.alike)
		sc.types = len(ix.types)
	}
	if sc.items != ix.items.len() || len(sc.casts) > 512 {
		clear(sc.casts)
		sc.items = ix.items.len()
	}
	clear(sc.kin)
	clear(sc.there)
	sc.own = ownCast{}
	sc.fetch, sc.err = nil, nil
	clear(sc.texts)
}

const (
	maxPostings = 2_000_000 // postings read for one query, rarest terms first
	minRanked   = 100       // items that are ranked exactly for one query
)

// candidate is an item with its rough sum.
type candidate struct {
	item uint32
	sum  float32
}

// Query gives the k best items for q, best first, ties in the order they were added. Items of q's own Doc are left out.
func (ix *Index) Query(q Item, k int) []Hit {
	hits, _ := ix.QueryFrom(q, k, nil) // an index that keeps its texts asks nobody
	return hits
}

// QueryFrom is Query for an index that keeps no texts (BareTexts): it asks for those of the hits, and of the neighbours
// of the sentence that q stands in.
func (ix *Index) QueryFrom(q Item, k int, texts Texts) ([]Hit, error) {
	hits, _, err := ix.query(q, k, texts, nil)
	return hits, err
}

// query also says whether the index knows where in its article q stands.
func (ix *Index) query(q Item, k int, texts Texts, sense Sense) (hits []Hit, stands bool, err error) {
	if k <= 0 {
		return nil, false, nil
	}
	if err := ix.toRead(); err != nil {
		return nil, false, err
	}
	defer ix.mu.RUnlock()
	sc := ix.pool.Get().(*scratch)
	defer ix.pool.Put(sc)
	sc.refresh(ix)
	sc.fetch = texts
	in := ix.prepare(q, sc)
	in.sense = sense
	ix.spell(in, sc)
	cands := ix.rough(in, sc, max(minRanked, 2*k))
	cands = ix.addSpelt(in, cands, sc, max(minRanked, 2*k))
	cands = ix.addNear(in, cands)
	hits = ix.exact(in, cands, sc, k)
	return hits, in.home >= 0, sc.err
}

// rough adds up the weights of shared terms over the postings, rarest terms first, and gives the n greatest.
func (ix *Index) rough(in *inquiry, sc *scratch, n int) []candidate {
	if n := ix.items.len(); len(sc.sums) < n {
		sc.sums = make([]float32, n+n/8)
	}
	sums := sc.sums[:ix.items.len()]
	clear(sums)
	var terms []weightedTerm
	for _, a := range in.asks {
		for _, t := range a.terms {
			w := float32(ix.idf(t.id)) * t.trust
			terms = append(terms, weightedTerm{t.id, w * w})
		}
	}
	slices.SortStableFunc(terms, func(a, b weightedTerm) int { return cmp.Compare(b.trust, a.trust) })
	read := 0
	for _, t := range terms {
		list := &ix.postings[t.id]
		if read += int(list.n); read > ix.budget && read > int(list.n) {
			break
		}
		list.addTo(sums, t.trust)
	}
	return ix.greatest(sums, in.doc, n)
}

// greatest picks the n items with the greatest sum for their size, in any order.
func (ix *Index) greatest(sums []float32, own int32, n int) []candidate {
	heap := make([]candidate, 0, n+1)
	for i, sum := range sums {
		if sum == 0 {
			continue
		}
		if own >= 0 && ix.docs.of[i] == own {
			continue
		}
		sum /= float32(math.Sqrt(float64(ix.forward.counts[i]) + 4))
		if len(heap) == n && sum <= heap[0].sum {
			continue
		}
		heap = pushCandidate(heap, candidate{uint32(i), sum}, n)
	}
	return heap
}

// pushCandidate keeps the n greatest in a heap whose root is the least.
func pushCandidate(heap []candidate, c candidate, n int) []candidate {
	if len(heap) < n {
		heap = append(heap, c)
		for i := len(heap) - 1; i > 0; {
			p := (i - 1) / 2
			if heap[p].sum <= heap[i].sum {
				break
			}
			heap[p], heap[i] = heap[i], heap[p]
			i = p
		}
		return heap
	}
	heap[0] = c
	for i := 0; ; {
		l := 2*i + 1
		if l >= n {
			break
		}
		if l+1 < n && heap[l+1].sum < heap[l].sum {
			l++
		}
		if heap[i].sum <= heap[l].sum {
			break
		}
		heap[i], heap[l] = heap[l], heap[i]
		i = l
	}
	return heap
}

// spell adds up BM25 over the grams that each item shares with the query.
func (ix *Index) spell(in *inquiry, sc *scratch) {
	if n := ix.items.len(); len(sc.spelt) < n {
		sc.spelt = make([]float32, n+n/8)
	}
	spelt := sc.spelt[:ix.items.len()]
	clear(spelt)
	in.spelt = 0
	if ix.keys&KeyGram == 0 || len(in.asks) == 0 {
		return
	}
	sc.grams = gramsOf(in.item.Text, sc.grams[:0])
	for _, x := range sc.grams {
		id, ok := ix.grams.id(x)
		if !ok {
			in.spelt += ix.grams.idf(0)
			continue
		}
		list := &ix.grams.postings[id]
		w := ix.grams.idf(int(list.n))
		in.spelt += w
		list.addTo(spelt, float32(w))
	}
	mean := float64(ix.grams.total) / float64(ix.items.len())
	for i := range spelt {
		if spelt[i] != 0 {
			spelt[i] *= float32((gramK1 + 1) / (1 + gramK1*(1-gramB+gramB*float64(ix.grams.lengths[i])/mean)))
		}
	}
	in.spelt *= (gramK1 + 1) / (1 + gramK1*(1-gramB))
}

// addSpelt adds the items that share most grams with the query to those that share most keys.
func (ix *Index) addSpelt(in *inquiry, cands []candidate, sc *scratch, n int) []candidate {
	there := make(map[uint32]bool, len(cands))
	for _, c := range cands {
		there[c.item] = true
	}
	heap := make([]candidate, 0, n+1)
	for i, sum := range sc.spelt[:ix.items.len()] {
		if sum == 0 || in.doc >= 0 && ix.docs.of[i] == in.doc || len(heap) == n && sum <= heap[0].sum {
			continue
		}
		heap = pushCandidate(heap, candidate{uint32(i), sum}, n)
	}
	for _, c := range heap {
		if !there[c.item] {
			cands = append(cands, c)
		}
	}
	return cands
}

// What a hit is worth at least before it is proposed. Both were measured (docs/text/evidence.md): a sentence alone
// among sentences, and a claim that stands in an article, whose score holds the incident and the surroundings as well.
const (
	leastAlone     = 0.22
	leastInArticle = 0.015
)

// Propose is Query that abstains: it gives only the hits that are worth a look, and none when no item speaks of q.
func (ix *Index) Propose(q Item, k int) []Hit {
	hits, _ := ix.ProposeFrom(q, k, nil)
	return hits
}

// ProposeFrom is Propose for an index that keeps no texts, as QueryFrom is Query.
func (ix *Index) ProposeFrom(q Item, k int, texts Texts) ([]Hit, error) {
	return ix.propose(q, k, texts, nil)
}

func (ix *Index) propose(q Item, k int, texts Texts, sense Sense) ([]Hit, error) {
	hits, stands, err := ix.query(q, k, texts, sense)
	if err != nil {
		return nil, err
	}
	least := leastOf(stands)
	return slices.DeleteFunc(hits, func(h Hit) bool { return h.Score < least }), nil
}

// Least is the score, 0 to 1, below which no hit of a query is proposed.
func (ix *Index) Least(q Item) float64 {
	return leastOf(ix.stands(q))
}

func leastOf(stands bool) float64 {
	if stands {
		return leastInArticle
	}
	return leastAlone
}

// stands says whether the index knows where in its article a query stands.
func (ix *Index) stands(q Item) bool {
	ix.mu.RLock()
	defer ix.mu.RUnlock()
	doc := ix.docs.number(q.Doc)
	return doc >= 0 && ix.homeOf(q, doc, &scratch{}) >= 0
}
