package httpd

import (
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"claimbench/internal/auth"
	"claimbench/internal/fault"
)

const livePath = "/live"

// access is what a route asks of whoever comes. The services ask again about the very object.
type access struct {
	open   bool // anybody
	signed bool // anybody who is signed in
	thing  auth.Thing
	action auth.Action
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
		{get, livePath, signedInOnly(), s.live},
	}, s.routesPeople(), s.routesReading(), s.routesDeciding())
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
		} else {
			_, err = s.Policy.MayAnywhere(actor, a.thing, a.action)
		}
		if err != nil {
			return err
		}
		return next(c)
	}
}
