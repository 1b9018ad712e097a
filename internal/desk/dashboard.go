package desk

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"time"

	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/fault"
	"claimbench/internal/review"
	"claimbench/internal/store"
	"claimbench/internal/worth"
)

// Dashboard is how a collection stands: counts over all of it, as they are known to everybody who reads its reviews.
// Nothing here tells whether an open claim has a review: a claim is open until its round has closed.
type Dashboard struct {
	Frame     Frame
	At        store.Micros
	Counted   store.Micros   // when it was counted: of a large collection up to a minute before
	Zone      *time.Location // whose days Days are
	All       Progress
	Langs     []Progress // the largest first
	Left      worth.Left // of the candidates that wait, what may be worth a check
	Days      []DayOf    // the last DashboardDays, the newest last
	Ages      [5]int     // claims that wait, by AgeFrom
	Oldest    claims.ID  // waits longest; 0: none does
	OldestFor time.Duration
	HalfFor   time.Duration // half of those that wait have waited longer, to the hour
	Took      []TookOf      // from accepted or reopened to decided: all, then by language
	Agreement Agreement
	Machines  []claims.Acceptance
	Names     Names // of the machines
	Past      bool  // of a moment that has been: Left, Machines and Agreement are not kept of one
}

const (
	// DashboardDays is how many days verdicts are counted by.
	DashboardDays = 14
	// TookDays is from how many days the time to a verdict is taken, at most from review.MostTook decisions.
	TookDays = 90
)

// AgeFrom is from how many days on each group of Dashboard.Ages has waited.
var AgeFrom = [5]int{0, 1, 3, 7, 14}

// Progress is how many claims of a language, "" for all, stand where.
type Progress struct {
	Lang       string
	Verdicts   map[claims.Verdict]int // decided and approved
	Open       int                    // with those in conflict
	InConflict int
	Candidates int
	Rejected   int
}

// Decided is how many have a verdict.
func (s Progress) Decided() (n int) {
	for _, x := range s.Verdicts {
		n += x
	}
	return n
}

// Claims is how many claims there are, decided and open.
func (s Progress) Claims() int { return s.Decided() + s.Open }

// DayOf is one day of a zone with the verdicts of its decisions.
type DayOf struct {
	Day      time.Time // its first moment
	Verdicts map[claims.Verdict]int
}

// N is how many decisions fell on the day.
func (d DayOf) N() (n int) {
	for _, x := range d.Verdicts {
		n += x
	}
	return n
}

// TookOf is how long decisions took: half of them at most Half, the middle half from Low to High.
type TookOf struct {
	Lang            string // "": all
	N               int
	Low, Half, High time.Duration
}

// Dashboard answers the page of how a collection stands, with the days of a zone.
func (d *Desk) Dashboard(ctx context.Context, actor auth.Actor, in auth.CollectionID, zone *time.Location) (
	b Dashboard, err error) {
	defer fault.In(&err, "desk.Dashboard(%d)", in)
	key, err := d.pageKey(ctx)
	if err != nil {
		return b, err
	}
	err = d.look(ctx, actor, func(l *look) (err error) {
		b = Dashboard{At: l.now(), Zone: zone, Past: l.past() != nil}
		if err := l.must(auth.ThingReview, auth.Read, in); err != nil {
			return err
		}
		if b.Frame, err = l.frame(in); err != nil {
			return err
		}
		k, err := l.standing(in, b.At)
		if err != nil {
			return err
		}
		b.Counted = k.at
		b.stand(k.states)
		b.backlog(k)
		b.decided(k)
		if b.Past {
			return nil
		}
		if b.Left, err = claims.LeftIn(l.rx, in); err != nil {
			return err
		}
		if b.Machines, err = claims.AcceptanceIn(l.rx, in); err != nil {
			return err
		}
		b.Names = l.names
		for _, a := range b.Machines {
			l.name(a.Machine)
		}
		b.Agreement, err = l.agreement(in, key)
		return err
	})
	return b, err
}

