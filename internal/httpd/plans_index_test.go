package httpd

import (
	"database/sql"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// A plan may go by an index and still read nearly all: SQLite keeps no statistics here, and takes (collection, state,
// id) for a page of the queue as gladly as (collection, state, priority, opened_at, id), which it was made for. So a
// part of a statement that reads one table is asked whether another index begins with more of the columns that it
// says the values of.

var (
	oneTable = regexp.MustCompile(`^(?:SELECT \* FROM \()?(SELECT .*? FROM (\w+) WHERE (.*?) ORDER BY [\w, ]+` +
		` LIMIT \d+)`)
	equality = regexp.MustCompile(`(?:^| )(\w+) = (?:'(?:[^']|'')*'|-?\d+|TRUE|FALSE)(?: |$)`)
	taken    = regexp.MustCompile(`^SEARCH \w+ USING (?:COVERING )?INDEX (\w+) \((.*)\)`)
)

// indexesOf gives the columns of the indexes of a table that hold all of its rows, by name.
func indexesOf(t *testing.T, db *sql.DB, table string) map[string][]string {
	t.Helper()
	rows, err := db.Query("SELECT l.name, COALESCE(x.name, '') FROM pragma_index_list(?) l, "+
		"pragma_index_info(l.name) x WHERE NOT l.partial ORDER BY l.name, x.seqno", table)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	out := map[string][]string{}
	for rows.Next() {
		var name, column string
		if err := rows.Scan(&name, &column); err != nil {
			t.Fatal(err)
		}
		out[name] = append(out[name], column)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}

// refuseShortIndexes fails for each part of a statement for which SQLite goes by an index that leaves two or more known
// columns to be looked at row by row, where another index begins with them.
func refuseShortIndexes(t *testing.T, db *sql.DB, from, statement string) (looked int) {
	t.Helper()
	for part := range strings.SplitSeq(spaces.ReplaceAllString(statement, " "), " UNION ALL ") {
		m := oneTable.FindStringSubmatch(strings.ReplaceAll(part, "`", ""))
		if m == nil || strings.Contains(m[1], "(SELECT") || strings.Contains(m[3], " OR ") {
			continue
		}
		looked++
		said := map[string]bool{}
		for _, e := range equality.FindAllStringSubmatch(strings.ReplaceAll(m[3], " AND ", "  "), -1) {
			said[e[1]] = true
		}
		var unused int
		var step string
		if err := db.QueryRow("EXPLAIN QUERY PLAN "+m[1]).Scan(&unused, &unused, &unused, &step); err != nil {
			t.Errorf("%v\n%s", err, m[1])
			continue
		}
		goes := taken.FindStringSubmatch(step)
		if goes == nil {
			continue
		}
		for name, columns := range indexesOf(t, db, m[2]) {
			begins := slices.IndexFunc(append(columns, ""), func(c string) bool { return !said[c] })
			if begins >= strings.Count(goes[2], "=?")+2 {
				t.Errorf("%s goes by %s where %s holds more of what is asked:\n%s", from, goes[1], name, m[1])
			}
		}
	}
	return looked
}
