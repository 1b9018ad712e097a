package httpd

import (
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/go-playground/validator/v10"
	"github.com/labstack/echo/v4"

	"claimbench/internal/fault"
	"claimbench/internal/jsonin"
)

// formMemory is what a multipart form may hold in memory before files go to disk.
const formMemory = 8 << 20

var validate = newValidator()

func newValidator() *validator.Validate {
	v := validator.New(validator.WithRequiredStructEnabled())
	v.RegisterTagNameFunc(func(f reflect.StructField) string { return tagName(f, "form") })
	return v
}

// bind reads the body of a request into a struct whose fields carry form and json tags, and checks its validate tags.
// It reads the body only, never the path or the query. A field that the struct does not have, a number that is none,
// a second JSON value: each is fault.Invalid that names it. The struct keeps whatever could be read, so that a form
// can come back with what was typed.
func bind(c echo.Context, into any) error {
	kind, _, err := mime.ParseMediaType(c.Request().Header.Get(echo.HeaderContentType))
	if err != nil && c.Request().ContentLength != 0 {
		return fault.New(fault.Invalid, "The request does not say what its body is. Send a form or application/json.")
	}
	var raw []byte
	switch kind {
	case echo.MIMEApplicationJSON:
		raw, err = bindJSON(c.Request().Body, into)
	case echo.MIMEApplicationForm, echo.MIMEMultipartForm, "":
		err = bindForm(c.Request(), kind, into)
	default:
		return fault.New(fault.Invalid, "A body of type “%s” cannot be read. Send a form or application/json.", kind)
	}
	if err != nil {
		return err
	}
	c.Set(formKey, reflect.TypeOf(into).Elem())
	noteUnsent(c, into, raw)
	if err := ifMatch(c, into); err != nil {
		return err
	}
	return checked(into)
}

// formKey is where bind leaves the type of the form that it read whole.
const formKey = "form"

// ownFields gives what is wrong with the fields of a request by the names that its own body has for them. A room speaks
// of its own fields; where a form calls one by another name, its tag says so: Text with of:"words". What no field of
// the form is, concerns the whole: it is left out, and stands in the fault's message.
func ownFields(c echo.Context, fields []fault.Field) []fault.Field {
	form, bound := c.Get(formKey).(reflect.Type)
	if !bound || c.Request().Method == http.MethodGet {
		return fields
	}
	kind := "form"
	if isJSON(c) {
		kind = "json"
	}
	var out []fault.Field
	for _, field := range fields {
		if name := ownName(form, kind, field.Name); name != "" {
			own := fault.Field{Name: name, Msg: field.Msg}
			if name == field.Name {
				own.Pointer = field.Pointer
			}
			out = append(out, own)
		}
	}
	return out
}

// ownName is a form's name for what a room calls so; "" when it has none.
func ownName(form reflect.Type, kind, said string) (name string) {
	for i := range form.NumField() {
		f := form.Field(i)
		own := sentAs(f, kind)
		if f.Anonymous && f.Type.Kind() == reflect.Struct {
			if inner := ownName(f.Type, kind, said); inner != "" {
				return inner
			}
			own = sentAs(f.Type.Field(0), kind)
		}
		switch of := strings.Split(f.Tag.Get("of"), ","); {
		case own == "":
		case own == said:
			return own
		case name == "" && slices.Contains(of, said):
			name = own
		}
	}
	return name
}

func bindJSON(body io.Reader, into any) ([]byte, error) {
	raw, err := io.ReadAll(body)
	if err != nil {
		return nil, readFault(err)
	}
	return raw, jsonin.Read(raw, into, jsonin.OnlyKnown)
}

func readFault(err error) error {
	if f, ours := fault.As(err); ours {
		return f
	}
	return fault.Wrap(fault.Invalid, err, "The request broke off before it was read whole. Send it again.")
}

// parseForm reads the body of a form, once: asked again it does nothing.
func parseForm(r *http.Request, kind string) error {
	var err error
	if kind == echo.MIMEMultipartForm {
		err = r.ParseMultipartForm(formMemory)
	} else {
		err = r.ParseForm()
	}
	if err != nil {
		return readFault(err)
	}
	return nil
}

