package auth

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/alexedwards/argon2id"

	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// cheap keeps the tests from spending their time on hashing.
func cheap() *argon2id.Params {
	return &argon2id.Params{Memory: 64, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32}
}

const goodPassword = "correct horse staple"

// house is a service with a first admin, and a clock of its own.
type house struct {
	t     *testing.T
	db    *store.DB
	s     *Service
	admin Actor
	mu    sync.Mutex
	now   time.Time
}

func newHouse(t *testing.T, db *store.DB, o Options) *house {
	t.Helper()
	h := &house{t: t, db: db, now: time.Date(2026, 11, 21, 20, 0, 0, 0, time.UTC)}
	db.SetClock(func() time.Time { h.mu.Lock(); defer h.mu.Unlock(); return h.now })
	o.Hash = cheap()
	h.s = New(db, testPolicy(t), o)
	link, needed, err := h.s.FirstAdminLink(ctx())
	if err != nil || !needed {
		t.Fatalf("FirstAdminLink: needed %v, %v", needed, err)
	}
	if _, err := h.s.SpendLink(ctx(), Spend{Token: link.Token, Name: "Root", Display: "Ruth Root",
		Password: goodPassword}); err != nil {
		t.Fatal(err)
	}
	h.admin = h.actor("root")
	return h
}

func ctx() context.Context { return context.Background() }

func (h *house) pass(d time.Duration) { h.mu.Lock(); h.now = h.now.Add(d); h.mu.Unlock() }

func (h *house) actor(name string) Actor {
	h.t.Helper()
	a, err := h.s.ActorFor(ctx(), name, history.CLI)
	if err != nil {
		h.t.Fatal(err)
	}
	return a
}

// person adds somebody with a password and roles.
func (h *house) person(name string, grants ...Grant) User {
	h.t.Helper()
	u, err := h.s.CreateUser(ctx(), h.admin, NewUser{Name: name})
	if err != nil {
		h.t.Fatal(err)
	}
	link, err := h.s.MakeLink(ctx(), h.admin, "", u.ID)
	if err != nil || link.Kind != Invite {
		h.t.Fatalf("MakeLink = %+v, %v", link, err)
	}
	if _, err := h.s.SpendLink(ctx(), Spend{Token: link.Token, Password: goodPassword}); err != nil {
		h.t.Fatal(err)
	}
	for _, g := range grants {
		if err := h.s.GrantRole(ctx(), h.admin, u.ID, g.Role, g.Collection); err != nil {
			h.t.Fatal(err)
		}
	}
	return u
}

func (h *house) signIn(name string) string {
	h.t.Helper()
	in, err := h.s.SignIn(ctx(), Try{Name: name, Password: goodPassword})
	if err != nil {
		h.t.Fatal(err)
	}
	return in.Token
}

func (h *house) wantKind(what string, err error, want fault.Kind) {
	h.t.Helper()
	if fault.KindOf(err) != want {
		h.t.Errorf("%s: %v, want kind %q", what, err, want)
	}
}

// verified checks that every row of users and roles has its events.
func (h *house) verified() {
	h.t.Helper()
	r, err := history.Verify(ctx(), h.db, history.Options{Rooms: HistoryRows()})
	if err != nil || !r.OK() {
		h.t.Errorf("the history does not verify: %v, %v", r.Findings, err)
	}
}

