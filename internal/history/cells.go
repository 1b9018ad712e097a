package history

// cells takes the values of one row as the driver has them, one after the other: a verification reads some ten rows an
// event, and most of what database/sql costs is to look by reflection where each value goes. A value of another kind
// than its column's (SQLite lets any column hold any) is read as database/sql reads it, with its errors.
type cells struct {
	values []any
	into   []any
	at     int // the column whose turn it is
	scan   func(...any) error
	err    error
	odd    bool // a value was of another kind than its column's
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
	v, ok := c.next().(int64)
	if *into = v; !ok {
		c.otherwise(into)
	}
	return c
}

func (c *cells) text(into *string) *cells {
	v, ok := c.next().(string)
	if *into = v; !ok {
		c.otherwise(into)
	}
	return c
}

func (c *cells) textOrNone(into **string) *cells {
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
