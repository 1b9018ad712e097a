package httpd

import (
	"reflect"
	"strings"
	"unicode/utf8"

	"github.com/labstack/echo/v4"

	"claimbench/internal/fault"
)

// unwritable says that s holds what a database cannot keep as text.
func unwritable(s string) bool { return strings.ContainsRune(s, 0) || !utf8.ValidString(s) }

// wellFormed refuses addresses with NUL or bytes that are not UTF-8, before they reach a query.
func wellFormed(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if unwritable(c.Request().URL.Path) {
			return fault.New(fault.NotFound,
				"There is nothing at this address: it holds a character that no text has. Check it, or go back.")
		}
		for name, values := range c.QueryParams() {
			for _, v := range append(values, name) {
				if unwritable(v) {
					name = short(plainWords(name))
					return fault.New(fault.Invalid,
						"“%s” in the address holds NUL or bytes that are not UTF-8. Take them out.", name).With(name,
						"This holds NUL or bytes that are not UTF-8.")
				}
			}
		}
		return next(c)
	}
}

// refuseNUL finds strings with NUL, which JSON can write as \u0000, and names their fields.
func refuseNUL(v reflect.Value, name string, bad *fault.Collect) {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			refuseNUL(v.Elem(), name, bad)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() || f.Anonymous {
				refuseNUL(v.Field(i), firstWord(tagName(f, "json"), name), bad)
			}
		}
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			refuseNUL(v.Index(i), name, bad)
		}
	case reflect.Map:
		for _, k := range v.MapKeys() {
			refuseNUL(k, name, bad)
			refuseNUL(v.MapIndex(k), name, bad)
		}
	case reflect.String:
		if strings.ContainsRune(v.String(), 0) {
			bad.Add(name, "“%s” holds the character NUL. Take it out.", name)
		}
	}
}

func firstWord(a, otherwise string) string {
	if a != "" {
		return a
	}
	return otherwise
}
