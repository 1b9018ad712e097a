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
	By    ID           // the set that corrected it, or printed it no longer; 0: none
	Since store.Micros // since when it is withdrawn, or under review; 0 otherwise
}

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
	m, err := store.Get[member](r, "such claim in this set", "SELECT * FROM claim_set_claims WHERE set_id = ? AND "+
		"claim_id = ?", set.ID, claim)
	if err != nil {
		return Standing{}, err
	}
	if set.State == Draft {
		return Standing{}, fault.New(fault.Conflict, "“%s” is a draft: nothing of it is printed yet.", set.Title)
	}
	t, err := timesOf(r, set)
	if err != nil {
		return Standing{}, err
	}
	return t.of(claim, articlesIn([]byte(m.Frozen))), nil
}

// StandingsAmong says how some frozen claims of a set stand today, those that do not stand as printed. It asks no
// permission.
func StandingsAmong(r *store.Rx, set Set, all []Entry) (map[claims.ID]Standing, error) {
	out := map[claims.ID]Standing{}
	if len(all) == 0 {
		return out, nil
	}
	t, err := timesOf(r, set)
	if err != nil {
		return nil, err
	}
	for _, e := range all {
		named := []articles.ID{e.Article.Article}
		for _, x := range e.Evidence {
			if x.Article != nil {
				named = append(named, x.Article.Article)
			}
		}
		if at := t.of(e.Claim, named); at.Is != Valid {
			out[e.Claim] = at
		}
	}
	return out, nil
}

// Standings says how each claim of a frozen set stands today, in the order of their numbers. It asks no permission.
func Standings(r *store.Rx, set Set, do func(claims.ID, Standing) error) error {
	t, err := timesOf(r, set)
	if err != nil {
		return err
	}
	if set.State != Superseded && len(t.alarms) == 0 {
		ids, err := membersOf(r, set.ID)
		if err != nil {
			return err
		}
		for _, id := range ids {
			if err := do(id, Standing{Is: Valid}); err != nil {
				return err
			}
		}
		return nil
	}
	rows, err := r.Gorm().Raw("SELECT claim_id, frozen FROM claim_set_claims WHERE set_id = ? ORDER BY claim_id",
		set.ID).Rows()
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var id claims.ID
		var frozen store.RawBytes
		if err := rows.Scan(&id, &frozen); err != nil {
			return err
		}
		if err := do(id, t.of(id, articlesIn(frozen))); err != nil {
			return err
		}
	}
	return rows.Err()
}

// times is what became of a set since it was frozen.
type times struct {
	alarms []Alarm     // that wait, or withdrew something
	by     *Set        // that superseded it; nil: none
	kept   []claims.ID // the claims of that one, in order
}

func timesOf(r *store.Rx, set Set) (t times, err error) {
	if t.alarms, err = store.Select[Alarm](r, "SELECT * FROM alarms WHERE set_id = ? AND answer <> 'stands' "+
		"ORDER BY id", set.ID); err != nil {
		return t, err
	}
	if set.State != Superseded {
		return t, nil
	}
	if _, t.by, err = Editions(r, set); err != nil || t.by == nil {
		return t, err
	}
	t.kept, err = membersOf(r, t.by.ID)
	return t, err
}

// of says how a claim stands that names these articles: its own, then those of its evidence.
func (t times) of(c claims.ID, named []articles.ID) Standing {
	if t.by != nil {
		if _, in := slices.BinarySearch(t.kept, c); in {
			return Standing{Is: Corrected, By: t.by.ID}
		}
		out := Standing{Is: PulledOut, By: t.by.ID}
		if t.by.FrozenAt != nil {
			out.Since = *t.by.FrozenAt
		}
		return out
	}
	out := Standing{Is: Valid}
	for _, a := range t.alarms {
		switch {
		case !a.about(c, named):
		case a.Answer == PullOut:
			return Standing{Is: PulledOut, Since: *a.AnsweredAt}
		case out.Is == Valid:
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
