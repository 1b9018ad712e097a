package httpd

import (
	"context"
	"crypto/rand"
	"net"
	"net/http"
	"net/url"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/labstack/echo/v4"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"claimbench/internal/fault"
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
		_, bearer := bearerOf(c.Request()) // which no other site can have a browser send
		if err := crossOrigin.Check(c.Request()); err != nil && !bearer {
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

// isJSON says that the body is JSON.
func isJSON(c echo.Context) bool {
	return strings.HasPrefix(c.Request().Header.Get(echo.HeaderContentType), echo.MIMEApplicationJSON)
}

const (
	noRoute    = "none"             // every address that is none of ours
	goneReader = fault.Kind("gone") // nobody waits for the answer any more
)

// metrics count what the door does. No label holds a number of a row, a name or an address that was typed: there are
// as many series as lines in the table of routes.
type metrics struct {
	registry *prometheus.Registry
	requests *prometheus.CounterVec
	seconds  *prometheus.HistogramVec
	faults   *prometheus.CounterVec
}

func newMetrics(s *Server) *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "workbench_requests_total",
			Help: "Requests answered, by route and class of status."}, []string{"route", "class"}),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "workbench_request_seconds",
			Help:    "Time from a request to the end of its answer, by route; streams and downloads left out.",
			Buckets: []float64{.005, .02, .05, .1, .25, .5, 1, 2.5, 10, 30}}, []string{"route"}),
		faults: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "workbench_faults_total",
			Help: "Requests that were refused or failed, by kind of fault."}, []string{"kind"}),
	}
	streams := prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "workbench_streams_open",
		Help: "Live streams that are open."}, func() float64 { return float64(len(s.news.listeners())) })
	making := prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "workbench_downloads_made",
		Help: "Downloads that read the database now."}, func() float64 { return float64(len(s.making)) })
	statements := prometheus.NewCounterFunc(prometheus.CounterOpts{Name: "workbench_statements_total",
		Help: "Statements sent to the database."}, func() float64 { return float64(s.DB.Statements()) })
	m.registry.MustRegister(statements, m.requests, m.seconds, m.faults, streams, making, collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// note counts one request that was answered.
func (m *metrics) note(r route, status int, took time.Duration) {
	name := r.name()
	m.requests.WithLabelValues(name, strconv.Itoa(status/100)+"xx").Inc()
	if !r.access.streams {
		m.seconds.WithLabelValues(name).Observe(took.Seconds())
	}
}

func (m *metrics) fault(kind fault.Kind) { m.faults.WithLabelValues(string(kind)).Inc() }

// Metrics answers with the counts, in the text form of Prometheus. It asks nobody who they are: serve it on an address
// of its own that only the monitoring reaches.
func (s *Server) Metrics() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(s.metrics.registry, promhttp.HandlerOpts{}))
	return mux
}

// name is the method and the pattern of a route: what logs and metrics call it.
func (r route) name() string {
	if r.path == "" {
		return noRoute
	}
	return r.method + " " + r.path
}

// logFault writes one line for what failed: 5xx by default, with what was being done; what was refused only when
// somebody looks for it. Somebody who went away before the answer came is no fault of ours.
func (s *Server) logFault(c echo.Context, err error, kind fault.Kind) {
	say, words := s.log.Debug, "request refused"
	switch {
	case s.unheard(c, err):
		if words, kind = "the reader went away", goneReader; s.news.closed() {
			words = "the stop of the server cut the request"
		}
	case kind == fault.Internal, kind == fault.Unknown: // whether it was saved is not known: somebody has to look
		say, words = s.log.Error, "request failed"
	case kind == fault.Unavailable:
		say, words = s.log.Warn, "request not served"
	}
	s.metrics.fault(kind)
	say(words, "request", requestOf(c), "route", s.routeOf(c).name(), "kind", kind, "doing", fault.Operations(err),
		"err", fault.Plain(err))
}

// unwritable says that s holds what a database cannot keep as text.
func unwritable(s string) bool { return strings.ContainsRune(s, 0) || !utf8.ValidString(s) }

// wellFormed refuses addresses with NUL or bytes that are not UTF-8, before they reach a query.
func wellFormed(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if unwritable(c.Request().URL.Path) {
			return fault.New(fault.NotFound,
				"There is nothing at this address: it holds a character that no text has. Check it, or go back.")
		}
		// Go leaves out a pair that does not parse; a filter must not fall away like that.
		if _, err := url.ParseQuery(c.Request().URL.RawQuery); err != nil {
			return fault.New(fault.Invalid, "The part of the address after “?” cannot be read: "+
				"it holds “;”, or a “%%” without two digits after it. Write them as %%3B and %%25.")
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

func firstWord(a, otherwise string) string {
	if a != "" {
		return a
	}
	return otherwise
}
