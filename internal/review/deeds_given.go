package review

import (
	"fmt"
	"slices"

	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/deeds"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/notices"
	"claimbench/internal/store"
)

// How giving claims out, and putting them off, is taken back.

// The kinds of deed: of one claim, and of several.
const (
	gave, took   = "assignment.given", "assignment.taken_back"
	putOff, fore = "claim.snoozed", "claim.unsnoozed"
	several      = ".several"
)

// heldGiven is what such a deed keeps of assignments: whole rows, which are numbers and the name of a way.
type heldGiven struct {
	Rows []Assignment `json:"rows"`
}

// heldSnoozes is what the deed of putting off keeps: how it was before, and is since.
type heldSnoozes struct {
	Claims []claims.ID `json:"claims"`
	Was    []Snooze    `json:"was"`
	Is     []Snooze    `json:"is"`
}

// about names what a deed was done to: the claim, or, of several, their collection.
func about(kind string, in auth.CollectionID, ids []claims.ID) deeds.Deed {
	d := deeds.Deed{Kind: kind, CollectionID: in}
	if len(ids) == 1 {
		d.Object, d.ClaimID = claims.Object(ids[0]), int64(ids[0])
		return d
	}
	d.Kind, d.Object = kind+several, fmt.Sprintf("collection:%d", in)
	return d
}

func noteAssigned(tx *store.Tx, who history.Who, in auth.CollectionID, kind string, rows []Assignment) error {
	if len(rows) == 0 {
		return nil
	}
	ids := make([]claims.ID, len(rows))
	for i, a := range rows {
		ids[i] = a.ClaimID
	}
	d := about(kind, in, slices.Compact(slices.Sorted(slices.Values(ids))))
	if err := d.Hold(heldGiven{rows}); err != nil {
		return err
	}
	return deeds.Note(tx, who, d)
}

// givenKinds says how giving out and putting off are taken back.
func (s *Service) givenKinds() map[string]deeds.Kind {
	give, strike := s.turnGiven(regive), s.turnGiven(restrike)
	return map[string]deeds.Kind{
		gave:             {Words: "gave out claim", Back: strike, Again: give},
		gave + several:   {Words: "gave out claims of collection", Back: strike, Again: give},
		took:             {Words: "took back who has claim", Back: give, Again: strike},
		took + several:   {Words: "took back who has claims of collection", Back: give, Again: strike},
		putOff:           {Words: "snoozed claim", Back: s.turnSnoozes, Again: s.turnSnoozes},
		putOff + several: {Words: "snoozed claims of collection", Back: s.turnSnoozes, Again: s.turnSnoozes},
		fore:             {Words: "took back from later claim", Back: s.turnSnoozes, Again: s.turnSnoozes},
		fore + several: {Words: "took back from later claims of collection", Back: s.turnSnoozes,
			Again: s.turnSnoozes},
	}
}

// turnGiven asks the permission again, of oneself or of others, and turns what of the assignments can be turned.
func (s *Service) turnGiven(do func(*store.Tx, history.Who, *deeds.Deed, []Assignment) ([]Assignment, error)) func(
	*store.Tx, auth.Actor, *deeds.Deed) error {
	return func(tx *store.Tx, actor auth.Actor, d *deeds.Deed) error {
		var held heldGiven
		if err := d.Held(&held); err != nil {
			return err
		}
		act := auth.Take
		for _, a := range held.Rows {
			if a.UserID != actor.UserID {
				act = auth.Give
			}
		}
		who, err := s.policy.May(actor, auth.ThingAssignment, act, d.CollectionID)
		if err != nil {
			return err
		}
		done, err := do(tx, who, d, held.Rows)
		if err != nil {
			return err
		}
		if len(done) == 0 {
			return fault.New(fault.Conflict, "Others have built on it: who has these claims was changed since. It "+
				"stays as it is.")
		}
		return tellAssignedAgain(tx, actor.UserID, d, done)
	}
}

