package store

import (
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"

	"claimbench/internal/fault"
)

//go:embed migrations
var migrations embed.FS

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

// SchemaSum names the schema of this program for an engine: it differs where a step of the migrations does.
func SchemaSum(dialect string) string {
	sum := sha256.New()
	all, err := fs.Glob(migrations, "migrations/"+dialect+"/*.sql")
	for _, name := range all {
		raw, err2 := migrations.ReadFile(name)
		err = errors.Join(err, err2)
		fmt.Fprintf(sum, "%s %d\n%s", name, len(raw), raw)
	}
	if err != nil {
		panic(err) // the files are embedded
	}
	return hex.EncodeToString(sum.Sum(nil)[:6])
}

// Migrate brings the database to the program's schema. It goes forward only, and refuses a database newer than itself.
func (db *DB) Migrate(ctx context.Context) (_ Schema, err error) {
	defer fault.In(&err, "store.Migrate()")
	p, err := db.provider()
	if err != nil {
		return Schema{}, err
	}
	before, err := db.Schema(ctx)
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
		// A step that was called off may say only that its transaction has ended.
		return before, fault.Wrap(fault.Unavailable, errors.Join(err, ctx.Err()),
			"The database %s could not be brought up to date. It stands as it was before the failing step.", db.target)
	}
	return before, nil
}

// patient sets how long the one writing connection waits for the lock within SQLite. The PRAGMA answers with a row, so
// it is a query: by Exec the prepared statement stays at that row, SQLite counts it as running, and an interrupt (a
// deadline, a client that went away) then holds for every later statement of the connection.
func (db *DB) patient(ctx context.Context, d time.Duration) error {
	var set int64
	return Translate(db.writer.WithContext(ctx).
		Raw(fmt.Sprintf("PRAGMA busy_timeout = %d", d.Milliseconds())).Scan(&set).Error)
}
