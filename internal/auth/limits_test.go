package auth

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"claimbench/internal/fault"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

func noSleep(context.Context, time.Duration) error { return nil }

// naps is a clock that a sleep moves, and that remembers how long was slept.
type naps struct {
	mu   sync.Mutex
	all  []time.Duration
	pass func(time.Duration)
}

func (n *naps) sleep(_ context.Context, d time.Duration) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.all = append(n.all, d)
	if n.pass != nil {
		n.pass(d)
	}
	return nil
}

func (n *naps) last() time.Duration {
	n.mu.Lock()
	defer n.mu.Unlock()
	if len(n.all) == 0 {
		return 0
	}
	return n.all[len(n.all)-1]
}

func (n *naps) clear() { n.mu.Lock(); n.all = nil; n.mu.Unlock() }

func sleepyHouse(t *testing.T, db *store.DB) (*house, *naps) {
	n := &naps{}
	h := newHouse(t, db, Options{Sleep: n.sleep})
	n.pass = h.pass
	return h, n
}

// TestTriesWait: after five wrong tries the next ones wait, longer and longer up to a bound; the right password waits
// and is taken, and after it everything starts anew.
func TestTriesWait(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h, naps := sleepyHouse(t, db)
		h.person("mina")
		wrong := Try{Name: "mina", Password: "wrong", Address: "10.0.0.1"}
		right := Try{Name: "mina", Password: goodPassword, Address: "10.0.0.1"}
		var waits []time.Duration
		for range 11 {
			naps.clear()
			_, err := h.s.SignIn(ctx(), wrong)
			h.wantKind("a wrong try", err, fault.Unauthenticated)
			waits = append(waits, naps.last())
		}
		if got := fmt.Sprint(waits); got != "[0s 0s 0s 0s 0s 1s 2s 4s 8s 15s 15s]" {
			t.Errorf("wrong tries waited %s", got)
		}
		naps.clear()
		if _, err := h.s.SignIn(ctx(), right); err != nil || naps.last() != 15*time.Second {
			t.Errorf("the right password after %s: %v", naps.last(), err)
		}
		naps.clear()
		_, err := h.s.SignIn(ctx(), wrong)
		if h.wantKind("after it", err, fault.Unauthenticated); naps.last() != 0 {
			t.Errorf("after the right password a try waits %s", naps.last())
		}
	})
}

// TestTriesAtOnce: who does not wait is refused, with the time to come again, and is not counted.
func TestTriesAtOnce(t *testing.T) {
	h := newHouse(t, storetest.SQLite(t), Options{Sleep: noSleep}) // time stands still
	h.person("mina")
	var kinds []fault.Kind
	var last error
	for range 12 {
		_, last = h.s.SignIn(ctx(), Try{Name: "mina", Password: "wrong", Address: "10.0.0.1"})
		kinds = append(kinds, fault.KindOf(last))
	}
	if kinds[8] != fault.Unauthenticated || kinds[9] != fault.Limited || kinds[11] != fault.Limited {
		t.Errorf("tries at once: %v", kinds)
	}
	f, _ := fault.As(last)
	if wait, ok := f.Detail.(RetryAfter); !ok || wait.Seconds() < 21 || wait.Seconds() > 40 {
		t.Errorf("Retry-After %v", f.Detail)
	}
	h.pass(30 * time.Second)
	if _, err := h.s.SignIn(ctx(), Try{Name: "mina", Password: goodPassword, Address: "10.0.0.1"}); err != nil {
		t.Errorf("after waiting: %v", err)
	}
}

