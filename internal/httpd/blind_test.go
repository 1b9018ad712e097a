package httpd

import (
	"bufio"
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"claimbench/internal/roomtest"
)

// secrets are what only its reviewer and the auditors may read while the round is open.
var secrets = []string{"xyzzy-rationale", "xyzzy-searched"}

func firstDifference(a, b string) string {
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	cut := func(s string) string { return s[max(0, i-80):min(len(s), i+120)] }
	return fmt.Sprintf("before …%s…\nafter  …%s…", cut(a), cut(b))
}

// TestTheStreamIsBlind: a review of an open round is no news, nor is a comment on it; the next gloss is.
func TestTheStreamIsBlind(t *testing.T) {
	t.Parallel()
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
	// The stream tells of what happens after it was opened; glosses are changed until the first is heard.
	d.form("reviewer-1", claimURL(cl.ID)+"/reviews", "words_version", itoa(cl.WordsVersion), "round", "1", "confidence",
		"77", "verdict", "unverified", "reason_unverified", "insufficient", "searched", secrets[1]).want(t,
		http.StatusSeeOther)
	tick, n := time.NewTicker(200*time.Millisecond), 0
	defer tick.Stop()
	deadline := time.After(20 * time.Second)
	for {
		select {
		case line, open := <-lines:
			if !open {
				t.Fatal("the stream ended")
			}
			if strings.Contains(line, "review:") || strings.Contains(line, "round:") ||
				strings.Contains(line, "comment:") {
				t.Fatalf("the stream tells of a veiled event: %s", line)
			}
			if strings.Contains(line, "gloss:") {
				return
			}
		case <-tick.C:
			d.form("reviewer-1", claimURL(cl.ID)+"/comments", "text", "Which files?").want(t, http.StatusSeeOther)
			d.form("reviewer-1", claimURL(cl.ID)+"/glosses", "lang", "en", "gloss", fmt.Sprint("About ", n), "version",
				itoa(n)).want(t, http.StatusSeeOther)
			n++
		case <-deadline:
			t.Fatal("no news in 20 s")
		}
	}
}
