package httpd

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"claimbench/internal/claims"
	"claimbench/internal/httpd/view"
)

// opened is a request as it would be if it asked for another page of ours.
type opened struct {
	echo.Context
	request *http.Request
	path    string
	query   url.Values
}

// open gives c as a request for the page at an address of ours, which has the shape of pattern.
func open(c echo.Context, pattern, address string) (echo.Context, bool) {
	u, err := parseOwnPath(address)
	if err != nil || !matches(pattern, u.Path) {
		return nil, false
	}
	r := c.Request().Clone(c.Request().Context())
	r.URL = u
	return opened{Context: c, request: r, path: pattern, query: u.Query()}, true
}

func (o opened) Request() *http.Request        { return o.request }
func (o opened) Path() string                  { return o.path }
func (o opened) QueryParams() url.Values       { return o.query }
func (o opened) QueryParam(name string) string { return o.query.Get(name) }

func (o opened) Param(name string) string {
	have := strings.Split(o.request.URL.Path, "/")
	for i, part := range strings.Split(o.path, "/") {
		if part == ":"+name {
			return have[i]
		}
	}
	return ""
}

// queueAgain is the queue that a form was sent from, at that claim, which is given too; nil when the claim stands in no
// such queue any more: then the form has a page of its own.
func (s *Server) queueAgain(c echo.Context, here string, n claims.ID) (*view.Queue, claims.Claim) {
	at, ok := open(c, (*view.Queue)(nil).Work(), here)
	if !ok {
		return nil, claims.Claim{}
	}
	q, err := s.queueSeen(at)
	if err != nil || q.At < 0 || q.Preview.Claim.ID != n {
		return nil, claims.Claim{}
	}
	return s.queuePage(at, q), q.Preview.Claim
}