// TestStrangersLockNobodyOut: wrong tries on a name from elsewhere delay its owner a little at most, and not at all in
// a browser that knows them.
func TestStrangersLockNobodyOut(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h, naps := sleepyHouse(t, db)
		h.person("mina")
		home, err := h.s.SignIn(ctx(), Try{Name: "mina", Password: goodPassword, Address: "10.0.0.1"})
		if err != nil || home.Device == "" {
			t.Fatalf("SignIn = %+v, %v", home, err)
		}
		attack := func(n int) {
			for i := range n {
				_, err := h.s.SignIn(ctx(), Try{Name: "mina", Password: "wrong",
					Address: fmt.Sprintf("198.51.100.%d", i)})
				h.wantKind("an attacker", err, fault.Unauthenticated)
			}
		}
		attack(5)
		naps.clear()
		if _, err := h.s.SignIn(ctx(), Try{Name: "mina", Password: goodPassword, Address: "10.0.0.1"}); err != nil ||
			naps.last() != 0 {
			t.Errorf("after five wrong tries from elsewhere the owner waits %s: %v", naps.last(), err)
		}
		attack(60)
		naps.clear()
		if _, err := h.s.SignIn(ctx(), Try{Name: "mina", Password: goodPassword, Address: "10.0.0.9"}); err != nil ||
			naps.last() != oneName.most {
			t.Errorf("under attack, in a strange browser, the owner waits %s: %v", naps.last(), err)
		}
		naps.clear()
		again, err := h.s.SignIn(ctx(), Try{Name: "mina", Password: goodPassword, Address: "10.0.0.9",
			Device: home.Device})
		if err != nil || naps.last() != 0 || again.Device != home.Device {
			t.Errorf("under attack, in a known browser, the owner waits %s: %v", naps.last(), err)
		}
	})
}

// TestDevices: a browser is known to one person, for as long as they use it, and no more than twenty are.
func TestDevices(t *testing.T) {
	h, naps := sleepyHouse(t, storetest.SQLite(t))
	mina := h.person("mina")
	h.person("zora")
	in := func(name, device string) Session {
		t.Helper()
		s, err := h.s.SignIn(ctx(), Try{Name: name, Password: goodPassword, Device: device})
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	first := in("mina", "")
	if other := in("zora", first.Device); other.Device == first.Device {
		t.Error("another person's browser is taken for one's own")
	}
	for range 6 { // its own limit
		_, _ = h.s.SignIn(ctx(), Try{Name: "mina", Password: "wrong", Device: first.Device})
	}
	naps.clear()
	if in("mina", first.Device); naps.last() == 0 {
		t.Error("a known browser may try without end")
	}
	h.pass(DeviceLife - time.Hour)
	if s := in("mina", first.Device); s.Device != first.Device {
		t.Error("forgotten too early")
	}
	h.pass(DeviceLife - time.Hour)
	if s := in("mina", first.Device); s.Device != first.Device {
		t.Error("a browser in use is forgotten")
	}
	h.pass(DeviceLife + time.Hour)
	late := in("mina", first.Device)
	if late.Device == first.Device {
		t.Error("known for ever")
	}
	for range maxDevices {
		h.pass(time.Second)
		in("mina", "")
	}
	if s := in("mina", late.Device); s.Device == late.Device {
		t.Errorf("more than %d browsers are known", maxDevices)
	}
	kept := in("mina", "")
	if err := h.s.EndSessions(ctx(), h.admin, mina.ID); err != nil {
		t.Fatal(err)
	}
	if s := in("mina", kept.Device); s.Device == kept.Device {
		t.Error("ending all sessions leaves the browsers known")
	}
}

// TestManyBehindOneProxy: twenty people who share an address sign in at once, some after a slip, and nobody waits.
func TestManyBehindOneProxy(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h, naps := sleepyHouse(t, db)
		for i := range 20 {
			h.person(fmt.Sprintf("person-%d", i))
		}
		var wg sync.WaitGroup
		for i := range 20 {
			wg.Go(func() {
				try := Try{Name: fmt.Sprintf("person-%d", i), Password: "a slip", Address: "192.0.2.7"}
				for range i % 4 {
					_, err := h.s.SignIn(ctx(), try)
					h.wantKind("a slip", err, fault.Unauthenticated)
				}
				try.Password = goodPassword
				if _, err := h.s.SignIn(ctx(), try); err != nil {
					t.Errorf("%s: %v", try.Name, err)
				}
			})
		}
		wg.Wait()
		if naps.last() != 0 {
			t.Errorf("somebody waited %s", naps.last())
		}
	})
}

