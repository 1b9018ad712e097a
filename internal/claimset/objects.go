package claimset

import (
	"claimbench/internal/claims"
	"claimbench/internal/store"
)

// Printed is a frozen set that a claim is printed in.
type Printed struct {
	ID       ID            `gorm:"column:id"`
	Title    string        `gorm:"column:title" words:"own"`
	N        int           `gorm:"column:n"` // its edition
	State    State         `gorm:"column:state"`
	FrozenAt *store.Micros `gorm:"column:frozen_at"`
}

// Superseded says that a later edition took its place.
func (p Printed) Superseded() bool { return p.State == Superseded }

// Object names the set in the history.
func (p Printed) Object() string { return Object(p.ID) }

// mostPrinted is how many of the sets with a claim its history names, the newest.
const mostPrinted = 50

// PrintedIn lists the frozen sets with a claim, the newest first; it asks no permission.
func PrintedIn(r *store.Rx, id claims.ID) ([]Printed, error) {
	return store.Select[Printed](r, "SELECT s.id, s.title, s.n, s.state, s.frozen_at FROM claim_set_claims c "+
		"JOIN claim_sets s ON s.id = c.set_id WHERE c.claim_id = ? AND s.state <> 'draft' "+
		"ORDER BY s.frozen_at DESC, s.id DESC LIMIT ?", id, mostPrinted)
}
