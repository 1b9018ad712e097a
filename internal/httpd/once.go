package httpd

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"hash"
	"io"
	"maps"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"claimbench/internal/fault"
	"claimbench/internal/httpd/view"
	"claimbench/internal/once"
)

const (
	keyHeader      = "Idempotency-Key"
	keyField       = "_key" // the same, as a hidden field of a form
	replayedHeader = "Idempotency-Replayed"
	sentCookie     = "sent" // the key of the form that was done last; web/src/forms.ts reads it
	addressKey     = "address"
	answerKey      = "plain answer"
	actingHeader   = "X-Acting-As"
	sentKey        = "sent key"
	finishTimeout  = 5 * time.Second
)

// byContents stands between the key that a page gave to its form and what tells its contents: the page may be gone back
// to, and the form sent with other words. The key that a program or a script chose is of one request only.
const byContents = "~"

// plainKey is a key that can stand in a cookie.
var plainKey = regexp.MustCompile(`^[0-9A-Za-z-]+$`)

// once lets a request with a key be done once, however often it is sent. One that was done is answered as it was the
// first time (sent_again.go). Requests of people who are not
// signed in, and requests without a key, pass.
func (s *Server) once(r route, next echo.HandlerFunc) echo.HandlerFunc {
	if r.method != post {
		return next
	}
	return func(c echo.Context) error {
		actor, in := signedIn(c)
		if !in {
			return next(c)
		}
		if as, err := url.PathUnescape(c.Request().Header.Get(actingHeader)); err != nil || as != "" &&
			as != actor.Name {
			return echo.NewHTTPError(http.StatusPreconditionFailed) // typed by somebody else in the same browser
		}
		q := once.Request{User: actor.UserID, Route: r.name()}
		var err error
		if q.Key, q.Body, err = keyed(c); err != nil || q.Key == "" {
			return firstError(err, next, c)
		}
		if own, _, _ := strings.Cut(q.Key, byContents); plainKey.MatchString(own) {
			c.Set(sentKey, own)
		}
		ctx := c.Request().Context()
		work, done, end, err := s.Once.Begin(ctx, q)
		defer end()
		if err != nil {
			return err
		}
		if done != nil {
			return s.answerAgain(c, r, next, *done)
		}
		c.SetRequest(c.Request().WithContext(work))
		err = next(c)
		c.SetRequest(c.Request().WithContext(ctx))
		if errors.Is(err, once.ErrSent) { // another server was faster by a moment
			if done, err = s.Once.Look(ctx, q); err == nil && done != nil {
				return s.answerAgain(c, r, next, *done)
			}
		}
		if err == nil && c.Response().Status < http.StatusBadRequest {
			s.finish(c, q)
		}
		return err
	}
}

func firstError(err error, next echo.HandlerFunc, c echo.Context) error {
	if err != nil {
		return err
	}
	return next(c)
}

// finish keeps the outcome. If it cannot be kept, the key still is, and the work is not done twice.
func (s *Server) finish(c echo.Context, q once.Request) {
	address, _ := c.Get(addressKey).(string)
	answer, _ := c.Get(answerKey).(string)
	ctx, cancel := context.WithTimeout(context.WithoutCancel(c.Request().Context()), finishTimeout)
	defer cancel()
	if err := s.Once.Finish(ctx, q, once.Outcome{Status: c.Response().Status, Address: address,
		Answer: answer}); err != nil {
		s.log.Warn("the outcome of a request with a key was not kept", "request", requestOf(c), "err", err)
	}
}

// keyed reads the key of a request, and a hash of its contents: of a form's fields and files without the key, whatever
// their order and the boundary between them; of any other body's bytes. "" is no key. What it reads of a body is there
// for the handler again.
func keyed(c echo.Context) (key string, body [32]byte, err error) {
	r := c.Request()
	if sent := r.Header.Values(keyHeader); len(sent) > 0 {
		if key = sent[0]; len(sent) > 1 || key == "" {
			return "", body, oneKey("header", keyHeader, sent)
		}
	}
	kind, _, _ := mime.ParseMediaType(r.Header.Get(echo.HeaderContentType))
	h := sha256.New()
	// A key is of one route; the path says of which object, so that the same words to another are another request.
	_, _ = io.WriteString(h, r.URL.Path+"\n")
	if version := r.Header.Get(ifMatchHeader); version != "" {
		_, _ = io.WriteString(h, version+"\n")
	}
	switch kind {
	case echo.MIMEApplicationForm, echo.MIMEMultipartForm:
		if err := parseForm(r, kind); err != nil {
			return "", body, err
		}
		if sent, there := r.PostForm[keyField]; there && key == "" {
			if key = sent[0]; len(sent) > 1 || key == "" {
				return "", body, oneKey("field", keyField, sent)
			}
		}
		if key != "" {
			err = hashForm(h, r)
		}
	default:
		if key == "" {
			return "", body, nil
		}
		var raw []byte
		if raw, err = io.ReadAll(r.Body); err != nil {
			return "", body, readFault(err)
		}
		r.Body = io.NopCloser(bytes.NewReader(raw))
		_, _ = h.Write(raw)
	}
	if err == nil && key != "" {
		err = once.CheckKey(key)
	}
	body = [32]byte(h.Sum(nil))
	if strings.HasPrefix(key, view.FormKey) && r.PostForm.Has(keyField) {
		key += byContents + hex.EncodeToString(body[:8])
	}
	return key, body, err
}

// oneKey refuses a key that is empty, or not one: a key that was lost on the way must not mean that the request is done
// each time it comes.
func oneKey(where, name string, sent []string) error {
	if len(sent) > 1 {
		return fault.New(fault.Invalid, "The %s %s stands in the request %d times. Send it once.", where, name,
			len(sent))
	}
	return fault.New(fault.Invalid, "The %s %s is empty. Give it a key, for example a UUID, or leave it out.", where,
		name)
}

func hashForm(h hash.Hash, r *http.Request) error {
	part := func(s string) {
		_ = binary.Write(h, binary.BigEndian, int64(len(s)))
		_, _ = io.WriteString(h, s)
	}
	for _, name := range slices.Sorted(maps.Keys(r.PostForm)) {
		for _, v := range r.PostForm[name] {
			if name != keyField {
				part(name)
				part(v)
			}
		}
	}
	if r.MultipartForm == nil {
		return nil
	}
	for _, name := range slices.Sorted(maps.Keys(r.MultipartForm.File)) {
		for _, head := range r.MultipartForm.File[name] {
			part(name)
			part(head.Filename)
			if err := hashFile(h, head); err != nil {
				return fault.Wrap(fault.Invalid, err, "The file “%s” cannot be read. Send it again.", head.Filename)
			}
		}
	}
	return nil
}

func hashFile(h hash.Hash, head *multipart.FileHeader) error {
	f, err := head.Open()
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	_ = binary.Write(h, binary.BigEndian, head.Size)
	_, err = io.Copy(h, f)
	return err
}
