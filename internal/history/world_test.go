package history

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strconv"
	"testing"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"claimbench/internal/store"
)

// A record room of the tests' own: one table, guarded as the rooms above guard theirs.
type thingRow struct {
	ID    int64  `gorm:"column:id;primaryKey;autoIncrement:false"`
	State string `gorm:"column:state"`
	Note  string `gorm:"column:note"`
}

func (thingRow) TableName() string { return "test_things" }

func (r thingRow) object() string { return fmt.Sprintf("thing:%d", r.ID) }
func (r thingRow) fields() Fields { return Fields{"id": strconv.FormatInt(r.ID, 10), "state": r.State} }
func (r thingRow) texts() Texts   { return Texts{"note": r.Note} }

func thingRows() Rows {
	return Rows{Kind: "thing", List: func(rx *store.Rx, yield func(string, Fields, Texts) error) error {
		var rows []thingRow
		if err := rx.Gorm().Order("id").Find(&rows).Error; err != nil {
			return err
		}
		for _, r := range rows {
			if err := yield(r.object(), r.fields(), r.texts()); err != nil {
				return err
			}
		}
		return nil
	}}
}

// world is a history with its room, a key, and what an auditor holds.
type world struct {
	t      *testing.T
	db     *store.DB
	key    *Key
	signer *Signer
}

func alice() Who { return Who{UserID: 1, Name: "alice", Role: "reviewer", Via: Web, Request: "r-1"} }

func newWorld(t *testing.T, db *store.DB) *world {
	t.Helper()
	key, err := OpenKey(filepath.Join(t.TempDir(), "log.key"))
	if err != nil {
		t.Fatal(err)
	}
	w := &world{t: t, db: db, key: key, signer: NewSigner(db, key, nil)}
	w.write(func(tx *store.Tx) error {
		if err := tx.Gorm().Exec("DROP TABLE IF EXISTS test_things").Error; err != nil {
			return err
		}
		return tx.Gorm().Exec(
			"CREATE TABLE test_things (id BIGINT PRIMARY KEY, state TEXT NOT NULL, note TEXT NOT NULL)").Error
	})
	return w
}

func (w *world) write(f func(tx *store.Tx) error) {
	w.t.Helper()
	if err := w.db.Write(context.Background(), f); err != nil {
		w.t.Fatal(err)
	}
}

// add makes things with ids from..to, each with its event.
func (w *world) add(from, to int64) {
	w.t.Helper()
	w.write(func(tx *store.Tx) error {
		for id := from; id <= to; id++ {
			r := thingRow{ID: id, State: "open", Note: fmt.Sprintf("note %d: حدود ۹", id)}
			if err := tx.Gorm().Create(&r).Error; err != nil {
				return err
			}
			e := Event{Action: "thing.added", Object: r.object(), Collection: 1, After: r.fields(), Texts: r.texts(),
				Reason: "because"}
			if _, err := Append(tx, alice(), e); err != nil {
				return err
			}
		}
		return nil
	})
}

// set changes a thing's state, with its event.
func (w *world) set(id int64, state string) {
	w.t.Helper()
	w.write(func(tx *store.Tx) error { return setThing(tx, id, state) })
}

func setThing(tx *store.Tx, id int64, state string) error {
	var r thingRow
	if err := tx.Gorm().Where("id = ?", id).Take(&r).Error; err != nil {
		return err
	}
	before := r.fields()
	r.State = state
	if err := tx.Gorm().Model(&thingRow{}).Where("id = ?", id).Update("state", state).Error; err != nil {
		return err
	}
	_, err := Append(tx, alice(), Event{Action: "thing.set", Object: r.object(), Collection: 1, Before: before,
		After: r.fields()})
	return err
}

// emptied is what a room does with its row when a text of it was erased.
func emptied(tx *store.Tx, id int64) error {
	return tx.Gorm().Exec("UPDATE test_things SET note = '' WHERE id = ?", id).Error
}

