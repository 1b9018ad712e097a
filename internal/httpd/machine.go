package httpd

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/desk"
)

// machine tells a machine who it is and what it may do.
func (s *Server) machine(c echo.Context) error {
	return s.program(c, http.StatusOK, s.desk.Machine(actorOf(c)))
}

// machineArticles lists the articles of a collection that a machine may read, a page at a time.
func (s *Server) machineArticles(c echo.Context) error {
	n, err := pathID[auth.CollectionID](c, "collection")
	if err != nil {
		return err
	}
	after, err := queryID[articles.ID](c, "after")
	if err != nil {
		return err
	}
	out, err := s.desk.MachineArticles(c.Request().Context(), actorOf(c), n, after)
	return s.tell(c, out, err)
}

// machineArticle gives a machine the newest text of an article, with its sentences.
func (s *Server) machineArticle(c echo.Context) error {
	n, err := pathID[articles.ID](c, "id")
	if err != nil {
		return err
	}
	from, err := queryID[int](c, "from")
	if err != nil {
		return err
	}
	out, err := s.desk.MachineArticle(c.Request().Context(), actorOf(c), n, from)
	return s.tell(c, out, err)
}

// machineClaims lists for a machine the claims and candidates of an article, a page at a time.
func (s *Server) machineClaims(c echo.Context) error {
	n, err := pathID[articles.ID](c, "id")
	if err != nil {
		return err
	}
	after, err := queryID[claims.ID](c, "after")
	if err != nil {
		return err
	}
	out, err := s.desk.MachineClaims(c.Request().Context(), actorOf(c), n, after)
	return s.tell(c, out, err)
}

// machineClaim gives a machine one claim, with its evidence and what is printed of it.
func (s *Server) machineClaim(c echo.Context) error {
	n, err := pathID[claims.ID](c, "id")
	if err != nil {
		return err
	}
	out, err := s.desk.MachineClaim(c.Request().Context(), actorOf(c), n)
	return s.tell(c, out, err)
}

// tell answers a program with what the desk answered, or its error.
func (s *Server) tell(c echo.Context, data desk.Answer, err error) error {
	if err != nil {
		return err
	}
	return s.program(c, http.StatusOK, data)
}
