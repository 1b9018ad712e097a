package main

import (
	"net"
	"strings"
	"testing"
)

func TestPublicAddress(t *testing.T) {
	t.Parallel()
	for given, want := range map[string]string{
		"https://claims.example.org":       "https://claims.example.org",
		"https://claims.example.org/":      "https://claims.example.org",
		"http://127.0.0.1:8080":            "http://127.0.0.1:8080",
		"http://[::1]:8080/":               "http://[::1]:8080",
		"https://xn--mgba3a4f16a.example":  "https://xn--mgba3a4f16a.example",
		"http://localhost":                 "http://localhost",
		"https://claims.example.org:65535": "https://claims.example.org:65535",
	} {
		if got, err := publicAddress("public-url", given); err != nil || got != want {
			t.Errorf("%s: %q, %v", given, got, err)
		}
	}
	for _, bad := range []string{"", "foo", "foo/bar", "//claims.example.org", "claims.example.org:443",
		"ftp://claims.example.org", "javascript:alert(1)", "https://", "https://:443", "https:///x", "https:x",
		"https://a b", "https://user@claims.example.org", "https://user:word@claims.example.org",
		"https://claims.example.org/desk", "https://claims.example.org?", "https://claims.example.org/?a=b",
		"https://claims.example.org#top", "https://claims.example.org:0", "https://claims.example.org:",
		"https://claims.example.org:99999", "https://-x.example", "https://a..b", "https://claims.example.org\n",
		" https://claims.example.org", "https://exa<mple.org", "https://%6c"} {
		got, err := publicAddress("public-url", bad)
		if err == nil || got != "" || !strings.Contains(err.Error(), "--public-url") {
			t.Errorf("%q: %q, %v", bad, got, err)
		}
	}
}

func TestCheckListen(t *testing.T) {
	t.Parallel()
	for _, good := range []string{"127.0.0.1:8080", ":8080", "[::1]:0", "localhost:80", "0.0.0.0:65535"} {
		if err := checkListen("addr", good, "127.0.0.1:8080"); err != nil {
			t.Errorf("%s: %v", good, err)
		}
	}
	for _, bad := range []string{"", "foo", "8080", "127.0.0.1", "127.0.0.1:", "127.0.0.1:x", "127.0.0.1:-1",
		"127.0.0.1:65536", "::1:80", "http://127.0.0.1:80", "a b:80", "127.0.0.1:080"} {
		if err := checkListen("addr", bad, "127.0.0.1:8080"); err == nil ||
			!strings.Contains(err.Error(), "HOST:PORT") {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

// TestListenTellsApart: a busy port and an address of another machine have remedies of their own.
func TestListenTellsApart(t *testing.T) {
	t.Parallel()
	busy, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer busy.Close()
	for addr, want := range map[string]string{busy.Addr().String(): "Another program listens on",
		"192.0.2.1:8080": "no address of this machine"} {
		l, err := listen("addr", addr)
		if err == nil {
			l.Close()
		}
		if err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "--addr") {
			t.Errorf("%s: %v", addr, err)
		}
	}
}

func TestReachedAt(t *testing.T) {
	t.Parallel()
	l, err := net.Listen("tcp", ":0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if got := reachedAt(l); !strings.HasPrefix(got, "http://127.0.0.1:") {
		t.Errorf("a server on every address is reached at %s", got)
	}
}
