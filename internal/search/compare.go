package search

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"claimbench/internal/articles"
	"claimbench/internal/history"
	"claimbench/internal/store"
	"claimbench/internal/text"
)

// The index follows from the texts, so an audit compares it with them: each row that must be there is, and no other. On
// PostgreSQL the terms are compared too. SQLite's FTS5 keeps no terms that could be read back (docs/history.md); there
// the numbers of the rows are compared.

// comparison is the index's table on one side, and what the texts say of it on the other.
type comparison struct {
	r      *store.Rx
	table  string
	found  history.Found
	stored []int64 // the numbers of the rows there are, in order
	seen   []bool  // which of them belong there
	batch  []indexRow
}

type indexRow struct {
	id    int64
	terms []string
}

const compareBatch = 200

// HistoryRows compares the index of sentences with the texts of the articles.
func HistoryRows() []history.Rows {
	return []history.Rows{{Derived: func(r *store.Rx, found history.Found) error {
		return compare(r, sentenceTable, found, expectSentences)
	}}}
}

// CompareClaims compares the index of claims with their words, for the room that has them.
func CompareClaims(r *store.Rx, found history.Found, words ClaimWords) error {
	return compare(r, claimTable, found, func(c *comparison) error {
		return words(r, func(id int64, words ...string) error {
			return c.expectWords(id, strings.Join(words, "\n"))
		})
	})
}

// compare does nothing while the index is that of another program: it is made anew before it is served.
func compare(r *store.Rx, table string, found history.Found, expect func(*comparison) error) error {
	if ok, err := fresh(r); err != nil || !ok {
		return err
	}
	c := &comparison{r: r, table: table, found: found}
	query := "SELECT rowid FROM " + table + " ORDER BY rowid"
	if r.Dialect() == store.SQLite {
		query = "SELECT id FROM " + table + "_docsize ORDER BY id" // where FTS5 counts the rows of a contentless index
	}
	if err := r.Gorm().Raw(query).Scan(&c.stored).Error; err != nil {
		return err
	}
	c.seen = make([]bool, len(c.stored))
	if err := expect(c); err != nil {
		return err
	}
	if err := c.flush(); err != nil {
		return err
	}
	for i, seen := range c.seen {
		if !seen {
			found(c.name(c.stored[i]), "the search index has a row of a text that is not there or was taken down")
		}
	}
	return nil
}

func (c *comparison) name(row int64) string {
	kind := map[string]string{sentenceTable: "sentence:", claimTable: "claim:"}[c.table]
	return kind + strconv.FormatInt(row>>windowBits, 10)
}

// allow says that a row may stand in the index; it tells whether one does.
func (c *comparison) allow(row int64) bool {
	at, there := slices.BinarySearch(c.stored, row)
	if there {
		c.seen[at] = true
	}
	return there
}

// oneWindow is a length in bytes below which a text has fewer terms than a window holds, however folding lengthens it.
const oneWindow = windowTerms / 18

// looked is how many bytes at the beginning of a text are looked at for a term.
const looked = 24

// begins says whether there is a term at the beginning of a text: then the text has one.
func begins(words string) bool {
	end := min(len(words), looked)
	for end < len(words) && end > 0 && !utf8.RuneStart(words[end]) {
		end--
	}
	return len(indexTerms(words[:end])) > 0
}

// expectWords is expect of words that are not cut into terms yet. On SQLite the terms are not compared, so that a short
// text need not be cut: it has one row.
func (c *comparison) expectWords(id int64, words string) error {
	if c.r.Dialect() != store.Postgres && len(words) <= oneWindow && begins(words) {
		if row := id << windowBits; !c.allow(row) {
			c.lacks(row)
		}
		return nil
	}
	return c.expect(id, indexTerms(words))
}

func (c *comparison) lacks(row int64) {
	c.found(c.name(row), "the search index lacks it; “workbench index rebuild” makes the index anew")
}

// expect says that the terms of a sentence or a claim stand in the index.
func (c *comparison) expect(id int64, terms []string) error {
	for _, row := range windows(id, terms) {
		if !c.allow(row.id) {
			c.lacks(row.id)
			continue
		}
		if c.r.Dialect() != store.Postgres {
			continue
		}
		if c.batch = append(c.batch, row); len(c.batch) == compareBatch {
			if err := c.flush(); err != nil {
				return err
			}
		}
	}
	return nil
}

// flush compares the terms of the rows gathered.
func (c *comparison) flush() error {
	if len(c.batch) == 0 {
		return nil
	}
	var args []any
	for _, row := range c.batch {
		args = append(args, row.id, vector(row.terms))
	}
	values := strings.Repeat(",(?::bigint,?::tsvector)", len(c.batch))[1:]
	c.batch = c.batch[:0]
	var differ []int64
	if err := c.r.Gorm().Raw("SELECT v.id FROM (VALUES "+values+") AS v (id, terms) JOIN "+c.table+
		" s ON s.rowid = v.id WHERE s.terms <> v.terms", args...).Scan(&differ).Error; err != nil {
		return err
	}
	for _, row := range differ {
		c.found(c.name(row), "the search index has other words than its text")
	}
	return nil
}

// expectSentences walks the revisions of live articles: the newest must be indexed, an earlier one may be.
func expectSentences(c *comparison) error {
	newest := map[articles.RevisionID]bool{}
	live := map[articles.ID]bool{}
	if err := store.Each(c.r, func(a articles.Article) error {
		if a.State == articles.Live {
			live[a.ID] = true
			if a.RevisionID != nil {
				newest[*a.RevisionID] = true
			}
		}
		return nil
	}); err != nil {
		return err
	}
	cuts := store.GroupBy(c.r, "revision_id", "n", func(s articles.Sentence) (int64, int64) {
		return int64(s.RevisionID), int64(s.N)
	})
	return store.Each(c.r, func(rv articles.Revision) error {
		if !live[rv.ArticleID] {
			return nil
		}
		doc, err := text.NewDoc(rv.Raw)
		if err != nil {
			return nil // the revision's own event says that its text was changed
		}
		sentences, err := cuts.Of(int64(rv.ID))
		if err != nil {
			return err
		}
		for _, s := range sentences {
			if s.Start < 0 || s.End > doc.Len() || s.Start > s.End {
				continue // the hash of the cuts in the revision's event says so
			}
			if newest[rv.ID] {
				if err := c.expectWords(int64(s.ID), doc.Slice(s.Span)); err != nil {
					return err
				}
				continue
			}
			for _, row := range windows(int64(s.ID), indexTerms(doc.Slice(s.Span))) {
				c.allow(row.id)
			}
		}
		return nil
	})
}
