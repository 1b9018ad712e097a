package httpd

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"net/netip"
	"sync"
	"time"
)

// Bounds of what comes to the public form: so many from one address at once, then one each askEach.
const (
	askBurst = 10
	askEach  = time.Minute
	// mostAskers is how many addresses are remembered at once; the one heard of longest ago is forgotten first.
	mostAskers = 20_000
)

// askers counts who sends requests, in the memory of this server only, under a key that ends with it: an address is
// written nowhere, and forgotten once it may send again as if it had never sent.
type askers struct {
	readers, guessers bucket
	clock             func() time.Time // nil: time.Now; status lists are bounded by it too

	mu    sync.Mutex
	key   []byte
	spent map[[sha256.Size]byte]time.Time // when all that was sent from there is forgiven
	swept time.Time
}

func (a *askers) now() time.Time {
	if a.clock != nil {
		return a.clock()
	}
	return time.Now()
}

// send lets one request come from an address, or says how long to wait.
func (a *askers) send(address string) time.Duration {
	a.mu.Lock()
	defer a.mu.Unlock()
	now := a.now()
	if a.spent == nil {
		a.key, a.spent = make([]byte, sha256.Size), map[[sha256.Size]byte]time.Time{}
		_, _ = rand.Read(a.key) // it never fails
	}
	a.sweep(now)
	who := a.whoIs(address)
	forgiven := a.spent[who]
	if forgiven.Before(now) {
		forgiven = now
	}
	if wait := forgiven.Add(askEach).Sub(now) - askBurst*askEach; wait > 0 {
		return wait
	}
	a.spent[who] = forgiven.Add(askEach)
	return 0
}

// whoIs hides an address. One of IPv6 stands for all that its holder has: the first 64 bits.
func (a *askers) whoIs(address string) (out [sha256.Size]byte) {
	if ip, err := netip.ParseAddr(address); err == nil {
		if ip = ip.Unmap().WithZone(""); ip.Is6() {
			if p, err := ip.Prefix(64); err == nil {
				ip = p.Addr()
			}
		}
		address = ip.String()
	}
	h := hmac.New(sha256.New, a.key)
	_, _ = h.Write([]byte(address)) // it takes everything
	copy(out[:], h.Sum(nil))
	return out
}

// sweep forgets who is forgiven, each minute, or when there is no room; then whoever is forgiven first.
func (a *askers) sweep(now time.Time) {
	if now.Sub(a.swept) < askEach && len(a.spent) < mostAskers {
		return
	}
	a.swept = now
	var first [sha256.Size]byte
	var at time.Time
	for who, forgiven := range a.spent {
		if !forgiven.After(now) {
			delete(a.spent, who)
		} else if at.IsZero() || forgiven.Before(at) {
			first, at = who, forgiven
		}
	}
	if len(a.spent) >= mostAskers {
		delete(a.spent, first)
	}
}
