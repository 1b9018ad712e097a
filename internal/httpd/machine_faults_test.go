package httpd

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// TestFaultsOfTheMachine makes each fault that a machine can have, on a page, a change and an answer for programs. Each
// is 503, has one line in the log with the request's name, the route and what was being done, and is counted once.
// A reader who goes away is no fault: no line at the level that serve shows.
func TestFaultsOfTheMachine(t *testing.T) {
	t.Parallel()
	for name, f := range map[string]struct {
		make   func(d *door) // breaks the database
		ctx    func() (context.Context, context.CancelFunc)
		writes bool // only what writes notices it
		lines  int
	}{
		"the database is closed": {make: func(d *door) { _ = d.DB.Close() }, lines: 1},
		"the disk is full": {make: func(d *door) {
			if err := d.DB.Write(roomtest.Ctx(), func(tx *store.Tx) error { // it cannot be set below what there is
				return tx.Gorm().Exec("PRAGMA max_page_count = 1").Error
			}); err != nil {
				t.Fatal(err)
			}
		}, writes: true, lines: 1},
		"the deadline is over": {ctx: func() (context.Context, context.CancelFunc) {
			return context.WithDeadline(context.Background(), time.Now().Add(-time.Second))
		}, lines: 1},
		"the reader went away": {ctx: func() (context.Context, context.CancelFunc) {
			ctx, cancel := context.WithCancel(context.Background())
			cancel()
			return ctx, func() {}
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			log := &logLines{}
			d := newDoorWith(t, storetest.SQLite(t), Options{Log: slog.New(slog.NewJSONHandler(log,
				&slog.HandlerOptions{Level: slog.LevelWarn}))})
			fa, _ := d.twoArticles()
			cl := d.Claim(fa, "حدود ۹ گیگابایت", "حدود ۹ گیگابایت داده منتشر شد")
			cookies := d.client("reviewer-1").Jar
			if f.make != nil {
				f.make(d)
			}
			home, _ := url.Parse(d.http.URL)
			long := strings.Repeat("どのファイル？", 280)
			for _, r := range []struct{ method, path, accept, body string }{
				{post, claimURL(cl.ID) + "/comments", "text/html", url.Values{"text": {long + long}}.Encode()},
				{post, claimURL(cl.ID) + "/comments", "application/json", fmt.Sprintf(`{"text":%q}`, long+long)},
				{post, claimURL(cl.ID) + "/glosses", "application/json", fmt.Sprintf(`{"lang":"fr","gloss":%q}`, long)},
				{get, claimURL(cl.ID), "text/html", ""},
				{get, claimURL(cl.ID), "application/json", ""},
				{get, under(d.Collection.ID, "queue"), "text/html", ""},
			} {
				if f.writes && r.method == get {
					continue
				}
				ctx, cancel := context.Background(), context.CancelFunc(func() {})
				if f.ctx != nil {
					ctx, cancel = f.ctx()
				}
				req := httptest.NewRequestWithContext(ctx, r.method, d.http.URL+r.path, strings.NewReader(r.body))
				req.Header.Set("Accept", r.accept)
				req.Header.Set("Sec-Fetch-Site", "same-origin")
				if r.body != "" {
					req.Header.Set("Content-Type", map[bool]string{true: "application/json",
						false: "application/x-www-form-urlencoded"}[r.body[0] == '{'])
				}
				for _, c := range cookies.Cookies(home) {
					req.AddCookie(c)
				}
				before := len(log.at(slog.LevelWarn)) + len(log.at(slog.LevelError))
				w := httptest.NewRecorder()
				d.server.echo.ServeHTTP(w, req)
				cancel()
				what := r.method + " " + r.path + " as " + r.accept
				lines := append(log.at(slog.LevelWarn), log.at(slog.LevelError)...)[before:]
				if len(lines) != f.lines {
					t.Errorf("%s: %d lines: %q", what, len(lines), lines)
				}
				if f.lines == 0 {
					continue
				}
				if w.Code != http.StatusServiceUnavailable {
					t.Errorf("%s answers %d: %.300s", what, w.Code, visible(w.Body.String()))
				}
				var line struct {
					Request, Route, Kind string
					Doing                []string
				}
				if len(lines) == 1 {
					if err := json.Unmarshal([]byte(lines[0]), &line); err != nil {
						t.Fatal(err)
					}
				}
				if line.Request == "" || line.Request != w.Header().Get("X-Request-Id") || line.Kind != "unavailable" ||
					!strings.HasPrefix(line.Route, r.method+" /") || len(line.Doing) == 0 {
					t.Errorf("%s: the log says %q", what, lines)
				}
			}
		})
	}
}
