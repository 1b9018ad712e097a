// Command floor is the least that the same answers cost: net/http, database/sql and a few statements written by hand
// over the product's own tables, SQLite only. It knows no people, roles or veils: ?by= says as which user it answers.
// bench/load runs it beside the workbench, on a copy of the same database, and tells how many times as much the
// workbench needs.
//
//	go run ./bench/floor --database PATH --addr 127.0.0.1:PORT
//
// It answers GET /healthz, /mallocs, /claims/N, /collections/N/queue, /collections/N/claims, /collections/N/articles
// and /collections/N/search?q=; POST /claims/N/reviews, /sets/N/export and /collections/N/articles. Its tests compare
// the answers with the workbench's.
package main

import (
	"database/sql"
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"net/http"
	"net/url"
	"runtime"
	"slices"
	"strconv"

	_ "github.com/mattn/go-sqlite3"
)

func main() {
	database := flag.String("database", "", "a SQLite file that bench/fill made; it is written to")
	addr := flag.String("addr", "127.0.0.1:0", "where to listen")
	flag.Parse()
	f, err := open(*database)
	if err != nil {
		log.Fatal("floor: ", err)
	}
	log.Fatal("floor: ", http.ListenAndServe(*addr, f.routes()))
}

// floor is the two pools of connections, as the product has them, and the statements, each prepared once.
type floor struct {
	read, write *sql.DB
	s           map[string]*sql.Stmt // by the query
}

// needs are the indexes that the statements here go by; the product has them, or others as good.
var needs = []string{
	"CREATE INDEX IF NOT EXISTS floor_queue ON claims (collection_id, state, priority DESC, opened_at, id)",
	"CREATE INDEX IF NOT EXISTS floor_mine ON reviews (reviewer_id, claim_id) WHERE superseded_at IS NULL",
}

func open(path string) (*floor, error) {
	dsn := func(more url.Values) string {
		more.Set("_journal_mode", "WAL")
		more.Set("_cache_size", "-8192")
		more.Set("_busy_timeout", "5000")
		return "file:" + path + "?" + more.Encode()
	}
	w, err := sql.Open("sqlite3", dsn(url.Values{"_txlock": {"immediate"}, "_synchronous": {"FULL"},
		"_foreign_keys": {"1"}}))
	if err != nil {
		return nil, err
	}
	w.SetMaxOpenConns(1)
	for _, statement := range needs {
		if _, err := w.Exec(statement); err != nil {
			return nil, err
		}
	}
	r, err := sql.Open("sqlite3", dsn(url.Values{"_query_only": {"1"}}))
	if err != nil {
		return nil, err
	}
	r.SetMaxOpenConns(4)
	r.SetMaxIdleConns(4)
	f := &floor{read: r, write: w, s: map[string]*sql.Stmt{}}
	for _, q := range slices.Concat(queries, queueQueries) {
		if f.s[q], err = r.Prepare(q); err != nil {
			return nil, fmt.Errorf("%s: %w", q, err)
		}
	}
	for _, q := range changes {
		if f.s[q], err = w.Prepare(q); err != nil {
			return nil, fmt.Errorf("%s: %w", q, err)
		}
	}
	return f, nil
}

func (f *floor) close() { f.read.Close(); f.write.Close() }

func (f *floor) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, "ok") })
	mux.HandleFunc("GET /mallocs", func(w http.ResponseWriter, _ *http.Request) {
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		fmt.Fprintln(w, m.Mallocs)
	})
	answer := func(pattern string, do func(r *http.Request, id int64) (any, error)) {
		mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
			id, _ := strconv.ParseInt(r.PathValue("id"), 10, 64)
			out, err := do(r, id)
			if err != nil {
				http.Error(w, err.Error(), http.StatusInternalServerError)
				return
			}
			w.Header().Set("Content-Type", "application/json")
			_ = json.NewEncoder(w).Encode(out) // the client is gone
		})
	}
	answer("GET /claims/{id}", f.claim)
	answer("GET /collections/{id}/queue", f.queue)
	answer("GET /collections/{id}/claims", f.list)
	answer("GET /collections/{id}/search", f.search)
	answer("POST /claims/{id}/reviews", f.review)
	answer("POST /collections/{id}/articles", f.importArticle)
	answer("GET /collections/{id}/articles", f.articles)
	mux.HandleFunc("POST /sets/{id}/export", f.exportAs)
	return mux
}

func by(r *http.Request) int64 {
	n, _ := strconv.ParseInt(r.URL.Query().Get("by"), 10, 64)
	return n
}
