// Package fetchtest makes clients for tests: they dial loopback, and nothing else.
package fetchtest

import (
	"net/netip"
	"time"

	"code.dny.dev/ssrf"

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
