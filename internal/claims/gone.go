package claims

import (
	"hash/maphash"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/store"
	"claimbench/internal/text"
)

// GoneWords stands in the place of words of a text that was taken down, in what people wrote.
const GoneWords = "[taken down]"

const (
	// leastWords and leastLetters are how long a run of words must be to be a quotation, when it stands in a text of
	// the collection that was taken down; a letter of a script without spaces counts as half a word.
	leastWords, leastLetters = 6, 24
	// mostPrints is how many runs of a collection's texts are kept in memory; texts behind that are read anew each
	// time.
	mostPrints = 2_000_000
	// mostGone is of how many collections they are kept.
	mostGone = 16
)

// Gone are the texts of a collection that were taken down, as runs of words by which quotations of them are found. A
// nil one has none.
type Gone struct {
	seed   maphash.Seed
	prints map[uint64]struct{}
	more   func(yield func(string)) error // texts that are not among the prints; nil for none
}

// goneKept are the runs that a server keeps, by collection.
type goneKept struct {
	mu sync.Mutex
	by map[auth.CollectionID]*goneOf
}

type goneOf struct {
	Gone
	known map[articles.ID]bool
	rest  []articles.ID // texts that were too much to be kept
}

// Gone gives the texts of a collection that are taken down at the moment of a read, nil for none. Their words are read
// once; later reads count the texts in an index, for what was taken down never comes back. Collection 0 is all of them.
func (s *Service) Gone(r *store.Rx, in auth.CollectionID) (*Gone, error) { return s.gone.of(r, in) }

// GoneIn is Gone for what reads them once, without a service: their texts are read anew.
func GoneIn(r *store.Rx, in auth.CollectionID) (*Gone, error) { return new(goneKept).of(r, in) }

