// Package fault is the one shape an error takes on its way to a person: a kind that the doors turn into a status,
// a message that can be read aloud, the fields it concerns, and the cause, which only the log sees.
package fault

import (
	"errors"
	"fmt"
	"strings"
)

// Kind says what sort of trouble it is. The doors turn it into an HTTP status or an exit code.
type Kind string

// The kinds, with the HTTP status that internal/httpd gives each.
const (
	Invalid         Kind = "invalid"         // 422: what was given cannot be taken as it is
	Unauthenticated Kind = "unauthenticated" // 401: nobody is signed in
	Forbidden       Kind = "forbidden"       // 403: this person may not
	NotFound        Kind = "not_found"       // 404
	Conflict        Kind = "conflict"        // 409: its state forbids it, or somebody was faster (Stale)
	TooSlow         Kind = "too_slow"        // 408: the body did not come in time
	TooLarge        Kind = "too_large"       // 413
	Limited         Kind = "limited"         // 429: too many tries
	Unavailable     Kind = "unavailable"     // 503: later it may go
	Unknown         Kind = "unknown"         // 503: it may have been saved, or not
	Internal        Kind = "internal"        // 500: our fault; Msg is never shown
)

// Field is what is wrong with one field of a form.
type Field struct {
	Name    string `json:"name"`
	Pointer string `json:"pointer,omitempty"` // where in a JSON body (RFC 6901), when it lies deeper than the name
	Msg     string `json:"message"`
}

// Error is an error for people. Msg names the input and the remedy. Detail carries what a door may show beside it
// (the other person's wording in a conflict, for example); Err is for the log.
type Error struct {
	Kind   Kind
	Stale  bool // a Conflict: somebody changed after a person opened it what they now act on
	Msg    string
	Fields []Field
	Detail any
	Err    error
}

// New makes an error of a kind with its message.
func New(k Kind, format string, a ...any) *Error {
	return &Error{Kind: k, Msg: fmt.Sprintf(format, a...)}
}

// Stale makes a Conflict with somebody who was faster: what a person opened was changed before they acted on it.
func Stale(format string, a ...any) *Error {
	return &Error{Kind: Conflict, Stale: true, Msg: fmt.Sprintf(format, a...)}
}

// IsStale says whether an error is a conflict with somebody who was faster, not with the state of the thing.
func IsStale(err error) bool {
	e, ok := As(err)
	return ok && e.Stale
}

// Wrap makes an error of a kind that keeps its cause for the log.
func Wrap(k Kind, err error, format string, a ...any) *Error {
	return &Error{Kind: k, Msg: fmt.Sprintf(format, a...), Err: err}
}

// With adds what is wrong with one field and returns the same error.
func (e *Error) With(field, msg string) *Error {
	e.Fields = append(e.Fields, Field{Name: field, Msg: msg})
	return e
}

// WithDetail sets what a door may show beside the message and returns the same error.
func (e *Error) WithDetail(d any) *Error {
	e.Detail = d
	return e
}

// Error gives the message, its fields and the cause.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(e.Msg)
	for _, f := range e.Fields {
		if f.Msg != e.Msg {
			fmt.Fprintf(&b, "; %s: %s", f.Name, f.Msg)
		}
	}
	if e.Err != nil {
		fmt.Fprintf(&b, " (%v)", e.Err)
	}
	return b.String()
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// As finds the fault in an error's chain.
func As(err error) (*Error, bool) {
	var e *Error
	ok := errors.As(err, &e)
	return e, ok
}

// KindOf gives the kind of an error: "" for nil, Internal for an error that is not ours.
func KindOf(err error) Kind {
	if err == nil {
		return ""
	}
	if e, ok := As(err); ok {
		return e.Kind
	}
	return Internal
}

// NotKnown is what an error of kind Unknown says.
const NotKnown = "It is not known whether this was saved. Look before you send it again."

// Message gives what a person may read. Internal errors and strangers give one sentence that reveals nothing.
func Message(err error) string {
	if e, ok := As(err); ok && e.Kind != Internal {
		return e.Msg
	}
	return "Something went wrong on our side. Look whether it was saved before you send it again."
}

// Collect gathers field errors; Err is nil when there are none.
type Collect struct{ fields []Field }

// Add notes what is wrong with a field.
func (c *Collect) Add(field, format string, a ...any) {
	c.fields = append(c.fields, Field{Name: field, Msg: fmt.Sprintf(format, a...)})
}

// Err gives one Invalid error with every field noted, or nil. Its message is the first field's, so that a door that
// shows one line shows a useful one.
func (c *Collect) Err() error {
	if len(c.fields) == 0 {
		return nil
	}
	return &Error{Kind: Invalid, Msg: c.fields[0].Msg, Fields: c.fields}
}
