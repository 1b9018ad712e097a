package httpd

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/labstack/echo/v4"

	"claimbench/internal/desk"
	"claimbench/internal/fault"
)

// How often the history is asked for news while somebody listens, and how often a quiet stream says that it lives.
const (
	newsEvery  = time.Second
	pulseEvery = 20 * time.Second
)

// streamHolds is how many messages wait for one browser; what is more is told as one message for each collection.
const streamHolds = 1000

// stream is one browser that listens.
type stream struct {
	token string
	wake  chan struct{} // there is something in waiting, or the stream has ended

	mu      sync.Mutex
	waiting []desk.Change
	held    map[desk.Change]bool // those in waiting
	ended   bool
}

// give hands changes to a stream, each once. It never waits: what a slow browser has not fetched is drawn together.
func (st *stream) give(all []desk.Change) {
	st.mu.Lock()
	defer st.mu.Unlock()
	for _, m := range all {
		if len(st.waiting) >= streamHolds {
			m.Object = ""
		}
		if !st.held[m] {
			st.held[m] = true
			st.waiting = append(st.waiting, m)
		}
	}
	st.ring()
}

// end tells a stream that its session is over.
func (st *stream) end() {
	st.mu.Lock()
	defer st.mu.Unlock()
	st.ended = true
	st.ring()
}

func (st *stream) ring() {
	select {
	case st.wake <- struct{}{}:
	default:
	}
}

// take empties what is waiting, and says whether the stream goes on.
func (st *stream) take() (out []desk.Change, goes bool) {
	st.mu.Lock()
	defer st.mu.Unlock()
	out, st.waiting, st.held = st.waiting, nil, map[desk.Change]bool{}
	return out, !st.ended
}

// news hands messages to the streams that listen. It reads them from the history, so it also hears of commands and of
// other servers on the same database. However many streams there are, a tick asks the history once and, when it has
// news or a pulse is due, asks for all sessions at once.
type news struct {
	mu      sync.Mutex
	streams map[*stream]bool
	done    chan struct{}
	once    sync.Once
	wake    chan struct{}
}

func newNews() *news {
	return &news{streams: map[*stream]bool{}, done: make(chan struct{}), wake: make(chan struct{}, 1)}
}

func (n *news) listen(token string) *stream {
	st := &stream{token: token, wake: make(chan struct{}, 1), held: map[desk.Change]bool{}}
	n.mu.Lock()
	n.streams[st] = true
	n.mu.Unlock()
	select {
	case n.wake <- struct{}{}:
	default:
	}
	return st
}

func (n *news) leave(st *stream) {
	n.mu.Lock()
	delete(n.streams, st)
	n.mu.Unlock()
}

func (n *news) listeners() []*stream {
	n.mu.Lock()
	defer n.mu.Unlock()
	return slices.Collect(maps.Keys(n.streams))
}

func (n *news) close() { n.once.Do(func() { close(n.done) }) }

func (n *news) closed() bool {
	select {
	case <-n.done:
		return true
	default:
		return false
	}
}

// run asks the history for news as long as somebody listens.
func (n *news) run(ctx context.Context, s *Server) {
	defer n.close()
	tick := time.NewTicker(newsEvery)
	defer tick.Stop()
	last, pulse := int64(-1), time.Now()
	for {
		select {
		case <-ctx.Done():
			return
		case <-n.done:
			return
		case <-tick.C:
		case <-n.wake:
		}
		if len(n.listeners()) == 0 {
			last = -1
			continue
		}
		due := time.Since(pulse) >= pulseEvery
		next, err := n.tick(ctx, s, last, due)
		if err != nil {
			s.log.Warn("no news", "err", err)
			continue
		}
		if last = next; due {
			pulse = time.Now()
		}
	}
}

// tick tells the streams what came after an event, and gives the newest event that was read: -1 only finds out where
// the history stands. A failure tells nothing, and the next tick reads the same again. With pulse it also looks
// whether every session still stands.
func (n *news) tick(ctx context.Context, s *Server, last int64, pulse bool) (int64, error) {
	found, next, err := s.desk.News(ctx, last)
	if err != nil || len(found) == 0 && !pulse {
		return next, err
	}
	streams := n.listeners()
	tokens := make([]string, len(streams))
	for i, st := range streams {
		tokens[i] = st.token
	}
	actors, err := s.Auth.ResumeAll(ctx, tokens)
	if err != nil {
		return last, err
	}
	for _, st := range streams {
		actor, ok := actors[st.token]
		if !ok {
			st.end()
			continue
		}
		if mine := s.desk.Hears(actor, found); len(mine) > 0 || pulse {
			st.give(mine)
		}
	}
	return next, nil
}

// live streams what changed to a browser that listens.
func (s *Server) live(c echo.Context) error {
	if s.news.closed() {
		return fault.New(fault.Unavailable, "The server is being stopped.")
	}
	token, _ := c.Get(tokenKey).(string)
	st := s.news.listen(token)
	defer s.news.leave(st)
	h := c.Response().Header()
	h.Set(echo.HeaderContentType, "text/event-stream; charset=utf-8")
	h.Set(echo.HeaderCacheControl, "no-store")
	h.Set("X-Accel-Buffering", "no")
	c.Response().WriteHeader(http.StatusOK)
	if _, err := fmt.Fprint(c.Response(), "retry: 3000\n: hello\n\n"); err == nil {
		c.Response().Flush()
		s.tellNews(c, st)
	}
	return nil
}

// tellNews writes what a stream is given until it ends: the browser goes, the server stops, the session is over.
func (s *Server) tellNews(c echo.Context, st *stream) {
	for {
		select {
		case <-c.Request().Context().Done():
			return
		case <-s.news.done:
			return
		case <-st.wake:
		}
		all, goes := st.take()
		if !goes || writeNews(c.Response(), all) != nil {
			return
		}
		c.Response().Flush()
	}
}

// writeNews writes a message for each change, or that the stream lives when there are none.
func writeNews(w io.Writer, all []desk.Change) error {
	if len(all) == 0 {
		_, err := fmt.Fprint(w, ": still here\n\n")
		return err
	}
	for _, ch := range all {
		b, err := json.Marshal(ch.JSON())
		if err == nil {
			_, err = fmt.Fprintf(w, "data: %s\n\n", b)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