func TestSignInAndOut(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := newHouse(t, db, Options{})
		mina := h.person("mina", Grant{Reviewer, 3})
		in, err := h.s.SignIn(ctx(), Try{Name: " Mina ", Password: goodPassword, Address: "10.0.0.1"})
		first, a := in.Token, in.Actor
		if err != nil || a.UserID != mina.ID || a.Via != history.Web || len(a.Grants) != 1 ||
			a.Grants[0] != (Grant{Reviewer, 3}) {
			t.Fatalf("SignIn = %+v, %v", a, err)
		}
		second := h.signIn("mina")
		if first == second || len(first) < 22 { // 128 bits in base64
			t.Errorf("tokens %q and %q", first, second)
		}
		if got, err := h.s.Resume(ctx(), first); err != nil || got.UserID != mina.ID || got.Display != "mina" {
			t.Errorf("Resume = %+v, %v", got, err)
		}
		for _, token := range []string{"", "x", first + "x", strings.ToUpper(first)} {
			_, err := h.s.Resume(ctx(), token)
			h.wantKind("a token that is none", err, fault.Unauthenticated)
		}
		if err := h.s.SignOut(ctx(), first); err != nil {
			t.Fatal(err)
		}
		_, err = h.s.Resume(ctx(), first)
		h.wantKind("after signing out", err, fault.Unauthenticated)
		if _, err := h.s.Resume(ctx(), second); err != nil {
			t.Errorf("the other session: %v", err)
		}
		h.verified()
	})
}

func TestSignInRefusesAlike(t *testing.T) {
	h := newHouse(t, storetest.SQLite(t), Options{})
	h.person("mina")
	off := h.person("zora")
	if err := h.s.DisableUser(ctx(), h.admin, off.ID, "left"); err != nil {
		t.Fatal(err)
	}
	if _, err := h.s.CreateUser(ctx(), h.admin, NewUser{Name: "fresh"}); err != nil {
		t.Fatal(err)
	}
	var messages []string
	for _, c := range [][2]string{{"mina", "wrong password"}, {"mina", ""}, {"nobody-here", goodPassword},
		{"zora", goodPassword},
		{"fresh", ""}, {"fresh", goodPassword}, {"", ""}, {"mina", strings.Repeat("x", 1<<20)}} {
		_, err := h.s.SignIn(ctx(), Try{Name: c[0], Password: c[1]})
		h.wantKind(c[0], err, fault.Unauthenticated)
		messages = append(messages, fault.Message(err))
	}
	for _, m := range messages {
		if m != messages[0] {
			t.Errorf("messages tell cases apart: %q and %q", m, messages[0])
		}
	}
}

func TestSessionLimits(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := newHouse(t, db, Options{})
		h.person("mina")
		idle := h.signIn("mina")
		h.pass(Idle - time.Minute)
		if _, err := h.s.Resume(ctx(), idle); err != nil {
			t.Fatalf("within the idle limit: %v", err)
		}
		h.pass(Idle - time.Minute)
		if _, err := h.s.Resume(ctx(), idle); err != nil {
			t.Fatalf("use does not put the idle limit off: %v", err)
		}
		h.pass(Idle)
		_, err := h.s.Resume(ctx(), idle)
		h.wantKind("beyond the idle limit", err, fault.Unauthenticated)
		used := h.signIn("mina")
		for begun := h.now; h.now.Sub(begun) < Absolute-time.Hour; h.pass(time.Hour) {
			if _, err := h.s.Resume(ctx(), used); err != nil {
				t.Fatalf("after %v: %v", h.now.Sub(begun), err)
			}
		}
		h.pass(time.Hour)
		_, err = h.s.Resume(ctx(), used)
		h.wantKind("beyond the absolute limit", err, fault.Unauthenticated)
	})
}

// TestResumeWritesSeldom: a request within a minute of the last writes nothing.
func TestResumeWritesSeldom(t *testing.T) {
	h := newHouse(t, storetest.SQLite(t), Options{})
	h.person("mina")
	token := h.signIn("mina")
	seen := func() store.Micros {
		var at store.Micros
		err := h.db.Read(ctx(), func(rx *store.Rx) error {
			return rx.Gorm().Raw("SELECT seen_at FROM sessions WHERE token_hash = ?", tokenHash(token)).Row().Scan(&at)
		})
		if err != nil {
			t.Fatal(err)
		}
		return at
	}
	begun := seen()
	for _, c := range []struct {
		pass  time.Duration
		moved bool
	}{{30 * time.Second, false}, {30 * time.Second, false}, {time.Second, true}, {59 * time.Second, false}} {
		h.pass(c.pass)
		before := seen()
		if _, err := h.s.Resume(ctx(), token); err != nil {
			t.Fatal(err)
		}
		if moved := seen() != before; moved != c.moved {
			t.Errorf("%v after sign-in: written %v, want %v", h.now.Sub(begun.Time()), moved, c.moved)
		}
	}
}

func TestDisabledAtOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := newHouse(t, db, Options{})
		mina := h.person("mina", Grant{Reviewer, 0})
		token := h.signIn("mina")
		link, err := h.s.MakeLink(ctx(), h.admin, Reset, mina.ID)
		if err != nil {
			t.Fatal(err)
		}
		if err := h.s.DisableUser(ctx(), h.admin, mina.ID, "left the newsroom"); err != nil {
			t.Fatal(err)
		}
		_, err = h.s.Resume(ctx(), token)
		h.wantKind("the session", err, fault.Unauthenticated)
		_, err = h.s.SpendLink(ctx(), Spend{Token: link.Token, Password: goodPassword})
		h.wantKind("the link", err, fault.NotFound)
		_, err = h.s.MakeLink(ctx(), h.admin, Reset, mina.ID)
		h.wantKind("a new link", err, fault.Conflict)
		_, err = h.s.ActorFor(ctx(), "mina", history.CLI)
		h.wantKind("--as", err, fault.Forbidden)
		h.wantKind("disabling twice", h.s.DisableUser(ctx(), h.admin, mina.ID, ""), fault.Conflict)
		if err := h.s.EnableUser(ctx(), h.admin, mina.ID, "back"); err != nil {
			t.Fatal(err)
		}
		_, err = h.s.Resume(ctx(), token)
		h.wantKind("the old session after enabling", err, fault.Unauthenticated)
		if a, err := h.s.Resume(ctx(), h.signIn("mina")); err != nil || len(a.Grants) != 1 {
			t.Errorf("after enabling: %+v, %v", a, err)
		}
		h.verified()
	})
}

// TestRevokedRoleEndsAtOnce: the next request of a session no longer holds it.
func TestRevokedRoleEndsAtOnce(t *testing.T) {
	h := newHouse(t, storetest.SQLite(t), Options{})
	mina := h.person("mina", Grant{Reviewer, 0}, Grant{Editor, 2})
	token := h.signIn("mina")
	if err := h.s.RevokeRole(ctx(), h.admin, mina.ID, Editor, 2, "moved"); err != nil {
		t.Fatal(err)
	}
	a, err := h.s.Resume(ctx(), token)
	if err != nil || a.Has(Editor, 2) || !a.Has(Reviewer, 2) {
		t.Errorf("after revoking: %+v, %v", a, err)
	}
	h.wantKind("revoking twice", h.s.RevokeRole(ctx(), h.admin, mina.ID, Editor, 2, ""), fault.NotFound)
	h.verified()
}

func TestEndSessions(t *testing.T) {
	h := newHouse(t, storetest.SQLite(t), Options{})
	mina, zora := h.person("mina"), h.person("zora")
	one, two, other := h.signIn("mina"), h.signIn("mina"), h.signIn("zora")
	h.wantKind("another's sessions", h.s.EndSessions(ctx(), h.actor("mina"), zora.ID), fault.Forbidden)
	h.wantKind("by nobody", h.s.EndSessions(ctx(), Actor{}, 0), fault.Unauthenticated)
	if err := h.s.EndSessions(ctx(), h.actor("mina"), mina.ID); err != nil {
		t.Fatal(err)
	}
	for _, token := range []string{one, two} {
		_, err := h.s.Resume(ctx(), token)
		h.wantKind("one's own", err, fault.Unauthenticated)
	}
	if _, err := h.s.Resume(ctx(), other); err != nil {
		t.Errorf("zora's session ended too: %v", err)
	}
	if err := h.s.EndSessions(ctx(), h.admin, zora.ID); err != nil {
		t.Fatal(err)
	}
	_, err := h.s.Resume(ctx(), other)
	h.wantKind("ended by an admin", err, fault.Unauthenticated)
}

