package httpd

import (
	"fmt"
	"net/http"

	"github.com/labstack/echo/v4"

	"claimbench/internal/auth"
	"claimbench/internal/desk"
	"claimbench/internal/httpd/view"
)

// users lists everybody, a page at a time.
func (s *Server) users(c echo.Context) error {
	seen, err := s.desk.People(c.Request().Context(), actorOf(c), c.QueryParam("after"))
	if err != nil {
		return err
	}
	return s.respond(c, http.StatusOK, s.usersPage(c, seen), seen.List)
}

func (s *Server) usersPage(c echo.Context, seen desk.People) *view.Users {
	page := &view.Users{Shell: s.framed(c, "Users", "Users", seen.Frame)}
	for _, u := range seen.List.Items {
		page.Rows = append(page.Rows, userRow(u, actorOf(c), false))
	}
	if seen.List.Next != "" {
		page.More = withQuery("/users", "after", seen.List.Next)
	}
	if seen.Writes {
		page.Add, page.Roles, page.Wheres = "/users", roleOptions(), whereOptions(seen)
	}
	return page
}

func userRow(u desk.Person, actor auth.Actor, mayRevoke bool) view.UserRow {
	row := view.UserRow{ID: int64(u.ID), URL: "/users/" + itoa(u.ID), Name: u.Display, Disabled: !u.Enabled,
		Me: u.ID == actor.UserID}
	if u.Display != u.Name {
		row.Login = u.Name
	}
	row.Roles = roleRows(u.Grants)
	for i := range row.Roles {
		if mayRevoke {
			row.Roles[i].RevokeURL = row.URL + "/roles/revoke"
		}
	}
	return row
}

// roleRows are the roles held, each with where.
func roleRows(grants []desk.Grant) []view.RoleRow {
	var out []view.RoleRow
	for _, g := range grants {
		where := g.CollectionName
		switch {
		case g.Collection == 0:
			where = "everywhere"
		case where == "":
			where = "collection " + itoa(g.Collection)
		}
		out = append(out, view.RoleRow{Role: view.Code(g.Role), Where: where, Collection: int64(g.Collection)})
	}
	return out
}

func roleOptions() []view.Option {
	return view.Options(auth.Roles, "")
}

func whereOptions(seen desk.People) []view.Option {
	out := []view.Option{{Value: "0", Word: "everywhere", Chosen: true}}
	for _, col := range seen.Collections {
		out = append(out, view.Option{Value: itoa(col.ID), Word: col.Name})
	}
	return out
}

type userForm struct {
	Name       string            `form:"name" json:"name" validate:"required"`
	Display    string            `form:"display" json:"display"`
	Role       auth.Role         `form:"role" json:"role"`
	Collection auth.CollectionID `form:"collection" json:"collection"`
}

// user is the person that the form asks for, with a first role.
func (f userForm) user() auth.NewUser {
	n := auth.NewUser{Name: f.Name, Display: f.Display}
	if f.Role != "" {
		n.Grants = []auth.Grant{{Role: f.Role, Collection: f.Collection}}
	}
	return n
}

func (f userForm) fill(page *view.Users, w view.Wrong) {
	page.Wrong, page.Name, page.Called = w, f.Name, f.Display
	choose(page.Roles, string(f.Role))
	choose(page.Wheres, itoa(f.Collection))
}

// userCreate adds a person with a first role, and shows the link that lets them in.
func (s *Server) userCreate(c echo.Context) error {
	ctx, actor := c.Request().Context(), actorOf(c)
	var form userForm
	var u auth.User
	err := bind(c, &form)
	if err == nil {
		u, err = s.Auth.CreateUser(ctx, actor, form.user())
	}
	if err != nil {
		return s.refused(c, err, func(w view.Wrong) (view.Page, error) {
			seen, err := s.desk.People(ctx, actor, "")
			return filled(s.usersPage(c, seen), err, func(p *view.Users) { form.fill(p, w) })
		})
	}
	return s.showLink(c, auth.Invite, u.ID, http.StatusCreated)
}

// choose marks the option that was chosen, and it alone.
func choose(options []view.Option, value string) {
	for i := range options {
		options[i].Chosen = options[i].Value == value
	}
}

// userEdit shows one person and what an admin may change of them.
func (s *Server) userEdit(c echo.Context) error {
	n, err := pathID[auth.UserID](c, "id")
	if err != nil {
		return err
	}
	page, u, err := s.userPage(c, n)
	if err != nil {
		return err
	}
	return s.respond(c, http.StatusOK, page, u)
}

