package files

import (
	"cmp"
	"context"
	"io"
	"log/slog"
	"time"

	"claimbench/internal/fault"
	"claimbench/internal/store"
)

// kept says which file an object has: "original:7".
type kept struct {
	Owner string `gorm:"column:owner;primaryKey"`
	Sum   string `gorm:"column:sum"`
}

func (kept) TableName() string { return "files" }

// due says that a file goes from a moment on, if no object has it then.
type due struct {
	Sum   string       `gorm:"column:sum;primaryKey"`
	DueAt store.Micros `gorm:"column:due_at"`
}

func (due) TableName() string { return "files_due" }

// mayTake is how long a Write that wants a file may come after the file.
const mayTake = time.Hour

type dirKey struct{}

// Use lets the rooms that work on a database keep files in a folder from now on.
func Use(db *store.DB, d *Dir) { db.Lend(dirKey{}, d) }

func dirOf(r *store.Rx) *Dir {
	d, _ := r.Lent(dirKey{}).(*Dir)
	return d
}

// Put writes bytes into the folder, ahead of the Write in which an object gets them (Own); it gives the name, "" where
// there is no folder: then they belong into the database. When no object gets them within the hour they go again.
func Put(ctx context.Context, db *store.DB, raw []byte) (sum string, err error) {
	defer fault.In(&err, "files.Put(%d bytes)", len(raw))
	var d *Dir
	sum = Sum(raw)
	if err := db.Read(ctx, func(r *store.Rx) error {
		d = dirOf(r)
		return nil
	}); err != nil || d == nil {
		return "", err
	}
	// What a request is known by again is kept with its work, not with this: the work may be refused or never come.
	if err := db.Write(store.WithoutFirst(ctx), func(tx *store.Tx) error {
		if err := alone(tx, sum); err != nil {
			return err
		}
		return fall(tx, sum, tx.Now()+store.Micros(mayTake.Microseconds()))
	}); err != nil {
		return "", err
	}
	return sum, d.put(sum, raw)
}

// alone lets one thing at a time be done with a file: it does not go while an object gets it.
func alone(tx *store.Tx, sum string) error { return tx.Alone("file:" + sum) }

func fall(tx *store.Tx, sum string, at store.Micros) error {
	return tx.Gorm().Exec("INSERT INTO files_due (sum, due_at) VALUES (?, ?) ON CONFLICT (sum) DO UPDATE SET due_at = "+
		"CASE WHEN files_due.due_at > excluded.due_at THEN files_due.due_at ELSE excluded.due_at END", sum, at).Error
}

// Own gives an object the file that Put named. fault.Unavailable: it is not there any more, and Put is to be called
// again.
func Own(tx *store.Tx, owner, sum string) error {
	if err := alone(tx, sum); err != nil {
		return err
	}
	if d := dirOf(&tx.Rx); d == nil || !d.has(sum) {
		return fault.New(fault.Unavailable, "A file that was kept a moment ago is gone. Try again.")
	}
	return tx.Gorm().Create(&kept{owner, sum}).Error
}

// Drop takes the file of an object away. When no other has it, it is erased after this Write.
func Drop(tx *store.Tx, owner string) error {
	k, is, err := store.One[kept](&tx.Rx, "SELECT * FROM files WHERE owner = ?", owner)
	if err != nil || !is {
		return err
	}
	if err := alone(tx, k.Sum); err != nil {
		return err
	}
	if err := tx.Gorm().Where("owner = ?", owner).Delete(&kept{}).Error; err != nil {
		return err
	}
	return tx.Gorm().Exec("INSERT INTO files_due (sum, due_at) VALUES (?, ?) ON CONFLICT (sum) DO UPDATE SET due_at = "+
		"excluded.due_at", k.Sum, tx.Now()).Error
}

