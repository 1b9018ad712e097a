package store

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"sync/atomic"
	"syscall"
	"time"

	"gorm.io/driver/sqlite"
	"gorm.io/gorm"

	"claimbench/internal/fault"
)

const (
	readers = 4
	// A deadline does not interrupt SQLite's own wait, so a writer waits in short steps (begin in write.go). Within a
	// step SQLite asks after 1, 3 and 8 ms, and then ever more seldom, so that another program that writes in slices
	// with short pauses would be asked beside its pauses: a step ends before that. Readers wait for a lock only while
	// somebody recovers or moves the log.
	busyStep    = 8 * time.Millisecond
	busyTimeout = 5 * time.Second
	// Page cache per connection, in KiB: at most 16 MB each (docs/performance.md).
	pageCacheKiB = 8192
	// Statements that each connection keeps parsed, the ones used last. A busy page has about thirty.
	statementsKept = 192
)

// openSQLite opens PATH with one writing connection (BEGIN IMMEDIATE, synchronous=FULL) and a pool of read-only ones.
// Everything is set in the DSN: a PRAGMA by Exec would reach one connection of the pool.
func openSQLite(ctx context.Context, path string, o Options) (*DB, error) {
	if path == "" {
		return nil, fault.New(fault.Invalid,
			"“sqlite:” names no file. Write sqlite:PATH, for example sqlite:var/claimbench.db.")
	}
	if err := makeFile(path, o.Create); err != nil {
		return nil, err
	}
	db := &DB{dialect: SQLite, target: path, turn: make(chan struct{}, 1), clock: time.Now, log: o.Log,
		sent: new(atomic.Int64)}
	var err error
	if db.writer, err = openPool(sqliteDSN(path, url.Values{"_txlock": {"immediate"}, "_synchronous": {"FULL"},
		"_busy_timeout": {fmt.Sprint(busyStep.Milliseconds())}}), 1, db.sent); err != nil {
		return nil, openFault(path, err)
	}
	if err = selfCheck(ctx, db.writer); err != nil {
		return nil, err
	}
	if db.reader, err = openPool(sqliteDSN(path, url.Values{"_query_only": {"1"}}), readers,
		db.sent); err != nil {
		return nil, openFault(path, err)
	}
	return db, nil
}

// makeFile makes a missing database file, if that is wanted, as an empty one that only its owner may read. SQLite gives
// the log and its index beside it the same mode.
func makeFile(path string, create bool) error {
	if _, err := os.Stat(path); !errors.Is(err, os.ErrNotExist) {
		return nil // SQLite says better than we what is wrong with it
	}
	if !create {
		return fault.New(fault.NotFound,
			"There is no database at %s. Check the path; nothing was made there. A new and empty one, if that is what "+
				"you want, is made by “workbench migrate --database sqlite:%s”.", absolute(path), path)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fault.Wrap(fault.Unavailable, err, "The folder of %s cannot be made. Choose another path.", path)
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE, 0o600)
	if err != nil {
		return openFault(path, err)
	}
	return f.Close()
}

// absolute gives the whole path, so that somebody sees from which folder theirs was taken.
func absolute(path string) string {
	if whole, err := filepath.Abs(path); err == nil {
		return whole
	}
	return path
}

// warnOfWideFiles tells the log which files of the database others than their owner may open. They are left as they
// are: a group that makes backups may be meant.
func (db *DB) warnOfWideFiles() {
	for _, name := range []string{db.target, db.target + "-wal", db.target + "-shm"} {
		if info, err := os.Stat(name); err == nil && info.Mode().Perm()&0o077 != 0 {
			db.log.Warn("others may open a file of the database; to keep it to its owner run: chmod 600 "+name,
				"file", name, "mode", fmt.Sprintf("%04o", info.Mode().Perm()))
		}
	}
}

func sqliteDSN(path string, more url.Values) string {
	q := url.Values{
		"_journal_mode":       {"WAL"},
		"_busy_timeout":       {fmt.Sprint(busyTimeout.Milliseconds())},
		"_foreign_keys":       {"1"},
		"_recursive_triggers": {"1"}, // else INSERT OR REPLACE slips past the append-only triggers
		"_cache_size":         {fmt.Sprint(-pageCacheKiB)},
		"_stmt_cache_size":    {fmt.Sprint(statementsKept)},
	}
	for k, v := range more {
		q[k] = v
	}
	return "file:" + (&url.URL{Path: path}).EscapedPath() + "?" + q.Encode()
}

func openPool(dsn string, conns int, sent *atomic.Int64) (*gorm.DB, error) {
	g, err := gorm.Open(sqlite.Open(dsn), gormConfig(sent))
	if err != nil {
		return nil, err
	}
	pool, err := g.DB()
	if err != nil {
		return nil, err
	}
	pool.SetMaxOpenConns(conns)
	pool.SetMaxIdleConns(conns)
	return g, nil
}

func openFault(path string, err error) error {
	return fault.Wrap(fault.Unavailable, err,
		"The database %s cannot be opened. Check that it is a Claimbench database and that you may write to it.", path)
}

// selfCheck refuses a build whose SQLite lacks full-text search, at the start rather than at the first search.
func selfCheck(ctx context.Context, g *gorm.DB) error {
	var fts int
	if err := g.WithContext(ctx).Raw("SELECT sqlite_compileoption_used('ENABLE_FTS5')").Scan(&fts).Error; err != nil {
		return fault.Wrap(fault.Unavailable, err,
			"The database does not answer. Check that the file is a SQLite database.")
	}
	if fts != 1 {
		return fault.New(fault.Unavailable,
			"This program was built without full-text search. Build it with -tags sqlite_fts5 (make build does).")
	}
	return nil
}

// Serve takes the right to serve this database. On SQLite a second server on the same file is refused with
// fault.Unavailable; commands may still write beside it. On PostgreSQL several servers may run. The log is told which
// files others may open.
func (db *DB) Serve() error {
	if db.dialect != SQLite {
		return nil
	}
	f, err := os.OpenFile(db.target+".serving", os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return fault.Wrap(fault.Unavailable, err,
			"The lock beside %s cannot be made. Check that the folder can be written to.", db.target)
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		f.Close()
		return fault.Wrap(fault.Unavailable, err,
			"Another workbench already serves %s. Stop it first, or serve another database.", db.target)
	}
	db.serving = f
	db.warnOfWideFiles()
	return nil
}
