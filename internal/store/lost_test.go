package store_test

import (
	"bytes"
	"context"
	"io"
	"net"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"claimbench/internal/fault"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// What a wire does when a COMMIT passes it.
const (
	pass           int32 = iota
	cutBefore            // the server never hears of it
	cutAfter             // the server has it, its answer is lost
	stall                // the server has it, its answer never comes
	cutOnStatement       // any message cuts
)

// wire is a connection to PostgreSQL that a test can cut.
type wire struct {
	url  string
	mode atomic.Int32

	mu   sync.Mutex
	open []net.Conn
}

func newWire(t *testing.T, target string) *wire {
	t.Helper()
	u, err := url.Parse(target)
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := u.Host
	u.Host = l.Addr().String()
	w := &wire{url: u.String() + "?sslmode=disable"}
	var wg sync.WaitGroup
	wg.Go(func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			wg.Go(func() { w.carry(c, server) })
		}
	})
	t.Cleanup(func() {
		l.Close()
		w.mu.Lock()
		for _, c := range w.open {
			c.Close()
		}
		w.mu.Unlock()
		wg.Wait()
	})
	return w
}

func (w *wire) carry(client net.Conn, server string) {
	defer client.Close()
	to, err := net.Dial("tcp", server)
	if err != nil {
		return
	}
	defer to.Close()
	w.mu.Lock()
	w.open = append(w.open, client, to)
	w.mu.Unlock()
	answers := make(chan struct{})
	var muted atomic.Bool
	go func() {
		defer close(answers)
		buf := make([]byte, 64<<10)
		for {
			n, err := to.Read(buf)
			if n > 0 && !muted.Load() {
				if _, err := client.Write(buf[:n]); err != nil {
					return
				}
			}
			if err != nil {
				return
			}
		}
	}()
	buf := make([]byte, 64<<10)
	for {
		n, err := client.Read(buf)
		if err != nil {
			to.Close()
			<-answers
			return
		}
		mode := w.mode.Load()
		commit := bytes.Contains(buf[:n], []byte("commit"))
		switch {
		case mode == cutOnStatement, mode == cutBefore && commit:
			return
		case commit && mode == cutAfter:
			muted.Store(true)
			if _, err := to.Write(buf[:n]); err != nil {
				return
			}
			if c, ok := to.(*net.TCPConn); ok { // the server reads the COMMIT to its end, and only then the end
				_ = c.CloseWrite()
			}
			<-answers
			return
		case commit && mode == stall:
			muted.Store(true)
		}
		if _, err := io.Copy(to, bytes.NewReader(buf[:n])); err != nil {
			return
		}
	}
}

// TestLostCommit: when the connection breaks around a COMMIT nobody knows what became of it, and nothing else is said.
func TestLostCommit(t *testing.T) {
	t.Parallel()
	direct := storetest.Postgres(t)
	w := newWire(t, storetest.URL(t, direct))
	db, err := store.Open(context.Background(), w.url, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	for _, c := range []struct {
		name string
		mode int32
		want fault.Kind
		kept string
	}{
		{"a whole wire", pass, "", "a whole wire"},
		{"cut before the server hears", cutBefore, fault.Unknown, "a whole wire"},
		{"cut before the answer", cutAfter, fault.Unknown, "cut before the answer"},
		{"an answer that never comes", stall, fault.Unknown, "an answer that never comes"},
		{"cut at a statement", cutOnStatement, fault.Unavailable, "an answer that never comes"},
		{"a whole wire again", pass, "", "a whole wire again"},
	} {
		if err := setMeta(context.Background(), db, meta(t, direct, "a")); err != nil { // a connection that is whole
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
		err := db.Write(ctx, func(tx *store.Tx) error {
			if c.mode == cutOnStatement {
				w.mode.Store(c.mode)
			}
			if err := tx.SetMeta("a", c.name); err != nil {
				return err
			}
			w.mode.Store(c.mode)
			if c.mode == stall { // the request ends while its COMMIT is under way
				time.AfterFunc(100*time.Millisecond, cancel)
			}
			return nil
		})
		cancel()
		w.mode.Store(pass)
		if kind := fault.KindOf(err); kind != c.want {
			t.Errorf("%s: %q, want %q: %v", c.name, kind, c.want, err)
		}
		msg := fault.Message(err)
		if c.want == fault.Unknown && msg != fault.NotKnown ||
			c.want == fault.Unavailable && !strings.Contains(msg, "Nothing was changed") {
			t.Errorf("%s says %q", c.name, msg)
		}
		if got := meta(t, direct, "a"); got != c.kept {
			t.Errorf("%s: the database has %q, want %q", c.name, got, c.kept)
		}
	}
}

// TestLostServer: a server that is gone is unavailable, whoever asks.
func TestLostServer(t *testing.T) {
	t.Parallel()
	direct := storetest.Postgres(t)
	w := newWire(t, storetest.URL(t, direct))
	ctx := context.Background()
	db, err := store.Open(ctx, w.url, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	w.mode.Store(cutOnStatement)
	read := func(r *store.Rx) error {
		_, err := r.Meta("a")
		return err
	}
	for name, err := range map[string]error{"write": setMeta(ctx, db, "x"), "read": db.Read(ctx, read),
		"ping": db.Ping(ctx), "schema": db.Ready(ctx)} {
		if fault.KindOf(err) != fault.Unavailable {
			t.Errorf("%s: %v", name, err)
		}
	}
	w.mode.Store(pass)
	if err := db.Read(ctx, read); err != nil {
		t.Errorf("the server is there again: %v", err)
	}
}
