package match

import (
	"cmp"
	"math"
	"slices"

	"claimbench/internal/text"
)

const (
	fullBucket   = 256    // articles that share a key; one that more share finds none
	twinPostings = 20_000 // articles looked at for one article, rarest keys first
	neighbours   = 24     // of them that are compared with it,
	ofLanguage   = 3      // in each other language,
	ofAgency     = 6      // and of those that name the same agency
	keptBest     = 3      // of them in each language that are remembered
	keptAgency   = 12     // and that name the same agency
	sketchSize   = 4096   // shingles of a text that are kept, those with the least hashes
)

// Twins proposes which articles come from one text or one agency, as they come in: an article is compared, once, with
// those that share rare keys with it. It is not safe for concurrent use.
type Twins struct {
	lex     *Lexicon
	rd      reader
	words   map[string]*word
	at      map[string]int32
	docs    []twin
	terms   twinTerms
	bands   map[uint64][]int32 // by band of a signature: the articles that have it, while they are few
	same    map[uint64]int32   // by the hash of all shingles: the first article with them
	sums    []float32
	dropped int

	heaviest []float64 // what mass works with
}

// twin is one article as Twins keeps it, without its words.
type twin struct {
	id, lang string
	gone     bool
	size     int // bytes
	agencies []string
	sketch   []uint64 // the least shingles, sorted
	shingles int
	keys     []twinKey
	names    []wordType
	group    int32   // the first of the articles that are copies of each other
	members  []int32 // of the first: the group, itself included
	copies   []near
	best     map[string][]near // by language, best first
	agency   []near
}

// near is another article, and how alike the two are.
type near struct {
	doc   int32
	score float64
}

// NewTwins gives an empty one over the built-in lexicon.
func NewTwins() *Twins {
	t := &Twins{lex: Builtin(), words: map[string]*word{}, at: map[string]int32{}, bands: map[uint64][]int32{},
		same: map[uint64]int32{}, terms: twinTerms{ids: map[string]uint32{}}}
	t.rd = reader{lex: t.lex, known: func(raw string, s script) *word {
		w, ok := t.words[raw]
		if !ok {
			if len(t.words) >= 1<<16 {
				clear(t.words)
			}
			w = t.lex.newWord(raw, s)
			t.words[raw] = w
		}
		return w
	}}
	return t
}

// Len gives the number of articles.
func (t *Twins) Len() int { return len(t.docs) }

// Add compares one more article with those before it, and gives the ids of the articles whose pairs may have changed,
// its own first. An article that is there already is not added again.
func (t *Twins) Add(it Item) (touched []string) {
	if _, ok := t.at[it.ID]; ok {
		return nil
	}
	n := int32(len(t.docs))
	h := head(it.Text)
	d := twin{id: it.ID, lang: languageOf(it.Lang, h), size: len(it.Text), group: n,
		agencies: agencyNames(ends(it.Text, h)), best: map[string][]near{}}
	t.at[it.ID] = n
	t.docs = append(t.docs, d)
	t.join(n, shingles(it.Text))
	changed := []int32{n}
	for _, c := range t.docs[n].copies {
		changed = append(changed, c.doc)
	}
	if t.docs[n].group == n {
		d := &t.docs[n]
		d.keys, d.names = t.keysOf(h)
		changed = append(changed, t.compare(n)...)
		t.terms.add(n, d.keys)
	}
	slices.Sort(changed[1:])
	for _, c := range slices.Compact(changed) {
		touched = append(touched, t.docs[c].id)
	}
	return touched
}

// Drop forgets an article. clean says that nothing rested on it; else copies of it are known by its keys only, and all
// is better begun anew.
func (t *Twins) Drop(id string) (clean bool) {
	n, ok := t.at[id]
	if !ok {
		return true
	}
	t.docs[n].gone = true
	t.dropped++
	return len(t.docs[t.docs[n].group].members) < 2
}

// Dropped is how many of the articles were dropped; they still take room.
func (t *Twins) Dropped() int { return t.dropped }

