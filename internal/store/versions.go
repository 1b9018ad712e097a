package store

import (
	"context"
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"

	"gorm.io/gorm"

	"claimbench/internal/fault"
)

// Schema is where a database stands against this program.
type Schema struct {
	Database int64 // the newest migration the database has
	Program  int64 // the newest one this program brings
}

// Known lists the migrations of this program for an engine, the oldest first. 0 is the empty database.
func Known(dialect string) []int64 {
	out := []int64{0}
	files, _ := fs.ReadDir(migrations, "migrations/"+dialect) // embedded: it is there
	for _, f := range files {
		number, _, _ := strings.Cut(f.Name(), "_")
		if n, err := strconv.ParseInt(number, 10, 64); err == nil {
			out = append(out, n)
		}
	}
	slices.Sort(out)
	return out
}

// notApplied stands for a migration that is noted as not applied: goose writes no such row.
const notApplied = -1

// Applied lists the migrations that a database says it has, in order; one that is noted twice stands twice. nil: there
// is no list.
func (r *Rx) Applied() ([]int64, error) { return applied(r.g, r.db.dialect) }

func applied(g *gorm.DB, dialect string) ([]int64, error) {
	there, where := int64(0), "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = 'goose_db_version'"
	if dialect == Postgres {
		where = "SELECT COUNT(*) FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'goose_db_version'"
	}
	if err := g.Raw(where).Scan(&there).Error; err != nil || there == 0 {
		return nil, err
	}
	out := []int64{}
	err := g.Raw("SELECT CASE WHEN is_applied = ? THEN version_id ELSE ? END FROM goose_db_version ORDER BY 1", true,
		notApplied).Scan(&out).Error
	return out, err
}

// Unfit says why a program cannot work with a database that has these migrations: an older one, one of a newer
// program, one that lacks some in between. nil: it has each of this program's once. Nothing else is looked at.
func Unfit(target, dialect string, have []int64) error {
	known := Known(dialect)
	newest := known[len(known)-1]
	var lacks, unknown []int64
	for _, n := range known {
		if !slices.Contains(have, n) {
			lacks = append(lacks, n)
		}
	}
	for _, n := range have {
		if !slices.Contains(known, n) {
			unknown = append(unknown, n)
		}
	}
	last := int64(0)
	if len(have) > 0 {
		last = have[len(have)-1]
	}
	switch {
	case last > newest:
		return fault.New(fault.Unavailable,
			"%s was written by a newer Claimbench (schema %d; this program knows %d). Use the newer program; this "+
				"one would harm it.", target, last, newest)
	case len(unknown) > 0 || len(lacks) > 0 && lacks[0] < last:
		return fault.New(fault.Unavailable, "%s was made by a Claimbench between two versions, or its list of "+
			"migrations was changed: %s. Nothing was changed. Put back a backup of before; if there is nothing to "+
			"keep, make a new database with “workbench migrate”. “workbench audit verify” says whether only the "+
			"list is wrong.", target, gaps(lacks, unknown, last))
	case last == 0:
		return fault.New(fault.Unavailable, "%s is empty, or of an older Claimbench (schema 0 of %d). Check that it "+
			"is the database you mean; if it is, run “workbench migrate” first.", target, newest)
	case len(lacks) > 0:
		return fault.New(fault.Unavailable,
			"%s is of an older Claimbench (schema %d of %d). Run “workbench migrate” first.", target, last, newest)
	}
	return nil
}

// gaps says what a list of migrations lacks below its newest, and what it has that no program of ours brings.
func gaps(lacks, unknown []int64, last int64) string {
	var out []string
	lacks = slices.DeleteFunc(lacks, func(n int64) bool { return n > last })
	if len(lacks) > 0 {
		out = append(out, fmt.Sprintf("it has number %d, but not %s", last, numbers(lacks)))
	}
	if len(unknown) > 0 {
		out = append(out, "it has "+numbers(unknown)+", which this program does not know")
	}
	return strings.Join(out, "; ")
}

func numbers(list []int64) string {
	words := make([]string, len(list))
	for i, n := range list {
		words[i] = strconv.FormatInt(n, 10)
	}
	if len(words) == 1 {
		return words[0]
	}
	return strings.Join(words[:len(words)-1], ", ") + " and " + words[len(words)-1]
}

// Fit is nil when a database has the migrations of this program; see Unfit.
func (r *Rx) Fit() error {
	have, err := r.Applied()
	if err != nil {
		return err
	}
	return Unfit(r.db.target, r.db.dialect, have)
}

// Ready says whether the schema is the program's; another is fault.Unavailable with the remedy.
func (db *DB) Ready(ctx context.Context) (err error) {
	defer fault.In(&err, "store.Ready()")
	_, have, err := db.standing(ctx)
	if err != nil {
		return err
	}
	return Unfit(db.target, db.dialect, have)
}

// Schema reads both versions. A database that this program must not touch, for it is newer or lacks a migration in
// between, is fault.Unavailable: goose itself would not notice the one, and say little of the other.
func (db *DB) Schema(ctx context.Context) (_ Schema, err error) {
	defer fault.In(&err, "store.Schema()")
	s, have, err := db.standing(ctx)
	if err != nil || len(have) == 0 {
		return s, err
	}
	known := Known(db.dialect)
	if n := len(have); n < len(known) && slices.Equal(have, known[:n]) {
		return s, nil // older: it can be migrated
	}
	return s, Unfit(db.target, db.dialect, have)
}

// standing reads where a database stands, and which migrations it says it has.
func (db *DB) standing(ctx context.Context) (s Schema, have []int64, err error) {
	known := Known(db.dialect)
	s.Program = known[len(known)-1]
	if err := db.Read(ctx, func(r *Rx) (err error) {
		have, err = r.Applied()
		return err
	}); err != nil {
		return s, nil, fault.Wrap(fault.Unavailable, err,
			"The version of %s cannot be read. Check that it is a Claimbench database.", db.target)
	}
	if len(have) > 0 {
		s.Database = have[len(have)-1]
	}
	return s, have, nil
}
