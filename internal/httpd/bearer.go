package httpd

import (
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/labstack/echo/v4"

	"claimbench/internal/auth"
	"claimbench/internal/fault"
)

// A program comes with “Authorization: Bearer TOKEN”: as a person, with a part of their roles, or as a machine.

// bearerOf is what a program sends to say who it is, and whether it sends anything.
func bearerOf(r *http.Request) (string, bool) {
	sent, there := r.Header[echo.HeaderAuthorization]
	if !there {
		return "", false
	}
	scheme, token, _ := strings.Cut(strings.Join(sent, ","), " ")
	if !strings.EqualFold(scheme, "Bearer") {
		return "", true
	}
	return strings.TrimSpace(token), true
}

// resumeBearer finds who comes with a token. A request has a token or the cookie of a session, never both: which of
// them acted must not depend on which is looked at first.
func (s *Server) resumeBearer(c echo.Context, token string) error {
	if s.sessionToken(c) != "" {
		return fault.New(fault.Invalid, "The request brings a token and the cookie of a session. Send one of them.")
	}
	if wait := s.paces.take(0, time.Now(), 1); wait > 0 {
		return tooFast(wait)
	}
	actor, err := s.Auth.ResumeToken(c.Request().Context(), token)
	if err != nil {
		if fault.KindOf(err) == fault.Unauthenticated {
			c.Response().Header().Set(echo.HeaderWWWAuthenticate, "Bearer")
			s.paces.take(0, time.Now(), paceWrong) // guesses are slow for all
		}
		return err
	}
	if wait := s.paces.take(actor.Token.ID, time.Now(), 1); wait > 0 {
		return tooFast(wait)
	}
	actor.Request = requestOf(c)
	c.Set(actorKey, actor)
	return nil
}

func tooFast(wait time.Duration) error {
	return fault.New(fault.Limited, "This program asks too fast. Ask again after the seconds that Retry-After says.").
		WithDetail(auth.RetryAfter(wait))
}

// How fast programs may ask: each token so many requests in a row, then one each paceEach. 0 stands for all programs
// together before it is known who they are.
const (
	paceEach  = 20 * time.Millisecond
	paceBurst = 400
	paceAll   = 8  // how much more all together may
	paceWrong = 20 // as many requests a wrong token counts
	paceKept  = 10_000
)

// paces are the programs that asked of late, with what they have spent.
type paces struct {
	mu    sync.Mutex
	spent map[auth.TokenID]pace
}

type pace struct {
	spent time.Duration
	at    time.Time
}

// take lets a program ask, or says how long it is to wait.
func (p *paces) take(id auth.TokenID, now time.Time, cost int) time.Duration {
	each := paceEach
	if id == 0 {
		each /= paceAll
	}
	most := paceBurst * paceEach
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.spent == nil || len(p.spent) > paceKept {
		p.spent = map[auth.TokenID]pace{}
	}
	x := p.spent[id]
	x.spent, x.at = max(x.spent-max(now.Sub(x.at), 0), 0)+time.Duration(cost)*each, now
	if x.spent > most && cost == 1 {
		return x.spent - most
	}
	p.spent[id] = x
	return 0
}

// takeAll lets a program do so many things in one request, each as costly as a request, or says how long it is to wait.
func (p *paces) takeAll(id auth.TokenID, n int) time.Duration {
	const most = paceBurst * paceEach
	now, cost := time.Now(), time.Duration(n)*paceEach
	p.mu.Lock()
	defer p.mu.Unlock()
	x := p.spent[id]
	spent := max(x.spent-max(now.Sub(x.at), 0), 0) + cost
	if spent > most {
		return spent - most
	}
	if p.spent != nil {
		p.spent[id] = pace{spent, now}
	}
	return 0
}

// tokenInAddress refuses a token in an address, where logs and histories of browsers keep it.
func tokenInAddress(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		u := c.Request().URL
		here := slices.ContainsFunc(strings.Split(u.Path, "/"), auth.LooksLikeToken)
		for name, values := range c.QueryParams() {
			here = here || name == "access_token" || auth.LooksLikeToken(name) ||
				slices.ContainsFunc(values, auth.LooksLikeToken)
		}
		if here {
			return fault.New(fault.Invalid, "A token stands in the address, where logs keep it. Nothing was done. End "+
				"this token, make another, and send it as “Authorization: Bearer”.")
		}
		return next(c)
	}
}

// byToken says whether a token may open a route. What is not listed is refused.
func byToken(a access, method string, actor auth.Actor) error {
	switch t := actor.Token; {
	case t == nil:
		return nil
	case t.Machine && !a.machines:
		return fault.New(fault.Forbidden, "A machine may not do this: it is not on the list of what machines may. GET "+
			"/machine says what is.")
	case a.hand:
		return fault.New(fault.Forbidden, "A token cannot do this. Sign in and do it yourself.")
	case t.ReadsOnly && method == http.MethodPost:
		return fault.New(fault.Forbidden, "This token only reads. Make one that may change things.")
	}
	return nil
}
