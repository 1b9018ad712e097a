package match

import (
	"embed"
	"slices"
	"strings"
	"sync"

	"claimbench/internal/text"
)

// KeywordLangs are the languages in which key words can be given: those of the lexicon.
var KeywordLangs = []string{"en", "ar", "fa", "ja"}

// mostKeywords is how many key words a line has; a longer one is not read.
const mostKeywords = 14

// Keywords gives what a statement speaks of in another language, for people who do not read its own: numbers and dates
// as written, names of places and peoples, and the concepts of the lexicon, each once, in the order of the statement.
// It is no translation: it says neither who did what nor whether it is denied. Words that the lexicon does not know are
// left out, but for those in Latin letters, which stand as they are. It is pure, and the same text gives the same line.
func Keywords(statement, in string) []string {
	column := slices.Index(KeywordLangs, in)
	if column < 0 {
		return nil
	}
	lex := Builtin()
	names := builtinNames()
	rd := reader{lex: lex, known: lex.newWord}
	var out []string
	for _, u := range rd.read(statement) {
		said := keyword(names, statement, u, column)
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
func keyword(names [][]string, statement string, u unit, column int) string {
	written := statement[u.start:u.end]
	for _, id := range u.concepts {
		if int(id) < len(names) && names[id] != nil && names[id][column] != "" {
			return names[id][column]
		}
	}
	switch {
	case u.kind == KindNumber || u.kind == KindDate:
		return text.Fold(written) // digits of every script as 0 to 9
	case u.word != nil && written[0] < 0x80 && len(written) > 2:
		return written
	}
	return ""
}

// builtinNames gives each concept of the built-in lexicon its first form in each language of KeywordLangs, "" for none.
// The files are read once more for it, in the order in which concepts got their numbers (see Lexicon.add).
var builtinNames = sync.OnceValue(func() (names [][]string) {
	topics := map[string]int{}
	for _, line := range lexiconLines() {
		cells := strings.Split(line, "\t")
		at, known := topics[cells[0]]
		if !known {
			at = len(names)
			names = append(names, make([]string, len(KeywordLangs)))
			if strings.Contains(cells[0], ":") {
				topics[cells[0]] = at
			}
		}
		for i := range KeywordLangs {
			if form, _, _ := strings.Cut(cells[1+i], "|"); names[at][i] == "" {
				names[at][i] = strings.TrimSpace(form)
			}
		}
	}
	return names
})

// lexiconLines are the rows of the built-in files, in their order; TestKeywordsNameTheirConcept holds them to Builtin.
func lexiconLines() (out []string) {
	for _, folder := range []struct {
		files embed.FS
		name  string
	}{{tableFiles, "tables"}, {lexiconFiles, "lexicon"}} {
		entries, err := folder.files.ReadDir(folder.name)
		if err != nil {
			panic("match: " + err.Error()) // compiled in
		}
		for _, entry := range entries {
			tsv, err := folder.files.ReadFile(folder.name + "/" + entry.Name())
			if err != nil {
				panic("match: " + err.Error())
			}
			for line := range strings.Lines(string(tsv)) {
				line = strings.TrimRight(line, "\r\n")
				if line != "" && line[0] != '#' && !strings.HasPrefix(line, "topic\t") {
					out = append(out, line)
				}
			}
		}
	}
	return out
}
