package claims

import (
	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/store"
)

// Counts is how many claims of an article there are; what has ended is not counted.
type Counts struct {
	Candidates int `gorm:"column:candidates"`
	Claims     int `gorm:"column:claims"`  // accepted, decided or not
	Decided    int `gorm:"column:decided"` // of the claims
}

// CandidatesIn counts the candidates that wait in the articles of a collection, to one above CountCap. It asks no
// permission.
func CandidatesIn(r *store.Rx, collection auth.CollectionID) (int, error) {
	return capped(r, r.Gorm().Model(&Claim{}).Where("collection_id = ? AND state = ?", collection, Candidate))
}

// CountsOf counts the claims of articles in one query; an article without any is left out. It asks no permission.
func CountsOf(r *store.Rx, ids []articles.ID) (map[articles.ID]Counts, error) {
	var rows []struct {
		ArticleID articles.ID `gorm:"column:article_id"`
		Counts
	}
	err := r.Gorm().Model(&Claim{}).Select("article_id, COUNT(CASE WHEN state = ? THEN 1 END) AS candidates, "+
		"COUNT(CASE WHEN state <> ? THEN 1 END) AS claims, COUNT(CASE WHEN state IN ? THEN 1 END) AS decided",
		Candidate, Candidate, []State{Decided, Approved}).
		Where("article_id IN ? AND state IN ?", ids, Living()).Group("article_id").Scan(&rows).Error
	out := make(map[articles.ID]Counts, len(rows))
	for _, x := range rows {
		out[x.ArticleID] = x.Counts
	}
	return out, err
}

// InText is how many claims and candidates stand in one text of an article.
type InText struct {
	Stand  int `gorm:"column:stand"`
	Asking int `gorm:"column:asking"` // of those in an older text: where they belong in the newest
}

// CountsByText counts the claims and candidates of an article by the text in which they stand; nothing has ended. It
// asks no permission.
func CountsByText(r *store.Rx, a articles.Article) (map[articles.RevisionID]InText, error) {
	newest := articles.RevisionID(0)
	if a.RevisionID != nil {
		newest = *a.RevisionID
	}
	var rows []struct {
		RevisionID articles.RevisionID `gorm:"column:revision_id"`
		InText
	}
	err := r.Gorm().Model(&Claim{}).Select("revision_id, COUNT(*) AS stand, COUNT(CASE WHEN revision_id <> ? AND "+
		"state IN ? AND "+AsksCondition+" THEN 1 END) AS asking", newest, []State{Candidate, Open, InConflict}).
		Where("article_id = ? AND state IN ?", a.ID, Living()).Group("revision_id").Scan(&rows).Error
	out := make(map[articles.RevisionID]InText, len(rows))
	for _, x := range rows {
		out[x.RevisionID] = x.InText
	}
	return out, err
}
