package claimset

import (
	"context"
	"fmt"

	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/store"
	"claimbench/internal/text"
)

// Omission is why a correction leaves out a claim that the version before prints, in the words of an editor. They are
// public: whoever follows the status of a published set reads them.
type Omission struct {
	ID      int64        `gorm:"column:id;primaryKey"`
	SetID   ID           `gorm:"column:set_id"` // the correction
	ClaimID claims.ID    `gorm:"column:claim_id"`
	Reason  string       `gorm:"column:reason" words:"own"`
	SaidBy  auth.UserID  `gorm:"column:said_by"`
	SaidAt  store.Micros `gorm:"column:said_at"`
	Version int64        `gorm:"column:version"`
}

// TableName names the table.
func (Omission) TableName() string { return "claim_set_omissions" }

func omissionObject(id int64) string { return fmt.Sprintf("omission:%d", id) }

func omissionFields(x Omission) history.Fields {
	return history.Fields{"set": history.Num(x.SetID), "claim": history.Num(x.ClaimID),
		"said_by": history.Num(x.SaidBy), "said_at": history.Num(x.SaidAt), "version": history.Num(x.Version)}
}

// mostSaid is how many characters a reason for leaving a claim out has at most: it is printed in a feed.
const mostSaid = 500

// SayOmitted writes down why a draft of a correction leaves out a claim that the version before prints. Version is that
// of what was said before, 0: nothing was.
func (s *Service) SayOmitted(ctx context.Context, actor auth.Actor, id ID, claim claims.ID, version int64,
	reason string) (x Omission, err error) {
	defer fault.In(&err, "claimset.SayOmitted(%d, claim %d)", id, claim)
	_, who, err := s.allowed(ctx, actor, id, auth.Write)
	if err != nil {
		return x, err
	}
	if err := text.CheckReason(&reason, "Say in public words why the claim is left out. Whoever holds the "+
		"printed set reads it.", "A reason is needed."); err != nil {
		return x, err
	}
	if n := len([]rune(reason)); n > mostSaid {
		return x, fault.New(fault.Invalid, "The reason has %d characters; at most %d are printed.", n, mostSaid).
			With("reason", fmt.Sprintf("At most %d characters.", mostSaid))
	}
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		set, err := omits(tx, id, claim)
		if err != nil {
			return err
		}
		was, there, err := store.One[Omission](&tx.Rx, "SELECT * FROM claim_set_omissions WHERE set_id = ? AND "+
			"claim_id = ?", id, claim)
		if err != nil {
			return err
		}
		if was.Version != version {
			return fault.Stale("Somebody said meanwhile why claim %d is left out. Look at the page again, then say it "+
				"otherwise if you must.", claim)
		}
		x = Omission{ID: was.ID, SetID: id, ClaimID: claim, Reason: reason, SaidBy: actor.UserID, SaidAt: tx.Now(),
			Version: version + 1}
		var before history.Fields
		if there {
			before = omissionFields(was)
			err = store.Changed(tx.Gorm().Model(&Omission{}).Where("id = ? AND version = ?", x.ID, version).Updates(
				map[string]any{"reason": x.Reason, "said_by": x.SaidBy, "said_at": x.SaidAt, "version": x.Version}),
				"this reason")
		} else {
			err = tx.Gorm().Create(&x).Error
		}
		if err != nil {
			return err
		}
		_, err = history.Append(tx, who, history.Event{Action: "omission.said", Object: omissionObject(x.ID),
			Collection: int64(set.CollectionID), Before: before, After: omissionFields(x),
			Texts: history.Texts{"why": x.Reason}})
		return err
	})
	return x, err
}

// omits locks a draft that leaves out a claim which the version before prints.
func omits(tx *store.Tx, id ID, claim claims.ID) (set Set, err error) {
	if err := store.Take(tx.Lock(), &set, "such claim set", "id = ?", id); err != nil {
		return set, err
	}
	if err := Buildable(set); err != nil {
		return set, err
	}
	left := false
	if set.Supersedes != nil {
		left, _, err = store.One[bool](&tx.Rx, "SELECT EXISTS (SELECT 1 FROM claim_set_claims WHERE set_id = ? AND "+
			"claim_id = ?) AND NOT EXISTS (SELECT 1 FROM claim_set_claims WHERE set_id = ? AND claim_id = ?) AS "+
			"omitted",
			*set.Supersedes, claim, id, claim)
	}
	if err == nil && !left {
		err = fault.New(fault.Conflict, "Claim %d is not left out of this set: the version before does not print it, "+
			"or this one has it. Look at the set again.", claim)
	}
	return set, err
}

// saidOf reads what was said of the claims that a set leaves out.
func saidOf(r *store.Rx, set ID) (map[claims.ID]Omission, error) {
	rows, err := store.Select[Omission](r, "SELECT * FROM claim_set_omissions o WHERE set_id = ? AND NOT EXISTS "+
		"(SELECT 1 FROM claim_set_claims m WHERE m.set_id = o.set_id AND m.claim_id = o.claim_id)", set)
	out := make(map[claims.ID]Omission, len(rows))
	for _, x := range rows {
		out[x.ClaimID] = x
	}
	return out, err
}

// WhyWithdrawn gives what was said, when a correction of a set left claims of it out, without words of texts that were
// taken down. It asks no permission: the words are public.
func WhyWithdrawn(r *store.Rx, set ID) (map[claims.ID]string, error) {
	rows, err := store.Select[struct {
		ClaimID      claims.ID
		CollectionID auth.CollectionID
		Reason       string `words:"own"`
	}](r, "SELECT o.claim_id, s.collection_id, o.reason FROM claim_set_omissions o JOIN claim_sets s ON s.id = "+
		"o.set_id WHERE s.supersedes = ? AND s.state <> 'draft' AND NOT EXISTS (SELECT 1 FROM claim_set_claims m "+
		"WHERE m.set_id = o.set_id AND m.claim_id = o.claim_id)", set)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	gone, err := claims.GoneIn(r, rows[0].CollectionID)
	if err != nil {
		return nil, err
	}
	out := make(map[claims.ID]string, len(rows))
	for i := range rows {
		if gone != nil {
			if _, err := gone.TakeOut(&rows[i].Reason); err != nil {
				return nil, err
			}
		}
		out[rows[i].ClaimID] = rows[i].Reason
	}
	return out, nil
}
