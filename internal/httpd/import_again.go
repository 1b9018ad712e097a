package httpd

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"claimbench/internal/articles"
	"claimbench/internal/desk"
)

const (
	importPath = "/collections/:collection/articles"
	existing   = "#existing" // at the end of a kept address: the text was there before it was sent
)

// importAgain answers a program that sent an import again in the shape of the first answer, read as it is now. It says
// whether it did: any other request, and an article whose text is still coming, is answered with what stands there.
func (s *Server) importAgain(c echo.Context, address string) (bool, error) {
	id, found := strings.CutPrefix(strings.TrimSuffix(address, existing), "/articles/")
	n, err := strconv.ParseInt(id, 10, 64)
	if c.Path() != importPath || !found || err != nil {
		return false, nil
	}
	text, err := s.Articles.Read(c.Request().Context(), actorOf(c), articles.ID(n))
	if err != nil {
		return true, err
	}
	return true, s.program(c, http.StatusOK, desk.ImportedOf(articles.Imported{Article: text.Article,
		Revision: text.Revision, Existing: strings.HasSuffix(address, existing)}))
}
