package main

import (
	"database/sql"
	"net/http"
	"strconv"
	"strings"

	"claimbench/internal/match"
	"claimbench/internal/search"
	"claimbench/internal/text"
)

type hit struct {
	Article  int64       `json:"article"`
	Revision int64       `json:"revision"`
	Sentence int         `json:"sentence"`
	Start    int         `json:"start"`
	End      int         `json:"end"`
	Lang     string      `json:"lang"`
	Dir      string      `json:"dir"`
	Source   string      `json:"source,omitempty"`
	Words    string      `json:"words"`
	Marks    []text.Span `json:"marks"`
}

// search answers with the claims and sentences that hold a word.
func (f *floor) search(r *http.Request, id int64) (any, error) {
	words := r.URL.Query().Get("q")
	var out struct {
		Claims    claimPage   `json:"claims"`
		Sentences listed[hit] `json:"sentences"`
		Building  bool        `json:"building"`
	}
	out.Sentences.Items = []hit{}
	err := f.look(func(tx *sql.Tx) (err error) {
		q := ftsOf(words)
		if out.Claims, err = f.page(tx, 50, foundPage, foundCount, []any{q, id}, []any{q, id}); err != nil {
			return err
		}
		last := int64(0)
		return f.each(tx, foundSentences, func(r *sql.Rows) error {
			var x hit
			var sentence int64
			err := r.Scan(&sentence, &x.Article, &x.Revision, &x.Sentence, &x.Start, &x.End, &x.Lang, &x.Dir, &x.Source,
				&x.Words)
			if len(out.Sentences.Items) == 50 {
				out.Sentences.Next = strconv.FormatInt(last, 10)
				return err
			}
			last, x.Marks = sentence, search.Marks(x.Words, words)
			out.Sentences.Items = append(out.Sentences.Items, x)
			return err
		}, q, id)
	})
	return out, err
}

// ftsOf writes one word as the index has it: every form of a word with spaces around it, the pairs of one without.
func ftsOf(word string) string {
	terms := text.Terms(word)
	if len(terms) == 1 && !text.Ideographic(terms[0]) {
		stem := match.Stem(terms[0])
		return `("` + stem + `" OR "ß` + stem + `")`
	}
	var pairs []string
	for _, t := range terms {
		if len([]rune(t)) > 1 {
			pairs = append(pairs, match.SignForm(t))
		}
	}
	return `"` + strings.Join(pairs, " ") + `"`
}
