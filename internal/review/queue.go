package review

import (
	"context"
	"fmt"
	"slices"
	"strings"

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
// permission. Reviews in it are the person's own, without their numbers. Candidates are counted only: their list is
// claims.ByWorthOf.
func QueueOf(r *store.Rx, by auth.UserID, f QueueFilter) (q Queue, err error) {
	if f.Tab == "" {
		f.Tab = TabTurn
	}
	if f.Limit <= 0 || f.Limit > 100 {
		f.Limit = 50
	}
	state, known := stateOf[f.Tab]
	if !known {
		return q, fault.New(fault.NotFound, "There is no queue named “%s”.", f.Tab)
	}
	w, err := waitingOf(r, by, f.Collection)
	if err != nil {
		return q, err
	}
	if q.Counts, err = openCounts(r, f.Collection, w); err != nil {
		return q, err
	}
	if f.Tab == TabCandidates {
		return q, nil
	}
	found, err := claimsOf(r, f, state, w)
	if err != nil {
		return q, err
	}
	if len(found) > f.Limit {
		found = found[:f.Limit]
		q.Next = found[f.Limit-1].ID
	}
	q.Entries, err = entries(r, found, w)
	return q, err
}

// stateOf is the state of the claims of each tab.
var stateOf = map[Tab]claims.State{TabCandidates: claims.Candidate, TabTurn: claims.Open, TabWaiting: claims.Open,
	TabConflict: claims.InConflict, TabApprove: claims.Decided, TabDone: claims.Approved}

// claimsOf reads the claims of a page of a tab, and one more when there is another page.
func claimsOf(r *store.Rx, f QueueFilter, state claims.State, w waiting) (found []claims.Claim, err error) {
	last, err := lastOf(r, f)
	if err != nil {
		return nil, err
	}
	if f.Tab == TabWaiting {
		ids := w.after(last, f.Limit+1)
		if len(ids) == 0 {
			return nil, nil
		}
		return store.Select[claims.Claim](r, "SELECT * FROM claims WHERE id IN "+store.InList(r)+
			" ORDER BY opened_at, id", ids)
	}
	where, args := "collection_id = ? AND state = ?", []any{f.Collection, state}
	if f.Tab == TabTurn && len(w.others) > 0 {
		where, args = where+" AND id NOT IN "+store.InList(r), append(args, w.ids())
	}
	if last == (turn{}) {
		return store.Select[claims.Claim](r, fmt.Sprintf("SELECT * FROM claims WHERE %s ORDER BY opened_at, id "+
			"LIMIT %d", where, f.Limit+1), args...)
	}
	// The place is a pair, but no engine goes to (opened_at, id) > (?, ?) in one step of the index: it would read all
	// that were opened at the same moment. So it is two ranges: the rest of that moment, and what came later.
	part := "SELECT * FROM (SELECT * FROM claims WHERE " + where + " AND %s LIMIT %d) AS %s"
	most := f.Limit + 1
	both := slices.Concat(args, []any{last.opened, last.claim}, args, []any{last.opened})
	return store.Select[claims.Claim](r, fmt.Sprintf(part+" UNION ALL "+part+" ORDER BY opened_at, id LIMIT %d",
		"opened_at = ? AND id > ? ORDER BY id", most, "rest", "opened_at > ? ORDER BY opened_at, id", most, "later",
		most), both...)
}

// lastOf is the place in the queue of the last claim of the page before.
func lastOf(r *store.Rx, f QueueFilter) (turn, error) {
	if f.After == 0 {
		return turn{}, nil
	}
	var last claims.Claim
	err := store.Take(r.Gorm().Select("id, opened_at"), &last, "such claim", "id = ? AND collection_id = ?", f.After,
		f.Collection)
	if err != nil {
		return turn{}, err // of another collection, or never there: it must not tell which
	}
	t := turn{claim: last.ID}
	if last.OpenedAt != nil {
		t.opened = *last.OpenedAt
	}
	return t, nil
}

func entries(r *store.Rx, found []claims.Claim, w waiting) (out []Entry, err error) {
	if err := claims.Fill(r, found); err != nil {
		return nil, err
	}
	ids := make([]claims.ID, len(found))
	for i, c := range found {
		ids[i] = c.ID
	}
	counts, err := evidence.Counts(r, ids)
	if err != nil {
		return nil, err
	}
	mine, err := w.own(r, found)
	if err != nil {
		return nil, err
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
		e.Why, e.Detail = why(c, e.Mine, w.stale[c.ID])
		out = append(out, e)
	}
	return out, nil
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
