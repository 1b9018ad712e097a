package httpd

import (
	"net"
	"net/http"
	"net/netip"
	"strings"
)

// maxHops is how many entries of the headers are looked at, from the right.
const maxHops = 32

// clientAddress is where a request truly comes from: the peer, or, where the peer is a proxy that we trust, the address
// that it saw, and so on from right to left over trusted proxies only. What stands further left is whatever a client
// writes, and is not believed. A proxy maintains one of X-Forwarded-For and Forwarded and passes the other on as it
// came: where both are there and disagree, the nearest address that is sure is taken.
func clientAddress(trusted []netip.Prefix) func(*http.Request) string {
	return func(r *http.Request) string {
		peer, err := parseHop(r.RemoteAddr)
		if err != nil {
			return r.RemoteAddr
		}
		if !trusts(trusted, peer) {
			return peer.String()
		}
		x := hops(r.Header.Values("X-Forwarded-For"), ',')
		f := hops(r.Header.Values("Forwarded"), ',')
		for i := range f {
			f[i] = forOf(f[i])
		}
		byX, byF := walk(trusted, peer, x), walk(trusted, peer, f)
		switch {
		case len(f) == 0 || byX == byF:
			return byX.String()
		case len(x) == 0:
			return byF.String()
		}
		return peer.String()
	}
}

// walk goes from right to left until an address is not of a trusted proxy, or is none.
func walk(trusted []netip.Prefix, peer netip.Addr, entries []string) netip.Addr {
	at := peer
	for i := len(entries) - 1; i >= 0 && trusts(trusted, at); i-- {
		next, err := parseHop(entries[i])
		if err != nil {
			break
		}
		at = next
	}
	return at
}

func trusts(trusted []netip.Prefix, a netip.Addr) bool {
	for _, p := range trusted {
		if p.Contains(a) {
			return true
		}
	}
	return false
}

// parseHop reads an address with or without its port and brackets; IPv4 written as IPv6 is IPv4.
func parseHop(s string) (netip.Addr, error) {
	s = strings.TrimSpace(s)
	if host, _, err := net.SplitHostPort(s); err == nil {
		s = host
	}
	a, err := netip.ParseAddr(strings.TrimSuffix(strings.TrimPrefix(s, "["), "]"))
	return a.WithZone("").Unmap(), err
}

// hops splits header lines at a separator outside quotation marks, and keeps the last entries.
func hops(lines []string, sep byte) []string {
	out := split(strings.Join(lines, string(sep)), sep)
	if len(out) == 1 && strings.TrimSpace(out[0]) == "" {
		return nil
	}
	return out[max(0, len(out)-maxHops):]
}

func split(s string, sep byte) []string {
	var out []string
	quoted, from := false, 0
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '"':
			quoted = !quoted
		case s[i] == '\\' && quoted:
			i++
		case s[i] == sep && !quoted:
			out = append(out, s[from:i])
			from = i + 1
		}
	}
	return append(out, s[from:])
}

// forOf is the “for” of one entry of Forwarded (RFC 7239), "" when it has none.
func forOf(entry string) string {
	for _, pair := range split(entry, ';') {
		name, value, ok := strings.Cut(strings.TrimSpace(pair), "=")
		if ok && strings.EqualFold(name, "for") {
			return strings.Trim(value, `"`)
		}
	}
	return ""
}
