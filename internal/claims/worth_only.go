package claims

import (
	"slices"

	"claimbench/internal/store"
	"claimbench/internal/worth"
)

// Only narrows the list by worth to some candidates: SQL that is true of their claims, with its values. An empty Where
// is true of all.
type Only struct {
	Where string
	Args  []any
}

// MostFit is how many candidates are put in order at once when not all are asked for. Where there are more of them, a
// page looks through as many of all, and finds some: 5 of 1000 are asked for at least among a million.
const MostFit = 5000

// read fills both lists with what comes next of the candidates asked for, and says how many there are.
func (m *merging) read(r *store.Rx, only Only, all []worth.Tally) (fit int, err error) {
	if only.Where == "" {
		ahead := 2*m.limit + 1 // some of the rows by worth were drawn by lot on a page before
		if m.worthy, err = byPlace(r, m, all, ahead); err != nil {
			return 0, err
		}
		m.whole = len(m.worthy) < ahead
		m.lots, err = byLot(r, m.collection, m.first, m.at.Drawn, 2*m.limit/worth.OneIn+4)
		for _, t := range all {
			fit += max(0, t.Waiting)
		}
		return min(fit, MostFit+1), err
	}
	few, err := m.fitting(r, only)
	if err != nil || len(few) <= m.few {
		m.ordered(few)
		return len(few), err
	}
	return len(few), m.through(r, only, all)
}

// fitting are the candidates that are asked for, in no order; at most one more than few.
func (m *merging) fitting(r *store.Rx, only Only) ([]waits, error) {
	args := append([]any{m.collection}, only.Args...)
	return store.Select[waits](r, "SELECT * FROM worth_waiting WHERE claim_id IN (SELECT id FROM claims WHERE "+
		"collection_id = ? AND state = 'candidate' AND "+only.Where+" LIMIT ?)", append(args, m.few+1)...)
}

// ordered makes both lists of all the candidates that are asked for.
func (m *merging) ordered(all []waits) {
	m.whole, m.lots = true, slices.Clone(all)
	m.worthy = slices.DeleteFunc(all, func(w waits) bool { return m.at.Key != 0 && m.behind(m.at, w) <= 0 })
	slices.SortFunc(m.worthy, m.compare)
	m.lots = slices.DeleteFunc(m.lots, func(w waits) bool { return worth.Round(m.first, w.Lot) <= m.at.Drawn })
	slices.SortFunc(m.lots, m.compareLots)
}

// through looks through what comes next of all candidates, and keeps those that are asked for.
func (m *merging) through(r *store.Rx, only Only, all []worth.Tally) (err error) {
	if m.worthy, err = byPlace(r, m, all, m.few); err != nil {
		return err
	}
	if m.lots, err = byLot(r, m.collection, m.first, m.at.Drawn, max(m.few/5, 2)); err != nil {
		return err
	}
	if m.whole = len(m.worthy) < m.few; !m.whole {
		m.last = m.worthy[len(m.worthy)-1]
	}
	if len(m.lots) > 0 {
		m.lastLot = worth.Round(m.first, m.lots[len(m.lots)-1].Lot)
	}
	var ids store.IDs[ID]
	for _, w := range slices.Concat(m.worthy, m.lots) {
		ids = append(ids, w.ClaimID)
	}
	args := append([]any{ids}, only.Args...)
	found, err := store.Select[ID](r, "SELECT id FROM claims WHERE id IN "+store.InList(r)+" AND "+only.Where, args...)
	fits := make(map[ID]bool, len(found))
	for _, id := range found {
		fits[id] = true
	}
	not := func(w waits) bool { return !fits[w.ClaimID] }
	m.worthy, m.lots = slices.DeleteFunc(m.worthy, not), slices.DeleteFunc(m.lots, not)
	return err
}

// compare orders by worth.
func (m *merging) compare(a, b waits) int {
	return m.behind(worth.Place{Profile: b.Profile, Key: b.Place}, a)
}

// compareLots orders by lot, from the first one of the day.
func (m *merging) compareLots(a, b waits) int {
	return int(min(1, max(-1, worth.Round(m.first, a.Lot)-worth.Round(m.first, b.Lot))))
}
