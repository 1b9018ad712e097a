package httpd

import (
	"errors"
	"mime/multipart"
	"net/http"

	"github.com/labstack/echo/v4"

	"claimbench/internal/arrivals"
	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/desk"
)

// machineImport takes in what a machine brings, or lets it wait for its owner.
func (s *Server) machineImport(c echo.Context) error {
	type answer = desk.MachineImportedJSON
	n, _, out, err := carryOut(c, "collection", func(n auth.CollectionID, f *importForm) (answer, error) {
		return s.machineBrings(c, n, f)
	})
	switch {
	case err != nil:
		return err
	case out.Waits:
		return s.did(c, http.StatusAccepted, under(n, "machine/articles"), out)
	case out.Article == nil:
		return s.did(c, http.StatusOK, under(n, "machine/articles"), out)
	}
	return s.did(c, http.StatusOK, "/machine/articles/"+itoa(out.Article.ID), out)
}

// machineBrings takes texts in; where something is protected, all of them wait.
func (s *Server) machineBrings(c echo.Context, n auth.CollectionID, f *importForm) (desk.MachineImportedJSON, error) {
	got, err := s.importAll(c, n, f)
	if !errors.Is(err, articles.ErrWaits) {
		if err != nil {
			return desk.MachineImportedJSON{}, err
		}
		return desk.MachineImportedOf(got.Imported, max(got.many, 1)), nil
	}
	ctx, machine := c.Request().Context(), actorOf(c)
	owner, err := s.Auth.OwnerOf(ctx, machine)
	if err != nil {
		return desk.MachineImportedJSON{}, err
	}
	says := arrivals.Facts{Title: f.Title, Source: f.Source, Byline: f.Byline, URL: f.URL, Published: f.Published}
	if f.NewSource != "" {
		says.Source = f.NewSource
	}
	if f.Lang != "auto" {
		says.Lang = f.Lang
	}
	files, text := []arrivals.File(nil), f.Text
	if f.File != nil && f.File.Filename != "" {
		files, text = filesOf([]*multipart.FileHeader{f.File}), ""
	}
	return desk.MachineImportedJSON{Waits: true}, s.Arrivals.BringTo(ctx, machine, owner, n, files, text, says,
		f.Charset)
}
