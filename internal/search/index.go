package search

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"claimbench/internal/articles"
	"claimbench/internal/store"
	"claimbench/internal/text"
)

// A row of the index is a window of one sentence's terms, for PostgreSQL counts positions to 16,383 only and keeps
// 256 of one lexeme. Its id is the sentence's id and the window's number.
const (
	windowBits  = 10
	windowTerms = 12000
	maxWindows  = 1 << windowBits
	maxTermLen  = 500 // bytes; PostgreSQL takes lexemes up to 2 KiB
)

const (
	sentenceTable = "search_sentences"
	claimTable    = "search_claims"
)

// Index writes the index, always inside the Write that changes the texts, so that neither can be without the other.
type Index struct{}

// AddRevision indexes sentences of a revision that are not in the index.
func (Index) AddRevision(tx *store.Tx, doc *text.Doc, sentences []articles.Sentence) error {
	if err := signTerms(tx); err != nil {
		return err
	}
	var rows []indexRow
	for _, s := range sentences {
		rows = append(rows, windows(int64(s.ID), indexTerms(doc.Slice(s.Span)))...)
	}
	return add(tx, sentenceTable, rows)
}

// DropRevision takes the sentences of a revision out of the index.
func (Index) DropRevision(tx *store.Tx, sentences []articles.Sentence) error {
	ids := make([]int64, len(sentences))
	for i, s := range sentences {
		ids[i] = int64(s.ID)
	}
	slices.Sort(ids)
	for len(ids) > 0 { // the sentences of a text were made one after the other: few runs of numbers
		n := 1
		for n < len(ids) && ids[n] <= ids[n-1]+1 {
			n++
		}
		if err := drop(tx, sentenceTable, ids[0], ids[n-1]); err != nil {
			return err
		}
		ids = ids[n:]
	}
	return nil
}

// SetClaim indexes the words of a claim anew: its statement, its quotation, its glosses.
func (Index) SetClaim(tx *store.Tx, id int64, words ...string) error {
	if err := signTerms(tx); err != nil {
		return err
	}
	if err := drop(tx, claimTable, id, id); err != nil {
		return err
	}
	return add(tx, claimTable, claimRows(id, words))
}

// AddClaims indexes claims that are new, by id.
func (Index) AddClaims(tx *store.Tx, words map[int64][]string) error {
	if err := signTerms(tx); err != nil {
		return err
	}
	var rows []indexRow
	for _, id := range slices.Sorted(maps.Keys(words)) {
		rows = append(rows, claimRows(id, words[id])...)
	}
	return add(tx, claimTable, rows)
}

func claimRows(id int64, words []string) []indexRow {
	return windows(id, indexTerms(strings.Join(words, "\n")))
}

// rowsAtOnce is how many rows one INSERT adds.
const rowsAtOnce = 64

func add(tx *store.Tx, table string, rows []indexRow) error {
	casts := map[int]string{}
	words := func(terms []string) string { return strings.Join(terms, " ") }
	if tx.Dialect() == store.Postgres {
		casts[1], words = "tsvector", vector
	}
	err := store.InsertMany(tx, table+" (rowid, terms)", len(rows), rowsAtOnce, func(args []any, i int) []any {
		return append(args, rows[i].id, words(rows[i].terms))
	}, casts)
	if err != nil {
		return fmt.Errorf("index %d rows of %s from %d: %w", len(rows), table, rows[0].id, err)
	}
	return nil
}

// windows cuts the terms of a sentence or a claim into rows of the index.
func windows(id int64, terms []string) (rows []indexRow) {
	for w := 0; w*windowTerms < len(terms) && w < maxWindows; w++ {
		part := terms[w*windowTerms : min((w+1)*windowTerms, len(terms))]
		rows = append(rows, indexRow{id<<windowBits | int64(w), slices.Concat(part, stemsOf(part))})
	}
	return rows
}

// drop takes the rows of what is numbered from first to last out of the index.
func drop(tx *store.Tx, table string, first, last int64) error {
	return tx.Gorm().Exec("DELETE FROM "+table+" WHERE rowid >= ? AND rowid < ?", first<<windowBits,
		(last+1)<<windowBits).Error
}

// vector writes terms with their positions as a tsvector literal, every term quoted.
func vector(terms []string) string {
	var b strings.Builder
	for i, t := range terms {
		if len(t) > maxTermLen {
			continue
		}
		if strings.HasPrefix(t, stemMark) { // no phrase asks where a stem stands
			b.WriteString(quoteLexeme(t) + " ")
			continue
		}
		fmt.Fprintf(&b, "%s:%d ", quoteLexeme(t), i+1)
	}
	return b.String()
}

func quoteLexeme(t string) string {
	return "'" + strings.ReplaceAll(strings.ReplaceAll(t, `\`, `\\`), "'", "''") + "'"
}
