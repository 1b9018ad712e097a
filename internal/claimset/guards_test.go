package claimset_test

import (
	"strings"
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/claimset"
	"claimbench/internal/fault"
)

// Each guard in each state: the states that it lets through.
func TestGuards(t *testing.T) {
	t.Parallel()
	approved := []claims.Claim{{ID: 42, State: claims.Approved}}
	for name, g := range map[string]struct {
		guard func(claimset.Set) error
		lets  string
	}{
		"Buildable": {claimset.Buildable, "draft"},
		"Freezable": {func(s claimset.Set) error { return claimset.Freezable(s, approved) },
			"draft"},
		"Exportable":                    {claimset.Exportable, "frozen superseded"},
		"Correctable":                   {func(s claimset.Set) error { return claimset.Correctable(s, 0) }, "frozen"},
		"Correctable, a draft is there": {func(s claimset.Set) error { return claimset.Correctable(s, 1) }, ""},
		"Freezable, empty":              {func(s claimset.Set) error { return claimset.Freezable(s, nil) }, ""},
		"Freezable, withheld": {func(s claimset.Set) error {
			return claimset.Freezable(s, []claims.Claim{{State: claims.Approved, Withheld: true}})
		}, ""},
	} {
		var lets []string
		for _, state := range claimset.States.Names() {
			err := g.guard(claimset.Set{Title: "Spring", N: 1, State: state})
			if err == nil {
				lets = append(lets, string(state))
			} else if f, ok := fault.As(err); !ok || f.Kind == fault.Internal || !strings.HasSuffix(f.Msg, ".") {
				t.Errorf("%s, %s: %v", name, state, err)
			}
		}
		if got := strings.Join(lets, " "); got != g.lets {
			t.Errorf("%s lets %q through, want %q", name, got, g.lets)
		}
	}
	for _, state := range claims.States.Names() {
		c := claims.Claim{ID: 42, State: state, CollectionID: 1}
		if got := claimset.Takes(claimset.Set{CollectionID: 1}, c) == nil; got != (state == claims.Approved) {
			t.Errorf("Takes, %s: %v", state, got)
		}
		if claimset.Takes(claimset.Set{CollectionID: 2}, c) == nil {
			t.Errorf("Takes a claim of another collection, %s", state)
		}
		if got := claimset.Freezable(claimset.Set{State: claimset.Draft}, []claims.Claim{c}) == nil; got !=
			(state == claims.Approved) {
			t.Errorf("Freezable, %s: %v", state, got)
		}
	}
}

func TestArticleGuards(t *testing.T) {
	t.Parallel()
	newest := articles.RevisionID(5)
	for _, x := range []struct {
		state    articles.State
		revision *articles.RevisionID
		lets     string
	}{
		{articles.Live, &newest, "revise take_down claim extract"},
		{articles.Live, nil, "revise take_down extract"},
		{articles.TakenDown, &newest, ""},
	} {
		a := articles.Article{State: x.state, RevisionID: x.revision}
		var lets []string
		for _, g := range []struct {
			name string
			err  error
		}{{"revise", articles.Revisable(a)}, {"take_down", articles.Withholdable(a)},
			{"claim", articles.Claimable(a, newest)}, {"extract", articles.Extractable(a)}} {
			if g.err == nil {
				lets = append(lets, g.name)
			} else if fault.KindOf(g.err) != fault.Conflict {
				t.Errorf("%s: %v", g.name, g.err)
			}
		}
		if got := strings.Join(lets, " "); got != x.lets {
			t.Errorf("%s lets %q, want %q", x.state, got, x.lets)
		}
	}
}
