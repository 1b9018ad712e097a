package httpd

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/labstack/echo/v4"

	"claimbench/internal/history"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// logLines collects what a server logs.
type logLines struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *logLines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

// at gives the lines of a level.
func (l *logLines) at(level slog.Level) []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	var out []string
	for line := range strings.Lines(l.b.String()) {
		if strings.Contains(line, `"level":"`+level.String()+`"`) {
			out = append(out, line)
		}
	}
	return out
}

// slowly reads a response whose reader takes nothing for a while after the first bytes: longer than a page may take.
func slowly(t *testing.T, body io.Reader, pause time.Duration) (lines int, err error) {
	t.Helper()
	r := bufio.NewReader(body)
	for {
		_, err := r.ReadString('\n')
		if err != nil {
			if errors.Is(err, io.EOF) {
				err = nil
			}
			return lines, err
		}
		if lines++; lines == 10 {
			time.Sleep(pause)
		}
	}
}

// narrow is a client whose connection holds little, as on a slow line.
func narrow(c *http.Client) *http.Client {
	d := net.Dialer{}
	out := *c
	out.Transport = &http.Transport{DialContext: func(ctx context.Context, network,
		addr string) (net.Conn, error) {
		conn, err := d.DialContext(ctx, network, addr)
		if tcp, ok := conn.(*net.TCPConn); ok {
			err = tcp.SetReadBuffer(64 << 10)
		}
		return conn, err
	}}
	return &out
}

func (d *door) post(c *http.Client, path string) *http.Response {
	d.t.Helper()
	req, err := http.NewRequest(post, d.http.URL+path, strings.NewReader(""))
	if err != nil {
		d.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("Sec-Fetch-Site", "same-origin")
	resp, err := c.Do(req)
	if err != nil {
		d.t.Fatal(err)
	}
	d.t.Cleanup(func() { _ = resp.Body.Close() })
	return resp
}

// TestSlowDownloadIsWhole: the history of 17,000 events reaches a reader who takes longer than any page may.
func TestSlowDownloadIsWhole(t *testing.T) {
	t.Parallel()
	const limit, events = 300 * time.Millisecond, 17_000
	d := newDoorWith(t, storetest.SQLite(t), Options{Limits: Limits{Request: limit}})
	who := d.As("editor-1").Who("editor")
	for range events / 1000 {
		batch := make([]history.Event, 1000)
		for i := range batch {
			batch[i] = history.Event{Action: "claim.commented", Object: "claim:1", Collection: int64(d.Collection.ID),
				Reason: strings.Repeat("A comment of some length. ", 20)}
		}
		if err := d.DB.Write(roomtest.Ctx(), func(tx *store.Tx) error {
			_, err := history.AppendAll(tx, who, batch)
			return err
		}); err != nil {
			t.Fatal(err)
		}
	}
	resp := d.post(narrow(d.client("auditor-1")), "/history/export")
	lines, err := slowly(t, resp.Body, 3*limit)
	if err != nil || lines < events {
		t.Errorf("%d lines of more than %d came: %v", lines, events, err)
	}
}

// TestBrokenDownload: an error in the middle breaks the connection and is logged once; one before the first byte is
// answered as any error.
func TestBrokenDownload(t *testing.T) {
	t.Parallel()
	log := &logLines{}
	d := newDoorWith(t, storetest.SQLite(t), Options{Log: slog.New(slog.NewJSONHandler(log, nil))})
	part := strings.Repeat("a line\n", 20_000)
	gone := make(chan struct{})
	d.server.echo.GET("/test/broken", func(c echo.Context) error {
		return d.server.download(c, file{kind: "text/plain", name: "a.txt"},
			func(_ context.Context, w io.Writer) error {
				if _, err := io.WriteString(w, part); err != nil {
					return err
				}
				<-gone // the reader has the part
				return errors.New("the disk is gone")
			})
	})
	d.server.echo.GET("/test/none", func(c echo.Context) error {
		return d.server.download(c, file{kind: "text/plain", name: "a.txt"},
			func(context.Context, io.Writer) error { panic("no first byte") })
	})
	d.server.echo.GET("/test/page", func(c echo.Context) error {
		c.Response().WriteHeader(http.StatusOK)
		fmt.Fprint(c.Response(), "half a ")
		return errors.New("the page broke")
	})
	resp, err := d.client("").Get(d.http.URL + "/test/broken")
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	got := make([]byte, len(part))
	if _, err := io.ReadFull(resp.Body, got); err != nil {
		t.Fatalf("the first part: %v", err)
	}
	close(gone)
	if rest, err := io.ReadAll(resp.Body); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("a download that broke ended as %v with %d bytes more; want an unexpected end", err, len(rest))
	}
	if lines := log.at(slog.LevelError); len(lines) != 1 || !strings.Contains(lines[0], "the disk is gone") {
		t.Errorf("the log has %q; want one line that says why", lines)
	}
	d.get("", "/test/none").want(t, http.StatusInternalServerError)
	if _, err = d.client("").Get(d.http.URL + "/test/page"); !errors.Is(err, io.EOF) {
		t.Errorf("a page that broke was answered: %v", err)
	}
}

// TestGoneReader: a reader who goes away ends the making, and frees its place.
func TestGoneReader(t *testing.T) {
	t.Parallel()
	d := newDoorWith(t, storetest.SQLite(t), Options{Limits: Limits{Stall: 100 * time.Millisecond}})
	ended := make(chan error, makingAtOnce+1)
	d.server.echo.GET("/test/endless", func(c echo.Context) error {
		return d.server.download(c, file{kind: "text/plain", name: "a.txt"},
			func(ctx context.Context, w io.Writer) error {
				var err error
				for err == nil && ctx.Err() == nil {
					_, err = io.WriteString(w, "a line\n")
				}
				ended <- ctx.Err()
				return ctx.Err()
			})
	})
	d.server.table["GET /test/endless"] = route{access: anybody().streaming()}
	for range makingAtOnce + 1 { // one more than there are places
		resp, err := narrow(d.client("")).Get(d.http.URL + "/test/endless")
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close() // takes nothing: the stall ends it
		if err := <-ended; err == nil {
			t.Error("the making ended by itself")
		}
	}
}
