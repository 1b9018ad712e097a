package httpd

import (
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"claimbench/internal/roomtest"
	"claimbench/internal/store/storetest"
)

// until waits for a condition.
func until(t *testing.T, what string, so func() bool) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); !so(); time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("not in time: " + what)
		}
	}
}

// TestAStopTellsNoTales: a stop that cuts requests whose bodies come byte by byte leaves nothing in the log but that it
// did: not that the database was slow, nor that a page could not be shown, nor that a request was answered.
func TestAStopTellsNoTales(t *testing.T) {
	t.Parallel()
	log := &logLines{}
	d := newDoorWith(t, storetest.SQLite(t), Options{Log: slog.New(slog.NewJSONHandler(log,
		&slog.HandlerOptions{Level: slog.LevelDebug}))})
	in, err := d.Auth.DemoSignIn(roomtest.Ctx(), "reviewer-1")
	if err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	h, underWay := d.server.HTTP(""), atomic.Int64{}
	h.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		underWay.Add(1)
		defer underWay.Add(-1)
		d.server.ServeHTTP(w, r)
	})
	go func() { _ = h.Serve(listener) }()
	n := int64(0)
	for _, kind := range []string{"application/json", "application/x-www-form-urlencoded",
		"multipart/form-data; boundary=x"} {
		for _, path := range []string{"/theme", "/claims/1/comments", "/sign-in/demo"} {
			conn, err := net.Dial("tcp", listener.Addr().String())
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = conn.Close() }()
			n++
			fmt.Fprintf(conn, "POST %s HTTP/1.1\r\nHost: x\r\nCookie: session=%s\r\nIdempotency-Key: key-%d\r\n"+
				"Content-Type: %s\r\nContent-Length: 1000\r\n\r\n{", path, in.Token, n, kind)
		}
	}
	until(t, "all requests are under way", func() bool { return underWay.Load() == n })
	if err := d.server.Drain(h); err == nil {
		t.Error("nothing was cut, so this test sees nothing")
	}
	until(t, "all requests have ended", func() bool { return underWay.Load() == 0 })
	if lines := append(log.at(slog.LevelWarn), log.at(slog.LevelError)...); len(lines) != 0 {
		t.Errorf("the stop is told in %d lines:\n%s", len(lines), strings.Join(lines, ""))
	}
	told := 0
	for _, line := range append(log.at(slog.LevelInfo), log.at(slog.LevelDebug)...) {
		if strings.Contains(line, `"status":200`) || strings.Contains(line, "reader went away") {
			t.Errorf("a request that the stop cut is told as something else: %s", line)
		}
		if strings.Contains(line, `"the stop of the server cut the request"`) {
			told++
		}
	}
	if int64(told) != n {
		t.Errorf("%d of %d requests are told as cut by the stop", told, n)
	}
}
