package auth

import (
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"claimbench/internal/fault"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
	"sync"
)

func TestFirstAdminLink(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		s := New(db, testPolicy(t), Options{Hash: cheap()})
		old, needed, err := s.FirstAdminLink(ctx())
		if err != nil || !needed || old.Kind != FirstAdmin || !strings.HasPrefix(old.Path(), "/link/") {
			t.Fatalf("FirstAdminLink = %+v, %v, %v", old, needed, err)
		}
		fresh, _, err := s.FirstAdminLink(ctx())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.LookAtLink(ctx(), old.Token); fault.KindOf(err) != fault.NotFound {
			t.Errorf("a fresh link leaves the old one: %v", err)
		}
		if info, err := s.LookAtLink(ctx(), fresh.Token); err != nil || info != (LinkInfo{Kind: FirstAdmin}) {
			t.Errorf("LookAtLink = %+v, %v", info, err)
		}
		for name, in := range map[string]Spend{
			"no name":        {Token: fresh.Token, Password: goodPassword},
			"a bad name":     {Token: fresh.Token, Name: "a b", Password: goodPassword},
			"a bad password": {Token: fresh.Token, Name: "root", Password: "short"},
		} {
			if _, err := s.SpendLink(ctx(), in); fault.KindOf(err) != fault.Invalid {
				t.Errorf("%s: %v", name, err)
			}
		}
		name, err := s.SpendLink(ctx(), Spend{Token: fresh.Token, Name: "Root", Password: goodPassword})
		if err != nil || name != "root" {
			t.Fatalf("SpendLink = %q, %v: what was refused spent the link", name, err)
		}
		if _, err := s.SpendLink(ctx(), Spend{Token: fresh.Token, Name: "other", Password: goodPassword}); fault.KindOf(
			err) != fault.NotFound {
			t.Errorf("spent twice: %v", err)
		}
		if _, needed, err := s.FirstAdminLink(ctx()); needed || err != nil {
			t.Errorf("with an admin there is another link: %v", err)
		}
		if in, err := s.SignIn(ctx(), Try{Name: "root", Password: goodPassword}); err != nil ||
			!in.Actor.Has(Admin, 0) {
			t.Errorf("the first admin is %+v, %v", in.Actor, err)
		}
	})
}

func TestResetLink(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := newHouse(t, db, Options{})
		mina := h.person("mina")
		token := h.signIn("mina")
		first, err := h.s.MakeLink(ctx(), h.admin, "", mina.ID)
		if err != nil || first.Kind != Reset {
			t.Fatalf("MakeLink = %+v, %v", first, err)
		}
		link, err := h.s.MakeLink(ctx(), h.admin, Reset, mina.ID)
		if err != nil {
			t.Fatal(err)
		}
		_, err = h.s.SpendLink(ctx(), Spend{Token: first.Token, Password: "another password"})
		h.wantKind("the link before", err, fault.NotFound)
		if info, err := h.s.LookAtLink(ctx(), link.Token); err != nil || info.Name != "mina" || info.Kind != Reset {
			t.Errorf("LookAtLink = %+v, %v", info, err)
		}
		h.pass(LinkLife - time.Second)
		if name, err := h.s.SpendLink(ctx(), Spend{Token: link.Token, Name: "ignored",
			Password: "another password"}); err != nil || name != "mina" {
			t.Fatalf("SpendLink = %q, %v", name, err)
		}
		_, err = h.s.Resume(ctx(), token)
		h.wantKind("the session from before", err, fault.Unauthenticated)
		_, err = h.s.SignIn(ctx(), Try{Name: "mina", Password: goodPassword})
		h.wantKind("the old password", err, fault.Unauthenticated)
		if _, err = h.s.SignIn(ctx(), Try{Name: "mina", Password: "another password"}); err != nil {
			t.Errorf("the new password: %v", err)
		}
		late, err := h.s.MakeLink(ctx(), h.admin, Reset, mina.ID)
		if err != nil {
			t.Fatal(err)
		}
		h.pass(LinkLife)
		_, err = h.s.SpendLink(ctx(), Spend{Token: late.Token, Password: goodPassword})
		h.wantKind("an hour later", err, fault.NotFound)
		_, err = h.s.MakeLink(ctx(), h.actor("mina"), Reset, h.admin.UserID)
		h.wantKind("by who may not", err, fault.Forbidden)
		_, err = h.s.MakeLink(ctx(), h.admin, FirstAdmin, mina.ID)
		h.wantKind("a first-admin link for a person", err, fault.Invalid)
		h.verified()
	})
}

