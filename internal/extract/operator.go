package extract

import (
	"embed"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync"
)

//go:embed tables/*.tsv
var operatorFiles embed.FS

// takesBack are the operators whose words say by themselves how sure a claim is: a word of saying or seeming among them
// is no hedge beside them ("has not claimed that", "found nothing to suggest that").
var takesBack = map[string]bool{"negated": true, "not confirmed": true, "no evidence": true, "not denied": true}

// An operator is a word or phrase that takes back, doubts, asks, conditions or
// plans what stands in its scope: "never said", "no evidence", "unless". Its
// scope must not be cut from it, or the cut says what the sentence does not.
type operator struct {
	name   string // the hedge that says it
	reach  reach
	words  []element
	unless []string // a word of these just before cancels it: "no doubt"
	judged bool     // the rules cut as if it were not there; what others quote is judged by it. Its reach ends in !
}

// reach is where an operator's scope lies.
type reach uint8

const (
	reachAfter  reach = iota // the complement after it
	reachBefore              // what stands before it in its clause
	reachClause              // both
	reachAll                 // the whole sentence
	reachPhrase              // the phrase after it, up to a comma
	reachHedge               // the complement may be cut off; it carries the hedge
	reachBeside              // nothing of its own: it judges the truth of what stands beside it (untruths.go)
	reachNone                // a set phrase in which no operator is to be found: "on condition of anonymity"
)

var reaches = map[string]reach{"after": reachAfter, "before": reachBefore, "clause": reachClause, "all": reachAll,
	"phrase": reachPhrase, "hedge": reachHedge, "none": reachNone,
	"beside": reachBeside}

// element is one place of a pattern: one of some words, or of words that begin
// so, or a gap of some words.
type element struct {
	words  map[string]bool
	starts []string // beginnings, for a word written with * at its end
	ends   []string // endings, for a word written with * at its beginning
	first  map[rune][]string
	raw    map[string]bool // words written with = before them are compared as they stand
	verb   bool            // any finite verb, written ^v
	gap    int             // up to so many words, none of them a comma or stop
	maybe  bool
}

// operatorTable has the operators of one language by what begins them.
type operatorTable struct {
	rules    []operator
	byWord   map[string][]int
	byStart  []startRule
	byLetter map[rune][]int
	contrast map[string]bool
	back     element // words that point back at the sentence before
	opens    element // words that open a clause of content
}

// startRule is a rule whose first word is known by its beginning only.
type startRule struct {
	start string
	rule  int
}

// operatorsOf has the operators of each language with a grammar, and of those without one whose operators are listed.
var operatorsOf = map[string]func() *operatorTable{
	"en": mustOperators("en", false), "fa": mustOperators("fa", false), "ar": mustOperators("ar", false),
	"ja": mustOperators("ja", true), "fr": mustOperators("fr", false), "de": mustOperators("de", false),
	"zh": mustOperators("zh", true),
}

// tableOf gives the operators of a language, nil for one where nobody has listed them.
func tableOf(lang string) *operatorTable {
	if made, ok := operatorsOf[lang]; ok {
		return made()
	}
	return nil
}

// mustOperators reads the table of a language when it is first asked for. The files are part of the program, so a fault
// in one is a fault of the program; a test reads them all.
func mustOperators(lang string, letters bool) func() *operatorTable {
	return sync.OnceValue(func() *operatorTable {
		raw, err := operatorFiles.ReadFile("tables/operators." + lang + ".tsv")
		if err != nil {
			panic(err)
		}
		t, err := readOperators(string(raw), letters)
		if err != nil {
			panic(fmt.Errorf("operators.%s.tsv: %w", lang, err))
		}
		return t
	})
}

