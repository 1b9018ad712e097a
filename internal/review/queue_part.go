package review

import (
	"fmt"
	"strings"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/search"
	"claimbench/internal/store"
)

// part is a part of the queue being read for one person.
type part struct {
	*store.Rx
	waiting
	f       QueueFilter
	by      auth.UserID
	holding *search.Holding // what the words of the filter ask for; read once
}

// stateOf is the state of the claims of each tab that has one.
var stateOf = map[Tab]claims.State{TabCandidates: claims.Candidate, TabTurn: claims.Open,
	TabConflict: claims.InConflict, TabApprove: claims.Decided, TabDone: claims.Approved}

// page reads the claims of a page of a tab, and one more when there is another page.
func (p *part) page() ([]claims.Claim, error) {
	var last *claims.Claim
	if p.f.After != 0 {
		c, err := store.Get[claims.Claim](p.Rx, "such claim", "SELECT * FROM claims WHERE id = ? AND collection_id = ?",
			p.f.After, p.f.Collection)
		if err != nil {
			return nil, err // of another collection, or never there: it must not tell which
		}
		last = &c
	}
	of, err := p.narrowed(p.tab(p.f.Tab))
	if err != nil || len(of) == 0 {
		return nil, err
	}
	query, args := pageOf(p.Rx, of, p.f.Order, last, p.f.Limit+1)
	return store.Select[claims.Claim](p.Rx, query, args...)
}

// tab is what a tab holds in the languages asked for: conditions that leave each other out; none when it is empty.
func (p part) tab(t Tab) []among {
	within := func(collection string) among {
		in := among{collection + " = ?", []any{p.f.Collection}}
		if len(p.f.Langs) > 0 && t == TabCandidates { // their index goes by the language, and nothing is sorted
			return in.and("lang IN ?", p.f.Langs)
		}
		if len(p.f.Langs) > 0 {
			// As an expression, so that no engine goes by the language and sorts what it finds: the order's own index
			// holds the language too, and stops at the limit.
			in = in.and("lang || '' IN ?", p.f.Langs)
		}
		return in
	}
	in := within("collection_id")
	// With + no engine reads the index of all claims of the collection to find a few that are named.
	few := func(ids store.IDs[claims.ID]) among {
		return within("+collection_id").and(store.AnyOf(p.Rx, "id"), ids)
	}
	these := func(ids store.IDs[claims.ID]) []among {
		if len(ids) == 0 {
			return nil
		}
		return []among{few(ids)}
	}
	switch t {
	case TabWaiting:
		return these(p.others)
	case TabSnoozed:
		return these(p.snoozedIDs())
	}
	if t == TabCandidates {
		return []among{in.and("state = 'candidate'")} // in words, for an index holds candidates only
	}
	state := in.and("state = ?", stateOf[t])
	state = state.and("opened_at IS NOT NULL")
	if away := p.away(t); len(away) > 0 {
		state = state.and("id NOT IN "+store.InList(p.Rx), away)
	}
	out := []among{state}
	if t == TabTurn && len(p.callers) > 0 {
		out = append(out, few(p.callers).and("state IN ?", []claims.State{claims.InConflict, claims.Decided,
			claims.Approved}))
	}
	return out
}

// away are the claims of a state that stand in another tab of this person.
func (p part) away(t Tab) store.IDs[claims.ID] {
	snoozed := p.snoozedIDs()
	switch t {
	case TabTurn:
		return append(snoozed, p.others...)
	case TabConflict, TabApprove, TabDone:
		return append(snoozed, p.callers...)
	}
	return nil
}

