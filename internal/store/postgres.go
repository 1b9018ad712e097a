package store

import (
	"context"
	"sync/atomic"
	"time"

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
