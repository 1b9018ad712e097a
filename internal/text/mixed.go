package text

import (
	"regexp"
	"strings"
	"unicode"
)

// Mixed is a note of a person as it is to be shown: its own language and direction, and the runs of its words in other
// families.
type Mixed struct {
	Lang string // of the frame: the words around what is quoted or listed in another script
	Dir  Dir    // its base direction
	Runs []Run  // the whole note, in order
}

// Run is a stretch of a note. One of the frame's script, and what has no script, has no language of its own.
type Run struct {
	Text string
	Lang string // Undetermined where it cannot be told, "" in the frame
	Dir  Dir    // "" in the frame
}

// quotedPart is what a note quotes or puts in brackets, and an address: no part of its frame.
var quotedPart = regexp.MustCompile(`«[^»]*»|“[^”]*”|„[^“”]*[“”]|"[^"\n]*"|「[^」]*」|『[^』]*』|\([^()]*\)|\[[^\[\]]*\]|` +
	`https?://\S+|\S+@\S+`)

// MixedOf reads a note. Its base direction is that of the first strong letter of its frame: quotations, brackets and
// addresses are no part of it, nor are codes in capitals (APT31) that a note of another script begins with. A note that
// is nothing but such words is its own frame.
func MixedOf(s string) Mixed {
	runs := runsOf(s)
	frame := frameFamily(s)
	m := Mixed{Lang: Undetermined, Dir: LTR}
	if frame == nil {
		m.Runs = []Run{{Text: s}}
		return m
	}
	words := map[*family]string{} // of each script, all its runs: one word alone may be of many languages
	for _, r := range runs {
		if r.of != nil {
			words[r.of] += r.text + " "
		}
	}
	m.Dir = frame.dir
	m.Lang = langOf(words[frame], frame)
	for _, r := range runs {
		run := Run{Text: r.text}
		if r.of != nil && r.of != frame {
			run.Lang, run.Dir = langOf(words[r.of], r.of), r.of.dir
		}
		if n := len(m.Runs); n > 0 && run.Lang == "" && m.Runs[n-1].Lang == "" {
			m.Runs[n-1].Text += run.Text
		} else {
			m.Runs = append(m.Runs, run)
		}
	}
	return m
}

// family is the letters of some families that are written together.
type family struct {
	name   string
	tables []*unicode.RangeTable
	dir    Dir
}

var families = []*family{
	{"latin", []*unicode.RangeTable{unicode.Latin}, LTR},
	{"arabic", []*unicode.RangeTable{unicode.Arabic}, RTL},
	{"hebrew", []*unicode.RangeTable{unicode.Hebrew}, RTL},
	{"syriac", []*unicode.RangeTable{unicode.Syriac}, RTL},
	{"thaana", []*unicode.RangeTable{unicode.Thaana}, RTL},
	{"nko", []*unicode.RangeTable{unicode.Nko}, RTL},
	{"han", []*unicode.RangeTable{unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Bopomofo}, LTR},
	{"hangul", []*unicode.RangeTable{unicode.Hangul}, LTR},
	{"cyrillic", []*unicode.RangeTable{unicode.Cyrillic}, LTR},
	{"greek", []*unicode.RangeTable{unicode.Greek}, LTR},
}

// otherLetters holds the letters of all other families, which are written from left to right.
var otherLetters = &family{name: "other", dir: LTR}

// familyOf is the family of a letter, or of a digit that only one script has; nil for what all share.
func familyOf(r rune) *family {
	if r < 0x80 && !unicode.IsLetter(r) {
		return nil
	}
	if unicode.Is(unicode.Nd, r) && (r >= 0x660 && r <= 0x669 || r >= 0x6f0 && r <= 0x6f9) {
		return families[1]
	}
	if !unicode.IsLetter(r) || unicode.In(r, unicode.Common, unicode.Inherited) { // ー of メール, ـ
		return nil
	}
	for _, s := range families {
		if unicode.In(r, s.tables...) {
			return s
		}
	}
	return otherLetters
}

type familyRun struct {
	text string
	of   *family
}

// runsOf cuts a note where its script changes. What stands between two runs, and has no script, is a run of its own;
// between letters of one script it belongs to them.
func runsOf(s string) []familyRun {
	var out []familyRun
	from, end := 0, 0 // the run that is open, and where its last letter ends
	var open *family
	cut := func(to int, of *family) {
		if to > from {
			out = append(out, familyRun{s[from:to], of})
		}
		from = to
	}
	for i, r := range s {
		size := len(string(r))
		if r == '\n' && open != nil { // a line is a sentence of its own
			cut(end, open)
			open = nil
		}
		of := familyOf(r)
		if of == nil {
			if i == end && (unicode.Is(unicode.M, r) || unicode.IsDigit(r) || unicode.IsLetter(r)) {
				end = i + size // a mark and a long vowel go with their letter, a figure with its name (APT31)
			}
			continue
		}
		if of != open {
			cut(end, open)
			cut(i, nil)
			open = of
		}
		end = i + size
	}
	cut(max(end, from), open)
	cut(len(s), nil)
	return out
}

// frameFamily is the script of a note's first strong letter outside quotations, nil when it has no letter.
func frameFamily(s string) *family {
	for _, part := range []string{quotedPart.ReplaceAllString(s, " "), s} {
		var first *family
		for word := range strings.FieldsSeq(part) {
			of := firstFamily(word)
			if of == nil {
				continue
			}
			if first == nil {
				first = of
			}
			if !isCode(word) {
				return of
			}
		}
		if first != nil {
			return first
		}
	}
	return nil
}

func firstFamily(word string) *family {
	for _, r := range word {
		if of := familyOf(r); of != nil && unicode.IsLetter(r) {
			return of
		}
	}
	return nil
}

// isCode says that a word is a name in capitals, such as APT31 or EMLEAKS, which any language may begin with.
func isCode(word string) bool {
	return strings.ContainsFunc(word, unicode.IsUpper) && !strings.ContainsFunc(word, unicode.IsLower)
}

// langOf tells the language of words of one script. A name or two in Latin letters may be of any language.
func langOf(words string, of *family) string {
	if of.name == "latin" && (len(strings.Fields(words)) < 2 || isCode(words)) {
		return Undetermined
	}
	found := Detect(words)
	if found != Undetermined && DirOf(found) != of.dir {
		return Undetermined
	}
	return found
}
