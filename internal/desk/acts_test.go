package desk

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/house"
)

var update = flag.Bool("update", false, "write the golden file anew")

// TestActs: what each role may do with a claim in each state. Look at testdata/acts.golden whenever it changes; -update
// writes it anew.
func TestActs(t *testing.T) {
	t.Parallel()
	policy, err := auth.LoadPolicy()
	if err != nil {
		t.Fatal(err)
	}
	d := New(&house.House{Policy: policy}, nil)
	var b strings.Builder
	for _, role := range auth.Roles.Names() {
		l := &look{Desk: d, actor: auth.Actor{UserID: 1, Grants: []auth.Grant{{Role: role}}}}
		for _, state := range claims.States.Names() {
			for _, asks := range []bool{false, true} {
				c := claims.Claim{ID: 1, State: state, CollectionID: 1}
				name := fmt.Sprintf("%s, %s", role, state)
				if asks {
					c.Standing, name = &claims.Standing{N: 1, Of: 2, Asks: true}, name+", passage moved"
				}
				acts := l.acts(c)
				fmt.Fprintf(&b, "%s: %v\n", name, acts)
				for _, r := range rules {
					if may := l.mustAct(r.act, c) == nil; may != acts.Has(r.act) {
						t.Errorf("%s: %s is offered: %v, and let through: %v", name, r.act, acts.Has(r.act), may)
					}
				}
			}
		}
	}
	const file = "testdata/acts.golden"
	if *update {
		if err := os.WriteFile(file, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil || string(want) != b.String() {
		t.Errorf("the acts changed (%v):\n%s", err, b.String())
	}
}
