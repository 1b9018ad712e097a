package match

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"
)

// termID numbers what the postings are kept by. The concepts of the lexicon come first, then stems, numbers and dates
// as they are met.
type termID uint32

// wordType is a stem met in the corpus, with how it sounds.
type wordType struct {
	met      bool
	stem     string
	readings []string
	script   script
	known    bool // the lexicon has a concept for it, and surely
	proper   bool // first met with a capital
}

// Index holds items and finds those that share keys with a query. It may be read by many at once; Add waits for them.
// Adding costs in proportion to what is added.
type Index struct {
	mu       sync.RWMutex
	lex      *Lexicon
	keys     Keys
	budget   int     // postings read for one query
	logItems float64 // ln of the items that idf counts
	items    []Item
	hands    []hand // of the items
	ids      map[string]int
	stated   map[termID]string // the values of numbers and dates
	postings [][]uint32        // by termID: positions in items, ascending
	terms    map[string]termID
	types    []wordType // by termID; of terms that are no stems the zero value
	bySound  map[string][]termID
	forward  []termID  // the terms of all items, unit by unit: endOfUnit marks the last of a unit
	starts   []int     // where each item's terms start in forward; one more at the end
	trust    []float32 // by termID: how far two units that share it mean the same
	docs     *docTable
	words    map[string]*word
	rd       reader
	buf      []termID
	grams    *gramIndex
	gramBuf  []gram
	pool     sync.Pool // *scratch
}

// NewIndex gives an empty index over a lexicon; Builtin() is the usual one.
func NewIndex(lex *Lexicon, options ...Option) *Index {
	ix := &Index{lex: lex, keys: AllKeys, budget: maxPostings, ids: map[string]int{}, terms: map[string]termID{},
		stated:  map[termID]string{},
		bySound: map[string][]termID{}, words: map[string]*word{}, docs: newDocTable(), grams: newGramIndex(),
		postings: make([][]uint32,
			len(lex.concepts)), types: make([]wordType, len(lex.concepts))}
	ix.rd = reader{lex: lex, known: ix.word}
	for _, c := range lex.concepts {
		ix.trust = append(ix.trust, c.trust)
	}
	ix.starts = []int{0}
	for _, change := range options {
		change(ix)
	}
	ix.pool.New = func() any { return newScratch(ix) }
	return ix
}

// Len gives the number of items.
func (ix *Index) Len() int {
	ix.mu.RLock()
	defer ix.mu.RUnlock()
	return len(ix.items)
}

// Add adds items in order. An empty or duplicate ID is refused, and then nothing of the call is added.
func (ix *Index) Add(items ...Item) error { return ix.add(items, true) }

// Know adds items that are never found: the articles that queries come from, so that their incidents are known.
func (ix *Index) Know(items ...Item) error { return ix.add(items, false) }

func (ix *Index) add(items []Item, found bool) error {
	ix.mu.Lock()
	defer ix.mu.Unlock()
	for i, it := range items {
		_, dup := ix.ids[it.ID]
		if it.ID == "" || dup {
			for _, undo := range items[:i] {
				delete(ix.ids, undo.ID)
			}
			return duplicateError(it.ID)
		}
		ix.ids[it.ID] = len(ix.items) + i
	}
	for _, it := range items {
		ix.addOne(it, found)
	}
	ix.logItems = math.Log(float64(len(ix.items)) + priorItems + 1)
	return nil
}

func duplicateError(id string) error {
	if id == "" {
		return fmt.Errorf("an item has no id: every item of an index needs its own")
	}
	return fmt.Errorf("id %q is there twice: every item of an index needs its own", id)
}

func (ix *Index) addOne(it Item, found bool) {
	n := uint32(len(ix.items))
	ix.items, ix.hands = append(ix.items, it), append(ix.hands, handOf(it.Text))
	ix.docs.start(it.Doc, n)
	ix.gramBuf = ix.grams.add(n, it.Text, found, ix.gramBuf)
	units := ix.rd.read(it.Text)
	for i := range units {
		terms := ix.unitTerms(&units[i])
		if found {
			for _, t := range terms {
				ix.post(t, n)
			}
		}
		if len(terms) > 0 {
			ix.forward = append(ix.forward, terms...)
			ix.forward[len(ix.forward)-1] |= endOfUnit
		}
	}
	ix.starts = append(ix.starts, len(ix.forward))
}

// endOfUnit marks the last term of a unit in Index.forward.
const endOfUnit termID = 1 << 31

func (ix *Index) post(id termID, n uint32) {
	list := ix.postings[id]
	if len(list) > 0 && list[len(list)-1] == n {
		return
	}
	ix.postings[id] = append(list, n)
}

