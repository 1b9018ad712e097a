package history

import "claimbench/internal/store"

// cells takes the values of one row, one after the other. SQLite packs a page of rows into one value (store.Pack), for
// a verification reads some ten rows an event. Where a value there is of another kind than its column's (SQLite lets
// any column hold any), the page is read once more, as on PostgreSQL: then cells takes the values as the driver has
// them, and reads that one as database/sql does, with its errors.
type cells struct {
	pack    *store.Pack // nil: as the driver has them
	strange bool        // the pack holds a value that is not of its column's kind
	texts   []string    // memory for texts of which there may be none, in pieces

	values []any
	into   []any
	at     int // the column whose turn it is
	scan   func(...any) error
	err    error
	odd    bool // a value was of another kind than its column's
}

// textsAtOnce is how many texts a piece of their memory holds.
const textsAtOnce = 1024

// packed says whether the value whose turn it is lies in a pack and is of a kind; one of another kind is passed over.
func (c *cells) packed(kind byte) bool {
	if c.pack.Kind() == kind {
		return true
	}
	c.pack.Skip()
	c.strange = true
	return false
}

// packedOrNone is packed of a value that there may not be.
func (c *cells) packedOrNone(kind byte) bool {
	if c.pack.Kind() == store.PackedNull {
		c.pack.Skip()
		return false
	}
	return c.packed(kind)
}

func newCells(columns int) *cells {
	c := &cells{values: make([]any, columns), into: make([]any, columns)}
	for i := range c.values {
		c.into[i] = &c.values[i]
	}
	return c
}

// next gives the value whose turn it is.
func (c *cells) next() any {
	c.at++
	return c.values[c.at-1]
}

// otherwise reads the present value into a variable of the column's kind as database/sql does; the row is still there.
func (c *cells) otherwise(into any) {
	c.odd = c.odd || c.values[c.at-1] != nil
	if c.err != nil {
		return
	}
	var skipped any
	all := make([]any, len(c.values))
	for i := range all {
		all[i] = &skipped
	}
	all[c.at-1] = into
	c.err = c.scan(all...)
}

func (c *cells) int(into *int64) *cells {
	if c.pack != nil {
		if c.packed(store.PackedInt) {
			*into = c.pack.Int()
		}
		return c
	}
	v, ok := c.next().(int64)
	if *into = v; !ok {
		c.otherwise(into)
	}
	return c
}

func (c *cells) text(into *string) *cells {
	if c.pack != nil {
		if c.packed(store.PackedText) {
			*into = c.pack.Text()
		}
		return c
	}
	v, ok := c.next().(string)
	if *into = v; !ok {
		c.otherwise(into)
	}
	return c
}

func (c *cells) textOrNone(into **string) *cells {
	if c.pack != nil {
		if c.packedOrNone(store.PackedText) {
			if len(c.texts) == 0 {
				c.texts = make([]string, textsAtOnce)
			}
			c.texts[0] = c.pack.Text()
			*into, c.texts = &c.texts[0], c.texts[1:]
		}
		return c
	}
	switch v := c.next().(type) {
	case string:
		*into = &v
	case nil:
		*into = nil
	default:
		c.otherwise(into)
	}
	return c
}

func (c *cells) bytes(into *[]byte) *cells {
	if c.pack != nil {
		if c.packedOrNone(store.PackedBytes) {
			*into = c.pack.Bytes()
		}
		return c
	}
	switch v := c.next().(type) {
	case []byte:
		*into = v
	case nil:
		*into = nil
	default:
		c.otherwise(into)
	}
	return c
}
