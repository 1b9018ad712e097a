package auth

import (
	"strings"
	"sync"
	"testing"

	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// TestGrantGuards tries every pair of roles: those who judge claims neither audit nor administer, wherever.
func TestGrantGuards(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := newHouse(t, db, Options{})
		for _, first := range Roles.Names() {
			for _, second := range Roles.Names() {
				if first == second {
					continue
				}
				u := h.person(string(first)+"-then-"+string(second), Grant{first, 1})
				err := h.s.GrantRole(ctx(), h.admin, u.ID, second, 2)
				apart := (first == Reviewer || first == Editor) != (second == Reviewer || second == Editor)
				want := fault.Kind("")
				if apart {
					want = fault.Invalid
				}
				h.wantKind(u.Name, err, want)
				if apart && !strings.Contains(err.Error(), "neither audit nor administer") {
					t.Errorf("the message does not say why: %v", err)
				}
			}
		}
		h.verified()
	})
}

func TestGrantRefuses(t *testing.T) {
	h := newHouse(t, storetest.SQLite(t), Options{HasCollection: func(_ *store.Rx, c CollectionID) (bool, error) {
		return c < 10, nil
	}})
	mina := h.person("mina", Grant{Reviewer, 1})
	h.person("ruler", Grant{Admin, 5})
	for _, c := range []struct {
		name string
		by   Actor
		to   UserID
		role Role
		in   CollectionID
		want fault.Kind
	}{
		{"to himself", h.admin, h.admin.UserID, Auditor, 0, fault.Forbidden},
		{"by a reviewer", h.actor("mina"), h.admin.UserID, Reviewer, 1, fault.Forbidden},
		{"by nobody", Actor{}, mina.ID, Reviewer, 0, fault.Unauthenticated},
		{"an unknown role", h.admin, mina.ID, "boss", 1, fault.Invalid},
		{"twice", h.admin, mina.ID, Reviewer, 1, fault.Conflict},
		{"to nobody", h.admin, 999, Reviewer, 1, fault.NotFound},
		{"in no collection there is", h.admin, mina.ID, Reviewer, 10, fault.NotFound},
		{"by the admin of another collection", h.actor("ruler"), mina.ID, Editor, 6, fault.Forbidden},
		{"everywhere, by the admin of one collection", h.actor("ruler"), mina.ID, Editor, 0, fault.Forbidden},
		{"by the admin of the collection", h.actor("ruler"), mina.ID, Editor, 5, ""},
		{"the same role elsewhere", h.admin, mina.ID, Reviewer, 2, ""},
		{"the same role everywhere", h.admin, mina.ID, Reviewer, 0, ""},
	} {
		h.wantKind(c.name, h.s.GrantRole(ctx(), c.by, c.to, c.role, c.in), c.want)
	}
	h.verified()
}

func TestLastAdminStays(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := newHouse(t, db, Options{})
		h.person("local", Grant{Admin, 3}) // an admin of a collection is not one of the house
		h.wantKind("disabling", h.s.DisableUser(ctx(), h.admin, h.admin.UserID, ""), fault.Conflict)
		h.wantKind("revoking", h.s.RevokeRole(ctx(), h.admin, h.admin.UserID, Admin, 0, ""), fault.Conflict)
		second := h.person("second", Grant{Admin, 0})
		if err := h.s.DisableUser(ctx(), h.admin, second.ID, ""); err != nil {
			t.Fatal(err)
		}
		h.wantKind("disabling beside a disabled one", h.s.DisableUser(ctx(), h.admin, h.admin.UserID, ""),
			fault.Conflict)
		if err := h.s.EnableUser(ctx(), h.admin, second.ID, ""); err != nil {
			t.Fatal(err)
		}
		h.wantKind("with another", h.s.RevokeRole(ctx(), h.admin, h.admin.UserID, Admin, 0, "leaving"), "")
		h.wantKind("then the other is the last", h.s.DisableUser(ctx(), h.actor("second"), second.ID, ""),
			fault.Conflict)
		h.verified()
	})
}

// TestAdminsRace: two admins who disable each other at once leave one.
func TestAdminsRace(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := newHouse(t, db, Options{})
		for _, name := range []string{"one", "two", "three", "four"} {
			a, b := h.person(name+"-a", Grant{Admin, 0}), h.person(name+"-b", Grant{Admin, 0})
			var wg sync.WaitGroup
			for actor, whom := range map[*Actor]UserID{ptr(h.actor(a.Name)): b.ID, ptr(h.actor(b.Name)): a.ID} {
				wg.Go(func() {
					if err := h.s.DisableUser(ctx(), *actor, whom, ""); err != nil {
						t.Errorf("%s: %v", actor.Name, err)
					}
				})
			}
			wg.Wait()
		}
		// The pairs are gone; root is the last, and of two who try to remove the last two only one succeeds.
		last := h.person("last", Grant{Admin, 0})
		results := make(chan error, 2)
		for _, id := range []UserID{last.ID, h.admin.UserID} {
			go func() { results <- h.s.DisableUser(ctx(), h.admin, id, "") }()
		}
		failed := 0
		for range 2 {
			if err := <-results; err != nil {
				failed++
				h.wantKind("the loser", err, fault.Conflict)
			}
		}
		if failed != 1 {
			t.Errorf("%d of 2 were refused, want 1", failed)
		}
		h.verified()
	})
}

