package httpd

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"time"

	"github.com/labstack/echo/v4"

	"claimbench/internal/cosign"
	"claimbench/internal/desk"
	"claimbench/internal/house"
	"claimbench/internal/httpd/view"
	"claimbench/web"
)

const (
	requestTimeout = 30 * time.Second // above the store's busy wait
	headerTimeout  = 5 * time.Second
	idleTimeout    = 2 * time.Minute
	maxHeader      = 32 << 10
	// Left alone the kernel keeps up to 4 MB for a slow reader and says nothing moved until a third of it is read.
	writeBuffer = 128 << 10
)

// Options says how the door is opened.
type Options struct {
	Assets    *web.Assets
	Log       *slog.Logger
	PublicURL string   // where people reach it; https makes cookies secure
	Mail      bool     // the server sends daily mails
	Hosts     []string // Host names that are answered; nil: any
	Limits    Limits
	Witnesses func() []cosign.Standing // how it stands with the witnesses that were named; nil: none was
	// Proxies are the addresses whose X-Forwarded-For and Forwarded are believed; nil: nobody's.
	Proxies []netip.Prefix
}

// Server answers requests.
type Server struct {
	keywords keptKeywords
	*house.House
	desk    *desk.Desk
	echo    *echo.Echo
	render  *view.Renderer
	log     *slog.Logger
	opts    Options
	limits  Limits
	news    *news
	pages   []string      // the paths that GET opens
	paces   paces         // how fast programs ask
	making  chan struct{} // downloads that are being made
	drawing chan struct{} // the page of a PDF that is being drawn
	table   map[string]route
	metrics *metrics
	silent  silent
	// How many may come to public addresses now: readers of lists, and those who ask for names that no list has.
	readers, guessers bucket
	askers            askers
}

// New makes the server with all its routes.
func New(h *house.House, o Options) (*Server, error) {
	if o.Log == nil {
		o.Log = slog.Default()
	}
	r, err := view.NewRenderer(web.Templates(), o.Assets)
	if err != nil {
		return nil, err
	}
	s := &Server{House: h, desk: desk.New(h, o.Log), echo: echo.New(), render: r, log: o.Log, opts: o,
		limits: o.Limits.orDefault(), news: newNews(),
		making: make(chan struct{}, makingAtOnce), drawing: make(chan struct{}, 1), table: map[string]route{},
		silent: silent{conns: map[net.Conn]bool{}}}
	s.metrics = newMetrics(s)
	s.setUp()
	return s, nil
}

func (s *Server) setUp() {
	e := s.echo
	e.HideBanner, e.HidePort = true, true
	e.IPExtractor = clientAddress(s.opts.Proxies)
	e.HTTPErrorHandler = s.fail
	e.Pre(s.requestID, s.whileItMoves, s.logged)
	e.Use(s.recovered, secureHeaders(s.secure()), s.onlyHosts, s.boundedBody, sameOrigin, wellFormed,
		tokenInAddress, s.knownQuery, s.withTimeout, s.resume, s.asOf)
	s.assets()
	for _, r := range s.routes() {
		h := s.guard(r.access, s.once(r, r.handle))
		s.table[r.method+" "+r.path] = r
		e.Add(r.method, r.path, h)
		if r.method == http.MethodGet && r.path != livePath {
			s.pages = append(s.pages, r.path)
			e.HEAD(r.path, h)
		}
	}
}

// secure says whether people reach the server over TLS.
func (s *Server) secure() bool { return strings.HasPrefix(s.opts.PublicURL, "https://") }

// assets serves the built files under names that carry a hash of their content, so that browsers may keep them.
func (s *Server) assets() { s.echo.GET("/assets/*", s.asset) }

// ServeHTTP lets tests and other servers use it as a handler.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.echo.ServeHTTP(w, r) }

// HTTP is the server's http.Server for an address.
func (s *Server) HTTP(addr string) *http.Server {
	return &http.Server{Addr: addr, Handler: s.echo, ReadHeaderTimeout: headerTimeout, IdleTimeout: idleTimeout,
		MaxHeaderBytes: maxHeader, ErrorLog: slog.NewLogLogger(s.log.Handler(), slog.LevelWarn),
		ConnContext: func(ctx context.Context, conn net.Conn) context.Context {
			if tcp, ok := conn.(*net.TCPConn); ok {
				_ = tcp.SetWriteBuffer(writeBuffer)
			}
			return ctx
		}, ConnState: s.silent.follow}
}

// Run follows the news for live streams until ctx ends, then ends the streams.
func (s *Server) Run(ctx context.Context) { s.news.run(ctx, s) }

// drainTimeout bounds the wait for requests under way: whoever stops the server has it stopped within two seconds.
const drainTimeout = 1500 * time.Millisecond

// Drain makes readyz say that no more requests should come, ends the live streams and waits a moment for what is under
// way; then it cuts what is not done, a body that comes byte by byte for example. Connections on which nothing was
// asked yet are closed at once: net/http itself would wait five seconds for them.
func (s *Server) Drain(h *http.Server) error {
	s.news.close()
	ctx, cancel := context.WithTimeout(context.Background(), drainTimeout)
	defer cancel()
	s.silent.close()
	err := h.Shutdown(ctx)
	if err != nil {
		err = errors.Join(err, h.Close())
	}
	return err
}

// silent are the connections on which nothing was asked yet.
type silent struct {
	mu     sync.Mutex
	conns  map[net.Conn]bool
	closed bool
}

// follow is the http.Server's ConnState.
func (s *silent) follow(conn net.Conn, state http.ConnState) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case state != http.StateNew:
		delete(s.conns, conn)
	case s.closed:
		_ = conn.Close()
	default:
		s.conns[conn] = true
	}
}

func (s *silent) close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closed = true
	for conn := range s.conns {
		_ = conn.Close()
	}
}
