package search

import (
	"strings"
	"unicode/utf8"

	"claimbench/internal/fault"
	"claimbench/internal/match"
	"claimbench/internal/store"
	"claimbench/internal/text"
)

// phrase is one word of a query: its terms stand next to each other. prefix: the last one may go on.
type phrase struct {
	terms  []string
	prefix bool
	stem   string // of a word that is looked for in all its forms
}

// parse cuts a query into phrases at spaces. A run of Han or kana became overlapping pairs and a last single
// character; the single one is left out again, for in a text it stands at the end of a run only. A single character
// alone matches as a beginning.
func parse(q string) []phrase {
	free, exact := quoted(q)
	var out []phrase
	for n, word := range append(free, exact...) {
		terms := indexTerms(word)
		if len(terms) == 0 {
			continue
		}
		p := phrase{}
		for i, t := range terms {
			single := utf8.RuneCountInString(t) == 1 && text.Ideographic(t)
			pairBefore := i > 0 && text.Ideographic(terms[i-1])
			if single && pairBefore {
				continue
			}
			p.terms = append(p.terms, t)
			p.prefix = single && i == len(terms)-1
		}
		if n < len(free) && len(terms) == 1 && !text.Ideographic(terms[0]) {
			p.stem = match.Stem(terms[0])
		}
		out = append(out, p)
	}
	return out
}

// condition gives the condition that rows of an index table meet the query, with its argument.
func condition(r *store.Rx, table, q string) (cond string, arg string, err error) {
	phrases := parse(q)
	if len(phrases) == 0 {
		return "", "", fault.New(fault.Invalid,
			"“%.40s” holds no word to look for. Type a word or a number, in any script.", q).With("q",
			"Type a word or a number.")
	}
	for _, p := range phrases {
		for _, term := range p.terms {
			if len(term) > maxTermLen {
				return "", "", fault.New(fault.Invalid, "“%s…” is longer than any word that can be looked for. Type a "+
					"shorter one.", string([]rune(term)[:20])).With("q", "Type a shorter word.")
			}
		}
	}
	if err := refuseOld(r); err != nil {
		return "", "", err
	}
	if r.Dialect() == store.Postgres {
		return table + ".terms @@ ?::tsquery", tsquery(phrases), nil
	}
	return table + " MATCH ?", ftsQuery(phrases), nil
}

func ftsQuery(phrases []phrase) string {
	parts := make([]string, len(phrases))
	for i, p := range phrases {
		parts[i] = `"` + strings.ReplaceAll(strings.Join(p.terms, " "), `"`, `""`) + `"`
		switch {
		case p.prefix:
			parts[i] += "*"
		case p.stem != "":
			parts[i] = `("` + p.stem + `" OR "` + stemMark + p.stem + `")`
		}
	}
	return strings.Join(parts, " AND ")
}

func tsquery(phrases []phrase) string {
	parts := make([]string, len(phrases))
	for i, p := range phrases {
		if p.stem != "" {
			parts[i] = "(" + quoteLexeme(p.stem) + " | " + quoteLexeme(stemMark+p.stem) + ")"
			continue
		}
		terms := make([]string, len(p.terms))
		for j, t := range p.terms {
			terms[j] = quoteLexeme(t)
			if p.prefix && j == len(p.terms)-1 {
				terms[j] += ":*"
			}
		}
		parts[i] = "(" + strings.Join(terms, " <-> ") + ")"
	}
	return strings.Join(parts, " & ")
}
