package httpd

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"runtime/debug"
	"strconv"
	"sync"

	"github.com/labstack/echo/v4"

	"claimbench/internal/fault"
)

// makingAtOnce bounds how many downloads read the database at a time, so that pages always find a connection.
const makingAtOnce = 2

// file is what a download is called and what it holds.
type file struct {
	kind    string // media type
	name    string
	sandbox bool // whatever shows it runs nothing of it, and knows it as of no site
}

// download sends a file that write makes. It runs at the database's own speed into a file of ours, and the reader
// gets it from there at the reader's speed: a slow line holds neither a transaction nor a connection to the database.
// An error before the first byte is answered as any error; a later one breaks the connection, so that a part is never
// taken for the whole.
func (s *Server) download(c echo.Context, f file, write func(context.Context, io.Writer) error) error {
	ctx, cancel := context.WithCancel(c.Request().Context())
	defer cancel()
	select {
	case s.making <- struct{}{}:
	case <-ctx.Done():
		return fault.Wrap(fault.Unavailable, ctx.Err(), "Nobody waits for the file any more.")
	}
	sp, err := newSpool()
	if err != nil {
		<-s.making
		return fault.Wrap(fault.Unavailable, err,
			"There is no room for the file on the server's disk. Try again later.")
	}
	defer sp.close()
	made := sp.fill(func(w io.Writer) error {
		defer func() { <-s.making }()
		return write(ctx, w)
	})
	defer func() {
		cancel()
		<-made
	}()
	return sp.send(c, f)
}

// fileHeader says that the answer is a file to keep.
func fileHeader(c echo.Context, f file) {
	h := c.Response().Header()
	h.Set(echo.HeaderContentType, f.kind)
	h.Set(echo.HeaderContentDisposition, `attachment; filename="`+f.name+`"`)
	if f.sandbox {
		h.Set(echo.HeaderContentSecurityPolicy, "sandbox")
	}
}

// spool is a file that one goroutine writes while another reads it. It has no name any more, so nothing is left of it
// when the program is killed.
type spool struct {
	f     *os.File
	mu    sync.Mutex
	moved *sync.Cond
	size  int64
	done  bool
	err   error
}

func newSpool() (*spool, error) {
	f, err := os.CreateTemp("", "workbench-download-*") // 0600
	if err != nil {
		return nil, err
	}
	if err := os.Remove(f.Name()); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	sp := &spool{f: f}
	sp.moved = sync.NewCond(&sp.mu)
	return sp, nil
}

func (sp *spool) close() { _ = sp.f.Close() }

// fill runs write beside the caller; the channel is closed when it has ended.
func (sp *spool) fill(write func(io.Writer) error) <-chan struct{} {
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		sp.end(caught(func() error { return write(sp) }))
	}()
	return ended
}

// caught turns a panic into an error: one in a goroutine of ours would end the program.
func caught(f func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fault.New(fault.Internal, "panic: %v\n%s", r, debug.Stack())
		}
	}()
	return f()
}

// Write adds to the file.
func (sp *spool) Write(p []byte) (int, error) {
	n, err := sp.f.Write(p)
	sp.mu.Lock()
	sp.size += int64(n)
	sp.mu.Unlock()
	sp.moved.Broadcast()
	return n, err
}

func (sp *spool) end(err error) {
	sp.mu.Lock()
	sp.done, sp.err = true, err
	sp.mu.Unlock()
	sp.moved.Broadcast()
}

// wait gives how much there is once that is more than from, or all there will be.
func (sp *spool) wait(from int64) (size int64, done bool, err error) {
	sp.mu.Lock()
	defer sp.mu.Unlock()
	for sp.size <= from && !sp.done {
		sp.moved.Wait()
	}
	return sp.size, sp.done, sp.err
}

// send answers with the file as it grows. A file that is whole already says how long it is.
func (sp *spool) send(c echo.Context, f file) error {
	size, done, err := sp.wait(0)
	if err != nil {
		return err
	}
	fileHeader(c, f)
	if done {
		c.Response().Header().Set(echo.HeaderContentLength, strconv.FormatInt(size, 10))
	}
	c.Response().WriteHeader(http.StatusOK)
	for at := int64(0); ; {
		n, err := io.Copy(c.Response(), io.NewSectionReader(sp.f, at, size-at))
		if err != nil {
			return fault.Wrap(fault.Unavailable, err, "%s broke off after %d bytes: its reader took no more.", f.name,
				at+n)
		}
		if at += n; at == size && done {
			return nil
		}
		if size, done, err = sp.wait(at); err != nil {
			return fmt.Errorf("%s broke off after %d bytes: %w", f.name, at, err)
		}
	}
}
