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
	rows, err := store.Select[inPrintRow](r, `WITH RECURSIVE up (id, newest) AS (
		SELECT few.id, few.id FROM (SELECT s.id FROM claim_set_claims c JOIN claim_sets s ON s.id = c.set_id
			WHERE c.claim_id = ? AND s.state <> 'draft' ORDER BY s.frozen_at DESC, s.id DESC LIMIT ?) AS few
		UNION SELECT up.id, n.id FROM claim_sets n JOIN up ON n.supersedes = up.newest WHERE n.state <> 'draft'),
		last (id, newest) AS (SELECT id, MAX(newest) FROM up GROUP BY id)
		SELECT s.id, s.title, s.n, s.state, s.frozen_at, m.claim_id, m.frozen, x.id AS newest,
			x.frozen_at AS newest_at, `+presentIn+`
		FROM last JOIN claim_sets s ON s.id = last.id JOIN claim_sets x ON x.id = last.newest
		JOIN claim_set_claims m ON m.set_id = s.id AND m.claim_id = ?
		LEFT JOIN claim_set_claims n ON n.set_id = x.id AND n.claim_id = m.claim_id
		ORDER BY s.frozen_at DESC, s.id DESC`, id, mostPrinted, id)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	sets := make(store.IDs[ID], len(rows))
	for i, row := range rows {
		sets[i] = row.Newest
	}
	alarms, err := store.Select[Alarm](r, "SELECT * FROM alarms WHERE "+store.AnyOf(r, "set_id")+
		" AND answer <> 'stands' AND (claim_id = ? OR claim_id IS NULL) ORDER BY id", sets, id)
	if err != nil {
		return nil, err
	}
	of := map[ID][]Alarm{}
	for _, a := range alarms {
		of[a.SetID] = append(of[a.SetID], a)
	}
	out := make([]InPrint, len(rows))
	for i, row := range rows {
		t := times{newest: Set{ID: row.Newest, FrozenAt: row.NewestAt}}
		t.heed(of[row.Newest])
		out[i] = InPrint{row.Printed, t.of(printedRow{row.ClaimID, row.InNewest, row.Frozen})}
	}
	return out, nil
}

// inPrintRow is a set that prints a claim, beside its newest version.
type inPrintRow struct {
	Printed
	ClaimID  claims.ID     `gorm:"column:claim_id"`
	InNewest presence      `gorm:"column:in_newest"`
	Frozen   string        `gorm:"column:frozen" words:"article"`
	Newest   ID            `gorm:"column:newest"`
	NewestAt *store.Micros `gorm:"column:newest_at"`
}
