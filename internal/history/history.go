package history

import (
	"maps"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"claimbench/internal/fault"
	"claimbench/internal/store"
)

// Via says through which door an act came.
type Via string

// The doors.
const (
	Web    Via = "web"
	API    Via = "api"
	CLI    Via = "cli"
	System Via = "system"
)

// Who says who acted: the name and the role that allowed it are those of the time of the act.
type Who struct {
	UserID  int64 // 0: the program itself
	Name    string
	Role    string
	Via     Via
	Request string // ties together the events of one request
	Token   int64  // the access token by which they acted; 0: none
}

// Fields are the short guarded values of a row: integers in decimal, enums, ids. Keys are a-z, 0-9 and _.
// One that holds the number of an event ends in _seq: only those who read the whole history are shown it.
type Fields map[string]string

// Texts are long or withdrawable texts of a row, by the same kind of keys; "reason" is taken by Event.Reason.
// A text that is not named is unchanged; an empty one is a text.
type Texts map[string]string

// Event is one change of one row. Before and After hold ALL guarded fields of the row; nil means that the row did not
// exist before, or is gone after. An event with neither (claimset.exported, for example) says that something was done
// and changes nothing; its texts belong to it alone.
type Event struct {
	Action     string // "review.submitted"
	Object     string // "claim:42"
	Collection int64  // 0: none
	Batch      string // ties together the events of one long job, "" otherwise
	Before     Fields
	After      Fields
	Texts      Texts
	Reason     string // why, in the words of who acted; kept as a text, so that it can be withdrawn
	Veil       int64  // the review round that hides this event while it is open; 0: none
}

// reasonText is the name under which an event's reason lies among its texts.
const reasonText = "reason"

var (
	actionShape = regexp.MustCompile(`^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$`)
	objectShape = regexp.MustCompile(`^[a-z][a-z0-9_]*:[^\s:]+$`)
)

// Kind is the part of an object's name before the colon: "claim" of "claim:42".
func Kind(object string) string {
	kind, _, _ := strings.Cut(object, ":")
	return kind
}

// Number is the id in an object's name, when the object is of that kind and its id a number as rows have them, from 1:
// 42 of "claim:42".
func Number(object, kind string) (int64, bool) {
	id, ok := strings.CutPrefix(object, kind+":")
	if !ok {
		return 0, false
	}
	n, err := strconv.ParseInt(id, 10, 64)
	return n, err == nil && n > 0 && strconv.FormatInt(n, 10) == id
}

// check refuses what the leaf cannot hold unambiguously, or the engines would not keep as it is.
func check(who Who, e Event) error {
	switch {
	case !actionShape.MatchString(e.Action):
		return fault.New(fault.Internal, "history: the action %q does not read thing.done", e.Action)
	case !objectShape.MatchString(e.Object):
		return fault.New(fault.Internal, "history: the object %q does not read kind:id", e.Object)
	case who.Via != Web && who.Via != API && who.Via != CLI && who.Via != System:
		return fault.New(fault.Internal, "history: the door %q is unknown", who.Via)
	}
	for _, s := range []string{who.Name, who.Role, who.Request, e.Batch, e.Object, e.Reason} {
		if err := checkText("event", s); err != nil {
			return err
		}
	}
	for _, m := range []map[string]string{e.Before, e.After, e.Texts} {
		for k, v := range m {
			if !isKey(k) {
				return fault.New(fault.Internal, "history: %q cannot be a field's name", k)
			}
			if err := checkText(k, v); err != nil {
				return err
			}
		}
	}
	if _, taken := e.Texts[reasonText]; taken {
		return fault.New(fault.Internal, "history: the text %q belongs to Event.Reason", reasonText)
	}
	return nil
}

// isKey says whether s is a letter a-z followed by any of a-z, 0-9 and _.
func isKey(s string) bool {
	for i := range len(s) {
		if c := s[i]; (c < 'a' || c > 'z') && (i == 0 || c != '_' && (c < '0' || c > '9')) {
			return false
		}
	}
	return s != ""
}

func checkText(name, s string) error {
	if !utf8.ValidString(s) {
		return fault.New(fault.Invalid, "“%s” is not valid UTF-8. Type or paste it again.", name)
	}
	if strings.ContainsRune(s, 0) {
		return fault.New(fault.Invalid, "“%s” has a NUL character. Remove it and try again.", name)
	}
	return nil
}

// Entry is one event as the history holds it.
type Entry struct {
	Seq        int64 // from 1, without a gap; the leaf's index in the tree is Seq-1
	At         store.Micros
	Who        Who
	Action     string
	Object     string
	Collection int64
	Batch      string
	Veil       int64
	Before     Fields
	After      Fields
	Texts      map[string]Text // without the reason
	Reason     Text
	// Hidden: it tells of a protected source, and nothing of that is here (hide.go).
	Hidden bool
}

// seqSuffix ends the names of fields that hold the number of an event ("frozen_seq").
const seqSuffix = "_seq"

// Unnumbered takes every number out of an event that a veiled one moves, for a reader who may not know how many those
// are: its own number, its veil, fields that hold a number of an event, and the event that an erased text was of.
func (e Entry) Unnumbered() Entry {
	e.Seq, e.Veil = 0, 0
	e.Before, e.After = e.Before.unnumbered(), e.After.unnumbered()
	if Kind(e.Object) == textKind {
		e.Object = textKind + ":" + strings.TrimLeft(strings.TrimPrefix(e.Object, textKind+":"), "0123456789/")
		delete(e.After, "event")
	}
	return e
}

func (f Fields) unnumbered() Fields {
	out := maps.Clone(f)
	maps.DeleteFunc(out, func(name, _ string) bool { return strings.HasSuffix(name, seqSuffix) })
	return out
}

// Text is a text of an event. Hash is in the leaf for ever; Text and Salt are gone once it is erased.
type Text struct {
	Hash   string // hex of the salted SHA-256; "" when the event has no such text
	Salt   []byte
	Text   string
	Erased bool
}
