package httpd

import (
	"context"
	"net/http"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"claimbench/internal/auth"
	"claimbench/internal/desk"
	"claimbench/internal/erasures"
	"claimbench/internal/httpd/view"
	"claimbench/internal/notices"
)

const erasuresPath = "/erasures"

// erasures lists what was asked to be erased from the history.
func (s *Server) erasures(c echo.Context) error {
	before, err := queryName[notices.Name](c, "before")
	if err != nil {
		return err
	}
	seen, err := s.desk.Erasures(c.Request().Context(), actorOf(c), before)
	if err != nil {
		return err
	}
	return s.respond(c, http.StatusOK, s.erasuresPage(c, seen), seen.JSON())
}

func (s *Server) erasuresPage(c echo.Context, seen desk.Erasures) *view.Erasures {
	p := &view.Erasures{Shell: s.framed(c, "Erasures", "Erasures", seen.Frame)}
	if seen.Asks {
		p.Ask = erasuresPath
	}
	me, zone := actorOf(c).UserID, readersZone(c)
	for _, e := range seen.List {
		row := view.ErasureRow{ID: string(e.Public), Object: view.Link{Word: e.Object}, Name: e.Name,
			Reason: detected(e.Reason), Asked: momentIn(e.AskedAt, zone), By: seen.Names.Of(e.AskedBy),
			Says: erasureSays(e, zone), TakeBack: e.AskedBy == me}
		if e.EndedBy != nil && e.EndedAt != nil {
			row.EndedBy, row.Ended = seen.Names.Of(*e.EndedBy), momentIn(*e.EndedAt, zone)
		}
		if !seen.Asks && strings.Contains(e.Object, ":") {
			row.Object.URL = withQuery("/history", "object", e.Object)
		}
		if e.Confirms {
			row.Confirm = erasuresPath + "/confirm"
		}
		if e.Refuses {
			row.Refuse = erasuresPath + "/refuse"
		}
		p.Rows = append(p.Rows, row)
	}
	if seen.Next != "" {
		p.More = withQuery(erasuresPath, "before", string(seen.Next))
	}
	return p
}

// erasureSays says how far an erasure is.
func erasureSays(e desk.ErasureSeen, zone *time.Location) string {
	switch {
	case e.Left:
		return "void: who asked for it is no admin any more"
	case e.Void:
		return "void: nobody confirmed it in time"
	case e.EndedBy == nil:
		return "waits for a second admin until " + momentIn(e.Until, zone)
	case e.Erased > 0:
		return "erased, " + many(int(e.Erased), "text", "texts")
	}
	return "refused"
}

// erasureForm names what is to be erased, as the history calls it, and says why.
type erasureForm struct {
	Object string `form:"object" json:"object"`
	Text   string `form:"text" json:"text"`
	Reason string `form:"reason" json:"reason"`
}

// erasureAsk asks for a text to be erased.
func (s *Server) erasureAsk(c echo.Context) error {
	var form erasureForm
	err := bind(c, &form)
	var e erasures.Erasure
	if err == nil {
		e, err = s.Erasures.Ask(c.Request().Context(), actorOf(c), form.Object, form.Text, form.Reason)
	}
	if err != nil {
		return s.refused(c, err, func(w view.Wrong) (view.Page, error) {
			seen, err := s.desk.Erasures(c.Request().Context(), actorOf(c), "")
			return filled(s.erasuresPage(c, seen), err, func(p *view.Erasures) {
				p.Object, p.Name, p.Reason, p.Wrong = form.Object, form.Text, form.Reason, w
			})
		})
	}
	return s.erasureDone(c, e, "Asked; another admin confirms it")
}

// erasureConfirm erases what another admin asked for.
func (s *Server) erasureConfirm(c echo.Context) error {
	return s.erasureEnd(c, s.Erasures.Confirm, "Erased")
}

// erasureRefuse ends an erasure without erasing.
func (s *Server) erasureRefuse(c echo.Context) error {
	return s.erasureEnd(c, s.Erasures.Refuse, "Refused; the text stays")
}

// erasureNamed is the erasure that is confirmed or refused.
type erasureNamed struct {
	Erasure notices.Name `form:"erasure" json:"erasure" validate:"required"`
}

func (s *Server) erasureEnd(c echo.Context, do func(context.Context, auth.Actor, notices.Name) (erasures.Erasure,
	error), notice string) error {
	var form erasureNamed
	if err := bind(c, &form); err != nil {
		return err
	}
	e, err := do(c.Request().Context(), actorOf(c), form.Erasure)
	if err != nil {
		return err
	}
	return s.erasureDone(c, e, notice)
}

func (s *Server) erasureDone(c echo.Context, e erasures.Erasure, notice string) error {
	shown, err := s.desk.Erasure(c.Request().Context(), actorOf(c), e)
	if err != nil {
		return err
	}
	return s.done(c, erasuresPath, notice, shown)
}
