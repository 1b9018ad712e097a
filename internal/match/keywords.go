package match

import (
	_ "embed"
	"slices"
	"strconv"
	"strings"

	"claimbench/internal/text"
)

// KeywordLangs are the languages in which key words can be given: those of the lexicon.
var KeywordLangs = []string{"en", "ar", "fa", "ja"}

// mostKeywords is how many key words a line has; a longer one is not read.
const mostKeywords = 14

// Keywords gives what a statement speaks of in another language, for people who do not read its own: numbers as
// written, days and months, names of places and peoples, and the concepts of the lexicon, each once, in the order of
// the statement. It is no translation: it says neither who did what nor whether it is denied. Words that the lexicon
// does not know are left out, but for those in Latin letters, which stand as they are, and so are words with senses far
// apart (see oneSense) and those that a row holds beside its own word only (see chosen): a wrong word is worse than
// none. It is pure, and the same text gives the same line.
func Keywords(statement, in string) []string {
	column := slices.Index(KeywordLangs, in)
	if column < 0 {
		return nil
	}
	lex := Builtin()
	rows := builtinRows()
	rd := reader{lex: lex, known: lex.newWord}
	var out []string
	for _, u := range rd.read(statement) {
		said := keyword(rows, statement, u, column)
		if said == "" || slices.Contains(out, said) {
			continue
		}
		if out = append(out, said); len(out) == mostKeywords {
			break
		}
	}
	return out
}

// keyword is one unit in the language of a column, "" for one that says nothing there.
func keyword(rows []lexiconRow, statement string, u unit, column int) string {
	written := statement[u.start:u.end]
	concepts := together(rows, u.concepts, written)
	// A word that took a bold cut to be found may as well be a name: ماكرون is Macron, not the cunning.
	if (u.word == nil || u.word.sure) && oneSense(rows, concepts, written) {
		if name := chosen(rows, concepts, written, column); name != "" {
			return name
		}
	}
	if said := dateIn(u.value, column); said != "" {
		return said
	}
	switch {
	case u.kind == KindNumber || u.kind == KindDate:
		return text.Fold(written) // digits of every script as 0 to 9
	case u.word != nil && written[0] < 0x80 && len(written) > 2:
		return written
	}
	return ""
}

// monthRows are the names of the months, each in the languages of KeywordLangs.
//
//go:embed tables/months.tsv
var monthRows string

// dateIn writes the term of a month, or of a day in one (month:3-25), in the language of a column; "" for other terms.
func dateIn(term string, column int) string {
	term, is := strings.CutPrefix(term, "month:")
	if !is {
		return ""
	}
	month, day, _ := strings.Cut(term, "-")
	n, err := strconv.Atoi(month)
	lines := strings.Split(strings.TrimSpace(monthRows), "\n")
	if err != nil || n < 1 || n >= len(lines) { // the first line is a comment
		return ""
	}
	name := strings.Split(lines[n], "\t")[column]
	switch {
	case day == "":
		return name
	case KeywordLangs[column] == "ja":
		return name + day + "日"
	}
	return day + " " + name
}

// oneSense says whether the concepts of a word are of one sense: from each to each there is a way over words that two
// of them share, beside the word itself. 公開 is publishing and releasing, which share انتشار, but also the public and
// disclosing, which share nothing: nobody can say here which is meant.
func oneSense(rows []lexiconRow, concepts []conceptID, written string) bool {
	unknown := func(id conceptID) bool { return int(id) >= len(rows) }
	if len(concepts) == 0 || slices.ContainsFunc(concepts, unknown) {
		return false
	}
	reached, left := concepts[:1:1], slices.Clone(concepts[1:])
	for i := 0; i < len(reached); i++ {
		said := rows[reached[i]].forms(written)
		left = slices.DeleteFunc(left, func(id conceptID) bool {
			shared := func(form string) bool { return slices.Contains(said, form) }
			near := slices.ContainsFunc(rows[id].forms(written), shared)
			if near {
				reached = append(reached, id)
			}
			return near
		})
	}
	return len(left) == 0
}
