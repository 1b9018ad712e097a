package store

import (
	"context"
	"errors"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"

	"claimbench/internal/fault"
)

const postgresConns = 16

func openPostgres(ctx context.Context, url string, o Options) (*DB, error) {
	target := redact(url)
	sent := new(atomic.Int64)
	g, err := gorm.Open(postgres.Open(url), gormConfig(sent))
	if err != nil {
		return nil, fault.Wrap(fault.Unavailable, err,
			"The database %s does not answer. Check the address, the name and that the server runs.", target)
	}
	pool, err := g.DB()
	if err != nil {
		return nil, err
	}
	pool.SetMaxOpenConns(postgresConns)
	pool.SetMaxIdleConns(postgresConns)
	pool.SetConnMaxIdleTime(5 * time.Minute)
	if err := pool.PingContext(ctx); err != nil {
		pool.Close()
		return nil, fault.Wrap(fault.Unavailable, err,
			"The database %s does not answer. Check the address, the name and that the server runs.", target)
	}
	return &DB{dialect: Postgres, target: target, writer: g, reader: g, clock: time.Now, log: o.Log,
		sent: sent}, nil
}

// dropStale says whether PostgreSQL refused a statement that was prepared before its table changed, as it does after
// another server migrated the database. All connections that rest are then closed, for each keeps such statements of
// its own: what is asked next is prepared anew.
func (db *DB) dropStale(err error) bool {
	if !isStale(err) {
		return false
	}
	pool, failed := db.reader.DB()
	if failed != nil {
		return false
	}
	pool.SetMaxIdleConns(0)
	pool.SetMaxIdleConns(postgresConns)
	return true
}

// isStale knows the refusal by where the server raised it: its words depend on the server's language.
func isStale(err error) bool {
	var pg *pgconn.PgError
	return errors.As(err, &pg) && pg.Code == pgUnsupported && pg.Routine == "RevalidateCachedQuery"
}
