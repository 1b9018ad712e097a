package main

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"net"
	"net/http"
	"sync"
)

// cut is where a line drops.
type cut string

// The places at which a line drops. After the request the server goes on without anybody who listens, or finds that the
// line is gone.
const (
	whole       cut = ""
	beforeSent  cut = "before the request"
	withinSent  cut = "within the request"
	hungUp      cut = "after the request"
	unheard     cut = "before the answer"
	withinHeard cut = "within the answer"
)

var cuts = []cut{beforeSent, withinSent, hungUp, unheard, withinHeard}

// drop is what happens to one connection: where it is cut, and after which share of what is cut, of 256.
type drop struct {
	cut   cut
	share int
}

type dropKey struct{}

// line carries each request to the server on a connection of its own, and drops as it is told.
type line struct {
	net.Listener
	to    string
	mu    sync.Mutex
	drops map[string]drop // by the address of the person's end
	times map[cut]int
}

func newLine(to string) (*line, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	out := &line{Listener: l, to: to, drops: map[string]drop{}, times: map[cut]int{}}
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return // closed
			}
			go out.carry(c)
		}
	}()
	return out, nil
}

// dial opens a connection of a person, with the drop that their request has in its context.
func (l *line) dial(ctx context.Context, _, _ string) (net.Conn, error) {
	c, err := (&net.Dialer{}).DialContext(ctx, "tcp", l.Addr().String())
	if err != nil {
		return nil, err
	}
	if d, there := ctx.Value(dropKey{}).(drop); there { // before a byte is sent, which carry waits for
		l.mu.Lock()
		l.drops[c.LocalAddr().String()] = d
		l.times[d.cut]++
		l.mu.Unlock()
	}
	return c, nil
}

// dropOf is what happens to the connection that comes from an address.
func (l *line) dropOf(from string) drop {
	l.mu.Lock()
	defer l.mu.Unlock()
	d := l.drops[from]
	delete(l.drops, from)
	return d
}

// carry carries one request and its answer.
func (l *line) carry(person net.Conn) {
	defer person.Close()
	sent, err := readRequest(person)
	if err != nil {
		return
	}
	d := l.dropOf(person.RemoteAddr().String())
	if d.cut == beforeSent {
		return
	}
	server, err := net.Dial("tcp", l.to)
	if err != nil {
		return // it is dead
	}
	defer server.Close()
	if d.cut == withinSent {
		sent = sent[:len(sent)*d.share/256]
	}
	if _, err := server.Write(sent); err != nil || d.cut == withinSent || d.cut == hungUp {
		return
	}
	if d.cut == unheard {
		person.Close()
	}
	if d.cut != withinHeard {
		_, _ = io.Copy(person, server)
		_, _ = io.Copy(io.Discard, server) // of one that is unheard
		return
	}
	heard, _ := io.ReadAll(server)
	_, _ = person.Write(heard[:len(heard)*d.share/256])
}

// readRequest reads the bytes of one request.
func readRequest(from io.Reader) ([]byte, error) {
	var all bytes.Buffer
	r, err := http.ReadRequest(bufio.NewReader(io.TeeReader(from, &all)))
	if err != nil {
		return nil, err
	}
	_, err = io.Copy(io.Discard, r.Body)
	return all.Bytes(), err
}
