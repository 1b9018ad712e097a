package auth

import (
	"context"

	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/store"
)

type demoUser struct {
	name, display string
	role          Role
}

func demoUsers() []demoUser {
	return []demoUser{
		{"reviewer-1", "Reviewer One", Reviewer},
		{"reviewer-2", "Reviewer Two", Reviewer},
		{"editor-1", "Editor One", Editor},
		{"editor-2", "Editor Two", Editor},
		{"auditor-1", "Auditor One", Auditor},
		{"admin-1", "Admin One", Admin},
	}
}

// EnsureDemoUsers adds the six demo users, each with its role everywhere, where they are missing. They have no
// password.
func (s *Service) EnsureDemoUsers(ctx context.Context) (err error) {
	defer fault.In(&err, "auth.EnsureDemoUsers()")
	if !s.demo {
		return fault.New(fault.Internal, "demo users outside the demo")
	}
	who := history.Who{Name: "demo", Via: history.System}
	return s.db.Write(ctx, func(tx *store.Tx) error {
		for _, d := range demoUsers() {
			var there []userRow
			if err := tx.Gorm().Where("name = ?", d.name).Limit(1).Find(&there).Error; err != nil {
				return err
			}
			if len(there) > 0 {
				continue
			}
			if err := nameApart(tx, 0, naming{"display", d.display}); fault.KindOf(err) == fault.Invalid {
				d.display = d.name // somebody is called so: the demo starts all the same
			} else if err != nil {
				return err
			}
			u, err := addUser(tx, who, userRow{Name: d.name, Display: d.display, Demo: true})
			if err != nil {
				return err
			}
			if err := grantRole(tx, who, u.ID, Grant{Role: d.role}); err != nil {
				return err
			}
		}
		return nil
	})
}

// DemoUsers lists whom the sign-in page offers by one click; nobody outside the demo.
func (s *Service) DemoUsers(ctx context.Context) (out []User, err error) {
	defer fault.In(&err, "auth.DemoUsers()")
	if !s.demo {
		return nil, nil
	}
	err = s.db.Read(ctx, func(rx *store.Rx) error {
		all, err := users(rx)
		out = nil
		for _, u := range all {
			if u.Demo && u.Enabled {
				out = append(out, u)
			}
		}
		return err
	})
	return out, err
}

// DemoSignIn begins a session of a demo user, without a password. Outside the demo it is fault.Unauthenticated, as a
// wrong password is.
func (s *Service) DemoSignIn(ctx context.Context, name string) (in Session, err error) {
	defer fault.In(&err, "auth.DemoSignIn()")
	who, err := s.ByDemo(ctx, name)
	if err != nil {
		return Session{}, err
	}
	return s.Enter(ctx, who)
}

// ByDemo finds a demo user by their name: see DemoSignIn.
func (s *Service) ByDemo(ctx context.Context, name string) (who Identity, err error) {
	defer fault.In(&err, "auth.ByDemo()")
	if !s.demo {
		return Identity{}, wrong()
	}
	var u userRow
	err = s.db.Read(ctx, func(rx *store.Rx) error {
		return store.Take(rx.Gorm(), &u, "such demo user", "name = ? AND demo = ?", FoldName(name), true)
	})
	return Identity{user: u.ID, checked: u.PasswordHash}, err
}

// ByVouching finds the person whose name another authority has proved, for ways to sign in that ask no password here.
// Who asks must have checked the proof. A name that nobody has, that is disabled or a demo user's is
// fault.Unauthenticated.
func (s *Service) ByVouching(ctx context.Context, name, device string) (who Identity, err error) {
	defer fault.In(&err, "auth.ByVouching(%q)", name)
	var found []userRow
	err = s.db.Read(ctx, func(rx *store.Rx) error {
		return rx.Gorm().Where("name = ? AND enabled = ? AND demo = ?", FoldName(name), true, false).Find(&found).Error
	})
	if err == nil && len(found) == 0 {
		err = fault.New(fault.Unauthenticated, "Nobody here has this name. Ask an admin to add you.")
	}
	if err != nil {
		return Identity{}, err
	}
	return Identity{user: found[0].ID, checked: found[0].PasswordHash, device: device}, nil
}
