package store

import (
	"context"
	"sync"
)

// bundle is a Write that others join.
type bundle struct {
	db     *DB
	tx     *Tx
	mu     sync.Mutex
	failed error
}

type bundleKey struct{}

// Together runs many Writes and Reads as one: whatever f calls with the context it is given works inside one
// transaction, which is kept when f ends without an error, and else not at all. It is the bulk form of every service:
// a hundred of them cost one COMMIT. A Write inside has its own Tx.Now, and its AfterCommit runs after the whole.
//
// Other writers wait until f has ended, so that it is for filling a database that nobody is served from. One Write that
// fails is the end of all, also when f goes on after it: half of what it wrote would stay. f keeps to one goroutine,
// and may run more than once on PostgreSQL, like the function of a Write.
func (db *DB) Together(ctx context.Context, f func(ctx context.Context) error) error {
	return db.Write(ctx, func(tx *Tx) error {
		b := &bundle{db: db, tx: tx}
		if err := f(context.WithValue(ctx, bundleKey{}, b)); err != nil {
			return err
		}
		b.mu.Lock()
		defer b.mu.Unlock()
		return b.failed
	})
}

// bundleOf is the bundle of this database that a context works inside, or nil.
func (db *DB) bundleOf(ctx context.Context) *bundle {
	if b, ok := ctx.Value(bundleKey{}).(*bundle); ok && b.db == db {
		return b
	}
	return nil
}

func (b *bundle) read(ctx context.Context, f func(*Rx) error) error {
	return Translate(f(&Rx{db: b.db, g: b.tx.g.WithContext(ctx)}))
}

func (b *bundle) write(ctx context.Context, f func(*Tx) error) error {
	tx := &Tx{Rx: Rx{db: b.db, g: b.tx.g.WithContext(ctx)}, now: MicrosOf(b.db.clock())}
	err := tx.begun(ctx)
	if err == nil {
		err = f(tx)
	}
	if err == nil {
		b.tx.after = append(b.tx.after, tx.after...)
		return nil
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.failed = err
	return Translate(err)
}
