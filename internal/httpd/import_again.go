package httpd

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/desk"
)

const (
	importPath = "/collections/:collection/articles"
	existing   = "#existing" // at the end of a kept address: the text was there before it was sent
	reviewed   = "#reviewed" // likewise: a review of the claim was sent
)

// reviewedAgain answers a program that sent a review again in the shape of the first answer: its own review and the
// claim, read as they are now. It says whether it did.
func (s *Server) reviewedAgain(c echo.Context, address string) (bool, error) {
	id, found := strings.CutSuffix(strings.TrimPrefix(address, "/claims/"), reviewed)
	n, err := strconv.ParseInt(id, 10, 64)
	if !found || err != nil {
		return false, nil
	}
	seen, err := s.desk.Claim(c.Request().Context(), actorOf(c), desk.ClaimAsk{ID: claims.ID(n)})
	if err != nil || seen.Reviewing.Mine == nil { // none of theirs is left: the claim's page says what is
		return err != nil, err
	}
	return true, s.program(c, http.StatusOK, desk.ReviewedOf(seen.Reviewing.Mine.Review, seen.Claim))
}

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
