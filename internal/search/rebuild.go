package search

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"claimbench/internal/articles"
	"claimbench/internal/jobs"
	"claimbench/internal/store"
	"claimbench/internal/text"
)

// The index is made anew in slices: first it is emptied, then the sentences that there were at that moment and the
// claims are indexed in the order of their ids. How far it is stands in the database, so that a crash or another server
// does not matter. What is written meanwhile is indexed by whoever writes it. Searches answer from what is there and
// say that the index is being made.

// ClaimWords lists the words of every claim.
type ClaimWords func(r *store.Rx, yield func(id int64, words ...string) error) error

// ClaimPart lists the words of up to limit claims whose ids are above after, in their order.
type ClaimPart func(r *store.Rx, after int64, limit int, yield func(id int64, words ...string) error) error

// factBuilding keeps a progress while the index is made anew.
const factBuilding = "search_building"

func buildingTerms() string { return "building " + fingerprint() }

// building says whether this program's index is being made anew.
func building(r *store.Rx) (bool, error) {
	made, err := r.Meta(factTerms)
	return made == buildingTerms(), err
}

// progress is how far a rebuild is: the last ids done, and the last sentence that there was when it began.
type progress struct {
	Sentence  int64 `json:"sentence"`
	Sentences int64 `json:"sentences"`
	Claim     int64 `json:"claim"`
	NoClaims  bool  `json:"no_claims"` // none are left
}

func (p progress) ended() bool { return p.Sentence >= p.Sentences && p.NoClaims }

// Ensure makes the index anew when it is older than this program, or goes on with that, and says whether it did.
func Ensure(ctx context.Context, db *store.DB, claims ClaimPart, done func(n, of int64)) (rebuilt bool, err error) {
	var ok, going bool
	if err := db.Read(ctx, func(r *store.Rx) (err error) {
		if ok, err = fresh(r); err == nil && !ok {
			going, err = building(r)
		}
		return err
	}); err != nil || ok {
		return false, err
	}
	if !going {
		return true, Rebuild(ctx, db, claims, done)
	}
	return true, (&rebuilding{db: db, claims: claims, done: done}).run(ctx)
}

// Rebuild makes the whole index anew. It asks no permission; done, which may be nil, is told the sentence that it has
// come to and the last one.
func Rebuild(ctx context.Context, db *store.DB, claims ClaimPart, done func(n, of int64)) error {
	if err := db.Write(ctx, begin); err != nil {
		return err
	}
	return (&rebuilding{db: db, claims: claims, done: done}).run(ctx)
}

// begin empties the index, in a time that does not depend on its size.
func begin(tx *store.Tx) error {
	for _, table := range []string{sentenceTable, claimTable} {
		empty := "INSERT INTO " + table + " (" + table + ") VALUES ('delete-all')"
		if tx.Dialect() == store.Postgres {
			empty = "TRUNCATE " + table
		}
		if err := tx.Gorm().Exec(empty).Error; err != nil {
			return err
		}
	}
	var p progress
	if err := tx.Gorm().Raw("SELECT COALESCE(MAX(id), 0) FROM sentences").Scan(&p.Sentences).Error; err != nil {
		return err
	}
	if err := tx.SetMeta(factTerms, buildingTerms()); err != nil {
		return err
	}
	return keepProgress(tx, p)
}

func keepProgress(tx *store.Tx, p progress) error {
	b, err := json.Marshal(p)
	if err != nil {
		return err
	}
	return tx.SetMeta(factBuilding, string(b))
}

// rebuilding makes the slices. It keeps the text that it came to: texts never change.
type rebuilding struct {
	db     *store.DB
	claims ClaimPart
	done   func(n, of int64)
	id     articles.RevisionID
	doc    *text.Doc

	from progress      // where the rows begin that were made for the next slice
	part []sentenceRef // their sentences
	rows []indexRow
}

// sentenceRef is a sentence of the newest text of a live article, in the order in which the index is made.
type sentenceRef struct {
	ID         int64
	RevisionID articles.RevisionID
}

const firstSlice = 64

func (b *rebuilding) run(ctx context.Context) error {
	n := firstSlice
	for {
		var p progress
		going := true
		var took time.Duration
		if err := b.load(ctx, n); err != nil {
			return err
		}
		if err := b.db.Write(ctx, func(tx *store.Tx) (err error) {
			begun := time.Now()
			p, going, err = b.slice(tx, n)
			took = time.Since(begun)
			return err
		}); err != nil {
			return err
		}
		if b.done != nil {
			b.done(p.Sentence, p.Sentences)
		}
		if !going {
			return nil
		}
		n = jobs.NextSlice(n, took)
		jobs.Pause(ctx, took)
	}
}

