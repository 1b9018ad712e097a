package extract

import (
	"strings"
	"unicode"

	"claimbench/internal/text"
)

// tokenKind tells words from numbers and marks.
type tokenKind uint8

const (
	word tokenKind = iota
	number
	mark
)

// token is a word, a number or one mark of a sentence. Start and end are code
// points of the sentence, form its folded spelling: lower case, one letter for
// the Arabic and Persian variants, no vowel marks, tatweel or joiners.
type token struct {
	start, end int
	kind       tokenKind
	form       string
	class      class
	quoted     bool // inside quotation marks
	depth      int  // of round brackets
}

// line is a sentence made ready for the grammars.
type line struct {
	sent   text.Sentence
	runes  []rune
	toks   []token
	lang   string
	base   int       // code point of the document at which the runes begin
	found  []hedgeAt // the hedges of the line
	set    [][2]int  // the set phrases that govern nothing, as tokens
	untold [][2]int  // where operators take back what is said, in code points
	marks  []uint8   // the signs of a Japanese line, once they were asked for
	facts  facts     // the quantities, dates and names of the line
}

// newLine cuts a sentence, or a stretch of a long one that begins at base, into
// tokens. The language's lexicon gives each its class.
func newLine(runes []rune, s text.Sentence, base int, lex lexicon) *line {
	l := &line{sent: s, runes: runes, lang: s.Lang, base: base}
	l.toks = make([]token, 0, len(l.runes)/5+4)
	var form []rune
	classes := lex()
	for i := 0; i < len(l.runes); {
		r := l.runes[i]
		if unicode.IsSpace(r) || isInvisible(r) {
			i++
			continue
		}
		start, kind := i, kindOf(r)
		form = form[:0]
		for i < len(l.runes) && l.joins(start, i, kind) {
			form = appendFolded(form, l.runes[i])
			i++
		}
		t := token{start: start, end: i, kind: kind, form: string(form)}
		if kind == word {
			t.class = classes[t.form]
		}
		l.toks = append(l.toks, t)
	}
	l.nest()
	return l
}

// joins says whether code point i belongs to the token that began at start.
func (l *line) joins(start, i int, kind tokenKind) bool {
	r := l.runes[i]
	if i == start {
		return true
	}
	if kind == mark {
		return r == '.' && l.runes[start] == '.'
	}
	if k := kindOf(r); k == kind || unicode.IsMark(r) || isInvisible(r) || k == number {
		return true
	}
	next := rune(' ')
	if i+1 < len(l.runes) {
		next = l.runes[i+1]
	}
	switch r {
	case '.', ',', ':', '٫', '٬', '/':
		return unicode.IsDigit(l.runes[i-1]) && unicode.IsDigit(next) || r == '.' && kind == word &&
			kindOf(next) == word && unicode.In(next, unicode.Latin)
	case '\'', '’', '-', '‑':
		return kindOf(next) != mark && !unicode.IsSpace(next)
	}
	return kind == number && kindOf(r) == word && unicode.In(r, unicode.Latin)
}

// nest marks the tokens inside quotation marks and round brackets. A mark left
// open counts for nothing.
func (l *line) nest() {
	var quotes, brackets []int
	for i := range l.toks {
		if l.toks[i].kind != mark {
			continue
		}
		switch l.toks[i].form {
		case "«", "“", "„", "‹":
			quotes = append(quotes, i)
		case "»", "”", "›", "″":
			quotes = l.quote(quotes, i)
		case "\"":
			if len(quotes) > 0 && l.toks[quotes[len(quotes)-1]].form == "\"" {
				quotes = l.quote(quotes, i)
			} else {
				quotes = append(quotes, i)
			}
		case "(", "（", "[":
			brackets = append(brackets, i)
		case ")", "）", "]":
			if n := len(brackets); n > 0 {
				if n == 1 { // the outermost pair covers the inner ones
					for k := brackets[0]; k <= i; k++ {
						l.toks[k].depth = 1
					}
				}
				brackets = brackets[:n-1]
			}
		}
	}
}

