package auth_test

import (
	"strings"
	"sync"
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/fault"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// Nobody may be called so that others take them for somebody else, at any door at which a name is given; what was
// given before stays, and admins are told of it.
func TestNamesAreApart(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := roomtest.New(t, db, articles.CollectionNew{})
		ctx, admin, me := roomtest.Ctx(), w.As("admin-1"), w.As("reviewer-1")
		mina, err := w.Auth.CreateUser(ctx, admin, auth.NewUser{Name: "mina", Display: "مینا کریمی"})
		if err != nil {
			t.Fatal(err)
		}
		for _, bad := range []string{"Editor One", "ＥＤＩＴＯＲ ＯＮＥ", "Edit\u03bfr One", "Editor\u2003One", "editor-1",
			"Editor Oné ✓", "مينا كريمي", "مینا‌کریمی", "Someone", "The program", "the  prograrn", "[taken down]",
			"Taken down", "sоmeone", "Reviewer B", "\u3164",
			"\u200d", "\u202eenO", "mіna", "Mina", "rnina"} {
			_, err := w.Auth.SetDisplay(ctx, me, bad)
			if fault.KindOf(err) != fault.Invalid {
				t.Errorf("called %q: %v", bad, err)
			} else if m := fault.Message(err); strings.Contains(m, "mina") && !strings.Contains(bad, "mina") {
				t.Errorf("called %q names somebody: %s", bad, m)
			}
			n := auth.NewUser{Name: "newcomer", Display: bad}
			if _, err := w.Auth.CreateUser(ctx, admin, n); fault.KindOf(err) != fault.Invalid {
				t.Errorf("added as %q: %v", bad, err)
			}
		}
		for _, bad := range []string{"edit0r-1", "ed1tor-1", "3dit0r-1", "rnoderator", "reviewer-l", "rnina",
			"editor1", "someone", "system"} {
			if _, err := w.Auth.CreateUser(ctx, admin, auth.NewUser{Name: bad, Display: "Quite Another"}); fault.KindOf(
				err) != fault.Invalid {
				t.Errorf("signs in as %q: %v", bad, err)
			}
		}
		guest, err := w.Auth.CreateUser(ctx, admin, auth.NewUser{Name: "guest"})
		if err != nil {
			t.Fatal(err)
		}
		link, err := w.Auth.MakeLink(ctx, admin, auth.Invite, guest.ID)
		if err != nil {
			t.Fatal(err)
		}
		in := auth.Spend{Token: link.Token, Display: "Éditor One", Password: "a long pass phrase of mine"}
		if _, err := w.Auth.SpendLink(ctx, in); fault.KindOf(err) != fault.Invalid {
			t.Errorf("invited as %q: %v", in.Display, err)
		}
		in.Display = "Guest\u00a0 \u3000Jo"
		if _, err := w.Auth.SpendLink(ctx, in); err != nil {
			t.Errorf("the link was spent by a name that was refused: %v", err)
		}
		if got := w.As("guest").Display; got != "Guest Jo" {
			t.Errorf("blanks are kept: %q", got)
		}
		if err := w.Auth.DisableUser(ctx, admin, mina.ID, ""); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Auth.SetDisplay(ctx, me, "Mina"); err != nil {
			t.Errorf("the name of nobody who is here any more: %v", err)
		}
		if err := w.Auth.EnableUser(ctx, admin, mina.ID, ""); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Auth.SetDisplay(ctx, w.As("reviewer-1"), "Mina"); err != nil {
			t.Errorf("a name that is kept: %v", err)
		}
		all, err := w.Auth.Users(ctx, admin)
		if err != nil {
			t.Fatal(err)
		}
		if alike := auth.Alike(all); len(alike) != 1 || alike[me.UserID] != "looks like mina" {
			t.Errorf("told of those who look alike: %v", alike)
		}
		w.Verify()
	})
}

// Two who take one name at once do not both get it.
func TestNamesAtOnce(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := roomtest.New(t, db, articles.CollectionNew{})
		var got sync.WaitGroup
		errs := make([]error, 4)
		for i, who := range []string{"reviewer-1", "reviewer-2", "editor-1", "auditor-1"} {
			a, name := w.As(who), []string{"Kim", "KIM", "Kirn", "Ｋｉｍ"}[i]
			got.Go(func() { _, errs[i] = w.Auth.SetDisplay(roomtest.Ctx(), a, name) })
		}
		got.Wait()
		n := 0
		for _, err := range errs {
			if err == nil {
				n++
			} else if fault.KindOf(err) != fault.Invalid {
				t.Error(err)
			}
		}
		if n != 1 {
			t.Errorf("%d people are called Kim: %v", n, errs)
		}
	})
}
