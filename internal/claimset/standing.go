package claimset

import (
	"slices"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/fault"
	"claimbench/internal/store"
)

// Standing is how a claim that a set prints stands today.
type Standing struct {
	Is    Condition
	By    ID           // the newest version, which prints it otherwise or no longer; 0: none
	Since store.Micros // since when it is withdrawn, or under review; 0 otherwise
}

// claimsAtOnce is how many claims of a set one query reads.
const claimsAtOnce = 1000

// StandingOf says how a claim of a frozen set stands today. A claim that the set does not print is fault.NotFound. It
// asks no permission.
func StandingOf(r *store.Rx, id ID, claim claims.ID) (Standing, error) {
	set, err := ByID(r, id)
	if err != nil {
		return Standing{}, err
	}
	return standingIn(r, set, claim)
}

func standingIn(r *store.Rx, set Set, claim claims.ID) (Standing, error) {
	if set.State == Draft {
		return Standing{}, fault.New(fault.Conflict, "“%s” is a draft: nothing of it is printed yet. Freeze it "+
			"first.", set.Title)
	}
	t, err := timesOf(r, set)
	if err != nil {
		return Standing{}, err
	}
	rows, err := t.rows(r, set, " AND m.claim_id = ?", claim)
	if err == nil && len(rows) == 0 {
		err = fault.New(fault.NotFound, "There is no such claim in this set.")
	}
	if err != nil {
		return Standing{}, err
	}
	return t.of(rows[0]), nil
}

// StandingsAmong says how some frozen claims of a set stand today, those that do not stand as printed. It asks no
// permission.
func StandingsAmong(r *store.Rx, set Set, all []Entry) (map[claims.ID]Standing, error) {
	out := map[claims.ID]Standing{}
	if len(all) == 0 {
		return out, nil
	}
	t, err := timesOf(r, set)
	if err != nil || t.untouched() {
		return out, err
	}
	ids := make(store.IDs[claims.ID], len(all))
	for i, e := range all {
		ids[i] = e.Claim
	}
	rows, err := t.rows(r, set, " AND "+store.AnyOf(r, "m.claim_id"), ids)
	for _, row := range rows {
		if at := t.of(row); at.Is != Valid {
			out[row.ClaimID] = at
		}
	}
	return out, err
}

// Standings says how each claim of a frozen set stands today, in the order of their numbers. It asks no permission.
func Standings(r *store.Rx, set Set, do func(claims.ID, Standing) error) error {
	t, err := timesOf(r, set)
	if err != nil {
		return err
	}
	for after := claims.ID(0); ; {
		page, err := t.rows(r, set, " AND m.claim_id > ? ORDER BY m.claim_id LIMIT ?", after, claimsAtOnce)
		if err != nil {
			return err
		}
		for _, row := range page {
			after = row.ClaimID
			if err := do(row.ClaimID, t.of(row)); err != nil {
				return err
			}
		}
		if len(page) < claimsAtOnce {
			return nil
		}
	}
}

// printedRow is a claim of a frozen set, beside the newest version of the set.
type printedRow struct {
	ClaimID  claims.ID `gorm:"column:claim_id"`
	InNewest presence  `gorm:"column:in_newest"`
	Frozen   string    `gorm:"column:frozen" words:"article"` // "": nothing that happened is about an article
}

// presence is how the newest version of a set has a claim.
type presence int

const (
	leftOut   presence = iota
	asBefore           // byte for byte
	otherwise          // in other words, or with another verdict or other evidence
)

// presentIn is SQL that gives the presence of a row m of claim_set_claims by the row n of the newest version.
const presentIn = "CASE WHEN n.claim_id IS NULL THEN 0 WHEN n.frozen = m.frozen THEN 1 ELSE 2 END AS in_newest"

// times is what became of a set since it was frozen.
type times struct {
	newest   Set                     // the set itself, when no correction of it is frozen
	self     bool                    // it is the set itself
	claims   map[claims.ID][]Alarm   // alarms of the newest version that wait, or withdrew something
	articles map[articles.ID][]Alarm // and those about an article
}

// untouched says that every claim stands as printed.
func (t times) untouched() bool { return t.self && len(t.claims) == 0 && len(t.articles) == 0 }

