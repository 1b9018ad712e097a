package httpd

import (
	"encoding/json"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"claimbench/internal/desk"
	"claimbench/internal/fault"
)

// problemType is the media type of an error that a program reads (RFC 9457).
const problemType = "application/problem+json"

// problem is an error as a program reads it, in the members of RFC 9457 and four of ours: Kind, which programs decide
// by; Errors, one for each field or parameter that is wrong; Context, what somebody else's change reads (both wordings)
// or the guards that a verdict did not meet.
type problem struct {
	Type     string      `json:"type"`     // "urn:claimbench:fault:conflict"
	Title    string      `json:"title"`    // the same for every problem of its kind and status
	Status   int         `json:"status"`   // as in the answer's first line
	Detail   string      `json:"detail"`   // what was wrong and the remedy, for people
	Instance string      `json:"instance"` // the request's id, as in the log
	Kind     fault.Kind  `json:"kind"`
	Errors   []mistake   `json:"errors,omitempty"`
	Context  desk.Answer `json:"context,omitempty"`
}

// mistake is what is wrong with one field of the body (Pointer, a JSON pointer) or one parameter of the address.
type mistake struct {
	Pointer   string `json:"pointer,omitempty"`
	Parameter string `json:"parameter,omitempty"`
	Detail    string `json:"detail"`
}

// pointers escapes a field's name for a JSON pointer (RFC 6901).
var pointers = strings.NewReplacer("~", "~0", "/", "~1")

func problemOf(c echo.Context, err error, kind fault.Kind, status int) problem {
	p := problem{Type: "urn:claimbench:fault:" + string(kind), Title: headingOf(err, status), Status: status,
		Detail: messageOf(c, err, status), Instance: requestOf(c), Kind: kind}
	f, ok := fault.As(err)
	if !ok && status == http.StatusMethodNotAllowed {
		p.Detail = notThisWay(c)
	}
	if !ok || kind == fault.Internal {
		return p
	}
	for _, field := range ownFields(c, f.Fields) {
		m := mistake{Detail: field.Msg, Pointer: firstWord(field.Pointer, "/"+pointers.Replace(field.Name))}
		if c.Request().Method == http.MethodGet || c.Get(inAddressKey) != nil {
			m.Pointer, m.Parameter = "", field.Name
		}
		p.Errors = append(p.Errors, m)
	}
	p.Context = desk.ContextOf(f.Detail)
	return p
}

func (p problem) send(c echo.Context) error {
	raw, err := json.Marshal(p)
	if err != nil {
		return err
	}
	return c.Blob(p.Status, problemType, raw)
}

// headingOf is the title of an error's page and of its problem.
func headingOf(err error, status int) string {
	if fault.IsStale(err) {
		return "Somebody was faster"
	}
	return heading(status)
}

func heading(status int) string {
	if h, ok := headings[status]; ok {
		return h
	}
	return http.StatusText(status)
}
