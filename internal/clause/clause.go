package clause

import (
	"unicode"

	"claimbench/internal/lang"
	"claimbench/internal/text"
)

// Kind says what a clause is in its sentence.
type Kind uint8

// The kinds. None marks a word that goes on with the clause before it; it is no kind of a segment.
const (
	None       Kind = iota
	Main            // the sentence's own predicate
	Frame           // a predicate whose content is another clause: he says, they believe
	Coordinate      // a predicate joined to one before it
	Content         // what a frame says
	Relative        // says something of a noun, with or without a pronoun
	Adverbial       // time, cause, condition, manner
	Apposition      // another name of a noun
	kinds
)

// Segment is a stretch of a sentence in one clause, in code points of the line. A clause that
// another interrupts has several segments.
type Segment struct {
	text.Span
	Kind Kind
}

// Segments cuts a line into clauses. ok is false for a language that was not learnt, and for a line without words.
func Segments(line []rune, code string) (out []Segment, ok bool) {
	id, known := languageID(code)
	if !known {
		return nil, false
	}
	words := cut(line, lang.Of(code).Is(lang.Unspaced))
	if len(words) == 0 {
		return nil, false
	}
	labels := weights().tag(newSentence(line, words, id))
	for i, w := range words {
		if i == 0 || labels[i] != None {
			out = append(out, Segment{Span: text.Span{Start: w.start}, Kind: labels[i]})
		}
		out[len(out)-1].End = w.end
	}
	if out[0].Kind == None {
		out[0].Kind = Main
	}
	return out, true
}

// word is a word, a number or one mark, in code points of the line.
type word struct{ start, end int }

// cut parts a line into words; in a language without spaces each Han character is one.
func cut(line []rune, unspaced bool) []word {
	var out []word
	for i := 0; i < len(line); {
		r := line[i]
		if unicode.IsSpace(r) {
			i++
			continue
		}
		start := i
		i++
		if inWord(r) && !(unspaced && r >= 0x2E80) {
			for i < len(line) && (inWord(line[i]) && !(unspaced && line[i] >= 0x2E80) || joinsWord(line, i)) {
				i++
			}
		}
		out = append(out, word{start, i})
	}
	return out
}

func inWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) }

// joinsWord says that the mark at i stands inside a word or number: l'eau, 2,5, Baton-Rouge.
func joinsWord(line []rune, i int) bool {
	if i+1 >= len(line) || !inWord(line[i+1]) {
		return false
	}
	switch line[i] {
	case '\'', '’', '-':
		return true
	case '.', ',':
		return unicode.IsDigit(line[i-1]) && unicode.IsDigit(line[i+1])
	}
	return false
}

// languages are those that the weights know, in the order of their numbers.
var languages = [...]string{"fr", "de", "es", "ru", "tr", "zh", "pt", "id", "ko", "hi", "it", "pl"}

// Languages gives the languages that the weights know.
func Languages() []string { return append([]string(nil), languages[:]...) }

func languageID(code string) (uint32, bool) {
	base := lang.Of(code).Code
	for i, l := range languages {
		if l == base {
			return uint32(i + 1), true
		}
	}
	return 0, false
}