// TestOneAddressSprays: an address that tries many names waits, whichever name it tries.
func TestOneAddressSprays(t *testing.T) {
	h, naps := sleepyHouse(t, storetest.SQLite(t))
	for i := range 120 {
		_, _ = h.s.SignIn(ctx(), Try{Name: fmt.Sprintf("name-%d", i), Password: "Summer2026",
			Address: fmt.Sprintf("2001:db8:1:2:%x::1", i)})
	}
	if naps.last() != oneAddress.most {
		t.Errorf("the hundred and twentieth name from one /64 waits %s", naps.last())
	}
	naps.clear()
	_, _ = h.s.SignIn(ctx(), Try{Name: "name-121", Password: "Summer2026", Address: "2001:db8:1:3::1"})
	if naps.last() != 0 {
		t.Errorf("the neighbouring /64 waits %s", naps.last())
	}
}

// TestServersShareLimits: what is tried at one server counts at the other.
func TestServersShareLimits(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h, naps := sleepyHouse(t, db)
		h.person("mina")
		other := New(db, testPolicy(t), Options{Hash: cheap(), Sleep: naps.sleep})
		for i, s := range []*Service{h.s, other, h.s, other, h.s, other, h.s} {
			naps.clear()
			_, err := s.SignIn(ctx(), Try{Name: "mina", Password: "wrong", Address: "10.0.0.1"})
			h.wantKind("a try", err, fault.Unauthenticated)
			if waited := naps.last() > 0; waited != (i >= 5) {
				t.Errorf("try %d waited %s", i+1, naps.last())
			}
		}
	})
}

// TestFirstTriesAreAllCounted: on PostgreSQL tries at once each see the row that another makes.
func TestFirstTriesAreAllCounted(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := newHouse(t, db, Options{Sleep: noSleep})
		key := count(limit{free: 100}, true, "race")
		var wg sync.WaitGroup
		for range 12 {
			wg.Go(func() {
				if _, err := h.s.take(ctx(), key, count(limit{free: 100}, true, "race 2")); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		var row tryRow
		if err := db.Read(ctx(), func(rx *store.Rx) error {
			return store.Take(rx.Gorm(), &row, "row", "key = ?", key.key)
		}); err != nil || row.Failures != 12 {
			t.Errorf("%d of 12 tries are counted: %v", row.Failures, err)
		}
	})
}

// TestTriesAreBounded: rows are swept when they start anew anyhow, and above the bound the oldest go.
func TestTriesAreBounded(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		const keep = 500
		h := newHouse(t, db, Options{Sleep: noSleep})
		rows := func() (n int64) {
			t.Helper()
			if err := db.Read(ctx(), func(rx *store.Rx) error {
				return rx.Gorm().Model(&tryRow{}).Count(&n).Error
			}); err != nil {
				t.Fatal(err)
			}
			return n
		}
		if err := db.Write(ctx(), func(tx *store.Tx) error {
			all := make([]tryRow, 0, keep+300)
			for i := range cap(all) {
				all = append(all, tryRow{Key: count(oneName, true, "name", fmt.Sprint(i)).key, Failures: 1,
					SeenAt: tx.Now() - store.Micros(cap(all)-i)})
			}
			return tx.Gorm().CreateInBatches(all, 500).Error
		}); err != nil {
			t.Fatal(err)
		}
		sweep := func() {
			t.Helper()
			if err := db.Write(ctx(), func(tx *store.Tx) error { return sweepTries(tx, keep) }); err != nil {
				t.Fatal(err)
			}
		}
		if sweep(); rows() > keep {
			t.Errorf("%d rows are kept", rows())
		}
		was := rows()
		h.pass(triesAfter + time.Second)
		for i := range sweepEvery { // sweeping is part of counting
			_, _ = h.s.SignIn(ctx(), Try{Name: fmt.Sprintf("n%d", i), Password: "x"})
		}
		if now := rows(); now > 3*sweepEvery {
			t.Errorf("%d rows of %d are left", now, was)
		}
	})
}

func TestNetwork(t *testing.T) {
	for in, want := range map[string]string{
		"192.0.2.7": "192.0.2.7", "::ffff:192.0.2.7": "192.0.2.7", "2001:db8::1": "2001:db8::/64",
		"2001:db8:0:0:ffff::1": "2001:db8::/64", "2001:db8:0:1::1": "2001:db8:0:1::/64", "fe80::1%eth0": "fe80::/64",
		"": "", "@": "@",
	} {
		if got := network(in); got != want {
			t.Errorf("network(%q) = %q, want %q", in, got, want)
		}
	}
}