func (k *goneKept) of(r *store.Rx, in auth.CollectionID) (*Gone, error) {
	from, args := goneFrom(in)
	n, _, err := store.One[int](r, "SELECT COUNT(*) FROM "+from, args...)
	if err != nil || n == 0 {
		return nil, err
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.by == nil || len(k.by) >= mostGone && k.by[in] == nil {
		k.by = map[auth.CollectionID]*goneOf{}
	}
	kept := k.by[in]
	if kept == nil || len(kept.known) < n {
		if kept, err = kept.grown(r, in); err != nil {
			return nil, err
		}
		k.by[in] = kept
	}
	out := kept.Gone
	if rest := kept.rest; len(rest) > 0 {
		out.more = func(yield func(string)) error { return eachGone(r, rest, yield) }
	}
	return &out, nil
}

// goneFrom are the texts of a collection that were taken down; for 0, of each collection by the index of collections.
func goneFrom(in auth.CollectionID) (string, []any) {
	if in == 0 {
		return "collections c CROSS JOIN articles a WHERE a.collection_id = c.id AND a.state = 'taken_down'", nil
	}
	return "articles a WHERE a.collection_id = ? AND a.state = 'taken_down'", []any{in}
}

// grown is what was kept with the texts that were taken down since. What others look at meanwhile is not changed.
func (k *goneOf) grown(r *store.Rx, in auth.CollectionID) (*goneOf, error) {
	from, args := goneFrom(in)
	all, err := store.Select[articles.ID](r, "SELECT a.id FROM "+from+" ORDER BY a.id", args...)
	if err != nil {
		return nil, err
	}
	out := &goneOf{Gone: Gone{seed: maphash.MakeSeed(), prints: map[uint64]struct{}{}}, known: map[articles.ID]bool{}}
	for _, id := range all {
		out.known[id] = true
	}
	if k != nil { // the map is the readers' too; a text is taken down seldom
		out.seed, out.rest = k.seed, slices.Clone(k.rest)
		out.prints = make(map[uint64]struct{}, len(k.prints))
		for p := range k.prints {
			out.prints[p] = struct{}{}
		}
		all = slices.DeleteFunc(all, func(id articles.ID) bool { return k.known[id] })
	}
	for some := range slices.Chunk(all, 20) {
		if len(out.prints) >= mostPrints {
			out.rest = append(out.rest, some...)
			continue
		}
		if err := eachGone(r, some, out.add); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// eachGone gives the words of some texts: of every revision, and the statements that were made of them.
func eachGone(r *store.Rx, ids []articles.ID, yield func(string)) error {
	for some := range slices.Chunk(ids, idsAtOnce) {
		if err := articles.EachText(r, func(raw string) error { yield(raw); return nil }, "article_id IN ?",
			some); err != nil {
			return err
		}
		said, err := store.Select[string](r, "SELECT statement FROM claims WHERE article_id IN ?", some)
		if err != nil {
			return err
		}
		for _, s := range said {
			yield(s)
		}
	}
	return nil
}

// add keeps the runs of a text.
func (g *Gone) add(raw string) {
	toks, folded := tokens(raw)
	for i := range toks {
		if n := run(toks[i:]); n > 0 {
			g.prints[g.print(folded, toks[i:i+n])] = struct{}{}
		}
	}
}

func (g *Gone) print(folded string, toks []token) uint64 {
	var h maphash.Hash
	h.SetSeed(g.seed)
	for _, t := range toks {
		_, _ = h.WriteString(folded[t.from:t.to])
		_ = h.WriteByte(0)
	}
	return h.Sum64()
}

// TakeOut puts GoneWords in the place of every run of words of these texts in what people wrote, and says whether there
// was any. Case, marks, spaces and punctuation make no difference.
func (g *Gone) TakeOut(words ...*string) (found bool, err error) {
	if g == nil {
		return false, nil
	}
	also := Gone{seed: g.seed, prints: map[uint64]struct{}{}}
	if g.more != nil {
		if err := g.more(also.add); err != nil {
			return false, err
		}
	}
	for _, w := range words {
		if g.takeOut(w, also.prints) {
			found = true
		}
	}
	return found, nil
}

func (g *Gone) takeOut(words *string, also map[uint64]struct{}) bool {
	if len(*words) < leastLetters {
		return false
	}
	toks, folded := tokens(*words)
	var out strings.Builder
	done, from, to := 0, -1, -1 // of *words: what is written; a quotation
	flush := func() {
		if from >= 0 {
			out.WriteString((*words)[done:from])
			out.WriteString(GoneWords)
			done, from = to, -1
		}
	}
	for i := range toks {
		n := run(toks[i:])
		if n == 0 {
			continue
		}
		p := g.print(folded, toks[i:i+n])
		if _, known := g.prints[p]; !known {
			if _, known = also[p]; !known {
				continue
			}
		}
		if from < 0 || toks[i].at > to {
			flush()
			from = toks[i].at
		}
		to = max(to, toks[i+n-1].behind)
	}
	flush()
	if done == 0 {
		return false
	}
	out.WriteString((*words)[done:])
	*words = out.String()
	return true
}

// token is a word, or a letter of a script without spaces: where it stands in the words and in what they fold to, in
// bytes.
type token struct {
	at, behind int
	from, to   int
	letters    int
	dense      bool
}

// run is how many tokens a quotation that begins with the first of some has at least; 0 when they are too few.
func run(toks []token) int {
	halves, letters := 0, 0
	for i, t := range toks {
		letters += t.letters
		if halves += 2; t.dense {
			halves--
			letters++ // a letter there says as much as two
		}
		if halves >= 2*leastWords && letters >= leastLetters {
			return i + 1
		}
	}
	return 0
}

// tokens cuts words as they fold, those in an address too.
func tokens(words string) (out []token, folded string) {
	plain, source := text.Unescape(words)
	folded, at := text.FoldMap(plain)
	starts := make([]int, 0, len(plain)+1) // of the code points, in bytes of what was written
	for i := range plain {
		starts = append(starts, source[i])
	}
	starts = append(starts, len(words))
	open, cp := false, 0
	for i, r := range folded {
		from := at[cp]
		cp++
		if !unicode.In(r, unicode.L, unicode.N, unicode.M) {
			open = false
			continue
		}
		dense := text.Dense(r)
		if !open || dense {
			out = append(out, token{at: starts[from], from: i, dense: dense})
		}
		last := &out[len(out)-1]
		last.behind, last.to = starts[from+1], i+utf8.RuneLen(r)
		last.letters++
		open = !dense
	}
	return out, folded
}
