package review

import (
	"maps"
	"math"
	"slices"

	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/store"
)

// Slot is how many decisions with one verdict fell into one quarter of an hour, counted from 1970: every day of every
// zone begins with one.
type Slot struct {
	Slot    int64          `gorm:"column:slot"`
	Verdict claims.Verdict `gorm:"column:verdict"`
	N       int            `gorm:"column:n"`
}

// SlotMicros is how long a slot is.
const SlotMicros = 900_000_000

// upTo is the last moment of which decisions are counted: in the past an index holds later ones too.
func upTo(r *store.Rx) store.Micros {
	if then := store.PastOf(r.Context()); then != nil {
		return then.At
	}
	return math.MaxInt64
}

// DecidedIn counts the decisions of a collection since a moment; it asks no permission. It goes by the time, for a
// collection may have a million claims and few of them were decided of late.
func DecidedIn(r *store.Rx, collection auth.CollectionID, since store.Micros) ([]Slot, error) {
	return store.Select[Slot](r, "SELECT d.decided_at / 900000000 AS slot, d.verdict, COUNT(*) AS n FROM decisions d "+
		"CROSS JOIN "+claims.Summed(r)+" c WHERE c.id = d.claim_id AND c.collection_id = ? AND "+
		"d.decided_at >= ? AND d.decided_at <= ? GROUP BY d.decided_at / 900000000, d.verdict ORDER BY slot, d.verdict",
		collection, since, upTo(r))
}

// Took is how long a decision took, since its claim was accepted or reopened.
type Took struct {
	Lang string `gorm:"column:lang" words:"fact"`
	Took int64  `gorm:"column:took"` // µs
}

// MostTook is how many decisions, the newest, the time to a verdict is taken from.
const MostTook = 10_000

// TookIn reads how long the decisions of a collection since a moment took, the newest MostTook; it asks no permission.
func TookIn(r *store.Rx, collection auth.CollectionID, since store.Micros) ([]Took, error) {
	return store.Select[Took](r, "SELECT c.lang, d.decided_at - CASE WHEN r.n > 1 THEN r.opened_at ELSE c.opened_at "+
		"END AS took FROM decisions d CROSS JOIN "+claims.Summed(r)+" c CROSS JOIN review_rounds r WHERE "+
		"c.id = d.claim_id AND "+
		"r.id = d.round_id AND c.collection_id = ? AND c.opened_at IS NOT NULL AND d.decided_at >= ? AND "+
		// when a claim that was reopened since was accepted is not kept
		"d.decided_at <= ? AND (r.n > 1 OR d.decided_at >= c.opened_at) "+
		"ORDER BY d.decided_at DESC, d.id DESC LIMIT ?", collection, since, upTo(r), MostTook)
}

// Hour is how many claims began to wait within one hour, counted from 1970, and still do.
type Hour struct {
	Hour int64 `gorm:"column:hour"`
	N    int   `gorm:"column:n"`
}

// Waits is a claim with the moment from which it waits.
type Waits struct {
	ID    claims.ID    `gorm:"column:id"`
	Since store.Micros `gorm:"column:since"`
}

// BacklogIn says since when the open claims of a collection wait, those in conflict too: by the hour at which they were
// accepted, or opened anew, the oldest first; and which waits longest, 0 when none does. It asks no permission. All are
// counted from an index by when they were accepted, and the few that were opened anew are moved then.
func BacklogIn(r *store.Rx, collection auth.CollectionID) (all []Hour, oldest Waits, err error) {
	all, err = store.Select[Hour](r, "SELECT opened_at / 3600000000 AS hour, COUNT(*) AS n FROM "+claims.Summed(r)+
		" WHERE collection_id = ? AND state IN ('open', 'in_conflict') AND opened_at IS NOT NULL "+
		"GROUP BY opened_at / 3600000000 ORDER BY hour", collection)
	if err != nil || len(all) == 0 {
		return nil, oldest, err
	}
	moved, err := store.Select[struct {
		Was   int64        `gorm:"column:was"`
		Hour  int64        `gorm:"column:hour"`
		N     int          `gorm:"column:n"`
		Since store.Micros `gorm:"column:since"`
	}](r, "SELECT c.opened_at / 3600000000 AS was, rd.opened_at / 3600000000 AS hour, COUNT(*) AS n, "+
		"MIN(rd.opened_at) AS since FROM "+reopenedIn(r)+
		" GROUP BY c.opened_at / 3600000000, rd.opened_at / 3600000000",
		collection)
	if err != nil {
		return nil, oldest, err
	}
	of := map[int64]int{}
	for _, h := range all {
		of[h.Hour] += h.N
	}
	for _, m := range moved {
		of[m.Was] -= m.N
		of[m.Hour] += m.N
	}
	all = all[:0]
	for _, hour := range slices.Sorted(maps.Keys(of)) {
		if of[hour] > 0 {
			all = append(all, Hour{hour, of[hour]})
		}
	}
	first, err := store.Select[Waits](r, firstOf("open")+" UNION ALL "+firstOf("in_conflict")+" UNION ALL SELECT * "+
		"FROM (SELECT c.id, rd.opened_at AS since FROM "+reopenedIn(r)+" ORDER BY rd.opened_at, c.id LIMIT 1) again "+
		"ORDER BY since, id LIMIT 1", collection, collection, collection)
	if len(first) > 0 {
		oldest = first[0]
	}
	return all, oldest, err
}

// reopenedIn are the claims of a collection that wait in a round that was opened anew; it takes the collection.
func reopenedIn(r *store.Rx) string {
	return claims.Summed(r) + " c CROSS JOIN review_rounds rd WHERE c.collection_id = ? AND c.state IN ('open', " +
		"'in_conflict') AND c.round > 1 AND c.opened_at IS NOT NULL AND rd.claim_id = c.id AND rd.n = c.round"
}

// firstOf asks for the claim of a state that waits longest in its first round.
func firstOf(state string) string {
	return "SELECT * FROM (SELECT id, opened_at AS since FROM claims WHERE collection_id = ? AND state = '" + state +
		"' AND opened_at IS NOT NULL AND round < 2 ORDER BY opened_at, id LIMIT 1) " + state
}
