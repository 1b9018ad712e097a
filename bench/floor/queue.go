package main

import (
	"database/sql"
	"fmt"
	"net/http"
	"strconv"
	"strings"
)

const (
	notMine = "NOT EXISTS (SELECT 1 FROM reviews v WHERE v.reviewer_id = ?2 AND v.claim_id = c.id AND " +
		"v.superseded_at IS NULL)"
	opened = "SELECT " + claimColumns + ", c.priority" + fromClaims + "WHERE c.collection_id = ?1 AND c.state = " +
		"'open' AND " + notMine
	queueFirst = opened + " ORDER BY c.priority DESC, c.opened_at, c.id LIMIT 51"
	// a range for each column of the order, as the product has it
	queueAfter = "SELECT * FROM (SELECT * FROM (" + opened + " AND c.priority = ?3 AND c.opened_at = ?4 AND " +
		"unlikely(c.id > ?5) ORDER BY c.id LIMIT 51) UNION ALL SELECT * FROM (" + opened + " AND " +
		"c.priority = ?3 AND c.opened_at > ?4 ORDER BY c.opened_at, c.id LIMIT 51) UNION ALL SELECT * FROM (" +
		opened + " AND c.priority < ?3 ORDER BY c.priority DESC, c.opened_at, c.id LIMIT 51)) LIMIT 51"
	placeOf    = "SELECT priority, opened_at FROM claims WHERE id = ?"
	countState = "SELECT COUNT(*), COALESCE(MIN(at), 0) FROM (SELECT opened_at AS at FROM claims WHERE " +
		"collection_id = ? AND state = ? LIMIT 1001)"
	countTurn = "SELECT COUNT(*), COALESCE(MIN(at), 0) FROM (SELECT c.opened_at AS at FROM claims c WHERE " +
		"c.collection_id = ?1 AND c.state = 'open' AND " + notMine + " LIMIT 1001)"
	countMine = "SELECT COUNT(*), COALESCE(MIN(at), 0) FROM (SELECT c.opened_at AS at FROM reviews v JOIN claims c " +
		"ON c.id = v.claim_id WHERE v.reviewer_id = ? AND v.superseded_at IS NULL AND c.collection_id = ? AND " +
		"c.state = 'open' LIMIT 1001)"
	firstCandidate = "SELECT added_at FROM claims WHERE collection_id = ? AND state = 'candidate' ORDER BY id LIMIT 1"
	snoozed        = "SELECT s.claim_id FROM snoozes s JOIN claims c ON c.id = s.claim_id WHERE s.user_id = ? AND " +
		"c.collection_id = ? AND c.state = s.state AND c.round = s.round"
	questions = "SELECT q.claim_id FROM review_questions q JOIN claims c ON c.id = q.claim_id WHERE " +
		"q.reviewer_id = ? AND q.answered_at IS NULL AND c.collection_id = ? AND c.state = 'in_conflict' LIMIT 200"
	mentions = "SELECT claim_id FROM notices WHERE user_id = ? AND collection_id = ? AND kind = 'mentioned' AND " +
		"read_at IS NULL LIMIT 200"
	stances = "SELECT claim_id, stance, COUNT(*) FROM evidence WHERE claim_id IN (SELECT value FROM json_each(?)) " +
		"AND unlinked_at IS NULL GROUP BY 1, 2"
	given = "SELECT claim_id, user_id FROM assignments a WHERE claim_id IN (SELECT value FROM json_each(?)) AND " +
		"EXISTS (SELECT 1 FROM users u JOIN role_grants g ON g.user_id = u.id WHERE u.id = a.user_id AND u.enabled = " +
		"TRUE AND g.role IN ('reviewer', 'editor') AND g.collection_id IN (0, a.collection_id)) ORDER BY id"
	named = "SELECT a.id, s.name FROM articles a JOIN sources s ON s.id = a.source_id WHERE a.id IN (SELECT value " +
		"FROM json_each(?))"
)

var queueQueries = []string{queueFirst, queueAfter, placeOf, countState, countTurn, countMine, firstCandidate, snoozed,
	questions, mentions, stances, given, named}

type entry struct {
	Claim    claim          `json:"claim"`
	Why      string         `json:"why"`
	Detail   string         `json:"detail,omitempty"`
	Since    moment         `json:"since"`
	Given    []int64        `json:"given"`
	Evidence map[string]int `json:"evidence"`
	Source   string         `json:"source,omitempty"`
}

type queuePage struct {
	Tab    string            `json:"tab"`
	Counts map[string]int    `json:"counts"`
	Oldest map[string]moment `json:"oldest"`
	Fit    int               `json:"fit"`
	Langs  []string          `json:"langs"`
	Items  []entry           `json:"items"`
	Next   string            `json:"next,omitempty"`
	index  map[int64]int     // of the claims among the items
}

