package articles

import (
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"unicode"
)

// WebAddress reads the address of a page: http or https, the name or number of a host in any script, a port from 1 to
// 65535 or none. It is false for everything else.
func WebAddress(raw string) (*url.URL, bool) {
	u, err := url.Parse(raw)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Opaque != "" || !isHost(u.Hostname()) {
		return nil, false
	}
	if p := u.Port(); p == "" {
		return u, !strings.HasSuffix(u.Host, ":")
	} else if n, err := strconv.ParseUint(p, 10, 16); err != nil || n == 0 || strconv.FormatUint(n, 10) != p {
		return nil, false
	}
	return u, true
}

// isHost says whether a word can be the name or the number of a host.
func isHost(s string) bool {
	if _, err := netip.ParseAddr(s); err == nil {
		return true
	}
	if len(s) > 253 {
		return false
	}
	for label := range strings.SplitSeq(strings.TrimSuffix(s, "."), ".") {
		if label == "" || strings.ContainsFunc(label, func(r rune) bool {
			return r != '-' && r != '_' && !unicode.In(r, unicode.L, unicode.M, unicode.Nd, unicode.Join_Control)
		}) {
			return false
		}
	}
	return true
}
