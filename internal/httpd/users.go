package httpd

import (
	"fmt"
	"net/http"

	"github.com/labstack/echo/v4"

	"claimbench/internal/auth"
	"claimbench/internal/fault"
	"claimbench/internal/httpd/view"
)

// users lists everybody.
func (s *Server) users(c echo.Context) error {
	page, all, err := s.usersPage(c)
	if err != nil {
		return err
	}
	return s.respond(c, http.StatusOK, page, all)
}

func (s *Server) usersPage(c echo.Context) (*view.Users, []auth.User, error) {
	actor := actorOf(c)
	all, err := s.Auth.Users(c.Request().Context(), actor)
	if err != nil {
		return nil, nil, err
	}
	page := &view.Users{Shell: s.shell(c, "Users", "Users", nil)}
	where := s.collectionNames(c)
	for _, u := range all {
		page.Rows = append(page.Rows, userRow(u, actor, where, false))
	}
	if s.Policy.Allows(actor, auth.ThingUser, auth.Write, 0) {
		page.Add, page.Roles, page.Wheres = "/users", roleOptions(), s.whereOptions(c)
	}
	return page, all, nil
}

func userRow(u auth.User, actor auth.Actor, where func(auth.CollectionID) string, mayRevoke bool) view.UserRow {
	row := view.UserRow{ID: int64(u.ID), URL: "/users/" + itoa(u.ID), Name: u.Display, Disabled: !u.Enabled,
		Me: u.ID == actor.UserID}
	if u.Display != u.Name {
		row.Name = u.Display + " (" + u.Name + ")"
	}
	for _, g := range u.Grants {
		r := view.RoleRow{Role: view.Code(g.Role), Where: where(g.Collection), Collection: int64(g.Collection)}
		if mayRevoke {
			r.RevokeURL = row.URL + "/roles/revoke"
		}
		row.Roles = append(row.Roles, r)
	}
	return row
}

func roleOptions() []view.Option {
	return view.Options(auth.Roles, "")
}

func (s *Server) whereOptions(c echo.Context) []view.Option {
	out := []view.Option{{Value: "0", Word: "everywhere", Chosen: true}}
	all, _ := s.Articles.Collections(c.Request().Context(), actorOf(c))
	for _, col := range all {
		out = append(out, view.Option{Value: itoa(col.ID), Word: col.Name})
	}
	return out
}

// userCreate adds a person with a first role, and shows the link that lets him in.
func (s *Server) userCreate(c echo.Context) error {
	var form struct {
		Name       string            `form:"name" json:"name" validate:"required"`
		Display    string            `form:"display" json:"display"`
		Role       auth.Role         `form:"role" json:"role"`
		Collection auth.CollectionID `form:"collection" json:"collection"`
	}
	ctx, actor := c.Request().Context(), actorOf(c)
	err := bind(c, &form)
	var u auth.User
	if err == nil {
		n := auth.NewUser{Name: form.Name, Display: form.Display}
		if form.Role != "" {
			n.Grants = []auth.Grant{{Role: form.Role, Collection: form.Collection}}
		}
		u, err = s.Auth.CreateUser(ctx, actor, n)
	}
	if err != nil {
		return s.refused(c, err, func(w view.Wrong) (view.Page, error) {
			page, _, err := s.usersPage(c)
			if page != nil {
				page.Wrong, page.Name = w, form.Name
				choose(page.Roles, string(form.Role))
				choose(page.Wheres, itoa(form.Collection))
			}
			return page, err
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

// userEdit shows one person and what an admin may change of him.
func (s *Server) userEdit(c echo.Context) error {
	page, u, err := s.userPage(c)
	if err != nil {
		return err
	}
	return s.respond(c, http.StatusOK, page, u)
}

func (s *Server) userPage(c echo.Context) (*view.UserEdit, auth.User, error) {
	n, err := pathID[auth.UserID](c, "id")
	if err != nil {
		return nil, auth.User{}, err
	}
	return s.userPageOf(c, n)
}

func (s *Server) userPageOf(c echo.Context, n auth.UserID) (*view.UserEdit, auth.User, error) {
	actor := actorOf(c)
	all, err := s.Auth.Users(c.Request().Context(), actor)
	if err != nil {
		return nil, auth.User{}, err
	}
	for _, u := range all {
		if u.ID != n {
			continue
		}
		mayWrite := s.Policy.Allows(actor, auth.ThingUser, auth.Write, 0)
		mayGrant := s.Policy.Allows(actor, auth.ThingRole, auth.GrantRole, 0)
		url := "/users/" + itoa(n)
		page := &view.UserEdit{Shell: s.shell(c, u.Display, "Users", nil), Row: userRow(u, actor, s.collectionNames(c),
			mayGrant && u.ID != actor.UserID), HistoryURL: withQuery("/history", "object", "user:"+itoa(n))}
		if mayGrant && u.ID == actor.UserID {
			page.SelfNote = "Nobody grants roles to themselves; another admin does."
		} else if mayGrant {
			page.Grant, page.Roles, page.Wheres = url+"/roles", roleOptions(), s.whereOptions(c)
		}
		if mayWrite {
			page.MakeLink, page.EndSessions = url+"/link", url+"/sessions/end"
			if u.Enabled {
				page.Disable = url + "/disable"
			} else {
				page.Enable, page.MakeLink = url+"/enable", ""
			}
		}
		return page, u, nil
	}
	return nil, auth.User{}, fault.New(fault.NotFound, "There is no user %d.", n)
}

// changeUser runs one change of a person and comes back to his page, with what is wrong if it was refused.
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
			page, _, err := s.userPageOf(c, n)
			if page != nil {
				page.Wrong = w
			}
			return page, err
		})
	}
	return s.done(c, "/users/"+itoa(n), notice, map[string]any{"user": n})
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
	page, u, err := s.userPageOf(c, n)
	if err != nil {
		return err
	}
	page.NewLink = s.publicURL(c) + link.Path()
	page.LinkUntil = "until " + link.Expires.UTC().Format("15:04") + " UTC"
	return s.respond(c, status, page, map[string]any{"user": u, "link": page.NewLink, "expires": link.Expires})
}

// publicURL is where people reach this server.
func (s *Server) publicURL(c echo.Context) string {
	if s.opts.PublicURL != "" {
		return s.opts.PublicURL
	}
	return fmt.Sprintf("%s://%s", c.Scheme(), c.Request().Host)
}
