package review

import (
	"slices"
	"strconv"

	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/notices"
	"claimbench/internal/store"
)

// Giving out and putting off many claims at once, in slices (claims.Batcher).

// givingMany gives claims to one person. What taking a claim back needs is the number of its assignment.
type givingMany struct{ *Service }

// May asks auth.Take for oneself, auth.Give for another.
func (s givingMany) May(actor auth.Actor, b claims.Batch) (history.Who, error) {
	act := auth.Give
	if auth.UserID(b.Target) == actor.UserID {
		act = auth.Take
	}
	return s.policy.May(actor, auth.ThingAssignment, act, b.CollectionID)
}

// Target is a person who reviews in the collection; first of all the owner of the batch.
func (s givingMany) Target(r *store.Rx, b claims.Batch, chosen string) (int64, error) {
	if chosen == "" {
		return int64(b.UserID), nil
	}
	to, err := strconv.ParseInt(chosen, 10, 64)
	if err != nil {
		return 0, errNoReviewer()
	}
	return to, s.reviewerIn(r, b.CollectionID, auth.UserID(to))
}

// Look leaves out what waits in no queue, and what the person has already.
func (s givingMany) Look(r *store.Rx, b claims.Batch, ids []claims.ID) (func(claims.Claim) error, error) {
	to := auth.UserID(b.Target)
	gone := s.reviewerIn(r, b.CollectionID, to)
	if gone != nil && fault.KindOf(gone) != fault.Invalid {
		return nil, gone
	}
	has, err := store.Select[claims.ID](r, "SELECT claim_id FROM assignments WHERE user_id = ? AND claim_id IN "+
		store.InList(r), to, store.IDs[claims.ID](ids))
	if err != nil {
		return nil, err
	}
	there := setOf(has)
	return func(c claims.Claim) error {
		if err := claims.Prioritisable(c); err != nil {
			return err
		}
		if there[c.ID] {
			return fault.New(fault.Conflict, "It is given to them already.")
		}
		return gone
	}, nil
}

func setOf(ids []claims.ID) map[claims.ID]bool {
	out := make(map[claims.ID]bool, len(ids))
	for _, id := range ids {
		out[id] = true
	}
	return out
}

// Hold locks nothing: an assignment that is there already is left out as it is written.
func (givingMany) Hold(*store.Tx, claims.Batch) error { return nil }

// Do gives the claims, and tells the person once for all slices.
func (s givingMany) Do(tx *store.Tx, t claims.BatchTurn, all []claims.Claim) ([]int64, error) {
	to, by := auth.UserID(t.Target), auth.UserID(t.Who.UserID)
	rows := make([]Assignment, len(all))
	for i, g := range all {
		rows[i] = Assignment{CollectionID: t.CollectionID, ClaimID: g.ID, UserID: to, GivenBy: by, GivenAt: tx.Now(),
			How: ByHand}
	}
	given, err := write(tx, t.Who, rows, t.Reason, t.Tag)
	if err != nil {
		return nil, err
	}
	held := make([]int64, len(all))
	for i, c := range all {
		if n := slices.IndexFunc(given, func(a Assignment) bool { return a.ClaimID == c.ID }); n >= 0 {
			held[i] = given[n].ID
		}
	}
	if to == by {
		return held, nil
	}
	return held, notices.Tell(tx, aboutAssigned(t.CollectionID, 0), to)
}

// Back takes away those assignments that still stand.
func (s givingMany) Back(tx *store.Tx, t claims.BatchTurn, all []claims.BatchItem) ([]error, error) {
	ids := make(store.IDs[int64], len(all))
	for i, x := range all {
		ids[i] = x.Held
	}
	rows, err := store.Select[Assignment](&tx.Rx, "SELECT * FROM assignments WHERE collection_id = ? AND id IN "+
		store.InList(&tx.Rx)+" ORDER BY id", t.CollectionID, ids)
	if err != nil {
		return nil, err
	}
	if err := strike(tx, t.Who, rows, t.Reason, t.Tag); err != nil {
		return nil, err
	}
	kept := make([]error, len(all))
	for i, x := range all {
		if !slices.ContainsFunc(rows, func(a Assignment) bool { return a.ID == x.Held }) {
			kept[i] = fault.New(fault.Conflict, "Who has it was changed since. It stays as it is.")
		}
	}
	return kept, notices.Untell(tx, aboutAssigned(t.CollectionID, 0), auth.UserID(t.Target))
}