// quote marks the tokens from the last open quotation mark to i.
func (l *line) quote(open []int, i int) []int {
	n := len(open)
	if n == 0 {
		return open
	}
	if n == 1 {
		for k := open[0]; k <= i; k++ {
			l.toks[k].quoted = true
		}
	}
	return open[:n-1]
}

func kindOf(r rune) tokenKind {
	switch {
	// at once for the commonest
	case r >= 0x620 && r <= 0x64a, r >= 0x671 && r <= 0x6d3, r >= 0x3041 && r <= 0x30fa, r >= 0x4e00 && r <= 0x9fff:
		return word
	case r >= '0' && r <= '9' || r > 0x7f && unicode.IsDigit(r):
		return number
	case r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r > 0x7f && (unicode.IsLetter(r) || unicode.IsMark(r)):
		return word
	case r == '%' || r == '_' || r == '@' || r == '#' || r == '$' || r == '€' || r == '£':
		return word
	}
	return mark
}

// isInvisible names the joiners and direction marks that stand inside words.
func isInvisible(r rune) bool {
	return r >= 0x200b && r <= 0x200f || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 ||
		r == 0xfeff || r == 0x61c || r == 0xad
}

// appendFolded adds the folded spelling of one code point. It is narrower than
// text.Fold (no NFKC) because it must stay cheap: it runs over every letter.
func appendFolded(out []rune, r rune) []rune {
	if r < 0x80 {
		if r >= 'A' && r <= 'Z' {
			r += 'a' - 'A'
		}
		return append(out, r)
	}
	switch r {
	case 'ي', 'ى', 'ئ':
		return append(out, 'ی')
	case 'ك':
		return append(out, 'ک')
	case 'ۀ':
		return append(out, 'ه')
	case 'أ', 'إ', 'ٱ':
		return append(out, 'ا')
	case 'ؤ':
		return append(out, 'و')
	case 'ـ':
		return out
	case '’':
		return append(out, '\'')
	}
	if isInvisible(r) || r >= 0x64b && r <= 0x65f || r == 0x670 {
		return out
	}
	if r >= 0x660 && r <= 0x669 {
		return append(out, '0'+r-0x660)
	}
	if r >= 0x6f0 && r <= 0x6f9 {
		return append(out, '0'+r-0x6f0)
	}
	return append(out, unicode.ToLower(r))
}

// slice is the text between two code points of the sentence.
func (l *line) slice(start, end int) string {
	if start < 0 || end > len(l.runes) || start >= end {
		return ""
	}
	return string(l.runes[start:end])
}

// words is the text of tokens [from,to), as it stands in the sentence.
func (l *line) words(from, to int) string {
	if from < 0 || to > len(l.toks) || from >= to {
		return ""
	}
	return l.slice(l.toks[from].start, l.toks[to-1].end)
}

// has says whether token i exists and is of one of the classes.
func (l *line) has(i int, c class) bool {
	return i >= 0 && i < len(l.toks) && l.toks[i].class&c != 0
}

// is says whether token i is spelled (folded) as one of the forms.
func (l *line) is(i int, forms ...string) bool {
	if i < 0 || i >= len(l.toks) {
		return false
	}
	for _, f := range forms {
		if l.toks[i].form == f {
			return true
		}
	}
	return false
}

// isMark says whether token i is one of the marks in the string.
func (l *line) isMark(i int, marks string) bool {
	return i >= 0 && i < len(l.toks) && l.toks[i].kind == mark && strings.Contains(marks, l.toks[i].form)
}

// count is the number of words and numbers in [from,to).
func (l *line) count(from, to int) int {
	n := 0
	for i := max(from, 0); i < to && i < len(l.toks); i++ {
		if l.toks[i].kind != mark {
			n++
		}
	}
	return n
}

// foldAll folds a word of the tables as newLine folds a word of the text.
func foldAll(s string) string {
	var out []rune
	for _, r := range s {
		out = appendFolded(out, r)
	}
	return string(out)
}
