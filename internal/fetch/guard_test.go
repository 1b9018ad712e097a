package fetch_test

import (
	"context"
	"net"
	"net/netip"
	"strings"
	"testing"

	"claimbench/internal/fault"
	"claimbench/internal/fetch"
)

// special are numbers that are never dialled. The tests call the guard with them; none is dialled.
var special = []string{
	"0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.127.255.254", "127.0.0.1", "127.8.8.8",
	"169.254.169.254", "169.254.0.1", "172.16.0.1", "172.31.255.255", "192.0.0.1", "192.0.0.170", "192.0.2.1",
	"192.88.99.1", "192.168.0.1", "192.168.255.255", "198.18.0.1", "198.19.255.255", "198.51.100.1", "203.0.113.1",
	"224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255",
	"::", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:8.8.8.8", "64:ff9b::7f00:1", "64:ff9b:1::1", "100::1",
	"2001::1", "2001:db8::1", "2002:7f00:1::", "3fff::1", "5f00::1", "fc00::1", "fd00:ec2::254", "fe80::1", "fec0::1",
	"ff02::1",
}

func network(n netip.Addr) string {
	if n.Is4() {
		return "tcp4"
	}
	return "tcp6"
}

// TestGuard: no special number is dialled, at no port, and public ones are at two ports only.
func TestGuard(t *testing.T) {
	t.Parallel()
	guard := fetch.UsualGuard()
	if len(special) < 40 {
		t.Fatalf("%d numbers", len(special))
	}
	for _, s := range special {
		n := netip.MustParseAddr(s)
		for _, port := range []string{"80", "443"} {
			if err := guard(network(n), net.JoinHostPort(s, port), nil); err == nil {
				t.Errorf("%s at %s is let through", s, port)
			}
		}
	}
	for _, s := range []string{"8.8.8.8", "2606:4700::1111"} {
		n := netip.MustParseAddr(s)
		for port, want := range map[string]bool{"80": true, "443": true, "22": false, "8080": false, "0": false} {
			if err := guard(network(n), net.JoinHostPort(s, port), nil); (err == nil) != want {
				t.Errorf("%s at %s: %v", s, port, err)
			}
		}
		if err := guard("udp4", net.JoinHostPort(s, "443"), nil); err == nil {
			t.Errorf("%s by udp is let through", s)
		}
	}
}

// TestNoAddress: what is no address to be asked for is refused before anything is looked up, with words.
func TestNoAddress(t *testing.T) {
	t.Parallel()
	c := fetch.New(fetch.Options{Resolver: &net.Resolver{PreferGo: true, Dial: func(context.Context, string,
		string) (net.Conn, error) {
		t.Error("a name is looked up")
		return nil, net.ErrClosed
	}}})
	bad := map[string]string{
		"": "web address", "paper": "web address", "ftp://site.example/x": "https and http",
		"file:///etc/passwd":  "web address",
		"javascript:alert(1)": "web address", "https://user:secret@site.example/": "user name",
		"https://user@site.example/": "user name", "http://site.example:22/": "port 22",
		"http://site.example:8080/": "port 8080", "http://site.example:0x50/": "web address",
		"http://site.example:080/": "port 080", "http://[fe80::1%25eth0]/": "no name", "http:///x": "web address",
		"http://a..b/": "no name", "http://2130706433/": "no name",
		"http://0x7f.1/": "no name", "http://0177.0.0.01/": "no name",
		"https://site.example/" + strings.Repeat("x", 2000): "bytes",
	}
	for _, s := range special {
		if strings.Contains(s, ":") {
			s = "[" + s + "]"
		}
		bad["http://"+s+"/"] = "not public"
		bad["https://"+s+"/x"] = "not public"
	}
	for address, words := range bad {
		_, err := c.Get(t.Context(), fetch.Ask{Address: address, Contact: "x@x.example"})
		if fault.KindOf(err) != fault.Invalid || !strings.Contains(fault.Message(err), words) {
			t.Errorf("%.80s: %v, want %q", address, err, words)
		}
		if strings.Contains(fault.Message(err), "secret") {
			t.Errorf("%s: the message repeats the password: %v", address, err)
		}
	}
}

func TestSites(t *testing.T) {
	for host, want := range map[string]string{"a.b.news.example": "news.example", "www.bbc.co.uk": "bbc.co.uk",
		"co.uk": "co.uk", "127.0.0.1": "127.0.0.1", "2001:db8::1": "2001:db8::1", "localhost": "localhost"} {
		if got := fetch.SiteOf(host); got != want {
			t.Errorf("%s: %s, want %s", host, got, want)
		}
	}
}
