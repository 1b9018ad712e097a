package review

import (
	"context"
	"fmt"
	"slices"

	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/fault"
	"claimbench/internal/guidelines"
	"claimbench/internal/history"
	"claimbench/internal/store"
)

// GapID numbers a gap.
type GapID int64

// Gap is what an adjudicator found the guidelines of a collection silent about: that the decision named “guideline gap”
// among its causes. It stands beside the guidelines until an editor names the version that answers it.
type Gap struct {
	ID           GapID             `gorm:"column:id;primaryKey"`
	CollectionID auth.CollectionID `gorm:"column:collection_id"`
	ClaimID      claims.ID         `gorm:"column:claim_id"`
	DecisionID   DecisionID        `gorm:"column:decision_id"`
	FoundAt      store.Micros      `gorm:"column:found_at"`
	Answer       int               `gorm:"column:answer"` // number of the version that answers it, 0: none yet
	AnsweredBy   *auth.UserID      `gorm:"column:answered_by"`
	AnsweredAt   *store.Micros     `gorm:"column:answered_at"`
	Version      int64             `gorm:"column:version"`
}

// TableName names the table.
func (Gap) TableName() string { return "guideline_gaps" }

func gapObject(id GapID) string { return fmt.Sprintf("gap:%d", id) }

func gapFields(g Gap) history.Fields {
	return history.Fields{"claim": history.Num(g.ClaimID), "decision": history.Num(g.DecisionID),
		"collection": history.Num(g.CollectionID), "found_at": history.Num(g.FoundAt), "answer": history.Num(g.Answer),
		"answered_by": history.NumOr(g.AnsweredBy), "answered_at": history.NumOr(g.AnsweredAt),
		"version": history.Num(g.Version)}
}

// noteGap keeps, in the Write of a decision, that it found a gap in the guidelines.
func noteGap(tx *store.Tx, who history.Who, c claims.Claim, d Decision) error {
	if !slices.Contains(d.Causes, Guideline) {
		return nil
	}
	g := Gap{CollectionID: c.CollectionID, ClaimID: c.ID, DecisionID: d.ID, FoundAt: tx.Now(), Version: 1}
	if err := tx.Gorm().Create(&g).Error; err != nil {
		return err
	}
	_, err := history.Append(tx, who, history.Event{Action: "gap.found", Object: gapObject(g.ID),
		Collection: int64(c.CollectionID), After: gapFields(g)})
	return err
}

// GapSeen is a gap with what was said when it was found.
type GapSeen struct {
	Gap
	Rationale string `gorm:"column:rationale" words:"own"` // of the decision
}

// GapsOf lists the gaps of a collection, the newest first, those before one of them (0: all), at most limit. It asks no
// permission.
func GapsOf(r *store.Rx, in auth.CollectionID, before GapID, limit int) ([]GapSeen, error) {
	if before <= 0 {
		before = 1 << 62
	}
	return store.Select[GapSeen](r, "SELECT g.*, d.rationale FROM guideline_gaps g JOIN decisions d ON d.id = "+
		"g.decision_id WHERE g.collection_id = ? AND g.id < ? ORDER BY g.id DESC LIMIT ?", in, before, limit)
}

// AnswerGap says which version of the guidelines answers a gap, 0 that none does. version is that of the gap as the
// person read it.
func (s *Service) AnswerGap(ctx context.Context, actor auth.Actor, in auth.CollectionID, id GapID, answer int,
	version int64) (out Gap, err error) {
	defer fault.In(&err, "review.AnswerGap(%d, by version %d)", id, answer)
	who, err := s.policy.May(actor, auth.ThingGuideline, auth.Write, in)
	if err != nil {
		return out, err
	}
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		if err := store.Take(tx.Lock(), &out, "such gap in these guidelines", "id = ? AND collection_id = ?", id,
			in); err != nil {
			return err
		}
		newest, err := guidelines.InForce(&tx.Rx, in)
		switch {
		case err != nil:
			return err
		case out.Version != version:
			return fault.Stale("Somebody answered this gap, or opened it again, after you opened the page. Look again.")
		case answer < 0 || answer > newest:
			return fault.New(fault.Invalid, "There is no version %d of these guidelines; the newest is %d.", answer,
				newest).With("answer", "Name a version that there is, or 0 for none.")
		}
		before := gapFields(out)
		out.Answer, out.AnsweredBy, out.AnsweredAt = answer, nil, nil
		if answer > 0 {
			by, at := actor.UserID, tx.Now()
			out.AnsweredBy, out.AnsweredAt = &by, &at
		}
		out.Version++
		if err := store.Changed(tx.Gorm().Model(&Gap{}).Where("id = ? AND version = ?", id, version).
			Updates(map[string]any{"answer": answer, "answered_by": out.AnsweredBy, "answered_at": out.AnsweredAt,
				"version": out.Version}), "this gap"); err != nil {
			return err
		}
		_, err = history.Append(tx, who, history.Event{Action: "gap.answered", Object: gapObject(id),
			Collection: int64(in), Before: before, After: gapFields(out)})
		return err
	})
	return out, err
}