// narrowed adds to each condition what else is asked for.
func (p *part) narrowed(of []among) ([]among, error) {
	all := among{}
	add := func(asked bool, where string, args ...any) {
		if asked {
			all.where, all.args = all.where+" AND "+where, append(all.args, args...)
		}
	}
	f := p.f
	add(f.Article != 0, "article_id = ?", f.Article)
	add(f.Source != 0, "article_id IN (SELECT id FROM articles WHERE source_id = ?)", f.Source)
	add(f.State != "", "state = ?", f.State)
	add(f.Verdict == claims.NoVerdict, "verdict = ''")
	add(f.Verdict != "" && f.Verdict != claims.NoVerdict, "verdict = ?", f.Verdict)
	add(f.Mine, "opened_by = ?", p.by)
	add(f.Assignee != 0, "id IN (SELECT claim_id FROM assignments WHERE user_id = ? AND collection_id = ?)", f.Assignee,
		f.Collection)
	add(f.Unassigned, "NOT EXISTS (SELECT 1 FROM assignments WHERE claim_id = claims.id AND "+holds+")", true)
	if f.Text != "" {
		if p.holding == nil {
			h, err := search.ClaimsHolding(p.Rx, f.Text)
			if err != nil {
				return nil, err
			}
			p.holding = &h
		}
		h := p.holding
		add(true, "id IN (SELECT claims.id FROM "+h.From+" WHERE "+h.Condition+")", h.Argument)
		// what was taken down is not found by its words
		add(true, "EXISTS (SELECT 1 FROM articles WHERE articles.id = claims.article_id AND articles.state = ?)",
			articles.Live)
	}
	out := make([]among, len(of))
	for i, a := range of {
		out[i] = among{a.where + all.where, append(a.args[:len(a.args):len(a.args)], all.args...)}
	}
	return out, nil
}

// oldestCandidates are conditions among which the candidate is that waits longest: of each, the one with the lowest
// number, for no index knows when candidates came.
func (p *part) oldestCandidates() (out []among) {
	if len(p.f.Langs) == 0 {
		return p.tab(TabCandidates)
	}
	for _, l := range p.f.Langs {
		out = append(out, among{"collection_id = ? AND state = 'candidate' AND lang = ?", []any{p.f.Collection, l}})
	}
	return out
}

// CandidatesOnly are the candidates that a filter leaves, for claims.ByWorthOf. A filter by what only claims have that
// were accepted leaves none.
func CandidatesOnly(r *store.Rx, by auth.UserID, f QueueFilter) (claims.Only, error) {
	p := part{Rx: r, f: f, by: by}
	only := among{}
	if len(f.Langs) > 0 {
		only = only.and("lang IN ?", f.Langs)
	}
	of, err := p.narrowed([]among{only})
	if err != nil {
		return claims.Only{}, err
	}
	return claims.Only{Where: strings.TrimPrefix(of[0].where, " AND "), Args: of[0].args}, nil
}

const noMoment = "CAST(NULL AS BIGINT)"

// counted counts every tab up to QueueCap+1, with the moment since which the first of it waits, and what the filter
// leaves of this one, in one query.
func (p *part) counted() (q Queue, err error) {
	var parts []string
	var args []any
	add := func(name string, of []among, since string) {
		for _, a := range of {
			parts = append(parts, fmt.Sprintf("SELECT '%s' AS tab, COUNT(*) AS n, MIN(since) AS since FROM "+
				"(SELECT %s AS since FROM claims WHERE %s LIMIT %d) AS of%d", name, since, a.where, QueueCap+1,
				len(parts)))
			args = append(args, a.args...)
		}
	}
	for _, tab := range Tabs.Names() {
		if tab != TabCandidates {
			add(string(tab), p.tab(tab), "opened_at")
			continue
		}
		add(string(tab), p.tab(tab), noMoment)
		for _, of := range p.oldestCandidates() {
			parts = append(parts, "SELECT '"+string(tab)+"' AS tab, 0 AS n, added_at AS since FROM claims WHERE id = "+
				"(SELECT MIN(id) FROM claims WHERE "+of.where+")")
			args = append(args, of.args...)
		}
	}
	if p.f.Narrow() && p.f.Tab != TabCandidates {
		of, err := p.narrowed(p.tab(p.f.Tab))
		if err != nil {
			return q, err
		}
		add("fit", of, noMoment)
	}
	rows, err := store.Select[struct {
		Tab   string
		N     int
		Since store.Micros
	}](p.Rx, strings.Join(parts, " UNION ALL "), args...)
	q = Queue{Counts: map[Tab]int{}, Oldest: map[Tab]store.Micros{}}
	for _, tab := range Tabs.Names() {
		q.Counts[tab] = 0
	}
	for _, x := range rows {
		if x.Tab == "fit" {
			q.Fit = min(q.Fit+x.N, QueueCap+1)
			continue
		}
		tab := Tab(x.Tab)
		q.Counts[tab] = min(q.Counts[tab]+x.N, QueueCap+1)
		if old := q.Oldest[tab]; x.Since != 0 && (old == 0 || x.Since < old) {
			q.Oldest[tab] = x.Since
		}
	}
	if !p.f.Narrow() {
		q.Fit = q.Counts[p.f.Tab]
	}
	return q, err
}
