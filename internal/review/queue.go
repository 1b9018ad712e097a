package review

import (
	"context"
	"fmt"
	"strings"

	"gorm.io/gorm"

	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/evidence"
	"claimbench/internal/fault"
	"claimbench/internal/store"
	"claimbench/internal/text"
)

// QueueCap is where the counting of a tab stops.
const QueueCap = 1000

// QueueFilter says which part of the queue to read.
type QueueFilter struct {
	Collection auth.CollectionID
	Tab        Tab
	After      claims.ID // the last claim of the page before
	Limit      int       // 0: 50
}

// Entry is a claim in the queue, with why it is there.
type Entry struct {
	Claim    claims.Claim            `json:"claim"`
	Why      Why                     `json:"why"`
	Detail   string                  `json:"detail"` // a sentence more
	Since    store.Micros            `json:"since"`
	Evidence map[evidence.Stance]int `json:"evidence"` // items by stance
	Mine     *Review                 `json:"mine,omitempty"`
}

// Queue is one page of a tab with the counts of every tab, each at most QueueCap+1.
type Queue struct {
	Entries []Entry     `json:"entries"`
	Next    claims.ID   `json:"next"` // After of the next page, 0 at the end
	Counts  map[Tab]int `json:"counts"`
}

// Queue reads a tab, the longest wait first.
func (s *Service) Queue(ctx context.Context, actor auth.Actor, f QueueFilter) (q Queue, err error) {
	if _, err := s.policy.May(actor, auth.ThingReview, auth.Read, f.Collection); err != nil {
		return q, err
	}
	if f.Tab == "" {
		f.Tab = TabTurn
	}
	if f.Limit <= 0 || f.Limit > 100 {
		f.Limit = 50
	}
	err = s.db.Read(ctx, func(r *store.Rx) error {
		q = Queue{Counts: map[Tab]int{}}
		mine, stale, err := myOpen(r, actor, f.Collection)
		if err != nil {
			return err
		}
		for _, tab := range Tabs.Names() {
			var n int64
			if err := r.Gorm().Table("(?) AS capped", inTab(r.Gorm(), tab, f.Collection, actor, mine,
				stale).Select("claims.id").Limit(QueueCap+1)).Count(&n).Error; err != nil {
				return err
			}
			q.Counts[tab] = int(n)
		}
		g := inTab(r.Gorm(), f.Tab, f.Collection, actor, mine, stale)
		if g == nil {
			return fault.New(fault.NotFound, "There is no queue named “%s”.", f.Tab)
		}
		return s.page(r, g, f, mine, stale, &q)
	})
	return q, err
}

// myOpen reads this person's own standing reviews in rounds that are open, and why those that are stale are.
func myOpen(r *store.Rx, actor auth.Actor, c auth.CollectionID) (map[claims.ID]Review, map[claims.ID]string, error) {
	var all []Review
	err := r.Gorm().Joins(
		"JOIN claims ON claims.id = reviews.claim_id AND claims.collection_id = ? AND claims.state = ?", c,
		claims.Open).
		Joins("JOIN review_rounds ON review_rounds.id = reviews.round_id AND review_rounds.n = claims.round").
		Where("reviews.reviewer_id = ? AND reviews.superseded_at IS NULL", actor.UserID).Find(&all).Error
	if err != nil {
		return nil, nil, err
	}
	mine, stale := map[claims.ID]Review{}, map[claims.ID]string{}
	for _, rv := range all {
		mine[rv.ClaimID] = rv
		cl, err := claims.ByID(r, rv.ClaimID)
		if err != nil {
			return nil, nil, err
		}
		why, err := staleReasons(r, cl, []Review{rv})
		if err != nil {
			return nil, nil, err
		}
		if why[rv.ID] != "" {
			stale[rv.ClaimID] = why[rv.ID]
		}
	}
	return mine, stale, nil
}

