package httpd

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/labstack/echo/v4"

	"claimbench/internal/auth"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/store"
)

// How often the history is asked for news while somebody listens, and how often a quiet stream says that it lives.
const (
	newsEvery  = time.Second
	pulseEvery = 20 * time.Second
	newsBatch  = 200
)

// message is what a stream carries: that something changed in a collection, never what. Events of an open round are
// veiled from everybody here, so a stream tells nothing of a review before its round closes.
type message struct {
	Collection auth.CollectionID `json:"-"`
	Topic      string            `json:"topic"`
	Object     string            `json:"object"`
}

// news hands messages to the streams that listen. It reads them from the history, so it also hears of commands and of
// other servers on the same database.
type news struct {
	mu      sync.Mutex
	streams map[chan message]bool
	done    chan struct{}
	once    sync.Once
	wake    chan struct{}
}

func newNews() *news {
	return &news{streams: map[chan message]bool{}, done: make(chan struct{}), wake: make(chan struct{}, 1)}
}

func (n *news) listen() chan message {
	ch := make(chan message, newsBatch)
	n.mu.Lock()
	n.streams[ch] = true
	n.mu.Unlock()
	select {
	case n.wake <- struct{}{}:
	default:
	}
	return ch
}

func (n *news) leave(ch chan message) {
	n.mu.Lock()
	delete(n.streams, ch)
	n.mu.Unlock()
}

func (n *news) listeners() int {
	n.mu.Lock()
	defer n.mu.Unlock()
	return len(n.streams)
}

// tell passes a message to every stream; one that does not keep up misses it, and its page refreshes all the same.
func (n *news) tell(m message) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for ch := range n.streams {
		select {
		case ch <- m:
		default:
		}
	}
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
	last, tick := int64(-1), time.NewTicker(newsEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-n.done:
			return
		case <-tick.C:
		case <-n.wake:
		}
		if n.listeners() == 0 {
			last = -1
			continue
		}
		next, err := n.read(ctx, s, last)
		if err != nil {
			s.log.Warn("no news", "err", err)
			continue
		}
		last = next
	}
}

// read tells what came after an event, and gives the newest one. -1 only finds out where the history stands.
func (n *news) read(ctx context.Context, s *Server, last int64) (size int64, err error) {
	var found []history.Entry
	err = s.DB.Read(ctx, func(r *store.Rx) error {
		if size, err = history.Size(r); err != nil || last < 0 || size == last {
			return err
		}
		found, err = history.List(r, history.Filter{AfterSeq: last, Limit: newsBatch})
		return err
	})
	told := map[message]bool{}
	for i := len(found) - 1; i >= 0; i-- {
		e := found[i]
		if e.Collection == 0 {
			continue
		}
		m := message{Collection: auth.CollectionID(e.Collection), Topic: fmt.Sprintf("collection:%d", e.Collection),
			Object: e.Object}
		if !told[m] {
			told[m] = true
			n.tell(m)
		}
	}
	return size, err
}

// live streams the news of the collections that this person reads, as server-sent events, until the person goes, the
// session ends, or the server stops.
func (s *Server) live(c echo.Context) error {
	if s.news.closed() {
		return fault.New(fault.Unavailable, "The server is being stopped.")
	}
	ch := s.news.listen()
	defer s.news.leave(ch)
	h := c.Response().Header()
	h.Set(echo.HeaderContentType, "text/event-stream; charset=utf-8")
	h.Set(echo.HeaderCacheControl, "no-store")
	h.Set("X-Accel-Buffering", "no")
	c.Response().WriteHeader(http.StatusOK)
	if _, err := fmt.Fprint(c.Response(), "retry: 3000\n: hello\n\n"); err != nil {
		return nil
	}
	c.Response().Flush()
	pulse := time.NewTicker(pulseEvery)
	defer pulse.Stop()
	for {
		select {
		case <-c.Request().Context().Done():
			return nil
		case <-s.news.done:
			return nil
		case <-pulse.C:
			if _, ok := s.still(c); !ok {
				return nil
			}
			if _, err := fmt.Fprint(c.Response(), ": still here\n\n"); err != nil {
				return nil
			}
		case m := <-ch:
			if !s.pass(c, m) {
				return nil
			}
		}
		c.Response().Flush()
	}
}

// still reads the session anew: a stream ends with it, and with the role that let it listen.
func (s *Server) still(c echo.Context) (auth.Actor, bool) {
	token, _ := c.Get(tokenKey).(string)
	actor, err := s.Auth.Resume(c.Request().Context(), token)
	return actor, err == nil
}

// pass writes a message to a stream whose reader may read the collection; false ends the stream.
func (s *Server) pass(c echo.Context, m message) bool {
	actor, ok := s.still(c)
	if !ok {
		return false
	}
	if !s.Policy.Allows(actor, auth.ThingClaim, auth.Read, m.Collection) {
		return true
	}
	b, err := json.Marshal(m)
	if err != nil {
		return true
	}
	_, err = fmt.Fprintf(c.Response(), "data: %s\n\n", strings.TrimSpace(string(b)))
	return err == nil
}
