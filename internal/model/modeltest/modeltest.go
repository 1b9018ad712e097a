// Package modeltest is a server for tests that answers as a model would, by a script, also badly: it cuts its streams,
// writes what is no JSON, is busy, says nothing for hours. It listens on this machine or inside the process.
package modeltest

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// Asked is one request as the server got it. N counts them from 1.
type Asked struct {
	N            int
	Method, Path string
	Header       http.Header
	Model        string
	System, User string
	Schema       string // its name
	Input        []string
	Stream       bool
	Body         string
}

// Reply is what is answered. The zero value is an empty answer that came whole.
type Reply struct {
	Status  int         // 0: 200
	Header  http.Header // added to the usual
	Content string      // the model's words, streamed in pieces
	Finish  string      // "": stop
	Cut     bool        // the stream ends without its end
	Half    bool        // the connection breaks after half of the words
	Fails   string      // an error inside the stream
	Silent  bool        // nothing comes until the other side leaves
	Whole   bool        // one JSON value, no stream
	Media   string      // of Raw
	Raw     string      // instead of everything above, as it is
	Padding int         // so many bytes of comments before the words
}

// JSON is a reply whose words are a value as JSON.
func JSON(v any) Reply {
	raw, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return Reply{Content: string(raw)}
}

// Server is one fake.
type Server struct {
	URL    string // where it listens; "" inside the process
	script func(Asked) Reply
	mu     sync.Mutex
	asked  []Asked
}

// New serves a script on this machine until the test ends.
func New(t testing.TB, script func(Asked) Reply) *Server {
	t.Helper()
	s := &Server{script: script}
	h := httptest.NewServer(s)
	t.Cleanup(func() {
		h.CloseClientConnections()
		h.Close()
	})
	s.URL = h.URL + "/v1"
	return s
}

// InProcess serves a script over pipes, for tests whose clock is not the world's. It gives the dialer of its clients.
func InProcess(t testing.TB, script func(Asked) Reply) (*Server, func(context.Context, string, string) (net.Conn,
	error)) {
	t.Helper()
	s := &Server{script: script}
	l := &pipes{made: make(chan net.Conn), done: make(chan struct{})}
	h := &http.Server{Handler: s}
	served := make(chan struct{})
	go func() {
		defer close(served)
		_ = h.Serve(l)
	}()
	t.Cleanup(func() {
		_ = h.Close()
		<-served
	})
	return s, func(ctx context.Context, _, _ string) (net.Conn, error) {
		mine, theirs := net.Pipe()
		select {
		case l.made <- theirs:
			return mine, nil
		case <-l.done:
			return nil, net.ErrClosed
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

type pipes struct {
	made chan net.Conn
	once sync.Once
	done chan struct{}
}

func (p *pipes) Accept() (net.Conn, error) {
	select {
	case c := <-p.made:
		return c, nil
	case <-p.done:
		return nil, net.ErrClosed
	}
}

func (p *pipes) Close() error {
	p.once.Do(func() { close(p.done) })
	return nil
}

func (p *pipes) Addr() net.Addr { return &net.UnixAddr{Name: "in process", Net: "unix"} }

// Asked lists what was asked so far.
func (s *Server) Asked() []Asked {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Asked{}, s.asked...)
}

// ServeHTTP implements http.Handler.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	raw, _ := io.ReadAll(r.Body)
	var q struct {
		Model    string                           `json:"model"`
		Messages []struct{ Role, Content string } `json:"messages"`
		Input    []string                         `json:"input"`
		Stream   bool                             `json:"stream"`
		Format   struct {
			Schema struct {
				Name string `json:"name"`
			} `json:"json_schema"`
		} `json:"response_format"`
	}
	_ = json.Unmarshal(raw, &q)
	a := Asked{Method: r.Method, Path: r.URL.Path, Header: r.Header.Clone(), Model: q.Model, Input: q.Input,
		Schema: q.Format.Schema.Name, Stream: q.Stream, Body: string(raw)}
	for _, m := range q.Messages {
		if m.Role == "system" {
			a.System += m.Content
		} else {
			a.User += m.Content
		}
	}
	s.mu.Lock()
	a.N = len(s.asked) + 1
	s.asked = append(s.asked, a)
	s.mu.Unlock()
	s.answer(w, r, s.script(a))
}

func (s *Server) answer(w http.ResponseWriter, r *http.Request, reply Reply) {
	if reply.Silent {
		<-r.Context().Done()
		return
	}
	for name, values := range reply.Header {
		w.Header()[name] = values
	}
	switch {
	case reply.Raw != "" || reply.Status != 0:
		if reply.Media == "" {
			reply.Media = "application/json"
		}
		w.Header().Set("Content-Type", reply.Media)
		if reply.Status != 0 {
			w.WriteHeader(reply.Status)
		}
		_, _ = io.WriteString(w, reply.Raw)
	case reply.Whole:
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		fmt.Fprintf(w, `{"model":"fake-1","choices":[{"index":0,"message":{"role":"assistant","content":%s},`+
			`"finish_reason":%s}],"usage":{"total_tokens":3}}`, quoted(reply.Content), quoted(finish(reply)))
	default:
		s.stream(w, reply)
	}
}

// stream sends the words in pieces of some letters, as servers do.
func (s *Server) stream(w http.ResponseWriter, reply Reply) {
	w.Header().Set("Content-Type", "text/event-stream")
	for n := 0; n < reply.Padding; n += 1000 {
		fmt.Fprintf(w, ": %s\n\n", strings.Repeat("x", 996))
	}
	letters := []rune(reply.Content)
	for i := 0; i < len(letters); i += 40 {
		if reply.Half && i > len(letters)/2 {
			panic(http.ErrAbortHandler)
		}
		fmt.Fprintf(w, `data: {"model":"fake-1","choices":[{"index":0,"delta":{"content":%s},"finish_reason":null}]}`+
			"\n\n", quoted(string(letters[i:min(i+40, len(letters))])))
		w.(http.Flusher).Flush()
	}
	if reply.Fails != "" {
		fmt.Fprintf(w, "data: {\"error\":{\"message\":%s}}\n\n", quoted(reply.Fails))
	}
	if reply.Cut {
		return
	}
	fmt.Fprintf(w, `data: {"choices":[{"index":0,"delta":{},"finish_reason":%s}]}`+"\n\n", quoted(finish(reply)))
	fmt.Fprint(w, "data: {\"choices\":[],\"usage\":{\"total_tokens\":3}}\n\ndata: [DONE]\n\n")
}

func finish(r Reply) string {
	if r.Finish == "" {
		return "stop"
	}
	return r.Finish
}

func quoted(s string) string {
	raw, _ := json.Marshal(s)
	return string(raw)
}

// Busy is a 429 that asks for so many seconds; negative: it does not say.
func Busy(seconds int) Reply {
	r := Reply{Status: http.StatusTooManyRequests, Raw: `{"error":{"message":"slow down"}}`}
	if seconds >= 0 {
		r.Header = http.Header{"Retry-After": {strconv.Itoa(seconds)}}
	}
	return r
}
