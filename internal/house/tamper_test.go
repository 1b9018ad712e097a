package house_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"golang.org/x/mod/sumdb/note"

	"claimbench/internal/history"
	"claimbench/internal/house"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

var errUndo = errors.New("undo")

func verifiers(v ...note.Verifier) []note.Verifier { return v }

// column is one column of a table, as its engine describes it.
type column struct {
	Name     string
	Type     string // lower case
	Nullable bool
	Unique   bool // part of a key or of a unique index
}

// walker changes a database in every way its schema allows, one at a time, and asks the verifier.
type walker struct {
	t    *testing.T
	db   *store.DB
	o    history.Options
	lite bool

	tried    int
	listed   map[string]bool // those of NotCovered that were met unseen
	problems []string
}

// walked gathers which entries of the list were met, over both engines.
var walked = struct {
	sync.Mutex
	met   map[string]bool
	times int
}{met: map[string]bool{}}

// TestTamperingOfEveryColumn walks the schema of both engines: each column of a row of each table is changed, a row is
// added and one deleted; each must be a finding, or stand in history.NotCovered. A new table or column fails here until
// its room's HistoryRows carry it (or compare it with what it follows from), or it is listed with a reason.
func TestTamperingOfEveryColumn(t *testing.T) {
	t.Parallel()
	t.Cleanup(func() { // when both engines are done
		for _, u := range history.NotCovered() {
			if walked.times == 2*walkParts && !walked.met[u.Table+"."+u.Column] {
				t.Errorf("%s.%s is listed as not covered, but a change of it is seen, or there is none: take it out",
					u.Table, u.Column)
			}
		}
	})
	for engine, open := range map[string]func(*testing.T) *store.DB{"sqlite": storetest.SQLite,
		"postgres": storetest.Postgres} {
		for part := range walkParts {
			t.Run(fmt.Sprintf("%s %d", engine, part+1), func(t *testing.T) {
				t.Parallel()
				walk(t, open(t), part)
			})
		}
	}
}

// walkParts is among how many databases of an engine the tables are shared out: most of the time is waiting.
const walkParts = 3

// walk tries every third table.
func walk(t *testing.T, db *store.DB, part int) {
	o, _ := fullWorld(t, db)
	o.Rooms = house.Rows()
	w := &walker{t: t, db: db, o: o, lite: db.Dialect() == store.SQLite, listed: map[string]bool{}}
	if r := w.verify("events", func(*store.Tx) error { return nil }); !r.OK() {
		t.Fatalf("an honest history has findings: %v", r.Findings)
	}
	for i, table := range w.tables() {
		if i%walkParts == part {
			w.walk(table)
		}
	}
	slices.Sort(w.problems)
	for _, p := range w.problems {
		t.Error(p)
	}
	t.Logf("%s: %d changes tried, %d unseen and not listed, %d listed as not covered", db.Dialect(), w.tried,
		len(w.problems), len(w.listed))
	walked.Lock()
	defer walked.Unlock()
	walked.times++
	for k := range w.listed {
		walked.met[k] = true
	}
}

// TestNotCoveredIsDocumented: docs/history.md names all that is not covered, with the same reasons.
func TestNotCoveredIsDocumented(t *testing.T) {
	doc, err := os.ReadFile("../../docs/history.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, u := range history.NotCovered() {
		if u.Reason == "" {
			t.Errorf("%s.%s has no reason", u.Table, u.Column)
		}
		on := map[string]string{"": "both", "sqlite": "SQLite", "postgres": "PostgreSQL"}[u.Engine]
		row := fmt.Sprintf("| `%s` | `%s` | %s | %s |", u.Table, u.Column, on, u.Reason)
		if !strings.Contains(string(doc), row) {
			t.Errorf("docs/history.md lacks the line %s", row)
		}
	}
}

// verify runs an attack as an owner does, who puts the triggers back after it, verifies, and undoes it all.
func (w *walker) verify(table string, attack func(tx *store.Tx) error) (r history.Report) {
	w.t.Helper()
	err := w.db.Write(roomtest.Ctx(), func(tx *store.Tx) (err error) {
		back, err := w.unguard(tx, table)
		if err != nil {
			return err
		}
		if err := attack(tx); err != nil {
			return err
		}
		if err := run(tx, back...); err != nil {
			return err
		}
		if r, err = history.VerifyIn(context.Background(), &tx.Rx, w.o); err != nil {
			return fmt.Errorf("could not be checked: %w", err)
		}
		return errUndo
	})
	if !errors.Is(err, errUndo) {
		w.t.Error(err)
	}
	// The walk takes away what refuses its rows. TestSchema holds that this is seen; here the rows must be.
	r.Findings = slices.DeleteFunc(r.Findings, func(f history.Finding) bool {
		return slices.Contains([]string{"index", "constraint"}, history.Kind(f.Object))
	})
	r.Found = int64(len(r.Findings))
	return r
}

