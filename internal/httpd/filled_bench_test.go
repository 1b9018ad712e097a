package httpd

import (
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"testing"

	"claimbench/internal/auth"
	"claimbench/internal/house"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/web"
)

// BenchmarkFilled answers requests on a copy of a database that bench/fill made, which CLAIMBENCH_FILLED names, within
// this process: for a profile of one kind of answer (-cpuprofile), and for its processor time. bench/load measures the
// same through a socket.
func BenchmarkFilled(b *testing.B) {
	db, h, s, in := filledHouse(b, "reviewer-1", "editor-2")
	if err := h.Evidence.Warm(roomtest.Ctx()); err != nil {
		b.Fatal(err)
	}
	approved, open := filledClaims(b, db, "approved"), filledClaims(b, db, "open")
	of := func(ids []int64, tail string) func(int) string {
		return func(i int) string { return fmt.Sprintf("/claims/%d%s", ids[i*37%len(ids)], tail) }
	}
	at := func(path string) func(int) string { return func(int) string { return path } }
	for _, x := range []struct {
		name, accept string
		path         func(int) string
	}{
		{"claim-approved", "application/json", of(approved, "")},
		{"claim-open", "application/json", of(open, "")},
		{"claim-page-approved", "text/html", of(approved, "")},
		{"claim-page-open", "text/html", of(open, "")},
		{"queue", "application/json", at("/collections/1/queue?list=1")},
		{"queue-late", "application/json", func(i int) string {
			return fmt.Sprintf("/collections/1/queue?list=1&after=%d", open[len(open)-1-i%20])
		}},
		{"queue-own", "application/json", at("/collections/1/queue?list=1")}, // of one with 500 reviews that wait
		{"claims", "application/json", at("/collections/1/claims?all=1")},
		{"articles", "application/json", at("/collections/1/articles")},
		{"articles-page", "text/html", at("/collections/1/articles")},
		{"claims-page", "text/html", at("/collections/1/claims?all=1")},
		{"search-common", "application/json", at("/collections/1/search?q=council")},
		{"search-rare", "application/json", at("/collections/1/search?q=wickmarsh")},
	} {
		b.Run(x.name, func(b *testing.B) {
			b.ReportAllocs()
			who := "reviewer-1"
			if x.name == "queue-own" {
				who = "editor-2"
			}
			used := processor()
			for i := range b.N {
				r := httptest.NewRequest(http.MethodGet, x.path(i), nil)
				r.Header.Set("Accept", x.accept)
				r.AddCookie(&http.Cookie{Name: "session", Value: in[who]})
				rec := httptest.NewRecorder()
				if s.ServeHTTP(rec, r); rec.Code != http.StatusOK {
					b.Fatalf("%s: %d %s", x.path(i), rec.Code, rec.Body)
				}
			}
			b.ReportMetric(float64((processor()-used).Nanoseconds())/float64(b.N), "cpu-ns/op")
		})
	}
}

// filledHouse opens a copy of a database that bench/fill made, with a server and the sessions of some people.
func filledHouse(b *testing.B, people ...string) (*store.DB, *house.House, *Server, map[string]string) {
	b.Helper()
	url := os.Getenv(filledEnv)
	if url == "" {
		b.Skip(filledEnv + " names no database")
	}
	db, err := store.Open(roomtest.Ctx(), url, store.Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = db.Close() })
	if _, err := db.Migrate(roomtest.Ctx()); err != nil {
		b.Fatal(err)
	}
	h, err := house.Open(db, house.Options{Auth: auth.Options{Demo: true}})
	if err != nil {
		b.Fatal(err)
	}
	s, err := New(h, Options{Assets: web.Unbuilt(), Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		b.Fatal(err)
	}
	in := map[string]string{}
	for _, name := range people {
		signed, err := h.Auth.DemoSignIn(roomtest.Ctx(), name)
		if err != nil {
			b.Fatal(err)
		}
		in[name] = signed.Token
	}
	return db, h, s, in
}

// filledClaims lists a thousand claims of collection 1 in a state, from all over it.
func filledClaims(b *testing.B, db *store.DB, state string) (out []int64) {
	b.Helper()
	if err := db.Read(roomtest.Ctx(), func(r *store.Rx) error {
		return r.Gorm().Raw("SELECT id FROM claims WHERE collection_id = 1 AND state = ? AND id % 29 = 0 LIMIT 1000",
			state).Scan(&out).Error
	}); err != nil || len(out) == 0 {
		b.Fatalf("no claims: %v", err)
	}
	return out
}