// join puts an article into the group of the one that it copies.
func (t *Twins) join(n int32, set []uint64) {
	d := &t.docs[n]
	d.shingles = len(set)
	d.sketch = slices.Clone(set[:min(len(set), sketchSize)])
	if len(set) == 0 {
		d.members = []int32{n}
		return
	}
	whole := uint64(len(set))
	for _, s := range set {
		whole = mix(whole ^ s)
	}
	if first, identical := t.same[whole]; identical && !t.docs[t.docs[first].group].gone {
		d.group = t.docs[first].group
	} else {
		t.same[whole] = n
		sig := sign(set)
		keys := bands(&sig)
		d.group = t.nearest(n, keys)
		for _, k := range keys {
			if len(t.bands[k]) < fullGroup {
				t.bands[k] = append(t.bands[k], n)
			}
		}
	}
	first := &t.docs[d.group]
	t.pairCopies(n, first.members)
	first.members = append(first.members, n)
}

// nearest gives the group of the article most like article n among those that share a band with it, or n itself.
func (t *Twins) nearest(n int32, keys []uint64) int32 {
	best, group := 0.0, n
	tried := map[int32]bool{}
	for _, k := range keys {
		for _, j := range t.bands[k] {
			if tried[j] || t.docs[t.docs[j].group].gone {
				continue
			}
			tried[j] = true
			if o := t.overlap(n, j); o >= leastCopy && o > best {
				best, group = o, t.docs[j].group
			}
		}
	}
	return group
}

// overlap is the share of shingles that two articles have in common, of long ones as their sketches tell.
func (t *Twins) overlap(a, b int32) float64 {
	x, y := &t.docs[a], &t.docs[b]
	if len(x.sketch) == x.shingles && len(y.sketch) == y.shingles {
		return jaccard(x.sketch, y.sketch)
	}
	return sketched(x.sketch, y.sketch, sketchSize)
}

// pairCopies pairs article n with the members of its group: with all of a small group, with the first of a large one.
func (t *Twins) pairCopies(n int32, members []int32) {
	if len(members) >= fullGroup {
		members = members[:1]
	}
	for _, j := range members {
		if t.docs[j].gone {
			continue
		}
		if o := t.overlap(n, j); o >= leastCopy || len(members) == 1 {
			t.docs[n].copies = append(t.docs[n].copies, near{j, o})
			if other := &t.docs[j]; len(other.copies) < fullGroup {
				other.copies = append(other.copies, near{n, o})
			}
		}
	}
}

// compare scores an article against those that share its rarest keys, and gives those whose pairs may change by it.
func (t *Twins) compare(n int32) (changed []int32) {
	d := &t.docs[n]
	mass := t.mass(d.keys)
	best := make([]float64, len(d.keys)+1)
	compared, agencies := map[string]int{}, 0
	left := neighbours
	for _, c := range t.sharing(n) {
		text.Yield()
		other := &t.docs[c]
		if other.gone {
			continue
		}
		foreign := d.lang != other.lang && compared[other.lang] < ofLanguage
		agency := agencies < ofAgency && shareName(d.agencies, other.agencies)
		if !foreign && !agency {
			continue
		}
		if left--; left < 0 {
			break
		}
		score := t.cosine(d, other, mass, best)
		if foreign {
			compared[other.lang]++
			before, had := t.foremost(other.best[d.lang])
			d.best[other.lang] = keepNear(d.best[other.lang], near{c, score}, keptBest)
			other.best[d.lang] = keepNear(other.best[d.lang], near{n, score}, keptBest)
			if now, _ := t.foremost(other.best[d.lang]); now.doc == n {
				if changed = append(changed, c); had {
					changed = append(changed, before.doc) // it was the likeliest until now
				}
			}
		}
		if agency {
			agencies++
			if score >= leastAgency {
				d.agency = keepNear(d.agency, near{c, score}, keptAgency)
				other.agency = keepNear(other.agency, near{n, score}, keptAgency)
				changed = append(changed, c)
			}
		}
	}
	return changed
}

// sharing gives the articles that share most with article n, as far as rare keys tell.
func (t *Twins) sharing(n int32) []int32 {
	d := &t.docs[n]
	if len(t.sums) < len(t.docs) {
		t.sums = make([]float32, 2*len(t.docs))
	}
	rare := slices.Clone(d.keys)
	slices.SortStableFunc(rare, func(a, b twinKey) int { return int(t.terms.df[a.term]) - int(t.terms.df[b.term]) })
	var met []int32
	read := 0
	for _, k := range rare {
		list := t.terms.first[k.term]
		if read += len(list); read > twinPostings {
			break
		}
		w := float32(t.terms.idf(k.term, len(t.docs))) * k.trust
		for _, j := range list {
			if t.sums[j] == 0 {
				met = append(met, j)
			}
			t.sums[j] += w * w
		}
	}
	for _, j := range met {
		t.sums[j] /= float32(math.Sqrt(float64(len(t.docs[j].keys)) + 4))
	}
	slices.SortFunc(met, func(a, b int32) int { return cmp.Or(cmp.Compare(t.sums[b], t.sums[a]), cmp.Compare(a, b)) })
	for _, j := range met {
		t.sums[j] = 0
	}
	return met
}

