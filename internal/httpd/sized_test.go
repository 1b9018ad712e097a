package httpd

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"claimbench/bench/filling"
	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// The variables that say how large the world of TestPagesAtSize is: how many claims are filled in, or a database that
// bench/fill made, which is used as it is, and changed: give it a copy.
const (
	claimsEnv = "CLAIMBENCH_CLAIMS"
	filledEnv = "CLAIMBENCH_FILLED"
	fewClaims = 150
)

// sized is a world made by bench/filling, on db or on the database that filledEnv names.
func sized(t *testing.T, db *store.DB) full {
	t.Helper()
	url := os.Getenv(filledEnv)
	if url != "" {
		var err error
		if db, err = store.Open(roomtest.Ctx(), url, store.Options{}); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { db.Close() })
		if _, err := db.Migrate(roomtest.Ctx()); err != nil {
			t.Fatal(err)
		}
	}
	w := full{door: newDoorOn(t, db), user: 1}
	if url == "" {
		n := fewClaims
		if asked := os.Getenv(claimsEnv); asked != "" {
			var err error
			if n, err = strconv.Atoi(asked); err != nil {
				t.Fatal(err)
			}
		}
		made, err := filling.Fill(roomtest.Ctx(), w.House, filling.Options{Claims: n, Seed: 1})
		if err != nil {
			t.Fatal(err)
		}
		w.Collection.ID = made.Collection
		if db.Dialect() == store.Postgres {
			w.exec("ANALYZE")
		}
	} else {
		w.Collection.ID = 1
	}
	w.pick()
	return w
}

func (w *full) exec(statement string) {
	w.t.Helper()
	if err := w.DB.Write(roomtest.Ctx(), func(tx *store.Tx) error {
		return tx.Gorm().Exec(statement).Error
	}); err != nil {
		w.t.Fatal(err)
	}
}

// pick chooses the rows that pages are asked for, from the middle of the collection, and moves one claim.
func (w *full) pick() {
	w.t.Helper()
	var frozen, draft, article int64
	one := func(into *int64, query string, args ...any) {
		w.t.Helper()
		if err := w.DB.Read(roomtest.Ctx(), func(r *store.Rx) error {
			return r.Gorm().Raw(query, args...).Scan(into).Error
		}); err != nil || *into == 0 {
			w.t.Fatalf("%s gives %d, %v", query, *into, err)
		}
	}
	state := func(s claims.State) (id claims.ID) {
		var n, middle int64
		one(&middle, "SELECT (MAX(id) + MIN(id)) / 2 FROM claims WHERE collection_id = ? AND state = ?",
			w.Collection.ID, s)
		one(&n, "SELECT MIN(c.id) FROM claims c WHERE c.collection_id = ? AND c.state = ? AND c.id >= ? AND "+
			"(c.state <> 'open' OR EXISTS (SELECT 1 FROM reviews r WHERE r.claim_id = c.id))", w.Collection.ID, s,
			middle)
		return claims.ID(n)
	}
	w.open, w.conflict, w.decided = state(claims.Open), state(claims.InConflict), state(claims.Decided)
	one(&frozen, "SELECT MIN(id) FROM claim_sets WHERE collection_id = ? AND state = 'frozen'", w.Collection.ID)
	one(&draft, "SELECT MAX(id) FROM claim_sets WHERE collection_id = ? AND state = 'draft'", w.Collection.ID)
	one(&article, "SELECT article_id FROM claims WHERE id = ?", w.open)
	w.set, w.frozen, w.article = draft, frozen, articles.ID(article)
	w.move()
	w.busy()
}

