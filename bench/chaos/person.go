package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/cookiejar"
	"sync"
	"sync/atomic"
	"time"
)

// Pauses between two tries.
const shortest, longest = 20 * time.Millisecond, 400 * time.Millisecond

// person is somebody who is signed in twice: in two tabs, of one browser or of two machines.
type person struct {
	name   string
	server *server
	tabs   [2]*http.Client // over the line that drops
	sure   *http.Client    // straight to the server, to look at what there is
	chance *rand.Rand

	versions sync.Map    // of the forms in which this person types, by where they are kept, as they were answered last
	origins  *sync.Map   // the version of the origin of each article, as everybody was answered last
	took     atomic.Bool // the last act of this person took something back
}

// answer is what the server said to an act at last.
type answer struct {
	status int
	body   []byte
	tries  int
	lost   bool // done by a server that died before it kept what it answered
}

func (a answer) acknowledged() bool { return a.status < http.StatusBadRequest }

// into reads the answer.
func (a answer) into(v any) error {
	if err := json.Unmarshal(a.body, v); err != nil {
		return fmt.Errorf("%w in %.200s", err, a.body)
	}
	return nil
}

func newPerson(name string, s *server, l *line, chance *rand.Rand, origins *sync.Map) (*person, error) {
	p := &person{name: name, server: s, chance: chance, origins: origins}
	for _, c := range []**http.Client{&p.tabs[0], &p.tabs[1], &p.sure} {
		jar, err := cookiejar.New(nil)
		if err != nil {
			return nil, err
		}
		*c = &http.Client{Jar: jar, Timeout: 30 * time.Second}
		transport := &http.Transport{DisableKeepAlives: true}
		if c != &p.sure {
			transport.DialContext = l.dial
		}
		(*c).Transport = transport
		a, err := p.send(*c, "/sign-in/demo", map[string]string{"user": name}, "", drop{})
		if err != nil || !a.acknowledged() {
			return nil, fmt.Errorf("signing %s in: %d %s %w", name, a.status, a.body, err)
		}
	}
	return p, nil
}

// send sends an act until the server has said what became of it: the first time on a line that may drop.
func (p *person) send(c *http.Client, path string, body any, key string, first drop) (a answer, err error) {
	raw, err := json.Marshal(body)
	if err != nil {
		return a, err
	}
	ctx := context.WithValue(context.Background(), dropKey{}, first)
	pause := shortest
	for until := time.Now().Add(patience); time.Now().Before(until); time.Sleep(pause) {
		a.tries++
		if a.tries > 3 {
			pause = min(longest, 2*pause)
		}
		var open bool
		a, open, err = p.try(ctx, c, http.MethodPost, path, raw, key, a.tries)
		if err == nil && !open {
			return a, nil
		}
		ctx = context.Background()
	}
	return a, fmt.Errorf("no answer to %s within %v: %d %s %w", path, patience, a.status, a.body, err)
}

// try sends one request, as the tries-th. open says that its answer leaves open what became of it.
func (p *person) try(ctx context.Context, c *http.Client, method, path string, body []byte, key string, tries int) (
	a answer, open bool, err error) {
	a.tries = tries
	req, err := http.NewRequestWithContext(ctx, method, "http://"+p.server.addr+path, bytes.NewReader(body))
	if err != nil {
		return a, false, err
	}
	req.Header.Set("Accept", "application/json")
	req.Header.Set("Sec-Fetch-Site", "same-origin")
	if method == http.MethodPost {
		req.Header.Set("Content-Type", "application/json")
	}
	if key != "" {
		req.Header.Set("Idempotency-Key", key)
	}
	res, err := c.Do(req)
	if err != nil {
		return a, true, err
	}
	defer res.Body.Close()
	a.status, a.lost = res.StatusCode, res.Header.Get("Idempotency-Replayed") == "answer lost"
	a.body, err = io.ReadAll(res.Body)
	switch res.StatusCode { // as web/src/outbox.ts
	case http.StatusRequestTimeout, http.StatusTooManyRequests, http.StatusBadGateway, http.StatusServiceUnavailable,
		http.StatusGatewayTimeout:
		open = true
	case http.StatusConflict:
		open = res.Header.Get("Retry-After") != ""
	}
	return a, open, err
}

// errNone says that there is nothing to do such an act to now.
var errNone = errors.New("nothing to do it to")

// get looks at what there is, until a server answers. What this person may not see is errNone.
func (p *person) get(path string, into any) error {
	for until := time.Now().Add(patience); time.Now().Before(until); time.Sleep(shortest) {
		a, open, err := p.try(context.Background(), p.sure, http.MethodGet, path, nil, "", 1)
		switch {
		case err != nil || open:
			continue
		case a.status == http.StatusOK:
			return a.into(into)
		case a.status < http.StatusInternalServerError:
			return errNone
		}
		return fmt.Errorf("GET %s: %d %.300s", path, a.status, a.body)
	}
	return fmt.Errorf("no answer to GET %s within %v", path, patience)
}
