package history

import (
	"crypto/sha256"
	"strconv"

	"golang.org/x/mod/sumdb/tlog"
)

// leafVersion opens every leaf. A change of the form below is a new version beside this one, never instead of it.
const leafVersion = "claimbench event 1\n"

// eventRow is one row of events. It holds the leaf's fields in the form they have in the leaf.
type eventRow struct {
	Seq          int64   `gorm:"column:seq;primaryKey;autoIncrement:false"`
	At           int64   `gorm:"column:at"`
	UserID       int64   `gorm:"column:user_id"`
	UserName     string  `gorm:"column:user_name"`
	Role         string  `gorm:"column:role"`
	Via          string  `gorm:"column:via"`
	Request      string  `gorm:"column:request"`
	Batch        string  `gorm:"column:batch"`
	Action       string  `gorm:"column:action"`
	Object       string  `gorm:"column:object"`
	CollectionID int64   `gorm:"column:collection_id"`
	Veil         int64   `gorm:"column:veil"`
	RowBefore    *string `gorm:"column:row_before"` // canonical JSON, nil: no row
	RowAfter     *string `gorm:"column:row_after"`
	Texts        string  `gorm:"column:texts"` // canonical JSON: name → hex of the salted hash
}

func (eventRow) TableName() string { return "events" }

// appendLeaf writes the canonical bytes of version 1 after b:
//
//	claimbench event 1 LF
//	NAME SP LENGTH SP VALUE LF     for each field, in this order
//
// LENGTH counts the bytes of VALUE; integers are decimal; at is UTC microseconds since 1970; a row that is not there is
// "NAME - LF". As each value carries its length, no two events have the same leaf.
func appendLeaf(b []byte, r *eventRow) []byte {
	b = append(b, leafVersion...)
	b = appendInt(b, "seq", r.Seq)
	b = appendInt(b, "at", r.At)
	b = appendInt(b, "user", r.UserID)
	b = appendString(b, "name", r.UserName)
	b = appendString(b, "role", r.Role)
	b = appendString(b, "via", r.Via)
	b = appendString(b, "request", r.Request)
	b = appendString(b, "batch", r.Batch)
	b = appendString(b, "action", r.Action)
	b = appendString(b, "object", r.Object)
	b = appendInt(b, "collection", r.CollectionID)
	b = appendInt(b, "veil", r.Veil)
	b = appendRow(b, "before", r.RowBefore)
	b = appendRow(b, "after", r.RowAfter)
	return appendString(b, "texts", r.Texts)
}

func appendString(b []byte, name, value string) []byte {
	b = append(b, name...)
	b = append(b, ' ')
	b = strconv.AppendInt(b, int64(len(value)), 10)
	b = append(b, ' ')
	b = append(b, value...)
	return append(b, '\n')
}

func appendInt(b []byte, name string, value int64) []byte {
	return appendString(b, name, strconv.FormatInt(value, 10))
}

func appendRow(b []byte, name string, row *string) []byte {
	if row == nil {
		b = append(b, name...)
		return append(b, " -\n"...)
	}
	return appendString(b, name, *row)
}

// leafHash is the RFC 6962 hash of the leaf: SHA-256 of a zero byte and the canonical bytes. It returns the buffer it
// was lent, grown if need be.
func leafHash(buf []byte, r *eventRow) (tlog.Hash, []byte) {
	buf = append(buf[:0], 0)
	buf = appendLeaf(buf, r)
	return sha256.Sum256(buf), buf
}

// saltSize is the number of random bytes that keep a short text from being guessed from its hash.
const saltSize = 16

// textHash is what the leaf says of a text: SHA-256 of a domain line, the salt and the text.
func textHash(salt []byte, text string) [32]byte {
	h, _ := textHashIn(nil, salt, text)
	return h
}

// textHashIn is textHash with a buffer that it is lent, and returns grown if need be.
func textHashIn(buf, salt []byte, text string) ([32]byte, []byte) {
	buf = append(buf[:0], "claimbench text 1\n"...)
	buf = append(buf, salt...)
	buf = append(buf, text...)
	return sha256.Sum256(buf), buf
}
