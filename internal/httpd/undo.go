package httpd

import (
	"context"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"claimbench/internal/auth"
	"claimbench/internal/claims"
	turned "claimbench/internal/deeds"
	"claimbench/internal/desk"
	"claimbench/internal/fault"
	"claimbench/internal/httpd/view"
)

// turnOf is the form that takes an act back, or does it again. It names the act, so that it is done once, however often
// it is sent.
func turnOf(t *desk.Turn, url string) *view.Turn {
	if t == nil {
		return nil
	}
	return &view.Turn{URL: url, Act: itoa(t.N), Words: t.Words}
}

// turnForm names the act that a page offered; a program may leave it out, and means the last.
type turnForm struct {
	Act  turned.N `form:"act" json:"act"`
	Back string   `form:"back" json:"-"`
}

// undo takes back what the person did last in a collection, with an event of its own.
func (s *Server) undo(c echo.Context) error { return s.turn(c, s.Deeds.Undo, "Taken back: you ") }

// redo does again what the person took back last.
func (s *Server) redo(c echo.Context) error { return s.turn(c, s.Deeds.Redo, "Done again: you ") }

func (s *Server) turn(c echo.Context, do func(context.Context, auth.Actor, turned.Ask) (turned.Deed, error),
	told string) error {
	ctx, actor := c.Request().Context(), actorOf(c)
	n, form, d, err := carryOut(c, "collection", func(n auth.CollectionID, f *turnForm) (turned.Deed, error) {
		if f.Act == 0 && !isJSON(c) {
			return turned.Deed{}, fault.New(fault.Invalid, "Say which of your acts is meant: the page you came from "+
				"names it.").With("act", "Name the act.")
		}
		return do(ctx, actor, turned.Ask{Collection: n, N: f.Act})
	})
	if err != nil {
		return s.turnRefused(c, n, form, err)
	}
	if wantsJSON(c) {
		f, err := s.desk.Frame(ctx, actor, n)
		if err != nil {
			return err
		}
		return s.done(c, under(n, "queue"), "", s.desk.TurnedOf(d, f))
	}
	next, err := s.afterTurn(c, n, form.Back, claims.ID(d.ClaimID), d.State == turned.Done)
	if err != nil {
		return err
	}
	return s.done(c, next, told+s.Deeds.Words(d), nil)
}

// afterTurn is where a person goes on: from the queue to the claim in the queue, from elsewhere to where they were,
// when that page is still theirs, which of a claim is the claim's own page. What is done again leaves them in the list
// where they are, for there it began, and so does a claim that stands in no list of theirs; one that left that list by
// it is not looked for.
func (s *Server) afterTurn(c echo.Context, in auth.CollectionID, back string, id claims.ID, again bool) (string,
	error) {
	own := under(in, "queue")
	if id != 0 {
		own = claimURL(id)
	}
	at, err := parseOwnPath(back)
	if err != nil || at.Path != under(in, "queue") {
		return s.ownPath(back, own), nil
	}
	seen, err := s.desk.Turned(c.Request().Context(), actorOf(c), id)
	if err != nil {
		return own, err
	}
	if query := at.Query(); seen.Tab == "" || again && query.Get("tab") != string(seen.Tab) {
		if query.Get("claim") == itoa(id) {
			query.Del("claim")
		}
		at.RawQuery = query.Encode()
		return at.String(), nil
	}
	return withQuery(at.Path, "tab", string(seen.Tab), "claim", itoa(id)), nil
}

// turnRefused says on the page where the person is why nothing was taken back: the key was pressed there, and there is
// no form to mend. What stays is said once, and offered no more until the person does something else; a form that came
// too late, in another tab, says nothing of it.
func (s *Server) turnRefused(c echo.Context, in auth.CollectionID, f turnForm, err error) error {
	if wantsJSON(c) || fault.KindOf(err) != fault.Conflict {
		return err
	}
	if !fault.IsStale(err) {
		c.SetCookie(s.cookie(staysCookie, staying(actorOf(c), in, f.Act), staysFor))
	}
	s.setNotice(c, fault.Message(err))
	return c.Redirect(http.StatusSeeOther, s.ownPath(f.Back, under(in, "queue")))
}

// The cookie that holds which act of a person was refused to be taken back, or to be done again, and for how long.
const (
	staysCookie = "stays"
	staysFor    = 24 * time.Hour
)

func staying(actor auth.Actor, in auth.CollectionID, act turned.N) string {
	return itoa(actor.UserID) + "." + itoa(in) + "." + itoa(act)
}

// unlessStays is the act that a page offers to take back, or nothing where the person was told that it stays.
func unlessStays(c echo.Context, actor auth.Actor, in auth.CollectionID, t *desk.Turn) *desk.Turn {
	if t == nil || cookieValue(c, staysCookie) == staying(actor, in, t.N) {
		return nil
	}
	return t
}
