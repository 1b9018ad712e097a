package history

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"claimbench/internal/store"
)

// integrity asks SQLite whether each index holds what its table holds, and each row what its columns allow: pages read
// by index, and a verification by row, so that whoever edits the file could show one thing to each. PostgreSQL has no
// such question without an extension.
func (v *verifier) integrity() error {
	if v.o.schemaOff || v.rx.Dialect() != store.SQLite {
		return nil
	}
	damaged := func(said string) {
		v.schemaFound = true
		v.report.add("file", "SQLite finds the file damaged or edited by hand: %s", said)
	}
	if err := v.freshIndexes(); err != nil {
		return err
	}
	err := scan(v.rx, "PRAGMA integrity_check(20)", nil, func(scan func(...any) error) error {
		var said string
		err := scan(&said)
		if err == nil && said != "ok" {
			damaged(said)
		}
		return err
	})
	if store.Damaged(err) {
		damaged(err.Error())
		return nil
	}
	if err != nil {
		return err
	}
	return v.valueKinds(func(table string) bool { return !slices.Contains(pagedTables, table) })
}

// pagedKinds looks at the kinds of values of the tables that the pages read, where those met one that is of another, or
// ended before their time.
func (v *verifier) pagedKinds(odd map[string]bool, ended bool) error {
	if v.o.schemaOff || v.rx.Dialect() != store.SQLite || len(odd) == 0 && ended {
		return nil
	}
	return v.valueKinds(func(table string) bool { return odd[table] || !ended && slices.Contains(pagedTables, table) })
}

// freshIndexes opens each virtual table once. A connection that has read a full-text index before remembers how it was
// laid out. A query looks whether that is still so, but the check of integrity does not, and would call damaged what
// another connection has merely written since.
func (v *verifier) freshIndexes() error {
	var names []string
	err := scan(v.rx, "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE 'CREATE VIRTUAL%'", nil,
		func(scan func(...any) error) error {
			var name string
			err := scan(&name)
			names = append(names, name)
			return err
		})
	for i := 0; i < len(names) && err == nil; i++ {
		err = scan(v.rx, fmt.Sprintf("SELECT 1 FROM %q LIMIT 1", names[i]), nil, func(scan func(...any) error) error {
			var one int
			return scan(&one)
		})
	}
	if store.Damaged(err) {
		return nil // the check says so
	}
	return err
}

// valueKinds finds values of SQLite that are of another kind than their column: a column takes any. Bytes in a column
// of text read as the same words here, and are not equal to them in a query: what is compared here would be the same,
// and what people find another. It looks at the tables that are wanted.
func (v *verifier) valueKinds(wanted func(table string) bool) error {
	columns := map[string][]string{} // of each table, with the kind of value
	var tables []string
	err := scan(v.rx, `SELECT m.name, c.name, upper(c.type) FROM sqlite_master m, pragma_table_info(m.name) c
		WHERE m.type = 'table' AND m.sql NOT LIKE 'CREATE VIRTUAL%' AND m.name NOT LIKE 'sqlite!_%' ESCAPE '!'
		AND m.name NOT LIKE 'search!_%' ESCAPE '!' ORDER BY 1, c.cid`, nil, func(scan func(...any) error) error {
		var table, column, declared string
		if err := scan(&table, &column, &declared); err != nil {
			return err
		}
		kind := ""
		switch {
		case strings.Contains(declared, "INT"):
			kind = "integer"
		case declared == "BOOLEAN":
			kind = yesOrNo
		case declared == "TEXT", declared == "BLOB":
			kind = strings.ToLower(declared)
		default:
			return nil
		}
		if columns[table] == nil {
			tables = append(tables, table)
		}
		columns[table] = append(columns[table], column, kind)
		return nil
	})
	for i := 0; i < len(tables) && err == nil; i++ {
		if wanted(tables[i]) {
			err = v.kindsOf(tables[i], columns[tables[i]])
		}
	}
	return err
}

// yesOrNo is the kind of a truth value: a number that is 0 or 1. SQLite takes any number for one, and a program reads
// each as one of the two.
const yesOrNo = "0 or 1"

// kindsOf looks at one table; columns are names, each followed by its kind.
func (v *verifier) kindsOf(table string, columns []string) error {
	var sums, names []string
	kinds := ""
	for i := 0; i < len(columns); i += 2 {
		names, kinds = append(names, strconv.Quote(columns[i])), kinds+columns[i+1][:1]
		is := fmt.Sprintf("typeof(%q) NOT IN ('%s', 'null')", columns[i], columns[i+1])
		if columns[i+1] == yesOrNo {
			is = fmt.Sprintf("typeof(%q) NOT IN ('integer', 'null') OR %[1]q NOT IN (0, 1)", columns[i])
		}
		sums = append(sums, "COALESCE(SUM("+is+"), 0)")
	}
	// Whether there is any such value is asked first: counting them column by column costs much more.
	var odd int64
	query := fmt.Sprintf("SELECT claimbench_odd('%s', %s) FROM %q", kinds, strings.Join(names, ", "),
		table)
	err := scan(v.rx, query, nil, func(scan func(...any) error) error { return scan(&odd) })
	if err != nil || odd == 0 {
		return err
	}
	counts := make([]int64, len(sums))
	into := make([]any, len(sums))
	for i := range counts {
		into[i] = &counts[i]
	}
	if err := scan(v.rx, fmt.Sprintf("SELECT %s FROM %q", strings.Join(sums, ", "), table), nil,
		func(scan func(...any) error) error { return scan(into...) }); err != nil {
		return err
	}
	for i, n := range counts {
		if n > 0 {
			v.report.add(table+"."+columns[2*i], "%d values are not of the kind %s that this column holds: no query "+
				"finds them by what they seem to say", n, columns[2*i+1])
		}
	}
	return nil
}
