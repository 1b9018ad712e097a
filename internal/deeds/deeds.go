package deeds

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"claimbench/internal/auth"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/store"
)

// N counts the deeds of one person in one collection. It is shown to that person only: it counts their reviews of open
// rounds, too.
type N int64

// State says whether a deed stands.
type State string

// The states of a deed.
const (
	Done      State = "done"
	TakenBack State = "taken_back"
)

// Deed is one act of one person, with what its room needs to take it back. It holds numbers and names of states, never
// words: those stay where a take-down and an erasure find them.
type Deed struct {
	UserID       auth.UserID       `gorm:"column:user_id;primaryKey;autoIncrement:false"`
	CollectionID auth.CollectionID `gorm:"column:collection_id;primaryKey;autoIncrement:false"`
	N            N                 `gorm:"column:n;primaryKey;autoIncrement:false"`
	Kind         string            `gorm:"column:kind" words:"fact"`   // as the event of the act: candidate.accepted
	Object       string            `gorm:"column:object" words:"fact"` // as in the history: claim:42
	ClaimID      int64             `gorm:"column:claim_id"`            // the claim that it was done to; 0: none
	Version      int64             `gorm:"column:version"`             // of the object, as the act left it
	Other        int64             `gorm:"column:other"`               // of the object without the act; 0: none
	Data         string            `gorm:"column:data" words:"fact"`
	State        State             `gorm:"column:state"`
	At           store.Micros      `gorm:"column:at"`
	ChangedAt    store.Micros      `gorm:"column:changed_at"`

	words   string // what was done, for people; set while it is taken back or done again
	request string // in which that is asked
	again   bool
}

// TableName names the table.
func (Deed) TableName() string { return "deeds" }

// ObjectID is the number in the name of the deed's object, 0 when that is none.
func (d Deed) ObjectID() int64 {
	n, _ := history.Number(d.Object, history.Kind(d.Object))
	return n
}

// number is what people call the deed by: its claim's, or else its object's.
func (d Deed) number() int64 {
	if d.ClaimID != 0 {
		return d.ClaimID
	}
	return d.ObjectID()
}

// Again says that the deed is done again, not taken back.
func (d Deed) Again() bool { return d.again }

// Batch ties together the events that take a deed back or do it again, by their request: the deed's own number would
// count.
func (d Deed) Batch() string {
	if d.again {
		return "redo:" + d.request
	}
	return "undo:" + d.request
}

// Reason is what the history says of them.
func (d Deed) Reason() string {
	if d.again {
		return "did again: " + d.words
	}
	return "took back: " + d.words
}

// Hold puts what the room keeps into the deed.
func (d *Deed) Hold(v any) error {
	b, err := json.Marshal(v)
	d.Data = string(b)
	return err
}

// Held reads what Hold put in.
func (d Deed) Held(v any) error {
	if err := json.Unmarshal([]byte(d.Data), v); err != nil {
		return fault.Wrap(fault.Internal, err, "deed %d of person %d holds %q", d.N, d.UserID, d.Data)
	}
	return nil
}

const (
	// kept is how long a deed can be taken back.
	kept = 30 * 24 * time.Hour
	// sweepEvery and sweepAtOnce bound the sweeping of old ones: one act in so many takes away so many.
	sweepEvery, sweepAtOnce = 32, 100
)

// quietKey marks a Write whose acts are no deeds of their own: they take one back, or are slices of a larger one.
type quietKey struct{}

// Quietly lets rooms do what they do without noting it, in this Write.
func Quietly(tx *store.Tx) { tx.Keep(quietKey{}, true) }

