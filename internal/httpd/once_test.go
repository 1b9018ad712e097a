package httpd

import (
	"crypto/sha256"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"claimbench/internal/once"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// sendKeyed sends JSON with a key.
func (d *door) sendKeyed(user, path, key, body string) reply {
	d.t.Helper()
	return d.do(user, post, path, "application/json", body, "Accept", "application/json", "Sec-Fetch-Site",
		"same-origin", keyHeader, key)
}

// TestDownloadSentTwice: a download that is asked for again under its key is made anew, in the same shape, and under
// the rights held then.
func TestDownloadSentTwice(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := newDoorOn(t, db)
		fa, _ := d.twoArticles()
		send := func() reply { return d.sendKeyed("auditor-1", "/history/export", "k-1", `{"object":""}`) }
		one, two := send().want(t, http.StatusOK), send().want(t, http.StatusOK)
		if one.body == "" || !strings.HasPrefix(two.body, one.body) {
			t.Errorf("%d bytes, then %d", len(one.body), len(two.body))
		}
		for _, name := range []string{"Content-Type", "Content-Disposition"} {
			if v := one.header.Get(name); v == "" || two.header.Get(name) != v {
				t.Errorf("%s is %q, then %q", name, v, two.header.Get(name))
			}
		}
		cl := d.Claim(fa, "حدود ۹ گیگابایت", "حدود ۹ گیگابایت داده منتشر شد")
		d.rules(1)
		d.reviewed("reviewer-1", cl.ID, "the minutes")
		d.approved(cl.ID)
		d.frozen(cl.ID, "Leaks")
		set := func(format string) reply {
			return d.sendKeyed("editor-1", "/sets/1/export", "k-2", `{"format":"`+format+`"}`)
		}
		one, two = set("csv").want(t, http.StatusOK), set("csv").want(t, http.StatusOK)
		if two.body != one.body || two.header.Get("Content-Type") != one.header.Get("Content-Type") ||
			two.header.Get(replayedHeader) != "true" {
			t.Errorf("a set is given as %q, then as %q, %v", one.body, two.body, two.header)
		}
		set("json").problem(t, 422) // the key is of the file as it was asked for
		if err := d.Auth.DisableUser(roomtest.Ctx(), d.As("admin-1"), d.As("auditor-1").UserID, "gone"); err != nil {
			t.Fatal(err)
		}
		send().problem(t, http.StatusUnauthorized)
	})
}

// TestSentTwice: a request with a key is done once; the replay reads what stands now, and is asked for the permission
// again. Another body under the key is refused, another person's or route's key is another key.
func TestSentTwice(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := newDoorOn(t, db)
		fa, _ := d.twoArticles()
		cl := d.Claim(fa, "حدود ۹ گیگابایت", "حدود ۹ گیگابایت داده منتشر شد")
		comments := claimURL(cl.ID) + "/comments"
		count := func(words string, want int) {
			t.Helper()
			if n := strings.Count(d.get("auditor-1", claimURL(cl.ID)).body, words); n != want {
				t.Errorf("%q stands there %d times, want %d", words, n, want)
			}
		}
		first := d.sendKeyed("reviewer-1", comments, "k-1", `{"text":"Only once."}`).want(t, http.StatusOK)
		if first.header.Get(replayedHeader) != "" {
			t.Error("the first is called a replay")
		}
		again := d.sendKeyed("reviewer-1", comments, "k-1", `{"text":"Only once."}`).want(t, http.StatusOK,
			"Only once.")
		if again.header.Get(replayedHeader) != "true" {
			t.Error("the replay does not say that it is one")
		}
		count("Only once.", 1)
		p := d.sendKeyed("reviewer-1", comments, "k-1", `{"text":"Other words."}`).problem(t, 422)
		if !strings.Contains(p.Detail, "other contents") {
			t.Errorf("another body: %s", p.Detail)
		}
		other := d.Claim(fa, "حدود ۹", "حدود ۹ گیگابایت بود")
		d.sendKeyed("reviewer-1", claimURL(other.ID)+"/comments", "k-1", `{"text":"Only once."}`).problem(t, 422)
		d.sendKeyed("reviewer-2", comments, "k-1", `{"text":"Only once."}`).want(t, http.StatusOK)
		count("Only once.", 2)
		d.sendKeyed("reviewer-1", comments, strings.Repeat("k", 201), `{"text":"x"}`).problem(t, 422)

		// A refused request keeps no key: mended, it is done.
		d.sendKeyed("reviewer-1", comments, "k-2", `{"text":""}`).problem(t, 422)
		d.sendKeyed("reviewer-1", comments, "k-2", `{"text":"Mended."}`).want(t, http.StatusOK)
		count("Mended.", 1)

		// A form carries it in a field; a replay leads where the first led.
		send := func() reply { return d.form("reviewer-1", comments, "text", "By a form.", keyField, "k-3") }
		one, two := send().want(t, http.StatusSeeOther), send().want(t, http.StatusSeeOther)
		if one.location != two.location || two.header.Get(replayedHeader) != "true" {
			t.Errorf("led to %q, then to %q", one.location, two.location)
		}
		count("By a form.", 1)

		// The permission is asked again.
		if err := d.Auth.DisableUser(roomtest.Ctx(), d.As("admin-1"), d.As("reviewer-1").UserID, "gone"); err != nil {
			t.Fatal(err)
		}
		d.sendKeyed("reviewer-1", comments, "k-1", `{"text":"Only once."}`).problem(t, http.StatusUnauthorized)
	})
}

