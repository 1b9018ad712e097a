// Package fetchtest makes clients for tests: they dial loopback, and nothing else.
package fetchtest

import (
	"context"
	"net"
	"net/netip"
	"time"

	"code.dny.dev/ssrf"
	"golang.org/x/net/dns/dnsmessage"

	"claimbench/internal/fetch"
)

// Loopback are options of a client that asks 127.0.0.1 at these ports, does not wait between two visits, and gives up
// after ten seconds.
func Loopback(ports ...uint16) fetch.Options {
	return fetch.Options{Version: "test", Ports: ports, Between: time.Nanosecond, Time: 10 * time.Second,
		Guard: ssrf.New(ssrf.WithPorts(ports...), ssrf.WithAllowedV4Prefixes(netip.MustParsePrefix("127.0.0.1/32")),
			ssrf.WithDeniedV4Prefixes(netip.MustParsePrefix("0.0.0.0/0")),
			ssrf.WithDeniedV6Prefixes(netip.MustParsePrefix("::/0"))).Safe}
}

// Home are options of a client of the program's own guard, for which every name leads to 127.0.0.1; stop ends who says
// so.
func Home() (o fetch.Options, stop func(), err error) {
	conn, err := net.ListenPacket("udp4", "127.0.0.1:0")
	if err != nil {
		return o, nil, err
	}
	go func() {
		buf := make([]byte, 1500)
		for {
			n, from, err := conn.ReadFrom(buf)
			if err != nil {
				return
			}
			if answer := home(buf[:n]); answer != nil {
				_, _ = conn.WriteTo(answer, from)
			}
		}
	}()
	resolver := &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "udp4", conn.LocalAddr().String())
	}}
	return fetch.Options{Version: "test", Between: time.Nanosecond, Time: 10 * time.Second, Resolver: resolver},
		func() { _ = conn.Close() }, nil
}

// home answers a question for a name with 127.0.0.1.
func home(asked []byte) []byte {
	var m dnsmessage.Message
	if m.Unpack(asked) != nil || len(m.Questions) != 1 {
		return nil
	}
	q := m.Questions[0]
	m.Response, m.Authoritative, m.Additionals = true, true, nil
	if q.Type == dnsmessage.TypeA {
		m.Answers = []dnsmessage.Resource{{Header: dnsmessage.ResourceHeader{Name: q.Name, Type: q.Type,
			Class: q.Class},
			Body: &dnsmessage.AResource{A: [4]byte{127, 0, 0, 1}}}}
	}
	out, err := m.Pack()
	if err != nil {
		return nil
	}
	return out
}