// Read writes the file of an object; false when it has none in the folder. fault.NotFound: the file is missing,
// fault.Conflict: it is another one, fault.Unavailable: it lies in a folder that this program was not told of.
func Read(r *store.Rx, owner string, w io.Writer) (is bool, err error) {
	k, is, err := store.One[kept](r, "SELECT * FROM files WHERE owner = ?", owner)
	if err != nil || !is {
		return false, err
	}
	d := dirOf(r)
	if d == nil {
		return true, fault.New(fault.Unavailable, "This file lies in a folder outside of the database, which this "+
			"program was not told. Start it with --files DIR.")
	}
	return true, d.copy(k.Sum, w)
}

// Some says whether any file lies outside of the database.
func Some(r *store.Rx) (is bool, err error) {
	is, _, err = store.One[bool](r, "SELECT EXISTS (SELECT 1 FROM files) AS is_there")
	return is, err
}

// Sweep erases what is due and has no owner. It gives how many files went. One that cannot be erased keeps no other.
func Sweep(ctx context.Context, db *store.DB) (n int, err error) {
	defer fault.In(&err, "files.Sweep()")
	var failed error
	for last := (due{}); ; {
		var d *Dir
		var list []due
		if err := db.Read(ctx, func(r *store.Rx) (err error) {
			if d = dirOf(r); d == nil {
				return nil
			}
			list, err = store.Select[due](r, "SELECT * FROM files_due WHERE due_at <= ? AND (due_at > ? OR due_at = ? "+
				"AND sum > ?) ORDER BY due_at, sum LIMIT 100", db.Now(), last.DueAt, last.DueAt, last.Sum)
			return err
		}); err != nil || len(list) == 0 {
			return n, cmp.Or(failed, err)
		}
		for _, last = range list {
			gone, err := sweep(ctx, db, d, last.Sum)
			if ctx.Err() != nil {
				return n, err
			}
			failed = cmp.Or(failed, err)
			if gone {
				n++
			}
		}
	}
}

// sweep erases one that is due. The file goes inside the Write, before it is kept: a crash in between leaves a name
// that is due, and no file, and the next Sweep ends it.
func sweep(ctx context.Context, db *store.DB, d *Dir, sum string) (gone bool, err error) {
	err = db.Write(ctx, func(tx *store.Tx) error {
		gone = false
		if err := alone(tx, sum); err != nil {
			return err
		}
		still, _, err := store.One[bool](&tx.Rx, "SELECT EXISTS (SELECT 1 FROM files_due WHERE sum = ? AND due_at "+
			"<= ?) AS is_due", sum, tx.Now())
		if err != nil || !still {
			return err
		}
		owned, _, err := store.One[bool](&tx.Rx, "SELECT EXISTS (SELECT 1 FROM files WHERE sum = ?) AS owned", sum)
		if err != nil {
			return err
		}
		if !owned {
			if err := d.remove(sum); err != nil {
				return err
			}
			gone = true
		}
		return tx.Gorm().Where("sum = ?", sum).Delete(&due{}).Error
	})
	return gone && err == nil, err
}

// sweepEvery is how soon what was wanted no more is erased.
const sweepEvery = 10 * time.Second

// Tidy erases what processes that were killed left half written in the folder, and gives how many files went. What is
// younger than a Write may take is left: another server of the folder may be writing it.
func Tidy(ctx context.Context, db *store.DB) (n int, err error) {
	defer fault.In(&err, "files.Tidy()")
	var d *Dir
	if err := db.Read(ctx, func(r *store.Rx) error {
		d = dirOf(r)
		return nil
	}); err != nil || d == nil {
		return 0, err
	}
	return d.tidy(time.UnixMicro(int64(db.Now())).Add(-mayTake))
}

// Run tidies, and then sweeps until ctx ends.
func Run(ctx context.Context, db *store.DB, log *slog.Logger) {
	if _, err := Tidy(ctx, db); err != nil && ctx.Err() == nil {
		log.Warn("what is half written cannot be erased", "err", err)
	}
	tick := time.NewTicker(sweepEvery)
	defer tick.Stop()
	for {
		if _, err := Sweep(ctx, db); err != nil && ctx.Err() == nil {
			log.Warn("files that are wanted no more cannot be erased", "err", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}