func readProgress(r *store.Rx) (p progress, going bool, err error) {
	if going, err = building(r); err != nil || !going {
		return p, false, err // done, by this or by another server
	}
	made, err := r.Meta(factBuilding)
	if err == nil {
		err = json.Unmarshal([]byte(made), &p)
	}
	return p, true, err
}

// next finds the sentences that come next.
func next(r *store.Rx, p progress, n int) (out []sentenceRef, err error) {
	rows, err := r.Gorm().Raw(`SELECT s.id, s.revision_id FROM sentences s
		JOIN articles a ON a.revision_id = s.revision_id AND a.state = ?
		WHERE s.id > ? AND s.id <= ? ORDER BY s.id LIMIT ?`, articles.Live, p.Sentence, p.Sentences, n).Rows()
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var s sentenceRef
		if err := rows.Scan(&s.ID, &s.RevisionID); err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	return out, rows.Err()
}

// load makes the rows of the next slice before its Write: nobody can write while the texts are read and cut into terms.
func (b *rebuilding) load(ctx context.Context, n int) error {
	b.part, b.rows = nil, nil
	return b.db.Read(ctx, func(r *store.Rx) error {
		p, going, err := readProgress(r)
		if err != nil || !going || p.Sentence >= p.Sentences {
			return err
		}
		b.from = p
		if b.part, err = next(r, p, n); err != nil {
			return err
		}
		for part := b.part; len(part) > 0; {
			same := 1
			for same < len(part) && part[same].RevisionID == part[0].RevisionID {
				same++
			}
			if err := b.loadText(r, part[:same]); err != nil {
				return err
			}
			part = part[same:]
		}
		return nil
	})
}

// loadText makes the rows of some sentences of one text.
func (b *rebuilding) loadText(r *store.Rx, part []sentenceRef) (err error) {
	if b.id != part[0].RevisionID {
		if b.doc, _, err = articles.DocOf(r, part[0].RevisionID); err != nil {
			return err
		}
		b.id = part[0].RevisionID
	}
	ids := make([]int64, len(part))
	for i, s := range part {
		ids[i] = s.ID
	}
	rows, err := r.Gorm().Raw("SELECT id, start_cp, end_cp FROM sentences WHERE id IN ? ORDER BY id", ids).Rows()
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var id int64
		var span text.Span
		if err := rows.Scan(&id, &span.Start, &span.End); err != nil {
			return err
		}
		b.rows = append(b.rows, windows(id, indexTerms(b.doc.Slice(span)))...)
	}
	return rows.Err()
}

// slice indexes up to n sentences or claims; going is false when none are left.
func (b *rebuilding) slice(tx *store.Tx, n int) (p progress, going bool, err error) {
	if p, going, err = readProgress(&tx.Rx); err != nil || !going {
		return p, going, err
	}
	if p.Sentence < p.Sentences {
		if p, err = b.sentences(tx, p, n); err != nil {
			return p, true, err
		}
	} else if p, err = b.claimWords(tx, p, n); err != nil {
		return p, true, err
	}
	if p.ended() {
		return p, false, tx.SetMeta(factTerms, fingerprint())
	}
	return p, true, keepProgress(tx, p)
}

func (b *rebuilding) sentences(tx *store.Tx, p progress, n int) (progress, error) {
	part, err := next(&tx.Rx, p, n)
	switch {
	case err != nil:
		return p, err
	case len(part) == 0:
		p.Sentence = p.Sentences
		return p, nil
	case p != b.from || !slices.Equal(part, b.part):
		return p, nil // another server went on, or an article came or went: the rows are made anew first
	}
	for i := 0; i < len(part); { // one that another program indexed meanwhile goes; numbers come in few runs
		last := i
		for last+1 < len(part) && part[last+1].ID == part[last].ID+1 {
			last++
		}
		if err := drop(tx, sentenceTable, part[i].ID, part[last].ID); err != nil {
			return p, err
		}
		i = last + 1
	}
	if err := signTerms(tx); err != nil {
		return p, err
	}
	p.Sentence = part[len(part)-1].ID
	return p, add(tx, sentenceTable, b.rows)
}

func (b *rebuilding) claimWords(tx *store.Tx, p progress, n int) (progress, error) {
	found, after := 0, p.Claim
	var rows []indexRow
	if err := b.claims(&tx.Rx, p.Claim, n, func(id int64, words ...string) error {
		found++
		p.Claim = id
		rows = append(rows, claimRows(id, words)...)
		return nil
	}); err != nil {
		return p, err
	}
	p.NoClaims = found < n
	if found == 0 {
		return p, nil
	}
	if err := errors.Join(signTerms(tx), drop(tx, claimTable, after+1, p.Claim)); err != nil {
		return p, err
	}
	return p, add(tx, claimTable, rows)
}
