package httpd

import (
	"context"
	"crypto/rand"
	"fmt"
	"net"
	"net/http"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"claimbench/internal/auth"
	"claimbench/internal/fault"
	"claimbench/internal/history"
)

const (
	requestKey = "request"
	actorKey   = "actor"
	tokenKey   = "token"
	ownFormKey = "own form"
)

// policyHeader lets a page load nothing but this server's own files, and run no script or style written into it.
const policyHeader = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src " +
	"'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// requestID gives every request a number of ours; one that a client sends is not believed.
func (s *Server) requestID(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		id := "r-" + strings.ToLower(rand.Text()[:16])
		c.Set(requestKey, id)
		c.Response().Header().Set(echo.HeaderXRequestID, id)
		return next(c)
	}
}

func requestOf(c echo.Context) string {
	id, _ := c.Get(requestKey).(string)
	return id
}

// logged writes one line a request: the route, for an address may hold a secret; no query, no body, no name.
func (s *Server) logged(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		start := time.Now()
		err := next(c)
		broken := err != nil && c.Response().Committed
		if err != nil {
			c.Error(err)
		}
		actor, _ := signedIn(c)
		took := time.Since(start)
		s.metrics.note(s.routeOf(c), c.Response().Status, took)
		s.log.Info("request", "request", requestOf(c), "route", s.routeOf(c).name(), "status", c.Response().Status,
			"bytes", c.Response().Size, "ms", took.Milliseconds(), "user", int64(actor.UserID))
		if broken {
			panic(http.ErrAbortHandler) // the server breaks the connection: a part never looks whole
		}
		return nil
	}
}

// recovered turns a panic into a 500 with a request id, and its stack into the log.
func (s *Server) recovered(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) (err error) {
		defer func() {
			if r := recover(); r != nil {
				if r == http.ErrAbortHandler {
					panic(r)
				}
				err = fault.New(fault.Internal, "panic: %v\n%s", r, debug.Stack())
			}
		}()
		return next(c)
	}
}

func secureHeaders(tls bool) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			h := c.Response().Header()
			h.Set("Content-Security-Policy", policyHeader)
			h.Set("X-Content-Type-Options", "nosniff")
			h.Set("X-Frame-Options", "DENY")
			h.Set("Referrer-Policy", "same-origin")
			h.Set("Cross-Origin-Opener-Policy", "same-origin")
			h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
			h.Set(echo.HeaderCacheControl, "no-store")
			if tls {
				h.Set("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
			}
			return next(c)
		}
	}
}

// onlyHosts answers no other Host than those named, so that a page elsewhere cannot reach a demo by a name that it
// made point here (DNS rebinding).
func (s *Server) onlyHosts(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if s.opts.Hosts == nil || slices.Contains(s.opts.Hosts, hostOnly(c.Request().Host)) {
			return next(c)
		}
		return fault.New(fault.Forbidden,
			"This server does not answer to the name “%s”. Open it as http://127.0.0.1 with its port.",
			short(c.Request().Host))
	}
}

func hostOnly(host string) string {
	if h, _, err := net.SplitHostPort(host); err == nil {
		return h
	}
	return strings.Trim(host, "[]")
}

var crossOrigin = http.NewCrossOriginProtection()

// sameOrigin refuses a form that another site sends.
func sameOrigin(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if err := crossOrigin.Check(c.Request()); err != nil {
			return fault.Wrap(fault.Forbidden, err,
				"This form came from another site, so nothing was done. Open the page here and send it from there.")
		}
		c.Set(ownFormKey, true)
		return next(c)
	}
}

// routeOf is the line of the table that a request was matched with; the zero route for none.
func (s *Server) routeOf(c echo.Context) route {
	method := c.Request().Method
	if method == http.MethodHead {
		method = get
	}
	return s.table[method+" "+c.Path()]
}

// withTimeout bounds a request by a deadline; a stream and a download have one of progress only.
func (s *Server) withTimeout(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if s.routeOf(c).access.streams {
			return next(c)
		}
		outer := c.Request().Context()
		ctx, cancel := context.WithTimeout(outer, s.limits.Request)
		defer cancel()
		c.SetRequest(c.Request().WithContext(ctx))
		err := next(c)
		c.SetRequest(c.Request().WithContext(outer)) // an error's page is made after this
		return err
	}
}

// resume finds out who comes, with the roles held at this moment. A session that has ended is nobody's.
func (s *Server) resume(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		token := s.sessionToken(c)
		if token == "" || strings.HasPrefix(c.Request().URL.Path, "/assets/") {
			return next(c)
		}
		actor, err := s.Auth.Resume(c.Request().Context(), token)
		switch fault.KindOf(err) {
		case "":
			actor.Request, actor.Via = requestOf(c), history.Web
			if wantsJSON(c) || isJSON(c) {
				actor.Via = history.API
			}
			c.Set(actorKey, actor)
			c.Set(tokenKey, token)
		case fault.Unauthenticated, fault.NotFound, fault.Invalid:
			s.dropSession(c)
		default:
			return fmt.Errorf("resume the session: %w", err)
		}
		return next(c)
	}
}

// signedIn is who comes, and whether anybody is signed in at all.
func signedIn(c echo.Context) (auth.Actor, bool) {
	a, ok := c.Get(actorKey).(auth.Actor)
	return a, ok
}

// isJSON says that the body is JSON.
func isJSON(c echo.Context) bool {
	return strings.HasPrefix(c.Request().Header.Get(echo.HeaderContentType), echo.MIMEApplicationJSON)
}