func run(tx *store.Tx, statements ...string) error {
	for _, s := range statements {
		if err := tx.Gorm().Exec(s).Error; err != nil {
			return fmt.Errorf("%s: %w", s, err)
		}
	}
	return nil
}

// unguard lets a transaction write to a table what the schema refuses, and gives the statements that put the triggers
// back.
func (w *walker) unguard(tx *store.Tx, table string) (back []string, err error) {
	if !w.lite {
		var checks []struct{ Relation, Name string }
		if err := tx.Gorm().Raw("SELECT conrelid::regclass::text AS relation, conname AS name FROM pg_constraint "+
			"WHERE contype = 'c' AND conrelid = ?::regclass", table).Scan(&checks).Error; err != nil {
			return nil, err
		}
		for _, c := range checks {
			back = append(back, fmt.Sprintf("ALTER TABLE %s DROP CONSTRAINT %q", c.Relation, c.Name))
		}
		var unique []string
		if err := tx.Gorm().Raw("SELECT indexrelid::regclass::text FROM pg_index i WHERE indisunique AND NOT EXISTS "+
			"(SELECT 1 FROM pg_constraint WHERE conindid = i.indexrelid) AND indrelid = ?::regclass",
			table).Scan(&unique).Error; err != nil {
			return nil, err
		}
		for _, name := range unique {
			back = append(back, "DROP INDEX "+name)
		}
		return []string{"SET LOCAL session_replication_role = origin"},
			run(tx, append(back, "SET LOCAL session_replication_role = replica")...)
	}
	var triggers []struct{ Name, SQL string }
	if err := tx.Gorm().Raw("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").Scan(
		&triggers).Error; err != nil {
		return nil, err
	}
	drop := []string{"PRAGMA defer_foreign_keys = 1", "PRAGMA ignore_check_constraints = 1"}
	back = append(back, "PRAGMA ignore_check_constraints = 0")
	var unique []string
	if err := tx.Gorm().Raw("SELECT name FROM sqlite_master WHERE type = 'index' AND sql LIKE 'CREATE UNIQUE%' "+
		"AND tbl_name = ?", table).Scan(&unique).Error; err != nil {
		return nil, err
	}
	for _, name := range unique {
		drop = append(drop, "DROP INDEX "+name)
	}
	for _, t := range triggers {
		drop, back = append(drop, "DROP TRIGGER "+t.Name), append(back, t.SQL)
	}
	return back, run(tx, drop...)
}

func (w *walker) tables() (out []string) {
	w.t.Helper()
	query := "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
	if !w.lite {
		query = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename"
	}
	w.read(func(rx *store.Rx) error { return rx.Gorm().Raw(query).Scan(&out).Error })
	return out
}

func (w *walker) read(f func(rx *store.Rx) error) {
	w.t.Helper()
	if err := w.db.Read(roomtest.Ctx(), f); err != nil {
		w.t.Fatal(err)
	}
}

func (w *walker) columns(table string) (out []column) {
	w.t.Helper()
	query := `SELECT c.name, lower(c.type) AS type, c."notnull" = 0 AND c.pk = 0 AS nullable, c.pk > 0 OR EXISTS (
		SELECT 1 FROM pragma_index_list(?) l, pragma_index_info(l.name) i WHERE l."unique" = 1 AND i.name = c.name)
		AS "unique" FROM pragma_table_info(?) c`
	args := []any{table, table}
	if !w.lite {
		query = `SELECT a.attname AS name, format_type(a.atttypid, -1) AS type, NOT a.attnotnull AS nullable,
			EXISTS (SELECT 1 FROM pg_index i WHERE i.indrelid = a.attrelid AND i.indisunique AND
			a.attnum = ANY (i.indkey)) AS "unique"
			FROM pg_attribute a WHERE a.attrelid = ?::regclass AND a.attnum > 0 AND NOT a.attisdropped`
		args = args[:1]
	}
	w.read(func(rx *store.Rx) error { return rx.Gorm().Raw(query, args...).Scan(&out).Error })
	return out
}

