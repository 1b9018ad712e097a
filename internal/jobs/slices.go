package jobs

import (
	"cmp"
	"context"
	"math/bits"
	"time"

	"claimbench/internal/store"
)

// InSlices does a plan at once and to its end, without a job: for work that is short, or that a command waits for. When
// it fails, the slices before are kept.
func InSlices(ctx context.Context, db *store.DB, plan Plan) error {
	done := 0
	err := drive(ctx, db, plan, &done, func(ctx context.Context, piece func()) error {
		begun := time.Now()
		piece()
		Pause(ctx, time.Since(begun))
		return nil
	}, func(*store.Tx, int, bool) error { return nil })
	if err == nil && plan.After != nil {
		err = plan.After(ctx)
	}
	return err
}

// drive does the items of a plan from *done on, each slice with its keep in one Write and one piece of beside, which
// may refuse to go on.
func drive(ctx context.Context, db *store.DB, plan Plan, done *int, beside func(context.Context, func()) error,
	keep func(tx *store.Tx, done int, last bool) error) error {
	n := firstSlice
	for last := false; !last; {
		n = max(min(n, plan.Total-*done), 0)
		if plan.Most > 0 {
			n = min(n, plan.Most)
		}
		var err error
		var took time.Duration
		refused := beside(ctx, func() {
			if plan.Ahead != nil {
				if err = plan.Ahead(ctx, *done, n); err != nil {
					return
				}
			}
			var begun time.Time
			err = db.Write(ctx, func(tx *store.Tx) error {
				begun = time.Now() // the wait for the writer is not the slice's
				last = *done+n >= plan.Total
				if err := keep(tx, *done+n, last); err != nil {
					return err
				}
				if n > 0 {
					if err := plan.Slice(tx, *done, n); err != nil {
						return err
					}
				}
				if last && plan.Finish != nil {
					return plan.Finish(tx)
				}
				return nil
			})
			took = time.Since(begun)
		})
		if err = cmp.Or(refused, err); err != nil {
			return err
		}
		*done += n
		n = NextSlice(n, took)
	}
	return nil
}

// Beside does a piece of work that nobody waits for, and then pauses: one piece of this process at a time, so that all
// background work together takes one core at most. A piece takes some milliseconds.
func (s *Service) Beside(ctx context.Context, piece func()) {
	select {
	case s.turn <- struct{}{}:
	case <-ctx.Done():
		piece() // which sees that ctx has ended
		return
	}
	begun := time.Now()
	func() {
		defer func() { <-s.turn }()
		piece()
	}()
	Pause(ctx, time.Since(begun))
}

// NextSlice is how many items the next slice should have, when n took so long: slices hold the writer for about 15 ms.
// It is a power of two, so that the statements of all slices are few, and need not be prepared again.
func NextSlice(n int, took time.Duration) int {
	switch {
	case took > aim:
		n = n * int(aim) / int(took)
	case took < aim/2:
		n *= 2
	}
	n = min(max(n, 1), mostItems)
	return 1 << (bits.Len(uint(n)) - 1)
}

// Pause lets others write and compute, after work that took so long: a job takes three quarters of the time at most.
func Pause(ctx context.Context, took time.Duration) {
	t := time.NewTimer(min(took/3, aim))
	defer t.Stop()
	select {
	case <-ctx.Done():
	case <-t.C:
	}
}
