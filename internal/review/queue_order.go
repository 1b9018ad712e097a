package review

import (
	"fmt"
	"slices"
	"strings"

	"claimbench/internal/claims"
	"claimbench/internal/store"
	"claimbench/internal/term"
)

// Order is the order of a tab.
type Order string

// The orders.
const (
	ByWait Order = "wait"
	ByRank Order = "worth"
	ByText Order = "article"
)

// Orders are the orders of the queue; the first is the usual one.
var Orders = term.New("order of the queue",
	term.Term[Order]{Name: ByWait, Word: "longest wait first", About: "What an editor put first comes before."},
	term.Term[Order]{Name: ByRank, Word: "most worth a check first", About: "What an editor put first comes before."},
	term.Term[Order]{Name: ByText, Word: "by article", About: "As they stand in the text."},
)

// column is a column that a list is ordered by.
type column struct {
	name string
	desc bool
	of   func(claims.Claim) any
}

func (c column) String() string {
	if c.desc {
		return c.name + " DESC"
	}
	return c.name
}

// behind is the condition that a claim comes later by this column.
func (c column) behind(r *store.Rx) string {
	switch {
	case c.desc:
		return c.name + " < ?"
	case c.name == byID.name:
		return store.Seldom(r, c.name+" > ?")
	}
	return c.name + " > ?"
}

var (
	byPriority = column{"priority", true, func(c claims.Claim) any { return c.Priority }}
	byID       = column{"id", false, func(c claims.Claim) any { return c.ID }}
)

// columnsOf are the columns of each order; the last is the claim's number, so that no two are equal. An index of claims
// (claims_queue…) goes by each.
var columnsOf = map[Order][]column{
	ByWait: {byPriority, {"opened_at", false, func(c claims.Claim) any {
		if c.OpenedAt == nil {
			return store.Micros(0)
		}
		return *c.OpenedAt
	}}, byID},
	ByRank: {byPriority, {"checkworthy", true, func(c claims.Claim) any { return c.CheckWorthy }}, byID},
	ByText: {{"article_id", false, func(c claims.Claim) any { return c.ArticleID }},
		{"start_cp", false, func(c claims.Claim) any { return c.Start }}, byID},
}

func (o Order) columns() []column {
	if of := columnsOf[o]; of != nil {
		return of
	}
	return columnsOf[ByWait]
}

// list is SQL for the columns of an order.
func list(columns []column) string {
	out := make([]string, len(columns))
	for i, c := range columns {
		out[i] = c.String()
	}
	return strings.Join(out, ", ")
}

// among is a condition on claims with the values of its placeholders.
type among struct {
	where string
	args  []any
}

func (a among) and(where string, args ...any) among {
	return among{a.where + " AND " + where, slices.Concat(a.args, args)}
}

// pageOf is the statement that reads at most n claims of some conditions that leave each other out, in an order, behind
// a claim (nil: from the first). The place is a row of values, but no engine goes to (a, b, id) > (?, ?, ?) in one step
// of the index: it would read all that have the same a. So it is a range for each column: the rest of what is equal in
// all columns before it.
func pageOf(r *store.Rx, of []among, o Order, last *claims.Claim, n int) (string, []any) {
	columns, what := o.columns(), "*"
	past := store.PastOf(r.Context()) != nil
	if past { // which claims they are is asked of their spells, and the rest of these only
		what = names(columns)
	}
	var parts []string
	var args []any
	add := func(a among, order []column) {
		if last == nil && len(of) == 1 {
			parts = append(parts, "SELECT "+what+" FROM claims WHERE "+a.where)
			args = append(args, a.args...)
			return
		}
		parts = append(parts, fmt.Sprintf("SELECT * FROM (SELECT %s FROM claims WHERE %s ORDER BY %s LIMIT %d) "+
			"AS part%d", what, a.where, list(order), n, len(parts)))
		args = append(args, a.args...)
	}
	for _, a := range of {
		if last == nil {
			add(a, columns)
			continue
		}
		for i := len(columns) - 1; i >= 0; i-- {
			rest := a
			for _, c := range columns[:i] {
				rest = rest.and(c.name+" = ?", c.of(*last))
			}
			add(rest.and(columns[i].behind(r), columns[i].of(*last)), columns[i:])
		}
	}
	query := fmt.Sprintf("%s ORDER BY %s LIMIT %d", strings.Join(parts, " UNION ALL "), list(columns), n)
	if past {
		query = "SELECT * FROM claims WHERE id IN (SELECT id FROM (" + query + ") AS page) ORDER BY " + list(columns)
	}
	return query, args
}

func names(columns []column) string {
	out := make([]string, len(columns))
	for i, c := range columns {
		out[i] = c.name
	}
	return strings.Join(out, ", ")
}
