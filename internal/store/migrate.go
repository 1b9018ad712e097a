package store

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"time"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"

	"claimbench/internal/fault"
)

//go:embed migrations
var migrations embed.FS

// Schema is where a database stands against this program.
type Schema struct {
	Database int64 // the newest migration the database has
	Program  int64 // the newest one this program brings
}

func (db *DB) provider() (*goose.Provider, error) {
	dir, err := fs.Sub(migrations, "migrations/"+db.dialect)
	if err != nil {
		return nil, err
	}
	pool, err := db.writer.DB()
	if err != nil {
		return nil, err
	}
	dialect, opts := goose.DialectSQLite3, []goose.ProviderOption{goose.WithDisableGlobalRegistry(true)}
	if db.dialect == Postgres {
		locker, err := lock.NewPostgresSessionLocker()
		if err != nil {
			return nil, err
		}
		dialect, opts = goose.DialectPostgres, append(opts, goose.WithSessionLocker(locker))
	}
	return goose.NewProvider(dialect, pool, dir, opts...)
}

// Schema reads both versions. A database newer than the program is fault.Unavailable: goose itself would not notice.
func (db *DB) Schema(ctx context.Context) (Schema, error) {
	p, err := db.provider()
	if err != nil {
		return Schema{}, err
	}
	return db.schema(ctx, p)
}

func (db *DB) schema(ctx context.Context, p *goose.Provider) (Schema, error) {
	sources := p.ListSources()
	s := Schema{Program: sources[len(sources)-1].Version}
	var err error
	if s.Database, err = p.GetDBVersion(ctx); err != nil {
		return s, fault.Wrap(fault.Unavailable, err,
			"The version of %s cannot be read. Check that it is a Claimbench database.", db.target)
	}
	if s.Database > s.Program {
		return s, fault.New(fault.Unavailable,
			"%s was written by a newer Claimbench (schema %d; this program knows %d). Use the newer program; this "+
				"one would harm it.",
			db.target, s.Database, s.Program)
	}
	return s, nil
}

// Migrate brings the database to the program's schema. It goes forward only, and refuses a database newer than itself.
func (db *DB) Migrate(ctx context.Context) (Schema, error) {
	p, err := db.provider()
	if err != nil {
		return Schema{}, err
	}
	before, err := db.schema(ctx, p)
	if err != nil {
		return before, err
	}
	if db.dialect == SQLite { // goose does not begin again when another program writes
		if err := db.patient(ctx, busyTimeout); err != nil {
			return before, err
		}
		defer func() { _ = db.patient(context.WithoutCancel(ctx), busyStep) }()
	}
	if _, err := p.Up(ctx); err != nil {
		return before, fault.Wrap(fault.Unavailable, err,
			"The database %s could not be brought up to date. It stands as it was before the failing step.", db.target)
	}
	return before, nil
}

// Ready says whether the schema is the program's; an older one is fault.Unavailable with the remedy.
func (db *DB) Ready(ctx context.Context) error {
	s, err := db.Schema(ctx)
	if err != nil {
		return err
	}
	if s.Database < s.Program {
		return fault.New(fault.Unavailable,
			"%s is of an older Claimbench (schema %d of %d). Run “workbench migrate” first.", db.target, s.Database,
			s.Program)
	}
	return nil
}

// patient sets how long the one writing connection waits for the lock within SQLite. The PRAGMA answers with a row, so
// it is a query: by Exec the prepared statement stays at that row, SQLite counts it as running, and an interrupt (a
// deadline, a client that went away) then holds for every later statement of the connection.
func (db *DB) patient(ctx context.Context, d time.Duration) error {
	var set int64
	return Translate(db.writer.WithContext(ctx).
		Raw(fmt.Sprintf("PRAGMA busy_timeout = %d", d.Milliseconds())).Scan(&set).Error)
}
