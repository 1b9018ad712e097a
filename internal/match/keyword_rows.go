package match

import (
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"claimbench/internal/text"
)

// lexiconRow is what the built-in lexicon writes for one concept: cells of forms, with | between them.
type lexiconRow struct {
	in    [4]string // in each language of KeywordLangs
	other []string  // in other languages
	one   bool      // of one thing, as a place or a month is: all its forms name it
	title string    // what it is called in English, when that is not its first form
	apart [4]bool   // languages whose first form says another thing than those of the others
}

// name is what the row is called in the language of a column: its title, or its first form; "" for none that is fair.
func (r *lexiconRow) name(column int) string {
	switch {
	case column == english && r.title != "":
		return r.title
	case r.apart[column]:
		return ""
	}
	return firstForm(r.in[column])
}

func firstForm(cell string) string {
	form, _, _ := strings.Cut(cell, "|")
	return strings.TrimSpace(form)
}

// forms are all its forms in the languages of KeywordLangs, folded, but for one word.
func (r *lexiconRow) forms(but string) (out []string) {
	but = text.Fold(but)
	for _, cell := range r.in {
		for form := range strings.SplitSeq(cell, "|") {
			if form = text.Fold(strings.TrimSpace(form)); form != "" && form != but {
				out = append(out, form)
			}
		}
	}
	return out
}

// leads says whether a word is what the row is about: 2 when it is the first form of one of its cells, 1 when it is of
// one word with that (see shareStem), 0 when not. The forms behind the first are near to it in meaning, and may say
// something else: the row of fulfilling holds کامل, which is whole. A word that begins a first form of several is not
// what they say: الرئيس is no رئيس مجلس الإدارة.
func (r *lexiconRow) leads(written string) int {
	if r.one {
		return 2
	}
	most, said := 0, stemsOf(written)
	for _, form := range r.heads() {
		switch first := stemsOf(form); {
		case first == "":
		case first == said:
			return 2
		case strings.Count(first, " ") == strings.Count(said, " ") && shareStem(said, first):
			most = 1
		}
	}
	return most
}

// chosen is the form by which the concepts of a word are named in the language of a column: the first form of a row
// that the word leads, when it is the word's only row or most rows of the word have that form too; or else the form
// that most rows of the word have, two at least; or else what the first row is about that the word leads. "" for none,
// and for a word that leads two of them alike which do not know of each other.
func chosen(rows []lexiconRow, concepts []conceptID, written string, column int) string {
	support, named := supported(rows, concepts, column)
	led, lone, best, torn := "", "", 0, false
	for _, id := range concepts {
		row := &rows[id]
		name, leads := row.name(column), row.leads(written)
		if name == "" || leads == 0 {
			continue
		}
		if row.one {
			return name
		}
		if lone == "" {
			lone = name
		}
		n := support[stemsOf(name)]
		switch weight := 100*leads + n; {
		case n == 1 && len(concepts) > 1 || weight < best:
		case weight > best:
			led, best, torn = name, weight, false
		default: // عضو leads a member and an organ alike
			torn = torn || !row.holds(led, column)
		}
	}
	switch {
	case torn:
		return ""
	case led != "":
		return led
	}
	most := 1
	for _, form := range named {
		if n := support[stemsOf(form)]; n > most {
			led, most = form, n
		}
	}
	if led == "" {
		return lone
	}
	return led
}

// supported counts in how many of the rows each form of a column stands, by its stem, and gives the forms in their
// order.
func supported(rows []lexiconRow, concepts []conceptID, column int) (support map[string]int, named []string) {
	support = map[string]int{}
	for _, id := range concepts {
		var keys []string
		for form := range strings.SplitSeq(rows[id].in[column], "|") {
			key := stemsOf(form)
			if key == "" || slices.Contains(keys, key) {
				continue
			}
			keys = append(keys, key)
			if support[key]++; support[key] == 1 {
				named = append(named, strings.TrimSpace(form))
			}
		}
	}
	return support, named
}

