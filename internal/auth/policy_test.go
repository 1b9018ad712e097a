package auth

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/policies"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func testPolicy(t testing.TB) *Policy {
	t.Helper()
	p, err := LoadPolicy()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// TestPolicyMatrix holds every role × thing × action. A change of the policy shows here, in words.
func TestPolicyMatrix(t *testing.T) {
	p := testPolicy(t)
	var b strings.Builder
	for _, thing := range slices.Sorted(maps.Keys(Actions())) {
		for _, action := range Actions()[thing] {
			fmt.Fprintf(&b, "%-11s %-11s", thing, action)
			for _, role := range Roles.Names() {
				a := Actor{UserID: 1, Grants: []Grant{{role, 7}}}
				mark := "-"
				if p.Allows(a, thing, action, 7) {
					mark = string(role)
				}
				fmt.Fprintf(&b, " %-8s", mark)
			}
			b.WriteString("\n")
		}
	}
	got := b.String()
	const golden = "testdata/policy.golden"
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("the policy allows otherwise than %s says (if that is meant: go test -run Policy -update):\n%s",
			golden, got)
	}
}

func TestPolicySeparatesDuties(t *testing.T) {
	p := testPolicy(t)
	writes := func(act Action) bool { return act != Read && act != ReadOpen && act != ReadAll && act != Export }
	for thing, actions := range Actions() {
		for _, act := range actions {
			auditor := Actor{UserID: 1, Grants: []Grant{{Auditor, 0}}}
			if writes(act) && p.Allows(auditor, thing, act, 1) {
				t.Errorf("an auditor may %s %s", act, thing)
			}
		}
	}
	admin := Actor{UserID: 1, Grants: []Grant{{Admin, 0}}}
	for _, thing := range []Thing{ThingArticle, ThingCandidate, ThingClaim, ThingEvidence, ThingOrigin, ThingReview,
		ThingRound, ThingClaimSet} {
		for _, act := range Actions()[thing] {
			if p.Allows(admin, thing, act, 1) {
				t.Errorf("an admin may %s %s", act, thing)
			}
		}
	}
	for thing, actions := range Actions() {
		for _, act := range actions {
			machine := Actor{UserID: 1, Grants: []Grant{{AsMachine, 0}}}
			if len(p.RolesFor(thing, act)) == 0 && !p.Allows(machine, thing, act, 0) {
				t.Errorf("nobody may %s %s", act, thing)
			}
		}
	}
}

func TestMayByCollection(t *testing.T) {
	p := testPolicy(t)
	for _, c := range []struct {
		name   string
		actor  Actor
		in     CollectionID
		want   fault.Kind
		saying string
	}{
		{"held in the collection", Actor{UserID: 1, Grants: []Grant{{Reviewer, 3}}}, 3, "", ""},
		{"held everywhere", Actor{UserID: 1, Grants: []Grant{{Reviewer, 0}}}, 3, "", ""},
		{"held in another", Actor{UserID: 1, Grants: []Grant{{Reviewer, 4}}}, 3, fault.Forbidden,
			"reviewer or editor in this collection; you have none there"},
		{"held in one, asked for none", Actor{UserID: 1, Grants: []Grant{{Reviewer, 3}}}, 0, fault.Forbidden,
			"everywhere"},
		{"the wrong role", Actor{UserID: 1, Grants: []Grant{{Auditor, 0}}}, 3, fault.Forbidden, "you have auditor"},
		{"an unknown role", Actor{UserID: 1, Grants: []Grant{{"boss", 0}}}, 3, fault.Forbidden, "reviewer"},
		{"no role", Actor{UserID: 1}, 3, fault.Forbidden, "none there"},
		{"nobody", Actor{}, 3, fault.Unauthenticated, "Sign in"},
		{"nobody, with a grant", Actor{Grants: []Grant{{Editor, 0}}}, 3, fault.Unauthenticated, "Sign in"},
		{"a person called reviewer", Actor{UserID: 1, Name: "role:reviewer"}, 3, fault.Forbidden, "none there"},
	} {
		_, err := p.May(c.actor, ThingReview, Submit, c.in)
		if fault.KindOf(err) != c.want || (c.saying != "" && !strings.Contains(err.Error(), c.saying)) {
			t.Errorf("%s: May = %v, want %q saying %q", c.name, err, c.want, c.saying)
		}
	}
	if _, err := p.May(Actor{UserID: 1, Grants: []Grant{{Admin, 0}}}, ThingUser, "delete",
		0); fault.KindOf(err) != fault.Forbidden {
		t.Errorf("an unknown action gives %v", err)
	}
}

func TestWhoCarriesTheRole(t *testing.T) {
	p := testPolicy(t)
	a := Actor{UserID: 5, Name: "mina", Grants: []Grant{{Editor, 2}, {Reviewer, 2}}, Via: history.CLI, Request: "r1"}
	who, err := p.May(a, ThingReview, Submit, 2)
	if err != nil || who != (history.Who{UserID: 5, Name: "mina", Role: "reviewer", Via: history.CLI, Request: "r1"}) {
		t.Errorf("May(submit) = %+v, %v", who, err)
	}
	if who, err := p.May(a, ThingRound, Approve, 2); err != nil || who.Role != "editor" {
		t.Errorf("May(approve) = %+v, %v", who, err)
	}
}

