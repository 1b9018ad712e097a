package auth

import (
	"strings"
	"testing"
	"time"

	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// TestTokensEndWithTheirOwner: a token has no more than its owner holds now, is refused with words once it is ended or
// expired or its owner disabled, and does not come to life when they are let in again.
func TestTokensEndWithTheirOwner(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := ctx()
		h := newHouse(t, db, Options{})
		h.person("ed", Grant{Editor, 0})
		admin, ed := h.admin, h.actor("ed")
		for what, n := range map[string]NewToken{
			"no name": {Scopes: []Grant{{Editor, 0}}, Days: 5}, "no scope": {Name: "x", Days: 5},
			"another's role":   {Name: "x", Scopes: []Grant{{Admin, 0}}, Days: 5},
			"a year and a day": {Name: "x", Scopes: []Grant{{Editor, 0}}, Days: 366},
			"no day":           {Name: "x", Scopes: []Grant{{Editor, 0}}},
			"a long name": {Name: strings.Repeat("ن", 101),
				Scopes: []Grant{{Editor, 0}}, Days: 5}} {
			if _, _, err := h.s.MakeToken(ctx, ed, n); fault.KindOf(err) != fault.Invalid {
				t.Errorf("%s: %v", what, err)
			}
		}
		secret, made, err := h.s.MakeToken(ctx, ed, NewToken{Name: "script", Days: 30,
			Scopes: []Grant{{Reviewer, 1}, {Editor, 2}}})
		if err != nil || !strings.HasPrefix(secret, PersonalPrefix) || !LooksLikeToken(secret) {
			t.Fatalf("%q, %v", secret, err)
		}
		a, err := h.s.ResumeToken(ctx, secret)
		if err != nil || a.UserID != ed.UserID || len(a.Grants) != 2 || a.Token.ID != made.ID {
			t.Fatalf("%+v, %v", a, err)
		}
		if _, err := h.s.policy.May(a, ThingRound, Approve, 1); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("the token is an editor where it is a reviewer only: %v", err)
		}
		who, err := h.s.policy.May(a, ThingRound, Approve, 2)
		if err != nil || who.Token != int64(made.ID) {
			t.Errorf("%+v, %v", who, err)
		}
		if _, _, err := h.s.MakeToken(ctx, a, NewToken{Name: "x", Scopes: a.Grants, Days: 5}); fault.KindOf(err) !=
			fault.Forbidden {
			t.Errorf("a token makes a token: %v", err)
		}
		h.person("other", Grant{Reviewer, 0})
		other := h.actor("other")
		if _, err := h.s.EndToken(ctx, other, made.ID); fault.KindOf(err) != fault.NotFound {
			t.Errorf("somebody ends another's token: %v", err)
		}
		refused := func(secret, words string) {
			t.Helper()
			_, err := h.s.ResumeToken(ctx, secret)
			if fault.KindOf(err) != fault.Unauthenticated || !strings.Contains(fault.Message(err), words) {
				t.Errorf("%v, want words of %q", err, words)
			}
		}
		if err := h.s.RevokeRole(ctx, admin, ed.UserID, Editor, 0, "moves"); err != nil {
			t.Fatal(err)
		}
		if a, err := h.s.ResumeToken(ctx, secret); err != nil || len(a.Grants) != 0 {
			t.Errorf("the role is gone, and the token has %v, %v", a.Grants, err)
		}
		if err := h.s.DisableUser(ctx, admin, ed.UserID, "left"); err != nil {
			t.Fatal(err)
		}
		refused(secret, "is disabled")
		if err := h.s.EnableUser(ctx, admin, ed.UserID, "back"); err != nil {
			t.Fatal(err)
		}
		refused(secret, "was ended on")
		refused("cbp_"+strings.Repeat("A", 43), "not known here")
		refused("nothing", "no token of the workbench")
		short, _, err := h.s.MakeToken(ctx, other, NewToken{Name: "a day", Days: 1, Scopes: other.Grants})
		if err != nil {
			t.Fatal(err)
		}
		h.pass(25 * time.Hour)
		refused(short, "expired on")
	})
}

