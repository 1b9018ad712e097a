// Package store opens the database, SQLite or PostgreSQL, and is the only way to it: Read for a consistent look,
// Write for a change. Nothing else in the house can make a Tx, so nothing else can write.
//
// A tour of the files:
//
//   - store.go, sqlite.go, postgres.go: Open, and what each engine needs; tag.go stops a build without FTS5, steady.go
//     has SQLite plan a statement once.
//   - write.go, first.go, hold.go: Write, what its first call under a context begins with, rows that it judges by.
//   - translate.go: errors of the engines become faults.
//   - migrate.go, migrations/, meta.go: the schema's version, its steps for each engine, facts of the database itself.
//   - select.go, scan.go: Select, One, Get and Find, the one reader of rows for what every page asks.
//   - insert.go, ids_scan.go: many rows in few statements; a long list of numbers.
//   - each.go, group.go, columns.go: tables read a page at a time, rows by parent, columns for joins; pack.go has
//     SQLite give such a page as one value.
//   - ids.go, list.go, strings.go, zeronull.go: lists in one column, as JSON arrays; NULL for a number that is 0.
//   - counter.go: counts statements, for tests; storetest/ gives tests both engines.
//
// The one rule not to break: no long work inside a Write, and nothing that cannot be done twice. PostgreSQL may ask for
// a Write to be run again, and on SQLite everybody else waits.
package store
