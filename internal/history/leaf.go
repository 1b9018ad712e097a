package history

import (
	"crypto/sha256"
	"encoding/hex"
	"sync"

	"golang.org/x/mod/sumdb/tlog"

	"claimbench/internal/proof"
)

// leafVersion opens every leaf of version 1. A change of the form below is a new version beside it, never instead of
// it: version 2 is in package proof.
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
	Token        int64   `gorm:"column:token"` // the access token that acted; 0: none
	Salt         []byte  `gorm:"column:salt"`  // nil: the leaf is of version 1; else see eventSalt
}

func (eventRow) TableName() string { return "events" }

// The column salt of an event of version 2 is a secret, of which the salts of all its fields are made, and behind it
// the salt of the actor's name alone: so the name can be erased, and with it its salt. Its hash stands there then.
const (
	eventSalt  = 2 * proof.SaltSize
	erasedName = proof.SaltSize + sha256.Size
)

// nameErased says that the name of who acted was taken out of an event.
func (r *eventRow) nameErased() bool { return len(r.Salt) == erasedName }

// nameHash is the salted hash of the actor's name, which stays when the name goes.
func (r *eventRow) nameHash(buf []byte) (proof.Hash, []byte) {
	if r.nameErased() {
		return proof.Hash(r.Salt[proof.SaltSize:]), buf
	}
	return proof.Field(buf, r.Salt[proof.SaltSize:], r.UserName)
}

// appendLeaf writes the canonical bytes of an event after b.
func appendLeaf(b []byte, r *eventRow) []byte {
	if r.Salt == nil && r.Token != 0 {
		return append(b, brokenLeaf...) // there were no tokens
	}
	if r.Salt == nil {
		return appendLeaf1(b, r)
	}
	s := scratches.Get().(*scratch)
	defer scratches.Put(s)
	return s.appendLeaf2(b, r)
}

// appendLeaf1 writes the canonical bytes of version 1 after b:
//
//	claimbench event 1 LF
//	NAME SP LENGTH SP VALUE LF     for each field, in this order
//
// LENGTH counts the bytes of VALUE; integers are decimal; at is UTC microseconds since 1970; a row that is not there is
// "NAME - LF". As each value carries its length, no two events have the same leaf.
func appendLeaf1(b []byte, r *eventRow) []byte {
	b = append(b, leafVersion...)
	b = proof.AppendInt(b, "seq", r.Seq)
	b = proof.AppendInt(b, "at", r.At)
	b = proof.AppendInt(b, "user", r.UserID)
	b = proof.AppendString(b, "name", r.UserName)
	b = proof.AppendString(b, "role", r.Role)
	b = proof.AppendString(b, "via", r.Via)
	b = proof.AppendString(b, "request", r.Request)
	b = proof.AppendString(b, "batch", r.Batch)
	b = proof.AppendString(b, "action", r.Action)
	b = proof.AppendString(b, "object", r.Object)
	b = proof.AppendInt(b, "collection", r.CollectionID)
	b = proof.AppendInt(b, "veil", r.Veil)
	b = appendRow(b, "before", r.RowBefore)
	b = appendRow(b, "after", r.RowAfter)
	return proof.AppendString(b, "texts", r.Texts)
}

func appendRow(b []byte, name string, row *string) []byte {
	if row == nil {
		return proof.AppendNone(b, name)
	}
	return proof.AppendString(b, name, *row)
}

// leafHash is the RFC 6962 hash of the leaf: SHA-256 of a zero byte and the canonical bytes. It returns the buffer it
// was lent, grown if need be.
func leafHash(buf []byte, r *eventRow) (tlog.Hash, []byte) {
	buf = append(buf[:0], 0)
	buf = appendLeaf(buf, r)
	return sha256.Sum256(buf), buf
}

// saltSize is the number of random bytes that keep a short text from being guessed from its hash.
const saltSize = proof.SaltSize

// textHash is what the leaf says of a text: SHA-256 of a domain line, the salt and the text.
func textHash(salt []byte, text string) [32]byte {
	h, _ := textHashIn(nil, salt, text)
	return h
}

