package store

import "gorm.io/gorm"

// Groups reads the rows of a table in the order of the row they hang on, a page at a time, beside a walk over those
// parents in the order of their ids: two scans side by side instead of a question for each parent. It holds the rows of
// one parent and a page.
type Groups[T any] struct {
	r      *Rx
	parent string // the column that names the parent
	order  string // the column that orders rows of one parent; the two together are unique
	key    func(T) (parent, order int64)
	page   []T
	pages  pager[T]
	begun  bool
	done   bool
}

// GroupBy makes a Groups of T's table. key gives the values of both columns.
func GroupBy[T any](r *Rx, parent, order string, key func(T) (parent, order int64)) *Groups[T] {
	return &Groups[T]{r: r, parent: parent, order: order, key: key}
}

// Of gives the rows of one parent, in order. Parents must be asked for in the order of their ids; rows of parents that
// were passed over are left out.
func (g *Groups[T]) Of(parent int64) ([]T, error) {
	var out []T
	for {
		for i, row := range g.page {
			of, _ := g.key(row)
			if of > parent {
				g.page = g.page[i:]
				return out, nil
			}
			if of == parent {
				out = append(out, row)
			}
		}
		if g.done {
			g.page = nil
			return out, nil
		}
		if err := g.next(parent); err != nil {
			return nil, err
		}
	}
}

// next reads the page after the present one; the first begins at a parent.
func (g *Groups[T]) next(parent int64) error {
	q := g.r.Gorm().Session(&gorm.Session{})
	if !g.begun {
		q = q.Where(g.parent+" >= ?", parent)
	} else {
		last, order := g.key(g.page[len(g.page)-1])
		q = q.Where("("+g.parent+", "+g.order+") > (?, ?)", last, order)
	}
	g.begun = true
	page, more, err := g.pages.next(q.Order(g.parent + ", " + g.order))
	if err != nil {
		return err
	}
	g.page, g.done = page, !more || len(page) == 0
	return nil
}
