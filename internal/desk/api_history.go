package desk

import (
	"slices"
	"strconv"
	"strings"

	"claimbench/internal/auth"
	"claimbench/internal/history"
	"claimbench/internal/store"
)

// PastJSON is a page of the history for programs.
type PastJSON struct {
	Items      []EventJSON `json:"items"`
	Next       string      `json:"next,omitempty"`       // what to send as "before" for the page that follows
	Checkpoint string      `json:"checkpoint,omitempty"` // the newest, for those who read all
	Size       int64       `json:"size,omitempty"`
}

// EventJSON is an event for programs. Fields and texts of the row are as its history has them, but for moments, which
// are written as everywhere in JSON; the leaf keeps them as microseconds.
type EventJSON struct {
	Seq        int64             `json:"seq,omitempty"` // for those who read all
	At         Time              `json:"at"`
	Actor      auth.UserID       `json:"actor,omitempty"`
	Name       string            `json:"name,omitempty"`    // as it was then; left out under the veil of a round
	Display    string            `json:"display,omitempty"` // what they are called now
	Role       string            `json:"role,omitempty"`
	Via        history.Via       `json:"via"`
	Request    string            `json:"request,omitempty"`
	Batch      string            `json:"batch,omitempty"`
	Action     string            `json:"action"`
	Object     string            `json:"object"`
	Collection int64             `json:"collection,omitempty"`
	Before     map[string]string `json:"before,omitempty"`
	After      map[string]string `json:"after,omitempty"`
	Texts      map[string]string `json:"texts,omitempty"`
	Erased     []string          `json:"erased,omitempty"` // the texts that were withdrawn, by name
	Reason     string            `json:"reason,omitempty"`
	Withheld   bool              `json:"withheld,omitempty"` // its article was taken down: words of it are left out
}

// JSON is the page for programs.
func (p Past) JSON() PastJSON {
	out := PastJSON{Items: []EventJSON{}, Next: p.Older, Size: p.Size}
	for _, e := range p.Events {
		out.Items = append(out.Items, e.JSON())
	}
	if p.Newest != nil {
		out.Checkpoint = p.Newest.Note
	}
	return out
}

// JSON is the event for programs.
func (e EventSeen) JSON() EventJSON {
	out := EventJSON{Seq: e.Seq, At: Time(e.At), Actor: auth.UserID(e.Who.UserID), Name: e.Who.Name, Display: e.Called,
		Role: e.Who.Role,
		Via:  e.Who.Via, Request: e.Who.Request, Batch: e.Batch, Action: e.Action, Object: e.Object,
		Collection: e.Collection, Before: fieldsOf(e.Before), After: fieldsOf(e.After), Reason: e.Reason.Text,
		Withheld: e.Withheld, Texts: map[string]string{}}
	for name, t := range e.Texts {
		if t.Erased {
			out.Erased = append(out.Erased, name)
		} else {
			out.Texts[name] = t.Text
		}
	}
	slices.SortFunc(out.Erased, strings.Compare)
	return out
}

// Moment reads a field of an event that holds a moment, in microseconds: its name is "at" or ends in "_at". A moment
// that is not there yet is "0".
func Moment(field, value string) (at store.Micros, ok bool) {
	if field != "at" && !strings.HasSuffix(field, "_at") {
		return 0, false
	}
	n, err := strconv.ParseInt(value, 10, 64)
	return store.Micros(n), err == nil
}

// fieldsOf are the fields of a row in an event; a moment that was not there is left out.
func fieldsOf(row map[string]string) map[string]string {
	out := map[string]string{}
	for name, value := range row {
		at, ok := Moment(name, value)
		switch {
		case !ok:
			out[name] = value
		case at != 0:
			out[name] = at.String()
		}
	}
	return out
}

// EventPageJSON is one event with the bytes that are hashed, and the proof that a signed checkpoint has it.
type EventPageJSON struct {
	EventJSON
	Leaf  string `json:"leaf,omitempty"`  // left out of one whose article was taken down: it holds words of it
	Proof string `json:"proof,omitempty"` // left out until a checkpoint covers the event
}

// PageJSON is the event for programs, with its leaf and proof.
func (e PastEvent) PageJSON() EventPageJSON {
	out := EventPageJSON{EventJSON: e.JSON(), Leaf: string(e.Leaf)}
	if e.Seal != nil {
		out.Proof = e.Proof.Text()
	}
	return out
}

// VerifiedJSON is what a verification of the whole history found. Verified says that nothing differs.
type VerifiedJSON struct {
	Verified    bool              `json:"verified"`
	Events      int64             `json:"events"`
	Root        string            `json:"root"`        // of the tree, base64
	Erased      int64             `json:"erased"`      // texts withdrawn, each by an event
	Compared    map[string]int64  `json:"compared"`    // kind: rows compared with the events
	Unknown     map[string]int64  `json:"unknown"`     // kind: objects in the events whose rows nobody compared
	Checkpoints int64             `json:"checkpoints"` // stored ones that were compared
	Unsigned    int64             `json:"unsigned"`    // events after the newest checkpoint
	Found       int64             `json:"found"`       // differences, listed or not
	Findings    List[FindingJSON] `json:"findings"`
}

// FindingJSON is one difference: the row or event, and what is wrong with it.
type FindingJSON struct {
	Object  string `json:"object"`
	Message string `json:"message"`
}

// VerifiedOf is a report for programs.
func VerifiedOf(r history.Report) VerifiedJSON {
	out := VerifiedJSON{Verified: r.OK(), Events: r.Events, Root: r.Root.String(), Erased: r.Erased,
		Compared: counted(r.Compared), Unknown: counted(r.Unknown), Checkpoints: r.Checkpoints, Unsigned: r.Unsigned,
		Found: r.Found}
	for _, f := range r.Findings {
		out.Findings.Items = append(out.Findings.Items, FindingJSON{Object: f.Object, Message: f.Msg})
	}
	return out
}

// counted is a count by kind that is never null.
func counted(by map[string]int64) map[string]int64 {
	if by == nil {
		return map[string]int64{}
	}
	return by
}
