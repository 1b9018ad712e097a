package review

import (
	"context"
	"fmt"
	"maps"
	"slices"
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
	Detail   string                  `json:"detail" words:"own"` // a sentence more
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
	defer fault.In(&err, "review.Queue(collection %d)", f.Collection)
	if _, err := s.policy.May(actor, auth.ThingReview, auth.Read, f.Collection); err != nil {
		return q, err
	}
	err = s.db.Read(ctx, func(r *store.Rx) error {
		q, err = QueueOf(r, actor.UserID, f)
		return err
	})
	return q, err
}

// QueueOf is Queue inside a transaction, in a number of queries that does not grow with the data; it asks no
// permission. Reviews in it are the person's own, without their numbers.
func QueueOf(r *store.Rx, by auth.UserID, f QueueFilter) (q Queue, err error) {
	if f.Tab == "" {
		f.Tab = TabTurn
	}
	if f.Limit <= 0 || f.Limit > 100 {
		f.Limit = 50
	}
	mine, err := myOpen(r, by, f.Collection)
	if err != nil {
		return q, err
	}
	if q.Counts, err = counts(r, f.Collection, by, mine); err != nil {
		return q, err
	}
	g := inTab(r.Gorm(), f.Tab, f.Collection, by, mine)
	if g == nil {
		return q, fault.New(fault.NotFound, "There is no queue named “%s”.", f.Tab)
	}
	return q, page(r, g, f, mine, &q)
}

// counts counts every tab in one query, each up to QueueCap+1.
func counts(r *store.Rx, c auth.CollectionID, by auth.UserID, mine waiting) (map[Tab]int, error) {
	var parts []string
	var args []any
	for _, tab := range Tabs.Names() {
		parts = append(parts, "SELECT '"+string(tab)+"' AS tab, COUNT(*) AS n FROM (?) AS of_"+string(tab))
		args = append(args, inTab(r.Gorm(), tab, c, by, mine).Select("claims.id").Limit(QueueCap+1))
	}
	var rows []struct {
		Tab Tab
		N   int
	}
	err := r.Gorm().Raw(strings.Join(parts, " UNION ALL "), args...).Scan(&rows).Error
	out := map[Tab]int{}
	for _, x := range rows {
		out[x.Tab] = x.N
	}
	return out, err
}

// waiting is a person's own standing reviews in rounds that are open, and why those that are stale are.
type waiting struct {
	mine  map[claims.ID]Review
	stale map[claims.ID]string
}

// myRow is an own review with what its staleness is judged by.
type myRow struct {
	Review
	WordsNow int64                  `gorm:"column:words_now"`
	Own      evidence.ArticleOrigin `gorm:"embedded;embeddedPrefix:own_"`
}

// myOpen reads the standing reviews of a person in open rounds of a collection, and judges each, in two queries.
func myOpen(r *store.Rx, by auth.UserID, c auth.CollectionID) (w waiting, err error) {
	w = waiting{mine: map[claims.ID]Review{}, stale: map[claims.ID]string{}}
	var all []myRow
	if err := r.Gorm().Table("reviews").Select(
		"reviews.*, claims.words_version AS words_now, claims.article_id AS own_article_id, "+
			"COALESCE(ao.version, 0) AS own_version, COALESCE(ao.confirmed_at, 0) AS own_confirmed_at").Joins(
		"JOIN claims ON claims.id = reviews.claim_id AND claims.collection_id = ? AND claims.state = ?", c,
		claims.Open).
		Joins("JOIN review_rounds ON review_rounds.id = reviews.round_id AND review_rounds.n = claims.round").
		Joins("LEFT JOIN article_origins ao ON ao.article_id = claims.article_id").
		Where("reviews.reviewer_id = ? AND reviews.superseded_at IS NULL", by).Scan(&all).Error; err != nil {
		return w, err
	}
	ids := make([]claims.ID, len(all))
	for i, rv := range all {
		ids[i] = rv.ClaimID
	}
	items, err := evidence.KnownOf(r, ids)
	if err != nil {
		return w, err
	}
	for _, rv := range all {
		w.mine[rv.ClaimID] = rv.Review
		if why := staleness(rv.Review, rv.WordsNow, around{items: items[rv.ClaimID], own: rv.Own,
			until: now}); why != "" {
			w.stale[rv.ClaimID] = why
		}
	}
	return w, nil
}

// inMyRound is SQL that is true of claims on which a person has a standing review in the present round.
const inMyRound = `EXISTS (SELECT 1 FROM reviews rv JOIN review_rounds rd ON rd.id = rv.round_id AND rd.n = claims.round
	WHERE rv.claim_id = claims.id AND rv.reviewer_id = ? AND rv.superseded_at IS NULL)`

// inTab is the condition of a tab; nil for a tab that is none.
func inTab(g *gorm.DB, tab Tab, c auth.CollectionID, by auth.UserID, mine waiting) *gorm.DB {
	g = g.Model(&claims.Claim{}).Where("claims.collection_id = ?", c)
	stale := append(slices.Sorted(maps.Keys(mine.stale)), -1)
	switch tab {
	case TabTurn:
		return g.Where("claims.state = ? AND (NOT "+inMyRound+" OR claims.id IN ? OR "+claims.AsksCondition+")",
			claims.Open, by, stale)
	case TabWaiting:
		return g.Where("claims.state = ? AND "+inMyRound+" AND claims.id NOT IN ? AND NOT "+claims.AsksCondition,
			claims.Open, by, stale)
	case TabConflict:
		return g.Where("claims.state = ?", claims.InConflict)
	case TabApprove:
		return g.Where("claims.state = ?", claims.Decided)
	case TabDone:
		return g.Where("claims.state = ?", claims.Approved)
	}
	return nil
}

func page(r *store.Rx, g *gorm.DB, f QueueFilter, mine waiting, q *Queue) error {
	if f.After != 0 {
		var last claims.Claim
		if err := store.Take(r.Gorm().Select("id, opened_at"), &last, "such claim", "id = ? AND collection_id = ?",
			f.After, f.Collection); err != nil {
			return err // of another collection, or never there: it must not tell which
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
		if rv, ok := mine.mine[c.ID]; ok {
			own := rv.Unnumbered()
			e.Mine = &own
		}
		e.Why, e.Detail = why(c, e.Mine, mine.stale[c.ID])
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
