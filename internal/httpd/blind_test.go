package httpd

import (
	"bufio"
	"context"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"claimbench/internal/claims"
	"claimbench/internal/roomtest"
)

// secrets are what only the reviewer himself and the auditors may read while the round is open.
var secrets = []string{"xyzzy-rationale", "xyzzy-searched"}

// volatile is what differs between two requests for the same page.
var volatile = regexp.MustCompile(`r-[a-z0-9]{16}`)

// everything lists each page, in each form, that somebody can ask for about a claim; the table of routes is asked, so
// that a new page cannot be forgotten.
func (d *door) everything(n claims.ID, articleID int64) []string {
	fill := strings.NewReplacer(":collection", itoa(d.Collection.ID), "/claims/:id", claimURL(n), "/articles/:id",
		fmt.Sprintf("/articles/%d", articleID), "/sets/:id", "/sets/1", "/users/:id", "/users/1")
	var out []string
	for _, r := range d.server.routes() {
		if r.method != get || r.path == livePath || strings.HasPrefix(r.path, "/link") || strings.HasPrefix(r.path,
			"/sign") {
			continue
		}
		if strings.Contains(r.path, ":seq") {
			for seq := range 24 {
				out = append(out, strings.Replace(r.path, ":seq", itoa(seq+1), 1))
			}
			continue
		}
		out = append(out, fill.Replace(r.path))
	}
	col := itoa(d.Collection.ID)
	for _, tab := range []string{"turn", "waiting", "conflict", "approve", "done"} {
		out = append(out, "/collections/"+col+"/queue?tab="+tab)
	}
	for _, words := range secrets {
		out = append(out, "/collections/"+col+"/search?q="+words, "/collections/"+col+"/claims?text="+words)
	}
	return append(out, "/history?object=claim:"+itoa(n), "/history?action=review.", "/history?action=round.",
		"/history?object=review:1", "/history?object=round:1",
		"/collections/"+col+"/claims?verdict=disputed", "/collections/"+col+"/claims?verdict=none",
		fmt.Sprintf("/articles/%d?claim=%d", articleID, n))
}

// see reads everything as somebody does: as a page, as the part that htmx swaps, and as data.
func (d *door) see(user string, paths []string) map[string]string {
	out := map[string]string{}
	for _, p := range paths {
		for _, header := range [][]string{nil, {"HX-Request", "true"}, {"Accept", "application/json"}} {
			r := d.do(user, get, p, "", "", header...)
			out[strings.Join(append([]string{p}, header...), " ")] = volatile.ReplaceAllString(fmt.Sprint(r.status)+
				r.location+r.body, "")
		}
	}
	return out
}

// TestAnOpenRoundIsBlind: while a round is open, no page, no part of one and no answer to a program is different for
// other reviewers and editors because of somebody's review, and none holds a word of it. Auditors read it.
func TestAnOpenRoundIsBlind(t *testing.T) {
	d := newDoor(t)
	fa, _ := d.twoArticles()
	cl := d.Claim(fa, "حدود ۹ گیگابایت", "حدود ۹ گیگابایت داده منتشر شد")
	fixed := time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)
	d.DB.SetClock(func() time.Time { return fixed })
	paths := d.everything(cl.ID, int64(fa.Article.ID))
	others := []string{"reviewer-2", "editor-1", "editor-2"}
	before := map[string]map[string]string{}
	for _, u := range others {
		before[u] = d.see(u, paths)
	}
	d.form("reviewer-1", claimURL(cl.ID)+"/reviews", "words_version", itoa(cl.WordsVersion), "round", "1", "confidence",
		"77", "verdict", "unverified", "reason_unverified", "insufficient",
		"rationale", secrets[0], "searched", secrets[1]).want(t, http.StatusSeeOther)
	for _, u := range others {
		after := d.see(u, paths)
		for path, was := range before[u] {
			if after[path] != was {
				t.Errorf("%s sees a difference at %s after another's review:\n%s", u, path, firstDifference(was,
					after[path]))
			}
			for _, secret := range secrets {
				if strings.Contains(after[path], secret) && !strings.Contains(path, secret) {
					t.Errorf("%s reads %q at %s", u, secret, path)
				}
			}
		}
	}
	for _, u := range []string{"reviewer-1", "auditor-1"} {
		if page := d.get(u, claimURL(cl.ID)); !strings.Contains(page.body, secrets[1]) {
			t.Errorf("%s does not read the review: so this test would not notice a leak", u)
		}
	}
	d.form("reviewer-2", claimURL(cl.ID)+"/reviews", "words_version", itoa(cl.WordsVersion), "round", "1", "confidence",
		"60", "verdict", "unverified", "reason_unverified", "insufficient", "searched", "too").want(t,
		http.StatusSeeOther)
	d.get("reviewer-2", claimURL(cl.ID)).want(t, http.StatusOK, secrets[0])
}

func firstDifference(a, b string) string {
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	cut := func(s string) string { return s[max(0, i-80):min(len(s), i+120)] }
	return fmt.Sprintf("before …%s…\nafter  …%s…", cut(a), cut(b))
}

// TestTheStreamIsBlind: a review of an open round is no news; the next comment is.
func TestTheStreamIsBlind(t *testing.T) {
	d := newDoor(t)
	fa, _ := d.twoArticles()
	cl := d.Claim(fa, "حدود ۹ گیگابایت", "حدود ۹ گیگابایت داده منتشر شد")
	ctx, cancel := context.WithCancel(roomtest.Ctx())
	defer cancel()
	go d.server.Run(ctx)
	req, err := http.NewRequestWithContext(ctx, get, d.http.URL+livePath, nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := d.client("reviewer-2").Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	lines := make(chan string)
	go func() {
		defer close(lines)
		for s := bufio.NewScanner(resp.Body); s.Scan(); {
			if strings.HasPrefix(s.Text(), "data:") {
				lines <- s.Text()
			}
		}
	}()
	// The stream tells of what happens after it was opened; comments are made until the first is heard.
	d.form("reviewer-1", claimURL(cl.ID)+"/reviews", "words_version", itoa(cl.WordsVersion), "round", "1", "confidence",
		"77", "verdict", "unverified", "reason_unverified", "insufficient", "searched", secrets[1]).want(t,
		http.StatusSeeOther)
	tick := time.NewTicker(200 * time.Millisecond)
	defer tick.Stop()
	deadline := time.After(20 * time.Second)
	for {
		select {
		case line, open := <-lines:
			if !open {
				t.Fatal("the stream ended")
			}
			if strings.Contains(line, "review:") || strings.Contains(line, "round:") {
				t.Fatalf("the stream tells of a veiled event: %s", line)
			}
			if strings.Contains(line, "comment:") {
				return
			}
		case <-tick.C:
			d.form("reviewer-1", claimURL(cl.ID)+"/comments", "text", "Which files?").want(t, http.StatusSeeOther)
		case <-deadline:
			t.Fatal("no news in 20 s")
		}
	}
}