// move gives the article of an open claim a newer text without the claim's words, so that a person is asked.
func (w *full) move() {
	w.t.Helper()
	ctx, editor := roomtest.Ctx(), w.As("editor-1")
	var c claims.Claim
	var t articles.Text
	if err := w.DB.Read(ctx, func(r *store.Rx) (err error) {
		var open []claims.Claim
		if err = r.Gorm().Where("collection_id = ? AND state = ? AND article_id <> ? AND id > ?", w.Collection.ID,
			claims.Open, w.article, w.open).Limit(1).Find(&open).Error; err != nil || len(open) == 0 {
			return err
		}
		c = open[0]
		t, err = articles.TextOf(r, c.ArticleID, 0)
		return err
	}); err != nil || c.ID == 0 {
		w.t.Fatalf("no claim to move: %v", err)
	}
	raw := []rune(t.Revision.Raw)
	if _, err := w.Articles.Revise(ctx, editor, c.ArticleID, t.Article.Version, string(raw[:c.Start])+
		"Nothing of it."+string(raw[c.End:]), false); err != nil {
		w.t.Fatal(err)
	}
	if _, err := w.Claims.Reanchor(ctx, editor, c.ArticleID); err != nil {
		w.t.Fatal(err)
	}
	w.moved, w.revised = c.ID, c.ArticleID
}

// TestPagesAtSize counts the statements of every page on a world that bench/filling made, of CLAIMBENCH_CLAIMS claims
// (few when it is not set), and on SQLite refuses plans that read a table that grows from end to end. What each page
// took and sent is in the log (-v).
func TestPagesAtSize(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		t.Parallel()
		w := sized(t, db)
		if err := w.Evidence.Warm(roomtest.Ctx()); err != nil {
			t.Fatal(err)
		}
		a := &asked{dialect: w.DB.Dialect(), all: map[string]string{}, from: map[string]string{}}
		for _, r := range w.server.routes() {
			if r.method != get || r.path == livePath || r.access.open || r.path == "/history/:seq/proof" {
				continue
			}
			w.look(r, a)
		}
		if w.DB.Dialect() == store.SQLite {
			w.refuseScans(a) // PostgreSQL reads whole what is small, and may: TestPlans asks it with large tables
		}
	})
}

// look asks every address of a route as every person, and fails where one takes more statements than any page may.
func (w full) look(r route, a *asked) {
	w.t.Helper()
	for _, path := range w.paths(r.path) {
		for _, accept := range []string{"text/html", "application/json"} {
			w.askOnce(context.Background(), "auditor-1", path, accept) // which may fill an index in memory
			for _, who := range []string{"reviewer-1", "reviewer-2", "editor-2", "auditor-1", "admin-1"} {
				a.who = fmt.Sprintf("%s as %s for %s", path, accept, who)
				if over := w.lookOnce(who, path, accept, a); over != "" {
					if over = w.lookOnce(who, path, accept, a); over != "" { // not for the first time either
						w.t.Error(over)
					}
				}
			}
		}
	}
}

// lookOnce tells what was more than any page may take, "" for nothing.
func (w full) lookOnce(who, path, accept string, a *asked) (over string) {
	w.t.Helper()
	a.last = nil
	n, used := a.counter(), processor()
	got := w.askOnce(store.WithCounter(context.Background(), n), who, path, accept)
	used = processor() - used
	if !slices.Contains([]int{http.StatusOK, http.StatusSeeOther, http.StatusForbidden, http.StatusNotFound},
		got.Code) {
		w.t.Errorf("%s: status %d", a.who, got.Code)
	}
	if got.Code == http.StatusOK {
		w.t.Logf("%8.2f ms of processor %3d statements %8d bytes %s", used.Seconds()*1000, n.Statements.Load(),
			got.Body.Len(), a.who)
	}
	reads := int64(mostReads)
	if got.Code == http.StatusNotFound {
		reads++ // the page that says so reads a frame of its own
	}
	if n.Reads.Load() > reads || n.Statements.Load() > mostOf(path) {
		return fmt.Sprintf("%s: %d reads, %d statements:\n%s", a.who, n.Reads.Load(), n.Statements.Load(),
			strings.Join(a.last, "\n"))
	}
	return ""
}

// processor is the processor time that this process has used.
func processor() time.Duration {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u) // it never fails for oneself
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
