package store

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/mattn/go-sqlite3"
	"gorm.io/gorm"

	"claimbench/internal/fault"
)

const (
	// writeTries bounds how often a Write that PostgreSQL refused for a deadlock or a serialisation failure is run
	// again.
	writeTries = 5
	// writePatience is how long a Write waits for its turn when its context allows more: below the doors' deadline.
	writePatience = 10 * time.Second
	// commitGrace is how long a COMMIT that was sent may go on after the context of its Write has ended.
	commitGrace = 2 * time.Second
)

// Write runs f in one transaction: all of it is kept, or nothing. f may run more than once on PostgreSQL (after a
// deadlock), so it must set what it returns through its closure anew each time. Nothing slow belongs inside.
//
// A Write waits for its turn until ctx ends, at most ten seconds, and then is fault.Unavailable. When the database does
// not say what became of a COMMIT, the error is fault.Unknown: whoever asked must look before they send it again.
func (db *DB) Write(ctx context.Context, f func(*Tx) error) error {
	if ctx.Value(insideWrite{}) != nil {
		return fault.New(fault.Internal, "a Write was begun inside a Write")
	}
	if PastOf(ctx) != nil {
		return fault.New(fault.Forbidden, "Nothing can be written in the past. Go back to now.")
	}
	if c := counterOf(ctx); c != nil {
		c.Writes.Add(1)
	}
	ctx = context.WithValue(ctx, insideWrite{}, true)
	if b := db.bundleOf(ctx); b != nil {
		return b.write(ctx, f)
	}
	if err := ownTime(ctx); err != nil {
		return err
	}
	wait, stop := context.WithTimeout(ctx, writePatience)
	defer stop()
	if err := db.takeTurn(wait); err != nil {
		return err
	}
	defer db.endTurn()
	var err error
	for try := 0; try < writeTries; try++ {
		var after []func()
		after, err = db.writeOnce(ctx, wait, f)
		if err == nil {
			for _, run := range after {
				run()
			}
			return nil
		}
		if !worthAnotherTry(err) && !db.dropStale(err) || ctx.Err() != nil {
			break
		}
		db.log.Debug("write tried again", "try", try+1, "cause", err)
	}
	return Translate(err)
}

// takeTurn waits until no other Write of this process runs. PostgreSQL needs no turns.
func (db *DB) takeTurn(wait context.Context) error {
	if db.dialect != SQLite {
		return nil
	}
	select {
	case db.turn <- struct{}{}:
		return nil
	case <-wait.Done():
		return tookTooLong(wait.Err())
	}
}

func (db *DB) endTurn() {
	if db.dialect == SQLite {
		<-db.turn
	}
}

func (db *DB) writeOnce(ctx, wait context.Context, f func(*Tx) error) (after []func(), err error) {
	g, cancel, err := db.begin(ctx, wait)
	if err != nil {
		return nil, err
	}
	defer cancel()
	ended := false
	defer func() {
		if !ended { // f failed or panicked
			boundedBy(ctx, cancel, func() { g.Rollback() })
		}
	}()
	tx := &Tx{Rx: Rx{db: db, g: g.WithContext(ctx)}, now: MicrosOf(db.clock())}
	if err := tx.begun(ctx); err != nil {
		return nil, err
	}
	if err := f(tx); err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	ended = true
	boundedBy(ctx, cancel, func() { err = g.Commit().Error })
	return tx.after, uncertain(err)
}

// begin begins a transaction that does not end with ctx: a COMMIT that is cut off by a deadline would leave nobody
// knowing what became of it. Until it has begun, wait bounds it. On SQLite another program may hold the lock; a
// deadline does not interrupt SQLite's own wait, so that is short and is begun again.
func (db *DB) begin(ctx, wait context.Context) (*gorm.DB, context.CancelFunc, error) {
	for {
		own, cancel := context.WithCancel(context.WithoutCancel(ctx))
		stop := context.AfterFunc(wait, cancel)
		g := db.writer.WithContext(own).Begin()
		if stop() && g.Error == nil {
			return g, cancel, nil
		}
		if g.Error == nil { // it began as the time ran out
			g.Rollback()
		}
		cancel()
		switch {
		case wait.Err() != nil:
			return nil, nil, tookTooLong(errors.Join(wait.Err(), g.Error))
		case !isBusy(g.Error):
			return nil, nil, g.Error
		}
	}
}

// boundedBy runs the end of a transaction, and cancels it when it goes on for long after ctx has ended.
func boundedBy(ctx context.Context, cancel context.CancelFunc, end func()) {
	stop := context.AfterFunc(ctx, func() { time.AfterFunc(commitGrace, cancel) })
	defer stop()
	end()
}

func tookTooLong(err error) error {
	return fault.Wrap(fault.Unavailable, err,
		"Others are writing to the database, and it took too long. Nothing was changed; try again.")
}

// ownTime says that whoever asks used up their time before they came to the database: nobody else held them up.
func ownTime(ctx context.Context) error {
	if err := ctx.Err(); errors.Is(err, context.DeadlineExceeded) {
		return fault.Wrap(fault.Unavailable, err, "This took longer than one request may take. Nothing was changed. "+
			"Send less at once, a part of the text for example, or try again when the server has less to do.")
	}
	return nil
}

func isBusy(err error) bool {
	var lite sqlite3.Error
	return errors.As(err, &lite) && (lite.Code == sqlite3.ErrBusy || lite.Code == sqlite3.ErrLocked)
}

// uncertain makes fault.Unknown of an error of COMMIT after which the rows may be kept or not. An answer of the
// database's own that it kept nothing passes as it is.
func uncertain(err error) error {
	if err == nil || refusedCommit(err) {
		return err
	}
	return fault.Wrap(fault.Unknown, err, fault.NotKnown)
}

func refusedCommit(err error) bool {
	var lite sqlite3.Error
	if errors.As(err, &lite) {
		return lite.Code != sqlite3.ErrIoErr // the frames may be in the log although it was not synced
	}
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return pg.Severity == "ERROR" // FATAL and PANIC end the connection, before the COMMIT or after it
	}
	// pgx calls a connection that broke under a COMMIT “safe to retry”: it is not believed here.
	return errors.Is(err, gorm.ErrForeignKeyViolated) || errors.Is(err, gorm.ErrDuplicatedKey) || isRolledBack(err)
}
