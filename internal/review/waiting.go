package review

import (
	"maps"
	"slices"

	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/evidence"
	"claimbench/internal/history"
	"claimbench/internal/store"
)

// waiting is what a person has done in rounds that are open, put off, and is called to: what no index knows.
type waiting struct {
	others  store.IDs[claims.ID] // reviewed, neither stale nor asking where their passage belongs, and nothing calls
	mine    map[claims.ID]ID
	stale   map[claims.ID]string
	snoozed map[claims.ID]store.Micros // put off, with until when
	back    map[claims.ID]store.Micros // were put off, with since when they are back
	calls   map[claims.ID][]Call
	callers store.IDs[claims.ID] // that were sent back and are not put off
}

// until is when a claim that was put off comes back, 0 for one that was not.
func (w waiting) until(id claims.ID) store.Micros { return w.snoozed[id] }

func (w waiting) snoozedIDs() store.IDs[claims.ID] {
	return store.IDs[claims.ID](slices.Sorted(maps.Keys(w.snoozed)))
}

// touched is SQL that is true of a review whose ground may have moved. It errs on one side only: a review for which it
// is false is not stale. So the many that nothing happened to are known by a few numbers, and staleness, which needs
// all that a review says, is asked of the few others. A ground holds pairs: [article,version of its origin].
const touched = `reviews.words_version <> claims.words_version
	OR reviews.ground NOT LIKE '%[' || claims.article_id || ',' || COALESCE((SELECT version FROM article_origins
		WHERE article_id = claims.article_id), 0) || ']%'
	OR EXISTS (SELECT 1 FROM evidence e LEFT JOIN articles a ON a.id = e.article_id
		LEFT JOIN article_origins ao ON ao.article_id = e.article_id
		WHERE e.claim_id = reviews.claim_id AND (e.id > reviews.seen_evidence OR e.unlinked_at IS NOT NULL
			OR a.state = 'taken_down' OR e.article_id IS NOT NULL
			AND reviews.ground NOT LIKE '%[' || e.article_id || ',' || COALESCE(ao.version, 0) || ']%'))`

// standingOpen reads a person's standing reviews in open rounds of a collection. A review is settled when its round has
// closed: the index reviews_waiting holds the others only, so what a person reviewed in years costs nothing here.
const standingOpen = `SELECT reviews.id, reviews.claim_id,
	CASE WHEN ` + touched + ` THEN 1 ELSE 0 END AS moved,
	CASE WHEN ` + claims.AsksCondition + ` THEN 1 ELSE 0 END AS asks
	FROM reviews JOIN claims ON claims.id = reviews.claim_id
	JOIN review_rounds rd ON rd.id = reviews.round_id AND rd.n = claims.round
	WHERE reviews.reviewer_id = ? AND reviews.superseded_at IS NULL AND reviews.settled = FALSE
	AND claims.collection_id = ? AND claims.state = ? ORDER BY reviews.claim_id`

// waitingOf reads what a person has done and put off in a collection: two queries, and two more when something moved.
func waitingOf(r *store.Rx, by auth.UserID, f QueueFilter) (w waiting, err error) {
	w = waiting{mine: map[claims.ID]ID{}, calls: map[claims.ID][]Call{}}
	if w.snoozed, w.back, err = snoozesOf(r, by, f.Collection, f.Now); err != nil {
		return w, err
	}
	for _, c := range f.Calls[:min(len(f.Calls), MostCalls)] {
		if _, off := w.snoozed[c.Claim]; !off && c.Why == WhySentBack && !slices.Contains(w.callers, c.Claim) {
			w.callers = append(w.callers, c.Claim)
		}
		w.calls[c.Claim] = append(w.calls[c.Claim], c)
	}
	rows, err := store.Select[struct {
		ID          ID
		ClaimID     claims.ID
		Moved, Asks int
	}](r, standingOpen, by, f.Collection, claims.Open)
	if err != nil {
		return w, err
	}
	var doubtful store.IDs[ID]
	for _, x := range rows {
		w.mine[x.ClaimID] = x.ID
		if x.Moved != 0 {
			doubtful = append(doubtful, x.ID)
		}
		if _, off := w.snoozed[x.ClaimID]; x.Asks == 0 && !off && w.calls[x.ClaimID] == nil {
			w.others = append(w.others, x.ClaimID)
		}
	}
	if w.stale, err = staleOf(r, doubtful); err != nil {
		return w, err
	}
	w.others = slices.DeleteFunc(w.others, func(id claims.ID) bool { return w.stale[id] != "" })
	return w, nil
}

