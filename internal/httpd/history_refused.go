package httpd

import (
	"cmp"
	"slices"
	"time"

	"github.com/labstack/echo/v4"

	"claimbench/internal/desk"
	"claimbench/internal/fault"
	"claimbench/internal/httpd/view"
)

// What is wrong with a condition of a history is said at its field, beside the others as they were chosen. Nothing is
// listed then: a list without the condition would not be what was asked for.

// conditions are the fields of the forms above the histories.
var conditions = []string{"object", "action", "actor", "person", "article", "claim", "from", "to", "zone"}

// ofCondition says whether a fault is about a field of such a form, for somebody at a page.
func ofCondition(c echo.Context, err error) bool {
	f, ok := fault.As(err)
	if !ok || wantsJSON(c) || f.Kind != fault.Invalid && f.Kind != fault.NotFound {
		return false
	}
	return slices.ContainsFunc(f.Fields, func(field fault.Field) bool {
		return slices.Contains(conditions, field.Name)
	})
}

// nothingAsked is what stands in the place of a list of which a condition is wrong.
func nothingAsked(url string) *view.Empty {
	return &view.Empty{So: "Nothing is listed.", Next: "Mend the condition that is marked above, or take it away.",
		URL: url, Act: "Without conditions"}
}

// historyRefused is the page of the history whose conditions cannot be.
func (s *Server) historyRefused(c echo.Context, ask desk.PastAsk, err error) error {
	if !ofCondition(c, err) {
		return err
	}
	frame, second := s.lastFrame(c, actorOf(c))
	if second != nil {
		return err
	}
	ask.Zone, ask.Object = cmp.Or(ask.Zone, time.UTC), c.QueryParam("object")
	p := s.historyPage(c, ask, desk.Past{Frame: frame})
	p.Wrong, p.Note, p.Empty = wrongOf(c, err), "", nothingAsked("/history")
	return s.respond(c, statusOf(fault.KindOf(err)), p, nil)
}

// claimHistoryRefused is historyRefused of the history of a claim.
func (s *Server) claimHistoryRefused(c echo.Context, ask desk.StoryAsk, err error) error {
	if !ofCondition(c, err) {
		return err
	}
	zone := cmp.Or(ask.Zone, time.UTC)
	story, second := s.desk.Story(c.Request().Context(), actorOf(c), desk.StoryAsk{Claim: ask.Claim, Zone: zone})
	if second != nil {
		return err
	}
	story.Events, story.Older = nil, ""
	ask.Zone, ask.Event = zone, 0
	p := s.claimHistoryPage(c, ask, story)
	p.Wrong, p.Note, p.Empty = wrongOf(c, err), "", nothingAsked(p.Action)
	if ask.Person != "" {
		p.People = append(p.People, view.Option{Value: ask.Person, Word: short(ask.Person), Chosen: true})
	}
	return s.respond(c, statusOf(fault.KindOf(err)), p, nil)
}
