package httpd

import (
	"context"
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"claimbench/internal/addresses"
	"claimbench/internal/arrivals"
	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/desk"
	"claimbench/internal/httpd/view"
	"claimbench/internal/requests"
)

// request shows one request, with the claims that it is linked to and the requests that are like it.
func (s *Server) request(c echo.Context) error {
	n, err := pathID[requests.ID](c, "id")
	if err != nil {
		return err
	}
	page, seen, err := s.requestPage(c, n)
	if err != nil {
		return err
	}
	return s.respond(c, http.StatusOK, page, seen.JSON())
}

func (s *Server) requestPage(c echo.Context, n requests.ID) (*view.Request, desk.Request, error) {
	ask := desk.RequestAsk{ID: n}
	if c.Request().Method == http.MethodGet {
		var err error
		if ask.After, err = queryID[requests.ID](c, "after"); err != nil {
			return nil, desk.Request{}, err
		}
		ask.Text = c.QueryParam("text")
	} else if !wantsJSON(c) {
		ask.Text = c.Request().PostFormValue("text")
	}
	seen, err := s.desk.Request(c.Request().Context(), actorOf(c), ask)
	if err != nil {
		return nil, seen, err
	}
	x := seen.Request
	p := &view.Request{Shell: s.framed(c, "Request "+itoa(n), "", seen.Frame), RequestRow: requestRow(x),
		List: under(x.CollectionID, "requests"), Reason: detected(x.Reason), Version: x.Version, Off: seen.Off}
	p.Words = detected(x.Words)
	if by := x.DecidedBy; by != nil {
		p.By, p.Decided = seen.Names.Of(*by), moment(x.DecidedAt)
	}
	if seen.Contact != "" {
		p.Contact, p.Until = detected(seen.Contact), day(seen.Until)
	}
	if seen.Article != 0 {
		p.Article = "/articles/" + itoa(seen.Article)
	}
	p.Linked = claimsOfRequest(seen.Linked)
	for _, o := range seen.Alike {
		p.Like = append(p.Like, requestRow(o))
	}
	if seen.Next != 0 {
		p.More = withQuery(requestURL(n), "after", itoa(seen.Next))
	}
	showRequestActs(p, seen)
	return p, seen, nil
}

func claimsOfRequest(all []claims.Claim) (out []view.LinkedClaim) {
	for _, cl := range all {
		out = append(out, view.LinkedClaim{ID: int64(cl.ID), Claim: view.Link{URL: claimURL(cl.ID),
			Word: "claim " + itoa(cl.ID), Of: statementOf(cl)}, State: cl.State.Word()})
	}
	return out
}

// showRequestActs adds what the viewer may do.
func showRequestActs(p *view.Request, seen desk.Request) {
	here := requestURL(seen.Request.ID)
	if seen.Decides {
		p.Find, p.Text, p.MoreFound, p.Behind = here, seen.Text, seen.More, seen.Behind
		p.Found, p.Likely = claimsOfRequest(seen.Found), claimsOfRequest(seen.Likely)
		p.Link, p.Unlink, p.Refuse, p.Place = here+"/links", here+"/links/remove", here+"/refuse", here+"/place"
		if seen.Spoken != 0 {
			p.Spoken = "/articles/" + itoa(seen.Spoken)
		}
		if seen.TakesIn {
			p.TakeIn = here + "/text"
		}
		if requests.Reopenable(seen.Request) == nil {
			p.Reopen, p.Refuse = here+"/reopen", ""
		}
	}
	if seen.TakeOff {
		p.Withhold = here + "/withhold"
	}
	if seen.Fetches {
		p.Fetch = here + "/fetch"
	}
}

// requestAct is what every act on a request says: as it was seen, and whether those like it are meant, too ("1").
type requestAct struct {
	Version int64  `form:"version" json:"version"`
	Alike   string `form:"alike" json:"alike"`
}

func (a requestAct) on(n requests.ID) requests.Act {
	return requests.Act{ID: n, Version: a.Version, Alike: a.Alike == "1"}
}

type requestLinkForm struct {
	requestAct
	Claim []claims.ID `form:"claim" json:"claim"`
	Text  string      `form:"text" json:"-"` // by which they were found: a refused page shows them again
}

// claims are those that are named; a field that was left empty is none.
func (f requestLinkForm) claims() []claims.ID {
	return slices.DeleteFunc(slices.Clone(f.Claim), func(id claims.ID) bool { return id == 0 })
}

// requestLink links a request to claims.
func (s *Server) requestLink(c echo.Context) error {
	return decideOn(s, c, "Linked: it is being checked", func(ctx context.Context, actor auth.Actor, n requests.ID,
		f *requestLinkForm) (requests.Done, error) {
		return s.Requests.Link(ctx, actor, f.on(n), f.claims())
	}, func(p *view.Request, f requestLinkForm) {
		typed := f.claims()
		choose := func(all []view.LinkedClaim) {
			for i := range all {
				all[i].Chosen = slices.Contains(typed, claims.ID(all[i].ID))
				typed = slices.DeleteFunc(typed, func(id claims.ID) bool { return int64(id) == all[i].ID })
			}
		}
		choose(p.Found)
		if choose(p.Likely); len(typed) > 0 {
			p.TypedClaim = itoa(typed[0])
		}
	})
}

