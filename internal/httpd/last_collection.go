package httpd

import (
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"claimbench/internal/auth"
	"claimbench/internal/desk"
)

// collectionCookie holds the collection that a browser was in last, so that a page that is in none comes back to it.
const collectionCookie = "collection"

// remember notes the collection of a page.
func (s *Server) remember(c echo.Context, in auth.CollectionID) {
	if in != 0 && cookieValue(c, collectionCookie) != itoa(in) {
		c.SetCookie(s.cookie(collectionCookie, itoa(in), 365*24*time.Hour))
	}
}

// lastFrame is the frame of a page that is in no collection: that of the one used last.
func (s *Server) lastFrame(c echo.Context, actor auth.Actor) (desk.Frame, error) {
	n, err := strconv.ParseInt(cookieValue(c, collectionCookie), 10, 64)
	if err != nil || n < 0 {
		n = 0
	}
	return s.desk.FrameOr(c.Request().Context(), actor, auth.CollectionID(n))
}
