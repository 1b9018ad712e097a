package fault

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"time"
	"unicode/utf8"
)

// The lengths, in code points, to which an argument and a whole operation are cut before they reach the log.
const (
	maxArgument  = 80
	maxOperation = 400
)

// In adds the operation and its arguments to the error that a function returns, for the log:
//
//	func (s *Service) SignIn(ctx context.Context, name, password string) (sn Session, err error) {
//		defer fault.In(&err, "auth.SignIn(%q)", name)
//
// It does nothing where there is no error. Kind, message, fields and detail stay as they are, for As finds the fault
// inside; errors.Is finds the cause. Each exported method of a room says it once, in its first line.
//
// Arguments are numbers, names and short words. Strings are cut to 80 code points; bytes, lists and maps are told by
// their length, structs by their type, so that no text of an article gets into the log. Passwords, tokens and keys
// are never arguments: a test reads every call.
func In(err *error, operation string, a ...any) {
	if *err == nil {
		return
	}
	for i := range a {
		a[i] = argument(a[i])
	}
	*err = &operationError{op: cut(fmt.Sprintf(operation, a...), maxOperation), err: *err}
}

// operationError is an error with what was being done.
type operationError struct {
	op  string
	err error
}

func (e *operationError) Error() string { return e.op + ": " + e.err.Error() }
func (e *operationError) Unwrap() error { return e.err }

// Plain gives an error's text for the person at the shell: without the operations that In added, and each thing once.
// Of a fault it says the message, the fields beside the first, and the cause where the message does not tell it.
func Plain(err error) string {
	switch e := err.(type) {
	case nil:
		return ""
	case *operationError:
		return Plain(e.err)
	case *Error:
		return e.plain()
	case interface{ Unwrap() error }:
		return plainInside(err.Error(), e.Unwrap())
	case interface{ Unwrap() []error }:
		s := err.Error()
		for _, inner := range e.Unwrap() {
			s = plainInside(s, inner)
		}
		return s
	}
	return err.Error()
}

func plainInside(s string, inner error) string {
	if inner == nil {
		return s
	}
	return strings.Replace(s, inner.Error(), Plain(inner), 1)
}

// plain leaves out the first field: it says of a form's field what Msg says of the whole.
func (e *Error) plain() string {
	s := e.Msg
	for i, f := range e.Fields {
		if i > 0 && !strings.Contains(s, f.Msg) {
			s += " " + f.Name + ": " + f.Msg
		}
	}
	if cause := Plain(e.Err); cause != "" && !strings.Contains(s, cause) {
		s += " (" + cause + ")"
	}
	return s
}

// Operations gives the operations that In added, the outermost first; none is an empty list, which a log writes as [].
func Operations(err error) []string {
	ops := []string{}
	for ; err != nil; err = errors.Unwrap(err) {
		if o, ok := err.(*operationError); ok {
			ops = append(ops, o.op)
		}
	}
	return ops
}

// argument makes an argument short: see In.
func argument(a any) any {
	switch v := a.(type) {
	case nil, time.Time, time.Duration:
		return a
	case fmt.Stringer:
		if p := reflect.ValueOf(a); p.Kind() == reflect.Pointer && p.IsNil() {
			return raw("nil")
		}
		return cut(v.String(), maxArgument)
	}
	v := reflect.ValueOf(a)
	for v.Kind() == reflect.Pointer {
		if v.IsNil() {
			return raw("nil")
		}
		v = v.Elem()
	}
	switch v.Kind() {
	case reflect.String:
		return cut(v.String(), maxArgument)
	case reflect.Slice, reflect.Array, reflect.Map:
		return raw(fmt.Sprintf("%s of %d", v.Type(), v.Len()))
	case reflect.Struct, reflect.Func, reflect.Chan, reflect.Interface:
		return raw(v.Type().String())
	}
	return v.Interface()
}

// raw prints as it is under every verb.
type raw string

// Format writes the words, whatever the verb.
func (r raw) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(r)) }

// cut shortens a string to n code points; what does not count as UTF-8 is replaced.
func cut(s string, n int) string {
	if len(s) > 4*n+4 {
		s = s[:4*n+4]
	}
	s = strings.ToValidUTF8(s, "\uFFFD")
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	return string([]rune(s)[:n]) + "…"
}
