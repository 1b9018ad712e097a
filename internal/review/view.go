package review

import (
	"context"
	"crypto/sha256"
	"fmt"
	"sort"

	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/fault"
	"claimbench/internal/store"
)

// SeenReview is a review that a person may see. Letter is its pseudonym in its round; Stale says why it does not count.
type SeenReview struct {
	Review
	Letter string `json:"letter"`
	Stale  string `json:"stale,omitempty"`
	Mine   bool   `json:"mine"`
}

// SeenRound is a round with what a person may see of it: of an open round only his own review, unless he audits.
type SeenRound struct {
	Round
	Reviews  []SeenReview `json:"reviews"`
	Decision *Decision    `json:"decision,omitempty"`
	// names may stand beside the letters: the round is decided, or the reader audits
	Named bool `json:"named"`
}

// Unnumbered is a review without its number and its round's: numbers are given in order, so those of an open round
// would tell its reader how many others have reviewed.
func (r Review) Unnumbered() Review {
	r.ID, r.RoundID = 0, 0
	return r
}

// View is all of a claim's reviewing that one person may see, newest round first.
type View struct {
	Claim  claims.Claim `json:"claim"`
	Rounds []SeenRound  `json:"rounds"`
	Mine   *SeenReview  `json:"mine,omitempty"` // this person's review in the present round
}

// View reads what the actor may see of a claim's rounds. While a round is open that is his own review and nothing else:
// not another's, not a count, not that the round exists.
func (s *Service) View(ctx context.Context, actor auth.Actor, id claims.ID) (v View, err error) {
	c, _, err := s.allowed(ctx, actor, id, auth.ThingReview, auth.Read)
	if err != nil {
		return v, err
	}
	_, openErr := s.policy.May(actor, auth.ThingReview, auth.ReadOpen, c.CollectionID)
	audits := openErr == nil
	err = s.db.Read(ctx, func(r *store.Rx) error {
		v = View{}
		if v.Claim, err = claims.ByID(r, id); err != nil {
			return err
		}
		one := []claims.Claim{v.Claim}
		if err := claims.Fill(r, one); err != nil {
			return err
		}
		v.Claim = one[0]
		return s.fillRounds(r, &v, actor, audits)
	})
	return v, err
}

func (s *Service) fillRounds(r *store.Rx, v *View, actor auth.Actor, audits bool) error {
	var rounds []Round
	if err := r.Gorm().Where("claim_id = ?", v.Claim.ID).Order("n DESC").Find(&rounds).Error; err != nil {
		return err
	}
	var all []Review
	if err := r.Gorm().Where("claim_id = ?", v.Claim.ID).Order("id").Find(&all).Error; err != nil {
		return err
	}
	var decisions []Decision
	if err := r.Gorm().Where("claim_id = ?", v.Claim.ID).Find(&decisions).Error; err != nil {
		return err
	}
	stale, err := staleReasons(r, v.Claim, all)
	if err != nil {
		return err
	}
	for _, rd := range rounds {
		seen := SeenRound{Round: rd, Reviews: []SeenReview{}, Named: audits || rd.Outcome == Abandoned}
		for i := range decisions {
			if decisions[i].RoundID == rd.ID {
				seen.Decision, seen.Named = &decisions[i], true
			}
		}
		left := stale // those that do not count now, or did not when the present round was decided
		if seen.Decision != nil {
			left = map[ID]string{}
			if rd.N == v.Claim.Round {
				if left, err = staleAt(r, v.Claim, all, seen.Decision.DecidedAt); err != nil {
					return err
				}
			}
		}
		letters := lettersOf(rd, all)
		for _, rv := range all {
			mine := rv.ReviewerID == actor.UserID
			if rv.RoundID != rd.ID || (rd.ClosedAt == nil && !audits && !mine) {
				continue
			}
			x := SeenReview{Review: rv, Letter: letters[rv.ReviewerID], Mine: mine}
			if rd.ClosedAt == nil || rd.Outcome == InConflict || seen.Decision != nil {
				x.Stale = left[rv.ID]
			}
			if rd.ClosedAt == nil && !audits {
				x.Review, x.Letter = x.Review.Unnumbered(), "" // a B would tell of an A
			}
			if !seen.Named && !mine {
				x.ReviewerID = 0 // the letter stands for the name until the decision
			}
			if mine && rd.N == v.Claim.Round && rv.SupersededAt == nil {
				m := x
				v.Mine = &m
			}
			seen.Reviews = append(seen.Reviews, x)
		}
		if rd.ClosedAt == nil && !audits && v.Mine == nil && rd.ReopenReason == "" {
			continue // an open round that others began is not there yet for this reader
		}
		if !seen.Named {
			seen.OpenedBy = 0 // who opened a round is its first reviewer
		}
		if rd.ClosedAt == nil && !audits {
			// numbers and times would tell whether somebody was there before
			seen.ID, seen.OpenedBy, seen.OpenedAt = 0, 0, 0
		}
		v.Rounds = append(v.Rounds, seen)
	}
	return nil
}

// lettersOf gives the reviewers of a round their letters, in an order that tells nothing: by a hash, not by time.
func lettersOf(rd Round, all []Review) map[auth.UserID]string {
	var who []auth.UserID
	seen := map[auth.UserID]bool{}
	for _, rv := range all {
		if rv.RoundID == rd.ID && !seen[rv.ReviewerID] {
			seen[rv.ReviewerID] = true
			who = append(who, rv.ReviewerID)
		}
	}
	key := func(u auth.UserID) string {
		sum := sha256.Sum256(fmt.Appendf(nil, "%d/%d/%d", rd.ID, rd.OpenedAt, u))
		return string(sum[:])
	}
	sort.Slice(who, func(i, j int) bool { return key(who[i]) < key(who[j]) })
	out := map[auth.UserID]string{}
	for i, u := range who {
		letter := string(rune('A' + i%26))
		if i >= 26 {
			letter += fmt.Sprint(i / 26)
		}
		out[u] = letter
	}
	return out
}

// DraftCheck says which guards a draft would fail now, for a form to show beside its verdicts. It writes nothing.
func (s *Service) DraftCheck(ctx context.Context, actor auth.Actor, id claims.ID, d Draft) (out []Failure, err error) {
	if _, _, err := s.allowed(ctx, actor, id, auth.ThingReview, auth.Submit); err != nil {
		return nil, err
	}
	err = s.db.Read(ctx, func(r *store.Rx) error {
		c, err := claims.ByID(r, id)
		if err != nil {
			return err
		}
		linked, _, err := weigh(r, c)
		if err != nil {
			return err
		}
		out = Check(d, linked)
		return nil
	})
	return out, err
}

// Approved reads the decision that a claim's approval rests on, with the standing reviews of its round, inside a
// transaction; it asks no permission. A claim that is not approved is fault.Conflict.
func Approved(r *store.Rx, c claims.Claim) (d Decision, rd Round, reviews []Review, err error) {
	if c.State != claims.Approved {
		return d, rd, nil, fault.New(fault.Conflict, "Claim %d is %s; only approved claims go into a frozen set.", c.ID,
			c.State.Word())
	}
	rd, _, err = roundOf(r, c)
	if err != nil {
		return d, rd, nil, err
	}
	if err = store.Take(r.Gorm(), &d, "decision on this claim", "round_id = ?", rd.ID); err != nil {
		return d, rd, nil, err
	}
	reviews, err = counted(r, c, rd, d)
	return d, rd, reviews, err
}
