package claimset

import (
	"context"
	"encoding/json"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/history"
	"claimbench/internal/store"
)

// Opened is a set with its claims. A draft's are as they are now; a frozen set's as they were frozen.
type Opened struct {
	Set
	Claims       []claims.Claim `json:"claims,omitempty"`  // of a draft
	Entries      []Entry        `json:"entries,omitempty"` // of a frozen set
	SupersededBy *Set           `json:"superseded_by,omitempty"`
	Position     *Position      `json:"position,omitempty"`
	Intact       bool           `json:"intact"` // the frozen claims have the hash they were frozen with
}

// Position is where in the history a set was frozen. It counts every event, those of open rounds too, so it is there for
// those who read the whole history only.
type Position struct {
	FrozenSeq  int64               `json:"frozen_seq"` // the last event before the freeze
	Checkpoint *history.Checkpoint `json:"-"`          // the first one that covers the freeze; nil before it is signed
}

// Get reads a set with all its claims.
func (s *Service) Get(ctx context.Context, actor auth.Actor, id ID) (o Opened, err error) {
	set, _, err := s.allowed(ctx, actor, id, auth.Read)
	if err != nil {
		return o, err
	}
	err = s.db.Read(ctx, func(r *store.Rx) error {
		o = Opened{Set: set}
		var next []Set
		if err := r.Gorm().Where("supersedes = ? AND state <> ?", id, Draft).Find(&next).Error; err != nil {
			return err
		}
		if len(next) > 0 {
			o.SupersededBy = &next[0]
		}
		if set.State == Draft {
			if err := r.Gorm().Where("id IN (SELECT claim_id FROM claim_set_claims WHERE set_id = ?)",
				id).Order("id").Find(&o.Claims).Error; err != nil {
				return err
			}
			return claims.Fill(r, o.Claims)
		}
		if s.policy.Allows(actor, auth.ThingHistory, auth.ReadAll, 0) {
			o.Position = &Position{FrozenSeq: set.FrozenSeq}
			if o.Position.Checkpoint, err = history.CheckpointAt(r, set.FrozenSeq+1); err != nil {
				return err
			}
		}
		var all []member
		if err := r.Gorm().Where("set_id = ?", id).Order("claim_id").Find(&all).Error; err != nil {
			return err
		}
		o.Intact = contentsHash(all) == set.SHA256
		return eachEntry(r, id, func(e Entry) error {
			o.Entries = append(o.Entries, e)
			return nil
		})
	})
	return o, err
}

const entryPage = 200

// eachEntry reads the frozen claims of a set in the order of their numbers, a page at a time, without the words of
// articles that were taken down since.
func eachEntry(r *store.Rx, id ID, do func(Entry) error) error {
	last := claims.ID(0)
	for {
		var page []member
		if err := r.Gorm().Where("set_id = ? AND claim_id > ?", id, last).Order("claim_id").Limit(entryPage).Find(
			&page).Error; err != nil {
			return err
		}
		for _, m := range page {
			last = m.ClaimID
			var e Entry
			if err := json.Unmarshal([]byte(m.Frozen), &e); err != nil {
				return err
			}
			if err := withhold(r, &e); err != nil {
				return err
			}
			if err := do(e); err != nil {
				return err
			}
		}
		if len(page) < entryPage {
			return nil
		}
	}
}

// withhold takes the words of articles that were taken down out of a copy of a frozen claim.
func withhold(r *store.Rx, e *Entry) error {
	ids := []articles.ID{e.Article.Article}
	for _, x := range e.Evidence {
		if x.Article != nil {
			ids = append(ids, x.Article.Article)
		}
	}
	var down []articles.ID
	if err := r.Gorm().Table("articles").Where("id IN ? AND state = ?", ids, articles.TakenDown).Pluck("id",
		&down).Error; err != nil {
		return err
	}
	for _, id := range down {
		if e.Article.Article == id {
			articles.Withhold(e)
			e.Withheld = true
		}
		for i := range e.Evidence {
			if a := e.Evidence[i].Article; a != nil && a.Article == id {
				articles.Withhold(&e.Evidence[i])
				e.Evidence[i].Withheld = true
			}
		}
	}
	return nil
}
