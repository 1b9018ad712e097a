package history

import (
	"fmt"

	"claimbench/internal/store"
)

// Rows outlive the program that made them: a later one adds columns, and its events carry what earlier events do not
// have. Three rules keep old histories whole, so that each state of a row has one form whoever wrote it:
//   - a field that came later is left out while it has the value that the migration gave to the rows there were
//     (Fields.Later);
//   - a text that came later is always written, and a row may have its earlier value without any event (Rows.Earlier);
//   - what a room hashes over several rows, such as the wordings of a claim, follows the first rule column by column.

// Later sets a field that a later program added, unless it has the value that every earlier row has.
func (f Fields) Later(name, value, earlier string) Fields {
	if value != earlier {
		f[name] = value
	}
	return f
}

// Orphans is a check that every row of a table has the row it hangs on. Each is named in SQL: the column child of table
// refers to the column parent of of. A child that is NULL or 0 hangs on nothing.
func Orphans(table, child, of, parent string) Rows {
	return Rows{Derived: func(rx *store.Rx, found Found) error {
		query := fmt.Sprintf("SELECT DISTINCT t.%s FROM %s t WHERE t.%s <> 0 AND NOT EXISTS (SELECT 1 FROM %s p WHERE "+
			"p.%s = t.%s) ORDER BY 1", child, table, child, of, parent, child)
		return scan(rx, query, nil, func(scan func(...any) error) error {
			var id int64
			if err := scan(&id); err != nil {
				return err
			}
			found(object(table, id), "its rows have no row of %s %d that they hang on", of, id)
			return nil
		})
	}}
}
