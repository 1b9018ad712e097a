package httpd

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"time"

	"github.com/labstack/echo/v4"

	"claimbench/internal/fault"
	"claimbench/internal/intake"
)

// Limits of time. The zero value of each is its default.
type Limits struct {
	Request time.Duration // a page or an act, from the first byte of the request to the answer; 30 s
	Stall   time.Duration // how long a piece of an answer may wait for a reader who takes nothing; a minute
	Body    time.Duration // what a body is given beside the time that its size needs; 10 s
	Rate    int64         // bytes a second that a body brings at least once Body is over; 16 KiB
}

func (l Limits) orDefault() Limits {
	if l.Request == 0 {
		l.Request = requestTimeout
	}
	if l.Stall == 0 {
		l.Stall = time.Minute
	}
	if l.Body == 0 {
		l.Body = 10 * time.Second
	}
	if l.Rate == 0 {
		l.Rate = 16 << 10
	}
	return l
}

// pieceSize is how much of an answer one deadline covers.
const pieceSize = 32 << 10

// whileItMoves gives every answer a deadline of progress in place of a total one: a reader on a slow line gets all of
// a long answer, a reader who takes nothing holds no connection for ever.
func (s *Server) whileItMoves(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		w := &movingWriter{ResponseWriter: c.Response().Writer, stall: s.limits.Stall}
		w.control = http.NewResponseController(w.ResponseWriter)
		c.Response().Writer = w
		err := next(c)
		w.extend() // what is still in the server's buffer
		return err
	}
}

// movingWriter moves the deadline of the connection before every piece that it writes.
type movingWriter struct {
	http.ResponseWriter
	control *http.ResponseController
	stall   time.Duration
}

func (w *movingWriter) extend() {
	// A writer that knows no deadlines (a recorder in a test) has no connection to hold either.
	_ = w.control.SetWriteDeadline(time.Now().Add(w.stall))
}

// Write writes p in pieces, each with a deadline of its own.
func (w *movingWriter) Write(p []byte) (n int, err error) {
	for {
		piece := p[n:min(len(p), n+pieceSize)]
		w.extend()
		m, err := w.ResponseWriter.Write(piece)
		n += m
		if err != nil || n == len(p) {
			return n, err
		}
	}
}

// Flush sends what is buffered.
func (w *movingWriter) Flush() {
	w.extend()
	_ = w.control.Flush()
}

// Unwrap lets http.ResponseController find the server's own writer.
func (w *movingWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// boundedBody holds a body to the size that its route takes, and to a pace. A body that says it is too large is
// refused before a byte of it is read; one that does not say is cut at the limit.
func (s *Server) boundedBody(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		r := c.Request()
		if r.ContentLength == 0 || r.Body == nil || r.Body == http.NoBody {
			return next(c)
		}
		limit := s.routeOf(c).access.bodyLimit()
		b := &pacedBody{ReadCloser: r.Body, control: http.NewResponseController(c.Response().Writer), limit: limit,
			limits: s.limits, start: time.Now()}
		b.extend() // also for a body that nobody reads: the server itself waits for the rest of it
		if r.ContentLength > limit {
			c.Response().Header().Set(echo.HeaderConnection, "close")
			return tooLarge(limit)
		}
		r.Body = b
		return next(c)
	}
}

// pacedBody is a body with a limit of size, and a deadline that moves on with what has come.
type pacedBody struct {
	io.ReadCloser
	control *http.ResponseController
	limits  Limits
	limit   int64
	read    int64
	start   time.Time
	err     error
}

// extend moves the deadline: a body is given Limits.Body, and what its bytes so far take at Limits.Rate.
func (b *pacedBody) extend() {
	given := b.limits.Body + time.Duration(float64(b.read)/float64(b.limits.Rate)*float64(time.Second))
	_ = b.control.SetReadDeadline(b.start.Add(given))
}

// Read reads at most one byte more than the limit, so that a body of exactly the limit passes.
func (b *pacedBody) Read(p []byte) (int, error) {
	if b.err != nil {
		return 0, b.err
	}
	if room := b.limit - b.read + 1; int64(len(p)) > room {
		p = p[:room]
	}
	b.extend()
	n, err := b.ReadCloser.Read(p)
	b.read += int64(n)
	switch {
	case b.read > b.limit:
		b.err = tooLarge(b.limit)
		return n - 1, b.err
	case errors.Is(err, io.EOF):
		_ = b.control.SetReadDeadline(time.Time{}) // the server listens on, for a reader who goes away
	case errors.Is(err, os.ErrDeadlineExceeded):
		b.err = fault.Wrap(fault.TooSlow, err,
			"The request came too slowly, and was given up after %d bytes. Nothing was changed; send it again.", b.read)
		return n, b.err
	}
	return n, err
}

func tooLarge(limit int64) error {
	msg := fmt.Sprintf("The request is larger than %s, which is all that this address takes. Nothing was changed.",
		bytesInWords(limit))
	if limit == importBody {
		msg += " An article comes in as " + intake.Words() + "."
	}
	return fault.New(fault.TooLarge, "%s", msg)
}

// bytesInWords writes a size as people say it.
func bytesInWords(n int64) string {
	if n >= 1<<20 {
		return fmt.Sprintf("%d MiB", n>>20)
	}
	return fmt.Sprintf("%d KiB", n>>10)
}
