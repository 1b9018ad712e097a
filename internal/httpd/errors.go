package httpd

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"syscall"
	"time"

	"github.com/labstack/echo/v4"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/fault"
	"claimbench/internal/httpd/view"
)

// errorTimeout bounds what an error's page may ask of the database, which may be what failed.
const errorTimeout = 2 * time.Second

var statuses = map[fault.Kind]int{
	fault.Invalid:         http.StatusUnprocessableEntity,
	fault.Unauthenticated: http.StatusUnauthorized,
	fault.Forbidden:       http.StatusForbidden,
	fault.NotFound:        http.StatusNotFound,
	fault.Conflict:        http.StatusConflict,
	fault.TooSlow:         http.StatusRequestTimeout,
	fault.TooLarge:        http.StatusRequestEntityTooLarge,
	fault.Limited:         http.StatusTooManyRequests,
	fault.Unavailable:     http.StatusServiceUnavailable,
	fault.Unknown:         http.StatusServiceUnavailable,
	fault.Internal:        http.StatusInternalServerError,
}

// statusOf is the one place where a kind of fault becomes a status.
func statusOf(k fault.Kind) int {
	if s, ok := statuses[k]; ok {
		return s
	}
	return http.StatusInternalServerError
}

// fail answers every error that a handler or a middleware returns.
func (s *Server) fail(err error, c echo.Context) {
	kind, status := kindOf(err)
	request := requestOf(c)
	s.logFault(c, err, kind)
	if c.Response().Committed {
		return // part of an answer is out already; logged breaks the connection
	}
	if s.unheard(c, err) {
		c.Response().Status = statusUnheard
		return
	}
	s.retryAfter(c, err)
	ctx, cancel := context.WithTimeout(c.Request().Context(), errorTimeout)
	defer cancel()
	c.SetRequest(c.Request().WithContext(ctx))
	if err := s.answer(c, err, kind, status, request); err != nil {
		s.log.Error("the error could not be shown", "request", request, "err", err)
		if !c.Response().Committed {
			_ = c.String(status, messageOf(c, err, status))
		}
	}
}

// statusUnheard is what log and metrics say of a request whose connection is gone; nothing is sent with it.
const statusUnheard = 499

// unheard says that nobody can hear an answer: the reader has gone, or the server is being stopped and the connection
// was cut. No page is made then, for what it would ask of the database can only fail.
func (s *Server) unheard(c echo.Context, err error) bool {
	if c.Response().Committed || fault.KindOf(err) == fault.TooSlow {
		return false // a late body ends the request's context, and not the connection
	}
	return errors.Is(c.Request().Context().Err(), context.Canceled) || errors.Is(err, net.ErrClosed) ||
		errors.Is(err, syscall.ECONNRESET) || errors.Is(err, syscall.EPIPE)
}

func (s *Server) answer(c echo.Context, err error, kind fault.Kind, status int, request string) error {
	if c.Request().Method == http.MethodHead {
		return c.NoContent(status)
	}
	if wantsJSON(c) || isJSON(c) {
		return problemOf(c, err, kind, status).send(c)
	}
	if kind == fault.Unauthenticated && c.Request().Method == http.MethodGet {
		return c.Redirect(http.StatusSeeOther, withQuery("/sign-in", "next", c.Request().URL.RequestURI()))
	}
	if page := s.askFailed(c, err, kind); page != nil {
		return s.respond(c, status, page, nil)
	}
	page := &view.ErrorPage{Status: status, Heading: headingOf(err, status), Msg: messageOf(c, err, status),
		Request: request, Back: view.Link{URL: "/", Word: "Go to the first page"}}
	if kind == fault.Unauthenticated {
		page.Back = view.Link{URL: withQuery("/sign-in", "next", s.cameFrom(c)), Word: "Sign in and go back"}
	}
	if f, _ := fault.As(err); f != nil {
		if lost, is := f.Detail.(articles.NotTakenIn); is {
			page.Back = view.Link{URL: "/articles/" + itoa(lost.Article) + "/work", Word: "See what can be done"}
		}
	}
	if inWork(c) && c.Request().Method == http.MethodPost {
		return s.refusedInPlace(c, status, page)
	}
	page.Typed = whatWasTyped(c)
	page.Shell = s.shell(c, page.Heading, "")
	return s.respond(c, status, page, nil)
}

