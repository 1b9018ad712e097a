package store

import (
	"reflect"

	"gorm.io/gorm"
)

// eachPage is how many rows are read at once.
const eachPage = 500

// pager reads a table page by page.
type pager[T any] struct{ most int }

// next reads the next rows of a question, and says whether there may be more. Where long rows fill a page before it has
// all that were asked for, the next page asks for no more than that.
func (p *pager[T]) next(q *gorm.DB) (out []T, more bool, err error) {
	if p.most == 0 {
		p.most = eachPage
	}
	out, full, err := readRows[T](q.Limit(p.most))
	more = full || len(out) == p.most
	if p.most = min(2*p.most, eachPage); full {
		p.most = max(1, len(out))
	}
	return out, more, err
}

// Each reads every row of T's table in the order of its id column, a page at a time. T must have a field ID.
func Each[T any](r *Rx, do func(T) error) error {
	return EachWhere(r, func(g *gorm.DB) *gorm.DB { return g }, do)
}

// EachWhere is Each over the rows that a condition lets through.
func EachWhere[T any](r *Rx, where func(*gorm.DB) *gorm.DB, do func(T) error) error {
	var pages pager[T]
	after := func(g *gorm.DB) *gorm.DB { return g } // a row may go by a number below zero: somebody may have put it in
	for {
		page, more, err := pages.next(after(where(r.Gorm())).Order("id"))
		if err != nil {
			return err
		}
		for _, row := range page {
			if err := do(row); err != nil {
				return err
			}
		}
		if !more || len(page) == 0 {
			return nil
		}
		last := reflect.ValueOf(page[len(page)-1]).FieldByName("ID").Int()
		after = func(g *gorm.DB) *gorm.DB { return g.Where("id > ?", last) }
	}
}
