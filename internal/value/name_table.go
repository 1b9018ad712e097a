package value

import (
	"embed"
	"sort"
	"strings"
	"sync"
)

//go:embed tables/*.tsv
var tables embed.FS

// Place is a country, region, city or language with its names by language (en, ar, fa, ja).
type Place struct {
	Kind  string // country region city language
	Code  string // ISO 3166 code, UN M.49 number, time zone, or language code
	Names map[string][]string
}

// Places gives the names of countries, regions, cities and languages of Unicode CLDR in four languages, in the order
// of the table. The slice is shared: do not change it.
func Places() []Place { return places() }

var nameLanguages = [...]string{"en", "ar", "fa", "ja"}

var places = sync.OnceValue(func() []Place {
	var out []Place
	for _, row := range tableRows("tables/places.tsv", 6) {
		p := Place{Kind: row[0], Code: row[1], Names: map[string][]string{}}
		for i, lang := range nameLanguages {
			if row[2+i] != "" {
				p.Names[lang] = strings.Split(row[2+i], "|")
			}
		}
		out = append(out, p)
	}
	return out
})

// tableRows reads a table of so many columns, without its comments.
func tableRows(name string, columns int) [][]string {
	data, err := tables.ReadFile(name)
	if err != nil {
		return nil
	}
	var out [][]string
	for line := range strings.Lines(string(data)) {
		row := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if len(row) == columns && !strings.HasPrefix(line, "#") {
			out = append(out, row)
		}
	}
	return out
}

// nameCue is what a word says about names near it.
type nameCue uint8

const (
	cueTitle     nameCue = 1 << iota // a person's title
	cueOrg                           // head or end of an organisation's name
	cuePlaceTail                     // end of a place's name
	cueStop                          // never part of a name
	cueGiven                         // a given name
	cueSay                           // a verb of saying
)

type knownName struct {
	rest []string // the folded words after the first
	kind string   // a Name constant, or "title"
}

// nameTable is the cues and known names of one language.
type nameTable struct {
	cues  map[string]nameCue
	known map[string][]knownName
	cjk   map[rune][]cjkName // Japanese only
	tails map[rune][]cjkName // titles and tails by first rune
	first runeFilter         // of cjk and tails
}

type cjkName struct {
	word []rune
	kind string
	cue  nameCue
}

var (
	namesEn = sync.OnceValue(func() *nameTable { return loadNames("en") })
	namesFa = sync.OnceValue(func() *nameTable { return loadNames("fa") })
	namesAr = sync.OnceValue(func() *nameTable { return loadNames("ar") })
	namesJa = sync.OnceValue(func() *nameTable { return loadNames("ja") })
)

func namesOf(lang string) *nameTable {
	switch lang {
	case "fa", "ckb", "ps":
		return namesFa()
	case "ar":
		return namesAr()
	case "ja", "zh":
		return namesJa()
	}
	return namesEn()
}

func loadNames(lang string) *nameTable {
	t := &nameTable{cues: map[string]nameCue{}, known: map[string][]knownName{}, cjk: map[rune][]cjkName{},
		tails: map[rune][]cjkName{}}
	column := 0
	for i, l := range nameLanguages {
		if l == lang {
			column = 2 + i
		}
	}
	for _, row := range tableRows("tables/name_cues.tsv", 3) {
		if row[1] == lang {
			t.addCues(row[0], strings.Split(row[2], "|"), lang)
		}
	}
	for _, row := range tableRows("tables/names.tsv", 6) {
		t.addKnown(row[0], row[column], lang)
	}
	for _, row := range tableRows("tables/places.tsv", 6) {
		if row[0] == "country" || row[0] == "city" || row[0] == "region" {
			t.addKnown(NamePlace, row[column], lang)
		}
	}
	for _, list := range t.known {
		sort.SliceStable(list, func(i, j int) bool { return len(list[i].rest) > len(list[j].rest) })
	}
	for _, m := range []map[rune][]cjkName{t.cjk, t.tails} {
		for r, list := range m {
			t.first.add(r)
			sort.SliceStable(list, func(i, j int) bool { return len(list[i].word) > len(list[j].word) })
		}
	}
	return t
}

var cueKinds = map[string]nameCue{"title": cueTitle, "orghead": cueOrg, "orgtail": cueOrg, "placetail": cuePlaceTail,
	"stop": cueStop, "given": cueGiven, "say": cueSay}

func (t *nameTable) addCues(kind string, forms []string, lang string) {
	for _, form := range forms {
		if lang == "ja" {
			w := []rune(form)
			t.tails[w[0]] = append(t.tails[w[0]], cjkName{word: w, cue: cueKinds[kind]})
			continue
		}
		words := strings.Fields(form)
		for i := range words {
			words[i] = foldWord(words[i])
		}
		if len(words) == 1 {
			t.cues[words[0]] |= cueKinds[kind]
		} else if len(words) > 1 && kind == "title" {
			t.known[words[0]] = append(t.known[words[0]], knownName{words[1:], "title"})
		}
	}
}

func (t *nameTable) addKnown(kind, forms, lang string) {
	for form := range strings.SplitSeq(forms, "|") {
		if form == "" {
			continue
		}
		if lang == "ja" {
			if w := []rune(form); len(w) > 1 {
				t.cjk[w[0]] = append(t.cjk[w[0]], cjkName{word: w, kind: kind})
			}
			continue
		}
		words := strings.FieldsFunc(form, func(r rune) bool {
			return r == ' ' || r == '-' || r == '.' || r == ',' || r == '\'' || r == '’' || r == '(' || r == ')' ||
				r == '–' || r == '&'
		})
		for i := range words {
			words[i] = foldWord(words[i])
		}
		if len(words) > 0 && len(words[0]) > 1 {
			t.known[words[0]] = append(t.known[words[0]], knownName{words[1:], kind})
		}
	}
}
