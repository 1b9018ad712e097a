package httpd

import (
	"regexp"

	"github.com/labstack/echo/v4"

	"claimbench/internal/claims"
	"claimbench/internal/claimset"
	"claimbench/internal/desk"
	"claimbench/internal/fault"
)

// presenceForm is a sign of life of a window. A program that gives none a name is one window.
type presenceForm struct {
	Window string `form:"window" json:"window"`
}

var windowName = regexp.MustCompile(`^[0-9A-Za-z-]{0,64}$`)

func (f presenceForm) check() error {
	if windowName.MatchString(f.Window) {
		return nil
	}
	return fault.New(fault.Invalid, "A window is called by up to 64 Latin letters, digits and hyphens.").
		With("window", "Up to 64 Latin letters, digits and hyphens.")
}

// claimPresence keeps in memory that a window looks at a claim, and answers who else does.
func (s *Server) claimPresence(c echo.Context) error {
	n, _, seen, err := carryOut(c, "id", func(n claims.ID, f *presenceForm) (desk.Present, error) {
		if err := f.check(); err != nil {
			return desk.Present{}, err
		}
		return s.desk.AtClaim(c.Request().Context(), actorOf(c), n, f.Window)
	})
	return s.present(c, claimURL(n), seen, err)
}

// setPresence is claimPresence for a claim set.
func (s *Server) setPresence(c echo.Context) error {
	n, _, seen, err := carryOut(c, "id", func(n claimset.ID, f *presenceForm) (desk.Present, error) {
		if err := f.check(); err != nil {
			return desk.Present{}, err
		}
		return s.desk.AtSet(c.Request().Context(), actorOf(c), n, f.Window)
	})
	return s.present(c, setURL(n), seen, err)
}

func (s *Server) present(c echo.Context, page string, seen desk.Present, err error) error {
	if err != nil {
		return err
	}
	clock := ""
	if seen.Since != 0 {
		zone, err := zoneOf(c)
		if err != nil {
			return err
		}
		clock = seen.Since.Time().In(zone).Format("15:04")
	}
	return s.done(c, page, "", seen.JSON(clock))
}