// requestPlaceForm says with which request one is put together.
type requestPlaceForm struct {
	Version int64       `form:"version" json:"version"`
	With    requests.ID `form:"with" json:"with"` // its own number: with none
}

// requestPlace puts a request together with another, or takes it out of those that it was put together with.
func (s *Server) requestPlace(c echo.Context) error {
	return decideOn(s, c, "Put there", func(ctx context.Context, actor auth.Actor, n requests.ID,
		f *requestPlaceForm) (requests.Done, error) {
		return s.Requests.Place(ctx, actor, requests.Act{ID: n, Version: f.Version}, f.With)
	}, func(p *view.Request, f requestPlaceForm) {
		if f.With != 0 {
			p.TypedWith = itoa(f.With)
		}
	})
}

// requestText takes the words of a request in as a text that waits.
func (s *Server) requestText(c echo.Context) error {
	var x requests.Request
	n, _, out, err := carryOut(c, "id", func(n requests.ID, _ *nothingSent) (out []arrivals.Arrival, err error) {
		x, out, err = s.Requests.TakeIn(c.Request().Context(), actorOf(c), n)
		return out, err
	})
	if err != nil {
		return s.requestRefused(c, n, err, func(*view.Request) {})
	}
	s.Arrivals.Await(c.Request().Context(), actorOf(c), x.CollectionID, readPatience)
	return s.begunAt(c, arrivalsURL(x.CollectionID), "The words of the request wait here: say of whom they are, and "+
		"take them in", desk.ArrivedOf(out))
}

type requestUnlinkForm struct {
	requestAct
	Claim claims.ID `form:"claim" json:"claim"`
}

// requestUnlink takes the link to a claim away.
func (s *Server) requestUnlink(c echo.Context) error {
	return decideOn(s, c, "The link was taken away", func(ctx context.Context, actor auth.Actor, n requests.ID,
		f *requestUnlinkForm) (requests.Done, error) {
		return s.Requests.Unlink(ctx, actor, f.on(n), f.Claim)
	}, nil)
}

type requestReasonForm struct {
	requestAct
	Reason string `form:"reason" json:"reason"`
}

// requestRefuse says that a request is not checked.
func (s *Server) requestRefuse(c echo.Context) error {
	return decideOn(s, c, "It is not checked", func(ctx context.Context, actor auth.Actor, n requests.ID,
		f *requestReasonForm) (requests.Done, error) {
		return s.Requests.Refuse(ctx, actor, f.on(n), f.Reason)
	}, func(p *view.Request, f requestReasonForm) { p.Typed = f.Reason })
}

// requestWithhold takes a request down.
func (s *Server) requestWithhold(c echo.Context) error {
	return decideOn(s, c, "It was taken down", func(ctx context.Context, actor auth.Actor, n requests.ID,
		f *requestReasonForm) (requests.Done, error) {
		return s.Requests.Withhold(ctx, actor, f.on(n), f.Reason)
	}, func(p *view.Request, f requestReasonForm) { p.TypedDown = f.Reason })
}

// requestReopen lets a request that was not checked be decided again.
func (s *Server) requestReopen(c echo.Context) error {
	return decideOn(s, c, "It waits again", func(ctx context.Context, actor auth.Actor, n requests.ID,
		f *requestAct) (requests.Done, error) {
		return s.Requests.Reopen(ctx, actor, f.on(n))
	}, nil)
}

// decideOn does one act on a request; fill puts what was typed back into its page.
func decideOn[F any](s *Server, c echo.Context, notice string, do func(context.Context, auth.Actor, requests.ID, *F) (
	requests.Done, error), fill func(*view.Request, F)) error {
	n, form, out, err := carryOut(c, "id", func(n requests.ID, f *F) (requests.Done, error) {
		return do(c.Request().Context(), actorOf(c), n, f)
	})
	if err != nil {
		return s.requestRefused(c, n, err, func(p *view.Request) {
			if fill != nil {
				fill(p, form)
			}
		})
	}
	if out.Others > 0 {
		notice += "; so is it with " + many(out.Others, "that is like it", "that are like it")
	}
	if out.Left {
		notice += "; more are like it, so do it again"
	}
	return s.done(c, requestURL(n), notice, desk.RequestDoneOf(out))
}

func (s *Server) requestRefused(c echo.Context, n requests.ID, err error, fill func(*view.Request)) error {
	return s.refused(c, err, func(w view.Wrong) (view.Page, error) {
		page, _, err := s.requestPage(c, n)
		return filled(page, err, func(p *view.Request) {
			p.Wrong = w
			fill(p)
		})
	})
}

// requestFetch has the address of a request fetched.
func (s *Server) requestFetch(c echo.Context) error {
	var x requests.Request
	n, _, out, err := carryOut(c, "id", func(n requests.ID, _ *nothingSent) (out []addresses.Asked, err error) {
		x, out, err = s.Requests.Fetch(c.Request().Context(), actorOf(c), n)
		return out, err
	})
	if err != nil {
		return s.requestRefused(c, n, err, func(*view.Request) {})
	}
	if out[0].Article != articles.ID(0) {
		return s.done(c, "/articles/"+itoa(out[0].Article), askedNotice(out), desk.AskedOf(out))
	}
	return s.begunAt(c, under(x.CollectionID, "addresses"), askedNotice(out), desk.AskedOf(out))
}
