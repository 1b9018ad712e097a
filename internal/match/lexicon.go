package match

import (
	"bytes"
	"embed"
	"io"
	"slices"
	"sort"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"claimbench/internal/text"
)

//go:embed lexicon/*.tsv
var lexiconFiles embed.FS

//go:embed tables/places.tsv tables/places_more.tsv tables/peoples.tsv tables/numerals.tsv tables/signs.tsv
var tableFiles embed.FS

// conceptID numbers the concepts of a Lexicon from 0.
type conceptID uint32

// concept is what forms of different languages have in common.
type concept struct {
	key   Keys    // which of the kinds it is
	kind  string  // of the keys it makes
	trust float32 // how far two words of it mean the same, 0 to 1
	value string  // of a month, weekday or numeral: the term it stands for instead of its own
	scale int     // of a word like million: its power of ten
	unit  string  // of a word like kilometre: what it counts in
}

// phrase is a form of several words, each in its stemmed shape.
type phrase struct {
	rest    []string // after the first
	concept conceptID
}

// Lexicon joins the words of languages that mean the same. It never changes once built; Builtin gives the one that is
// compiled in, With adds to a copy.
type Lexicon struct {
	concepts []concept
	// single words, folded and stemmed: maps while they come in, packed once all are there
	forms, stems             map[string][]conceptID
	packedForms, packedStems *wordTable
	capitals                 map[string][]conceptID // forms written in capitals only, folded
	phrases                  map[string][]phrase    // by the stem of their first word, in the order of the second's
	japanese                 *trie                  // all Japanese forms
	// of the rows whose topic is one thing: two rows of it are one concept
	topics map[string]conceptID
	// single words that count in a text of their own language only, folded
	guests map[string][]conceptID
	joined [ownTongues]map[string][]conceptID // and in a text of a tongue only
}

// Builtin gives the lexicon that is compiled in: our concept files, and the names of places, languages, months and
// signs of CLDR. It is built once, on first use.
var Builtin = sync.OnceValue(func() *Lexicon {
	lex, err := buildBuiltin()
	if err != nil {
		panic("match: " + err.Error()) // the files are compiled in: a test reads them
	}
	return lex.pack()
})

func buildBuiltin() (*Lexicon, error) {
	lex := newLexicon()
	if err := eachBuiltin(func(name string, tsv []byte) error {
		return lex.read(name, bytes.NewReader(tsv))
	}); err != nil {
		return nil, err
	}
	return lex, eachJoined(func(name string, tsv []byte) error { return lex.joinRows(name, string(tsv)) })
}

// eachBuiltin calls do for each file that is compiled in, in their order, until one fails.
func eachBuiltin(do func(name string, tsv []byte) error) error {
	for _, folder := range []struct {
		files embed.FS
		name  string
	}{{tableFiles, "tables"}, {lexiconFiles, "lexicon"}} {
		entries, err := folder.files.ReadDir(folder.name)
		if err != nil {
			return err
		}
		for _, entry := range entries {
			tsv, err := folder.files.ReadFile(folder.name + "/" + entry.Name())
			if err != nil {
				return err
			}
			if err := do(entry.Name(), tsv); err != nil {
				return err
			}
		}
	}
	return nil
}

// pack makes the tables small once all words are there; nothing can be added then.
func (lex *Lexicon) pack() *Lexicon {
	lex.packedForms, lex.packedStems = packWords(lex.forms), packWords(lex.stems)
	lex.forms, lex.stems = nil, nil
	return lex
}

// formed and stemmed give the concepts of a word by its folded form and by its stem.
func (lex *Lexicon) formed(word string) []conceptID {
	if lex.packedForms == nil {
		return lex.forms[word]
	}
	return lex.packedForms.of(word)
}

func (lex *Lexicon) stemmed(word string) []conceptID {
	if lex.packedStems == nil {
		return lex.stems[word]
	}
	return lex.packedStems.of(word)
}

func newLexicon() *Lexicon {
	return &Lexicon{forms: map[string][]conceptID{}, stems: map[string][]conceptID{},
		capitals: map[string][]conceptID{}, phrases: map[string][]phrase{}, japanese: newTrie(),
		topics: map[string]conceptID{}, guests: map[string][]conceptID{}}
}

func (lex *Lexicon) read(name string, r io.Reader) error {
	rows, err := readRows(name, r)
	if err != nil {
		return err
	}
	for _, one := range rows {
		lex.add(one)
	}
	return nil
}

// add makes a concept of one row.
func (lex *Lexicon) add(one row) {
	id, known := lex.topics[one.topic]
	if !known {
		id = conceptID(len(lex.concepts))
		lex.concepts = append(lex.concepts, conceptOf(one.topic))
		if strings.Contains(one.topic, ":") {
			lex.topics[one.topic] = id
		}
	}
	for _, form := range one.forms {
		lex.addForm(form, id)
	}
	for _, form := range one.guests {
		if toks := scan(form, nil); len(toks) == 1 {
			lex.put(lex.guests, text.Fold(form), id)
		} else {
			lex.addForm(form, id)
		}
	}
}

