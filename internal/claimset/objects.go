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

// InPrint is a frozen set that prints a claim, with how the claim stands in it today.
type InPrint struct {
	Printed
	Standing
}

// InPrintOf lists the frozen sets with a claim as PrintedIn does, with how it stands in each. It asks no permission.
func InPrintOf(r *store.Rx, id claims.ID) ([]InPrint, error) {
	rows, err := store.Select[struct {
		Printed
		Frozen string `gorm:"column:frozen" words:"article"`
		By     ID     `gorm:"column:by_set"`
		ByAt   int64  `gorm:"column:by_at"`
		Kept   bool   `gorm:"column:kept"`
	}](r, "SELECT s.id, s.title, s.n, s.state, s.frozen_at, c.frozen, COALESCE(n.id, 0) AS by_set, "+
		"COALESCE(n.frozen_at, 0) AS by_at, EXISTS (SELECT 1 FROM claim_set_claims k WHERE k.set_id = n.id AND "+
		"k.claim_id = c.claim_id) AS kept FROM claim_set_claims c JOIN claim_sets s ON s.id = c.set_id LEFT JOIN "+
		"claim_sets n ON n.supersedes = s.id AND n.state <> 'draft' WHERE c.claim_id = ? AND s.state <> 'draft' "+
		"ORDER BY s.frozen_at DESC, s.id DESC LIMIT ?", id, mostPrinted)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	sets := make(store.IDs[ID], len(rows))
	for i, row := range rows {
		sets[i] = row.ID
	}
	alarms, err := store.Select[Alarm](r, "SELECT * FROM alarms WHERE "+store.AnyOf(r, "set_id")+
		" AND answer <> 'stands' AND (claim_id = ? OR claim_id IS NULL) ORDER BY id", sets, id)
	if err != nil {
		return nil, err
	}
	out := make([]InPrint, len(rows))
	for i, row := range rows {
		t := times{}
		if row.By != 0 {
			at := store.Micros(row.ByAt)
			if t.by = (&Set{ID: row.By, FrozenAt: &at}); row.Kept {
				t.kept = []claims.ID{id}
			}
		}
		for _, a := range alarms {
			if a.SetID == row.ID {
				t.alarms = append(t.alarms, a)
			}
		}
		out[i] = InPrint{row.Printed, t.of(id, articlesIn([]byte(row.Frozen)))}
	}
	return out, nil
}