func ptr(a Actor) *Actor { return &a }

// TestGrantRace: of a grant to judge and a grant to audit at once, one gets past the guards.
func TestGrantRace(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := newHouse(t, db, Options{})
		for i := range 5 {
			u := h.person("p" + string(rune('0'+i)))
			results := make(chan error, 2)
			for _, r := range []Role{Editor, Auditor} {
				go func() { results <- h.s.GrantRole(ctx(), h.admin, u.ID, r, 0) }()
			}
			failed := 0
			for range 2 {
				if err := <-results; err != nil {
					failed++
					h.wantKind("the loser", err, fault.Invalid)
				}
			}
			if failed != 1 {
				t.Errorf("%d of 2 were refused, want 1", failed)
			}
		}
		h.verified()
	})
}

func TestRolesTamper(t *testing.T) {
	h := newHouse(t, storetest.SQLite(t), Options{})
	h.person("mina", Grant{Reviewer, 1})
	for name, c := range map[string]struct{ statement, object, undo string }{
		"a role raised": {"UPDATE role_grants SET role = 'editor' WHERE id = 2", "role:2",
			"UPDATE role_grants SET role = 'reviewer' WHERE id = 2"},
		"a role widened": {"UPDATE role_grants SET collection_id = 0 WHERE id = 2", "role:2",
			"UPDATE role_grants SET collection_id = 1 WHERE id = 2"},
		"a role given": {"INSERT INTO role_grants (id, user_id, role, collection_id, at) VALUES (3, 2, " +
			"'editor', 0, 0)", "role:3", "DELETE FROM role_grants WHERE id = 3"},
		"a user shut out": {"UPDATE users SET enabled = 0 WHERE id = 2", "user:2",
			"UPDATE users SET enabled = 1 WHERE id = 2"},
		"a user's name": {"UPDATE users SET name = 'other' WHERE id = 2", "user:2",
			"UPDATE users SET name = 'mina' WHERE id = 2"},
		"a user's full name": {"UPDATE users SET display = 'other' WHERE id = 2", "user:2",
			"UPDATE users SET display = 'mina' WHERE id = 2"},
	} {
		err := h.db.Write(ctx(), func(tx *store.Tx) error { return tx.Gorm().Exec(c.statement).Error })
		if err != nil {
			t.Fatal(err)
		}
		r, err := history.Verify(ctx(), h.db, history.Options{Rooms: HistoryRows()})
		if err != nil {
			t.Fatal(err)
		}
		if len(r.Findings) != 1 || r.Findings[0].Object != c.object {
			t.Errorf("%s: %v, want %s", name, r.Findings, c.object)
		}
		if err := h.db.Write(ctx(), func(tx *store.Tx) error { return tx.Gorm().Exec(c.undo).Error }); err != nil {
			t.Fatal(err)
		}
	}
	h.verified()
}

func TestDemo(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		demo := New(db, testPolicy(t), Options{Demo: true, Hash: cheap()})
		for range 2 { // it may be run at every start
			if err := demo.EnsureDemoUsers(ctx()); err != nil {
				t.Fatal(err)
			}
		}
		users, err := demo.DemoUsers(ctx())
		if err != nil || len(users) != 6 {
			t.Fatalf("DemoUsers = %v, %v", users, err)
		}
		in, err := demo.DemoSignIn(ctx(), "editor-2")
		token, a := in.Token, in.Actor
		if err != nil || !a.Has(Editor, 5) || a.Name != "editor-2" {
			t.Fatalf("DemoSignIn = %+v, %v", a, err)
		}
		if _, err := demo.Resume(ctx(), token); err != nil {
			t.Error(err)
		}
		if _, needed, err := demo.FirstAdminLink(ctx()); needed || err != nil {
			t.Errorf("the demo asks for an admin: %v", err)
		}
		h := newHouse(t, db, Options{}) // the same database, opened for earnest
		_, err = h.s.Resume(ctx(), token)
		h.wantKind("a demo session in earnest", err, fault.Unauthenticated)
		_, err = h.s.DemoSignIn(ctx(), "admin-1")
		h.wantKind("one click in earnest", err, fault.Unauthenticated)
		_, err = h.s.SignIn(ctx(), Try{Name: "admin-1"})
		h.wantKind("a password in earnest", err, fault.Unauthenticated)
		h.wantKind("making them in earnest", h.s.EnsureDemoUsers(ctx()), fault.Internal)
		if users, _ := h.s.DemoUsers(ctx()); len(users) != 0 {
			t.Errorf("demo users are offered in earnest: %v", users)
		}
		_, err = h.s.MakeLink(ctx(), h.admin, "", users[0].ID)
		h.wantKind("a link for a demo user", err, fault.Conflict)
		_, err = demo.DemoSignIn(ctx(), "root")
		h.wantKind("one click as a real person", err, fault.NotFound)
		h.verified()
	})
}
