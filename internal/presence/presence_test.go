package presence

import (
	"fmt"
	"slices"
	"sync"
	"testing"

	"claimbench/internal/auth"
	"claimbench/internal/store"
)

const second = store.Micros(1_000_000)

func at(who auth.UserID, window, object string) Sign {
	return Sign{Who: who, Window: window, Object: object, Place: object + " candidate"}
}

func want(t *testing.T, what string, got Seen, since store.Micros, others ...auth.UserID) {
	t.Helper()
	if !slices.Equal(got.Others, others) || got.Since != since {
		t.Errorf("%s: %v since %d, want %v since %d", what, got.Others, got.Since, others, since)
	}
}

// TestOthersAreSeenWhileTheySaySo: people see each other at one object; a sign holds so long and no longer, and a
// window that goes on leaves.
func TestOthersAreSeenWhileTheySaySo(t *testing.T) {
	t.Parallel()
	var r Room
	now := 1000 * second
	want(t, "the first", r.Sign(now, at(1, "a", "claim:1")), 0)
	want(t, "the second", r.Sign(now, at(2, "b", "claim:1")), 0, 1)
	want(t, "the first again", r.Sign(now+second, at(1, "a", "claim:1")), 0, 2)
	want(t, "elsewhere", r.Sign(now+second, at(3, "c", "claim:2")), 0)
	want(t, "just before its end", r.Sign(now+Lasts-1, at(3, "c", "claim:1")), 0, 1, 2)
	want(t, "at its end", r.Sign(now+Lasts, at(3, "c", "claim:1")), 0, 1)
	want(t, "who comes back", r.Sign(now+Lasts, at(2, "b", "claim:1")), 0, 1, 3)
	r.Sign(now+Lasts, at(3, "c", "claim:7"))
	want(t, "who went on", r.Sign(now+Lasts, at(2, "b", "claim:1")), 0, 1)
	want(t, "another state", r.Sign(now+Lasts, Sign{Who: 2, Window: "b", Object: "claim:1",
		Place: "claim:1 decided"}), 0)
	want(t, "who stayed in the old state", r.Sign(now+Lasts, at(1, "a", "claim:1")), 0)
	// a clock that goes back a long way keeps nobody for longer
	want(t, "long before", r.Sign(second, at(4, "d", "claim:1")), 0)
}

// TestWithoutAPlace: nobody sees who is at an open claim, and who is there sees nobody; their own windows they see.
func TestWithoutAPlace(t *testing.T) {
	t.Parallel()
	var r Room
	open := func(who auth.UserID, window string) Sign { return Sign{Who: who, Window: window, Object: "claim:1"} }
	r.Sign(second, at(1, "a", "claim:1"))
	want(t, "alone", r.Sign(2*second, open(2, "b")), 0)
	r.Sign(3*second, open(3, "c"))
	want(t, "with another", r.Sign(4*second, open(2, "b")), 0)
	want(t, "another window", r.Sign(5*second, open(2, "b2")), 2*second)
	want(t, "and back", r.Sign(6*second, open(2, "b")), 5*second)
	// what was seen before is gone from the place
	r.Sign(7*second, open(1, "a"))
	want(t, "a candidate again", r.Sign(8*second, at(4, "d", "claim:1")), 0)
}

// TestBounds: beyond each bound somebody is not seen; nothing grows, and what is over is forgotten.
func TestBounds(t *testing.T) {
	t.Parallel()
	var r Room
	for i := range auth.UserID(MostAt + 20) {
		r.Sign(second, at(i+1, "w", "claim:1"))
	}
	if got := r.Sign(second, at(9999, "w", "claim:1")); len(got.Others) != MostAt {
		t.Errorf("%d people are seen at one place", len(got.Others))
	}
	if got := r.Sign(second, at(1, "w", "claim:1")); len(got.Others) != MostAt-1 {
		t.Errorf("one of them sees %d others", len(got.Others))
	}
	for i := range 200 {
		r.Sign(second+store.Micros(i), at(1, fmt.Sprint(i), fmt.Sprint("claim:", i)))
	}
	if n := len(r.people[1]); n != MostWindows {
		t.Errorf("%d windows of one person are kept", n)
	}
	for i := range auth.UserID(MostPeople + 500) {
		r.Sign(2*second, Sign{Who: i + 1, Window: "w", Object: "claim:2"})
	}
	if len(r.people) > MostPeople {
		t.Errorf("%d people are kept", len(r.people))
	}
	r.Sign(2*second+2*Lasts, at(1, "w", "claim:3"))
	if len(r.people) != 1 || len(r.places) != 1 || len(r.people[1]) != 1 {
		t.Errorf("when all is over %d people and %d places are kept", len(r.people), len(r.places))
	}
}

// TestManyAtOnce: signs of many windows at once leave the same as one after another.
func TestManyAtOnce(t *testing.T) {
	t.Parallel()
	var r Room
	var all sync.WaitGroup
	for i := range 40 {
		all.Go(func() {
			for range 50 {
				r.Sign(second, at(auth.UserID(i%20+1), fmt.Sprint(i), "claim:1"))
			}
		})
	}
	all.Wait()
	if got := r.Sign(second, at(99, "w", "claim:1")); len(got.Others) != 20 {
		t.Errorf("%d of 20 are seen", len(got.Others))
	}
}