// judged is a review with what its staleness is judged by.
type judged struct {
	Review
	WordsNow int64                  `gorm:"column:words_now"`
	Own      evidence.ArticleOrigin `gorm:"embedded;embeddedPrefix:own_"`
}

// staleOf says of reviews of different claims why they are stale, by claim.
func staleOf(r *store.Rx, ids store.IDs[ID]) (map[claims.ID]string, error) {
	out := map[claims.ID]string{}
	for ids := range slices.Chunk(ids, 1000) {
		all, err := store.Select[judged](r, "SELECT reviews.*, claims.words_version AS words_now, "+
			"claims.article_id AS own_article_id, COALESCE(ao.version, 0) AS own_version, "+
			"COALESCE(ao.confirmed_at, 0) AS own_confirmed_at FROM reviews "+
			"JOIN claims ON claims.id = reviews.claim_id "+
			"LEFT JOIN article_origins ao ON ao.article_id = claims.article_id "+
			"WHERE reviews.id IN "+store.InList(r), ids)
		if err != nil {
			return nil, err
		}
		of := make([]claims.ID, len(all))
		for i, rv := range all {
			of[i] = rv.ClaimID
		}
		items, err := evidence.KnownOf(r, of)
		if err != nil {
			return nil, err
		}
		for _, rv := range all {
			if why := staleness(rv.Review, rv.WordsNow, around{items: items[rv.ClaimID], own: rv.Own,
				until: now}); why != "" {
				out[rv.ClaimID] = why
			}
		}
	}
	return out, nil
}

// own reads the person's reviews of some claims, by claim.
func (w waiting) own(r *store.Rx, of []claims.Claim) (map[claims.ID]Review, error) {
	var ids store.IDs[ID]
	for _, c := range of {
		if id, there := w.mine[c.ID]; there {
			ids = append(ids, id)
		}
	}
	out := map[claims.ID]Review{}
	if len(ids) == 0 {
		return out, nil
	}
	found, err := store.Select[Review](r, "SELECT * FROM reviews WHERE id IN "+store.InList(r), ids)
	for _, rv := range found {
		out[rv.ClaimID] = rv
	}
	return out, err
}

// OwnVerdicts gives what a person said of claims in rounds that are open, in one query.
func OwnVerdicts(r *store.Rx, by auth.UserID, of []claims.Claim) (map[claims.ID]claims.Verdict, error) {
	out := map[claims.ID]claims.Verdict{}
	var ids store.IDs[claims.ID]
	for _, c := range of {
		if c.State == claims.Open {
			ids = append(ids, c.ID)
		}
	}
	if len(ids) == 0 {
		return out, nil
	}
	found, err := store.Select[struct {
		ClaimID claims.ID
		Verdict claims.Verdict
	}](r, "SELECT claim_id, verdict FROM reviews WHERE reviewer_id = ? AND superseded_at IS NULL AND settled = FALSE "+
		"AND claim_id IN "+store.InList(r), by, ids)
	for _, x := range found {
		out[x.ClaimID] = x.Verdict
	}
	return out, err
}

// compareSettled holds the marks of reviews to their rounds: one that counts as settled while its round is open would
// be missing in the queue of whoever gave it.
func compareSettled(r *store.Rx, found history.Found) error {
	var differ []Review
	if err := r.Gorm().Table("reviews").Select("reviews.public").
		Joins("JOIN review_rounds rd ON rd.id = reviews.round_id").
		Where("reviews.settled <> (rd.closed_at IS NOT NULL)").Scan(&differ).Error; err != nil {
		return err
	}
	for _, rv := range differ {
		found(Object(rv), "it is marked as if its round were closed and it is open, or the other way about")
	}
	return nil
}
