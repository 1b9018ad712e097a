package httpd

import (
	"cmp"
	"fmt"

	"github.com/labstack/echo/v4"

	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/desk"
	"claimbench/internal/review"
)

// assignForm gives claims to somebody, or takes them back.
type assignForm struct {
	Claims   []claims.ID `form:"claim" json:"claims" of:"claim"`
	User     auth.UserID `form:"user" json:"user"` // 0: oneself
	To       string      `form:"to" json:"to"`     // the name by which they sign in, instead of their number
	TakeBack bool        `form:"take_back" json:"take_back"`
	Back     string      `form:"back" json:"-"`
}

// assign gives claims of a collection to a person, one or many at once.
func (s *Server) assign(c echo.Context) error {
	actor := actorOf(c)
	in, form, n, err := carryOut(c, "collection", func(in auth.CollectionID, f *assignForm) (int, error) {
		if err := s.whom(c, in, f); err != nil {
			return 0, err
		}
		do := s.Review.Assign
		if f.TakeBack {
			do = s.Review.Unassign
		}
		return do(c.Request().Context(), actor, in, f.User, f.Claims)
	})
	if err != nil {
		return err
	}
	return s.done(c, s.ownPath(form.Back, under(in, "queue")), givenWords(n, form, actor.UserID),
		desk.CountedJSON{Done: "assigned", Count: n})
}

// givenWords say what became of n claims, as the buttons call it: who takes a claim is given none.
func givenWords(n int, form assignForm, me auth.UserID) string {
	switch own := form.User == me; {
	case own && form.TakeBack:
		return many(n, "claim given back", "claims given back")
	case own:
		return many(n, "claim taken", "claims taken") + ", for you to review"
	case form.TakeBack:
		return many(n, "claim taken back", "claims taken back")
	}
	return many(n, "claim given", "claims given")
}

// whom finds the person whom a form means: by name, by number, or who sends it.
func (s *Server) whom(c echo.Context, in auth.CollectionID, f *assignForm) (err error) {
	switch actor := actorOf(c); {
	case f.To != "":
		f.User, err = s.Review.ReviewerNamed(c.Request().Context(), actor, in, f.To)
	case f.User == 0:
		f.User = actor.UserID
	}
	return err
}

// distributeForm gives out claims by a strategy.
type distributeForm struct {
	How   review.How `form:"how" json:"how"`
	Share int        `form:"share" json:"share"` // of a hundred
	Back  string     `form:"back" json:"-"`
}

// distribute gives the claims that nobody has to people.
func (s *Server) distribute(c echo.Context) error {
	in, form, d, err := carryOut(c, "collection", func(in auth.CollectionID, f *distributeForm) (review.Distribution,
		error) {
		return s.Review.Distribute(c.Request().Context(), actorOf(c), in, f.How, f.Share)
	})
	if err != nil {
		return err
	}
	said := many(d.Given, "claim given out", "claims given out")
	if d.Left > 0 {
		said += "; nobody reads the language of " + many(d.Left, "claim", "claims")
	}
	if d.More {
		said += "; more wait, give out again"
	}
	return s.done(c, s.ownPath(form.Back, under(in, "queue")), said, desk.DistributedJSON{Distribution: d})
}

// snoozeForm puts claims off until a day, or takes them back.
type snoozeForm struct {
	Claims   []claims.ID `form:"claim" json:"claims" of:"claim"`
	Until    string      `form:"until" json:"until"` // a day, 2026-12-03, or the number of days from now
	Day      string      `form:"day" json:"-"`       // as Until, and before it: the form has a field for each
	TakeBack bool        `form:"take_back" json:"take_back"`
	Back     string      `form:"back" json:"-"`
}

// snooze puts claims off for the person who asks.
func (s *Server) snooze(c echo.Context) error {
	in, form, out, err := carryOut(c, "collection", s.putOff(c))
	if err != nil {
		return err
	}
	return s.done(c, s.ownPath(form.Back, under(in, "queue")), snoozeSaid(form, out), out)
}

// snoozeSaid tells what became of a form of snoozes.
func snoozeSaid(form snoozeForm, out desk.SnoozedJSON) string {
	what := many(len(form.Claims), "claim", "claims")
	if len(form.Claims) == 1 {
		what = "claim " + itoa(form.Claims[0])
	}
	switch {
	case !form.TakeBack:
		return "Snoozed until " + out.Until.Day() + ": " + what
	case out.Count == 0:
		return "Not snoozed: " + what
	}
	return "Back in your queue: " + what
}

// putOff does what a form of snoozes asks.
func (s *Server) putOff(c echo.Context) func(auth.CollectionID, *snoozeForm) (desk.SnoozedJSON, error) {
	return func(in auth.CollectionID, f *snoozeForm) (out desk.SnoozedJSON, err error) {
		ctx, actor := c.Request().Context(), actorOf(c)
		if f.TakeBack {
			out.Count, err = s.Review.TakeBack(ctx, actor, in, f.Claims...)
			return out, err
		}
		until, err := s.Review.PutOffTill(ctx, actor, in, cmp.Or(f.Day, f.Until), f.Claims...)
		return desk.SnoozedJSON{Count: len(f.Claims), Until: new(desk.Time(until))}, err
	}
}

// priorityForm says how urgent a claim is.
type priorityForm struct {
	Priority claims.Priority `form:"priority" json:"priority"`
	Back     string          `form:"back" json:"-"`
}

// claimPrioritise puts a claim before others in everybody's queue, or behind them.
func (s *Server) claimPrioritise(c echo.Context) error {
	n, form, cl, err := carryOut(c, "id", func(n claims.ID, f *priorityForm) (claims.Claim, error) {
		return s.Claims.Prioritise(c.Request().Context(), actorOf(c), n, f.Priority)
	})
	if err != nil {
		return err
	}
	return s.done(c, s.ownPath(form.Back, claimURL(n)), fmt.Sprintf("Claim %d comes %s", n, cl.Priority.Word()),
		desk.JSONOf(cl))
}