// TestSentAtOnce: of twenty that come together over two servers one is done; the others are told so or told to wait.
func TestSentAtOnce(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := newDoorOn(t, db)
		fa, _ := d.twoArticles()
		cl := d.Claim(fa, "حدود ۹ گیگابایت", "حدود ۹ گیگابایت داده منتشر شد")
		other, err := New(d.World.House, d.server.opts)
		if err != nil {
			t.Fatal(err)
		}
		house := *other.House
		house.Once = once.New(db) // as another process has
		other.House = &house
		d.client("reviewer-1")
		var wg sync.WaitGroup
		statuses := make(chan int, 20)
		for i := range 20 {
			server := []*Server{d.server, other}[i%2]
			wg.Go(func() {
				statuses <- d.direct(server, "reviewer-1", claimURL(cl.ID)+"/comments", "k", `{"text":"At once."}`)
			})
		}
		wg.Wait()
		close(statuses)
		for s := range statuses {
			if s != http.StatusOK && s != http.StatusConflict {
				t.Errorf("one of twenty got %d", s)
			}
		}
		if n := strings.Count(d.get("auditor-1", claimURL(cl.ID)).body, "At once."); n != 1 {
			t.Errorf("twenty requests with one key were done %d times", n)
		}
	})
}

// TestAnswerLost: the server ends between the work and its answer. What is sent again is not done again: first it is
// told to wait, later where to look.
func TestAnswerLost(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := newDoorOn(t, db)
		fa, _ := d.twoArticles()
		cl := d.Claim(fa, "حدود ۹ گیگابایت", "حدود ۹ گیگابایت داده منتشر شد")
		body := `{"text":"Before the end."}`
		q := once.Request{User: d.As("reviewer-1").UserID, Route: "POST /claims/:id/comments", Key: "k",
			Body: sha256.Sum256([]byte(claimURL(cl.ID) + "/comments\n" + body))}
		gone := once.New(db)
		work, done, end, err := gone.Begin(roomtest.Ctx(), q)
		if err != nil || done != nil {
			t.Fatalf("%v, %v", done, err)
		}
		if _, err := d.Claims.AddComment(work, d.As("reviewer-1"), cl.ID, "Before the end."); err != nil {
			t.Fatal(err)
		}
		end() // and nothing is finished: the process is gone
		url := claimURL(cl.ID) + "/comments"
		r := d.sendKeyed("reviewer-1", url, "k", body)
		if r.problem(t, http.StatusConflict); r.header.Get("Retry-After") != "1" {
			t.Errorf("nobody says how long to wait: %v", r.header)
		}
		now := time.Now()
		db.SetClock(func() time.Time { return now.Add(time.Minute) })
		r = d.sendKeyed("reviewer-1", url, "k", body).want(t, http.StatusOK, "Before the end.")
		if r.header.Get(replayedHeader) != "answer lost" {
			t.Errorf("the replay says %q", r.header.Get(replayedHeader))
		}
		if n := strings.Count(d.get("auditor-1", claimURL(cl.ID)).body, "Before the end."); n != 1 {
			t.Errorf("it was done %d times", n)
		}
		// After a day the key is free again, and the old row makes room.
		db.SetClock(func() time.Time { return now.Add(once.Kept + 2*time.Minute) })
		d.clients = map[string]*http.Client{}
		d.sendKeyed("reviewer-1", url, "k", `{"text":"Next day."}`).want(t, http.StatusOK)
		var rows int64
		if err := db.Read(roomtest.Ctx(), func(r *store.Rx) error {
			return r.Gorm().Raw("SELECT COUNT(*) FROM sent_requests").Scan(&rows).Error
		}); err != nil || rows != 1 {
			t.Errorf("%d keys are kept: %v", rows, err)
		}
	})
}

