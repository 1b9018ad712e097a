// Package jsonin reads JSON that comes from outside: bodies of requests, lines of files. encoding/json takes silently
// what no two programs read alike; here it is refused, with a message for people and the place in the text.
//
// What is refused: bytes that are not UTF-8, half of a surrogate pair (encoding/json puts U+FFFD for both), NUL, a name
// that stands twice in an object (the last one would count), a name in another case (it would be taken for the right
// one), a second value behind the first, null where a value is needed, a number with a dot or an exponent where a whole
// number is needed, and lists and objects deeper than MaxDepth. A field that is null counts as left out.
//
// The one rule not to break: nothing outside this package gives text from outside to encoding/json.
package jsonin

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"reflect"
	"strconv"
	"strings"
	"unicode/utf8"

	"claimbench/internal/fault"
)

// MaxDepth is how many lists and objects may stand in each other.
const MaxDepth = 32

// Fields says what becomes of names that the struct does not have.
type Fields bool

// The two ways.
const (
	OnlyKnown Fields = false // refused by name
	AnyFields Fields = true  // passed over
)

// Read reads one JSON value into what a pointer points to. Every error is a fault.Invalid; one that concerns a value
// inside names it by Field.Name and by Field.Pointer (RFC 6901).
func Read(raw []byte, into any, fields Fields) error {
	if err := wellFormed(raw); err != nil {
		return err
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	w := walk{raw: raw, d: d, fields: fields}
	t := reflect.TypeOf(into).Elem()
	if t.Kind() != reflect.Pointer && bytes.Equal(bytes.TrimSpace(raw), []byte("null")) {
		return fault.New(fault.Invalid, "The JSON is null. Send %s.", wanted(t))
	}
	if err := w.value(t, place{}, 0); err != nil {
		return err
	}
	if err := json.Unmarshal(raw, into); err != nil {
		return fault.Wrap(fault.Invalid, err, "The JSON cannot be read. Check it and send it again.")
	}
	return nil
}

// wellFormed refuses what is not one JSON value in UTF-8.
func wellFormed(raw []byte) error {
	if len(bytes.TrimSpace(raw)) == 0 {
		return fault.New(fault.Invalid, "The JSON is empty. Send one JSON object.")
	}
	if bytes.HasPrefix(raw, []byte("\ufeff")) {
		return fault.New(fault.Invalid, "The JSON begins with a byte order mark. Leave it out.")
	}
	if at := invalidUTF8(raw); at >= 0 {
		return fault.New(fault.Invalid, "The JSON is not valid UTF-8 at byte %d. Encode it as UTF-8 and send it again.",
			at+1)
	}
	var one json.RawMessage
	err := json.Unmarshal(raw, &one)
	var syntax *json.SyntaxError
	switch {
	case err == nil:
		return nil
	case !errors.As(err, &syntax):
		return fault.Wrap(fault.Invalid, err, "The JSON cannot be read. Check it and send it again.")
	case strings.Contains(syntax.Error(), "after top-level value"):
		return fault.Wrap(fault.Invalid, err, "There is more than one JSON value: a second one begins at byte %d. "+
			"Send one object.", syntax.Offset)
	case strings.Contains(syntax.Error(), "max depth"):
		return tooDeep(place{})
	}
	return fault.Wrap(fault.Invalid, err, "The JSON breaks off or is malformed at byte %d.", syntax.Offset)
}

// invalidUTF8 gives the place of the first byte that is not UTF-8, -1 when there is none.
func invalidUTF8(b []byte) int {
	for i := 0; i < len(b); {
		r, size := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return -1
}

// place is where in the text a value stands: the name of the field it belongs to, and its JSON pointer.
type place struct{ name, pointer string }

// escapes writes a name as a part of a JSON pointer.
var escapes = strings.NewReplacer("~", "~0", "/", "~1")

func (p place) field(name string) place {
	return place{name: name, pointer: p.pointer + "/" + escapes.Replace(name)}
}

// element is a value in a list, which bears the list's name.
func (p place) element(i int) place {
	return place{name: p.name, pointer: p.pointer + "/" + strconv.Itoa(i)}
}

// called is how a message names a place: part_start, or part_start/1 for an element.
func (p place) called() string {
	if p.pointer == "" {
		return "the whole"
	}
	return "“" + short(p.pointer[1:]) + "”"
}

// wrong is a fault about the value at a place.
func (p place) wrong(note, format string, a ...any) error {
	err := fault.New(fault.Invalid, format, a...)
	if p.pointer == "" {
		return err
	}
	err.Fields = []fault.Field{{Name: p.name, Pointer: p.pointer, Msg: note}}
	return err
}

func tooDeep(at place) error {
	return at.wrong("This lies too deep.", "The JSON goes more than %d levels deep. Nothing here needs so many.",
		MaxDepth)
}

// short cuts a name that somebody made too long to be told whole.
func short(s string) string {
	if r := []rune(s); len(r) > 80 {
		return string(r[:80]) + "…"
	}
	return s
}

// walk goes through a well-formed text beside the type it is to become.
type walk struct {
	raw    []byte
	d      *json.Decoder
	fields Fields
}

// token reads the next token, and looks into a string as it is written.
func (w walk) token(at place) (json.Token, error) {
	from := w.d.InputOffset()
	tok, err := w.d.Token()
	if err != nil {
		if errors.Is(err, io.EOF) {
			err = io.ErrUnexpectedEOF
		}
		return nil, fault.Wrap(fault.Invalid, err, "The JSON cannot be read. Check it and send it again.")
	}
	s, is := tok.(string)
	if !is {
		return tok, nil
	}
	if half := loneSurrogate(w.raw[from:w.d.InputOffset()]); half != "" {
		return nil, at.wrong("This holds half of a surrogate pair.",
			"%s holds %s, half of a surrogate pair: write the character itself, or both halves.", at.called(), half)
	}
	if strings.ContainsRune(s, 0) {
		return nil, at.wrong("This holds the character NUL.", "%s holds the character NUL. Take it out.", at.called())
	}
	return tok, nil
}

// value checks the next value; t is nil where nothing is known of it.
func (w walk) value(t reflect.Type, at place, depth int) error {
	tok, err := w.token(at)
	if err != nil {
		return err
	}
	for t != nil && t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if delim, is := tok.(json.Delim); is && depth == MaxDepth {
		return tooDeep(at)
	} else if is && delim == '{' {
		return w.object(t, at, depth)
	} else if is {
		return w.list(t, at, depth)
	}
	return plain(t, tok, at)
}

func (w walk) object(t reflect.Type, at place, depth int) error {
	var known map[string]reflect.Type
	if t != nil && !anything(t) {
		if t.Kind() != reflect.Struct {
			return mismatch(t, "an object", at)
		}
		known = map[string]reflect.Type{}
		fieldsOf(t, known)
	}
	seen := map[string]bool{}
	for w.d.More() {
		tok, err := w.token(at)
		if err != nil {
			return err
		}
		name := tok.(string)
		inner := at.field(name)
		if seen[name] {
			return inner.wrong("This stands twice.", "%s stands twice. Send it once.", inner.called())
		}
		seen[name] = true
		of, is := known[name]
		if known != nil && !is {
			if err := w.unknown(known, name, inner); err != nil {
				return err
			}
		}
		if err := w.value(of, inner, depth+1); err != nil {
			return err
		}
	}
	_, err := w.token(at)
	return err
}

// unknown refuses a name that the struct does not have. One in another case is refused in any case: encoding/json
// takes it for the right one.
func (w walk) unknown(known map[string]reflect.Type, name string, at place) error {
	for right := range known {
		if strings.EqualFold(right, name) {
			return at.wrong("There is no such field.", "There is no field %s here. It is written “%s”.", at.called(),
				right)
		}
	}
	if w.fields == AnyFields {
		return nil
	}
	return at.wrong("There is no such field.", "There is no field %s here. Leave it out, or check its spelling.",
		at.called())
}

func (w walk) list(t reflect.Type, at place, depth int) error {
	var of reflect.Type
	if t != nil && !anything(t) {
		if t.Kind() != reflect.Slice {
			return mismatch(t, "a list", at)
		}
		of = t.Elem()
	}
	for i := 0; w.d.More(); i++ {
		start := w.d.InputOffset()
		if err := w.value(of, at.element(i), depth+1); err != nil {
			return err
		}
		// null would leave a zero in the list, which nobody sent.
		if of != nil && of.Kind() != reflect.Pointer && !anything(of) &&
			bytes.HasSuffix(w.raw[start:w.d.InputOffset()], []byte("null")) {
			return mismatch(of, "null", at.element(i))
		}
	}
	_, err := w.token(at)
	return err
}

// anything says that a type reads what stands there itself, or takes whatever it is.
func anything(t reflect.Type) bool {
	return t.Kind() == reflect.Interface || t.Kind() == reflect.Map ||
		reflect.PointerTo(t).Implements(reflect.TypeFor[json.Unmarshaler]())
}

// plain checks a string, a number, true, false or null.
func plain(t reflect.Type, tok json.Token, at place) error {
	if t == nil || tok == nil || anything(t) {
		return nil
	}
	switch tok := tok.(type) {
	case string:
		if t.Kind() != reflect.String {
			return mismatch(t, "a string", at)
		}
	case bool:
		if t.Kind() != reflect.Bool {
			return mismatch(t, "true or false", at)
		}
	case json.Number:
		return number(t, tok.String(), at)
	}
	return nil
}

// number checks a number as it is written.
func number(t reflect.Type, written string, at place) error {
	switch {
	case t.Kind() == reflect.Float64:
		if _, err := strconv.ParseFloat(written, 64); err != nil {
			return at.wrong("This number is too large.", "%s is %s, which is too large.", at.called(), short(written))
		}
		return nil
	case t.Kind() != reflect.Int && t.Kind() != reflect.Int64:
		return mismatch(t, "a number", at)
	case strings.ContainsAny(written, ".eE") || written == "-0":
		return at.wrong("This is no whole number.", "%s is %s. Write a whole number, in digits only.", at.called(),
			short(written))
	}
	if _, err := strconv.ParseInt(written, 10, 64); err != nil {
		return at.wrong("This number is too large.", "%s is %s, beyond what a number can be here.", at.called(),
			short(written))
	}
	return nil
}

// fieldsOf collects the fields of a struct by the names that JSON has for them.
func fieldsOf(t reflect.Type, into map[string]reflect.Type) {
	for i := range t.NumField() {
		f := t.Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		switch {
		case name == "" && f.Anonymous && f.Type.Kind() == reflect.Struct:
			fieldsOf(f.Type, into)
		case name == "-" || !f.IsExported():
		case name == "":
			into[f.Name] = f.Type
		default:
			into[name] = f.Type
		}
	}
}

// wanted is what a type is called in a message.
func wanted(t reflect.Type) string {
	switch t.Kind() {
	case reflect.Struct:
		return "an object"
	case reflect.Slice:
		return "a list"
	case reflect.String:
		return "a string"
	case reflect.Bool:
		return "true or false"
	case reflect.Int, reflect.Int64:
		return "a whole number"
	}
	return "a number"
}

func mismatch(t reflect.Type, got string, at place) error {
	if at.pointer == "" {
		return at.wrong("", "The JSON is %s. Send %s.", got, wanted(t))
	}
	return at.wrong("This has the wrong type.", "%s should be %s, not %s.", at.called(), wanted(t), got)
}

// loneSurrogate gives the first \u escape of a JSON string that is half of a pair without the other, "" when there is
// none.
func loneSurrogate(b []byte) string {
	for i := 0; i+1 < len(b); i++ {
		if b[i] != '\\' {
			continue
		}
		u, ok := unicodeEscape(b[i:])
		switch {
		case !ok:
			i++ // the character after the backslash is part of the escape
		case u >= 0xD800 && u < 0xDC00:
			if next, ok := unicodeEscape(b[i+6:]); !ok || next < 0xDC00 || next > 0xDFFF {
				return string(b[i : i+6])
			}
			i += 11
		case u >= 0xDC00 && u <= 0xDFFF:
			return string(b[i : i+6])
		default:
			i += 5
		}
	}
	return ""
}

// unicodeEscape reads a \uXXXX at the start of b.
func unicodeEscape(b []byte) (uint64, bool) {
	if len(b) < 6 || b[0] != '\\' || b[1] != 'u' {
		return 0, false
	}
	u, err := strconv.ParseUint(string(b[2:6]), 16, 16)
	return u, err == nil
}