// TestLinkIsSpentOnce: of many who spend one link at once, one does.
func TestLinkIsSpentOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := newHouse(t, db, Options{})
		u, err := h.s.CreateUser(ctx(), h.admin, NewUser{Name: "mina"})
		if err != nil {
			t.Fatal(err)
		}
		link, err := h.s.MakeLink(ctx(), h.admin, Invite, u.ID)
		if err != nil {
			t.Fatal(err)
		}
		var done atomic.Int64
		var wg sync.WaitGroup
		for range 6 {
			wg.Go(func() {
				_, err := h.s.SpendLink(ctx(), Spend{Token: link.Token, Password: goodPassword})
				if err == nil {
					done.Add(1)
				} else if k := fault.KindOf(err); k != fault.NotFound && k != fault.Conflict {
					t.Errorf("a loser gets %v", err)
				}
			})
		}
		wg.Wait()
		if done.Load() != 1 {
			t.Errorf("the link was spent %d times", done.Load())
		}
		h.verified()
	})
}

func TestSetPassword(t *testing.T) {
	h := newHouse(t, storetest.SQLite(t), Options{})
	h.person("mina")
	old := h.signIn("mina")
	a := h.actor("mina")
	_, err := h.s.SetPassword(ctx(), a, "wrong", "another password", "")
	h.wantKind("with a wrong old one", err, fault.Invalid)
	_, err = h.s.SetPassword(ctx(), a, goodPassword, "short", "")
	h.wantKind("to a short one", err, fault.Invalid)
	in, err := h.s.SetPassword(ctx(), a, goodPassword, "another password", "")
	if err != nil {
		t.Fatal(err)
	}
	_, err = h.s.Resume(ctx(), old)
	h.wantKind("the old session", err, fault.Unauthenticated)
	if _, err := h.s.Resume(ctx(), in.Token); err != nil {
		t.Errorf("the new session: %v", err)
	}
	h.verified()
}

func TestCheckPassword(t *testing.T) {
	for password, ok := range map[string]bool{
		"":                             false,
		"seven77":                      false,
		"eight888x":                    true,
		"گذرواژه\u200cم":               true,  // nine code points
		"گذرواژ":                       false, // six code points, twelve bytes
		"all lower case and spaces":    true,
		strings.Repeat("ab", 64):       true,
		strings.Repeat("ab", 64) + "c": false,
		"password":                     false,
		"PassWord":                     false,
		"12345678":                     false,
		"zzzzzzzzzz":                   false,
		"qwertyuiop":                   false,
		"long-user-name":               false,
		"LONG-user-name":               false,
		"nul\x00nul nul":               false,
		"not utf-8 \xff\xfe":           false,
		"# passwords that attackers":   true,
	} {
		err := CheckPassword("long-user-name", password)
		if (err == nil) != ok {
			t.Errorf("CheckPassword(%q) = %v", password, err)
		}
		if e, is := fault.As(err); err != nil && (!is || e.Kind != fault.Invalid || e.Fields[0].Name != "password") {
			t.Errorf("CheckPassword(%q) = %#v", password, err)
		}
	}
	if n := strings.Count(commonList, "\n"); n < 3000 {
		t.Errorf("%d common passwords, want 3000 (ASVS 6.2.4)", n)
	}
}

// TestPasswordComposition: a password typed on a keyboard that composes otherwise is the same password.
func TestPasswordComposition(t *testing.T) {
	h := newHouse(t, storetest.SQLite(t), Options{})
	hash, err := h.s.hash(ctx(), "caf\u00e9 caf\u00e9")
	if err != nil {
		t.Fatal(err)
	}
	for password, want := range map[string]bool{"cafe\u0301 cafe\u0301": true, "caf\u00e9 caf\u00e9": true,
		"cafe cafe": false} {
		if ok, _, err := h.s.matches(ctx(), password, hash); err != nil || ok != want {
			t.Errorf("matches(%+q) = %v, %v", password, ok, err)
		}
	}
}

// TestRehash: a hash made at another cost is made anew at the next sign-in, in silence.
func TestRehash(t *testing.T) {
	h := newHouse(t, storetest.SQLite(t), Options{})
	h.person("mina")
	dearer := cheap()
	dearer.Iterations = 3
	s := New(h.db, testPolicy(t), Options{Hash: dearer})
	hashOf := func() (out string) {
		err := h.db.Read(ctx(), func(rx *store.Rx) error {
			return rx.Gorm().Raw("SELECT password_hash FROM users WHERE name = 'mina'").Row().Scan(&out)
		})
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	for _, want := range []string{"t=1", "t=3"} {
		if !strings.Contains(hashOf(), want) {
			t.Errorf("the hash is %s, want %s", hashOf(), want)
		}
		if _, err := s.SignIn(ctx(), Try{Name: "mina", Password: goodPassword}); err != nil {
			t.Fatal(err)
		}
	}
	h.verified()
}

// TestUnknownIsHashed: an unknown name costs a hash too; BenchmarkSignIn compares the two in time.
func TestUnknownIsHashed(t *testing.T) {
	h := newHouse(t, storetest.SQLite(t), Options{})
	if ok, _, err := h.s.matches(ctx(), "anything at all", ""); ok || err != nil {
		t.Errorf("no hash matches: %v, %v", ok, err)
	}
	if !strings.HasPrefix(h.s.dummy(), "$argon2id$v=19$m=64,t=1,p=1$") {
		t.Errorf("the dummy is %q", h.s.dummy())
	}
}