// regive gives claims again, those that still go through the queue, to the people who had them.
func regive(tx *store.Tx, who history.Who, d *deeds.Deed, rows []Assignment) ([]Assignment, error) {
	ids := make([]claims.ID, len(rows))
	for i, a := range rows {
		ids[i] = a.ClaimID
	}
	found, err := store.Select[claims.Claim](&tx.Rx, "SELECT * FROM claims WHERE id IN ? AND collection_id = ?", ids,
		d.CollectionID)
	if err != nil {
		return nil, err
	}
	rows = slices.DeleteFunc(slices.Clone(rows), func(a Assignment) bool {
		i := slices.IndexFunc(found, func(c claims.Claim) bool { return c.ID == a.ClaimID })
		return i < 0 || claims.Prioritisable(found[i]) != nil
	})
	return write(tx, who, rows, d.Reason(), d.Batch())
}

// restrike takes away those of some assignments that still stand.
func restrike(tx *store.Tx, who history.Who, d *deeds.Deed, rows []Assignment) ([]Assignment, error) {
	ids := make([]int64, len(rows))
	for i, a := range rows {
		ids[i] = a.ID
	}
	there, err := store.Select[Assignment](&tx.Rx, "SELECT * FROM assignments WHERE id IN ? AND collection_id = ? "+
		"ORDER BY id", ids, d.CollectionID)
	if err != nil {
		return nil, err
	}
	return there, strike(tx, who, there, d.Reason(), d.Batch())
}

// tellAssignedAgain tells those who have claims now that they had not, and takes the notice of several back when they
// have them no more.
func tellAssignedAgain(tx *store.Tx, by auth.UserID, d *deeds.Deed, done []Assignment) error {
	gives := (d.Kind == gave || d.Kind == gave+several) == d.Again()
	if gives {
		return tellAssigned(tx, by, d.CollectionID, done)
	}
	people := map[auth.UserID]bool{}
	for _, a := range done {
		people[a.UserID] = true
	}
	for u := range people {
		if err := notices.Untell(tx, aboutAssigned(d.CollectionID, 0), u); err != nil {
			return err
		}
	}
	return nil
}

// snoozeRows reads what a person put off of some claims.
func snoozeRows(r *store.Rx, by auth.UserID, ids []claims.ID) ([]Snooze, error) {
	return store.Select[Snooze](r, "SELECT * FROM snoozes WHERE user_id = ? AND claim_id IN "+store.InList(r)+
		" ORDER BY claim_id", by, store.IDs[claims.ID](ids))
}

// noteSnoozes keeps how a person's own snoozes of some claims were, as a deed in the collection of the first.
func noteSnoozes(tx *store.Tx, actor auth.Actor, kind string, ids []claims.ID, was []Snooze) error {
	is, err := snoozeRows(&tx.Rx, actor.UserID, ids)
	if err != nil {
		return err
	}
	ids = nil
	for _, x := range slices.Concat(was, is) {
		ids = append(ids, x.ClaimID)
	}
	if ids = slices.Compact(slices.Sorted(slices.Values(ids))); len(ids) == 0 {
		return nil
	}
	c, err := claims.ByID(&tx.Rx, ids[0])
	if err != nil {
		return err
	}
	d := about(kind, c.CollectionID, ids)
	if err := d.Hold(heldSnoozes{ids, was, is}); err != nil {
		return err
	}
	return deeds.Note(tx, history.Who{UserID: int64(actor.UserID), Via: actor.Via}, d)
}

// turnSnoozes puts a person's own snoozes as they were before an act, or as they were after it. Nobody else can build
// on them; who did so in another tab has a newer deed.
func (s *Service) turnSnoozes(tx *store.Tx, actor auth.Actor, d *deeds.Deed) error {
	var held heldSnoozes
	if err := d.Held(&held); err != nil {
		return err
	}
	if _, err := s.policy.May(actor, auth.ThingReview, auth.Submit, d.CollectionID); err != nil {
		return err
	}
	rows := held.Was
	if d.Again() {
		rows = held.Is
	}
	err := tx.Gorm().Delete(&Snooze{}, "user_id = ? AND claim_id IN ?", actor.UserID, held.Claims).Error
	if err != nil || len(rows) == 0 {
		return err
	}
	return tx.Gorm().CreateInBatches(slices.Clone(rows), 100).Error
}
