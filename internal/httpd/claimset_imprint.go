package httpd

import (
	"github.com/labstack/echo/v4"

	"claimbench/internal/claimset"
	"claimbench/internal/desk"
	"claimbench/internal/httpd/view"
)

type imprintForm struct {
	Version    int64           `form:"version" json:"version"`
	Publisher  string          `form:"publisher" json:"publisher"`
	Note       string          `form:"note" json:"note"`
	Address    string          `form:"address" json:"address"`
	People     claimset.People `form:"people" json:"people"`
	Rationales bool            `form:"rationales" json:"rationales"`
	Captures   bool            `form:"captures" json:"captures"`
}

func (f *imprintForm) imprint() claimset.Imprint {
	return claimset.Imprint{Publisher: f.Publisher, Note: f.Note, Address: f.Address, People: f.People,
		Rationales: f.Rationales, Captures: f.Captures}
}

// claimsetImprint changes what a draft prints beside its claims.
func (s *Server) claimsetImprint(c echo.Context) error {
	n, form, set, err := carryOut(c, "id", func(n claimset.ID, f *imprintForm) (claimset.Set, error) {
		return s.Sets.SetImprint(c.Request().Context(), actorOf(c), n, f.Version, f.imprint())
	})
	if err != nil {
		return s.refused(c, err, func(w view.Wrong) (view.Page, error) {
			page, _, err := s.claimsetPage(c, n)
			return filled(page, err, func(p *view.Claimset) {
				p.Wrong = w
				if p.Imprint != nil {
					p.Imprint = showImprint(n, form.imprint())
				}
			})
		})
	}
	return s.done(c, setURL(set.ID), "What is printed beside the claims is kept", desk.SetOf(set))
}

// showImprint is the form of what a draft prints beside its claims.
func showImprint(n claimset.ID, p claimset.Imprint) *view.Imprint {
	return &view.Imprint{URL: setURL(n) + "/imprint", Publisher: p.Publisher, Note: p.Note, Address: p.Address,
		People: view.Options(claimset.Peoples, p.People), Rationales: p.Rationales, Captures: p.Captures}
}
