package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/cookiejar"
	"os/exec"
	"strings"
	"sync"
	"time"
)

// report is what a run found.
type report struct {
	acts, kills, drops, doubles int
	lost, doubled               int
	verified                    bool
}

func (r report) whole() bool { return r.lost == 0 && r.doubled == 0 && r.verified }

func (r report) String() string {
	return fmt.Sprintf("%d acts, %d kills, %d dropped lines, %d double submits: %d lost, %d doubled, history "+
		"verified: %t", r.acts, r.kills, r.drops, r.doubles, r.lost, r.doubled, r.verified)
}

// desk is a server that may die, and the browsers of one person in two tabs.
type desk struct {
	workbench, database, addr string
	mu                        sync.RWMutex // held to kill and start
	cmd                       *exec.Cmd
	tabs                      [2]*http.Client
}

const (
	killEvery  = 40 // one act in so many finds its server killed
	dropEvery  = 7
	twiceEvery = 5
	patience   = 2 * time.Minute
)

// run does the acts and counts.
func run(workbench, database string, acts int, seed uint64) (r report, err error) {
	d := &desk{workbench: workbench, database: database}
	if d.addr, err = free(); err != nil {
		return r, err
	}
	if err := d.start(); err != nil {
		return r, err
	}
	defer d.kill()
	if err := d.signIn(); err != nil {
		return r, err
	}
	chance := rand.New(rand.NewPCG(seed, seed))
	for n := range acts {
		said, twice := fmt.Sprintf("act %d of %d", n, seed), chance.IntN(twiceEvery) == 0
		drop := time.Duration(0)
		if chance.IntN(dropEvery) == 0 {
			drop = time.Duration(chance.IntN(6000)) * time.Microsecond
			r.drops++
		}
		if chance.IntN(killEvery) == 0 {
			r.kills++
			after := time.Duration(chance.IntN(12000)) * time.Microsecond
			time.AfterFunc(after, func() { d.killed() })
		}
		if err := d.act(n, said, drop, twice); err != nil {
			return r, err
		}
		if twice {
			r.doubles++
		}
		r.acts++
	}
	r.lost, r.doubled, err = d.count(acts, seed)
	if err != nil {
		return r, err
	}
	d.kill()
	r.verified = exec.Command(workbench, "audit", "verify", "--database", "sqlite:"+database).Run() == nil
	return r, nil
}

func free() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer l.Close()
	return l.Addr().String(), nil
}

func (d *desk) url() string { return "http://" + d.addr }

// start starts the server and waits until it is ready.
func (d *desk) start() error {
	d.cmd = exec.Command(d.workbench, "serve", "--demo", "--addr", d.addr, "--database", "sqlite:"+d.database,
		"--log-key", d.database+".key")
	var said bytes.Buffer
	d.cmd.Stdout, d.cmd.Stderr = &said, &said
	if err := d.cmd.Start(); err != nil {
		return err
	}
	for until := time.Now().Add(patience); time.Now().Before(until); time.Sleep(5 * time.Millisecond) {
		if answer, err := http.Get(d.url() + "/readyz"); err == nil {
			answer.Body.Close()
			if answer.StatusCode == http.StatusOK {
				return nil
			}
		}
	}
	return fmt.Errorf("the server did not become ready:\n%s", said.String())
}

// kill ends the server as a failing machine does.
func (d *desk) kill() {
	if d.cmd != nil && d.cmd.ProcessState == nil {
		_ = d.cmd.Process.Kill()
		_ = d.cmd.Wait()
	}
}

// killed kills the server and starts it again.
func (d *desk) killed() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.kill()
	_ = d.start()
}

// signIn signs one person in, in two tabs of one browser.
func (d *desk) signIn() error {
	jar, err := cookiejar.New(nil)
	if err != nil {
		return err
	}
	for i := range d.tabs {
		d.tabs[i] = &http.Client{Jar: jar, Timeout: 30 * time.Second}
	}
	_, err = d.send(context.Background(), 0, http.MethodPost, "/sign-in/demo", `{"user":"reviewer-1"}`, "")
	return err
}

// send sends one request and gives the body of its answer; err for a line that broke and for an answer of 5xx.
func (d *desk) send(ctx context.Context, tab int, method, path, body, key string) (string, error) {
	req, err := http.NewRequestWithContext(ctx, method, d.url()+path, strings.NewReader(body))
	if err != nil {
		return "", err
	}
	req.Header.Set("Accept", "application/json")
	req.Header.Set("Sec-Fetch-Site", "same-origin")
	if method == http.MethodPost {
		req.Header.Set("Content-Type", "application/json")
	}
	if key != "" {
		req.Header.Set("Idempotency-Key", key)
	}
	answer, err := d.tabs[tab].Do(req)
	if err != nil {
		return "", err
	}
	defer answer.Body.Close()
	raw, err := io.ReadAll(answer.Body)
	if err == nil && answer.StatusCode >= http.StatusBadRequest {
		err = fmt.Errorf("%s %s: %d %s", method, path, answer.StatusCode, raw)
	}
	return string(raw), err
}

// act sends a comment until it is answered: the first time on a line that may drop, perhaps from two tabs at once.
func (d *desk) act(n int, said string, drop time.Duration, twice bool) error {
	body, err := json.Marshal(map[string]string{"text": said})
	if err != nil {
		return err
	}
	path, key := "/claims/1/comments", fmt.Sprintf("chaos-%d", n)
	if twice {
		go func() { _, _ = d.send(context.Background(), 1, http.MethodPost, path, string(body), key) }()
	}
	ctx, cancel := context.Background(), func() {}
	if drop > 0 {
		ctx, cancel = context.WithTimeout(ctx, drop)
	}
	_, err = d.send(ctx, n%2, http.MethodPost, path, string(body), key)
	cancel()
	for until := time.Now().Add(patience); err != nil && time.Now().Before(until); time.Sleep(20 * time.Millisecond) {
		_, err = d.send(context.Background(), n%2, http.MethodPost, path, string(body), key)
	}
	return err
}

// count reads all comments of the claim, and says which acts are missing and which stand twice.
func (d *desk) count(acts int, seed uint64) (lost, doubled int, err error) {
	times, before := map[string]int{}, ""
	for {
		raw, err := d.send(context.Background(), 0, http.MethodGet, "/claims/1"+before, "", "")
		if err != nil {
			return 0, 0, err
		}
		var page struct {
			Comments struct {
				Items []struct{ ID, Text, Words string }
				Next  string
			}
		}
		if err := json.Unmarshal([]byte(raw), &page); err != nil {
			return 0, 0, err
		}
		for _, c := range page.Comments.Items {
			times[c.Text+c.Words]++
		}
		if page.Comments.Next == "" || len(page.Comments.Items) == 0 {
			break
		}
		before = "?before=" + page.Comments.Next
	}
	for n := range acts {
		switch k := times[fmt.Sprintf("act %d of %d", n, seed)]; {
		case k == 0:
			lost++
		case k > 1:
			doubled += k - 1
		}
	}
	return lost, doubled, nil
}
