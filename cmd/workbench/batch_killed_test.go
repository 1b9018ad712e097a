package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"claimbench/internal/claims"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
	"claimbench/web"
)

// TestKilledInABatch kills the server with kill -9 while a batch is done, while it is taken back, and while it is done
// again: the server that is started then finishes each, no claim is done twice and none is lost, and the history
// verifies.
func TestKilledInABatch(t *testing.T) {
	if _, err := web.LoadAssets(); err != nil {
		t.Skipf("the server is not tested here: %v", err)
	}
	t.Run("sqlite", func(t *testing.T) {
		dir := t.TempDir()
		killedInABatch(t, "sqlite:"+filepath.Join(dir, "b.db"), filepath.Join(dir, "log.key"))
	})
	t.Run("postgres", func(t *testing.T) {
		db := storetest.Postgres(t)
		if err := db.Write(context.Background(), func(tx *store.Tx) error { // a demo serves what it made itself
			return tx.SetMeta(madeBy, madeByDemo)
		}); err != nil {
			t.Fatal(err)
		}
		killedInABatch(t, storetest.URL(t, db), filepath.Join(t.TempDir(), "log.key"))
	})
}

// batchSeen is what the server says of a batch.
type batchSeen struct {
	ID                                       claims.BatchID
	State                                    string
	Chosen, Would, Done, Refused, Back, Kept int
}

func killedInABatch(t *testing.T, database, key string) {
	p, v := startProcess(t, database, key), newVisitor(t)
	v.signIn(p, "editor-1")
	ids := manyCandidates(v, p)
	body, err := json.Marshal(map[string]any{"claims": ids, "act": "accept"})
	if err != nil {
		t.Fatal(err)
	}
	var b batchSeen
	v.json("POST", p.url+"/collections/1/batches", string(body), "").into(t, &b)
	if b.Would != len(ids) {
		t.Fatalf("the preview: %+v", b)
	}
	page := fmt.Sprintf("/batches/%d", b.ID)
	for _, step := range []struct {
		to, body, ends string
		part, whole    func(batchSeen) int
	}{
		{page, `{"act":"accept"}`, "done", func(b batchSeen) int { return b.Done }, nil},
		{"/collections/1/undo", `{}`, "undone", func(b batchSeen) int { return b.Back }, nil},
		{"/collections/1/redo", `{}`, "done", func(b batchSeen) int { return b.Done }, nil},
	} {
		if a := v.json("POST", p.url+step.to, step.body, ""); a.status >= 400 {
			t.Fatalf("%s answers %d: %s", step.to, a.status, a.body)
		}
		killed := v.batchUntil(p, page, func(b batchSeen) bool { return step.part(b) > 0 })
		if err := p.cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = p.cmd.Wait()
		if n := step.part(killed); n >= len(ids) {
			t.Fatalf("%s: the server was killed too late, after %d of %d", step.to, n, len(ids))
		}
		p = startProcess(t, database, key)
		b = v.batchUntil(p, page, func(b batchSeen) bool { return b.State == step.ends })
		if step.part(b) != len(ids) || b.Refused+b.Kept+b.Would != 0 {
			t.Errorf("%s: killed at %+v, finished as %+v", step.to, killed, b)
		}
	}
	p.stop()
	changedOnce(t, database, ids)
	if code, said := workbench("audit", "verify", "--database", database, "--key", key+".pub"); code != 0 {
		t.Errorf("audit verify ends with %d:\n%s", code, said)
	}
}

// manyCandidates takes a long text in, and gives its candidates: a batch of them has many slices.
func manyCandidates(v visitor, p *process) (ids []claims.ID) {
	v.t.Helper()
	var text strings.Builder
	for i := range 200 {
		fmt.Fprintf(&text, "On 3 March 2021 the council of Ghent approved %d grants, the mayor said.\n", i+2)
	}
	body, err := json.Marshal(map[string]any{"title": "Grants", "lang": "en", "text": text.String()})
	if err != nil {
		v.t.Fatal(err)
	}
	a := v.json("POST", p.url+"/collections/1/articles", string(body), "")
	var made struct{ Article struct{ ID int64 } }
	if a.into(v.t, &made); a.status >= 400 || made.Article.ID == 0 {
		v.t.Fatalf("the text was not taken in: %d %s", a.status, a.body)
	}
	at := fmt.Sprintf("%s/articles/%d", p.url, made.Article.ID)
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(50 * time.Millisecond) {
		if a := v.json("POST", at+"/extract", "{}", ""); a.status < 400 {
			break
		} else if time.Now().After(deadline) {
			v.t.Fatalf("no candidates: %d %s", a.status, a.body)
		}
	}
	for deadline := time.Now().Add(time.Minute); len(ids) < 200 && time.Now().Before(deadline); {
		ids = nil
		for next := fmt.Sprintf("/collections/1/claims?article=%d&state=candidate", made.Article.ID); next != ""; {
			var page struct {
				Items []struct{ ID claims.ID }
				Next  string
			}
			v.json("GET", p.url+next, "", "").into(v.t, &page)
			for _, c := range page.Items {
				ids = append(ids, c.ID)
			}
			if next = ""; page.Next != "" {
				next = fmt.Sprintf("/collections/1/claims?article=%d&state=candidate&after=%s", made.Article.ID,
					page.Next)
			}
		}
	}
	if len(ids) < 200 {
		v.t.Fatalf("only %d candidates came", len(ids))
	}
	return ids
}

// batchUntil asks for a batch until it is as it should be.
func (v visitor) batchUntil(p *process, page string, so func(batchSeen) bool) (b batchSeen) {
	v.t.Helper()
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		a := v.json("GET", p.url+page, "", "")
		if a.status != http.StatusOK {
			v.t.Fatalf("%s answers %d: %s", page, a.status, a.body)
		}
		if a.into(v.t, &b); so(b) {
			return b
		}
	}
	v.t.Fatalf("%s stays %+v", page, b)
	return b
}

// changedOnce looks that each claim was accepted, given back and accepted again, each once, and is open.
func changedOnce(t *testing.T, database string, ids []claims.ID) {
	t.Helper()
	db, err := store.Open(context.Background(), database, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.Read(context.Background(), func(r *store.Rx) error {
		for _, id := range ids {
			got, err := store.Select[string](r, "SELECT action FROM events WHERE object = ? AND batch LIKE 'batch:%' "+
				"ORDER BY seq", claims.Object(id))
			if err != nil {
				return err
			}
			if s := strings.Join(got, " "); s != "candidate.accepted claim.unaccepted candidate.accepted" {
				t.Errorf("claim %d: %s", id, s)
			}
		}
		open, err := store.Select[int](r, "SELECT COUNT(*) FROM claims WHERE state = 'open' AND id IN "+
			store.InList(r), store.IDs[claims.ID](ids))
		if err == nil && open[0] != len(ids) {
			t.Errorf("%d of %d are open", open[0], len(ids))
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
}
