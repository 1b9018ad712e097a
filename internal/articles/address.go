package articles

import (
	"net/netip"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/net/idna"
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

// SameAddress says whether two addresses are of one document: the one rule of this, for whatever must not be told apart
// by how an address is spelt.
func SameAddress(a, b string) bool { return a != "" && Bare(a) == Bare(b) }

// Bare is an address without what may be spelt otherwise: the scheme, its usual port, who signs in, “www.”, how a name
// in another script and signs are written, dots and doubled slashes in the path, a slash at its end, the fragment, and
// what sites add to tell whence a reader came. What is no address is given back.
func Bare(address string) string {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || u.Host == "" {
		return address
	}
	host := strings.TrimSuffix(strings.ToLower(u.Hostname()), ".")
	if ascii, err := idna.Lookup.ToASCII(host); err == nil {
		host = ascii
	}
	host = strings.TrimPrefix(host, "www.")
	if port := u.Port(); port != "" && port != "80" && port != "443" {
		host += ":" + port
	}
	out := host + strings.TrimSuffix((&url.URL{Path: path.Clean("/" + u.Path)}).EscapedPath(), "/")
	query := u.Query()
	for name := range query {
		if strings.HasPrefix(name, "utm_") || slices.Contains([]string{"fbclid", "gclid"}, name) {
			delete(query, name)
		}
	}
	if len(query) > 0 {
		out += "?" + query.Encode()
	}
	return out
}

// spellings are an address and what it is usually written as otherwise: for an index, which knows no Bare.
func spellings(address string) []string {
	out, bare := []string{address}, Bare(address)
	if bare == address {
		return out
	}
	at, query, asks := strings.Cut(bare, "?")
	if asks {
		query = "?" + query
	}
	for _, scheme := range []string{"https://", "http://"} {
		for _, www := range []string{"", "www."} {
			out = append(out, scheme+www+at+query, scheme+www+at+"/"+query)
		}
	}
	return out
}

// HostLike is the pattern, for LIKE on an address in small letters, of those that may be of the same document.
func HostLike(address string) string {
	bare := Bare(address)
	host, _, _ := strings.Cut(strings.TrimPrefix(bare, "//"), "/")
	host, _, _ = strings.Cut(host, "?")
	name, _, _ := strings.Cut(host, ":")
	if shown, err := idna.ToUnicode(name); err != nil || shown != name {
		return "%" // the row may have it in either script
	}
	return "%" + name + "%"
}
