package httpd

import (
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
)

func TestClientAddress(t *testing.T) {
	t.Parallel()
	proxies := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("2001:db8:ffff::/48"),
		netip.MustParsePrefix("127.0.0.1/32")}
	for _, c := range []struct {
		name, peer string
		x, f       []string
		want       string
	}{
		{"no proxy", "203.0.113.5:4711", nil, nil, "203.0.113.5"},
		{"a header from a stranger", "203.0.113.5:4711", []string{"198.51.100.1"}, []string{"for=198.51.100.1"},
			"203.0.113.5"},
		{"one proxy", "10.0.0.1:80", []string{"198.51.100.1"}, nil, "198.51.100.1"},
		{"what the client wrote", "10.0.0.1:80", []string{"1.2.3.4, 198.51.100.1"}, nil, "198.51.100.1"},
		{"in a line of its own", "10.0.0.1:80", []string{"1.2.3.4", "198.51.100.1"}, nil, "198.51.100.1"},
		{"two proxies", "10.0.0.1:80", []string{"1.2.3.4, 198.51.100.1, 10.0.0.2"}, nil, "198.51.100.1"},
		{"a trusted address in front of a stranger", "10.0.0.1:80", []string{"10.0.0.9, 198.51.100.1"}, nil,
			"198.51.100.1"},
		{"only proxies", "10.0.0.1:80", []string{"10.0.0.3, 10.0.0.2"}, nil, "10.0.0.3"},
		{"no header", "10.0.0.1:80", nil, nil, "10.0.0.1"},
		{"an empty header", "10.0.0.1:80", []string{""}, nil, "10.0.0.1"},
		{"nonsense", "10.0.0.1:80", []string{"198.51.100.1, nonsense"}, nil, "10.0.0.1"},
		{"nonsense behind a proxy", "10.0.0.1:80", []string{"nonsense, 10.0.0.2"}, nil, "10.0.0.2"},
		{"with a port", "10.0.0.1:80", []string{"198.51.100.1:55"}, nil, "198.51.100.1"},
		{"IPv6 with a port", "10.0.0.1:80", []string{"[2001:db8::7]:55"}, nil, "2001:db8::7"},
		{"IPv6 bare", "[2001:db8:ffff::1]:80", []string{"2001:db8::7"}, nil, "2001:db8::7"},
		{"IPv4 as IPv6", "[::ffff:10.0.0.1]:80", []string{"::ffff:198.51.100.1"}, nil, "198.51.100.1"},
		{"Forwarded", "10.0.0.1:80", nil, []string{"for=198.51.100.1;proto=https;by=10.0.0.1"}, "198.51.100.1"},
		{"Forwarded, quoted IPv6", "10.0.0.1:80", nil, []string{`For="[2001:db8::7]:4711"`}, "2001:db8::7"},
		{"Forwarded, two", "10.0.0.1:80", nil, []string{"for=1.2.3.4, for=198.51.100.1, for=10.0.0.2"}, "198.51.100.1"},
		{"Forwarded, hidden", "10.0.0.1:80", nil, []string{"for=1.2.3.4, for=_hidden"}, "10.0.0.1"},
		{"Forwarded, unknown", "10.0.0.1:80", nil, []string{"for=unknown"}, "10.0.0.1"},
		{"Forwarded, no for", "10.0.0.1:80", nil, []string{"for=1.2.3.4, proto=https"}, "10.0.0.1"},
		{"Forwarded, a comma in quotes", "10.0.0.1:80", nil, []string{`for="1.2.3.4, for=5.6.7.8", for=198.51.100.1`},
			"198.51.100.1"},
		{"both agree", "10.0.0.1:80", []string{"198.51.100.1"}, []string{"for=198.51.100.1"}, "198.51.100.1"},
		{"the client adds the other header", "10.0.0.1:80", []string{"198.51.100.1"}, []string{"for=1.2.3.4"},
			"10.0.0.1"},
		{"very many", "10.0.0.1:80", []string{strings.Repeat("1.2.3.4,", 5000) + "198.51.100.1"}, nil, "198.51.100.1"},
	} {
		r := httptest.NewRequest("GET", "/", nil)
		r.RemoteAddr = c.peer
		for _, v := range c.x {
			r.Header.Add("X-Forwarded-For", v)
		}
		for _, v := range c.f {
			r.Header.Add("Forwarded", v)
		}
		if got := clientAddress(proxies)(r); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
		if got := clientAddress(nil)(r); got != strings.Trim(mustHost(t, c.peer), "[]") {
			t.Errorf("%s, nobody trusted: %q", c.name, got)
		}
	}
}

func mustHost(t *testing.T, peer string) string {
	t.Helper()
	a, err := netip.ParseAddrPort(peer)
	if err != nil {
		t.Fatal(err)
	}
	return a.Addr().Unmap().String()
}

func FuzzClientAddress(f *testing.F) {
	f.Add("10.0.0.1:80", "1.2.3.4, 10.0.0.2", `for="[::1]:3";by=x, for=_a`)
	f.Add("", `"\`, `;;=,"`)
	proxies := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}
	f.Fuzz(func(t *testing.T, peer, x, fw string) {
		r := &http.Request{RemoteAddr: peer, Header: http.Header{"X-Forwarded-For": {x}, "Forwarded": {fw}}}
		got := clientAddress(proxies)(r)
		if p, err := parseHop(peer); err == nil {
			if _, err := netip.ParseAddr(got); err != nil {
				t.Fatalf("%q is no address", got)
			}
			if !trusts(proxies, p) && got != p.String() {
				t.Fatalf("a stranger at %s is taken for %s", p, got)
			}
		}
	})
}