// Note keeps what a person did, in the Write that does it: its Kind, Object, CollectionID, ClaimID, Version, Other and
// Data.
// What the program does itself is nobody's deed, in whose name ever: the people of a demo find nothing to take back
// that they did not do.
func Note(tx *store.Tx, who history.Who, d Deed) error {
	if who.UserID == 0 || who.Via == history.System || tx.Kept(quietKey{}) != nil {
		return nil
	}
	if d.Data == "" {
		d.Data = "{}"
	}
	d.UserID, d.State, d.At, d.ChangedAt = auth.UserID(who.UserID), Done, tx.Now(), tx.Now()
	// Two servers may number the next deed of one person at once: the second waits for the first, and counts again.
	for d.N = 0; d.N == 0; {
		if err := tx.Gorm().Raw(insertQuery, d.UserID, d.CollectionID, d.Kind, d.Object, d.ClaimID, d.Version, d.Other,
			d.Data, d.State, d.At, d.ChangedAt, d.UserID, d.CollectionID).Scan(&d.N).Error; err != nil {
			return err
		}
	}
	if d.N%sweepEvery != 0 {
		return nil
	}
	old := tx.Now() - store.Micros(kept.Microseconds())
	if err := tx.Gorm().Exec(sweepVersions, old, sweepAtOnce).Error; err != nil {
		return err
	}
	return tx.Gorm().Exec("DELETE FROM deeds WHERE user_id = ? AND collection_id = ? AND at < ? AND n IN "+
		"(SELECT n FROM deeds WHERE user_id = ? AND collection_id = ? ORDER BY n LIMIT ?)", d.UserID, d.CollectionID,
		old, d.UserID, d.CollectionID, sweepAtOnce).Error
}

const insertQuery = "INSERT INTO deeds (user_id, collection_id, kind, object, claim_id, version, other, data, " +
	"state, at, changed_at, n) SELECT CAST(? AS BIGINT), CAST(? AS BIGINT), ?, ?, CAST(? AS BIGINT), " +
	"CAST(? AS BIGINT), CAST(? AS BIGINT), ?, ?, CAST(? AS BIGINT), CAST(? AS BIGINT), " +
	"COALESCE(MAX(n), 0) + 1 FROM deeds " +
	"WHERE user_id = ? AND collection_id = ? ON CONFLICT (user_id, collection_id, n) DO NOTHING RETURNING n"

// Last gives the deed of a person in a collection that they would take back now, and the one that they would do again;
// nil for none. It asks no permission: show it to nobody but that person.
func Last(r *store.Rx, user auth.UserID, in auth.CollectionID) (back, again *Deed, err error) {
	_, back, again, err = LastBeside(r, user, in, "0")
	return back, again, err
}

// LastBeside is Last with a number that another room counts, by a query of one value, in the same statement: the frame
// of every page asks for both.
func LastBeside(r *store.Rx, user auth.UserID, in auth.CollectionID, number string, args ...any) (n int, back,
	again *Deed, err error) {
	rows, err := store.Select[struct {
		Deed
		Number int `gorm:"column:number"`
	}](r, "SELECT c.number, d.* FROM (SELECT ("+number+") AS number) AS c LEFT JOIN ("+lastQuery+") AS d ON 1 = 1",
		append(slices.Clone(args), user, in, Done, user, in, TakenBack, user, in, Done, user, in)...)
	for i := range rows {
		n = rows[i].Number
		switch rows[i].State {
		case Done:
			back = &rows[i].Deed
		case TakenBack:
			again = &rows[i].Deed
		}
	}
	return n, back, again, err
}

// lastQuery reads both in one statement, each by its index, however many deeds there are. What was taken back before
// the newest deed was done is not done again, also when that one is taken back, too.
const lastQuery = "SELECT * FROM (SELECT * FROM deeds WHERE user_id = ? AND collection_id = ? AND state = ? " +
	"ORDER BY n DESC LIMIT 1) AS back UNION ALL SELECT * FROM (SELECT * FROM deeds WHERE user_id = ? AND " +
	"collection_id = ? AND state = ? AND n > COALESCE((SELECT MAX(n) FROM deeds WHERE user_id = ? AND " +
	"collection_id = ? AND state = ?), 0) AND changed_at >= (SELECT at FROM deeds WHERE user_id = ? AND " +
	"collection_id = ? ORDER BY n DESC LIMIT 1) ORDER BY n LIMIT 1) AS again"

func name(d Deed, k Kind) string { return fmt.Sprintf("%s %d", k.Words, d.number()) }
