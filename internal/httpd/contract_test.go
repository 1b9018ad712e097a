package httpd

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io"
	"mime"
	"net/http"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
)

// Every request in JSON that a test of this package sends and that is taken, and every answer in JSON that it gets, is
// held against openapi.json: what the document says is what the server does.

// contract stands before the server of a door.
type contract struct {
	t      *testing.T
	routes []route
	next   http.Handler
}

var theDocument = sync.OnceValues(func() (*openapi3.T, error) {
	raw, err := os.ReadFile(documentFile)
	if err != nil {
		return nil, err
	}
	return openapi3.NewLoader().LoadFromData(raw)
})

func (k contract) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	at := k.route(r)
	if at.path == "" || at.path == livePath || r.Method == http.MethodHead {
		k.next.ServeHTTP(w, r)
		return
	}
	var body bytes.Buffer
	if kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); kind == "application/json" {
		r.Body = struct {
			io.Reader
			io.Closer
		}{io.TeeReader(r.Body, &body), r.Body}
	}
	heard := &hearing{ResponseWriter: w, status: http.StatusOK}
	k.next.ServeHTTP(heard, r)
	if r.Context().Err() == nil { // who goes away hears a part only
		k.hold(at, r, body.Bytes(), heard)
	}
}

// hearing keeps what is answered in JSON.
type hearing struct {
	http.ResponseWriter
	status int
	body   bytes.Buffer
}

func (h *hearing) WriteHeader(status int) {
	h.status = status
	h.ResponseWriter.WriteHeader(status)
}

func (h *hearing) Write(b []byte) (int, error) {
	n, err := h.ResponseWriter.Write(b)
	if h.spoke() != "" {
		h.body.Write(b[:n])
	}
	return n, err
}

// spoke is the kind of JSON that was answered, "" for anything else.
func (h *hearing) spoke() string {
	kind, _, _ := mime.ParseMediaType(h.Header().Get("Content-Type"))
	if kind != "application/json" && kind != problemType {
		return ""
	}
	return kind
}

// Unwrap lets http.ResponseController find what it needs.
func (h *hearing) Unwrap() http.ResponseWriter { return h.ResponseWriter }

// route is the line of the table that a request is for: of two that match, the one that names more of the path.
func (k contract) route(r *http.Request) (found route) {
	for _, x := range k.routes {
		if (x.method == r.Method) && matches(x.path, r.URL.Path) &&
			(found.path == "" || strings.Count(x.path, ":") < strings.Count(found.path, ":")) {
			found = x
		}
	}
	return found
}

func (k contract) hold(at route, r *http.Request, sent []byte, heard *hearing) {
	doc, err := theDocument()
	if err != nil {
		k.t.Errorf("%s: %v", documentFile, err)
		return
	}
	item := doc.Paths.Find(pathParam.ReplaceAllString(at.path, "{$1}"))
	if item == nil || item.GetOperation(at.method) == nil {
		k.t.Errorf("%s is not in the document", at.name())
		return
	}
	op := item.GetOperation(at.method)
	if len(sent) > 0 && heard.status < http.StatusBadRequest && op.RequestBody != nil {
		k.fits(at.name()+" takes", op.RequestBody.Value.Content.Get("application/json"), sent)
	}
	for name := range r.URL.Query() {
		known := slices.ContainsFunc(op.Parameters, func(p *openapi3.ParameterRef) bool {
			return p.Value.In == "query" && p.Value.Name == name
		})
		if heard.status < http.StatusBadRequest && !known {
			k.t.Errorf("%s takes the parameter %q, which is not in the document", at.name(), name)
		}
	}
	kind := heard.spoke()
	if heard.Header().Get(replayedHeader) != "" {
		return // what is secret or gone is not told again: the answer says how it stands now
	}
	if kind == "" || at.access.speaks.out == nil && heard.status < http.StatusBadRequest {
		return
	}
	answer := op.Responses.Value("2XX")
	if heard.status >= http.StatusBadRequest {
		answer = op.Responses.Default()
	}
	raw := heard.body.Bytes()
	if heard.Header().Get("Content-Encoding") == "gzip" {
		packed, err := gzip.NewReader(&heard.body)
		if err == nil {
			raw, err = io.ReadAll(packed)
		}
		if err != nil {
			k.t.Errorf("%s what cannot be unpacked: %v", at.name(), err)
		}
	}
	k.fits(at.name()+" answers", answer.Value.Content.Get(kind), raw)
}

func (k contract) fits(what string, as *openapi3.MediaType, raw []byte) {
	if as == nil {
		k.t.Errorf("%s JSON, and the document does not say so", what)
		return
	}
	var v any
	if err := json.Unmarshal(raw, &v); err != nil {
		k.t.Errorf("%s what is no JSON: %v\n%.300s", what, err, raw)
		return
	}
	if err := as.Schema.Value.VisitJSON(v, openapi3.MultiErrors()); err != nil {
		k.t.Errorf("%s what is not in the document: %.2000s\n%.600s", what, err, raw)
	}
}