func TestCollections(t *testing.T) {
	p := testPolicy(t)
	a := Actor{UserID: 5, Grants: []Grant{{Reviewer, 9}, {Editor, 2}, {Editor, 9}}}
	all, ids := p.Collections(a, ThingReview, Submit)
	if all || !slices.Equal(ids, []CollectionID{2, 9}) {
		t.Errorf("Collections(submit) = %v, %v", all, ids)
	}
	if all, ids := p.Collections(a, ThingRound, Approve); all || !slices.Equal(ids, []CollectionID{2, 9}) {
		t.Errorf("Collections(approve) = %v, %v", all, ids)
	}
	if all, ids := p.Collections(a, ThingUser, Write); all || len(ids) != 0 {
		t.Errorf("Collections(user write) = %v, %v", all, ids)
	}
	if all, _ := p.Collections(Actor{UserID: 1, Grants: []Grant{{Auditor, 0}}}, ThingHistory, ReadAll); !all {
		t.Error("an auditor everywhere does not read all")
	}
}

func TestHistoryFilter(t *testing.T) {
	p := testPolicy(t)
	for name, c := range map[string]struct {
		grants []Grant
		want   history.Filter
		kind   fault.Kind
	}{
		"an auditor everywhere": {[]Grant{{Auditor, 0}}, history.Filter{Viewer: history.Viewer{UserID: 7,
			ReadAll: true, ReadAllIn: []int64{}}}, ""},
		"an auditor of one": {[]Grant{{Auditor, 3}}, history.Filter{Within: []int64{3},
			Viewer: history.Viewer{UserID: 7, ReadAllIn: []int64{3}}}, ""},
		"a reviewer everywhere": {[]Grant{{Reviewer, 0}}, history.Filter{Viewer: history.Viewer{UserID: 7,
			ReadAllIn: []int64{}}}, ""},
		"a reviewer and editor": {[]Grant{{Reviewer, 2}, {Editor, 1}}, history.Filter{Within: []int64{1, 2},
			Viewer: history.Viewer{UserID: 7, ReadAllIn: []int64{}}}, ""},
		"an admin reads none":      {[]Grant{{Admin, 0}}, history.Filter{}, fault.Forbidden},
		"nor does who has no role": {nil, history.Filter{}, fault.Forbidden},
		"an auditor of one and admin": {[]Grant{{Admin, 0}, {Auditor, 3}}, history.Filter{Within: []int64{3},
			Viewer: history.Viewer{UserID: 7, ReadAllIn: []int64{3}}}, ""},
	} {
		got, err := p.HistoryFilter(Actor{UserID: 7, Grants: c.grants})
		if fault.KindOf(err) != c.kind || !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %+v, %v; want %+v", name, got, err, c.want)
		}
	}
	if _, err := p.HistoryFilter(Actor{}); fault.KindOf(err) != fault.Unauthenticated {
		t.Errorf("nobody: %v", err)
	}
}

// TestLoadPolicyRefuses is a table of mistakes that casbin itself loads in silence.
func TestLoadPolicyRefuses(t *testing.T) {
	for _, c := range []struct{ name, line, saying string }{
		{"unknown role", "p, role:boss, claim, read", `no role "role:boss"`},
		{"role without its prefix", "p, reviewer, claim, read", `no role "reviewer"`},
		{"unknown thing", "p, role:editor, clam, read", `no thing "clam"`},
		{"unknown action", "p, role:editor, claim, reed", `no action "reed" on "claim"`},
		{"action of another thing", "p, role:editor, claim, approve", `no action "approve" on "claim"`},
		{"too short", "p, role:editor, claim", "a line reads"},
		{"too long", "p, role:editor, claim, read, deny", "a line reads"},
		{"unknown parent", "g, role:editor, role:boss", `no role "role:boss"`},
		{"unknown sort of line", "p2, role:editor, claim, read", "a line reads"},
		{"a broken quotation", `p, role:editor, "claim, read`, "quote"},
	} {
		_, err := loadPolicy(policies.Model, "# comment\n\np, role:admin, user, write\n"+c.line+"\n")
		if err == nil || !strings.Contains(err.Error(), "policies/policy.csv:4:") || !strings.Contains(err.Error(),
			c.saying) {
			t.Errorf("%s: %v, want line 4 and %q", c.name, err, c.saying)
		}
	}
	if _, err := loadPolicy(policies.Model, policies.Policy); err != nil {
		t.Error(err)
	}
}

// TestLoadPolicyRefusesALeakingModel: a model that forgets the collection must not load.
func TestLoadPolicyRefusesALeakingModel(t *testing.T) {
	leaking := strings.Replace(policies.Model, `(r.held == "*" || r.held == r.collection) && `, "", 1)
	if leaking == policies.Model {
		t.Fatal("the test no longer alters the model")
	}
	if _, err := loadPolicy(leaking, policies.Policy); err == nil || !strings.Contains(err.Error(), "outside it") {
		t.Errorf("a model without collections loads: %v", err)
	}
}

func BenchmarkMay(b *testing.B) {
	p := testPolicy(b)
	a := Actor{UserID: 1, Grants: []Grant{{Reviewer, 1}, {Reviewer, 2}, {Editor, 3}}}
	for b.Loop() {
		if _, err := p.May(a, ThingRound, Approve, 3); err != nil {
			b.Fatal(err)
		}
	}
}