// TestMachinesAreNoPeople: a machine holds the role of machines in its collections and nothing else; it gets no role
// and no password, and ends with its owner.
func TestMachinesAreNoPeople(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := ctx()
		h := newHouse(t, db, Options{})
		h.person("ed", Grant{Editor, 0})
		admin, ed := h.admin, h.actor("ed")
		n := NewMachine{Name: "extractor", Owner: "ed", Collections: []CollectionID{1}, Days: 30}
		if _, _, err := h.s.MakeMachine(ctx, ed, n); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("an editor makes a machine: %v", err)
		}
		secret, m, err := h.s.MakeMachine(ctx, admin, n)
		if err != nil || !strings.HasPrefix(secret, MachinePrefix) {
			t.Fatalf("%q, %v", secret, err)
		}
		a, err := h.s.ResumeToken(ctx, secret)
		if err != nil || !a.Token.Machine || a.Name != "extractor" {
			t.Fatalf("%+v, %v", a, err)
		}
		for thing, actions := range Actions() {
			for _, act := range actions {
				listed := thing == ThingMachine && (act == Read || act == Propose) ||
					thing == ThingArticle && act == Import
				if got := h.s.policy.Allows(a, thing, act, 1); got != listed {
					t.Errorf("a machine may %s %s: %t", act, thing, got)
				}
				if h.s.policy.Allows(a, thing, act, 2) || h.s.policy.Allows(a, thing, act, 0) {
					t.Errorf("a machine may %s %s outside its collections", act, thing)
				}
			}
		}
		if err := h.s.GrantRole(ctx, admin, m.User.ID, Reviewer, 1); fault.KindOf(err) != fault.Invalid {
			t.Errorf("a machine gets a role: %v", err)
		}
		if _, err := h.s.MakeLink(ctx, admin, "", m.User.ID); fault.KindOf(err) != fault.Invalid {
			t.Errorf("a machine gets a password: %v", err)
		}
		second, _, err := h.s.RenewMachine(ctx, admin, m.User.ID, 30)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := h.s.ResumeToken(ctx, secret); fault.KindOf(err) != fault.Unauthenticated {
			t.Errorf("the old token lives: %v", err)
		}
		if err := h.s.DisableUser(ctx, admin, ed.UserID, "left"); err != nil {
			t.Fatal(err)
		}
		if _, err := h.s.ResumeToken(ctx, second); fault.KindOf(err) != fault.Unauthenticated {
			t.Errorf("a machine outlives its owner: %v", err)
		}
		if a, err := h.s.ActorByID(ctx, m.User.ID, "api", "r"); err == nil && len(a.Grants) > 0 {
			t.Errorf("the work of a machine goes on without its owner: %v", a.Grants)
		}
		if err := h.s.EnableUser(ctx, admin, ed.UserID, "back"); err != nil {
			t.Fatal(err)
		}
		if _, err := h.s.ResumeToken(ctx, second); fault.KindOf(err) != fault.Unauthenticated {
			t.Errorf("a token comes to life with its owner: %v", err)
		}
	})
}

// TestLaterWorkHasWhatItsTokenMay: work that is done later has the roles that its token had, as long as their owner
// holds them, and is refused with words once the token was ended.
func TestLaterWorkHasWhatItsTokenMay(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := ctx()
		h := newHouse(t, db, Options{})
		h.person("ed", Grant{Editor, 0})
		ed := h.actor("ed")
		_, made, err := h.s.MakeToken(ctx, ed, NewToken{Name: "script", Days: 30, Scopes: []Grant{{Reviewer, 1}}})
		if err != nil {
			t.Fatal(err)
		}
		a, err := h.s.ActorLater(ctx, ed.UserID, history.API, "r-1", int64(made.ID))
		if err != nil || len(a.Grants) != 1 || a.Grants[0] != (Grant{Reviewer, 1}) || a.Request != "r-1" ||
			a.Via != history.API || a.Token.ID != made.ID {
			t.Fatalf("%+v, %v", a, err)
		}
		if _, err := h.s.policy.May(a, ThingRound, Approve, 1); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("later work does more than its token may: %v", err)
		}
		secret, m, err := h.s.MakeMachine(ctx, h.admin, NewMachine{Name: "carrier", Owner: "ed", Days: 5,
			Collections: []CollectionID{1}})
		if err != nil {
			t.Fatal(err)
		}
		of, err := h.s.ResumeToken(ctx, secret)
		if err != nil {
			t.Fatal(err)
		}
		if a, err := h.s.ActorLater(ctx, m.User.ID, history.API, "r-2", int64(of.Token.ID)); err != nil ||
			!a.Token.Machine {
			t.Errorf("later work of a machine is not a machine's: %+v, %v", a, err)
		}
		if owner, err := h.s.OwnerOf(ctx, of); err != nil || owner.UserID != ed.UserID || owner.Token != nil {
			t.Errorf("%+v, %v", owner, err)
		}
		still := func(thing Thing, act Action) error {
			return db.Write(ctx, func(tx *store.Tx) error {
				who, err := h.s.policy.Still(tx, a, thing, act, 1)
				if err == nil && (who.Token != int64(made.ID) || who.Request != "r-1") {
					t.Errorf("%+v", who)
				}
				return err
			})
		}
		if err := still(ThingRound, Approve); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("a slice of it does more than its token may: %v", err)
		}
		if err := still(ThingArticle, Read); err != nil {
			t.Error(err)
		}
		if _, err := h.s.EndToken(ctx, ed, made.ID); err != nil {
			t.Fatal(err)
		}
		if err := still(ThingArticle, Read); fault.KindOf(err) != fault.Forbidden ||
			!strings.Contains(fault.Message(err), "ended") {
			t.Errorf("a slice goes on after its token was ended: %v", err)
		}
		for _, x := range []struct {
			token int64
			of    UserID
			words string
		}{{int64(made.ID), ed.UserID, "was ended on"}, {99, ed.UserID, "not here"},
			{int64(of.Token.ID), ed.UserID, "not here"}} {
			if _, err := h.s.ActorLater(ctx, x.of, history.API, "r-3", x.token); fault.KindOf(err) != fault.Forbidden ||
				!strings.Contains(fault.Message(err), x.words) {
				t.Errorf("token %d of %d: %v", x.token, x.of, err)
			}
		}
		if a, err := h.s.ActorLater(ctx, ed.UserID, history.Web, "r-4", 0); err != nil || len(a.Grants) != 1 ||
			a.Grants[0] != (Grant{Editor, 0}) || a.Token != nil {
			t.Errorf("%+v, %v", a, err)
		}
	})
}
