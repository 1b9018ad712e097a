package httpd

import (
	"context"
	"errors"
	"net"
	"net/http"
	"sync"
	"time"
)

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
