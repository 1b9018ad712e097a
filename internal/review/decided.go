package review

import (
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

// DecidedIn counts the decisions of a collection since a moment; it asks no permission. It goes by the time, for a
// collection may have a million claims and few of them were decided of late.
func DecidedIn(r *store.Rx, collection auth.CollectionID, since store.Micros) ([]Slot, error) {
	return store.Select[Slot](r, "SELECT d.decided_at / 900000000 AS slot, d.verdict, COUNT(*) AS n FROM decisions d "+
		"CROSS JOIN claims c WHERE c.id = d.claim_id AND c.collection_id = ? AND d.decided_at >= ? "+
		"GROUP BY d.decided_at / 900000000, d.verdict ORDER BY slot, d.verdict", collection, since)
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
		"END AS took FROM decisions d CROSS JOIN claims c CROSS JOIN review_rounds r WHERE c.id = d.claim_id AND "+
		"r.id = d.round_id AND c.collection_id = ? AND c.opened_at IS NOT NULL AND d.decided_at >= ? "+
		"ORDER BY d.decided_at DESC, d.id DESC LIMIT ?", collection, since, MostTook)
}