// queue answers with a page of what wants this person's review.
func (f *floor) queue(r *http.Request, id int64) (any, error) {
	out := queuePage{Tab: "turn", Counts: map[string]int{}, Oldest: map[string]moment{}, Langs: []string{},
		Items: []entry{}, index: map[int64]int{}}
	err := f.look(func(tx *sql.Tx) error {
		if err := f.counts(tx, &out, id, by(r)); err != nil {
			return err
		}
		query, args := queueFirst, []any{id, by(r)}
		if after := r.URL.Query().Get("after"); after != "" {
			var priority, at int64
			if err := tx.Stmt(f.s[placeOf]).QueryRow(after).Scan(&priority, &at); err != nil {
				return err
			}
			query, args = queueAfter, append(args, priority, at, after)
		}
		if err := f.each(tx, query, func(r *sql.Rows) error { return out.add(r) }, args...); err != nil {
			return err
		}
		return f.around(tx, &out)
	})
	return out, err
}

// counts counts each tab, with the moment since which its first waits. bench/fill puts nothing off and calls nobody,
// but that must be asked.
func (f *floor) counts(tx *sql.Tx, out *queuePage, in, who int64) error {
	for _, q := range []string{snoozed, questions, mentions} {
		if err := f.each(tx, q, func(*sql.Rows) error {
			return fmt.Errorf("bench/fill makes none of these: %s", q)
		}, who, in); err != nil {
			return err
		}
	}
	out.Counts["snoozed"] = 0
	for _, x := range []struct {
		tab, query string
		args       []any
	}{
		{"candidates", countState, []any{in, "candidate"}}, {"conflict", countState, []any{in, "in_conflict"}},
		{"approve", countState, []any{in, "decided"}}, {"done", countState, []any{in, "approved"}},
		{"turn", countTurn, []any{in, who}}, {"waiting", countMine, []any{who, in}},
	} {
		var n int
		var since moment
		if err := tx.Stmt(f.s[x.query]).QueryRow(x.args...).Scan(&n, &since); err != nil {
			return err
		}
		if out.Counts[x.tab] = n; n > 0 {
			out.Oldest[x.tab] = since
		}
	}
	out.Fit = out.Counts[out.Tab]
	if out.Counts["candidates"] == 0 {
		return nil
	}
	var since moment
	err := tx.Stmt(f.s[firstCandidate]).QueryRow(in).Scan(&since)
	out.Oldest["candidates"] = since
	return err
}

func (p *queuePage) add(r *sql.Rows) error {
	var priority int
	c, err := scanClaim(r, &priority)
	if len(p.Items) == 50 {
		p.Next = strconv.FormatInt(p.Items[49].Claim.ID, 10)
		return err
	}
	x := entry{Claim: c, Why: "to_review", Since: *c.OpenedAt, Given: []int64{}, Evidence: map[string]int{}}
	if c.CheckWorthy > 0 && !c.ByHand {
		x.Detail = fmt.Sprintf("worth a check: %d of 100", c.CheckWorthy)
	}
	p.index[c.ID] = len(p.Items)
	p.Items = append(p.Items, x)
	return err
}

// around reads what stands beside the claims of a page.
func (f *floor) around(tx *sql.Tx, p *queuePage) error {
	ids := make([]string, len(p.Items))
	for i, x := range p.Items {
		ids[i] = strconv.FormatInt(x.Claim.ID, 10)
	}
	all := "[" + strings.Join(ids, ",") + "]"
	if err := f.each(tx, stances, func(r *sql.Rows) error {
		var claim int64
		var stance string
		var n int
		err := r.Scan(&claim, &stance, &n)
		p.Items[p.index[claim]].Evidence[stance] = n
		return err
	}, all); err != nil {
		return err
	}
	if err := f.each(tx, given, func(r *sql.Rows) error {
		var claim, user int64
		err := r.Scan(&claim, &user)
		x := &p.Items[p.index[claim]]
		x.Given = append(x.Given, user)
		return err
	}, all); err != nil {
		return err
	}
	for i, x := range p.Items {
		ids[i] = strconv.FormatInt(x.Claim.Article, 10)
	}
	return f.each(tx, named, func(r *sql.Rows) error {
		var article int64
		var name string
		err := r.Scan(&article, &name)
		for i := range p.Items {
			if p.Items[i].Claim.Article == article {
				p.Items[i].Source = name
			}
		}
		return err
	}, "["+strings.Join(ids, ",")+"]")
}
