package httpd

import (
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"github.com/labstack/echo/v4"

	"claimbench/internal/fault"
	"claimbench/internal/store/storetest"
)

// TestFaultsAreLoggedOnce: what failed has one line with request, route and operation, at the level that serve shows;
// what was refused has none there.
func TestFaultsAreLoggedOnce(t *testing.T) {
	t.Parallel()
	log := &logLines{}
	d := newDoorWith(t, storetest.SQLite(t), Options{Log: slog.New(slog.NewJSONHandler(log,
		&slog.HandlerOptions{Level: slog.LevelWarn}))})
	add := func(path string, kind fault.Kind) {
		d.server.echo.GET(path, func(echo.Context) (err error) {
			defer fault.In(&err, "room.Do(%d)", 7)
			return fault.Wrap(kind, errors.New("a cause"), "Words for people.")
		})
		d.server.table["GET "+path] = route{method: get, path: path, access: anybody()}
	}
	add("/test/:id/broken", fault.Internal)
	add("/test/:id/lost", fault.Unknown)
	add("/test/:id/away", fault.Unavailable)
	add("/test/:id/not", fault.Invalid)
	for _, c := range []struct {
		path   string
		status int
		level  slog.Level
	}{
		{"broken", http.StatusInternalServerError, slog.LevelError},
		{"lost", http.StatusServiceUnavailable, slog.LevelError},
		{"away", http.StatusServiceUnavailable, slog.LevelWarn},
	} {
		before := len(log.at(c.level))
		r := d.get("", "/test/42/"+c.path).want(t, c.status)
		lines := log.at(c.level)[before:]
		if len(lines) != 1 {
			t.Fatalf("%s: %d lines: %q", c.path, len(lines), lines)
		}
		var line struct {
			Request, Route, Kind, Err string
			Doing                     []string
		}
		if err := json.Unmarshal([]byte(lines[0]), &line); err != nil {
			t.Fatal(err)
		}
		if line.Request != r.header.Get("X-Request-Id") || line.Route != "GET /test/:id/"+c.path ||
			len(line.Doing) != 1 || line.Doing[0] != "room.Do(7)" || !strings.Contains(line.Err, "a cause") {
			t.Errorf("%s: the log says %s", c.path, lines[0])
		}
	}
	d.get("", "/test/42/not").want(t, http.StatusUnprocessableEntity)
	d.get("", "/nowhere").want(t, http.StatusNotFound)
	if n := len(log.at(slog.LevelError)) + len(log.at(slog.LevelWarn)); n != 3 {
		t.Errorf("what was refused is in the log of serve: %d lines", n)
	}
}

// TestMetrics: requests and faults are counted by route and kind, and no label holds a number of a row.
func TestMetrics(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	fa, _ := d.twoArticles()
	cl := d.Claim(fa, "حدود ۹ گیگابایت", "حدود ۹ گیگابایت داده منتشر شد")
	d.get("reviewer-1", claimURL(cl.ID)).want(t, http.StatusOK)
	d.get("reviewer-1", "/claims/4711").want(t, http.StatusNotFound)
	d.get("reviewer-1", "/nowhere/4711").want(t, http.StatusNotFound)
	counts := httptest.NewServer(d.server.Metrics())
	defer counts.Close()
	resp, err := http.Get(counts.URL + "/metrics")
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	raw, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`workbench_requests_total{class="2xx",route="GET /claims/:id"} 1`,
		`workbench_requests_total{class="4xx",route="GET /claims/:id"} 1`,
		`workbench_requests_total{class="4xx",route="none"} 1`,
		`workbench_faults_total{kind="not_found"} 2`,
		`workbench_request_seconds_count{route="GET /claims/:id"} 2`,
		`workbench_streams_open 0`, `workbench_downloads_made 0`,
	} {
		if !strings.Contains(string(raw), want+"\n") {
			t.Errorf("the metrics lack %s", want)
		}
	}
	if !regexp.MustCompile(`(?m)^workbench_statements_total [1-9]`).Match(raw) {
		t.Error("the metrics do not count statements")
	}
	for _, label := range regexp.MustCompile(`(?m)^workbench_.*(4711|\.com).*$`).FindAllString(string(raw), -1) {
		t.Errorf("a label tells what was asked for: %s", label)
	}
	d.get("", "/metrics").want(t, http.StatusNotFound)
}
