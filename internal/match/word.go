package match

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"claimbench/internal/text"
)

// word is what is known of one spelling. It is worked out once and kept.
type word struct {
	folded   string
	key      string // its stem, whether it says anything or not
	stem     string // "" when the word says nothing
	script   script
	sound    string // a Chinese word as it was written, which its sound is read from
	proper   bool   // written like a name: with a capital
	concepts []conceptID
	guests   []conceptID // what it says beside them in an Urdu text
	sure     bool        // of its concepts; a word that is not may be a name
	parts    []*word     // of a Persian compound that is known only by its parts
	phrases  []phrase    // that start with it
	filed    []termID    // the terms an index files it under, once it has
}

// newWord analyses one token as it stands in a text.
func (lex *Lexicon) newWord(raw string, s script) *word {
	of := noTongue
	if s == scriptLatin {
		of, raw = tongueIn(raw)
	}
	w := &word{folded: text.Fold(raw), script: s}
	if s == scriptHan {
		w.sound, w.folded = w.folded, japaneseForm(w.folded)
	}
	w.key = stem(w.folded, s)
	w.phrases = lex.phrases[w.key]
	capitals := s == scriptLatin && isCapitals(raw)
	if capitals {
		w.concepts = lex.capitals[w.folded]
		w.sure = w.concepts != nil
	}
	if s == scriptLatin {
		r, _ := utf8.DecodeRuneInString(raw)
		w.proper = unicode.IsUpper(r)
	}
	if !capitals && of == noTongue && stopwords[w.folded] || utf8.RuneCountInString(w.folded) < 2 && s != scriptHan {
		return w
	}
	w.stem = w.key
	if w.concepts == nil {
		w.concepts, w.sure = lex.lookup(w.folded, s)
	}
	if of != noTongue {
		w.asGuest(lex, of, capitals)
	}
	if s == scriptArabic {
		w.guests = lex.guestsOf(w.folded)
	}
	if w.concepts == nil && s == scriptArabic && strings.ContainsRune(raw, zwnj) {
		for _, part := range strings.FieldsFunc(raw, func(r rune) bool { return r == zwnj }) {
			if p := lex.newWord(part, s); p.stem != "" {
				w.parts = append(w.parts, p)
			}
		}
		if len(w.parts) < 2 {
			w.parts = nil
		}
	}
	return w
}
