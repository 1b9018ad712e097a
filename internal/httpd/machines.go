package httpd

import (
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"claimbench/internal/auth"
	"claimbench/internal/desk"
	"claimbench/internal/httpd/view"
)

// machines lists the machines, for admins.
func (s *Server) machines(c echo.Context) error {
	seen, err := s.desk.Machines(c.Request().Context(), actorOf(c))
	if err != nil {
		return err
	}
	return s.respond(c, http.StatusOK, s.machinesPage(c, seen), seen.JSON())
}

func (s *Server) machinesPage(c echo.Context, seen desk.Machines) *view.Machines {
	page := &view.Machines{Shell: s.framed(c, "Machines", "Users", seen.Frame), Days: itoa(tokenDays),
		Powers: desk.MachinePowers}
	for _, col := range seen.Known {
		page.Collections = append(page.Collections, view.Option{Value: itoa(col.ID), Word: col.Name})
	}
	for _, m := range seen.List {
		row := view.MachineRow{ID: int64(m.User.ID), URL: "/users/" + itoa(m.User.ID), Name: m.User.Display,
			Owner: seen.Names.Of(m.Owner), Disabled: !m.User.Enabled, Renew: "/machines/" + itoa(m.User.ID) + "/token"}
		for _, in := range m.Collections {
			row.Collections = append(row.Collections, s.collectionWord(seen, in))
		}
		for _, t := range m.Tokens {
			row.Tokens = append(row.Tokens, s.tokenRow(desk.TokenOf(t)))
		}
		page.Rows = append(page.Rows, row)
	}
	return page
}

func (s *Server) collectionWord(seen desk.Machines, id auth.CollectionID) string {
	for _, col := range seen.Known {
		if col.ID == id {
			return col.Name
		}
	}
	return "collection " + itoa(id)
}

// machineForm is a machine to be made.
type machineForm struct {
	// a to z, digits, and . _ - @
	Name    string `form:"name" json:"name" validate:"required"`
	Display string `form:"display" json:"display"`
	// the name by which a person signs in
	Owner      string              `form:"owner" json:"owner" validate:"required"`
	Collection []auth.CollectionID `form:"collection" json:"collection"` // numbers
	Days       int                 `form:"days" json:"days"`             // how long its token lives, 1 to 365; 0: 90
}

// machineMake makes a machine with its token, and shows that, once.
func (s *Server) machineMake(c echo.Context) error {
	ctx, actor := c.Request().Context(), actorOf(c)
	var form machineForm
	var secret string
	var made auth.Machine
	err := bind(c, &form)
	if err == nil {
		secret, made, err = s.Auth.MakeMachine(ctx, actor, auth.NewMachine{Name: form.Name, Display: form.Display,
			Owner: form.Owner, Collections: form.Collection, Days: daysOr(form.Days)})
	}
	if err != nil {
		return s.refused(c, err, func(w view.Wrong) (view.Page, error) {
			seen, err := s.desk.Machines(ctx, actor)
			return filled(s.machinesPage(c, seen), err, func(p *view.Machines) { form.fill(p, w) })
		})
	}
	return s.machineToken(c, secret, made.User.ID, made.Tokens[0])
}

// fill shows a form again as it was typed.
func (f machineForm) fill(p *view.Machines, w view.Wrong) {
	p.Wrong, p.Name, p.Display, p.Owner, p.Days = w, f.Name, f.Display, f.Owner, strconv.Itoa(daysOr(f.Days))
	for i, o := range p.Collections {
		for _, in := range f.Collection {
			p.Collections[i].Chosen = p.Collections[i].Chosen || o.Value == itoa(in)
		}
	}
}

// machineToken shows what a machine sends, in this answer and nowhere else.
func (s *Server) machineToken(c echo.Context, secret string, of auth.UserID, made auth.Token) error {
	seen, err := s.desk.Machines(c.Request().Context(), actorOf(c))
	if err != nil {
		return err
	}
	c.Set(addressKey, "/machines")
	page := s.machinesPage(c, seen)
	page.Secret = secret
	return s.respond(c, http.StatusCreated, page, desk.TokenMadeJSON{Secret: secret, User: of,
		Token: desk.TokenOf(made)})
}

// machineTokenForm is how long the new token of a machine lives.
type machineTokenForm struct {
	Days int `form:"days" json:"days"` // 1 to 365; 0: 90
}

// machineRenew ends the token of a machine and makes another, which is shown once.
func (s *Server) machineRenew(c echo.Context) error {
	var secret string
	n, _, made, err := carryOut(c, "id", func(n auth.UserID, f *machineTokenForm) (t auth.Token, err error) {
		secret, t, err = s.Auth.RenewMachine(c.Request().Context(), actorOf(c), n, daysOr(f.Days))
		return t, err
	})
	if err != nil {
		return err
	}
	return s.machineToken(c, secret, n, made)
}
