package main

import (
	"errors"
	"net"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"syscall"

	"claimbench/internal/fault"
)

// publicAddress reads the address under which people reach the server: a scheme and a host, and a port where it is not
// the usual one. It gives it without a slash at its end; links are made by adding a path.
func publicAddress(flag, raw string) (string, error) {
	refuse := func(what string) (string, error) {
		return "", wrongUsage("--%s “%s” %s; write it like https://claims.example.org or http://127.0.0.1:8080", flag,
			raw, what)
	}
	u, err := url.Parse(raw)
	switch {
	case err != nil || u.Opaque != "":
		return refuse("is no web address")
	case u.Scheme != "https" && u.Scheme != "http":
		return refuse("does not begin with https:// or http://")
	case u.User != nil:
		return refuse("holds a user's name")
	case u.Path != "" && u.Path != "/":
		return refuse("has a path; the workbench answers at the root of its host")
	case strings.ContainsAny(raw, "?#"):
		return refuse("holds ? or #")
	case !isHost(u.Hostname()) || strings.HasSuffix(u.Host, ":"):
		return refuse("names no host")
	case u.Port() != "" && !isPort(u.Port(), 1):
		return refuse("has no port from 1 to 65535")
	}
	return u.Scheme + "://" + u.Host, nil
}

// isHost says whether a word can be the name or the number of a host.
func isHost(s string) bool {
	if _, err := netip.ParseAddr(s); err == nil {
		return true
	}
	if s == "" || len(s) > 253 {
		return false
	}
	for label := range strings.SplitSeq(strings.TrimSuffix(s, "."), ".") {
		if label == "" || len(label) > 63 || strings.HasPrefix(label, "-") || strings.HasSuffix(label, "-") {
			return false
		}
		for _, c := range []byte(label) {
			if c != '-' && c != '_' && (c < '0' || c > '9') && (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') {
				return false
			}
		}
	}
	return true
}

func isPort(s string, least int) bool {
	n, err := strconv.Atoi(s)
	return err == nil && n >= least && n <= 65535 && strconv.Itoa(n) == s
}

// checkListen refuses what is no HOST:PORT to listen on. Without a host all addresses of the machine are meant; port 0
// is one that the system chooses.
func checkListen(flag, addr, example string) error {
	host, port, err := net.SplitHostPort(addr)
	if err != nil || host != "" && !isHost(host) || !isPort(port, 0) {
		return wrongUsage("--%s “%s” is no address to listen on; write HOST:PORT, for example %s", flag, addr, example)
	}
	return nil
}

// listen opens an address that checkListen would take. Why it cannot is told apart, for each has another remedy.
func listen(flag, addr string) (net.Listener, error) {
	l, err := net.Listen("tcp", addr)
	if err == nil {
		return l, nil
	}
	var dns *net.DNSError
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, fault.New(fault.Unavailable, "Another program listens on %s already. Stop it, or choose another "+
			"port with --%s.", addr, flag)
	case errors.Is(err, syscall.EACCES), errors.Is(err, syscall.EPERM):
		return nil, fault.New(fault.Unavailable, "You may not listen on %s: ports below 1024 are for the "+
			"administrator. Choose another port with --%s, and put a proxy before it.", addr, flag)
	case errors.Is(err, syscall.EADDRNOTAVAIL):
		return nil, fault.New(fault.Unavailable, "%s is no address of this machine. Choose one of its own with --%s, "+
			"such as 127.0.0.1 for this machine only or 0.0.0.0 for all.", addr, flag)
	case errors.As(err, &dns):
		return nil, fault.New(fault.Unavailable, "The name in %s is not known to this machine. Give --%s an address "+
			"in numbers.", addr, flag)
	}
	return nil, fault.Wrap(fault.Unavailable, err, "The address %s cannot be listened on. Choose another with --%s.",
		addr, flag)
}

// reachedAt is the address of a listener as somebody on this machine writes it into a browser.
func reachedAt(l net.Listener) string {
	host, port, err := net.SplitHostPort(l.Addr().String())
	if ip := net.ParseIP(host); err == nil && ip != nil && ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	return "http://" + net.JoinHostPort(host, port)
}

// parseProxies reads addresses and CIDRs.
func parseProxies(given []string) ([]netip.Prefix, error) {
	var out []netip.Prefix
	for _, s := range given {
		p, err := netip.ParsePrefix(s)
		if a, single := netip.ParseAddr(s); single == nil {
			a = a.WithZone("").Unmap()
			p, err = netip.PrefixFrom(a, a.BitLen()), nil
		}
		if err != nil {
			return nil, wrongUsage(
				"--trusted-proxy “%s” is no address; write it like 10.0.0.7 or 10.0.0.0/8 or 2001:db8::/48", s)
		}
		out = append(out, p)
	}
	return out, nil
}

// onlyLoopback refuses an address that others could reach: in a demo anybody may be anyone.
func onlyLoopback(addr string) error {
	host, _, _ := net.SplitHostPort(addr) // checkListen read it
	if host == "localhost" {
		return nil
	}
	if ip := net.ParseIP(host); ip == nil || !ip.IsLoopback() {
		return wrongUsage("--demo lets anybody sign in as anyone, so it listens on this machine only; “%s” is not "+
			"127.0.0.1, localhost or [::1]", host)
	}
	return nil
}