// textHashIn is textHash with a buffer that it is lent, and returns grown if need be.
func textHashIn(buf, salt []byte, text string) ([32]byte, []byte) { return proof.Text(buf, salt, text) }

// scratch is memory for leaves of version 2.
type scratch struct {
	buf    []byte
	group  proof.Group
	fields []pair // of the row after the event
	bad    bool   // the event cannot be read
}

type pair struct{ name, value string }

var scratches = sync.Pool{New: func() any { return new(scratch) }}

// brokenLeaf is the leaf of an event that this program cannot have written. No other leaf is like it.
const brokenLeaf = "claimbench event 2 that cannot be read\n"

// appendLeaf2 writes the canonical bytes of version 2 after b. The salts of an event are numbered: 0 is of user, 1 of
// token, and from 2 on they are of the fields of after and then of before, in the order of the names of each.
func (s *scratch) appendLeaf2(b []byte, r *eventRow) []byte {
	salts, err := proof.NewSalter(r.Salt)
	if err != nil || len(r.Salt) != eventSalt && !(r.nameErased() && r.UserName == "") {
		return append(b, brokenLeaf...)
	}
	e := proof.Event{Seq: r.Seq, At: r.At, Role: r.Role, Via: r.Via, Request: r.Request, Batch: r.Batch,
		Action: r.Action, Object: r.Object, Collection: r.CollectionID, Veil: r.Veil}
	var name, user, token, before, after, texts proof.Hash
	e.Name, e.User = &name, &user
	name, s.buf = r.nameHash(s.buf)
	user = s.field(salts, itoa(r.UserID))
	if r.Token == 0 {
		salts.Next()
	} else {
		token = s.field(salts, itoa(r.Token))
		e.Token = &token
	}
	s.bad = false
	if s.fields = s.fields[:0]; r.RowAfter != nil {
		after = s.after(salts, *r.RowAfter)
		e.After = &after
	}
	if r.RowBefore != nil {
		before = s.before(salts, *r.RowBefore)
		e.Before = &before
	}
	if r.Texts != noTexts {
		texts = s.texts(r.Texts)
		e.Texts = &texts
	}
	clear(s.fields) // they would keep the page of events that they are of
	if s.bad {
		return append(b, brokenLeaf...)
	}
	return e.AppendLeaf(b)
}

// field is the salted hash of a value with the next salt.
func (s *scratch) field(salts *proof.Salter, value string) (h proof.Hash) {
	h, s.buf = proof.Field(s.buf, salts.Next(), value)
	return h
}

// after commits to the fields of a row.
func (s *scratch) after(salts *proof.Salter, row string) proof.Hash {
	s.group.Begin()
	err := eachPair(row, func(name, value string) {
		s.fields = append(s.fields, pair{name, value})
		s.group.Add(name, s.field(salts, value))
	})
	s.bad = s.bad || err != nil
	return s.group.Sum()
}

// before commits to the fields in which a row was another before the event: most are the same. A field that was not
// there has a hash of zeros.
func (s *scratch) before(salts *proof.Salter, row string) proof.Hash {
	s.group.Begin()
	at := 0
	skip := func(until string, all bool) {
		for ; at < len(s.fields) && (all || s.fields[at].name < until); at++ {
			s.group.Add(s.fields[at].name, proof.Hash{})
		}
	}
	err := eachPair(row, func(name, value string) {
		skip(name, false)
		if at < len(s.fields) && s.fields[at].name == name {
			if at++; s.fields[at-1].value == value {
				return
			}
		}
		s.group.Add(name, s.field(salts, value))
	})
	skip("", true)
	s.bad = s.bad || err != nil
	return s.group.Sum()
}

// texts commits to the salted hashes of the texts.
func (s *scratch) texts(texts string) proof.Hash {
	s.group.Begin()
	err := eachPair(texts, func(name, digits string) {
		var h proof.Hash
		if _, err := hex.Decode(h[:], []byte(digits[:min(len(digits), 2*len(h))])); err != nil || !isHex(h, digits) {
			s.bad = true
		}
		s.group.Add(name, h)
	})
	s.bad = s.bad || err != nil
	return s.group.Sum()
}