func (s *Server) userPage(c echo.Context, n auth.UserID) (*view.UserEdit, desk.Person, error) {
	actor := actorOf(c)
	seen, err := s.desk.Person(c.Request().Context(), actor, n)
	if err != nil {
		return nil, desk.Person{}, err
	}
	u, url, self := seen.List.Items[0], "/users/"+itoa(n), n == actor.UserID
	page := &view.UserEdit{Shell: s.framed(c, u.Display, "Users", seen.Frame), Row: userRow(u, actor,
		seen.Grants && !self)}
	if seen.History {
		page.HistoryURL = withQuery("/history", "object", "user:"+itoa(n))
	}
	switch {
	case seen.Grants && self:
		page.SelfNote = "Nobody grants roles to themselves; another admin does."
	case seen.Grants:
		page.Grant, page.Roles, page.Wheres = url+"/roles", roleOptions(), whereOptions(seen)
	}
	if seen.Writes {
		page.EndSessions = url + "/sessions/end"
		if u.Enabled {
			page.MakeLink, page.Disable = url+"/link", url+"/disable"
		} else {
			page.Enable = url + "/enable"
		}
	}
	return page, u, nil
}

// changeUser runs one change of a person and comes back to their page, with what is wrong if it was refused.
func (s *Server) changeUser(c echo.Context, form any, notice string, do func(auth.UserID) error) error {
	n, err := pathID[auth.UserID](c, "id")
	if err != nil {
		return err
	}
	if err = bind(c, form); err == nil {
		err = do(n)
	}
	if err != nil {
		return s.refused(c, err, func(w view.Wrong) (view.Page, error) {
			page, _, err := s.userPage(c, n)
			if page != nil {
				page.Wrong = w
			}
			return page, err
		})
	}
	return s.done(c, "/users/"+itoa(n), notice, desk.PersonChangedJSON{User: n})
}

type grantForm struct {
	Role       auth.Role         `form:"role" json:"role" validate:"required"`
	Collection auth.CollectionID `form:"collection" json:"collection"`
	Reason     string            `form:"reason" json:"reason"`
}

// roleGrant gives a role.
func (s *Server) roleGrant(c echo.Context) error {
	var form grantForm
	return s.changeUser(c, &form, "Role granted", func(n auth.UserID) error {
		return s.Auth.GrantRole(c.Request().Context(), actorOf(c), n, form.Role, form.Collection)
	})
}

// roleRevoke takes a role away; it ends with the next request.
func (s *Server) roleRevoke(c echo.Context) error {
	var form grantForm
	return s.changeUser(c, &form, "Role revoked", func(n auth.UserID) error {
		return s.Auth.RevokeRole(c.Request().Context(), actorOf(c), n, form.Role, form.Collection, form.Reason)
	})
}

type reasonForm struct {
	Reason string `form:"reason" json:"reason"`
}

// userDisable shuts a person out at once.
func (s *Server) userDisable(c echo.Context) error {
	var form reasonForm
	return s.changeUser(c, &form, "User disabled", func(n auth.UserID) error {
		return s.Auth.DisableUser(c.Request().Context(), actorOf(c), n, form.Reason)
	})
}

// userEnable lets a person in again.
func (s *Server) userEnable(c echo.Context) error {
	var form reasonForm
	return s.changeUser(c, &form, "User enabled", func(n auth.UserID) error {
		return s.Auth.EnableUser(c.Request().Context(), actorOf(c), n, form.Reason)
	})
}

// userSessionsEnd ends all sessions of a person.
func (s *Server) userSessionsEnd(c echo.Context) error {
	var form struct{}
	return s.changeUser(c, &form, "Sessions ended", func(n auth.UserID) error {
		return s.Auth.EndSessions(c.Request().Context(), actorOf(c), n)
	})
}

// userLink makes a link for a person and shows it, once.
func (s *Server) userLink(c echo.Context) error {
	n, err := pathID[auth.UserID](c, "id")
	if err != nil {
		return err
	}
	var form struct{}
	if err := bind(c, &form); err != nil {
		return err
	}
	return s.showLink(c, "", n, http.StatusOK)
}

// showLink makes a link and shows it on the person's page: it is readable only in this answer.
func (s *Server) showLink(c echo.Context, kind auth.LinkKind, n auth.UserID, status int) error {
	link, err := s.Auth.MakeLink(c.Request().Context(), actorOf(c), kind, n)
	if err != nil {
		return err
	}
	page, u, err := s.userPage(c, n)
	if err != nil {
		return err
	}
	c.Set(addressKey, "/users/"+itoa(n)) // the link is not shown again
	page.NewLink = s.publicURL(c) + link.Path()
	page.LinkUntil = "until " + link.Expires.UTC().Format("2 Jan 2006, 15:04") + " UTC"
	return s.respond(c, status, page, desk.LinkMadeOf(u, page.NewLink, link.Expires))
}

// publicURL is where people reach this server.
func (s *Server) publicURL(c echo.Context) string {
	if s.opts.PublicURL != "" {
		return s.opts.PublicURL
	}
	return fmt.Sprintf("%s://%s", c.Scheme(), c.Request().Host)
}