func bindForm(r *http.Request, kind string, into any) error {
	if err := parseForm(r, kind); err != nil {
		return err
	}
	var bad fault.Collect
	known := []string{}
	eachField(reflect.ValueOf(into).Elem(), func(name string, field reflect.Value) {
		known = append(known, name)
		if head, ok := field.Addr().Interface().(**multipart.FileHeader); ok {
			if r.MultipartForm != nil && len(r.MultipartForm.File[name]) > 0 {
				*head = r.MultipartForm.File[name][0]
			}
			return
		}
		if heads, ok := field.Addr().Interface().(*[]*multipart.FileHeader); ok {
			if r.MultipartForm != nil {
				*heads = r.MultipartForm.File[name]
			}
			return
		}
		if typed, there := r.PostForm[name]; there {
			setField(field, name, typed, &bad)
		}
	})
	for name := range r.PostForm {
		if !slices.Contains(known, name) && name != keyField {
			bad.Add(name, "There is no field “%s” in this form. Reload the page and try again.", name)
		}
	}
	return bad.Err()
}

// eachField gives the fields of a form by the names under which they are sent: that of the form tag, or of the json tag
// where a type that is no form is embedded, such as text.Span.
func eachField(form reflect.Value, do func(name string, field reflect.Value)) {
	for i := range form.NumField() {
		f := form.Type().Field(i)
		if f.Anonymous && f.Type.Kind() == reflect.Struct {
			eachField(form.Field(i), do)
			continue
		}
		if name := sentAs(f, "form"); name != "" {
			do(name, form.Field(i))
		}
	}
}

// sentAs is the name under which a field is sent in a body of a kind, form or json.
func sentAs(f reflect.StructField, kind string) string {
	if _, has := f.Tag.Lookup(kind); !has {
		kind = "json"
	}
	return tagName(f, kind)
}

func tagName(f reflect.StructField, tag string) string {
	name, _, _ := strings.Cut(f.Tag.Get(tag), ",")
	if name == "-" {
		return ""
	}
	return name
}

func setField(f reflect.Value, name string, typed []string, bad *fault.Collect) {
	if f.Kind() == reflect.Slice {
		out := reflect.MakeSlice(f.Type(), 0, len(typed))
		for _, t := range typed {
			x := reflect.New(f.Type().Elem()).Elem()
			if setOne(x, name, t, bad) {
				out = reflect.Append(out, x)
			}
		}
		f.Set(out)
		return
	}
	if len(typed) > 1 {
		bad.Add(name, "“%s” was sent %d times; send it once.", name, len(typed))
		return
	}
	setOne(f, name, typed[0], bad)
}

func setOne(f reflect.Value, name, typed string, bad *fault.Collect) bool {
	if !utf8.ValidString(typed) {
		bad.Add(name, "“%s” is not valid UTF-8. Type it again.", name)
		return false
	}
	if strings.ContainsRune(typed, 0) {
		bad.Add(name, "“%s” holds the character NUL. Take it out.", name)
		return false
	}
	switch f.Kind() {
	case reflect.Pointer: // nil: the field was left empty
		if strings.TrimSpace(typed) == "" {
			return false
		}
		x := reflect.New(f.Type().Elem())
		if !setOne(x.Elem(), name, typed, bad) {
			return false
		}
		f.Set(x)
	case reflect.String:
		f.SetString(strings.ReplaceAll(typed, "\r\n", "\n"))
	case reflect.Bool:
		on := slices.Contains([]string{"on", "true", "1"}, typed)
		if !on && !slices.Contains([]string{"", "off", "false", "0"}, typed) {
			bad.Add(name, "“%s” is neither on nor off.", short(typed))
			return false
		}
		f.SetBool(on)
	case reflect.Int, reflect.Int64:
		typed = strings.TrimSpace(typed)
		if typed == "" {
			return false
		}
		n, err := strconv.ParseInt(typed, 10, 64)
		if err != nil {
			bad.Add(name, "“%s” is no whole number.", short(typed))
			return false
		}
		f.SetInt(n)
	default:
		bad.Add(name, "The field “%s” cannot be read from a form.", name)
		return false
	}
	return true
}

