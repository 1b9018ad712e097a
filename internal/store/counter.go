package store

import (
	"context"
	"sync/atomic"
	"time"

	"gorm.io/gorm/logger"
)

// Counter counts what is asked of the database under a context: for tests that hold a page to a number of statements,
// and for nothing else. It may be shared by goroutines.
type Counter struct {
	Reads      atomic.Int64 // read transactions begun
	Writes     atomic.Int64 // Writes begun, each once, however often PostgreSQL ran it
	Statements atomic.Int64 // statements sent, in both; without BEGIN and COMMIT

	// Each is told every statement with its values filled in (for reading, not for sending), when it is set. Several
	// goroutines may call it.
	Each func(sql string)
}

type counterKey struct{}

// WithCounter gives a context under which every Read, Write and statement is counted in c.
func WithCounter(ctx context.Context, c *Counter) context.Context {
	return context.WithValue(ctx, counterKey{}, c)
}

// askedKey is where a Read counts its own statements.
type askedKey struct{}

func counterOf(ctx context.Context) *Counter {
	c, _ := ctx.Value(counterKey{}).(*Counter)
	return c
}

// Statements is how many statements were sent to the database so far, by all.
func (db *DB) Statements() int64 { return db.sent.Load() }

// tracer is told every statement by gorm, and counts it. It logs nothing: errors are told by those who return them.
type tracer struct{ sent *atomic.Int64 }

func (t tracer) LogMode(logger.LogLevel) logger.Interface { return t }
func (tracer) Info(context.Context, string, ...any)       {}
func (tracer) Warn(context.Context, string, ...any)       {}
func (tracer) Error(context.Context, string, ...any)      {}

func (t tracer) Trace(ctx context.Context, _ time.Time, statement func() (string, int64), _ error) {
	t.sent.Add(1)
	if asked, ok := ctx.Value(askedKey{}).(*atomic.Int64); ok {
		asked.Add(1)
	}
	c := counterOf(ctx)
	if c == nil {
		return
	}
	c.Statements.Add(1)
	if c.Each != nil {
		sql, _ := statement()
		c.Each(sql)
	}
}