func timesOf(r *store.Rx, set Set) (t times, err error) {
	t.newest, t.self = set, true
	if set.State == Superseded {
		newest, there, err := store.One[Set](r, `WITH RECURSIVE down (id) AS (
			SELECT id FROM claim_sets WHERE supersedes = ? AND state <> 'draft'
			UNION SELECT s.id FROM claim_sets s JOIN down ON s.supersedes = down.id WHERE s.state <> 'draft')
			SELECT s.* FROM claim_sets s JOIN down ON down.id = s.id ORDER BY s.id DESC LIMIT 1`, set.ID)
		if err != nil {
			return t, err
		}
		if there {
			t.newest, t.self = newest, false
		}
	}
	alarms, err := store.Select[Alarm](r, "SELECT id, set_id, claim_id, article_id, cause, raised_at, answer, "+
		"answered_at FROM alarms WHERE set_id = ? AND answer <> 'stands' ORDER BY id", t.newest.ID)
	t.heed(alarms)
	return t, err
}

// heed takes in alarms of the newest version, in the order of their numbers.
func (t *times) heed(alarms []Alarm) {
	t.claims, t.articles = map[claims.ID][]Alarm{}, map[articles.ID][]Alarm{}
	for _, a := range alarms {
		switch {
		case a.ClaimID != nil:
			t.claims[*a.ClaimID] = append(t.claims[*a.ClaimID], a)
		case a.ArticleID != nil:
			t.articles[*a.ArticleID] = append(t.articles[*a.ArticleID], a)
		}
	}
}

// rows reads claims of the set, m, by a condition.
func (t times) rows(r *store.Rx, set Set, and string, args ...any) ([]printedRow, error) {
	frozen := "'' AS frozen"
	if len(t.articles) > 0 {
		frozen = "m.frozen"
	}
	if t.self {
		return store.Select[printedRow](r, "SELECT m.claim_id, 1 AS in_newest, "+frozen+" FROM claim_set_claims m "+
			"WHERE m.set_id = ?"+and, append([]any{set.ID}, args...)...)
	}
	return store.Select[printedRow](r, "SELECT m.claim_id, "+presentIn+", "+frozen+" FROM claim_set_claims m "+
		"LEFT JOIN claim_set_claims n ON n.set_id = ? AND n.claim_id = m.claim_id WHERE m.set_id = ?"+and,
		append([]any{t.newest.ID, set.ID}, args...)...)
}

// of is the one rule of how a printed claim stands. The newest version of its set tells: when it leaves the claim out,
// the claim is withdrawn; when it prints it otherwise, it is corrected; when it prints it byte for byte, or there is no
// newer one, what happened to the newest version tells, and what was answered. A correction answers what was asked of
// the versions before it.
func (t times) of(p printedRow) Standing {
	switch p.InNewest {
	case leftOut:
		out := Standing{Is: PulledOut, By: t.newest.ID}
		if t.newest.FrozenAt != nil {
			out.Since = *t.newest.FrozenAt
		}
		return out
	case otherwise:
		return Standing{Is: Corrected, By: t.newest.ID}
	}
	alarms := t.claims[p.ClaimID]
	if len(t.articles) > 0 {
		named := articlesIn([]byte(p.Frozen))
		for _, id := range named {
			for _, a := range t.articles[id] {
				if a.about(p.ClaimID, named) {
					alarms = append(alarms[:len(alarms):len(alarms)], a)
				}
			}
		}
	}
	return heeded(alarms)
}

// heeded says how a claim stands that these alarms are about: withdrawn when an answer says so, else under review since
// the first that waits.
func heeded(alarms []Alarm) Standing {
	out := Standing{Is: Valid}
	for _, a := range alarms {
		switch {
		case a.Answer == PullOut:
			if at := *a.AnsweredAt; out.Is != PulledOut || at < out.Since {
				out = Standing{Is: PulledOut, Since: at}
			}
		case out.Is == Valid, out.Is == UnderReview && a.RaisedAt < out.Since:
			out = Standing{Is: UnderReview, Since: a.RaisedAt}
		}
	}
	return out
}

