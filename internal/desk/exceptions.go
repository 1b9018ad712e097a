package desk

import (
	"context"
	"strings"

	"claimbench/internal/auth"
	"claimbench/internal/exceptions"
	"claimbench/internal/fault"
	"claimbench/internal/history"
)

// Exceptions is what an auditor asks by rule: how many rows each has.
type Exceptions struct {
	Frame    Frame
	Rules    []exceptions.Counted
	ReadsAll bool // of all collections, and so may take a signed report home
}

// RuleRows is a page of the rows of one rule.
type RuleRows struct {
	Frame    Frame
	Rule     exceptions.Rule
	Rows     []exceptions.Row
	Next     string // the address of the next page, "" on the last
	ReadsAll bool   // events are named by their numbers
}

// Exceptions answers the page of all rules.
func (d *Desk) Exceptions(ctx context.Context, actor auth.Actor) (out Exceptions, err error) {
	defer fault.In(&err, "desk.Exceptions()")
	err = d.look(ctx, actor, func(l *look) error {
		scope, err := l.scope()
		if err != nil {
			return err
		}
		if out.Frame, err = l.frame(0); err != nil {
			return err
		}
		out.ReadsAll = scope.All
		out.Rules, err = exceptions.Count(l.rx, scope)
		return err
	})
	return out, err
}

func (l *look) scope() (exceptions.Scope, error) {
	return exceptions.ScopeOf(l.h.Policy, l.actor, l.now())
}

// RuleRows answers the page of one rule. Where a page begins is a pair of numbers that count what others did, so
// whoever does not read everything is given it as the history gives them its older pages.
func (d *Desk) RuleRows(ctx context.Context, actor auth.Actor, name exceptions.Name, before string) (out RuleRows,
	err error) {
	defer fault.In(&err, "desk.RuleRows(%s)", name)
	pages, err := d.pages(ctx)
	if err != nil {
		return out, err
	}
	err = d.look(ctx, actor, func(l *look) error {
		scope, err := l.scope()
		if err != nil {
			return err
		}
		out.ReadsAll = scope.All
		if out.Rule, err = exceptions.Find(name); err != nil {
			return err
		}
		if !scope.Holds(out.Rule) {
			return fault.New(fault.NotFound, "“%s” is asked of everything; you read some collections.", out.Rule.Title)
		}
		at, err := placeOf(before, pages, scope.All)
		if err != nil {
			return err
		}
		if out.Frame, err = l.frame(0); err != nil {
			return err
		}
		rows, next, err := exceptions.Page(l.rx, out.Rule, scope, at, exceptions.PageSize)
		if next != nil {
			out.Next = placeWords(*next, pages, scope.All)
		}
		for _, row := range rows {
			out.Rows = append(out.Rows, unnumberedRow(row, scope.All))
		}
		return err
	})
	return out, err
}

// unnumberedRow takes the numbers of events out of a row, for whoever does not read everything.
func unnumberedRow(row exceptions.Row, readsAll bool) exceptions.Row {
	if !readsAll {
		row.First, row.Second, row.Event = 0, 0, 0
		row.Object = history.Entry{Object: row.Object}.Unnumbered().Object
	}
	return row
}

func placeWords(p exceptions.Place, pages history.Pages, readsAll bool) string {
	if readsAll {
		return p.String()
	}
	return pages.Write(p.First, false) + "." + pages.Write(p.Second, false)
}

func placeOf(s string, pages history.Pages, readsAll bool) (p exceptions.Place, err error) {
	if readsAll || s == "" {
		return exceptions.ParsePlace(s)
	}
	first, second, _ := strings.Cut(s, ".")
	if p.First, err = pages.Read(first, false); err == nil {
		p.Second, err = pages.Read(second, false)
	}
	if err == nil && (p.First <= 0 || second == "") {
		err = fault.New(fault.NotFound, "This page is not here any more; begin again.")
	}
	return p, err
}

// ReportAsk chooses a report of exceptions as a person may take it home.
func (d *Desk) ReportAsk(actor auth.Actor, form string, rule exceptions.Name) (_ exceptions.Ask, err error) {
	defer fault.In(&err, "desk.ReportAsk(%s, %s)", form, rule)
	scope, err := exceptions.ScopeOf(d.h.Policy, actor, d.h.DB.Now())
	return exceptions.Ask{Form: form, Rule: rule, Scope: scope, By: actor.Name}, err
}