// remove deletes a thing, with its event.
func (w *world) remove(id int64) {
	w.t.Helper()
	w.write(func(tx *store.Tx) error {
		var r thingRow
		if err := tx.Gorm().Where("id = ?", id).Take(&r).Error; err != nil {
			return err
		}
		if err := tx.Gorm().Delete(&thingRow{}, "id = ?", id).Error; err != nil {
			return err
		}
		_, err := Append(tx, alice(), Event{Action: "thing.removed", Object: r.object(), Collection: 1,
			Before: r.fields()})
		return err
	})
}

func (w *world) sign() Checkpoint {
	w.t.Helper()
	c, err := w.signer.Sign(context.Background())
	if err != nil {
		w.t.Fatal(err)
	}
	return c
}

// lived gives a history with everything in it: added, changed, removed and erased things, and checkpoints on the way.
func (w *world) lived() {
	w.t.Helper()
	w.add(1, 9)
	w.sign()
	w.set(2, "decided")
	w.set(2, "approved")
	w.remove(3)
	w.write(func(tx *store.Tx) error {
		_, err := Erase(tx, alice(), "thing:4", "note", "the court said so")
		return errors.Join(err, emptied(tx, 4))
	})
	w.write(func(tx *store.Tx) error { // a note event: nothing changes by it
		_, err := Append(tx, alice(), Event{Action: "thing.exported", Object: "thing:5", Texts: Texts{"format": "csv"}})
		return err
	})
	w.sign()
	w.set(6, "decided")
	w.set(7, "decided")
}

func (w *world) options(c *Checkpoint) Options {
	return Options{Rooms: []Rows{thingRows()}, Checkpoint: c, Keys: []note.Verifier{w.key.half().verifier},
		schemaOff: true} // the world has a table of its own
}

func (w *world) verify(c *Checkpoint) Report {
	w.t.Helper()
	r, err := Verify(context.Background(), w.db, w.options(c))
	if err != nil {
		w.t.Fatal(err)
	}
	return r
}

// unguard takes the append-only triggers away, as whoever owns the database can.
func unguard(tx *store.Tx) error {
	statements := []string{}
	if tx.Dialect() == store.SQLite {
		var names []string
		if err := tx.Gorm().Raw("SELECT name FROM sqlite_master WHERE type = 'trigger'").Scan(
			&names).Error; err != nil {
			return err
		}
		for _, n := range names {
			statements = append(statements, "DROP TRIGGER "+n)
		}
		statements = append(statements, "PRAGMA defer_foreign_keys = 1")
	} else {
		statements = append(statements, "SET LOCAL session_replication_role = replica")
	}
	for _, s := range statements {
		if err := tx.Gorm().Exec(s).Error; err != nil {
			return err
		}
	}
	return nil
}

// rewrite is an owner who, after changing events, recomputes everything that this program would have written.
func rewrite(tx *store.Tx) error {
	for _, s := range []string{"DELETE FROM log_hashes", "DELETE FROM checkpoints"} {
		if err := tx.Gorm().Exec(s).Error; err != nil {
			return err
		}
	}
	var rows []eventRow
	if err := tx.Gorm().Order("seq").Find(&rows).Error; err != nil {
		return err
	}
	tree := &edge{}
	var hashes []hashRow
	for i := range rows {
		leaf, _ := leafHash(nil, &rows[i])
		tree.add(leaf, func(idx int64, h tlog.Hash) { hashes = append(hashes, hashRow{Idx: idx, Hash: h[:]}) })
	}
	if len(hashes) > 0 {
		if err := tx.Gorm().Create(&hashes).Error; err != nil {
			return err
		}
	}
	return tx.Gorm().Exec("UPDATE log_head SET size = ?, edge = ?, signed = 0, checkpoints = 0", tree.size,
		tree.bytes()).Error
}