// AlarmsOf lists alarms of a set, those that wait first, then the newest first, at most limit. It asks no permission.
func AlarmsOf(r *store.Rx, set ID, limit int) ([]Alarm, error) {
	return store.Select[Alarm](r, "SELECT * FROM alarms WHERE set_id = ? ORDER BY CASE WHEN answer = '' THEN 0 ELSE 1 "+
		"END, id DESC LIMIT ?", set, limit)
}

// waiting is SQL that is true of a row of alarms that waits for an answer.
const waiting = "alarms.answer = '' AND EXISTS (SELECT 1 FROM claim_sets s WHERE s.id = alarms.set_id AND " +
	"s.state = 'frozen')"

// Waiting lists the alarms of a collection that wait, the oldest first, those after one of them. It asks no permission.
func Waiting(r *store.Rx, in auth.CollectionID, after AlarmID, limit int) ([]Alarm, error) {
	return store.Select[Alarm](r, "SELECT * FROM alarms WHERE collection_id = ? AND id > ? AND "+waiting+
		" ORDER BY id LIMIT ?", in, after, limit)
}

// WaitingOf counts the alarms of each of these sets that wait; a set without any is not named. It asks no permission.
func WaitingOf(r *store.Rx, sets []ID) (map[ID]int, error) {
	rows, err := store.Select[struct {
		SetID ID
		N     int
	}](r, "SELECT set_id, COUNT(*) AS n FROM alarms WHERE "+store.AnyOf(r, "set_id")+" AND "+waiting+" GROUP BY set_id",
		store.IDs[ID](sets))
	out := make(map[ID]int, len(rows))
	for _, row := range rows {
		out[row.SetID] = row.N
	}
	return out, err
}

// Answered lists the alarms of a collection that were answered, the newest first, those before one of them (0: all). It
// asks no permission.
func Answered(r *store.Rx, in auth.CollectionID, before AlarmID, limit int) ([]Alarm, error) {
	if before == 0 {
		before = 1 << 62
	}
	return store.Select[Alarm](r, "SELECT * FROM alarms WHERE collection_id = ? AND id < ? AND answer <> '' "+
		"ORDER BY id DESC LIMIT ?", in, before, limit)
}

// SetsBy reads sets by their numbers. It asks no permission.
func SetsBy(r *store.Rx, ids []ID) (map[ID]Set, error) {
	all, err := store.Select[Set](r, "SELECT * FROM claim_sets WHERE "+store.AnyOf(r, "id"), store.IDs[ID](ids))
	out := make(map[ID]Set, len(all))
	for _, s := range all {
		out[s.ID] = s
	}
	return out, err
}

// HowMany counts the alarms of a collection that wait, up to a number. It asks no permission.
func HowMany(r *store.Rx, in auth.CollectionID, most int) (int, error) {
	n, _, err := store.One[int](r, "SELECT COUNT(*) FROM (SELECT 1 FROM alarms WHERE collection_id = ? AND "+waiting+
		" LIMIT ?) AS few", in, most)
	return n, err
}

// mostAbout is how many alarms about a claim are listed, the newest.
const mostAbout = 200

// AlarmsAbout lists alarms about a claim: on the newest sets that print it, by the claim or by an article that it rests
// on there, the newest first. It asks no permission.
func AlarmsAbout(r *store.Rx, c claims.ID) ([]Alarm, error) {
	rows, err := store.Select[struct {
		SetID  ID
		Frozen string `words:"article"`
	}](r, "SELECT m.set_id, m.frozen FROM claim_set_claims m JOIN claim_sets s ON s.id = m.set_id WHERE "+
		"m.claim_id = ? AND s.state <> 'draft' ORDER BY m.set_id DESC LIMIT ?", c, mostPrinted)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	named := map[ID][]articles.ID{}
	var sets store.IDs[ID]
	var on store.IDs[articles.ID]
	for _, row := range rows {
		named[row.SetID] = articlesIn([]byte(row.Frozen))
		sets, on = append(sets, row.SetID), append(on, named[row.SetID]...)
	}
	all, err := store.Select[Alarm](r, "SELECT * FROM alarms WHERE "+store.AnyOf(r, "set_id")+" AND (claim_id = ? OR "+
		store.AnyOf(r, "article_id")+") ORDER BY id DESC LIMIT ?", sets, c, on, mostAbout)
	return slices.DeleteFunc(all, func(a Alarm) bool { return !a.about(c, named[a.SetID]) }), err
}
