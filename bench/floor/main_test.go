package main

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"claimbench/bench/filling"
	"claimbench/internal/auth"
	"claimbench/internal/history"
	"claimbench/internal/house"
	"claimbench/internal/httpd"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
	"claimbench/web"
)

// world is the workbench and the floor, each on a copy of one filled database.
type world struct {
	t              *testing.T
	product, floor *httptest.Server
	reviewer       *http.Client
	by             auth.UserID
	db             *store.DB
}

func newWorld(t *testing.T) *world {
	db := storetest.SQLite(t)
	key, err := history.OpenKey(filepath.Join(t.TempDir(), "log.key"))
	if err != nil {
		t.Fatal(err)
	}
	signer := history.NewSigner(db, key, nil)
	h, err := house.Open(db, house.Options{Auth: auth.Options{Demo: true}, Sign: func(ctx context.Context) error {
		_, err := signer.Sign(ctx)
		return err
	}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := filling.Fill(context.Background(), h, filling.Options{Claims: 400, Seed: 3}); err != nil {
		t.Fatal(err)
	}
	s, err := httpd.New(h, httpd.Options{Assets: web.Unbuilt(), Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	w := &world{t: t, product: httptest.NewServer(s), db: db}
	t.Cleanup(w.product.Close)
	path := filepath.Join(t.TempDir(), "copy.db")
	direct, err := open(db.Target())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := direct.write.Exec("VACUUM INTO ?", path); err != nil {
		t.Fatal(err)
	}
	direct.close()
	f, err := open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(f.close)
	w.floor = httptest.NewServer(f.routes())
	t.Cleanup(w.floor.Close)
	jar, _ := cookiejar.New(nil)
	w.reviewer = &http.Client{Jar: jar}
	w.post(w.reviewer, w.product.URL+"/sign-in/demo", `{"user":"reviewer-1"}`)
	who, err := h.Auth.ActorFor(context.Background(), "reviewer-1", history.Web)
	if err != nil {
		t.Fatal(err)
	}
	w.by = who.UserID
	return w
}

func (w *world) send(c *http.Client, r *http.Request) any {
	w.t.Helper()
	r.Header.Set("Accept", "application/json")
	r.Header.Set("Content-Type", "application/json")
	answer, err := c.Do(r)
	if err != nil {
		w.t.Fatal(err)
	}
	defer answer.Body.Close()
	raw, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK {
		w.t.Fatalf("%s %s: %s, %v: %s", r.Method, r.URL, answer.Status, err, raw)
	}
	var out any
	if err := json.Unmarshal(raw, &out); err != nil {
		w.t.Fatalf("%s: %v: %.300s", r.URL, err, raw)
	}
	return out
}

func (w *world) get(c *http.Client, url string) any {
	w.t.Helper()
	r, _ := http.NewRequest(http.MethodGet, url, nil)
	return w.send(c, r)
}

func (w *world) post(c *http.Client, url, body string) any {
	w.t.Helper()
	r, _ := http.NewRequest(http.MethodPost, url, strings.NewReader(body))
	return w.send(c, r)
}

// without takes fields away that only one of the two gives: what a person may do, which the floor does not know; other
// claims that may say the same, which are of an index in memory; letters; what is asked in a conflict; times of what
// was just written.
func without(v any, names ...string) any {
	switch v := v.(type) {
	case map[string]any:
		names := append(names, "acts", "perhaps_same", "letter", "questions", "otherwise")
		for _, n := range names {
			delete(v, n)
		}
		for _, x := range v {
			without(x, names...)
		}
	case []any:
		for _, x := range v {
			without(x, names...)
		}
	}
	return v
}

func (w *world) same(what string, product, floor any, but ...string) {
	w.t.Helper()
	product, floor = without(product, but...), without(floor, but...)
	if reflect.DeepEqual(product, floor) {
		return
	}
	a, _ := json.MarshalIndent(product, "", " ")
	b, _ := json.MarshalIndent(floor, "", " ")
	lines, others := strings.Split(string(a), "\n"), strings.Split(string(b), "\n")
	for i := range min(len(lines), len(others)) {
		if lines[i] != others[i] {
			w.t.Errorf("%s: line %d of the workbench is %q, of the floor %q (%d and %d lines)", what, i, lines[i],
				others[i],
				len(lines), len(others))
			return
		}
	}
	w.t.Errorf("%s: the workbench answers %d lines, the floor %d", what, len(lines), len(others))
}

// The floor gives the answers that the workbench gives, or its cost says nothing about the workbench's.
func TestSameAnswers(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	both := func(product, floor string) {
		t.Helper()
		w.same(product, w.get(w.reviewer, w.product.URL+product), w.get(http.DefaultClient, w.floor.URL+floor))
	}
	by := "by=" + history.Num(w.by)
	queue := "/collections/1/queue"
	both(queue, queue+"?"+by)
	next, _ := w.get(w.reviewer, w.product.URL+queue).(map[string]any)["next"].(string)
	if next == "" {
		t.Error("the queue has one page")
	}
	both(queue+"?after="+next, queue+"?after="+next+"&"+by)
	both("/collections/1/claims?all=1", "/collections/1/claims")
	both("/collections/1/claims?all=1&after=120", "/collections/1/claims?after=120")
	both("/collections/1/articles", "/collections/1/articles")
	for _, word := range []string{"council", "ministry", "警察", "وزارت", "1984"} {
		both("/collections/1/search?q="+url.QueryEscape(word), "/collections/1/search?q="+url.QueryEscape(word))
	}
	for _, state := range []string{"approved", "decided", "candidate"} { // what is veiled or weighed anew is left out
		list := w.get(w.reviewer, w.product.URL+"/collections/1/claims?all=1&state="+state).(map[string]any)
		for _, c := range list["items"].([]any)[:2] {
			path := "/claims/" + history.Num(int64(c.(map[string]any)["id"].(float64)))
			w.same(path, w.get(w.reviewer, w.product.URL+path), w.get(http.DefaultClient, w.floor.URL+path),
				"in_print", "replies", "proposed_by") // which the floor does not look up
		}
	}
	w.same("export", w.post(w.editor(), w.product.URL+"/sets/1/export", `{"format":"json"}`),
		w.post(http.DefaultClient, w.floor.URL+"/sets/1/export", ""))
}

func (w *world) editor() *http.Client { return w.as("editor-1") }

func (w *world) as(name string) *http.Client {
	jar, _ := cookiejar.New(nil)
	c := &http.Client{Jar: jar}
	w.post(c, w.product.URL+"/sign-in/demo", `{"user":"`+name+`"}`)
	return c
}

// A review leaves the same rows and as many events in both.
func TestSameReview(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	queue := w.get(w.reviewer, w.product.URL+"/collections/1/queue").(map[string]any)
	id := history.Num(int64(queue["items"].([]any)[0].(map[string]any)["claim"].(map[string]any)["id"].(float64)))
	body := `{"verdict":"unverified","reason":"no_evidence","searched":"All of it.","confidence":60,` +
		`"words_version":1,"round":1}`
	var before, after int64
	size := func(n *int64) {
		if err := w.db.Read(context.Background(), func(r *store.Rx) (err error) {
			*n, err = history.Size(r)
			return err
		}); err != nil {
			t.Fatal(err)
		}
	}
	size(&before)
	product := w.post(w.reviewer, w.product.URL+"/claims/"+id+"/reviews", body)
	size(&after)
	floor := w.post(http.DefaultClient, w.floor.URL+"/claims/"+id+"/reviews?by="+history.Num(w.by), body)
	w.same("review", product, floor, "submitted_at")
	if after-before != 2 {
		t.Errorf("the workbench writes %d events for a first review, the floor 2", after-before)
	}
	before = after
	product = w.post(w.as("reviewer-2"), w.product.URL+"/claims/"+id+"/reviews", body)
	size(&after)
	floor = w.post(http.DefaultClient, w.floor.URL+"/claims/"+id+"/reviews?by="+history.Num(w.by+1), body)
	w.same("deciding review", product, floor, "submitted_at", "changed_at", "reviewer")
	if after-before != 4 {
		t.Errorf("the workbench writes %d events for a review that decides, the floor 4", after-before)
	}
}
