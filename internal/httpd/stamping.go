package httpd

import (
	"github.com/labstack/echo/v4"

	"claimbench/internal/captures"
	"claimbench/internal/desk"
	"claimbench/internal/httpd/view"
)

const stampingPath = "/fetching/stamping"

// stampingForm names the service that stamps captures with the time; an empty address is none.
type stampingForm struct {
	Address     string `form:"address" json:"address"`
	Certificate string `form:"certificate" json:"certificate"`
	Version     int64  `form:"version" json:"version"`
}

// stampingSet names the service for the workbench.
func (s *Server) stampingSet(c echo.Context) error {
	var form stampingForm
	var is captures.Stamping
	err := bind(c, &form)
	if err == nil {
		is, err = s.Captures.SetStamping(c.Request().Context(), actorOf(c), captures.Stamping{Address: form.Address,
			Certificate: form.Certificate, Version: form.Version})
	}
	if err = unsentVersion(c, err); err != nil {
		return s.refused(c, err, func(w view.Wrong) (view.Page, error) {
			seen, err := s.desk.Fetching(c.Request().Context(), actorOf(c), 0)
			p := s.fetchingPage(c, seen)
			p.Wrong, p.Stamping.Address, p.Stamping.Certificate = w, form.Address, form.Certificate
			return p, err
		})
	}
	notice := "Captures are not stamped"
	if is.Address != "" {
		notice = "Captures are stamped from now on"
	}
	return s.done(c, fetchingPath, notice, desk.FetchesJSON{Allowed: is.Address != "", Version: is.Version})
}
