package review

import (
	"context"
	"fmt"
	"slices"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/evidence"
	"claimbench/internal/fault"
	"claimbench/internal/store"
)

// QueueCap is where the counting of a tab stops.
const QueueCap = 1000

// QueuePage is how many claims a page has, unless the filter says.
const QueuePage = 50

// QueueFilter says which part of the queue to read. Zero values mean any.
type QueueFilter struct {
	Collection auth.CollectionID
	Tab        Tab
	Langs      []string // in any of these; the counts of the tabs keep to them too
	Article    articles.ID
	Source     articles.SourceID
	State      claims.State
	Verdict    claims.Verdict // one of claims.Verdicts, or claims.NoVerdict
	Mine       bool           // opened by this person
	Assignee   auth.UserID    // given to this person
	Unassigned bool           // given to nobody
	Text       string         // words of the statement, the quotation, the glosses
	Order      Order          // "": the longest wait first
	Calls      []Call         // what asks for this person beside the rounds
	After      claims.ID      // the last claim of the page before
	Listed     bool           // candidates are listed too: by what the rules found them worth
	Limit      int            // 0: QueuePage
	Now        store.Micros   // what was put off until before it is back
}

// Narrow says that it leaves out more than other languages.
func (f QueueFilter) Narrow() bool {
	return f.Article != 0 || f.Source != 0 || f.State != "" || f.Verdict != "" || f.Mine ||
		f.Assignee != 0 || f.Unassigned || f.Text != ""
}

// Entry is a claim in the queue, with why it is there.
type Entry struct {
	Claim    claims.Claim            `json:"claim"`
	Why      Why                     `json:"why"`
	Detail   string                  `json:"detail" words:"own"` // a sentence more
	Since    store.Micros            `json:"since"`
	Until    store.Micros            `json:"until"`    // of one that this person put off; 0: they did not
	Evidence map[evidence.Stance]int `json:"evidence"` // items by stance
	Mine     *Review                 `json:"mine,omitempty"`
	Given    []auth.UserID           `json:"given" words:"fact"` // to whom it was given
}

// Queue is one page of a tab with what every tab holds.
type Queue struct {
	Entries []Entry              `json:"entries"`
	Next    claims.ID            `json:"next"`   // After of the next page, 0 at the end
	Counts  map[Tab]int          `json:"counts"` // each at most QueueCap+1
	Oldest  map[Tab]store.Micros `json:"oldest"` // since when the first of each waits; none of an empty tab
	Fit     int                  `json:"fit"`    // of this tab, those that the filter leaves; at most QueueCap+1
}

// All is how many claims are in the tabs that a claim goes through once it was accepted, and whether they were counted
// to the end.
func (q Queue) All() (n int, whole bool) {
	whole = true
	for tab, k := range q.Counts {
		if tab != TabCandidates {
			n, whole = n+k, whole && k <= QueueCap
		}
	}
	return n, whole
}

// Queue reads a tab, the longest wait first.
func (s *Service) Queue(ctx context.Context, actor auth.Actor, f QueueFilter) (q Queue, err error) {
	defer fault.In(&err, "review.Queue(collection %d)", f.Collection)
	if _, err := s.policy.May(actor, auth.ThingReview, auth.Read, f.Collection); err != nil {
		return q, err
	}
	if f.Now == 0 {
		f.Now = s.db.Now()
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
		f.Limit = QueuePage
	}
	if !Tabs.Has(f.Tab) {
		return q, fault.New(fault.NotFound, "There is no queue named “%s”.", f.Tab)
	}
	w, err := waitingOf(r, by, f)
	if err != nil {
		return q, err
	}
	p := part{Rx: r, f: f, by: by, waiting: w}
	if q, err = p.counted(); err != nil || f.Tab == TabCandidates && !f.Listed {
		return q, err
	}
	found, err := p.page()
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

// CountsOf counts what every tab holds, as QueueOf does without its page; it asks no permission.
func CountsOf(r *store.Rx, by auth.UserID, f QueueFilter) (map[Tab]int, error) {
	w, err := waitingOf(r, by, f)
	if err != nil {
		return nil, err
	}
	p := part{Rx: r, f: f, by: by, waiting: w}
	q, err := p.counted()
	return q.Counts, err
}

// IDsOf gives the numbers of the claims of a tab that fit a filter, in order, at most a number of them. It asks no
// permission.
func IDsOf(r *store.Rx, by auth.UserID, f QueueFilter, most int) ([]claims.ID, error) {
	w, err := waitingOf(r, by, f)
	if err != nil {
		return nil, err
	}
	p := part{Rx: r, f: f, by: by, waiting: w}
	of, err := p.narrowed(p.tab(f.Tab))
	if err != nil {
		return nil, err
	}
	var out []claims.ID
	for _, a := range of {
		ids, err := store.Select[claims.ID](r, fmt.Sprintf("SELECT id FROM claims WHERE %s LIMIT %d", a.where, most),
			a.args...)
		if err != nil {
			return nil, err
		}
		out = append(out, ids...)
	}
	slices.Sort(out)
	out = slices.Compact(out)
	return out[:min(len(out), most)], nil
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
	given, err := assigneesOf(r, ids)
	if err != nil {
		return nil, err
	}
	changed, err := changedSince(r, found)
	if err != nil {
		return nil, err
	}
	for _, c := range found {
		e := Entry{Claim: c, Given: given[c.ID], Evidence: counts[c.ID], Since: c.AddedAt, Until: w.until(c.ID)}
		if c.OpenedAt != nil {
			e.Since = *c.OpenedAt
		}
		if rv, ok := mine[c.ID]; ok {
			own := rv.Unnumbered()
			e.Mine = &own
		}
		e.because(standing{Claim: c, mine: e.Mine, stale: w.stale[c.ID], calls: w.calls[c.ID], back: w.back[c.ID],
			changed: changed[c.ID]})
		out = append(out, e)
	}
	return out, nil
}

// changedSince says of which claims whose round is over the evidence was linked or unlinked after the decision, or,
// while there is none, after the round closed. Nothing of a round that is open is in it.
func changedSince(r *store.Rx, of []claims.Claim) (map[claims.ID]bool, error) {
	var ids store.IDs[claims.ID]
	for _, c := range of {
		if c.State == claims.Decided || c.State == claims.InConflict {
			ids = append(ids, c.ID)
		}
	}
	out := map[claims.ID]bool{}
	if len(ids) == 0 {
		return out, nil
	}
	found, err := store.Select[claims.ID](r, "SELECT DISTINCT k.id FROM (SELECT c.id, COALESCE((SELECT d.decided_at "+
		"FROM decisions d WHERE d.round_id = rd.id), rd.closed_at) AS since FROM claims c JOIN review_rounds rd ON "+
		"rd.claim_id = c.id AND rd.n = c.round AND rd.closed_at IS NOT NULL WHERE c.id IN "+store.InList(r)+") k "+
		"JOIN evidence e ON e.claim_id = k.id WHERE e.linked_at > k.since OR e.unlinked_at > k.since", ids)
	for _, id := range found {
		out[id] = true
	}
	return out, err
}
