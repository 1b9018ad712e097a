package httpd

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"testing"
	"time"

	"claimbench/internal/auth"
	"claimbench/internal/roomtest"
	"claimbench/internal/store/storetest"
	"claimbench/web"
)

// TestSignInBehindAProxy: people behind the proxy that we trust are told apart, and one who tries too often does not
// hold up the others. A browser that signed in before is known by its cookie.
func TestSignInBehindAProxy(t *testing.T) {
	t.Parallel()
	d := newDoorOn(t, storetest.SQLite(t))
	var slept []time.Duration
	nap := func(_ context.Context, d time.Duration) error { slept = append(slept, d); return nil }
	d.member("mina", auth.Reviewer, d.Collection.ID)
	behind := *d.House
	behind.Auth = auth.New(d.DB, d.Policy, auth.Options{Demo: true, Sleep: nap, Hash: roomtest.Cheap})
	s, err := New(&behind, Options{Assets: web.Unbuilt(), Log: slog.New(slog.DiscardHandler),
		Proxies: []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")}})
	if err != nil {
		t.Fatal(err)
	}
	front := httptest.NewServer(s)
	t.Cleanup(front.Close)
	try := func(password, from string, cookies ...*http.Cookie) (*http.Response, string) {
		t.Helper()
		form := url.Values{"user": {"mina"}, "password": {password}}
		req, err := http.NewRequestWithContext(roomtest.Ctx(), "POST", front.URL+"/sign-in",
			strings.NewReader(form.Encode()))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		req.Header.Set("Sec-Fetch-Site", "same-origin")
		req.Header.Set("X-Forwarded-For", from)
		for _, c := range cookies {
			req.AddCookie(c)
		}
		resp, err := http.DefaultTransport.RoundTrip(req)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = resp.Body.Close() }()
		body, _ := io.ReadAll(resp.Body)
		return resp, string(body)
	}
	for i := range 30 {
		slept = nil
		resp, _ := try("wrong", "6.6.6.6, 198.51.100.9")
		if i >= 5 && resp.StatusCode == http.StatusUnauthorized && len(slept) == 0 {
			t.Errorf("try %d did not wait", i)
		}
	}
	slept = nil
	resp, body := try(memberPassword, "198.51.100.7")
	if resp.StatusCode != http.StatusSeeOther {
		t.Fatalf("another address behind the proxy: %d %s", resp.StatusCode, visible(body))
	}
	var device *http.Cookie
	for _, c := range resp.Cookies() {
		if c.Name == deviceCookie {
			device = c
		}
	}
	if device == nil || !device.HttpOnly || device.SameSite != http.SameSiteLaxMode ||
		device.MaxAge != int(auth.DeviceLife.Seconds()) {
		t.Fatalf("the browser is not known from now on: %v", resp.Cookies())
	}
	for i := range 60 {
		_, _ = try("wrong", fmt.Sprintf("203.0.113.%d", i))
	}
	slept = nil
	if resp, _ := try(memberPassword, "198.51.100.7", device); resp.StatusCode != http.StatusSeeOther ||
		len(slept) > 0 {
		t.Errorf("the owner in a known browser: %d after %v", resp.StatusCode, slept)
	}
}