// holds says whether a form is among those of a column.
func (r *lexiconRow) holds(form string, column int) bool {
	key := stemsOf(form)
	for other := range strings.SplitSeq(r.in[column], "|") {
		if stemsOf(other) == key {
			return true
		}
	}
	return false
}

// stemsOf are the stems of the words of a form, with spaces between them.
func stemsOf(form string) string {
	toks := scan(form, nil)
	if isJapanese(toks) {
		return japaneseForm(text.Fold(strings.ReplaceAll(form, " ", "")))
	}
	stems := make([]string, len(toks))
	for i, t := range toks {
		stems[i] = stem(text.Fold(form[t.start:t.end]), t.script)
	}
	return strings.Join(stems, " ")
}

// shareStem says whether two forms of one row, as stemsOf gives them, are of one word: they begin alike (four letters,
// or two signs of Han or kana), end alike where that is what a Japanese compound is (メール, 電子メール), or are a word
// of Arabic letters and its broken plural, which have their consonants in common (رسالة, رسائل).
func shareStem(a, b string) bool {
	if a == "" || b == "" {
		return false
	}
	same := 0
	for i, r := range a {
		if other, _ := utf8.DecodeRuneInString(b[min(i, len(b)):]); other != r {
			break
		}
		same++
	}
	switch first, _ := utf8.DecodeRuneInString(a); {
	case first >= firstOfHan:
		ends := strings.HasSuffix(a, b) || strings.HasSuffix(b, a)
		return same >= 2 || ends && min(utf8.RuneCountInString(a), utf8.RuneCountInString(b)) >= 2
	case isArabic(first) && same > 0 && consonants(a) == consonants(b):
		return true
	}
	return same >= 4
}

// firstOfHan is the first of the signs that write Japanese and Chinese.
const firstOfHan = 0x3040

func isArabic(r rune) bool { return r >= 0x600 && r < 0x700 }

// consonants is a word of Arabic letters without those that come and go between its forms.
func consonants(word string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune("اویهئءة", r) {
			return -1
		}
		return r
	}, word)
}

// builtinRows gives the row of each concept of the built-in lexicon. The files are read once more for it, in the order
// in which concepts got their numbers (see Lexicon.add).
var builtinRows = sync.OnceValue(func() (rows []lexiconRow) {
	topics := map[string]int{}
	if err := eachBuiltin(func(_ string, tsv []byte) error {
		var langs []string
		for line := range strings.Lines(string(tsv)) {
			cells := strings.Split(strings.TrimRight(line, "\r\n"), "\t")
			switch {
			case cells[0] == "" || cells[0][0] == '#':
				continue
			case langs == nil:
				langs = cells // the header, which names the language of each column
				continue
			}
			at, known := topics[cells[0]]
			if !known {
				at = len(rows)
				one := strings.Contains(cells[0], ":")
				if rows = append(rows, lexiconRow{one: one}); one {
					topics[cells[0]] = at
				}
			}
			for i, cell := range cells[1:] {
				rows[at].put(langs[i+1], cell)
			}
		}
		return nil
	}); err != nil {
		panic("match: " + err.Error()) // compiled in; TestKeywordsNameTheirConcept holds the rows to Builtin
	}
	rows = append(rows, make([]lexiconRow, max(0, len(Builtin().concepts)-len(rows)))...) // of joined/
	heads, err := readHeads(headRows)
	if err != nil {
		panic("match: " + err.Error())
	}
	for i := range rows {
		rows[i].entitle(heads)
	}
	return rows
})

// put adds the cell of a language.
func (r *lexiconRow) put(lang, cell string) {
	column := slices.Index(KeywordLangs, lang)
	switch {
	case cell == "":
	case column < 0 && !r.one:
		r.other = append(r.other, cell)
	case column < 0: // whatever a place is called, its row leads
	case r.in[column] == "":
		r.in[column] = cell
	default:
		r.in[column] += "|" + cell
	}
}