// cameFrom is the page of ours on which a form was sent, "" when it is not known.
func (s *Server) cameFrom(c echo.Context) string {
	u, err := url.Parse(c.Request().Referer())
	if err != nil || u.Host != c.Request().Host {
		return ""
	}
	return s.ownPath(u.RequestURI(), "")
}

var headings = map[int]string{
	http.StatusUnprocessableEntity:   "That cannot be taken as it is",
	http.StatusUnauthorized:          "Nobody is signed in",
	http.StatusForbidden:             "You may not do that",
	http.StatusNotFound:              "That is not here",
	http.StatusMethodNotAllowed:      "That cannot be done here",
	http.StatusConflict:              "That cannot be done now",
	http.StatusRequestEntityTooLarge: "That is too large",
	http.StatusRequestTimeout:        "That came too slowly",
	http.StatusTooManyRequests:       "Too many tries",
	http.StatusServiceUnavailable:    "Not just now",
	http.StatusInternalServerError:   "Something went wrong on our side",
}

// kindOf reads a fault's kind through any wrapping, and what echo itself says.
func kindOf(err error) (fault.Kind, int) {
	if f, ok := fault.As(err); ok {
		return f.Kind, statusOf(f.Kind)
	}
	var he *echo.HTTPError
	if errors.As(err, &he) && he.Code >= 400 && he.Code < 500 {
		for k, status := range statuses {
			if status == he.Code {
				return k, he.Code
			}
		}
		return fault.Invalid, he.Code
	}
	return fault.Internal, http.StatusInternalServerError
}

// notThisWay says by which methods an address is opened: to people that they use its page, to programs their names.
func notThisWay(c echo.Context) string {
	allowed, _ := c.Get(echo.ContextKeyHeaderAllow).(string)
	if allowed = firstWord(allowed, c.Response().Header().Get(echo.HeaderAllow)); allowed == "" {
		return "This address is not opened by " + c.Request().Method + "."
	}
	return "This address is not opened by " + c.Request().Method + ". It takes " + allowed + "."
}

func messageOf(c echo.Context, err error, status int) string {
	f, ours := fault.As(err)
	asks := c.Request().Method == http.MethodGet || c.Request().Method == http.MethodHead
	if asks && status == http.StatusInternalServerError && (!ours || f.Kind == fault.Internal) {
		return "Something went wrong on our side, and this cannot be shown. Nothing was changed; try again."
	}
	if ours || status >= 500 {
		return fault.Message(err)
	}
	switch status {
	case http.StatusNotFound:
		return "There is nothing at this address. Check it, or go back."
	case http.StatusPreconditionFailed:
		return "Somebody else is signed in now. Nothing was done in their name; sign in again to send it."
	case http.StatusMethodNotAllowed:
		return "This address is not opened in this way. Go back and use the page's own buttons."
	}
	return "The request cannot be answered as it is (" + strconv.Itoa(status) + ")."
}

// retryAfter tells a client that tried too often, or too early, how many seconds to wait.
func (s *Server) retryAfter(c echo.Context, err error) {
	f, ok := fault.As(err)
	if !ok {
		return
	}
	wait := 0
	if r, ok := f.Detail.(auth.RetryAfter); ok {
		wait = max(1, r.Seconds())
	} else if f.Kind == fault.Limited {
		wait = 1
	}
	if wait > 0 {
		c.Response().Header().Set("Retry-After", strconv.Itoa(wait))
	}
}