// unitTerms gives the terms a unit of the corpus is filed under, making those that are new: concepts first, the stem
// last. The slice is valid until the next call.
func (ix *Index) unitTerms(u *unit) []termID {
	kept := u.word != nil && u.value == "" && len(u.concepts) == len(u.word.concepts)
	if kept && u.word.filed != nil {
		return u.word.filed
	}
	ix.buf = ix.buf[:0]
	ix.eachTerm(u, func(c conceptID) { ix.buf = append(ix.buf, termID(c)) }, func(name string) {
		id := ix.intern(name)
		if kept {
			ix.learn(id, u.word)
		}
		ix.buf = append(ix.buf, id)
	})
	if kept && len(ix.buf) > 0 {
		u.word.filed = slices.Clone(ix.buf)
	}
	return ix.buf
}

// eachTerm calls one of its functions for every term of a unit, in order: a concept by its id, the rest by name.
func (ix *Index) eachTerm(u *unit, byID func(conceptID), byName func(string)) {
	if u.value != "" {
		if ix.keys&KeyNumber == 0 {
			return
		}
		byName(u.value)
		if loose, ok := loosely(u.value); ok {
			byName(loose)
		}
		return
	}
	for _, c := range u.concepts {
		if ix.keys&ix.lex.concepts[c].key != 0 {
			byID(c)
		}
	}
	if u.word != nil && ix.keys&(KeyStem|KeySound) != 0 {
		byName(u.word.stem)
	}
}

func (ix *Index) intern(name string) termID {
	id, ok := ix.terms[name]
	if !ok {
		id = termID(len(ix.postings))
		ix.terms[name] = id
		ix.postings = append(ix.postings, nil)
		ix.types = append(ix.types, wordType{})
		if strings.HasPrefix(name, "n:") || strings.HasPrefix(name, "month:") || strings.HasPrefix(name, "year:") {
			ix.stated[id] = name
		}
		trust := float32(1)
		switch {
		case strings.HasPrefix(name, "month:") && !strings.Contains(name, "-"):
			trust = trustMonth
		case name[0] == '~':
			trust = trustBare
		}
		ix.trust = append(ix.trust, trust)
	}
	return id
}

// learn files a new stem under its sound.
func (ix *Index) learn(id termID, w *word) {
	if ix.types[id].met {
		return
	}
	readings := w.readings()
	ix.types[id] = wordType{met: true, stem: w.stem, readings: slices.Clip(readings[:min(len(readings), maxReadings)]),
		script: w.script, known: w.sure, proper: w.proper}
	for _, key := range soundKeys(readings) {
		ix.bySound[key] = append(ix.bySound[key], id)
	}
}

// maxWords bounds the spellings kept with their analysis.
const maxWords = 1 << 18

// word gives the analysis of a spelling, from memory when it was met before. The caller holds the write lock.
func (ix *Index) word(raw string, s script) *word {
	if w, ok := ix.words[raw]; ok {
		return w
	}
	if len(ix.words) >= maxWords {
		clear(ix.words)
	}
	w := ix.lex.newWord(raw, s)
	ix.words[raw] = w
	return w
}

// readings gives how a word may sound.
func (w *word) readings() []string {
	if w.script == scriptHan {
		if n := soundRun(w.sound); n == 0 || n != len(w.sound) {
			return nil
		}
		return sounds(w.sound, scriptHan)
	}
	r := sounds(w.folded, w.script)
	if w.script >= scriptCyrillic && !w.sure {
		for _, b := range barer(w.folded, w.script)[:min(2, len(barer(w.folded, w.script)))] {
			r = append(r, sounds(b, w.script)...)
		}
	}
	if w.script == scriptArabic && !w.sure {
		for _, clitic := range []string{"و", "ب", "ل", "ف", "ک"} { // Arabic writes "and", "in", "to" onto the name
			if rest := w.folded[min(len(clitic), len(w.folded)):]; len(rest) >= 8 && w.folded[:len(clitic)] == clitic {
				r = append(r, sounds(rest, w.script)...)
			}
		}
	}
	return r
}

// priorItems are imagined items without any of the terms: in a small corpus the words of its topic, which most items
// have, would else weigh nothing.
const priorItems = 10_000

// idf is the weight of a term: how rare it is among the items, ln((n+1)/(df+½)), which is BM25's. n counts priorItems.
func (ix *Index) idf(id termID) float64 {
	df := len(ix.postings[id])
	if df < len(halfLogs) {
		return ix.logItems - halfLogs[df]
	}
	return ix.logItems - math.Log(float64(df)+0.5)
}

// halfLogs holds ln(df+½) for the usual counts.
var halfLogs = func() (logs [4096]float64) {
	for df := range logs {
		logs[df] = math.Log(float64(df) + 0.5)
	}
	return logs
}()