// readOperators reads rows of "name, reach, pattern" and of "@SET, words".
func readOperators(raw string, letters bool) (*operatorTable, error) {
	t := &operatorTable{byWord: map[string][]int{}, byLetter: map[rune][]int{}, contrast: map[string]bool{}}
	sets, rows := map[string]string{}, strings.Split(raw, "\n")
	for _, row := range rows {
		if name, words, _ := strings.Cut(row, "\t"); strings.HasPrefix(name, "@") {
			sets[name] += " " + words
		}
	}
	for n, row := range rows {
		if row == "" || strings.HasPrefix(row, "#") || strings.HasPrefix(row, "@") {
			continue
		}
		op, err := operatorOf(strings.Split(row, "\t"), sets, letters)
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", n+1, err)
		}
		t.add(op)
	}
	for _, w := range expand("@CONTRAST", sets, letters) {
		t.contrast[w] = true
	}
	for name, into := range map[string]*element{"@BACK": &t.back, "@OPENS": &t.opens} {
		var err error
		if *into, err = elementOf(name, withSet(sets, name), letters); err != nil {
			return nil, err
		}
	}
	return t, nil
}

// withSet has a set though a table does not name it: a script without spaces has no words that open.
func withSet(sets map[string]string, name string) map[string]string {
	if sets[name] == "" {
		sets[name] = " "
	}
	return sets
}

// operatorOf reads one rule: its name, reach, pattern and what cancels it.
func operatorOf(cells []string, sets map[string]string, letters bool) (operator, error) {
	if len(cells) < 3 {
		return operator{}, errors.New("a rule has a name, a reach and a pattern")
	}
	name, judged := strings.CutSuffix(cells[1], "!")
	where, ok := reaches[name]
	if !ok {
		return operator{}, fmt.Errorf("no reach is called %q", cells[1])
	}
	op := operator{name: cells[0], reach: where, judged: judged}
	for _, field := range strings.Fields(cells[2]) {
		e, err := elementOf(field, sets, letters)
		if err != nil {
			return operator{}, err
		}
		op.words = append(op.words, e)
	}
	if len(cells) > 3 {
		op.unless = expand(cells[3], sets, letters)
	}
	return op, nil
}

// elementOf reads one place of a pattern: ~3, a|b|@SET, stem*, ?maybe.
func elementOf(field string, sets map[string]string, letters bool) (element, error) {
	if n, ok := strings.CutPrefix(field, "~"); ok {
		gap, err := strconv.Atoi(n)
		return element{gap: gap}, err
	}
	if field == "^v" {
		return element{verb: true}, nil
	}
	e := element{words: map[string]bool{}, first: map[rune][]string{}}
	field, e.maybe = strings.CutPrefix(field, "?")
	for _, part := range strings.Split(field, "|") {
		if strings.HasPrefix(part, "@") && sets[part] == "" {
			return e, fmt.Errorf("no set is called %s", part)
		}
	}
	for _, w := range expand(strings.ReplaceAll(field, "|", " "), sets, letters) {
		if stem, ok := strings.CutSuffix(w, "*"); ok {
			e.starts = append(e.starts, stem)
			continue
		}
		if raw, ok := strings.CutPrefix(w, "="); ok {
			e.raw = map[string]bool{raw: true}
			continue
		}
		if end, ok := strings.CutPrefix(w, "*"); ok {
			e.ends = append(e.ends, end)
			continue
		}
		e.words[w] = true
		r := []rune(w)[0]
		e.first[r] = append(e.first[r], w)
	}
	return e, nil
}

// expand gives the words of a list in which @SET stands for its words, folded
// as the tokens are; letters are left as written.
func expand(list string, sets map[string]string, letters bool) []string {
	var out []string
	for _, w := range strings.Fields(list) {
		switch {
		case strings.HasPrefix(w, "@"):
			out = append(out, expand(sets[w], sets, letters)...)
		case letters:
			out = append(out, w)
		case strings.HasPrefix(w, "="):
			out = append(out, w)
		default:
			out = append(out, foldAll(w))
		}
	}
	return out
}

// add files a rule under what may begin it.
func (t *operatorTable) add(op operator) {
	n := len(t.rules)
	t.rules = append(t.rules, op)
	for w := range op.words[0].raw {
		t.byWord[foldAll(w)] = append(t.byWord[foldAll(w)], n)
	}
	for w := range op.words[0].words {
		t.byWord[w] = append(t.byWord[w], n)
	}
	for _, s := range op.words[0].starts {
		t.byStart = append(t.byStart, startRule{s, n})
	}
	for r := range op.words[0].first {
		t.byLetter[r] = append(t.byLetter[r], n)
	}
}
