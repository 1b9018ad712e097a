package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"claimbench/web"
)

// stopLimit is how long a server may take to stop; the machine that tests may be slower than the one that serves.
const stopLimit = 3 * time.Second

func (s started) stopsInTime(t *testing.T) {
	t.Helper()
	begun := time.Now()
	if err := s.stop(); err != nil {
		t.Error(err)
	}
	if took := time.Since(begun); took > stopLimit {
		t.Errorf("it stopped after %v", took)
	}
}

// TestStopRightAfterStart: whatever a start is doing, it is called off, and that is no failure.
func TestStopRightAfterStart(t *testing.T) {
	if _, err := web.LoadAssets(); err != nil {
		t.Skipf("the server is not tested here: %v", err)
	}
	t.Parallel()
	for _, after := range []time.Duration{0, time.Millisecond, 20 * time.Millisecond, 100 * time.Millisecond,
		300 * time.Millisecond} {
		t.Run(after.String(), func(t *testing.T) {
			t.Parallel()
			ctx, cancel := context.WithCancel(context.Background())
			done := make(chan error, 1)
			go func() {
				done <- serve(ctx, serveFlags{database: "sqlite:" + filepath.Join(t.TempDir(), "a.db"), demo: true,
					addr: "127.0.0.1:0"}, io.Discard, io.Discard)
			}()
			time.AfterFunc(after, cancel)
			<-ctx.Done()
			begun := time.Now()
			if err := <-done; err != nil {
				t.Errorf("a start that was called off: %v", err)
			}
			if took := time.Since(begun); took > stopLimit {
				t.Errorf("it stopped after %v", took)
			}
		})
	}
}

// TestStopWithSilentConnection: net/http itself waits five seconds for a connection on which nothing was asked yet.
func TestStopWithSilentConnection(t *testing.T) {
	t.Parallel()
	s := startServer(t, serveFlags{database: "sqlite:" + filepath.Join(t.TempDir(), "a.db")})
	conn, err := net.Dial("tcp", strings.TrimPrefix(s.url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	statusAt(t, http.MethodGet, s.url+"/healthz", "") // the server has accepted the one before
	s.stopsInTime(t)
}

// TestStopWithSlowBody: a body that comes byte by byte is cut.
func TestStopWithSlowBody(t *testing.T) {
	t.Parallel()
	s := startServer(t, serveFlags{database: "sqlite:" + filepath.Join(t.TempDir(), "a.db"), demo: true})
	conn, err := net.Dial("tcp", strings.TrimPrefix(s.url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if _, err := fmt.Fprintf(conn, "POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000\r\n"+
		"Content-Type: application/x-www-form-urlencoded\r\nExpect: 100-continue\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
	first := make([]byte, 12)
	if _, err := io.ReadFull(conn, first); err != nil || string(first) != "HTTP/1.1 100" { // it reads the body now
		t.Fatalf("%q, %v", first, err)
	}
	if _, err := conn.Write([]byte("n")); err != nil {
		t.Fatal(err)
	}
	s.stopsInTime(t)
}

// TestStopWithStreams: 500 people listen.
func TestStopWithStreams(t *testing.T) {
	t.Parallel()
	s := startServer(t, serveFlags{database: "sqlite:" + filepath.Join(t.TempDir(), "a.db"), demo: true})
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	client := &http.Client{Jar: jar, Transport: &http.Transport{MaxConnsPerHost: 0}}
	res, err := client.PostForm(s.url+"/sign-in/demo", url.Values{"user": {"reviewer-1"}})
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	var opened, ended sync.WaitGroup
	for range 500 {
		opened.Add(1)
		ended.Go(func() {
			res, err := client.Get(s.url + "/live")
			opened.Done()
			if err != nil || !strings.HasPrefix(res.Header.Get("Content-Type"), "text/event-stream") {
				t.Errorf("a stream: %v", err)
				return
			}
			defer res.Body.Close()
			_, _ = io.Copy(io.Discard, res.Body)
		})
	}
	opened.Wait()
	s.stopsInTime(t)
	ended.Wait()
}
