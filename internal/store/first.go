package store

import (
	"context"
	"sync/atomic"
)

// first is what the first Write under a context begins with.
type first struct {
	run  func(*Tx) error
	done atomic.Bool
}

type firstKey struct{}

// WithFirst gives a context whose first Write that is committed begins with run, in the same transaction: what run
// writes is kept if and only if that Write is. An error of run ends the Write with it. Like a Write's own function, run
// may run more than once.
func WithFirst(ctx context.Context, run func(*Tx) error) context.Context {
	return context.WithValue(ctx, firstKey{}, &first{run: run})
}

// WithoutFirst gives a context whose Writes come ahead of those that WithFirst is about: they begin with nothing, and
// what run writes waits for the first Write after them.
func WithoutFirst(ctx context.Context) context.Context {
	return context.WithValue(ctx, firstKey{}, (*first)(nil))
}

// begun runs what the context's first Write begins with, unless an earlier Write has.
func (t *Tx) begun(ctx context.Context) error {
	f, ok := ctx.Value(firstKey{}).(*first)
	if !ok || f == nil || f.done.Load() {
		return nil
	}
	t.AfterCommit(func() { f.done.Store(true) })
	return f.run(t)
}
