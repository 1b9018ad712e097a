package httpd

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"claimbench/internal/fault"
	"claimbench/internal/store/storetest"
)

// countedBody is a body of one letter that counts what is read of it.
type countedBody struct{ left, read int64 }

func (b *countedBody) Read(p []byte) (int, error) {
	if b.left == 0 {
		return 0, io.EOF
	}
	n := min(int64(len(p)), b.left)
	for i := range p[:n] {
		p[i] = 'a'
	}
	b.left -= n
	b.read += n
	return int(n), nil
}

// TestLargeBodies: on every route a body beyond its limit is refused with that limit, unread when it says how large it
// is, and cut at the limit when it does not.
func TestLargeBodies(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	for _, r := range d.server.routes() {
		if r.method != post {
			continue
		}
		limit := r.access.bodyLimit()
		path := strings.NewReplacer(":collection", "1", ":id", "1", ":token", "x").Replace(r.path)
		for _, kind := range []string{"application/json", "application/x-www-form-urlencoded"} {
			body := &countedBody{left: limit + 1}
			req := httptest.NewRequest(post, path, body)
			req.ContentLength = limit + 1
			req.Header.Set("Content-Type", kind)
			w := httptest.NewRecorder()
			d.server.ServeHTTP(w, req)
			if w.Code != http.StatusRequestEntityTooLarge || body.read != 0 ||
				!strings.Contains(w.Body.String(), bytesInWords(limit)) && r.path != "/ask/:name" {
				t.Errorf("%s as %s: %d after %d bytes: %s", path, kind, w.Code, body.read, visible(w.Body.String()))
			}
		}
	}
	for range 16 {
		body := &countedBody{left: 20 << 20}
		req := httptest.NewRequest(post, "/sign-in", body)
		req.ContentLength = -1
		req.Header.Set("Content-Type", "application/json")
		w := httptest.NewRecorder()
		d.server.ServeHTTP(w, req)
		if w.Code != http.StatusRequestEntityTooLarge || body.read > 2*signInBody {
			t.Errorf("20 MB without a length: %d after %d bytes", w.Code, body.read)
		}
	}
}

// TestBodyOfTheLimit: a body of exactly the limit is read whole.
func TestBodyOfTheLimit(t *testing.T) {
	t.Parallel()
	for _, extra := range []int64{0, 1} {
		b := &pacedBody{ReadCloser: io.NopCloser(&countedBody{left: 100 + extra}), limit: 100,
			control: http.NewResponseController(httptest.NewRecorder()), limits: Limits{}.orDefault(),
			start: time.Now()}
		got, err := io.ReadAll(b)
		if len(got) != 100 || (fault.KindOf(err) == fault.TooLarge) != (extra == 1) {
			t.Errorf("%d bytes of %d came: %v", len(got), 100+extra, err)
		}
	}
}

// TestSlowBody: a body that comes byte by byte ends in 408 when its time is over, on routes for anybody too.
func TestSlowBody(t *testing.T) {
	t.Parallel()
	d := newDoorWith(t, storetest.SQLite(t), Options{Limits: Limits{Body: 200 * time.Millisecond}})
	for _, head := range []string{"Content-Length: 4000", "Transfer-Encoding: chunked"} {
		conn, err := net.Dial("tcp", d.http.Listener.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		fmt.Fprintf(conn, "POST /sign-in HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\n"+
			"%s\r\n\r\n", head)
		ended := make(chan struct{})
		go func() { // as long as the server takes it
			defer close(ended)
			piece := "a"
			if strings.HasPrefix(head, "Transfer") {
				piece = "1\r\na\r\n"
			}
			for range time.Tick(5 * time.Millisecond) {
				if _, err := io.WriteString(conn, piece); err != nil {
					return
				}
			}
		}()
		resp, err := http.ReadResponse(bufio.NewReader(conn), nil)
		if err != nil {
			t.Fatalf("%s: %v", head, err)
		}
		body, _ := io.ReadAll(resp.Body)
		if resp.StatusCode != http.StatusRequestTimeout || !strings.Contains(string(body), "too slowly") {
			t.Errorf("%s: %d %s", head, resp.StatusCode, visible(string(body)))
		}
		<-ended // the server has closed the connection
	}
}

// TestHeadersAreBounded: headers beyond the limit are refused by the server itself.
func TestHeadersAreBounded(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	d.do("", get, "/sign-in", "", "", "X-Long", strings.Repeat("a", 2*maxHeader)).want(t,
		http.StatusRequestHeaderFieldsTooLarge)
}
