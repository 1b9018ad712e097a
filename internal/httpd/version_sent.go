package httpd

import (
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"claimbench/internal/desk"
	"claimbench/internal/fault"
	"claimbench/internal/jsonin"
)

// unsentKey is where bind leaves the names of the versions that a request should have told and did not.
const unsentKey = "versions not sent"

// versionsSent is what a body tells of the state in which a person opened a thing; nil is left out.
type versionsSent struct {
	Version      *int64 `form:"version" json:"version"`
	WordsVersion *int64 `form:"words_version" json:"words_version"`
	OtherVersion *int64 `form:"other_version" json:"other_version"`
	Round        *int64 `form:"round" json:"round"`
	Opened       *int64 `form:"opened" json:"opened"` // of what has numbered versions: guidelines, a method
}

// noteUnsent notes which versions that a form takes were not sent. Only a field that reads 0 can be one, so that a body
// is seldom read twice. raw is the body, where it is JSON.
func noteUnsent(c echo.Context, into any, raw []byte) {
	form := reflect.ValueOf(into).Elem()
	empty := map[string]bool{}
	eachField(form, func(name string, field reflect.Value) { empty[name] = field.IsZero() })
	var sent versionsSent
	told := reflect.ValueOf(&sent).Elem()
	var unsent []string
	read := false
	eachField(told, func(name string, field reflect.Value) {
		if !empty[name] {
			return
		}
		if !read && raw != nil {
			read = true
			_ = jsonin.Read(raw, &sent, jsonin.AnyFields) // it was read once without a fault
		}
		there := !field.IsNil()
		if raw == nil {
			there = strings.TrimSpace(c.Request().PostForm.Get(name)) != ""
		}
		if !there {
			unsent = append(unsent, name)
		}
	})
	c.Set(unsentKey, unsent)
}

// unsentVersion is the one rule for a version that was left out: a request that came too late by it, as far as anybody
// can say, is told that the version is missing, not that somebody was faster. A thing that does not exist yet has no
// version, so that a first gloss, rating or origin may leave it out; and whoever may not act, or comes to a thing in
// another state, is told that.
func unsentVersion(c echo.Context, err error) error {
	unsent, _ := c.Get(unsentKey).([]string)
	if len(unsent) == 0 || !fault.IsStale(err) {
		return err
	}
	var bad fault.Collect
	for _, name := range unsent {
		what := strings.ReplaceAll(name, "_", " ")
		bad.Add(name, "“%s” is missing: send the %s that you read.", name, what)
	}
	return bad.Err()
}

const ifMatchHeader = "If-Match"

// versionTag is how If-Match and ETag write a version: "3".
var versionTag = regexp.MustCompile(`^"(0|[1-9][0-9]{0,17})"$`)

// ifMatch reads the version that a program sends as If-Match, and puts it where the body would have it. The act then
// meets the same rule as one that was sent with the body's own version.
func ifMatch(c echo.Context, into any) error {
	sent := c.Request().Header.Values(ifMatchHeader)
	if len(sent) == 0 {
		return nil
	}
	tag := versionTag.FindStringSubmatch(sent[0])
	if len(sent) > 1 || tag == nil {
		return fault.New(fault.Invalid, "If-Match is “%s”. Send one version, as ETag gave it: \"3\".",
			short(strings.Join(sent, ", ")))
	}
	version, _ := strconv.ParseInt(tag[1], 10, 64)
	var err error = fault.New(fault.Invalid, "This act has no version, so If-Match means nothing here. Leave it out.")
	eachField(reflect.ValueOf(into).Elem(), func(name string, field reflect.Value) {
		if name != "version" && name != "opened" || !field.CanInt() {
			return
		}
		unsent, _ := c.Get(unsentKey).([]string)
		if err = nil; field.Int() != version && !slices.Contains(unsent, name) {
			err = fault.New(fault.Invalid, "If-Match says version %d, and the body %d. Send one of them.", version,
				field.Int()).With(name, "If-Match says another.")
			return
		}
		field.SetInt(version)
		c.Set(unsentKey, slices.DeleteFunc(unsent, func(n string) bool { return n == name }))
	})
	return err
}

// versioned gives the version of what is answered as its ETag.
func versioned(c echo.Context, data desk.Answer) {
	if version, ok := desk.VersionOf(data); ok {
		c.Response().Header().Set("ETag", `"`+itoa(version)+`"`)
	}
}
