package claimset

import (
	"bytes"
	"slices"
	"strconv"

	"gorm.io/gorm/clause"

	"claimbench/internal/articles"
	"claimbench/internal/history"
	"claimbench/internal/store"
)

// restRow says that a set rests on an article: a claim of the set is of it, or evidence of one is.
type restRow struct {
	SetID      ID          `gorm:"column:set_id;primaryKey;autoIncrement:false"`
	ArticleID  articles.ID `gorm:"column:article_id;primaryKey;autoIncrement:false"`
	AsEvidence bool        `gorm:"column:as_evidence;primaryKey"`
}

func (restRow) TableName() string { return "claim_set_articles" }

// articlesIn gives the articles that a frozen claim names: its own, then those of its evidence, in the order of the
// evidence. What cannot be read is left out.
func articlesIn(frozen []byte) (out []articles.ID) {
	for rest := frozen; ; {
		at := bytes.Index(rest, articleMark)
		if at < 0 {
			return out
		}
		rest = rest[at+len(articleMark):]
		end := bytes.IndexByte(rest, ',')
		if id, err := strconv.ParseInt(string(rest[:max(end, 0)]), 10, 64); err == nil {
			out = append(out, articles.ID(id))
		}
	}
}

// restsOf lists on which articles some frozen claims rest, each once.
func restsOf(set ID, frozen ...[]byte) (out []restRow) {
	for _, f := range frozen {
		for i, id := range articlesIn(f) {
			out = append(out, restRow{set, id, i > 0})
		}
	}
	slices.SortFunc(out, restRow.compare)
	return slices.Compact(out)
}

func (x restRow) compare(y restRow) int {
	if x.ArticleID != y.ArticleID {
		return int(x.ArticleID - y.ArticleID)
	}
	switch {
	case x.AsEvidence == y.AsEvidence:
		return 0
	case y.AsEvidence:
		return -1
	}
	return 1
}

// rest notes on which articles claims rest that were written down for a freeze.
func rest(tx *store.Tx, set ID, all []written) error {
	frozen := make([][]byte, len(all))
	for i, w := range all {
		frozen[i] = []byte(w.frozen)
	}
	for part := range slices.Chunk(restsOf(set, frozen...), idsAtOnce) {
		if err := tx.Gorm().Clauses(clause.OnConflict{DoNothing: true}).Create(&part).Error; err != nil {
			return err
		}
	}
	return nil
}

// compareRests finds rows that do not say on which articles a set rests: an alarm would be missing, or false.
func compareRests(r *store.Rx, found history.Found) error {
	sets, err := store.Select[Set](r, "SELECT * FROM claim_sets ORDER BY id")
	if err != nil {
		return err
	}
	for _, set := range sets {
		var going int64
		if err := r.Gorm().Model(&freezeRow{}).Where("set_id = ?", set.ID).Count(&going).Error; err != nil {
			return err
		}
		if set.State == Draft && going > 0 {
			continue // what a freeze that goes on has written so far
		}
		var there []restRow
		if err := r.Gorm().Where("set_id = ?", set.ID).Find(&there).Error; err != nil {
			return err
		}
		want, err := restsIn(r, set.ID)
		if err != nil {
			return err
		}
		slices.SortFunc(there, restRow.compare)
		if !slices.Equal(there, want) {
			found(Object(set.ID), "claim_set_articles does not list the articles that the frozen claims name")
		}
	}
	return nil
}

// restsIn reads on which articles a frozen set rests from its claims, one in memory at a time.
func restsIn(r *store.Rx, set ID) ([]restRow, error) {
	rows, err := r.Gorm().Raw("SELECT frozen FROM claim_set_claims WHERE set_id = ?", set).Rows()
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	seen := map[restRow]bool{}
	for rows.Next() {
		var frozen store.RawBytes
		if err := rows.Scan(&frozen); err != nil {
			return nil, err
		}
		for _, x := range restsOf(set, frozen) {
			seen[x] = true
		}
	}
	out := make([]restRow, 0, len(seen))
	for x := range seen {
		out = append(out, x)
	}
	slices.SortFunc(out, restRow.compare)
	return out, rows.Err()
}
