package review

import (
	"cmp"
	"slices"
	"strings"

	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/evidence"
	"claimbench/internal/history"
	"claimbench/internal/store"
)

// waiting is what a person has done in rounds that are open: the claims that wait for others, in the order of the
// queue, and why those of their reviews that are stale are.
type waiting struct {
	others []turn // neither stale nor asking where their passage belongs
	mine   map[claims.ID]ID
	stale  map[claims.ID]string
}

// turn is a claim's place in the queue.
type turn struct {
	claim  claims.ID
	opened store.Micros
}

func (t turn) compare(o turn) int {
	return cmp.Or(cmp.Compare(t.opened, o.opened), cmp.Compare(t.claim, o.claim))
}

// ids are those of the claims that wait for others.
func (w waiting) ids() store.IDs[claims.ID] {
	out := make(store.IDs[claims.ID], len(w.others))
	for i, t := range w.others {
		out[i] = t.claim
	}
	return out
}

// after are at most n claims that wait for others behind a place in the queue.
func (w waiting) after(last turn, n int) store.IDs[claims.ID] {
	from, _ := slices.BinarySearchFunc(w.others, last, func(t, last turn) int {
		if t.compare(last) <= 0 {
			return -1
		}
		return 1
	})
	rest := waiting{others: w.others[from:min(from+n, len(w.others))]}
	return rest.ids()
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
const standingOpen = `SELECT reviews.id, reviews.claim_id, COALESCE(claims.opened_at, 0),
	CASE WHEN ` + touched + ` THEN 1 ELSE 0 END, CASE WHEN ` + claims.AsksCondition + ` THEN 1 ELSE 0 END
	FROM reviews JOIN claims ON claims.id = reviews.claim_id
	JOIN review_rounds rd ON rd.id = reviews.round_id AND rd.n = claims.round
	WHERE reviews.reviewer_id = ? AND reviews.superseded_at IS NULL AND reviews.settled = FALSE
	AND claims.collection_id = ? AND claims.state = ?`

// waitingOf reads what a person has done in open rounds of a collection: one query, and two more when something moved.
func waitingOf(r *store.Rx, by auth.UserID, c auth.CollectionID) (w waiting, err error) {
	w = waiting{mine: map[claims.ID]ID{}, stale: map[claims.ID]string{}}
	rows, err := r.Gorm().Raw(standingOpen, by, c, claims.Open).Rows()
	if err != nil {
		return w, err
	}
	defer rows.Close()
	var doubtful store.IDs[ID]
	for rows.Next() {
		var id ID
		var t turn
		var moved, asks int
		if err := rows.Scan(&id, &t.claim, &t.opened, &moved, &asks); err != nil {
			return w, err
		}
		w.mine[t.claim] = id
		if moved != 0 {
			doubtful = append(doubtful, id)
		}
		if asks == 0 {
			w.others = append(w.others, t)
		}
	}
	if err := rows.Err(); err != nil {
		return w, err
	}
	if w.stale, err = staleOf(r, doubtful); err != nil {
		return w, err
	}
	w.others = slices.DeleteFunc(w.others, func(t turn) bool { return w.stale[t.claim] != "" })
	slices.SortFunc(w.others, turn.compare)
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

// openCounts counts every tab in one query, each up to QueueCap+1: open claims are either this person's turn, or wait.
func openCounts(r *store.Rx, c auth.CollectionID, w waiting) (map[Tab]int, error) {
	var parts []string
	var args []any
	for _, tab := range Tabs.Names() {
		if tab == TabWaiting {
			continue
		}
		most := QueueCap + 1
		if tab == TabTurn {
			most += len(w.others)
		}
		parts = append(parts, "SELECT '"+string(tab)+"' AS tab, COUNT(*) AS n FROM (SELECT 1 FROM claims WHERE "+
			"collection_id = ? AND state = ? LIMIT ?) AS of_"+string(tab))
		args = append(args, c, stateOf[tab], most)
	}
	rows, err := store.Select[struct {
		Tab Tab
		N   int
	}](r, strings.Join(parts, " UNION ALL "), args...)
	out := map[Tab]int{TabWaiting: min(len(w.others), QueueCap+1)}
	for _, x := range rows {
		if x.Tab == TabTurn {
			x.N -= len(w.others)
		}
		out[x.Tab] = x.N
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
