package claims

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"claimbench/internal/auth"
	"claimbench/internal/store"
	"claimbench/internal/worth"
)

// ByWorth is one page of the candidates of a collection: those first that its people will want most, by what they
// accepted and rejected before, and one in worth.OneIn by lot. Every candidate that waits is on one page.
type ByWorth struct {
	Rows    []Weighed
	Order   worth.Order
	Next    worth.Place // where the next page begins
	More    bool        // whether there is one
	Decided int         // candidates accepted or rejected so far
	Left    worth.Left  // what may be unseen among those that wait
	Found   int         // accepted so far
	Waiting int
	Fit     int // how many of those that wait are asked for; at most MostFit+1, which says that there are more
	// SoonFound is how many of the first Soon rows people are likely to accept; Soon is 0 before anybody decided.
	Soon      int
	SoonFound float64
}

// Weighed is a candidate with why it stands where it does.
type Weighed struct {
	Claim Claim
	ByLot bool // drawn by lot, whatever it is worth
	Why   worth.Why
}

// soonRows is how far ahead the list says what it will find.
const soonRows = 20

// WorthAsk says which page of the candidates to read.
type WorthAsk struct {
	Collection auth.CollectionID
	Only       Only         // zero: all of them
	Order      *worth.Order // by which the page before was read; nil begins anew
	At         worth.Place  // where the page before ended
	Now        store.Micros
	Limit      int
	Few        int // how many are put in order at once when not all are asked for; 0: MostFit
}

// ByWorthOf reads a page of at most ask.Limit candidates, in a number of queries that does not grow with the data; it
// asks no permission. Where very many are left by ask.Only, a page may hold fewer than there are (none even) and say
// that there are more: it has looked through as many as one page looks through.
func ByWorthOf(r *store.Rx, ask WorthAsk) (p ByWorth, err error) {
	p.Order = worth.Order{Model: worth.First(), Day: dayOf(ask.Now)}
	var counts []inbox
	if err := r.Gorm().Where("collection_id = ?", ask.Collection).Limit(1).Find(&counts).Error; err != nil ||
		len(counts) == 0 {
		return p, err
	}
	var rows []tally // as many as there are profiles, which are few whatever the candidates
	if err := r.Gorm().Where("collection_id = ?", ask.Collection).Find(&rows).Error; err != nil {
		return p, err
	}
	all := make([]worth.Tally, len(rows))
	for i, t := range rows {
		all[i] = t.Tally
	}
	b := counts[0]
	p.Waiting, p.Found, p.Decided = b.Waiting, b.Accepted, b.Accepted+b.Rejected
	if ask.Order == nil {
		ask.Order, ask.At = &worth.Order{Model: worth.Fit(all), Day: dayOf(ask.Now), Decided: p.Decided}, worth.Place{}
	}
	p.Order = *ask.Order
	m := merging{collection: ask.Collection, model: p.Order.Model, at: ask.At, limit: ask.Limit,
		first: worth.FirstLot(int64(ask.Collection), p.Order.Day), decided: p.Decided,
		few: cmp.Or(ask.Few, MostFit)}
	if p.Fit, err = m.read(r, ask.Only, all); err != nil {
		return p, err
	}
	picked := m.merge()
	p.Next, p.More = m.at, m.more
	if p.Rows, err = weighed(r, picked, p.Order.Model, all); err != nil {
		return p, err
	}
	if p.Decided > 0 {
		for _, w := range picked[:min(len(picked), soonRows)] {
			p.SoonFound += p.Order.Model.Chance(w.Profile)
			p.Soon++
		}
		p.SoonFound = math.Round(p.SoonFound*10) / 10
	}
	p.Left, err = leftOf(r, b)
	return p, err
}

// leftOf estimates what is unseen from the last draws.
func leftOf(r *store.Rx, b inbox) (worth.Left, error) {
	var rows []drawn
	if b.Draws < worth.LeastDraws {
		return worth.Left{Draws: b.Draws, High: b.Waiting}, nil
	}
	err := r.Gorm().Where("collection_id = ? AND n > ?", b.CollectionID, b.Draws-worth.MostDraws).Find(&rows).Error
	draws := make([]worth.Draw, len(rows)) // in any order: each says by itself what it says
	for i, d := range rows {
		draws[i] = worth.Draw{Waiting: d.Waiting, Found: d.Found, All: d.All, Worth: d.Worth}
	}
	return worth.Unseen(draws, b.Waiting, b.Accepted, b.all()), err
}

// picked is a row of the list before its claim is read.
type picked struct {
	waits
	byLot bool
}

// weighed reads the claims of the rows of a page.
func weighed(r *store.Rx, rows []picked, m worth.Model, all []worth.Tally) ([]Weighed, error) {
	ids := make([]ID, len(rows))
	for i, w := range rows {
		ids[i] = w.ClaimID
	}
	found, err := FilledOf(r, ids)
	if err != nil {
		return nil, err
	}
	by := make(map[ID]Claim, len(found))
	for _, c := range found {
		by[c.ID] = c
	}
	why := map[worth.Profile]worth.Why{}
	out := make([]Weighed, len(rows))
	for i, w := range rows {
		if _, known := why[w.Profile]; !known {
			why[w.Profile] = m.Because(w.Profile, all)
		}
		out[i] = Weighed{Claim: by[w.ClaimID], ByLot: w.byLot, Why: why[w.Profile]}
	}
	return out, nil
}

