package claims

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/store"
	"claimbench/internal/text"
)

// RefusalID is the id of a refused duplicate.
type RefusalID int64

// DuplicateRefusal says that a person looked at two claims proposed as one, and that they are two. A is the lesser id.
// The pair is not proposed again.
type DuplicateRefusal struct {
	ID           RefusalID         `gorm:"column:id;primaryKey"`
	CollectionID auth.CollectionID `gorm:"column:collection_id"`
	A            ID                `gorm:"column:claim_a"`
	B            ID                `gorm:"column:claim_b"`
	RefusedBy    auth.UserID       `gorm:"column:refused_by"`
	RefusedAt    store.Micros      `gorm:"column:refused_at"`
}

// TableName names the table.
func (DuplicateRefusal) TableName() string { return "duplicate_refusals" }

func refusalObject(id RefusalID) string { return fmt.Sprintf("duplicate_refusal:%d", id) }

func refusalFields(x DuplicateRefusal) history.Fields {
	return history.Fields{"collection": history.Num(x.CollectionID), "claim_a": history.Num(x.A),
		"claim_b": history.Num(x.B), "refused_by": history.Num(x.RefusedBy)}
}

// RefuseDuplicate records that two claims proposed as one are two; reason may be empty. To refuse a pair twice changes
// nothing. Whoever may change the words of the first may say so.
func (s *Service) RefuseDuplicate(ctx context.Context, actor auth.Actor, a, b ID, reason string) (
	out DuplicateRefusal, err error) {
	defer fault.In(&err, "claims.RefuseDuplicate(%d, %d)", a, b)
	c, _, err := s.allowed(ctx, actor, a, auth.ThingClaim, auth.Read)
	if err != nil {
		return out, err
	}
	who, err := s.policy.May(actor, ThingOf(c), auth.Write, c.CollectionID)
	if err != nil {
		return out, err
	}
	if err := text.CheckReason(&reason, "", ""); err != nil {
		return out, err
	}
	if a == b || b == 0 {
		return out, fault.New(fault.Invalid, "Say with which other claim claim %d is not one. Choose another.",
			a).With("other", "Choose another claim.")
	}
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		both, err := LockAll(tx, []ID{a, b})
		if err != nil {
			return err
		}
		if len(both) < 2 || both[0].CollectionID != both[1].CollectionID {
			return fault.New(fault.NotFound, "There is no such claim in this collection.")
		}
		was, err := fateOfPair(&tx.Rx, a, b)
		if err != nil {
			return err
		}
		var anew bool
		out, anew, err = refuse(tx, who, DuplicateRefusal{CollectionID: c.CollectionID, A: min(a, b), B: max(a, b),
			RefusedBy: actor.UserID, RefusedAt: tx.Now()}, reason)
		if err != nil {
			return err
		}
		if err := Settled(tx, who, Proposal{Kind: ProposedDuplicate, CollectionID: c.CollectionID, Lang: c.Lang,
			ClaimID: a, OtherID: &b,
			Fate: Refused}); err != nil || !anew {
			return err
		}
		return noteDuplicate(tx, who, heldDuplicate{out, a, b, was})
	})
	return out, err
}

// refuse writes a refusal once; one that is there already stays.
func refuse(tx *store.Tx, who history.Who, x DuplicateRefusal, reason string) (_ DuplicateRefusal, anew bool,
	err error) {
	if there, err := refused(&tx.Rx, x); err != nil || there != nil {
		return *cmp.Or(there, &x), false, err
	}
	if err := tx.Gorm().Create(&x).Error; err != nil {
		return x, false, err
	}
	_, err = history.Append(tx, who, history.Event{Action: "duplicate.refused", Object: refusalObject(x.ID),
		Collection: int64(x.CollectionID), After: refusalFields(x), Reason: reason})
	return x, true, err
}

// refused finds the refusal of a pair; nil when there is none.
func refused(r *store.Rx, x DuplicateRefusal) (*DuplicateRefusal, error) {
	there, ok, err := store.One[DuplicateRefusal](r, "SELECT * FROM duplicate_refusals WHERE claim_a = ? AND "+
		"claim_b = ?", x.A, x.B)
	if !ok {
		return nil, err
	}
	return &there, err
}

// NotSame says which of some claims a person said are not one with a claim. It asks no permission.
func NotSame(r *store.Rx, id ID, others []ID) (map[ID]bool, error) {
	var found []DuplicateRefusal
	if len(others) == 0 {
		return map[ID]bool{}, nil
	}
	if err := r.Gorm().Where("claim_a = ? AND claim_b IN ? OR claim_b = ? AND claim_a IN ?", id, others, id,
		others).Find(&found).Error; err != nil {
		return nil, err
	}
	out := map[ID]bool{}
	for _, x := range found {
		out[x.A], out[x.B] = true, true
	}
	delete(out, id)
	return out, nil
}

// Into says which of two claims that are one would be kept, and which would end: the one that is further on, or else
// the older. kept is the one whose words and place stay.
func Into(a, b Claim) (kept, gone Claim) {
	if order := []State{Candidate, Open, InConflict, Decided, Approved}; slices.Index(order, a.State) > slices.Index(
		order, b.State) || a.State == b.State && a.ID < b.ID {
		return a, b
	}
	return b, a
}

// Joinable says whether one claim may end in another that says the same: Mergeable and MergeableInto.
func Joinable(kept, gone Claim) error {
	if err := Mergeable(kept); err != nil {
		return err
	}
	return MergeableInto(kept, gone)
}

// MostAtPlaces bounds the claims that are compared with one.
const MostAtPlaces = 100

// AtSentences lists the claims of a collection that have not ended and stand in some sentences, in the order of ids,
// filled, at most MostAtPlaces; without one. What is withheld is left out. It asks no permission.
func AtSentences(r *store.Rx, c auth.CollectionID, at []articles.SentenceID, without ID) (out []Claim, err error) {
	if len(at) == 0 {
		return nil, nil
	}
	// A cross join keeps the order in SQLite: else it reads all claims of the collection and asks for each whether its
	// sentence is one of these.
	if err := r.Gorm().Table("sentences s").Select("claims.*").Joins("CROSS JOIN claims").
		Where("s.id IN ? AND claims.revision_id = s.revision_id AND claims.sentence = s.n", at).
		Where("claims.collection_id = ? AND claims.state IN ? AND claims.id <> ?", c, Living(), without).
		Order("claims.id").Limit(MostAtPlaces).Find(&out).Error; err != nil {
		return nil, err
	}
	if err := Fill(r, out); err != nil {
		return nil, err
	}
	return slices.DeleteFunc(out, func(c Claim) bool { return c.Withheld }), nil
}
