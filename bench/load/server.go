package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// ticksPerSecond is Linux's USER_HZ, the unit of /proc/PID/stat.
const ticksPerSecond = 100

// server is a running `workbench serve --demo`.
type server struct {
	url   string
	cmd   *exec.Cmd
	ready time.Duration
	said  bytes.Buffer
}

// start starts the program and waits until it is ready.
func start(workbench, database, key string) (*server, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	addr := l.Addr().String()
	l.Close()
	s := &server{url: "http://" + addr}
	args := []string{"serve", "--demo", "--addr", addr, "--database", database}
	if strings.HasPrefix(database, "postgres") {
		args = append(args, "--log-key", key)
	}
	s.cmd = exec.Command(workbench, args...)
	s.cmd.Stdout, s.cmd.Stderr = &s.said, &s.said
	begun := time.Now()
	if err := s.cmd.Start(); err != nil {
		return nil, err
	}
	for time.Since(begun) < time.Minute {
		answer, err := http.Get(s.url + "/readyz")
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
	return nil, fmt.Errorf("%s did not become ready:\n%s", database, s.said.String())
}

func (s *server) stop() {
	if s.cmd.ProcessState == nil {
		_ = s.cmd.Process.Signal(syscall.SIGTERM)
		_ = s.cmd.Wait()
	}
}

// processor is the processor time that the server has used.
func (s *server) processor() time.Duration {
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", s.cmd.Process.Pid))
	if err != nil {
		return 0
	}
	f := strings.Fields(string(raw[bytes.LastIndexByte(raw, ')')+1:]))
	user, _ := strconv.ParseInt(f[11], 10, 64)
	system, _ := strconv.ParseInt(f[12], 10, 64)
	return time.Duration(user+system) * time.Second / ticksPerSecond
}

func (s *server) residentKiB() int64 {
	raw, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.cmd.Process.Pid))
	for _, line := range strings.Split(string(raw), "\n") {
		if rest, ok := strings.CutPrefix(line, "VmRSS:"); ok {
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
	p := &person{s, &http.Client{Jar: jar, Timeout: time.Minute, Transport: &http.Transport{}}}
	return p, p.post("/sign-in/demo", map[string]any{"user": name}, nil)
}

// post sends JSON and reads JSON.
func (p *person) post(path string, body, into any) error {
	raw, err := json.Marshal(body)
	if err != nil {
		return err
	}
	return p.send(http.MethodPost, path, bytes.NewReader(raw), true, into)
}

// get reads a page, as a browser would, or JSON when into is given.
func (p *person) get(path string, into any) error {
	return p.send(http.MethodGet, path, nil, into != nil, into)
}

func (p *person) send(method, path string, body io.Reader, wantJSON bool, into any) error {
	r, err := http.NewRequest(method, p.server.url+path, body)
	if err != nil {
		return err
	}
	if wantJSON {
		r.Header.Set("Accept", "application/json")
		r.Header.Set("Content-Type", "application/json")
	}
	answer, err := p.client.Do(r)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	raw, err := io.ReadAll(answer.Body)
	if err != nil {
		return err
	}
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("%s %s: %s: %.300s", method, path, answer.Status, raw)
	}
	if into == nil {
		return nil
	}
	return json.Unmarshal(raw, into)
}
