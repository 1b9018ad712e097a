package httpd

import (
	"net/http"
	"strconv"
	"sync"
	"time"

	"github.com/labstack/echo/v4"

	"claimbench/internal/auth"
	"claimbench/internal/desk"
	"claimbench/internal/fault"
	"claimbench/internal/status"
)

// What is at a public address may be kept so long, by whoever asks and by those in between, in seconds.
const publicFor = 300

// statusPublic gives the status list of a set that an admin published, signed, to anybody who has its address.
func (s *Server) statusPublic(c echo.Context) error {
	return s.public(c, "text/plain; charset=utf-8", true, func(p status.Public) ([]byte, error) {
		return []byte(p.Note), nil
	})
}

// statusAtom gives what changed in such a list as an Atom feed.
func (s *Server) statusAtom(c echo.Context) error {
	return s.public(c, "application/atom+xml; charset=utf-8", false, func(p status.Public) ([]byte, error) {
		list := s.opts.PublicURL + desk.StatusPath(p.Name)
		return p.Atom(list, list+"/corrections.atom")
	})
}

// statusFeed gives what changed in such a list as a JSON feed.
func (s *Server) statusFeed(c echo.Context) error {
	return s.public(c, "application/feed+json; charset=utf-8", false, func(p status.Public) ([]byte, error) {
		list := s.opts.PublicURL + desk.StatusPath(p.Name)
		return p.JSON(list, list+"/corrections.json")
	})
}

// public answers for a public address: the list with its note, or its news. Nobody is asked who they are, and the
// answer is the same for all.
func (s *Server) public(c echo.Context, kind string, note bool, make func(status.Public) ([]byte, error)) error {
	ctx, name := c.Request().Context(), c.Param("name")
	p, err := s.Status.Public(ctx, name, false, false)
	lets := &s.readers
	if err != nil {
		lets = &s.guessers // whoever tries names keeps no reader out
	}
	if wait := lets.take(s.askers.now()); wait > 0 {
		return fault.New(fault.Limited, "Too many ask for status lists at this moment. Ask again in %d seconds.",
			int(wait.Seconds())+1).WithDetail(auth.RetryAfter(wait))
	}
	if err != nil {
		return err
	}
	h, tag := c.Response().Header(), strconv.Quote(strconv.FormatInt(p.Number, 10))
	known := c.Request().Header.Get("If-None-Match") == tag
	if !known {
		if p, err = s.Status.Public(ctx, name, note, !note); err != nil {
			return err
		}
		tag = strconv.Quote(strconv.FormatInt(p.Number, 10))
	}
	h.Set(echo.HeaderCacheControl, "public, max-age="+strconv.Itoa(publicFor))
	h.Set("ETag", tag)
	if known {
		return c.NoContent(http.StatusNotModified)
	}
	raw, err := make(p)
	if err != nil {
		return err
	}
	h.Set(echo.HeaderContentType, kind)
	return s.body(c, http.StatusOK, kind, raw)
}

// Bounds of what is read at public addresses, all readers together: a status list is for many, but it is kept by those
// in between.
const (
	publicBurst = 120
	publicEach  = 50 * time.Millisecond
)

// bucket holds how many may come now; it fills by one each publicEach.
type bucket struct {
	mu    sync.Mutex
	spent time.Duration // of what was taken so far, the part that is not refilled
	at    time.Time
}

// take lets one come, or says how long to wait.
func (b *bucket) take(now time.Time) time.Duration {
	b.mu.Lock()
	defer b.mu.Unlock()
	if passed := now.Sub(b.at); passed > 0 {
		b.spent = max(b.spent-passed, 0)
	}
	b.at = now
	if b.spent+publicEach > publicBurst*publicEach {
		return b.spent + publicEach - publicBurst*publicEach
	}
	b.spent += publicEach
	return 0
}
