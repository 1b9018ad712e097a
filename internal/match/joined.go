package match

import (
	"embed"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"claimbench/internal/text"
)

//go:embed joined/*.tsv
var joinedFiles embed.FS

// eachJoined calls do for each file of rows that are joined to the concepts there are, until one fails.
func eachJoined(do func(name string, tsv []byte) error) error {
	entries, err := joinedFiles.ReadDir("joined")
	if err != nil {
		return err
	}
	for _, entry := range entries {
		tsv, err := joinedFiles.ReadFile("joined/" + entry.Name())
		if err != nil {
			return err
		}
		if err := do(entry.Name(), tsv); err != nil {
			return err
		}
	}
	return nil
}

// joinRows reads a file of rows whose forms say what forms that the lexicon has already say. Its columns are those of
// a concept file, English second; a language behind ~ counts in its own texts only (see tongue).
func (lex *Lexicon) joinRows(name, tsv string) error {
	var langs []string
	n := 0
	for line := range strings.Lines(tsv) {
		n++
		cells := strings.Split(strings.TrimRight(line, "\r\n"), "\t")
		switch {
		case cells[0] == "" || cells[0][0] == '#':
			continue
		case langs == nil:
			langs = cells
			if len(langs) < 3 || langs[0] != "topic" || langs[1] != "en" {
				return fmt.Errorf("%s line %d: the columns begin with topic and en", name, n)
			}
			continue
		case len(cells) != len(langs):
			return fmt.Errorf("%s line %d: want %d columns parted by tabs, found %d", name, n, len(langs), len(cells))
		}
		ids := lex.conceptsOf(cells[0], splitForms(cells[1:2]))
		if len(ids) == 0 {
			return fmt.Errorf("%s line %d: it names no concept", name, n)
		}
		for i, cell := range cells[2:] {
			of := noTongue
			if lang, own := strings.CutPrefix(langs[i+2], "~"); own {
				of = tongue(slices.Index(tongueLangs[:], lang))
			}
			for _, form := range splitForms([]string{cell}) {
				lex.join(of, form, ids)
			}
		}
	}
	return nil
}

// conceptsOf finds the concepts that a row is joined to: the one of its topic, or those that most of its English forms
// have. Without any it makes one.
func (lex *Lexicon) conceptsOf(topic string, forms []string) []conceptID {
	if strings.Contains(topic, ":") {
		if id, there := lex.topics[topic]; there {
			return []conceptID{id}
		}
		return nil
	}
	count := map[conceptID]int{}
	most := 0
	for _, form := range forms {
		for _, id := range lex.conceptsAt(form) {
			count[id]++
			most = max(most, count[id])
		}
	}
	var ids []conceptID
	for id, n := range count {
		if n == most {
			ids = append(ids, id)
		}
	}
	if len(ids) == 0 && len(forms) > 0 {
		id := conceptID(len(lex.concepts))
		lex.concepts = append(lex.concepts, conceptOf(topic))
		for _, form := range forms {
			lex.addForm(form, id)
		}
		return []conceptID{id}
	}
	slices.Sort(ids)
	return ids
}

// conceptsAt gives the concepts that a form was given by rows, a phrase among them.
func (lex *Lexicon) conceptsAt(form string) (ids []conceptID) {
	toks := scan(form, nil)
	switch {
	case len(toks) == 1 && isCapitals(form):
		return lex.capitals[text.Fold(form)]
	case len(toks) == 1:
		return lex.forms[text.Fold(form)]
	}
	stems := make([]string, len(toks))
	for i, t := range toks {
		stems[i] = stem(text.Fold(form[t.start:t.end]), t.script)
	}
	for _, p := range lex.phrases[stems[0]] {
		if slices.Equal(p.rest, stems[1:]) {
			ids = append(ids, p.concept)
		}
	}
	return ids
}

