package search

import (
	"context"
	"encoding/json"
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

// rebuilding makes the slices. It keeps the texts that it works on: they never change.
type rebuilding struct {
	db     *store.DB
	claims ClaimPart
	done   func(n, of int64)
	id     articles.RevisionID
	doc    *text.Doc
}

const firstSlice = 50

func (b *rebuilding) run(ctx context.Context) error {
	n := firstSlice
	for {
		var p progress
		going := true
		var took time.Duration
		if err := b.load(ctx); err != nil {
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

// next finds the sentences that come next, all of one text.
func next(r *store.Rx, p progress, n int) (out []articles.Sentence, err error) {
	err = r.Gorm().Joins("JOIN articles ON articles.revision_id = sentences.revision_id AND articles.state = ?",
		articles.Live).Where("sentences.id > ? AND sentences.id <= ?", p.Sentence, p.Sentences).Order("sentences.id").
		Limit(n).Find(&out).Error
	for i, s := range out {
		if s.RevisionID != out[0].RevisionID {
			return out[:i], err
		}
	}
	return out, err
}

// load reads the text of the next slice before its Write, for a text may have five million bytes.
func (b *rebuilding) load(ctx context.Context) error {
	return b.db.Read(ctx, func(r *store.Rx) error {
		p, going, err := readProgress(r)
		if err != nil || !going {
			return err
		}
		part, err := next(r, p, 1)
		if err != nil || len(part) == 0 || part[0].RevisionID == b.id {
			return err
		}
		b.doc, _, err = articles.DocOf(r, part[0].RevisionID)
		b.id = part[0].RevisionID
		return err
	})
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
	case part[0].RevisionID != b.id:
		return p, nil // the article was taken down or changed since; the text that comes instead is read first
	}
	p.Sentence = int64(part[len(part)-1].ID)
	if err := (Index{}).DropRevision(tx, part); err != nil { // one that another program indexed meanwhile
		return p, err
	}
	return p, Index{}.AddRevision(tx, b.doc, part)
}

func (b *rebuilding) claimWords(tx *store.Tx, p progress, n int) (progress, error) {
	found := 0
	err := b.claims(&tx.Rx, p.Claim, n, func(id int64, words ...string) error {
		found++
		p.Claim = id
		return Index{}.SetClaim(tx, id, words...)
	})
	p.NoClaims = found < n
	return p, err
}