// walk tries everything on one table.
func (w *walker) walk(table string) {
	w.t.Helper()
	var rows int64
	w.read(func(rx *store.Rx) error { return rx.Gorm().Raw("SELECT COUNT(*) FROM " + table).Scan(&rows).Error })
	if rows == 0 && !w.list(table, "*") {
		w.problems = append(w.problems, table+" is empty in fullWorld, so nothing of it can be tried: put a row "+
			"there, or list it in internal/history/uncovered.tsv and docs/history.md")
		return
	}
	w.try(table, "-", "all rows deleted", "DELETE FROM "+table)
	if w.list(table, "*") {
		return
	}
	columns := w.columns(table)
	for _, c := range columns {
		for how, to := range w.changes(c) {
			where := w.rowWhere(table, quoted(c.Name)+" IS NOT NULL")
			if how == "another value" {
				where = w.row(table)
			}
			w.try(table, c.Name, how, "UPDATE "+table+" SET "+quoted(c.Name)+" = "+to+" WHERE "+where)
		}
	}
	w.try(table, "-", "a row deleted", "DELETE FROM "+table+" WHERE "+w.row(table))
	w.rowsAdded(table, columns)
}

// rowsAdded puts rows in that nobody made: one with keys of its own, one whose keys are below zero, and one that hangs
// on nothing. (One that is there twice needs the schema altered: TestSchema.)
func (w *walker) rowsAdded(table string, columns []column) {
	w.t.Helper()
	negative := func(c column) string {
		if strings.Contains(c.Type, "int") {
			return "-7 - COALESCE(" + quoted(c.Name) + ", 0)"
		}
		return w.other(c)
	}
	same := func(c column) string { return quoted(c.Name) }
	for _, how := range []struct {
		name         string
		keys, others func(column) string
	}{
		{"a row added", w.other, same},
		{"a row added below zero", negative, same},
		{"a row added that hangs on nothing", w.other, func(c column) string {
			if strings.HasSuffix(c.Name, "_id") || strings.HasSuffix(c.Name, "_by") {
				return w.other(c)
			}
			return quoted(c.Name)
		}},
	} {
		names, values := make([]string, len(columns)), make([]string, len(columns))
		for i, c := range columns {
			names[i], values[i] = quoted(c.Name), how.others(c)
			if c.Unique {
				values[i] = how.keys(c)
			}
		}
		overriding := ""
		if !w.lite {
			overriding = " OVERRIDING SYSTEM VALUE"
		}
		w.try(table, "+", how.name, "INSERT INTO "+table+" ("+strings.Join(names, ", ")+")"+overriding+" SELECT "+
			strings.Join(values, ", ")+" FROM "+table+" WHERE "+w.row(table))
	}
}

func quoted(name string) string { return `"` + name + `"` }

// row names one row of a table: the first.
func (w *walker) row(table string) string { return w.rowWhere(table, "1 = 1") }

func (w *walker) rowWhere(table, cond string) string {
	if w.lite {
		key := "rowid"
		if cols := w.withoutRowid(table); len(cols) > 0 {
			key = strings.Join(cols, ", ")
		}
		return "(" + key + ") = (SELECT " + key + " FROM " + table + " WHERE " + cond + " ORDER BY " + key + " LIMIT 1)"
	}
	return "ctid = (SELECT ctid FROM " + table + " WHERE " + cond + " ORDER BY ctid LIMIT 1)"
}

// withoutRowid gives the primary key of a table that SQLite keeps by it, without numbers of rows of its own.
func (w *walker) withoutRowid(table string) (out []string) {
	w.t.Helper()
	w.read(func(rx *store.Rx) error {
		return rx.Gorm().Raw(`SELECT '"' || name || '"' FROM pragma_table_info(?) WHERE pk > 0 AND (SELECT sql FROM
			sqlite_master WHERE type = 'table' AND name = ?) LIKE '%WITHOUT ROWID%' ORDER BY pk`, table,
			table).Scan(&out).Error
	})
	return out
}

// other is another value of a column's own kind.
func (w *walker) other(c column) string {
	name := quoted(c.Name)
	switch {
	case c.Type == "smallint":
		return "COALESCE(" + name + ", 0) + 10000"
	case strings.Contains(c.Type, "int"):
		return "COALESCE(" + name + ", 0) + 100000"
	case c.Type == "boolean":
		return "NOT " + name
	case c.Type == "blob":
		return "CAST(COALESCE(" + name + ", '') || 'x' AS BLOB)"
	case c.Type == "bytea":
		return "COALESCE(" + name + ", ''::bytea) || 'x'::bytea"
	case c.Type == "tsvector":
		return name + " || 'forged:1'::tsvector"
	case strings.Contains(c.Type, "timestamp") && !w.lite:
		return name + " + interval '1 day'"
	}
	return "COALESCE(" + name + ", '') || 'x'"
}