func (lex *Lexicon) join(of tongue, form string, ids []conceptID) {
	if toks := scan(form, nil); of == noTongue || len(toks) != 1 {
		for _, id := range ids {
			lex.addForm(form, id)
		}
		return
	}
	if lex.joined[of] == nil {
		lex.joined[of] = map[string][]conceptID{}
	}
	folded := text.Fold(form)
	for _, id := range ids {
		lex.put(lex.joined[of], folded, id)
	}
}

// foldLatin is a word of a tongue as it is looked up.
func foldLatin(w string) string { return text.Fold(w) }

// wears are the endings that words of a tongue wear, folded, and what stands in their place, the likeliest first.
var wears = [ownTongues][][2]string{
	french: {{"s", ""}, {"es", ""}, {"e", ""}, {"x", ""}, {"nt", ""}, {"ra", ""}, {"ront", ""}, {"aux", "al"},
		{"ait", "er"}, {"aient", "er"}, {"ant", "er"}, {"era", "er"}},
	german: {{"s", ""}, {"e", ""}, {"n", ""}, {"en", ""}, {"er", ""}, {"es", ""}, {"em", ""}, {"ern", ""},
		{"t", "en"}, {"te", "en"}, {"ten", "en"}, {"innen", "in"}},
	spanish: {{"s", ""}, {"es", ""}, {"a", "o"}, {"as", "o"}, {"aron", "ar"}, {"ieron", "er"}, {"ara", "ar"},
		{"ran", "r"}, {"ra", "r"}},
}

// leastWorn is how many letters a word must keep that loses an ending.
const leastWorn = 3

// joinedOf gives the concepts of a folded word of a tongue, as it stands or without its ending.
func (lex *Lexicon) joinedOf(t tongue, folded string) []conceptID {
	words := lex.joined[t]
	if c := words[folded]; c != nil {
		return c
	}
	for _, e := range wears[t] {
		if base, ok := strings.CutSuffix(folded, e[0]); ok && utf8.RuneCountInString(base) >= leastWorn {
			if c := words[base+e[1]]; c != nil {
				return c
			}
		}
	}
	return nil
}

// leastPart is how many letters each half of a German compound has.
const leastPart = 4

// halves parts a German compound into two words that are known: Rentenalter, Klimawandel. The first may wear an
// ending that joins.
func (lex *Lexicon) halves(folded string) (head, tail string) {
	for at := len(folded) - leastPart; at >= leastPart; at-- {
		if lex.joinedOf(german, folded[at:]) == nil {
			continue
		}
		for _, joint := range []string{"", "s", "n", "en", "es"} {
			if h, ok := strings.CutSuffix(folded[:at], joint); ok && lex.joined[german][h] != nil &&
				len(h) >= leastPart {
				return h, folded[at:]
			}
		}
	}
	return "", ""
}

// nounEndings are those of German nouns that no name has.
var nounEndings = []string{"ung", "ungen", "heit", "heiten", "keit", "keiten", "schaft", "schaften", "tion", "tionen",
	"tat", "taten", "ismus", "ment", "nis", "nisse"}

// asGuest makes a word one of a tongue: what it says in its own language stands in place of what English says by it.
func (w *word) asGuest(lex *Lexicon, t tongue, capitals bool) {
	if silentIn[t][w.folded] && !capitals {
		w.stem, w.concepts, w.phrases = "", nil, nil
		return
	}
	if found := lex.joinedOf(t, w.folded); found != nil {
		w.concepts, w.sure = found, true
		return
	}
	if t != german || capitals {
		return
	}
	if w.concepts == nil {
		if head, tail := lex.halves(w.folded); head != "" {
			for _, half := range []string{head, tail} {
				if p := lex.newWord(t.in(half), scriptLatin); p.stem != "" {
					w.parts = append(w.parts, p)
				}
			}
		}
	}
	w.proper = w.proper && !slices.ContainsFunc(nounEndings, func(e string) bool {
		return strings.HasSuffix(w.folded, e)
	})
}
