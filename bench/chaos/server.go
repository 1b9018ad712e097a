package main

import (
	"bytes"
	"fmt"
	"net"
	"net/http"
	"os/exec"
	"sync"
	"time"
)

// patience is how long a server may take to come back, and a person waits for an answer.
const patience = 2 * time.Minute

// server is a workbench that may die, and comes back at the same address.
type server struct {
	workbench, database, logKey, addr string

	mu    sync.Mutex // held to kill and start
	cmd   *exec.Cmd
	kills int
}

func newServer(workbench, path string) (*server, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	defer l.Close()
	return &server{workbench: workbench, database: "sqlite:" + path, logKey: path + ".key",
		addr: l.Addr().String()}, nil
}

// start starts the server and waits until it is ready.
func (s *server) start() error {
	s.cmd = exec.Command(s.workbench, "serve", "--demo", "--addr", s.addr, "--database", s.database, "--log-key",
		s.logKey)
	var said bytes.Buffer
	s.cmd.Stdout, s.cmd.Stderr = &said, &said
	if err := s.cmd.Start(); err != nil {
		return err
	}
	for until := time.Now().Add(patience); time.Now().Before(until); time.Sleep(5 * time.Millisecond) {
		if answer, err := http.Get("http://" + s.addr + "/readyz"); err == nil {
			answer.Body.Close()
			if answer.StatusCode == http.StatusOK {
				return nil
			}
		}
	}
	s.stop()
	return fmt.Errorf("the server did not become ready:\n%s", said.String())
}

// stop ends the server as a failing machine does.
func (s *server) stop() {
	if s.cmd != nil && s.cmd.ProcessState == nil {
		_ = s.cmd.Process.Kill()
		_ = s.cmd.Wait()
	}
}

// kill kills the server and starts it again.
func (s *server) kill() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.stop()
	s.kills++
	return s.start()
}

// verify lets the program check the history of the server that was stopped.
func (s *server) verify() (string, bool) {
	out, err := exec.Command(s.workbench, "audit", "verify", "--database", s.database, "--key",
		s.logKey+".pub").CombinedOutput()
	return string(out), err == nil
}
