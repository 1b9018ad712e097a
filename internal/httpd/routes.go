package httpd

import (
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"claimbench/internal/auth"
	"claimbench/internal/fault"
	"claimbench/internal/intake"
)

const livePath = "/live"

// access is what a route asks of whoever comes, and what it takes from them. The services ask again about the very
// object.
type access struct {
	open    bool // anybody
	signed  bool // anybody who is signed in
	thing   auth.Thing
	action  auth.Action
	body    int64   // the largest body in bytes; 0: smallBody
	params  []param // what the query may carry
	streams bool    // the answer may take any time, as long as the reader takes it
}

// Limits of bodies, in bytes. A route takes a small form unless its line says more.
const (
	signInBody = 4 << 10
	smallBody  = 64 << 10
	reviewBody = 256 << 10
)

// importBody is the largest body with a text or a file. A pasted text grows about threefold in a form, and a file has
// its form around it; the reader's own limit speaks first.
var importBody = max(3*intake.MaxText, intake.Most()) + 9<<20

// takes sets the largest body, in bytes.
func (a access) takes(body int64) access {
	a.body = body
	return a
}

// streaming says that the answer has no total deadline, only one of progress.
func (a access) streaming() access {
	a.streams = true
	return a
}

// bodyLimit is the largest body in bytes.
func (a access) bodyLimit() int64 {
	if a.body == 0 {
		return smallBody
	}
	return a.body
}

// anybody may open the route without being signed in.
func anybody() access { return access{open: true} }

// signedInOnly lets in everybody who is signed in.
func signedInOnly() access { return access{signed: true} }

// may lets in who may do this in the collection that the path names, or, where it names none, in any collection.
func may(t auth.Thing, a auth.Action) access { return access{thing: t, action: a} }

// route is one line of the table. Every route names its permission: the zero access lets nobody in.
type route struct {
	method string
	path   string
	access access
	handle echo.HandlerFunc
}

const (
	get  = http.MethodGet
	post = http.MethodPost
)

// routes is the whole table. A page of a collection is under /collections/:collection.
func (s *Server) routes() []route {
	return slices.Concat([]route{
		{get, "/healthz", anybody(), s.healthz},
		{get, "/readyz", anybody(), s.readyz},
		{get, livePath, signedInOnly().streaming(), s.live},
	}, s.routesSignIn(), s.routesPeople(), s.routesReading(), s.routesDeciding())
}

// guard asks the route's permission before its handler runs.
func (s *Server) guard(a access, next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if a.open {
			return next(c)
		}
		actor, in := signedIn(c)
		if !in {
			return fault.New(fault.Unauthenticated, "Sign in first.")
		}
		if a.signed {
			return next(c)
		}
		var err error
		if c.Param("collection") != "" {
			var id auth.CollectionID
			if id, err = pathID[auth.CollectionID](c, "collection"); err == nil {
				_, err = s.Policy.May(actor, a.thing, a.action, id)
			}
			if fault.KindOf(err) == fault.Forbidden && !s.Policy.Allows(actor, auth.ThingCollection, auth.Read, id) {
				err = fault.Wrap(fault.NotFound, err, "There is no such collection.")
			}
		} else {
			_, err = s.Policy.MayAnywhere(actor, a.thing, a.action)
		}
		if err != nil {
			return err
		}
		return next(c)
	}
}