func TestCreateUserRefuses(t *testing.T) {
	h := newHouse(t, storetest.SQLite(t), Options{})
	h.person("mina")
	for name, want := range map[string]fault.Kind{
		"": fault.Invalid, "a": fault.Invalid, "two words": fault.Invalid, "کاربر": fault.Invalid, "-x": fault.Invalid,
		strings.Repeat("a", 65): fault.Invalid, "mina": fault.Conflict, "MINA": fault.Conflict,
		"mina\u202e": fault.Invalid, "ok.name@example": "",
	} {
		_, err := h.s.CreateUser(ctx(), h.admin, NewUser{Name: name})
		h.wantKind("name "+name, err, want)
	}
	for display, want := range map[string]fault.Kind{"مینا ی\u200cزدانی": "", "evil \u202e live": fault.Invalid,
		"a\nb": fault.Invalid, "\xff": fault.Invalid,
		strings.Repeat("ک", 100): "", strings.Repeat("ک", 101): fault.Invalid} {
		_, err := h.s.CreateUser(ctx(), h.admin, NewUser{Name: "n" + string(rune('a'+len(display)%26)) + "x" +
			string(rune('a'+len(display)/26%26)), Display: display})
		h.wantKind("display "+display, err, want)
	}
	_, err := h.s.CreateUser(ctx(), h.actor("mina"), NewUser{Name: "friend"})
	h.wantKind("by who may not", err, fault.Forbidden)
	_, err = h.s.Users(ctx(), h.actor("mina"))
	h.wantKind("listing by who may not", err, fault.Forbidden)
	h.verified()
}

func TestUsersAndNames(t *testing.T) {
	h := newHouse(t, storetest.SQLite(t), Options{})
	mina := h.person("mina", Grant{Reviewer, 3})
	list, err := h.s.Users(ctx(), h.admin)
	if err != nil || len(list) != 2 || list[0].Name != "mina" || list[1].Name != "root" || !list[0].HasPassword ||
		list[0].Grants[0].Collection != 3 {
		t.Errorf("Users = %+v, %v", list, err)
	}
	err = h.db.Read(ctx(), func(rx *store.Rx) error {
		names, err := Names(rx, []UserID{mina.ID, h.admin.UserID, 99})
		if len(names) != 2 || names[h.admin.UserID] != "Ruth Root" {
			t.Errorf("Names = %v", names)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestNoSecretInTheHistory: neither a password's hash nor any token is in the history, nor a token in the database.
func TestNoSecretInTheHistory(t *testing.T) {
	h := newHouse(t, storetest.SQLite(t), Options{})
	u, err := h.s.CreateUser(ctx(), h.admin, NewUser{Name: "mina"})
	if err != nil {
		t.Fatal(err)
	}
	link, err := h.s.MakeLink(ctx(), h.admin, Invite, u.ID)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.s.SpendLink(ctx(), Spend{Token: link.Token, Password: goodPassword}); err != nil {
		t.Fatal(err)
	}
	token := h.signIn("mina")
	var out strings.Builder
	if _, err := history.Export(ctx(), h.db, &out, history.Filter{Viewer: history.Viewer{ReadAll: true}}); err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{"argon2", link.Token, token, goodPassword, "password_hash"} {
		if strings.Contains(out.String(), secret) {
			t.Errorf("the history holds %q", secret)
		}
	}
	if !strings.Contains(out.String(), "user.password_set") || !strings.Contains(out.String(), "user.link_made") {
		t.Error("the history lacks the password or the link")
	}
}