// mass is the square of an article's length as a vector: of each unit its heaviest key. That of a name is its stem.
func (t *Twins) mass(keys []twinKey) float64 {
	t.heaviest = slices.Grow(t.heaviest[:0], len(keys)+1)[:len(keys)+1] // every unit has a key
	best := t.heaviest
	clear(best)
	sum := 0.0
	for _, k := range keys {
		if k.name > 0 {
			continue
		}
		w := t.terms.idf(k.term, len(t.docs)) * float64(k.trust)
		if at := &best[k.unit]; w > *at {
			sum += w*w - *at**at
			*at = w
		}
	}
	return sum
}

// cosine compares the keys of two articles. Of the keys that a unit of the first shares, the heaviest counts. best is
// what it works with.
func (t *Twins) cosine(a, b *twin, mass float64, best []float64) float64 {
	clear(best)
	sum, full := 0.0, math.Log(float64(len(t.docs))+priorItems+1)
	for i, j := 0, 0; i < len(a.keys) && j < len(b.keys); {
		x, y := a.keys[i], b.keys[j]
		switch {
		case x.term < y.term:
			i++
		case x.term > y.term:
			j++
		default:
			w := t.terms.idf(x.term, len(t.docs)) * float64(min(x.trust, y.trust))
			if x.name > 0 && best[x.unit] < full/2 { // else it has met its name already
				alike := soundAlike(&a.names[x.name-1], &b.names[y.name-1])
				w = full * alike * alike
			}
			if at := &best[x.unit]; w > *at {
				sum += w*w - *at**at
				*at = w
			}
			if j++; j == len(b.keys) || b.keys[j].term != x.term {
				i++
				for j > 0 && i < len(a.keys) && a.keys[i].term == x.term && b.keys[j-1].term == x.term {
					j-- // each of a with each of b
				}
			}
		}
	}
	if sum == 0 {
		return 0
	}
	return min(1, sum/math.Sqrt(mass*t.mass(b.keys)))
}

// keepNear adds an article to the best ones, best first; of equals those that came first.
func keepNear(best []near, x near, most int) []near {
	i, _ := slices.BinarySearchFunc(best, x, func(a, b near) int {
		if a.score >= b.score {
			return -1
		}
		return 1
	})
	if i == most {
		return best
	}
	best = slices.Insert(best, i, x)
	return best[:min(len(best), most)]
}

// Of gives the pairs of one article with those before and after it, in their order. A stands before B.
func (t *Twins) Of(id string) []OriginPair {
	n, ok := t.at[id]
	if !ok || t.docs[n].gone {
		return nil
	}
	d := &t.docs[n]
	kinds := map[int32]OriginPair{}
	pair := func(c near, kind string) {
		a, b := min(n, c.doc), max(n, c.doc)
		if _, ok := kinds[c.doc]; !ok && !t.docs[c.doc].gone {
			kinds[c.doc] = OriginPair{t.docs[a].id, t.docs[b].id, kind, round(c.score)}
		}
	}
	for _, c := range d.copies {
		pair(c, OriginCopy)
	}
	for _, best := range d.best {
		c, ok := t.foremost(best)
		if !ok || c.score < leastTranslation {
			continue
		}
		other := &t.docs[c.doc]
		if back, ok := t.foremost(other.best[d.lang]); ok && back.doc == n && alikeLong(d.size, other.size) {
			pair(c, OriginTranslation)
		}
	}
	for _, c := range d.agency {
		pair(c, OriginAgency)
	}
	others := make([]int32, 0, len(kinds))
	for c := range kinds {
		others = append(others, c)
	}
	slices.Sort(others)
	out := make([]OriginPair, len(others))
	for i, c := range others {
		out[i] = kinds[c]
	}
	return out
}

// foremost is the best that is not gone.
func (t *Twins) foremost(best []near) (near, bool) {
	for _, c := range best {
		if !t.docs[c.doc].gone {
			return c, true
		}
	}
	return near{}, false
}
