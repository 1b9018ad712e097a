package evidence

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/match"
	"claimbench/internal/model"
	"claimbench/internal/store"
)

// The language model may put the first passages that the rules propose for a claim in another order, for this claim
// alone. Which passages they are, which of them stand against the claim, and which somebody refused, it does not say:
// those against stand behind, wherever it puts them. An order is of the claim's words and of these very passages; as
// soon as one of them changes, the order of the rules is there again.

// orderedOf is how many hits the passages that are put in order are taken from: some may be replaced.
const orderedOf = 3*mostPassages + 20

// Ordering is what a model is asked to put in order.
type Ordering struct {
	Passages []Orderable // in the order of the rules
	Input    string      // SHA-256 of what they are, in hex
	Current  bool        // the index has all texts of the collection
	stands   string      // the model by which they are in order already
}

// Orderable is a passage that a model puts in order.
type Orderable struct {
	ID         articles.SentenceID
	RevisionID articles.RevisionID
	Lang       string
	Words      string
}

// Stands says whether a model put these very passages in order already.
func (o Ordering) Stands(model string) bool { return o.stands != "" && o.stands == model }

// Ordering reads the passages of a claim that a model may put in order: whoever linked or refused one, they are the
// same. It asks no permission.
func (s *Service) Ordering(r *store.Rx, c claims.Claim) (out Ordering, err error) {
	mark, err := markOf(r, c.CollectionID)
	if err != nil {
		return out, err
	}
	q, _, asked, err := question(r, c)
	if err != nil || !asked {
		return Ordering{Current: true}, err
	}
	sh := s.shelfOf(c.CollectionID)
	sh.mu.RLock()
	ix, sentences, current := sh.index, sh.sentences, sh.seen == mark
	sh.mu.RUnlock()
	if !current {
		return out, nil
	}
	hits, err := s.near(r, sh, ix, sentences, c.CollectionID, ask{Item: q, most: orderedOf})
	if errors.Is(err, match.ErrBusy) {
		return out, nil
	} else if err != nil {
		return out, err
	}
	rows, err := standingOf(r, c, idsOf(hits))
	if err != nil {
		return out, err
	}
	first := firstOf(hits, rows)
	ids := make([]articles.SentenceID, len(first))
	for i, h := range first {
		ids[i] = rows[h.ID].ID
	}
	words, err := articles.WordsOf(r, ids)
	if err != nil {
		return out, err
	}
	for _, h := range first {
		row := rows[h.ID]
		out.Passages = append(out.Passages, Orderable{row.ID, row.RevisionID, row.Lang, words[row.ID]})
	}
	out.Current, out.Input = true, inputOf(c, first)
	there, err := claims.OrderOf(r, c.ID)
	for _, p := range there {
		if p.Input == out.Input && p.Prompt == model.OrderPrompt() {
			out.stands = p.Model
		}
	}
	return out, err
}

// PassageOf reads a sentence of another text of a claim's collection, as it may be sent; false where there is none. It
// asks no permission.
func PassageOf(r *store.Rx, c claims.Claim, id articles.SentenceID) (out Orderable, there bool, err error) {
	rows, err := standingOf(r, c, []int64{int64(id)})
	row, there := rows[itemID(id)]
	if err != nil || !there || row.Art.Protected != "" {
		return out, false, err
	}
	words, err := articles.WordsOf(r, []articles.SentenceID{id})
	return Orderable{id, row.RevisionID, row.Lang, words[id]}, err == nil, err
}

// StillStand says whether all of some passages of a claim may be sent and kept as they were read. Until this Write has
// ended none of their texts is taken down, protected or replaced. One query.
func StillStand(tx *store.Tx, c claims.Claim, all []Orderable) (bool, error) {
	of := map[articles.RevisionID]bool{}
	for _, p := range all {
		of[p.RevisionID] = true
	}
	revisions := slices.Sorted(maps.Keys(of))
	var held []articles.ID
	err := tx.Hold().Table("articles").Select("id").Where("revision_id IN ? AND collection_id = ? AND id <> ? AND "+
		"state = ? AND protected = ''", revisions, c.CollectionID, c.ArticleID, articles.Live).Order("id").
		Scan(&held).Error
	return err == nil && len(held) == len(revisions), err
}

