package store

import (
	"hash/fnv"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

// Hold is the handle for reading rows that this Write judges by and does not change: until it has ended, another Write
// that changes one of them waits, and so does this one while another is at it. FOR SHARE on PostgreSQL; on SQLite the
// whole database is ours already.
func (t *Tx) Hold() *gorm.DB {
	if t.db.dialect == Postgres {
		return t.g.Clauses(clause.Locking{Strength: "SHARE"})
	}
	return t.g
}

// Alone makes Writes that name the same thing go one after the other, also where there is no row to lock yet: what is
// looked for after it is there, or comes from nobody else. A name is held until the Write has ended.
func (t *Tx) Alone(name string) error {
	if t.db.dialect != Postgres {
		return nil
	}
	h := fnv.New64a()
	_, _ = h.Write([]byte(name)) // it never fails
	return t.g.Exec("SELECT pg_advisory_xact_lock(?)", int64(h.Sum64())).Error
}
