package httpd

import (
	"net/http"
	"time"

	"github.com/labstack/echo/v4"
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
