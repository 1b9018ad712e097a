package httpd

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"

	"claimbench/internal/fault"
)

// maxOwnPath bounds a path that a form brings, in bytes.
const maxOwnPath = 2048

// What a path of ours is made of. Our routes need no percent sign in a path, so none is taken: nothing can be decoded
// into something else later.
var (
	ownPathShape     = regexp.MustCompile(`^/$|^(/[A-Za-z0-9_-][A-Za-z0-9._-]*)+$`)
	ownQueryShape    = regexp.MustCompile(`^[A-Za-z0-9!$%&'()*+,./:;=?@_~\x{80}-\x{10ffff}-]*$`)
	ownFragmentShape = regexp.MustCompile(`^[A-Za-z0-9._:-]*$`)
)

// ownPath is where a form asked to return to: the address of a page of this site, or the fallback. Every redirect
// that takes a value from outside goes through it. It asks what is allowed: the path is one of our routes that GET
// opens, and the query and the fragment hold plain characters.
func (s *Server) ownPath(asked, fallback string) string {
	if u, err := parseOwnPath(asked); err == nil && s.opens(u.Path) {
		return u.String()
	}
	return fallback
}

// parseOwnPath reads an address without scheme and host whose path, query and fragment are plain.
func parseOwnPath(asked string) (*url.URL, error) {
	if len(asked) > maxOwnPath {
		return nil, fault.New(fault.Invalid, "an address of %d bytes", len(asked))
	}
	u, err := url.Parse(asked)
	if err != nil {
		return nil, err
	}
	switch {
	case u.Scheme != "" || u.Opaque != "" || u.Host != "" || u.User != nil:
		return nil, fmt.Errorf("%q is an address elsewhere", asked)
	case !ownPathShape.MatchString(u.Path) || u.RawPath != "" || !strings.HasPrefix(asked, u.Path):
		return nil, fmt.Errorf("%q has a path that is none of ours", asked)
	case !ownQueryShape.MatchString(u.RawQuery) || !ownFragmentShape.MatchString(u.Fragment):
		return nil, fmt.Errorf("%q holds characters that no address of ours needs", asked)
	}
	if _, err := url.ParseQuery(u.RawQuery); err != nil {
		return nil, err
	}
	u.RawQuery = escapeForeign(u.RawQuery)
	return u, nil
}

// escapeForeign writes what is not ASCII as percent signs, for a header holds ASCII only.
func escapeForeign(query string) string {
	var b strings.Builder
	for i := range len(query) {
		if c := query[i]; c < 0x80 {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}

// opens says whether GET opens a page at this path.
func (s *Server) opens(path string) bool {
	for _, pattern := range s.pages {
		if matches(pattern, path) {
			return true
		}
	}
	return false
}

// matches says whether a path is of a route's shape, in which “:name” stands for any one segment.
func matches(pattern, path string) bool {
	want, have := strings.Split(pattern, "/"), strings.Split(path, "/")
	if len(want) != len(have) {
		return false
	}
	for i, w := range want {
		if w != have[i] && (!strings.HasPrefix(w, ":") || have[i] == "") {
			return false
		}
	}
	return true
}
