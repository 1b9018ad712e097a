package httpd

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"claimbench/internal/auth"
	"claimbench/internal/desk"
	"claimbench/internal/fault"
	"claimbench/internal/httpd/view"
	"claimbench/internal/review"
)

// assignments shows who has what of a collection, and what giving out by a rule would do.
func (s *Server) assignments(c echo.Context) error {
	n, err := pathID[auth.CollectionID](c, "collection")
	if err != nil {
		return err
	}
	ask := desk.AssignmentsAsk{In: n, How: review.How(c.QueryParam("how"))}
	if share := c.QueryParam("share"); share != "" {
		if ask.Share, err = numberIn(share); err != nil {
			return err
		}
	}
	seen, err := s.desk.Assignments(c.Request().Context(), actorOf(c), ask)
	if err != nil {
		return err
	}
	return s.respond(c, http.StatusOK, s.assignmentsPage(c, seen), seen.JSON())
}

// numberIn reads a share of a hundred.
func numberIn(s string) (n int, err error) {
	n, ok := 0, len(s) <= 3
	for _, r := range s {
		ok = ok && r >= '0' && r <= '9'
		n = n*10 + int(r-'0')
	}
	if !ok {
		return 0, fault.New(fault.Invalid, "A share is 0 to 100 of a hundred.").With("share", "Give 0 to 100.")
	}
	return n, nil
}

func (s *Server) assignmentsPage(c echo.Context, a desk.Assignments) *view.Assignments {
	p := &view.Assignments{Shell: s.framed(c, "Who has what", "Queue", a.Frame), Back: under(a.In(), "queue"),
		Action: under(a.In(), "assignments"), Strategy: under(a.In(), "assignments/strategy"),
		Set: under(a.In(), "assignments/rule"), How: view.Options(review.Hows, a.Looked.How),
		Looked: string(a.Looked.How), LookedWord: review.Hows.Word(a.Looked.How), ShareGiven: itoa(a.Looked.Share),
		AsAccepted: a.Rule.AsAccepted, Version: a.Rule.Version, Kept: keptRule(a.Rule),
		Deals: a.Looked.How != review.ByHand, Shares: a.Looked.How == review.ByShare}
	p.Would = many(a.Would.Given, "assignment", "assignments") + " would be made"
	if a.Would.Given == 0 {
		p.Would = "Nothing would be given out: every open claim is given to somebody, or none is open"
	}
	if a.Would.Left > 0 {
		p.Would += "; nobody reads the language of " + many(a.Would.Left, "claim", "claims")
	}
	if a.Would.More {
		p.Would += "; more claims wait behind these"
	}
	p.Gives = a.Would.Given > 0
	if a.Stops {
		p.Stops = a.Names.Of(a.Rule.ChangedBy)
	}
	for _, x := range a.People {
		row := view.ShareRow{Name: a.Names.Of(x.User), Has: grouped(x.Has), Gets: grouped(x.Gets)}
		if x.Has > 0 {
			row.URL = withQuery(under(a.In(), "queue"), "tab", string(review.TabTurn), "lang", allLangs, "assignee",
				itoa(x.User))
		}
		p.Rows = append(p.Rows, row)
	}
	return p
}

// keptRule says by what rule a collection gives out.
func keptRule(g review.Giving) string {
	word := review.Hows.Word(g.How)
	if g.How == review.ByShare {
		word += ", " + itoa(g.Share) + " of a hundred to as many as the quorum asks"
	}
	if g.AsAccepted {
		word += "; each claim as it is accepted"
	}
	return word
}

// givingForm is the rule by which a collection gives claims out.
type givingForm struct {
	How        review.How `form:"how" json:"how"`
	Share      int        `form:"share" json:"share"`
	AsAccepted bool       `form:"as_accepted" json:"accepts"`
	Version    int64      `form:"version" json:"version"` // that the person had before them; 0: none was set
}

// assignmentRule sets the rule of a collection.
func (s *Server) assignmentRule(c echo.Context) error {
	in, form, g, err := carryOut(c, "collection", func(in auth.CollectionID, f *givingForm) (review.Giving, error) {
		return s.Review.SetGiving(c.Request().Context(), actorOf(c), review.Giving{CollectionID: in, How: f.How,
			Share: f.Share, AsAccepted: f.AsAccepted, Version: f.Version})
	})
	if err != nil {
		return s.refused(c, err, func(w view.Wrong) (view.Page, error) {
			seen, err := s.desk.Assignments(c.Request().Context(), actorOf(c), desk.AssignmentsAsk{In: in})
			return filled(s.assignmentsPage(c, seen), err, func(p *view.Assignments) {
				p.Wrong, p.AsAccepted = w, form.AsAccepted
			})
		})
	}
	return s.done(c, under(in, "assignments"), "Claims are given out "+strings.TrimSpace(keptRule(g)),
		desk.GivingOf(g))
}
