package httpd

import (
	"context"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"claimbench/internal/fault"
)

const readyTimeout = time.Second

// healthz says that the process answers.
func (s *Server) healthz(c echo.Context) error { return c.String(http.StatusOK, "ok\n") }

// readyz says that requests may come: the database answers in a second, its schema is the program's, and the server is
// not being stopped.
func (s *Server) readyz(c echo.Context) error {
	if s.news.closed() {
		return fault.New(fault.Unavailable, "The server is being stopped.")
	}
	ctx, cancel := context.WithTimeout(c.Request().Context(), readyTimeout)
	defer cancel()
	if err := s.DB.Ping(ctx); err != nil {
		return fault.Wrap(fault.Unavailable, err, "The database does not answer.")
	}
	if err := s.DB.Ready(ctx); err != nil {
		return err
	}
	return c.String(http.StatusOK, "ready\n")
}