func idsOf(hits []match.Hit) (ids []int64) {
	for _, h := range hits {
		if n, err := strconv.ParseInt(h.ID, 10, 64); err == nil {
			ids = append(ids, n)
		}
	}
	return ids
}

// standingOf reads the facts of sentences that stand in live texts of a claim's collection, none in its own article, by
// the ids of the index.
func standingOf(r *store.Rx, c claims.Claim, ids []int64) (map[string]hitRow, error) {
	var rows []hitRow
	if len(ids) == 0 {
		return nil, nil
	}
	err := r.Gorm().Table("sentences").Select(hitColumns).
		Joins("JOIN articles a ON a.revision_id = sentences.revision_id AND a.state = ?", articles.Live).
		Joins("LEFT JOIN sources s ON s.id = a.source_id").
		Joins("LEFT JOIN article_origins ao ON ao.article_id = a.id").
		Joins("LEFT JOIN origins o ON o.id = ao.origin_id").
		Where("sentences.id IN ? AND a.collection_id = ? AND a.id <> ?", ids, c.CollectionID, c.ArticleID).
		Scan(&rows).Error
	out := make(map[string]hitRow, len(rows))
	for _, row := range rows {
		out[itemID(row.ID)] = row
	}
	return out, err
}

// firstOf are the first hits that stand, as many as are put in order.
func firstOf(hits []match.Hit, rows map[string]hitRow) (out []match.Hit) {
	for _, h := range hits {
		if row, there := rows[h.ID]; there && row.Art.Protected == "" && len(out) < model.MostOrdered {
			out = append(out, h)
		}
	}
	return out
}

// inputOf is the hash of a claim's words and of some passages, whose words never change.
func inputOf(c claims.Claim, first []match.Hit) string {
	h := sha256.New()
	fmt.Fprintf(h, "order\n%s\n%d\n%s\n", c.Lang, len(c.Statement), c.Statement)
	for _, one := range first {
		fmt.Fprintln(h, one.ID)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// Ordered says that a model put a passage where it stands, and why, in its own words; "" where it gave no reason.
type Ordered struct{ Model, Why string }

// reordered puts hits in the order of the model, where it has one of these very passages: those that it names first,
// the others in their own order behind. by says of those that it names which model did, and why.
func reordered(r *store.Rx, c claims.Claim, hits []match.Hit, all []claims.Proposal) (out []match.Hit,
	by map[string]Ordered, err error) {
	rows, err := standingOf(r, c, idsOf(hits))
	if err != nil {
		return nil, nil, err
	}
	first := firstOf(hits, rows)
	input := inputOf(c, first)
	place := map[string]int{}
	by = map[string]Ordered{}
	for _, p := range all { // the newest first
		if p.Input != input || p.SentenceID == nil {
			continue
		}
		id := itemID(*p.SentenceID)
		if _, there := place[id]; there || !slices.ContainsFunc(first, func(h match.Hit) bool { return h.ID == id }) {
			continue
		}
		o := Ordered{Model: p.Model}
		if len(p.Reasons) > 0 {
			o.Why = p.Reasons[0]
		}
		place[id], by[id] = p.Place, o
	}
	if len(by) == 0 {
		return nil, nil, nil
	}
	behind := len(all) + 1
	at := func(h match.Hit) int {
		if n, there := place[h.ID]; there {
			return n
		}
		return behind
	}
	out = slices.Clone(hits)
	slices.SortStableFunc(out, func(a, b match.Hit) int { return at(a) - at(b) })
	return out, by, nil
}