// changes lists what a column is changed to: another value, nothing, and what it cannot hold.
func (w *walker) changes(c column) map[string]string {
	out := map[string]string{"another value": w.other(c)}
	if c.Type == "boolean" && w.lite {
		out["another value"] = "1 - " + quoted(c.Name)
		out["a number that is read as the same"] = "CASE WHEN " + quoted(c.Name) + " > 0 THEN 7 ELSE -1 END"
	}
	if c.Nullable {
		out["null"] = "NULL"
	}
	if w.lite && strings.Contains(c.Type, "int") && !c.Unique {
		out["a word for a number"] = "'many'"
	}
	if w.lite && c.Type == "text" {
		out["the same as bytes"] = "CAST(" + quoted(c.Name) + " AS BLOB)"
		out["a NUL after it"] = "CAST(" + quoted(c.Name) + " || x'00' AS TEXT)"
	}
	if c.Type == "text" {
		out["in capitals"] = "CASE WHEN upper(" + quoted(c.Name) + ") <> " + quoted(c.Name) + " THEN upper(" +
			quoted(c.Name) + ") ELSE " + quoted(c.Name) + " || 'x' END"
		out["a space after it"] = quoted(c.Name) + " || ' '" // a JSON list reads the same with it: docs/history.md
	}
	return out
}

// try runs one statement; what nobody sees must be listed.
func (w *walker) try(table, col, how, statement string) {
	w.t.Helper()
	w.tried++
	var changed int64
	r := w.verify(table, func(tx *store.Tx) error {
		res := tx.Gorm().Exec(statement)
		changed = res.RowsAffected
		if res.Error != nil {
			return fmt.Errorf("%s: %w", statement, res.Error)
		}
		return nil
	})
	spaced := how == "a space after it" && slices.Contains(lists, table+"."+col)
	if !r.OK() || changed == 0 && how != "another value" || spaced || w.list(table, col) {
		return
	}
	w.problems = append(w.problems, fmt.Sprintf("%s.%s: %s, unseen (%d rows)", table, col, how, changed))
}

// lists are the columns of JSON lists, in which white space says nothing.
var lists = []string{"methods.scale", "claims.anchor_changes", "claims.hedge", "claims.reasons", "claim_words.hedge",
	"claim_words.stretches", "claims.stretches", "comments.mentions",
	"collections.advice", "decisions.advice", "decisions.causes", "decisions.counted", "decisions.evidence",
	"evidence.differences", "reviews.advice", "reviews.evidence", "reviews.ground"}

// list says whether something is listed as not covered, and notes that it was met.
func (w *walker) list(table, col string) bool {
	found := false
	for _, u := range history.NotCovered() {
		if u.Table == table && (u.Column == col || u.Column == "*") && (u.Engine == "" || u.Engine == w.db.Dialect()) {
			w.listed[u.Table+"."+u.Column], found = true, true
		}
	}
	return found
}

// TestTamperingHidesNoText: a row that marks a text as still coming hides it from everybody. It is found where the text
// is whole, where it was cut off, and beside a job that is done.
func TestTamperingHidesNoText(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o, _ := fullWorld(t, db)
		o.Rooms = house.Rows()
		w := &walker{t: t, db: db, o: o, lite: db.Dialect() == store.SQLite}
		hide := "INSERT INTO revisions_coming SELECT MIN(id) FROM revisions"
		cut := "DELETE FROM sentences WHERE revision_id = (SELECT MIN(id) FROM revisions) AND n > 0"
		job := "INSERT INTO jobs (kind, object, collection_id, user_id, via, request, state, done, total, message, " +
			"holder, held_until, added_at, changed_at) SELECT 'import', 'article:' || MIN(article_id), 1, 1, 'web', " +
			"'', '%s', 0, 2, '', '', 0, 0, 0 FROM revisions"
		for name, attack := range map[string][]string{
			"a whole text":                  {hide},
			"a text that was cut off":       {hide, cut},
			"a whole text and a failed job": {hide, fmt.Sprintf(job, "failed")},
			"a text cut off, a job done":    {hide, cut, fmt.Sprintf(job, "done")},
		} {
			r := w.verify("sentences", func(tx *store.Tx) error { return run(tx, attack...) })
			if !slices.ContainsFunc(r.Findings, func(f history.Finding) bool { return f.Object == "revision:1" }) {
				t.Errorf("%s is hidden unseen: %v", name, r.Findings)
			}
		}
	})
}
