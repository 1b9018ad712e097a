package match

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"
	"time"

	"claimbench/internal/text"
)

// termID numbers what the postings are kept by. The concepts of the lexicon come first, then stems, numbers and dates
// as they are met.
type termID uint32

// wordType is a stem met in the corpus, with how it sounds.
type wordType struct {
	stem     string
	readings string // one a line, likeliest first
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
	budget   int // postings read for one query
	patience time.Duration
	logItems float64 // ln of the items that idf counts
	items    itemTable
	hands    []hand   // of the items
	postings []packed // by termID: positions in items
	terms    map[string]termID
	strings  arena
	typeAt   []int32    // by termID: the place in types, less one; 0 of terms that are no stems
	types    []wordType // of the stems
	bySound  map[string][]termID
	forward  unitLists // the terms of all items
	named    nameLists // of an index without texts: the names in each item
	trust    []float32 // by termID: how far two units that share it mean the same
	alikes   alikeMemo
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
	ix := &Index{lex: lex, keys: AllKeys, budget: maxPostings, items: newItemTable(), terms: map[string]termID{},
		bySound: map[string][]termID{}, words: map[string]*word{}, docs: newDocTable(), grams: newGramIndex(),
		postings: make([]packed, len(lex.concepts)), typeAt: make([]int32, len(lex.concepts)),
		forward: newUnitLists(), named: newNameLists()}
	ix.rd = reader{lex: lex, known: ix.word}
	for _, c := range lex.concepts {
		ix.trust = append(ix.trust, c.trust)
	}
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
	return ix.items.len()
}

// Add adds items in order. An empty or duplicate ID is refused, and then nothing of the call is added.
func (ix *Index) Add(items ...Item) error { return ix.add(items, true) }

// Know adds items that are never found: the articles that queries come from, so that their incidents are known.
func (ix *Index) Know(items ...Item) error { return ix.add(items, false) }

func (ix *Index) add(items []Item, found bool) error {
	ix.mu.Lock()
	defer ix.mu.Unlock()
	fresh := make(map[string]bool, len(items))
	for _, it := range items {
		if _, dup := ix.items.find(it.ID); it.ID == "" || dup || fresh[it.ID] {
			return duplicateError(it.ID)
		}
		fresh[it.ID] = true
	}
	for _, it := range items {
		ix.addOne(it, found)
		text.Yield()
	}
	ix.logItems = logItems(ix.items.len())
	return nil
}

func duplicateError(id string) error {
	if id == "" {
		return fmt.Errorf("an item has no id: every item of an index needs its own")
	}
	return fmt.Errorf("id %q is there twice: every item of an index needs its own", id)
}

func (ix *Index) addOne(it Item, found bool) {
	n := uint32(ix.items.len())
	ix.items.add(it)
	ix.hands = append(room(ix.hands, 1), handOf(it.Text))
	ix.docs.start(it.Doc, n)
	ix.gramBuf = ix.grams.add(n, it.Text, found, ix.gramBuf)
	units := ix.rd.read(it.Text)
	count := 0
	for i := range units {
		terms := ix.unitTerms(&units[i])
		if found {
			for _, t := range terms {
				ix.postings[t].add(n)
			}
		}
		count += ix.forward.put(terms)
	}
	ix.forward.end(count)
	if ix.items.bare {
		for _, name := range ix.namesRead(it, units, n) {
			ix.named.put(name)
		}
		ix.named.end()
	}
}

// endOfUnit marks the last term of a unit.
const endOfUnit termID = 1 << 31

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
		name = ix.strings.keep(name) // it may be a part of a whole text
		ix.terms[name] = id
		ix.postings = append(room(ix.postings, 1), packed{})
		ix.typeAt = append(ix.typeAt, 0)
		ix.trust = append(ix.trust, trustOf(name))
	}
	return id
}

// trustOf says how far two units that share a term of that name mean the same.
func trustOf(name string) float32 {
	switch {
	case strings.HasPrefix(name, "month:") && !strings.Contains(name, "-"):
		return trustMonth
	case name[0] == '~':
		return trustBare
	}
	return 1
}

// learn files a new stem under its sound.
func (ix *Index) learn(id termID, w *word) {
	if ix.typeAt[id] > 0 {
		return
	}
	readings := w.readings()
	ix.types = append(ix.types, wordType{stem: ix.strings.keep(w.stem),
		readings: ix.strings.keep(joinReadings(readings)), script: w.script, known: w.sure, proper: w.proper})
	ix.typeAt[id] = int32(len(ix.types))
	for _, key := range soundKeys(readings) {
		ix.bySound[key] = append(ix.bySound[key], id)
	}
}

// typeOf gives what is known of the stem that a term is; ok is false for a term that is none.
func (ix *Index) typeOf(id termID) (t *wordType, ok bool) {
	if n := ix.typeAt[id]; n > 0 {
		return &ix.types[n-1], true
	}
	return nil, false
}

// maxWords bounds the spellings kept with their analysis.
const maxWords = 1 << 14

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

// logItems is ln of how many items idf counts among n.
func logItems(n int) float64 { return math.Log(float64(n) + priorItems + 1) }

// idf is the weight of a term: how rare it is among the items, ln((n+1)/(df+½)), which is BM25's. n counts priorItems.
func (ix *Index) idf(id termID) float64 {
	df := int(ix.postings[id].n)
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
