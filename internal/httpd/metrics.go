package httpd

import (
	"net/http"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"claimbench/internal/fault"
)

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
	m.registry.MustRegister(m.requests, m.seconds, m.faults, streams, making, collectors.NewGoCollector(),
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