// stand sums the counts of claims by language.
func (b *Dashboard) stand(all []claims.StateCount) {
	of := map[string]*Progress{"": {Verdicts: map[claims.Verdict]int{}}}
	for _, x := range all {
		if of[x.Lang] == nil {
			of[x.Lang] = &Progress{Lang: x.Lang, Verdicts: map[claims.Verdict]int{}}
		}
		for _, s := range []*Progress{of[""], of[x.Lang]} {
			switch x.State {
			case claims.Decided, claims.Approved:
				s.Verdicts[x.Verdict] += x.N
			case claims.Open:
				s.Open += x.N
			case claims.InConflict:
				s.Open += x.N
				s.InConflict += x.N
			case claims.Candidate:
				s.Candidates += x.N
			case claims.Rejected:
				s.Rejected += x.N
			}
		}
	}
	b.All = *of[""]
	for _, lang := range slices.Sorted(maps.Keys(of)) {
		if s := of[lang]; lang != "" && s.Claims()+s.Candidates > 0 {
			b.Langs = append(b.Langs, *s)
		}
	}
	slices.SortStableFunc(b.Langs, func(x, y Progress) int {
		return cmp.Or(cmp.Compare(y.Claims(), x.Claims()), cmp.Compare(y.Candidates, x.Candidates))
	})
}

// backlog says how long open claims have waited, those in conflict too.
func (b *Dashboard) backlog(k standing) {
	if b.Oldest = k.oldest.ID; b.Oldest != 0 {
		b.OldestFor = b.At.Time().Sub(k.oldest.Since.Time())
	}
	hours := k.hours
	waiting, seen := 0, 0
	for _, h := range hours {
		waiting += h.N
	}
	for _, h := range hours { // the oldest first
		age := max(0, b.At.Time().Sub(time.Unix(h.Hour*3600, 0)))
		if seen < (waiting+1)/2 {
			b.HalfFor = max(0, age-time.Hour).Truncate(time.Hour) // at least: they came within that hour
		}
		seen += h.N
		for i := len(AgeFrom) - 1; i >= 0; i-- {
			if age >= time.Duration(AgeFrom[i])*24*time.Hour {
				b.Ages[i] += h.N
				break
			}
		}
	}
}

// decided counts decisions by the days of the zone, and says how long they took.
func (b *Dashboard) decided(k standing) {
	now := b.At.Time().In(b.Zone)
	first := time.Date(now.Year(), now.Month(), now.Day()-DashboardDays+1, 0, 0, 0, 0, b.Zone)
	for i := range DashboardDays {
		b.Days = append(b.Days, DayOf{Day: first.AddDate(0, 0, i), Verdicts: map[claims.Verdict]int{}})
	}
	for _, s := range k.slots {
		at := time.UnixMicro(s.Slot * review.SlotMicros)
		i, found := slices.BinarySearchFunc(b.Days, at, func(d DayOf, at time.Time) int { return d.Day.Compare(at) })
		if !found {
			i--
		}
		if i >= 0 {
			b.Days[i].Verdicts[s.Verdict] += s.N
		}
	}
	b.Took = tookOf(k.took)
}

// tookOf gives the quartiles of how long decisions took, of all and by language, the most first.
func tookOf(all []review.Took) (out []TookOf) {
	of := map[string][]int64{}
	for _, t := range all {
		of[""], of[t.Lang] = append(of[""], t.Took), append(of[t.Lang], t.Took)
	}
	for _, lang := range slices.Sorted(maps.Keys(of)) {
		took := of[lang]
		slices.Sort(took)
		at := func(quarter int) time.Duration {
			return time.Duration(took[(len(took)-1)*quarter/4]) * time.Microsecond
		}
		out = append(out, TookOf{Lang: lang, N: len(took), Low: at(1), Half: at(2), High: at(3)})
	}
	slices.SortStableFunc(out, func(x, y TookOf) int {
		if (x.Lang == "") != (y.Lang == "") {
			if x.Lang == "" {
				return -1
			}
			return 1
		}
		return cmp.Compare(y.N, x.N)
	})
	return out
}