// inTab is the condition of a tab; nil for a tab that is none.
func inTab(g *gorm.DB, tab Tab, c auth.CollectionID, actor auth.Actor, mine map[claims.ID]Review,
	stale map[claims.ID]string) *gorm.DB {
	g = g.Model(&claims.Claim{}).Where("claims.collection_id = ?", c)
	settled := []claims.ID{-1}
	for id := range mine {
		if stale[id] == "" {
			settled = append(settled, id)
		}
	}
	switch tab {
	case TabTurn:
		return g.Where("claims.state = ? AND (claims.id NOT IN ? OR "+claims.AsksCondition+")", claims.Open, settled)
	case TabWaiting:
		return g.Where("claims.state = ? AND claims.id IN ? AND NOT "+claims.AsksCondition, claims.Open, settled)
	case TabConflict:
		return g.Where("claims.state = ?", claims.InConflict)
	case TabApprove:
		return g.Where("claims.state = ?", claims.Decided)
	case TabDone:
		return g.Where("claims.state = ?", claims.Approved)
	}
	return nil
}

func (s *Service) page(r *store.Rx, g *gorm.DB, f QueueFilter, mine map[claims.ID]Review, stale map[claims.ID]string,
	q *Queue) error {
	if f.After != 0 {
		last, err := claims.ByID(r, f.After)
		if err != nil {
			return err
		}
		g = g.Where("(claims.opened_at > ? OR claims.opened_at = ? AND claims.id > ?)", last.OpenedAt, last.OpenedAt,
			last.ID)
	}
	var found []claims.Claim
	if err := g.Order("claims.opened_at, claims.id").Limit(f.Limit + 1).Find(&found).Error; err != nil {
		return err
	}
	if len(found) > f.Limit {
		found = found[:f.Limit]
		q.Next = found[f.Limit-1].ID
	}
	if err := claims.Fill(r, found); err != nil {
		return err
	}
	ids := make([]claims.ID, len(found))
	for i, c := range found {
		ids[i] = c.ID
	}
	counts, err := evidence.Counts(r, ids)
	if err != nil {
		return err
	}
	for _, c := range found {
		e := Entry{Claim: c, Evidence: counts[c.ID], Since: c.ChangedAt}
		if c.OpenedAt != nil && c.State == claims.Open {
			e.Since = *c.OpenedAt
		}
		if rv, ok := mine[c.ID]; ok {
			own := rv.Unnumbered()
			e.Mine = &own
		}
		e.Why, e.Detail = why(c, e.Mine, stale[c.ID])
		q.Entries = append(q.Entries, e)
	}
	return nil
}

// why says why a claim stands in the queue.
func why(c claims.Claim, mine *Review, stale string) (Why, string) {
	switch {
	case c.State == claims.InConflict:
		return WhyInConflict, beside("The reviewers disagree on the verdict.", c)
	case c.State == claims.Decided:
		return WhyDecided, beside("Decided, and wants a second pair of eyes.", c)
	case c.State == claims.Approved:
		return WhyApproved, beside("", c)
	case c.Standing != nil && c.Standing.Asks:
		return WhyMoved, moved(c)
	case mine != nil && stale != "" && mine.WordsVersion != c.WordsVersion:
		return WhyWordsChanged, stale
	case mine != nil && stale != "":
		return WhyEvidenceChanged, stale
	case mine != nil:
		return WhyWaiting, "Your review is in."
	case c.Round > 1:
		return WhyReopened, "An editor reopened it."
	}
	return WhyNew, ""
}

// moved says of a claim whose passage moved what changed there; a number, a negation or a Latin name before the rest.
func moved(c claims.Claim) string {
	weight := []string{string(text.ChangeDigit), string(text.ChangeNegation), string(text.ChangeLatin),
		string(text.ChangeMissing), string(text.ChangeRepeated)}
	words := []string{"a number differs there", "a negation differs there", "a Latin name differs there",
		"the words are gone", "the words stand there more than once"}
	for i, kind := range weight {
		for _, ch := range c.AnchorChanges {
			if ch.Kind == kind {
				return fmt.Sprintf("article has a new revision, %d; %s", c.Standing.Of, words[i])
			}
		}
	}
	return fmt.Sprintf("article has a new revision, %d", c.Standing.Of)
}

// beside adds to a reason that the claim stands in an older text.
func beside(detail string, c claims.Claim) string {
	if c.Standing == nil {
		return detail
	}
	return strings.TrimSpace(fmt.Sprintf("%s It stands in revision %d of %d.", detail, c.Standing.N, c.Standing.Of))
}
