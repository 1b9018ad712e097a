package match

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
)

// heads are the forms of which a word must be for the row to be about it.
func (r *lexiconRow) heads() []string {
	out := make([]string, 0, len(r.in)+len(r.other)+1)
	for column, cell := range r.in {
		if first := firstForm(cell); !r.apart[column] && (column != english || r.title == "" || !severalWords(first)) {
			out = append(out, first)
		}
	}
	if r.title != "" {
		out = append(out, r.title)
	}
	for _, cell := range r.other {
		out = append(out, firstForm(cell))
	}
	return out
}

// together are the concepts of a word but for those whose row begins with it and says another thing in the other
// languages: 首相 begins the row of chancellors, and is a prime minister.
func together(rows []lexiconRow, concepts []conceptID, written string) []conceptID {
	said := ""
	begins := func(id conceptID) bool {
		if int(id) >= len(rows) || rows[id].apart == [4]bool{} {
			return false
		}
		if said == "" {
			said = stemsOf(written)
		}
		for column, cell := range rows[id].in {
			if rows[id].apart[column] && stemsOf(firstForm(cell)) == said {
				return true
			}
		}
		return false
	}
	if !slices.ContainsFunc(concepts, begins) {
		return concepts
	}
	return slices.DeleteFunc(slices.Clone(concepts), begins)
}

// Columns of a row: the places of their languages in KeywordLangs.
const (
	english = 0
	arabic  = 1
	persian = 2
)

func severalWords(form string) bool { return strings.Contains(form, " ") }

// entitle gives a row its title: of the table of heads; or, when its first English form is made of several words and
// its first forms in Arabic and Persian are single ones, the first single word of which it has most forms. Such a first
// form tells one sense of a word from another ("victim of event" stands before "survivor"), and is no word for it.
func (r *lexiconRow) entitle(heads map[[2]string]called) {
	first := firstForm(r.in[english])
	if h, is := heads[[2]string{first, firstForm(r.in[arabic])}]; is {
		r.title, r.apart = h.title, h.apart
		return
	}
	if ar, fa := firstForm(r.in[arabic]), firstForm(r.in[persian]); r.one || !severalWords(first) || ar == "" ||
		fa == "" || severalWords(ar) || severalWords(fa) {
		return
	}
	forms := map[string]int{}
	single := slices.DeleteFunc(strings.Split(r.in[english], "|"), func(form string) bool {
		return severalWords(strings.TrimSpace(form)) || isCapitals(form)
	})
	for _, form := range single {
		forms[stemsOf(form)]++
	}
	for _, form := range single {
		if r.title == "" || forms[stemsOf(form)] > forms[stemsOf(r.title)] {
			r.title = strings.TrimSpace(form)
		}
	}
}

// called is a line of the table of heads.
type called struct {
	title string
	apart [4]bool
}

//go:embed tables/heads.tsv
var headRows string

// readHeads reads the table of heads, by the first English and the first Arabic form of a row.
func readHeads(tsv string) (map[[2]string]called, error) {
	out := map[[2]string]called{}
	for n, line := range strings.Split(strings.TrimSuffix(tsv, "\n"), "\n") {
		cells := strings.Split(line, "\t")
		switch {
		case line == "" || line[0] == '#' || cells[0] == "en":
			continue
		case len(cells) != 4:
			return nil, fmt.Errorf("heads.tsv line %d: want 4 columns parted by tabs, found %d", n+1, len(cells))
		}
		h := called{title: cells[2]}
		for lang := range strings.SplitSeq(cells[3], "|") {
			if column := slices.Index(KeywordLangs, lang); column >= 0 {
				h.apart[column] = true
			} else if lang != "" {
				return nil, fmt.Errorf("heads.tsv line %d: “%s” is no language of key words", n+1, lang)
			}
		}
		out[[2]string{cells[0], cells[1]}] = h
	}
	return out, nil
}
