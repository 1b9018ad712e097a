package shelf

import (
	"context"

	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/deeds"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/store"
)

// The acts on a match, and what takes them back.
const (
	confirmed = "shelf.match_confirmed"
	refused   = "shelf.match_refused"
	reopened  = "shelf.match_reopened"
)

// actOf is the act that leads to a state of a match.
var actOf = map[MatchState]string{Confirmed: confirmed, Refused: refused, Proposed: reopened}

// Decidable says whether a person may say of a claim what others found: it has not ended.
func Decidable(c claims.Claim) error {
	switch c.State {
	case claims.Rejected, claims.Withdrawn, claims.Merged:
		return fault.New(fault.Conflict, "Claim %d is %s; nothing more is said of it.", c.ID, c.State.Word())
	}
	return nil
}

// Decide confirms or refuses that an entry says what a claim says. It is no evidence, and no review follows from it.
func (s *Service) Decide(ctx context.Context, actor auth.Actor, of claims.ID, id MatchID, version int64,
	to MatchState) (m Match, err error) {
	defer fault.In(&err, "shelf.Decide(%d, %d, %s)", of, id, to)
	if err = s.db.Read(ctx, func(r *store.Rx) error {
		c, err := claims.ByID(r, of)
		if err != nil {
			return err
		}
		if err := s.mayRead(actor, c.CollectionID, "claim"); err != nil {
			return err
		}
		if m, err = MatchByID(r, id); err == nil && m.ClaimID != of {
			err = fault.New(fault.NotFound, "There is no such match.")
		}
		m.CollectionID = c.CollectionID
		return err
	}); err != nil {
		return m, err
	}
	who, err := s.policy.May(actor, auth.ThingShelf, auth.Confirm, m.CollectionID)
	if err != nil {
		return m, err
	}
	if to != Confirmed && to != Refused {
		return m, fault.New(fault.Invalid, "A match is confirmed or refused.").With("state", "Choose one of the two.")
	}
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		now, err := lockMatch(tx, m)
		if err != nil {
			return err
		}
		if now.Version != version {
			return fault.Stale("Somebody decided on it after you opened it. Look at the claim again.")
		}
		if now.State == to {
			return fault.New(fault.Conflict, "It is %s already.", to)
		}
		m, err = turn(tx, who, now, to, "", "")
		if err != nil {
			return err
		}
		d := deeds.Deed{Kind: actOf[to], Object: MatchObject(m.ID), ClaimID: int64(m.ClaimID),
			CollectionID: m.CollectionID, Version: m.Version, Other: m.Version - 1}
		if err := d.Hold(held{now.State}); err != nil {
			return err
		}
		return deeds.Note(tx, who, d)
	})
	return m, err
}

// lockMatch locks the claim of a match and the match, and says whether it can be decided on.
func lockMatch(tx *store.Tx, m Match) (now Match, err error) {
	c, err := claims.Lock(tx, m.ClaimID)
	if err != nil {
		return now, err
	}
	if err := Decidable(c); err != nil {
		return now, err
	}
	if err := store.Take(tx.Lock(), &now, "such match", "id = ?", m.ID); err != nil {
		return now, err
	}
	e, err := EntryByID(&tx.Rx, now.EntryID)
	if err == nil && e.State != Kept {
		err = fault.New(fault.Conflict, "The entry is not on the shelf any more.")
	}
	return now, err
}

// turn gives a match another state.
func turn(tx *store.Tx, who history.Who, now Match, to MatchState, reason, batch string) (Match, error) {
	after, by, at := now, auth.UserID(who.UserID), tx.Now()
	after.State, after.DecidedBy, after.DecidedAt, after.Version = to, &by, &at, now.Version+1
	if err := store.Changed(tx.Gorm().Model(&Match{}).Where("id = ? AND version = ?", now.ID, now.Version).
		Select("state", "decided_by", "decided_at", "version").Updates(&after), "this match"); err != nil {
		return now, err
	}
	e := history.Event{Action: actOf[to], Object: MatchObject(now.ID), Collection: int64(now.CollectionID),
		After: matchFields(after), Reason: reason, Batch: batch}
	if now.Version > 1 { // before it was nobody's word
		e.Before = matchFields(now)
	}
	if _, err := history.Append(tx, who, e); err != nil {
		return after, err
	}
	return after, claims.SettleMatch(tx, who, after.ClaimID, int64(after.EntryID), fateOf[to])
}

// fateOf is what became of what machines proposed.
var fateOf = map[MatchState]claims.Fate{Confirmed: claims.Accepted, Refused: claims.Refused}

// At finds the newest entry on a shelf with an address; there is false where none has it. It asks no permission.
func At(r *store.Rx, in auth.CollectionID, url string) (id EntryID, there bool, err error) {
	return store.One[EntryID](r, "SELECT id FROM shelf_entries WHERE collection_id = ? AND url = ? AND state = 'kept' "+
		"ORDER BY id DESC LIMIT 1", in, url)
}

// Offer puts an entry beside a claim, for a machine proposes it; where it stands already nothing changes. It asks no
// permission.
func Offer(tx *store.Tx, in auth.CollectionID, of claims.ID, id EntryID) error {
	return tx.Gorm().Exec("INSERT INTO shelf_matches (collection_id, claim_id, entry_id, score, state, version) "+
		"SELECT ?, ?, id, 0, 'proposed', 1 FROM shelf_entries WHERE id = ? AND state = 'kept' "+
		"ON CONFLICT (claim_id, entry_id) DO NOTHING", in, of, id).Error
}

// held is what a deed on a match keeps: the state on its other side.
type held struct {
	Was MatchState `json:"was"`
}

// Deeds says how the acts of this room are taken back.
func (s *Service) Deeds() map[string]deeds.Kind {
	return map[string]deeds.Kind{
		confirmed: {Words: "matched claim", Back: s.back, Again: s.back},
		refused:   {Words: "unmatched claim", Back: s.back, Again: s.back},
	}
}

// back gives a match the state that it had before a deed, or, done again, after it.
func (s *Service) back(tx *store.Tx, actor auth.Actor, d *deeds.Deed) error {
	var h held
	if err := d.Held(&h); err != nil {
		return err
	}
	who, err := s.policy.May(actor, auth.ThingShelf, auth.Confirm, d.CollectionID)
	if err != nil {
		return err
	}
	now, err := lockMatch(tx, Match{ID: MatchID(d.ObjectID()), ClaimID: claims.ID(d.ClaimID)})
	if err != nil {
		return err
	}
	same, err := deeds.Same(&tx.Rx, d.Object, now.Version, d.Version)
	if err != nil {
		return err
	}
	if !same {
		return fault.New(fault.Conflict, "Somebody decided on it since. It stays as it is.")
	}
	was := now.State
	now, err = turn(tx, who, now, h.Was, d.Reason(), d.Batch())
	d.Version = now.Version
	if err != nil {
		return err
	}
	return d.Hold(held{was})
}