// checked applies the validate tags; each failure becomes a sentence about its field.
func checked(into any) error {
	err := validate.Struct(into)
	var all validator.ValidationErrors
	if !errors.As(err, &all) {
		return err
	}
	var bad fault.Collect
	for _, e := range all {
		bad.Add(e.Field(), "%s", sentence(e))
	}
	return bad.Err()
}

func sentence(e validator.FieldError) string {
	name := strings.ReplaceAll(e.Field(), "_", " ")
	switch e.Tag() {
	case "required":
		return fmt.Sprintf("The %s is needed.", name)
	case "max":
		return fmt.Sprintf("The %s is at most %s.", name, e.Param())
	case "min":
		return fmt.Sprintf("The %s is at least %s.", name, e.Param())
	case "oneof":
		return fmt.Sprintf("The %s is one of %s.", name, strings.ReplaceAll(e.Param(), " ", ", "))
	}
	return fmt.Sprintf("The %s is not as it should be (%s).", name, e.Tag())
}

// pathID reads a number from the path. One that is none, or beyond what a number can be, names nothing that is here.
func pathID[T ~int64](c echo.Context, name string) (T, error) {
	raw := c.Param(name)
	n, ok := wholeNumber(raw)
	if !ok || n == 0 {
		return 0, fault.New(fault.NotFound,
			"Nothing here has the number “%s”. Check the address: numbers are whole and go from 1 up.", short(raw))
	}
	return T(n), nil
}

// queryID reads a number from the query; nothing there is 0.
func queryID[T ~int64 | ~int](c echo.Context, name string) (T, error) {
	raw := c.QueryParam(name)
	if raw == "" {
		return 0, nil
	}
	n, ok := wholeNumber(raw)
	if !ok || int64(T(n)) != n {
		return 0, fault.New(fault.Invalid, "“%s” in the address is “%s”. A number is written there in digits, from 0 "+
			"up and without a sign or a leading zero; leave it out, or mend it.", name, short(raw)).With(name,
			"This is no number as addresses write it.")
	}
	return T(n), nil
}

// drawnName is how names that were drawn look.
var drawnName = regexp.MustCompile(`^[a-z2-7]{12}$`)

// queryName reads the name of a comment or a notice from the query: one that was drawn, or the number of an old row.
func queryName[T ~string](c echo.Context, name string) (T, error) {
	raw := c.QueryParam(name)
	if _, number := wholeNumber(raw); raw == "" || number || drawnName.MatchString(raw) {
		return T(raw), nil
	}
	return "", fault.New(fault.Invalid, "“%s” in the address is “%s”. Names are twelve letters and digits, as the "+
		"page before gave them; leave it out, or mend it.", name, short(raw)).With(name,
		"This is no name as pages give them.")
}

// wholeNumber reads a number as addresses write it: in ASCII digits, without sign or leading zero, so that a thing has
// one address. Every number in a path, a query or a choice of a page is read here.
func wholeNumber(raw string) (int64, bool) {
	n, err := strconv.ParseInt(raw, 10, 64)
	return n, err == nil && n >= 0 && strconv.FormatInt(n, 10) == raw
}

// wholeNumbers reads exactly as many numbers as are asked for, with colons between, as a page joins them in a choice.
func wholeNumbers(raw string, count int) ([]int64, bool) {
	parts := strings.Split(raw, ":")
	out := make([]int64, len(parts))
	for i, part := range parts {
		var ok bool
		if out[i], ok = wholeNumber(part); !ok {
			return nil, false
		}
	}
	return out, len(out) == count
}

func short(s string) string {
	if r := []rune(s); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return s
}

// carryOut reads what a request acts on and what it says, and lets a service do it: the number in the path (of the
// parameter called id), the fields of the body, then do. It gives the form as far as it was read, so that a page can
// show it again (refused).
func carryOut[N ~int64, F, T any](c echo.Context, id string, do func(N, *F) (T, error)) (n N, form F, out T,
	err error) {
	if n, err = pathID[N](c, id); err != nil {
		return n, form, out, err
	}
	if err = bind(c, &form); err == nil {
		out, err = do(n, &form)
	}
	return n, form, out, unsentVersion(c, err)
}