// puttingOffMany puts claims off for the owner of the batch. What taking a claim back needs is until when it was
// put off before, 0 for not at all.
type puttingOffMany struct{ *Service }

// May asks what the single act asks.
func (s puttingOffMany) May(actor auth.Actor, b claims.Batch) (history.Who, error) {
	return s.policy.May(actor, auth.ThingReview, auth.Submit, b.CollectionID)
}

// Target is a moment; first of all a day from now.
func (s puttingOffMany) Target(r *store.Rx, _ claims.Batch, chosen string) (int64, error) {
	if chosen == "" {
		chosen = "1"
	}
	until, err := untilWhen(s.db.Now(), chosen)
	if err == nil {
		err = ahead(s.db.Now(), until)
	}
	return int64(until), err
}

// Look leaves out what waits for nobody, and what is more than a person may have put off.
func (s puttingOffMany) Look(r *store.Rx, b claims.Batch, ids []claims.ID) (func(claims.Claim) error, error) {
	was, err := snoozeRows(r, b.UserID, ids)
	if err != nil {
		return nil, err
	}
	off := map[claims.ID]bool{}
	for _, x := range was {
		off[x.ClaimID] = x.Until > s.db.Now()
	}
	n, err := putOffBy(r, b.UserID, s.db.Now())
	return func(c claims.Claim) error {
		if err := snoozableNow(c); err != nil {
			return err
		}
		if !off[c.ID] {
			n++
		}
		if n > MostSnoozed {
			return fault.New(fault.Conflict, "You would have snoozed more than %d claims. Take some back first.",
				MostSnoozed)
		}
		return nil
	}, err
}

// Hold locks nothing: nobody but the owner puts off for them.
func (puttingOffMany) Hold(*store.Tx, claims.Batch) error { return nil }

// Do puts the claims off, without an event, as the single act.
func (s puttingOffMany) Do(tx *store.Tx, t claims.BatchTurn, all []claims.Claim) ([]int64, error) {
	ids := make([]claims.ID, len(all))
	for i, c := range all {
		ids[i] = c.ID
	}
	was, err := snoozeRows(&tx.Rx, t.UserID, ids)
	if err != nil {
		return nil, err
	}
	held := make([]int64, len(all))
	for i, c := range all {
		n, found := slices.BinarySearchFunc(was, c.ID, func(x Snooze, id claims.ID) int { return int(x.ClaimID - id) })
		if found && was[n].State == c.State && was[n].Round == c.Round {
			held[i] = int64(was[n].Until)
		}
	}
	return held, s.putOff(tx, t.UserID, store.Micros(t.Target), ids)
}

// Back puts the person's own snoozes as they were, those that are as the batch left them.
func (s puttingOffMany) Back(tx *store.Tx, t claims.BatchTurn, all []claims.BatchItem) ([]error, error) {
	ids := make([]claims.ID, len(all))
	for i, x := range all {
		ids[i] = x.Claim
	}
	rows, err := snoozeRows(&tx.Rx, t.UserID, ids)
	if err != nil {
		return nil, err
	}
	now := map[claims.ID]Snooze{}
	for _, x := range rows {
		now[x.ClaimID] = x
	}
	kept, before, gone := make([]error, len(all)), []Snooze{}, []claims.ID{}
	for i, x := range all {
		is, off := now[x.Claim]
		if !off || is.Until != store.Micros(t.Target) {
			kept[i] = fault.New(fault.Conflict, "You put it off otherwise since, or took it back. It stays as it is.")
			continue
		}
		gone = append(gone, x.Claim)
		if is.Until = store.Micros(x.Held); x.Held != 0 {
			before = append(before, is)
		}
	}
	if len(gone) == 0 {
		return kept, nil
	}
	if err := tx.Gorm().Delete(&Snooze{}, "user_id = ? AND claim_id IN ?", t.UserID, gone).Error; err != nil ||
		len(before) == 0 {
		return kept, err
	}
	return kept, tx.Gorm().CreateInBatches(before, 100).Error
}
