package httpd

import (
	"github.com/labstack/echo/v4"

	"claimbench/internal/claims"
	"claimbench/internal/claimset"
	"claimbench/internal/desk"
	"claimbench/internal/httpd/view"
)

type moveForm struct {
	Version int64        `form:"version" json:"version"`
	Claim   claims.ID    `form:"claim" json:"claim"`
	To      claimset.Way `form:"to" json:"to"`       // top, up, down, end; "": the place says
	Place   int          `form:"place" json:"place"` // from 1; a page sends it beside to
}

func (f *moveForm) move() claimset.Move {
	m := claimset.Move{Claim: f.Claim, Way: f.To}
	if m.Way == "" {
		m.Place = f.Place
	}
	return m
}

// claimsetMove moves a claim of a draft to another place, and leads to where it stands then.
func (s *Server) claimsetMove(c echo.Context) error {
	var moved claimset.Moved
	n, form, _, err := carryOut(c, "id", func(n claimset.ID, f *moveForm) (set claimset.Set, err error) {
		moved, err = s.Sets.Move(c.Request().Context(), actorOf(c), n, f.Version, f.move())
		return moved.Set, err
	})
	if err != nil {
		return s.refused(c, err, func(w view.Wrong) (view.Page, error) {
			page, _, err := s.claimsetPage(c, n)
			return filled(page, err, func(p *view.Claimset) { p.Wrong, p.Moving = w, int64(form.Claim) })
		})
	}
	page := setURL(n)
	if moved.After != 0 {
		page = withQuery(page, "after", itoa(moved.After))
	}
	return s.done(c, page+"#claim-"+itoa(form.Claim), "Claim "+itoa(form.Claim)+" moved to place "+itoa(moved.Place),
		desk.SetOf(moved.Set))
}