// merging is a page being made of two lists: the candidates by worth, and the same candidates by lot. One that an
// earlier row showed, from either list, is passed over.
type merging struct {
	collection auth.CollectionID
	model      worth.Model
	first      int64 // the lot at which the day begins
	at         worth.Place
	limit      int
	few        int
	decided    int
	worthy     []waits // what comes next by worth
	whole      bool    // nothing comes behind worthy
	lots       []waits // what comes next by lot
	// last and lastLot are how far was looked where not every candidate is asked for: the last by worth, asked for or
	// not, and the last by lot; 0: to the end of worthy and of lots.
	last    waits
	lastLot int64
	more    bool
	shown   map[ID]bool // on this page
}

func (m *merging) merge() (out []picked) {
	m.shown = map[ID]bool{}
	before := m.at // what the pages before showed
	for len(out) < m.limit {
		var w waits
		var ok bool
		drawn := worth.ByLot(m.decided, m.at.Rows)
		if drawn {
			w, ok = m.byLot(before)
		}
		if !ok {
			if w, ok = m.byWorth(before); !ok {
				break
			}
			drawn = false
		}
		m.shown[w.ClaimID] = true
		m.at.Rows++
		out = append(out, picked{w, drawn})
	}
	m.more = !m.whole || slices.ContainsFunc(m.worthy, func(w waits) bool { return !m.seen(w, before) })
	if len(m.worthy) == 0 && m.last.ClaimID != 0 {
		m.at.Profile, m.at.Key = m.last.Profile, m.last.Place
	}
	if len(m.lots) == 0 && m.lastLot != 0 {
		m.at.Drawn = m.lastLot
	}
	return out
}

// byLot takes the next by lot that was not shown by worth.
func (m *merging) byLot(before worth.Place) (waits, bool) {
	for len(m.lots) > 0 {
		w := m.lots[0]
		m.lots, m.at.Drawn = m.lots[1:], worth.Round(m.first, w.Lot)
		if !m.shown[w.ClaimID] && (before.Key == 0 || m.behind(before, w) > 0) {
			return w, true
		}
	}
	return waits{}, false
}

// byWorth takes the next by worth that was not drawn by lot.
func (m *merging) byWorth(before worth.Place) (waits, bool) {
	for len(m.worthy) > 0 {
		w := m.worthy[0]
		m.worthy, m.at.Profile, m.at.Key = m.worthy[1:], w.Profile, w.Place
		if !m.seen(w, before) {
			return w, true
		}
	}
	return waits{}, false
}

// seen says whether a row by worth was shown: on this page, or by lot on a page before.
func (m *merging) seen(w waits, before worth.Place) bool {
	return m.shown[w.ClaimID] || worth.Round(m.first, w.Lot) <= before.Drawn
}

// behind compares a row with the last one by worth of a place: above 0, it comes later.
func (m *merging) behind(last worth.Place, w waits) int {
	if d := m.model.Before(w.Profile, last.Profile); d != 0 {
		return d
	}
	return int(min(1, max(-1, w.Place-last.Key)))
}

// byPlace reads what comes next by worth: the rest of the profile that the page before ended in, the profiles after it
// that are wanted whole, and the beginning of the last.
func byPlace(r *store.Rx, m *merging, all []worth.Tally, want int) (out []waits, err error) {
	waiting := slices.DeleteFunc(slices.Clone(all), func(t worth.Tally) bool {
		return t.Waiting <= 0 || m.at.Key != 0 && m.model.Before(t.Profile, m.at.Profile) < 0
	})
	slices.SortFunc(waiting, func(a, b worth.Tally) int { return m.model.Before(a.Profile, b.Profile) })
	var parts []string
	var args []any
	one := func(p worth.Profile, after int64) {
		parts = append(parts, "SELECT * FROM (SELECT * FROM worth_waiting WHERE collection_id = ? AND profile = ? "+
			"AND place > ? ORDER BY place LIMIT ?) AS part"+string(rune('a'+len(parts))))
		args = append(args, m.collection, p, after, want)
	}
	if len(waiting) > 0 && m.at.Key != 0 && waiting[0].Profile == m.at.Profile {
		one(waiting[0].Profile, m.at.Key)
		waiting = waiting[1:]
	}
	var whole store.IDs[worth.Profile]
	sum := 0
	for _, t := range waiting {
		if sum += t.Waiting; sum >= want {
			one(t.Profile, 0)
			break
		}
		whole = append(whole, t.Profile)
	}
	if len(whole) > 0 {
		parts = append(parts, "SELECT * FROM (SELECT * FROM worth_waiting WHERE collection_id = ? AND profile IN "+
			store.InList(r)+" LIMIT ?) AS wholly")
		args = append(args, m.collection, whole, want)
	}
	if len(parts) == 0 {
		return nil, nil
	}
	err = r.Gorm().Raw(strings.Join(parts, " UNION ALL "), args...).Scan(&out).Error
	slices.SortFunc(out, m.compare)
	return out[:min(want, len(out))], err
}

// byLot reads n candidates in the order of the lots: from the first one of the day up and round, behind those drawn.
func byLot(r *store.Rx, c auth.CollectionID, first, drawn int64, n int) (out []waits, err error) {
	const part = "SELECT * FROM (SELECT * FROM worth_waiting WHERE collection_id = ? AND lot >= ? AND lot < ? " +
		"ORDER BY lot LIMIT ?) AS "
	if drawn >= worth.Lots {
		return nil, nil
	}
	from := (first + drawn) % worth.Lots
	sql, args := part+"up", []any{c, from, int64(worth.Lots), n}
	if from < first {
		args[2] = first
	} else {
		sql, args = sql+" UNION ALL "+part+"round", append(args, c, 0, first, n)
	}
	err = r.Gorm().Raw(sql, args...).Scan(&out).Error
	slices.SortFunc(out, func(a, b waits) int {
		return int(min(1, max(-1, worth.Round(first, a.Lot)-worth.Round(first, b.Lot))))
	})
	return out[:min(n, len(out))], err
}
