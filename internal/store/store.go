package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"claimbench/internal/fault"
)

// Dialects.
const (
	SQLite   = "sqlite"
	Postgres = "postgres"
)

// Options says how to open.
type Options struct {
	Create bool         // SQLite: make the file when it is missing; otherwise a missing file is an error
	Log    *slog.Logger // nil: slog.Default()
}

// DB is an open database: on SQLite one writing connection and a pool of read-only ones, on PostgreSQL one pool.
type DB struct {
	dialect string
	target  string // for people: the path, or the URL without its password
	writer  *gorm.DB
	reader  *gorm.DB
	turn    chan struct{} // SQLite: one Write at a time in this process, so that none starves at the busy lock
	clock   func() time.Time
	lent    sync.Map // see Lend
	log     *slog.Logger
	serving *os.File
	sent    *atomic.Int64 // statements so far
}

// DefaultURL is where the database is when nobody says otherwise.
const DefaultURL = "sqlite:var/claimbench.db"

// Open opens the database that a URL names: "sqlite:PATH" or "postgres://…". It does not migrate.
// A URL of another shape is fault.Invalid; a file that is missing fault.NotFound; a server that does not answer
// fault.Unavailable.
func Open(ctx context.Context, url string, o Options) (*DB, error) {
	if o.Log == nil {
		o.Log = slog.Default()
	}
	switch {
	case strings.HasPrefix(url, "sqlite:"):
		return openSQLite(ctx, strings.TrimPrefix(url, "sqlite:"), o)
	case strings.HasPrefix(url, "postgres://"), strings.HasPrefix(url, "postgresql://"):
		return openPostgres(ctx, url, o)
	}
	return nil, fault.New(fault.Invalid, "“%s” names no database. Write sqlite:PATH or postgres://USER@HOST/NAME.", url)
}

// gormConfig leaves gorm's own prepared statements off: it keeps the one of the first transaction, which database/sql
// parses anew in every other. The drivers keep statements with their connection, across transactions.
func gormConfig(sent *atomic.Int64) *gorm.Config {
	return &gorm.Config{
		TranslateError:         true,
		SkipDefaultTransaction: true,
		Logger:                 tracer{sent},
		NowFunc:                func() time.Time { return time.Now().UTC().Truncate(time.Microsecond) },
	}
}

// Dialect is SQLite or Postgres.
func (db *DB) Dialect() string { return db.dialect }

// Target names the database for people: a path, or a URL without its password.
func (db *DB) Target() string { return db.target }

// SetClock sets where Tx.Now comes from. For tests, and for a demo that shows a fixed day.
func (db *DB) SetClock(now func() time.Time) { db.clock = now }

// Now is the time a Write that began now would carry.
func (db *DB) Now() Micros { return MicrosOf(db.clock()) }

// Lend keeps a value for the rooms that work on this database, under a key of the lender's own type.
func (db *DB) Lend(key, value any) { db.lent.Store(key, value) }

// Lent is the value that was lent under a key, nil when there is none.
func (r *Rx) Lent(key any) any {
	value, _ := r.db.lent.Load(key)
	return value
}

// Close ends all connections and gives up the serving lock.
func (db *DB) Close() error {
	var errs []error
	for _, g := range []*gorm.DB{db.reader, db.writer} {
		if pool, err := g.DB(); err == nil {
			errs = append(errs, pool.Close())
		}
		if db.reader == db.writer {
			break
		}
	}
	if db.serving != nil {
		errs = append(errs, db.serving.Close())
	}
	return errors.Join(errs...)
}

// Ping asks whether the database answers.
func (db *DB) Ping(ctx context.Context) (err error) {
	defer fault.In(&err, "store.Ping()")
	var one int
	return db.Read(ctx, func(r *Rx) error { return r.Gorm().Raw("SELECT 1").Scan(&one).Error })
}

// Rx is a consistent look at the database: one read transaction, or the reading half of a Write.
type Rx struct {
	db   *DB
	g    *gorm.DB
	kept map[any]any // by Once; nil in a Write
}

// Once gives what find finds for a key, and asks it once in a read transaction, which sees one state of the database
// from its beginning to its end. In a Write, where rows change, it asks every time. key is of a type of the caller's
// own.
func Once[T any](r *Rx, key any, find func() (T, error)) (T, error) {
	if known, ok := r.kept[key].(T); ok {
		return known, nil
	}
	found, err := find()
	if err == nil && r.kept != nil {
		r.kept[key] = found
	}
	return found, err
}

