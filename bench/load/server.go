package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// server is a running `workbench serve --demo`, or the floor.
type server struct {
	url   string
	tells string // the address of its counts
	cmd   *exec.Cmd
	ready time.Duration
	said  bytes.Buffer
}

// free is an address on which nobody listens.
func free() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer l.Close()
	return l.Addr().String(), nil
}

// start starts the program and waits until it is ready.
func start(workbench, database, key string) (*server, error) {
	addr, err := free()
	if err != nil {
		return nil, err
	}
	counts, err := free()
	if err != nil {
		return nil, err
	}
	return runServer(&server{url: "http://" + addr, tells: "http://" + counts + "/metrics"}, "/readyz", workbench,
		"serve",
		"--demo", "--demo-bare", "--addr", addr, "--metrics", counts, "--database", database, "--log-key", key)
}

// startFloor starts the floor.
func startFloor(program, path string) (*server, error) {
	addr, err := free()
	if err != nil {
		return nil, err
	}
	return runServer(&server{url: "http://" + addr, tells: "http://" + addr + "/mallocs"}, "/healthz", program,
		"--database",
		path, "--addr", addr)
}

// runServer runs a server and waits until it answers.
func runServer(s *server, ready, program string, args ...string) (*server, error) {
	s.cmd = exec.Command(program, args...)
	s.cmd.Stdout, s.cmd.Stderr = &s.said, &s.said
	begun := time.Now()
	if err := s.cmd.Start(); err != nil {
		return nil, err
	}
	for time.Since(begun) < 2*time.Minute {
		answer, err := http.Get(s.url + ready)
		if err == nil {
			answer.Body.Close()
			if answer.StatusCode == http.StatusOK {
				s.ready = time.Since(begun)
				return s, nil
			}
		}
		time.Sleep(2 * time.Millisecond)
	}
	s.stop()
	return nil, fmt.Errorf("%s did not become ready:\n%s", program, s.said.String())
}

// counts are what a server tells of itself since its start.
type counts struct{ mallocs, statements float64 }

func (s *server) counts() (c counts) {
	answer, err := http.Get(s.tells)
	if err != nil {
		return c
	}
	defer answer.Body.Close()
	raw, _ := io.ReadAll(answer.Body)
	for line := range strings.Lines(string(raw)) {
		f := strings.Fields(line)
		switch {
		case len(f) == 1:
			c.mallocs, _ = strconv.ParseFloat(f[0], 64)
		case len(f) == 2 && f[0] == "go_memstats_mallocs_total":
			c.mallocs, _ = strconv.ParseFloat(f[1], 64)
		case len(f) == 2 && f[0] == "workbench_statements_total":
			c.statements, _ = strconv.ParseFloat(f[1], 64)
		}
	}
	return c
}

func (s *server) stop() {
	if s.cmd.ProcessState == nil {
		_ = s.cmd.Process.Signal(syscall.SIGTERM)
		_ = s.cmd.Wait()
	}
}

// processor is the processor time that the server has used, to the nanosecond: of the threads that it has, which Go
// keeps.
func (s *server) processor() (sum time.Duration) {
	dir := fmt.Sprintf("/proc/%d/task", s.cmd.Process.Pid)
	tasks, err := os.ReadDir(dir)
	if err != nil {
		return 0
	}
	for _, t := range tasks {
		raw, err := os.ReadFile(filepath.Join(dir, t.Name(), "schedstat"))
		if f := strings.Fields(string(raw)); err == nil && len(f) > 0 {
			ns, _ := strconv.ParseInt(f[0], 10, 64)
			sum += time.Duration(ns)
		}
	}
	return sum
}

func (s *server) residentKiB() int64 { return s.status("VmRSS:") }

// peakKiB is the most that was resident so far.
func (s *server) peakKiB() int64 { return s.status("VmHWM:") }

func (s *server) status(name string) int64 {
	raw, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.cmd.Process.Pid))
	for _, line := range strings.Split(string(raw), "\n") {
		if rest, ok := strings.CutPrefix(line, name); ok {
			n, _ := strconv.ParseInt(strings.Fields(rest)[0], 10, 64)
			return n
		}
	}
	return 0
}

// person is somebody who is signed in.
type person struct {
	server *server
	client *http.Client
}

func (s *server) signIn(name string) (*person, error) {
	jar, err := cookiejar.New(nil)
	if err != nil {
		return nil, err
	}
	p := &person{s, &http.Client{Jar: jar, Timeout: 10 * time.Minute,
		Transport: &http.Transport{MaxIdleConnsPerHost: 64}}}
	return p, p.post("/sign-in/demo", map[string]any{"user": name}, nil)
}

// post sends JSON and reads JSON.
func (p *person) post(path string, body, into any) error {
	raw, err := json.Marshal(body)
	if err != nil {
		return err
	}
	_, err = p.send(http.MethodPost, path, bytes.NewReader(raw), "application/json", into)
	return err
}

// get reads JSON.
func (p *person) get(path string, into any) error {
	_, err := p.send(http.MethodGet, path, nil, "application/json", into)
	return err
}

// page reads a page as a browser would, and gives its size.
func (p *person) page(path string) (int, error) {
	return p.send(http.MethodGet, path, nil, "text/html", nil)
}

// ask sends a GET, or a POST when there is a body, and gives the size of the JSON answered.
func (p *person) ask(path string, body any) (int, error) {
	if body == nil {
		return p.send(http.MethodGet, path, nil, "application/json", nil)
	}
	raw, err := json.Marshal(body)
	if err != nil {
		return 0, err
	}
	return p.send(http.MethodPost, path, bytes.NewReader(raw), "application/json", nil)
}

// listen opens a live stream and reads it until stop is closed.
func (p *person) listen(stop <-chan struct{}) error {
	r, err := http.NewRequest(http.MethodGet, p.server.url+"/live", nil)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(context.Background())
	answer, err := (&http.Client{Jar: p.client.Jar, Transport: p.client.Transport}).Do(r.WithContext(ctx))
	if err != nil {
		cancel()
		return err
	}
	if answer.StatusCode != http.StatusOK {
		cancel()
		answer.Body.Close()
		return fmt.Errorf("/live: %s", answer.Status)
	}
	go func() { _, _ = io.Copy(io.Discard, answer.Body) }() // it ends with ctx
	go func() {
		<-stop
		cancel()
		answer.Body.Close()
	}()
	return nil
}

// send sends JSON, or nothing.
func (p *person) send(method, path string, body io.Reader, accept string, into any) (int, error) {
	return p.sendAs(method, path, body, "application/json", accept, into)
}

func (p *person) sendAs(method, path string, body io.Reader, kind, accept string, into any) (int, error) {
	r, err := http.NewRequest(method, p.server.url+path, body)
	if err != nil {
		return 0, err
	}
	r.Header.Set("Accept", accept)
	r.Header.Set("Accept-Encoding", "identity")
	if body != nil {
		r.Header.Set("Content-Type", kind)
	}
	answer, err := p.client.Do(r)
	if err != nil {
		return 0, err
	}
	defer answer.Body.Close()
	done := answer.StatusCode >= 200 && answer.StatusCode < 300 // made, or a job does it then
	if into == nil && done {
		n, err := io.Copy(io.Discard, answer.Body)
		return int(n), err
	}
	raw, err := io.ReadAll(answer.Body)
	if err != nil {
		return 0, err
	}
	if !done {
		return 0, fmt.Errorf("%s %s: %s: %.300s", method, path, answer.Status, raw)
	}
	return len(raw), json.Unmarshal(raw, into)
}
