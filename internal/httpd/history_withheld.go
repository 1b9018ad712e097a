package httpd

import (
	"strconv"

	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/history"
	"claimbench/internal/store"
)

// withholdEvents takes the words of articles that were taken down out of events, for whoever does not read the whole
// history: that there was something stays, what it said does not.
func withholdEvents(r *store.Rx, events []history.Entry) error {
	var articleIDs, claimIDs []int64
	for _, e := range events {
		articleIDs, claimIDs = append(articleIDs, numberIn(e, "article")), append(claimIDs, numberIn(e, "claim"))
	}
	var down []int64
	if err := r.Gorm().Model(&articles.Article{}).Where("id IN ? AND state = ?", articleIDs, articles.TakenDown).Pluck(
		"id", &down).Error; err != nil {
		return err
	}
	var of []int64
	if err := r.Gorm().Model(&claims.Claim{}).Where(
		"id IN ? AND article_id IN (SELECT id FROM articles WHERE state = ?)", claimIDs, articles.TakenDown).Pluck("id",
		&of).Error; err != nil {
		return err
	}
	gone, ofGone := map[int64]bool{}, map[int64]bool{}
	for _, id := range down {
		gone[id] = true
	}
	for _, id := range of {
		ofGone[id] = true
	}
	for i, e := range events {
		if gone[numberIn(e, "article")] || ofGone[numberIn(e, "claim")] {
			events[i].Texts = nil
		}
	}
	return nil
}

// numberIn is the id that an event's row names in a field, 0 for none.
func numberIn(e history.Entry, field string) int64 {
	v := e.After[field]
	if v == "" {
		v = e.Before[field]
	}
	n, err := strconv.ParseInt(v, 10, 64)
	if err != nil {
		return 0
	}
	return n
}
