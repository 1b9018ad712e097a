package store

import (
	"context"
	"errors"

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
	pgNotInRepertoire = "22021" // NUL, or bytes that are not UTF-8
	pgUntranslatable  = "22P05"
)

// worthAnotherTry says whether PostgreSQL asked for the transaction to be run again.
func worthAnotherTry(err error) bool {
	var pg *pgconn.PgError
	return errors.As(err, &pg) && (pg.Code == pgSerialization || pg.Code == pgDeadlock)
}

// Translate turns what the drivers say into a fault; a fault or an unknown error passes as it is.
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
		return fault.Wrap(fault.Unavailable, err, "The database took too long. Nothing was changed; try again.")
	case worthAnotherTry(err):
		return fault.Wrap(fault.Unavailable, err,
			"Too many people are writing at once. Nothing was changed; try again.")
	}
	var lite sqlite3.Error
	if errors.As(err, &lite) {
		switch lite.Code {
		case sqlite3.ErrBusy, sqlite3.ErrLocked:
			return fault.Wrap(fault.Unavailable, err,
				"Another program is writing to the database. Nothing was changed; try again.")
		case sqlite3.ErrFull:
			return fault.Wrap(fault.Unavailable, err,
				"The disk is full. Nothing was changed; free some space and try again.")
		case sqlite3.ErrReadonly:
			return fault.Wrap(fault.Unavailable, err,
				"The database cannot be written to. Check the rights of its file.")
		}
	}
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		switch pg.Code {
		case pgDiskFull:
			return fault.Wrap(fault.Unavailable, err,
				"The database's disk is full. Nothing was changed; free some space and try again.")
		case pgNotInRepertoire, pgUntranslatable:
			return fault.Wrap(fault.Invalid, err,
				"A text holds NUL or bytes that are not UTF-8. Take them out and try again.")
		case pgReadOnly:
			return fault.Wrap(fault.Unavailable, err, "The database cannot be written to.")
		}
	}
	return err
}