// TestEveryActTakesAKey: no POST route passes its key by.
func TestEveryActTakesAKey(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	for _, r := range d.server.routes() {
		if r.method != post || r.access.open {
			continue
		}
		path := d.fill(r.path, 1)
		for _, who := range []string{"editor-1", "auditor-1", "admin-1", "reviewer-1"} {
			r := d.sendKeyed(who, path, "a key", "{}")
			if r.status == http.StatusForbidden || r.status == http.StatusNotFound {
				continue
			}
			if p := r.problem(t, 422); !strings.Contains(p.Detail, "idempotency key") {
				t.Errorf("%s took a key that is none: %s", path, p.Detail)
			}
			break
		}
	}
}

// direct asks a server without a network.
func (d *door) direct(s *Server, user, path, key, body string) int {
	req := httptest.NewRequest(post, path, strings.NewReader(body))
	at, err := url.Parse(d.http.URL)
	if err != nil {
		d.t.Error(err)
	}
	for _, cookie := range d.client(user).Jar.Cookies(at) {
		req.AddCookie(cookie)
	}
	for name, value := range map[string]string{"Content-Type": "application/json", "Accept": "application/json",
		keyHeader: key} {
		req.Header.Set(name, value)
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, req)
	return w.Code
}

// TestOutbox: the outbox of a page is told where to go, by a cookie which form was done, and is not let act in the name
// of somebody else who signed in meanwhile.
func TestOutbox(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	fa, _ := d.twoArticles()
	cl := d.Claim(fa, "حدود ۹ گیگابایت", "حدود ۹ گیگابایت داده منتشر شد")
	send := func(as string) reply {
		return d.do("reviewer-1", post, claimURL(cl.ID)+"/comments", "application/x-www-form-urlencoded",
			"text=Kept.&_key=k-1", "Sec-Fetch-Site", "same-origin", "Prefer", "return=minimal", actingHeader, as)
	}
	// What others call people is not theirs alone: here both have one name.
	if err := d.DB.Write(roomtest.Ctx(), func(tx *store.Tx) error {
		return tx.Gorm().Exec("UPDATE users SET display = 'Mina' WHERE name IN ('reviewer-1', 'reviewer-2')").Error
	}); err != nil {
		t.Fatal(err)
	}
	for _, as := range []string{"Mina", "reviewer-2"} {
		send(as).want(t, http.StatusPreconditionFailed)
	}
	page := d.get("reviewer-1", "/settings").body
	if !strings.Contains(page, `data-user="reviewer-1"><bdi>Mina</bdi>`) {
		t.Error("the page does not say who signed in")
	}
	for range 2 {
		r := send("reviewer-1").want(t, http.StatusNoContent)
		cookies := strings.Join(r.header["Set-Cookie"], "\n")
		if !strings.HasPrefix(r.location, claimURL(cl.ID)) || !strings.Contains(cookies, "sent=k-1") {
			t.Errorf("the outbox is led to %q with %q", r.location, r.header["Set-Cookie"])
		}
	}
	if n := strings.Count(d.get("reviewer-1", claimURL(cl.ID)).body, "Kept."); n != 1 {
		t.Errorf("it was done %d times", n)
	}
}