// Gorm is the handle of this transaction.
func (r *Rx) Gorm() *gorm.DB { return r.g }

// Dialect is SQLite or Postgres.
func (r *Rx) Dialect() string { return r.db.dialect }

// Context is the context the transaction runs under.
func (r *Rx) Context() context.Context { return r.g.Statement.Context }

// Tx is a Write in progress. Only DB.Write makes one.
type Tx struct {
	Rx
	now   Micros
	after []func()
	kept  map[any]any
}

// Keep remembers a value until this Write has ended, under a key of the room's own type; nil forgets it.
func (t *Tx) Keep(key, value any) {
	if t.kept == nil {
		t.kept = map[any]any{}
	}
	t.kept[key] = value
}

// Kept is the value that was kept under a key, nil when there is none.
func (t *Tx) Kept(key any) any { return t.kept[key] }

// Now is the one time that everything in this Write happens at.
func (t *Tx) Now() Micros { return t.now }

// Lock is the handle for reading rows that this Write will decide on: FOR UPDATE on PostgreSQL; on SQLite the whole
// database is ours already.
func (t *Tx) Lock() *gorm.DB {
	if t.db.dialect == Postgres {
		return t.g.Clauses(clause.Locking{Strength: "UPDATE"})
	}
	return t.g
}

// AfterCommit runs f once the Write has been committed, and never when it was not. f must not fail and not be slow.
func (t *Tx) AfterCommit(f func()) { t.after = append(t.after, f) }

type insideWrite struct{}

// Read runs f in one read-only transaction. f must not keep the Rx. It runs a second time only when the first
// statement of the first was refused because the tables had changed: then it had been given nothing.
func (db *DB) Read(ctx context.Context, f func(*Rx) error) error {
	if c := counterOf(ctx); c != nil {
		c.Reads.Add(1)
	}
	if b := db.bundleOf(ctx); b != nil {
		return b.read(ctx, f)
	}
	if err := ownTime(ctx); err != nil {
		return err
	}
	asked := new(atomic.Int64)
	err := db.readOnce(context.WithValue(ctx, askedKey{}, asked), f)
	if db.dropStale(err) && asked.Load() == 1 {
		err = db.readOnce(ctx, f)
		db.dropStale(err)
	}
	return Translate(err)
}

func (db *DB) readOnce(ctx context.Context, f func(*Rx) error) error {
	opts := &sql.TxOptions{}
	if db.dialect == Postgres {
		opts = &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true}
	}
	return db.reader.WithContext(ctx).Transaction(func(g *gorm.DB) error {
		if p := PastOf(ctx); p != nil {
			g = p.into(g)
		}
		return f(&Rx{db: db, g: g, kept: map[any]any{}})
	}, opts)
}

// Changed says whether an UPDATE … WHERE version = ? reached its one row; when it did not, somebody was faster.
func Changed(res *gorm.DB, what string) error {
	if res.Error != nil {
		return res.Error
	}
	if res.RowsAffected != 1 {
		return fault.Stale(
			"Somebody changed %s after you opened it. Look at their change, then save again.", what)
	}
	return nil
}

// Take reads one row by its condition; a missing row is fault.NotFound that names what was looked for.
func Take(g *gorm.DB, into any, what string, query string, args ...any) error {
	err := g.Where(query, args...).Take(into).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return fault.New(fault.NotFound, "There is no %s.", what)
	}
	return err
}

// Micros is a time in UTC microseconds since 1970, as every table keeps it.
type Micros int64

// MicrosOf truncates a time to whole microseconds.
func MicrosOf(t time.Time) Micros { return Micros(t.UnixMicro()) }

// Time is the same instant as a time.Time in UTC.
func (m Micros) Time() time.Time { return time.UnixMicro(int64(m)).UTC() }

// String writes the instant as RFC 3339 with microseconds.
func (m Micros) String() string { return m.Time().Format("2006-01-02T15:04:05.000000Z") }

func redact(url string) string {
	scheme, rest, ok := strings.Cut(url, "://")
	if !ok {
		return url
	}
	user, host, ok := strings.Cut(rest, "@")
	if !ok {
		return url
	}
	name, _, _ := strings.Cut(user, ":")
	return fmt.Sprintf("%s://%s@%s", scheme, name, host)
}
