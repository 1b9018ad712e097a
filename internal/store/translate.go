package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"io"
	"net"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/mattn/go-sqlite3"
	"gorm.io/gorm"

	"claimbench/internal/fault"
)

// PostgreSQL error codes (PostgreSQL documentation, appendix A).
const (
	pgSerialization   = "40001"
	pgDeadlock        = "40P01"
	pgDiskFull        = "53100"
	pgReadOnly        = "25006"
	pgLockTimeout     = "55P03"
	pgCanceled        = "57014"
	pgNotInRepertoire = "22021" // NUL, or bytes that are not UTF-8
	pgUntranslatable  = "22P05"
	pgUnsupported     = "0A000"
)

// worthAnotherTry says whether PostgreSQL asked for the transaction to be run again.
func worthAnotherTry(err error) bool {
	var pg *pgconn.PgError
	return errors.As(err, &pg) && (pg.Code == pgSerialization || pg.Code == pgDeadlock)
}

// isRolledBack says that PostgreSQL answered a COMMIT by rolling back.
func isRolledBack(err error) bool { return errors.Is(err, pgx.ErrTxCommitRollback) }

// Messages for a database that fails. Each is true of a transaction that was not committed.
const (
	msgTooLong    = "The database took too long. Nothing was changed; try again."
	msgTooMany    = "Too many people are writing at once. Nothing was changed; try again."
	msgBusy       = "Another program is writing to the database. Nothing was changed; try again."
	msgFull       = "The database's disk is full. Nothing was changed; free some space and try again."
	msgReadOnly   = "The database cannot be written to. Nothing was changed; its keeper must look at the file's rights."
	msgDisk       = "The database's disk gives errors. Nothing was changed; its keeper must look at it."
	msgDamaged    = "The database is damaged. Nothing was changed; its keeper must look at it."
	msgNoAnswer   = "The database does not answer. Nothing was changed; try again in a moment."
	msgMigrated   = "The database was just changed by a newer version of this program. Nothing was changed; try again."
	msgUnwritable = "A text holds NUL or bytes that are not UTF-8. Take them out and try again."
)

// liteMessages are what SQLite's failures of the machine are called. Every other code of SQLite is a fault of ours.
var liteMessages = map[sqlite3.ErrNo]string{
	sqlite3.ErrBusy: msgBusy, sqlite3.ErrLocked: msgBusy, sqlite3.ErrProtocol: msgBusy,
	sqlite3.ErrInterrupt: msgTooLong, sqlite3.ErrFull: msgFull,
	sqlite3.ErrReadonly: msgReadOnly, sqlite3.ErrPerm: msgReadOnly, sqlite3.ErrAuth: msgReadOnly,
	sqlite3.ErrIoErr: msgDisk, sqlite3.ErrCantOpen: msgDisk, sqlite3.ErrNomem: msgDisk, sqlite3.ErrNoLFS: msgDisk,
	sqlite3.ErrCorrupt: msgDamaged, sqlite3.ErrNotADB: msgDamaged,
}

// pgMessages are those of PostgreSQL: by code, or by the class that a code begins with.
var pgMessages = map[string]string{
	pgSerialization: msgTooMany, pgDeadlock: msgTooMany, pgLockTimeout: msgTooMany, pgCanceled: msgTooLong,
	pgDiskFull: msgFull, pgReadOnly: msgReadOnly, "42501": msgReadOnly,
	"08": msgNoAnswer, "53": msgNoAnswer, "57": msgNoAnswer, "58": msgDisk, "XX001": msgDamaged, "XX002": msgDamaged,
}

// Translate turns what the drivers say into a fault; a fault or an unknown error passes as it is. It takes the error
// for one of a transaction that was not committed: errors of COMMIT itself are told apart by Write.
func Translate(err error) error {
	if err == nil {
		return nil
	}
	if _, ours := fault.As(err); ours {
		return err
	}
	switch {
	case errors.Is(err, gorm.ErrRecordNotFound):
		return fault.Wrap(fault.NotFound, err, "That is not here, or not any more.")
	case errors.Is(err, gorm.ErrDuplicatedKey):
		return fault.Wrap(fault.Conflict, err, "That exists already. Reload the page to see it.")
	case errors.Is(err, gorm.ErrForeignKeyViolated):
		return fault.Wrap(fault.Conflict, err, "Something this refers to is gone. Reload the page and try again.")
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
		return fault.Wrap(fault.Unavailable, err, msgTooLong)
	}
	if msg := liteMessage(err); msg != "" {
		return fault.Wrap(fault.Unavailable, err, "%s", msg)
	}
	var connecting *pgconn.ConnectError
	if errors.As(err, &connecting) { // whatever the server's reason to refuse the connection
		return fault.Wrap(fault.Unavailable, err, msgNoAnswer)
	}
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		if pg.Code == pgNotInRepertoire || pg.Code == pgUntranslatable {
			return fault.Wrap(fault.Invalid, err, msgUnwritable)
		}
		if isStale(err) {
			return fault.Wrap(fault.Unavailable, err, msgMigrated)
		}
		if msg := pgMessage(pg.Code); msg != "" {
			return fault.Wrap(fault.Unavailable, err, "%s", msg)
		}
		return err
	}
	if lost(err) {
		return fault.Wrap(fault.Unavailable, err, msgNoAnswer)
	}
	return err
}

func liteMessage(err error) string {
	var lite sqlite3.Error
	if errors.As(err, &lite) {
		return liteMessages[lite.Code]
	}
	return ""
}

// Damaged says whether an error of SQLite tells of what stands in the file, and not of the machine.
func Damaged(err error) bool {
	var lite sqlite3.Error
	if !errors.As(err, &lite) {
		return false
	}
	msg, ofTheMachine := liteMessages[lite.Code]
	return !ofTheMachine || msg == msgDamaged
}

func pgMessage(code string) string {
	if msg, ok := pgMessages[code]; ok || len(code) < 2 {
		return msg
	}
	return pgMessages[code[:2]]
}

// isClosed says that a pool was closed: a request that outlives its server meets it. database/sql keeps that error to
// itself.
func isClosed(err error) bool { return strings.Contains(err.Error(), "sql: database is closed") }

// lost says whether the connection to the server broke, or none could be made.
func lost(err error) bool {
	var network net.Error
	return errors.As(err, &network) || errors.Is(err, net.ErrClosed) ||
		errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, driver.ErrBadConn) ||
		errors.Is(err, sql.ErrConnDone) || isClosed(err) || errors.Is(err, pgconn.ErrConnClosed) ||
		pgconn.Timeout(err) || pgconn.SafeToRetry(err)
}