// conceptOf says what the topic of a row makes of its keys. Topics of ours are plain words; those of the tables made
// from CLDR say more.
func conceptOf(topic string) concept {
	kind, value, _ := strings.Cut(topic, ":")
	switch kind {
	case "place", "people":
		return concept{key: KeyPlace, kind: KindName, trust: 1}
	case "month", "weekday":
		return concept{key: KeyNumber, kind: KindDate, trust: 1, value: topic}
	case "number":
		return concept{key: KeyNumber, kind: KindNumber, trust: 1, value: "n:" + value}
	case "scale":
		power, _ := strconv.Atoi(value)
		return concept{key: KeyNumber, kind: KindNumber, trust: 0.7, scale: power}
	case "unit":
		return concept{key: KeyConcept, kind: KindWord, trust: 0.7, unit: value}
	case "sign":
		return concept{key: KeySign, kind: KindWord, trust: 0.8}
	case "dictionary":
		return concept{key: KeyConcept, kind: KindWord, trust: 0.9}
	}
	return concept{key: KeyConcept, kind: KindWord, trust: 1}
}

func (lex *Lexicon) addForm(form string, id conceptID) {
	toks := scan(form, nil)
	if len(toks) == 0 {
		return
	}
	if isJapanese(toks) {
		folded := japaneseForm(text.Fold(strings.ReplaceAll(form, " ", "")))
		lex.put(lex.forms, folded, id)
		lex.japanese.put(folded)
		return
	}
	if len(toks) == 1 {
		folded := text.Fold(form[toks[0].start:toks[0].end])
		if isCapitals(form) {
			lex.put(lex.capitals, folded, id)
			return
		}
		lex.put(lex.forms, folded, id)
		lex.put(lex.stems, stem(folded, toks[0].script), id)
		return
	}
	stems := make([]string, len(toks))
	for i, t := range toks {
		stems[i] = stem(text.Fold(form[t.start:t.end]), t.script)
	}
	all := lex.phrases[stems[0]]
	at := sort.Search(len(all), func(i int) bool { return all[i].rest[0] > stems[1] }) // behind its like
	lex.phrases[stems[0]] = slices.Insert(all, at, phrase{stems[1:], id})
	if toks[0].script == scriptArabic { // Persian writes many of them as one word too
		lex.put(lex.forms, text.Fold(strings.ReplaceAll(form, " ", "")), id)
	}
}

func (lex *Lexicon) put(in map[string][]conceptID, form string, id conceptID) {
	if form != "" && !slices.Contains(in[form], id) {
		in[form] = append(in[form], id)
	}
}

func isJapanese(toks []token) bool {
	for _, t := range toks {
		if t.script == scriptHan || t.script == scriptKatakana {
			return true
		}
	}
	return false
}

// isCapitals says whether a form is an abbreviation in Latin capitals, which must not match a word in small letters
// (US, IT, WHO).
func isCapitals(form string) bool {
	n := 0
	for _, r := range form {
		if r >= 'a' && r <= 'z' || r >= 0x80 {
			return false
		}
		if r >= 'A' && r <= 'Z' {
			n++
		}
	}
	return n >= 2
}

// urduEndings are what Urdu nouns and adjectives wear, folded.
var urduEndings = []string{text.Fold("یوں"), text.Fold("وں"), text.Fold("یں"), text.Fold("یاں"), text.Fold("ے"),
	text.Fold("ی"), text.Fold("ا")}

// guestsOf gives the concepts that a word of Arabic letters has in an Urdu text, as it stands or in a shorter form.
func (lex *Lexicon) guestsOf(folded string) []conceptID {
	if c := lex.guests[folded]; c != nil {
		return c
	}
	candidates := shorter(folded, scriptArabic)
	for _, e := range urduEndings {
		if base, ok := strings.CutSuffix(folded, e); ok && utf8.RuneCountInString(base) >= 2 {
			candidates = append(candidates, base, base+"ه") // حملوں and حملے are of حملہ
		}
	}
	for _, candidate := range candidates {
		if c := lex.guests[candidate]; c != nil {
			return c
		}
	}
	return nil
}

// lookup gives the concepts of one word, trying the word as it stands before its shorter forms; sure is false when it
// took a bold cut to find them, for then the word may as well be a name.
func (lex *Lexicon) lookup(folded string, s script) (found []conceptID, sure bool) {
	if c := lex.formed(folded); c != nil {
		return c, true
	}
	for _, candidate := range shorter(folded, s) {
		if c := lex.formed(candidate); c != nil {
			return c, s != scriptArabic || safeCut(folded, candidate) || utf8.RuneCountInString(candidate) >= 4 &&
				!boldCut(folded, candidate)
		}
	}
	if s == scriptArabic {
		return nil, false
	}
	for _, st := range append([]string{stem(folded, s)}, shorter(folded, s)...) {
		if c := lex.stemmed(st); c != nil && st != "" {
			return c, true
		}
		if s == scriptLatin {
			break
		}
	}
	return nil, false
}
