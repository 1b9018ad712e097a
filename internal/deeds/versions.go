package deeds

import "claimbench/internal/store"

// What is taken back gets a new version, and is as it was before the act. So an act before that finds a version that it
// did not leave, though nothing was built on it. This table knows which versions are alike.

// Same says whether an object that has one version now is as an act left it under another.
func Same(r *store.Rx, object string, now, left int64) (bool, error) {
	if now == left {
		return true, nil
	}
	a, err := earliest(r, object, now)
	if err != nil || a == left {
		return err == nil, err
	}
	b, err := earliest(r, object, left)
	return a == b, err
}

// Alike keeps that an object is under one version as it was under another; 0 is none.
func Alike(tx *store.Tx, object string, now, was int64) error {
	if was == 0 || now == was {
		return nil
	}
	as, err := earliest(&tx.Rx, object, was)
	if err != nil {
		return err
	}
	return tx.Gorm().Exec("INSERT INTO deed_versions (object, version, same_as, at) VALUES (?, ?, ?, ?) "+
		"ON CONFLICT (object, version) DO UPDATE SET same_as = excluded.same_as, at = excluded.at", object, now, as,
		tx.Now()).Error
}

// alike is a version that is as an earlier one was.
type alike struct {
	Object  string       `gorm:"column:object" words:"fact"`
	Version int64        `gorm:"column:version"`
	SameAs  int64        `gorm:"column:same_as"` // the earliest that it is like
	At      store.Micros `gorm:"column:at"`
}

// TableName names the table.
func (alike) TableName() string { return "deed_versions" }

func earliest(r *store.Rx, object string, version int64) (int64, error) {
	a, there, err := store.One[alike](r, "SELECT * FROM deed_versions WHERE object = ? AND version = ?", object,
		version)
	if !there {
		a.SameAs = version
	}
	return a.SameAs, err
}

const sweepVersions = "DELETE FROM deed_versions WHERE (object, version) IN (SELECT object, version FROM " +
	"deed_versions WHERE at < ? ORDER BY at LIMIT ?)"
