package fetch

import (
	"errors"
	"net"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"code.dny.dev/ssrf"
	"golang.org/x/net/idna"
	"golang.org/x/net/publicsuffix"

	"claimbench/internal/fault"
)

// Guard judges what is dialled, after names are looked up: net.Dialer's Control. An error refuses it.
type Guard func(network, address string, c syscall.RawConn) error

// usualGuard lets public addresses through, at the ports 80 and 443, and nothing else: no loopback, no private or
// link-local number, no cloud's metadata, none of these inside an IPv6 number.
func usualGuard() Guard { return ssrf.New().Safe }

// usualPorts are the ports that an address may name.
var usualPorts = []uint16{80, 443}

// longestAddress bounds an address, in bytes.
const longestAddress = 2000

// place is an address that may be asked for.
type place struct {
	url    *url.URL
	origin string // scheme, host and port: what has one robots.txt
	site   string // the registered domain, or the number: what is polite to
}

// allowed reads an address. It is fault.Invalid, with the field "address", for one that is never asked for.
func (c *Client) allowed(raw string) (p place, err error) {
	refuse := func(format string, a ...any) (place, error) {
		e := fault.New(fault.Invalid, format, a...)
		return place{}, e.With("address", e.Msg)
	}
	if len(raw) > longestAddress {
		return refuse("This address has %d bytes; at most %d are asked for.", len(raw), longestAddress)
	}
	u, err := url.Parse(strings.TrimSpace(raw))
	switch {
	case err != nil || u.Opaque != "" || u.Hostname() == "":
		return refuse("“%s” is no web address. It begins with https:// or http:// and names a site.", raw)
	case u.Scheme != "http" && u.Scheme != "https":
		return refuse("“%s” begins with %s:; only https and http are fetched.", raw, u.Scheme)
	case u.User != nil:
		return refuse("This address holds a user name or a password, which is never sent. Leave out what stands " +
			"before the @.")
	}
	host, err := hostOf(u.Hostname())
	if err != nil {
		return refuse("“%s” is no name of a site.", u.Hostname())
	}
	port := u.Port()
	if port != "" && !c.portAllowed(port) {
		return refuse("“%s” names the port %s; only the usual ones, 80 and 443, are asked.", raw, port)
	}
	if n, err := netip.ParseAddr(host); err == nil {
		if err := c.dialable(n, port, u.Scheme); err != nil {
			return refuse("“%s” leads into a network that is not public, and is never asked.", raw)
		}
	}
	u.Host = join(host, port, u.Scheme)
	u.Fragment, u.RawFragment = "", ""
	if u.Path == "" {
		u.Path = "/"
	}
	return place{u, u.Scheme + "://" + u.Host, siteOf(host)}, nil
}

// hostOf is a host in the letters in which it is asked for: a name in ASCII, a number as it is.
func hostOf(host string) (string, error) {
	if n, err := netip.ParseAddr(host); err == nil {
		if n.Zone() != "" {
			return "", errors.New("a zone belongs to one machine")
		}
		return n.String(), nil
	}
	name, err := idna.Lookup.ToASCII(strings.TrimSuffix(host, "."))
	if err != nil {
		return "", err
	}
	labels := strings.Split(strings.ToLower(name), ".")
	last := labels[len(labels)-1]
	switch _, err := strconv.ParseUint(last, 0, 64); {
	case slices.Contains(labels, ""):
		return "", errors.New("a part of it is empty")
	case err == nil, strings.Trim(last, "0123456789") == "":
		return "", errors.New("it is a number in a way of writing that programs read differently")
	}
	return strings.Join(labels, "."), nil
}

func join(host, port, scheme string) string {
	if port == "" || port == "80" && scheme == "http" || port == "443" && scheme == "https" {
		if strings.Contains(host, ":") {
			return "[" + host + "]"
		}
		return host
	}
	return net.JoinHostPort(host, port)
}

// siteOf is what asks for politeness together: the registered domain of a name, or a number itself.
func siteOf(host string) string {
	if site, err := publicsuffix.EffectiveTLDPlusOne(host); err == nil {
		if _, err := netip.ParseAddr(host); err != nil {
			return site
		}
	}
	return host
}

func (c *Client) portAllowed(port string) bool {
	n, err := strconv.ParseUint(port, 10, 16)
	if err != nil || strconv.FormatUint(n, 10) != port {
		return false
	}
	for _, p := range c.o.Ports {
		if uint16(n) == p {
			return true
		}
	}
	return false
}

// dialable asks the guard of a number that stands in an address, so that a person hears of it before anything is done.
func (c *Client) dialable(n netip.Addr, port, scheme string) error {
	network := "tcp4"
	if n.Is6() {
		network = "tcp6"
	}
	if port == "" {
		if port = "443"; scheme == "http" {
			port = "80"
		}
	}
	return c.o.Guard(network, net.JoinHostPort(n.String(), port), nil)
}

// dialer dials what the guard lets through.
func (o Options) dialer() *net.Dialer {
	return &net.Dialer{Timeout: 10 * time.Second, KeepAlive: -1, Resolver: o.Resolver, Control: func(network,
		address string, c syscall.RawConn) error {
		if err := o.Guard(network, address, c); err != nil {
			return &refusedDial{address, err}
		}
		return nil
	}}
}

// refusedDial is a dial that the guard refused.
type refusedDial struct {
	address string
	err     error
}

func (e *refusedDial) Error() string { return e.address + " is not dialled: " + e.err.Error() }
func (e *refusedDial) Unwrap() error { return e.err }
