package proof

import (
	"encoding/base64"
	"strconv"
)

// eventVersion opens every leaf of version 2. A change of the form below is a new version beside this one, never
// instead of it.
const eventVersion = "claimbench event 2\n"

// Event is what the leaf of an event says. A hash that is nil is of something that is not there: a row before its first
// event, a row that is gone, an event without texts.
type Event struct {
	Seq        int64
	At         int64 // UTC microseconds since 1970
	User       *Hash // of the account's number in decimal, salted
	Name       *Hash // salted
	Token      *Hash // of the access token that acted, salted
	Role       string
	Via        string
	Request    string
	Batch      string
	Action     string
	Object     string
	Collection int64
	Veil       int64
	Before     *Hash // of a Group: the fields of the row in which it was another before
	After      *Hash // of a Group: the fields of the row
	Texts      *Hash // of a Group: the salted hashes of the texts
}

// AppendLeaf writes the canonical bytes of version 2 after b:
//
//	claimbench event 2 LF
//	NAME SP LENGTH SP VALUE LF     for each field, in the order of Event
//
// LENGTH counts the bytes of VALUE; integers are decimal; a hash is in base64, and one that is not there is
// "NAME - LF". As each value carries its length, no two events have the same leaf.
func (e *Event) AppendLeaf(b []byte) []byte {
	b = append(b, eventVersion...)
	b = AppendInt(b, "seq", e.Seq)
	b = AppendInt(b, "at", e.At)
	b = appendHash(b, "user", e.User)
	b = appendHash(b, "name", e.Name)
	b = appendHash(b, "token", e.Token)
	b = AppendString(b, "role", e.Role)
	b = AppendString(b, "via", e.Via)
	b = AppendString(b, "request", e.Request)
	b = AppendString(b, "batch", e.Batch)
	b = AppendString(b, "action", e.Action)
	b = AppendString(b, "object", e.Object)
	b = AppendInt(b, "collection", e.Collection)
	b = AppendInt(b, "veil", e.Veil)
	b = appendHash(b, "before", e.Before)
	b = appendHash(b, "after", e.After)
	return appendHash(b, "texts", e.Texts)
}

// AppendString writes a line of a leaf.
func AppendString(b []byte, name, value string) []byte {
	b = append(b, name...)
	b = append(b, ' ')
	b = strconv.AppendInt(b, int64(len(value)), 10)
	b = append(b, ' ')
	b = append(b, value...)
	return append(b, '\n')
}

// AppendInt writes a line of a leaf with a number.
func AppendInt(b []byte, name string, value int64) []byte {
	var digits [20]byte
	n := strconv.AppendInt(digits[:0], value, 10)
	b = append(append(b, name...), ' ')
	b = append(strconv.AppendInt(b, int64(len(n)), 10), ' ')
	return append(append(b, n...), '\n')
}

// AppendNone writes the line of something that is not there.
func AppendNone(b []byte, name string) []byte {
	b = append(b, name...)
	return append(b, " -\n"...)
}

func appendHash(b []byte, name string, h *Hash) []byte {
	if h == nil {
		return AppendNone(b, name)
	}
	b = append(b, name...)
	b = append(b, " 44 "...)
	b = base64.StdEncoding.AppendEncode(b, h[:])
	return append(b, '\n')
}
