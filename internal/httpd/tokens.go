package httpd

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"claimbench/internal/auth"
	"claimbench/internal/desk"
	"claimbench/internal/fault"
	"claimbench/internal/httpd/view"
)

// tokenDays is how long a token lives that says nothing else.
const tokenDays = 90

// tokens is a person's page of their access tokens.
func (s *Server) tokens(c echo.Context) error {
	seen, err := s.desk.Tokens(c.Request().Context(), actorOf(c))
	if err != nil {
		return err
	}
	return s.respond(c, http.StatusOK, s.tokensPage(c, seen), seen.JSON())
}

func (s *Server) tokensPage(c echo.Context, seen desk.Tokens) *view.Tokens {
	page := &view.Tokens{Shell: s.framed(c, "Your access tokens", "", seen.Frame), Days: itoa(tokenDays)}
	for _, g := range seen.Grants {
		page.Scopes = append(page.Scopes, view.Option{Value: scopeOf(g), Word: scopeWord(g), Chosen: true})
	}
	for _, t := range seen.JSON().Items {
		page.Rows = append(page.Rows, s.tokenRow(t))
	}
	return page
}

func (s *Server) tokenRow(t desk.TokenJSON) view.TokenRow {
	row := view.TokenRow{ID: int64(t.ID), Name: t.Name, ReadsOnly: t.ReadsOnly, Until: dayOf(t.ExpiresAt),
		Seen: firstWord(t.SeenDay, "never")}
	for _, g := range t.Scopes {
		row.Scopes = append(row.Scopes, scopeWord(g))
	}
	switch {
	case t.EndedAt != nil:
		row.Over = "ended on " + dayOf(*t.EndedAt)
	case t.ExpiresAt <= desk.Time(s.DB.Now()):
		row.Over = "expired"
	}
	return row
}

func dayOf(at desk.Time) string { return at.Time().UTC().Format("2 Jan 2006") }

// scopeOf writes a grant as forms send it: editor:2, 0 for everywhere.
func scopeOf(g desk.Grant) string { return string(g.Role) + ":" + itoa(g.Collection) }

func scopeWord(g desk.Grant) string {
	return string(g.Role) + ", " + firstWord(g.CollectionName, map[bool]string{true: "everywhere",
		false: "collection " + itoa(g.Collection)}[g.Collection == 0])
}

// tokenForm is a token to be made.
type tokenForm struct {
	Name string `form:"name" json:"name" validate:"required"`
	// role:collection, such as editor:2; collection 0 is everywhere
	Scope     []string `form:"scope" json:"scope"`
	ReadsOnly bool     `form:"reads_only" json:"reads_only"` // it changes nothing
	Days      int      `form:"days" json:"days"`             // how long it lives, 1 to 365; 0: 90
}

func (f tokenForm) token() (auth.NewToken, error) {
	n := auth.NewToken{Name: f.Name, ReadsOnly: f.ReadsOnly, Days: daysOr(f.Days)}
	for _, one := range f.Scope {
		role, in, _ := strings.Cut(one, ":")
		id, ok := wholeNumber(in)
		if !ok || !auth.Roles.Has(auth.Role(role)) {
			return n, fault.New(fault.Invalid, "“%s” is no role in a collection. Write editor:2, or editor:0 for "+
				"everywhere.", short(one)).With("scope", "This is no role in a collection.")
		}
		n.Scopes = append(n.Scopes, auth.Grant{Role: auth.Role(role), Collection: auth.CollectionID(id)})
	}
	return n, nil
}

func daysOr(days int) int {
	if days == 0 {
		return tokenDays
	}
	return days
}

// tokenMake makes a token of one's own and shows it, once.
func (s *Server) tokenMake(c echo.Context) error {
	ctx, actor := c.Request().Context(), actorOf(c)
	var form tokenForm
	var secret string
	var made auth.Token
	err := bind(c, &form)
	if n, wrong := form.token(); err == nil {
		if err = wrong; err == nil {
			secret, made, err = s.Auth.MakeToken(ctx, actor, n)
		}
	}
	if err != nil {
		return s.refused(c, err, func(w view.Wrong) (view.Page, error) {
			seen, err := s.desk.Tokens(ctx, actor)
			return filled(s.tokensPage(c, seen), err, func(p *view.Tokens) { form.fill(p, w) })
		})
	}
	return s.tokenMade(c, secret, made)
}

// fill shows a form again as it was typed.
func (f tokenForm) fill(p *view.Tokens, w view.Wrong) {
	p.Wrong, p.Name, p.ReadsOnly, p.Days = w, f.Name, f.ReadsOnly, strconv.Itoa(daysOr(f.Days))
	for i, o := range p.Scopes {
		p.Scopes[i].Chosen = slices.Contains(f.Scope, o.Value)
	}
}

// tokenMade shows what programs send, in this answer and nowhere else.
func (s *Server) tokenMade(c echo.Context, secret string, made auth.Token) error {
	seen, err := s.desk.Tokens(c.Request().Context(), actorOf(c))
	if err != nil {
		return err
	}
	c.Set(addressKey, "/settings/tokens")
	page := s.tokensPage(c, seen)
	page.Secret = secret
	return s.respond(c, http.StatusCreated, page, desk.TokenMadeJSON{Secret: secret, User: made.UserID,
		Token: desk.TokenOf(made)})
}

// tokenEndForm is the token that is ended.
type tokenEndForm struct {
	Token auth.TokenID `form:"token" json:"token" validate:"required"`
}

// tokenEnd ends a token of one's own, or of a machine.
func (s *Server) tokenEnd(c echo.Context) error {
	var form tokenEndForm
	if err := bind(c, &form); err != nil {
		return err
	}
	t, err := s.Auth.EndToken(c.Request().Context(), actorOf(c), form.Token)
	if err != nil {
		return err
	}
	next := "/settings/tokens"
	if t.UserID != actorOf(c).UserID {
		next = "/machines"
	}
	return s.done(c, next, "Token "+t.Name+" is ended", desk.TokenOf(t))
}
