package model

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"claimbench/internal/fault"
	"claimbench/internal/jsonin"
)

// answered is what came back: its media type, and its body, which ends with an error where it is cut, silent or too
// long.
type answered struct {
	media string
	body  io.Reader
}

// ask sends a question (nil: a GET), again after a pause where the server asks for one, and lets read take the answer.
// Whatever read gives is not asked again: a part of the answer may have been used.
func (c *Client) ask(ctx context.Context, path string, question any, read func(answered) error) error {
	var body []byte
	if question != nil {
		var err error
		if body, err = json.Marshal(question); err != nil {
			return err
		}
	}
	ctx, stop := context.WithTimeoutCause(ctx, c.o.Time, errLong)
	defer stop()
	pause := firstPause
	for try := 1; ; try++ {
		wait, err := c.once(ctx, path, body, read)
		if wait == nil || try == mostTries || ctx.Err() != nil {
			return err
		}
		d := max(pause, *wait)
		if d > mostPause {
			return fault.Wrap(fault.Unavailable, err, "The model's server %s is busy, and asks to be left alone "+
				"for %s. Try later.", c.Host(), d.Round(time.Second))
		}
		if !rest(ctx, d) {
			return c.failure(ctx, ctx.Err())
		}
		pause *= 2
	}
}

// rest waits; false when the context ended.
func rest(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-t.C:
		return true
	}
}

// once asks once. wait is nil where asking again helps nothing, else how long the server wants to be left alone.
func (c *Client) once(ctx context.Context, path string, body []byte, read func(answered) error) (wait *time.Duration,
	err error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	watch := time.AfterFunc(c.o.Silence, func() { cancel(errSilent) })
	defer watch.Stop()
	method, content := http.MethodGet, io.Reader(http.NoBody)
	if body != nil {
		method, content = http.MethodPost, bytes.NewReader(body)
	}
	req, err := http.NewRequestWithContext(ctx, method, c.base.String()+path, content)
	if err != nil {
		return nil, err
	}
	req.Header.Set("User-Agent", "Claimbench")
	req.Header.Set("Accept", "text/event-stream, application/json")
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	if c.o.Key != "" {
		req.Header.Set("Authorization", "Bearer "+c.o.Key)
	}
	res, err := c.wire.RoundTrip(req)
	if err != nil {
		none := time.Duration(0)
		if ctx.Err() != nil {
			return nil, c.failure(ctx, err)
		}
		return &none, c.failure(ctx, err)
	}
	defer func() { _ = res.Body.Close() }()
	from := &watched{ctx: ctx, c: c, r: res.Body, beat: func() { watch.Reset(c.o.Silence) }}
	if res.StatusCode != http.StatusOK {
		return c.refused(res, from)
	}
	media, _, _ := strings.Cut(strings.ToLower(res.Header.Get("Content-Type")), ";")
	return nil, read(answered{media: strings.TrimSpace(media), body: from})
}

// watched reads an answer as far as it may go, and says in words why it broke off.
type watched struct {
	ctx  context.Context
	c    *Client
	r    io.Reader
	read int
	beat func()
}

// Read implements io.Reader.
func (w *watched) Read(p []byte) (int, error) {
	n, err := w.r.Read(p)
	if n > 0 {
		w.beat()
	}
	if w.read += n; w.read > mostBody {
		return 0, fault.Wrap(fault.Invalid, errAnswer, "The model's server %s sends more than %d MB for one "+
			"question. Its answer was cut off and nothing of it is used.", w.c.Host(), mostBody>>20)
	}
	if err != nil && !errors.Is(err, io.EOF) {
		err = w.c.failure(w.ctx, err)
	}
	return n, err
}

// failure says in words why no answer came.
func (c *Client) failure(ctx context.Context, err error) error {
	switch cause := context.Cause(ctx); {
	case errors.Is(cause, errSilent):
		return fault.Wrap(fault.Unavailable, err, "The model's server %s sent nothing for %s, and was left.", c.Host(),
			c.o.Silence)
	case errors.Is(cause, errLong), errors.Is(cause, context.DeadlineExceeded):
		return fault.Wrap(fault.Unavailable, err, "The model's server %s did not answer to the end within %s.",
			c.Host(), c.o.Time)
	case cause != nil:
		return fault.Wrap(fault.Unavailable, err, "The question to the model was called off.")
	case errors.Is(err, io.ErrUnexpectedEOF):
		return fault.Wrap(fault.Unavailable, err, "The answer of the model's server %s broke off.", c.Host())
	}
	return fault.Wrap(fault.Unavailable, err, "The model's server %s cannot be reached. See that it runs, and that "+
		"its address is right.", c.Host())
}

// refused says what a status other than 200 means, and whether asking again helps.
func (c *Client) refused(res *http.Response, from io.Reader) (*time.Duration, error) {
	raw, _ := io.ReadAll(io.LimitReader(from, 64<<10))
	said := saidOf(raw)
	switch s := res.StatusCode; {
	case s == http.StatusTooManyRequests || s == http.StatusBadGateway || s == http.StatusServiceUnavailable ||
		s == http.StatusGatewayTimeout:
		wait := retryAfter(res.Header.Get("Retry-After"))
		return &wait, fault.New(fault.Unavailable, "The model's server %s is busy or away (%s), after %d tries%s.",
			c.Host(), res.Status, mostTries, said)
	case s == http.StatusUnauthorized || s == http.StatusForbidden:
		return nil, fault.New(fault.Invalid, "The model's server %s does not take the key (%s)%s. Look at the file "+
			"of the key.", c.Host(), res.Status, said)
	case s == http.StatusNotFound:
		return nil, fault.New(fault.Invalid, "The model's server %s knows no such address or model (%s)%s. The "+
			"address mostly ends in /v1.", c.Host(), res.Status, said)
	case s >= 300 && s < 400:
		return nil, fault.New(fault.Invalid, "The model's server %s leads elsewhere (%s), which is not followed. "+
			"Give the address where it answers.", c.Host(), res.Status)
	}
	return nil, fault.New(fault.Invalid, "The model's server %s refuses the question (%s)%s.", c.Host(),
		res.Status, said)
}

// retryAfter is how long a server wants to be left alone, in seconds or until a time; 0 where it does not say.
func retryAfter(s string) time.Duration {
	if n, err := strconv.Atoi(strings.TrimSpace(s)); err == nil {
		return max(time.Duration(min(n, 1<<20))*time.Second, 0)
	}
	if at, err := http.ParseTime(s); err == nil {
		return max(time.Until(at), 0)
	}
	return 0
}

// saidOf is what a server says is wrong, short, behind a colon; "" where it says nothing that can be read.
func saidOf(raw []byte) string {
	var whole struct {
		Error json.RawMessage `json:"error"`
	}
	if jsonin.Read(raw, &whole, jsonin.AnyFields) != nil || len(whole.Error) == 0 {
		return ""
	}
	var words string
	var with struct {
		Message string `json:"message"`
	}
	if jsonin.Read(whole.Error, &with, jsonin.AnyFields) == nil {
		words = with.Message
	} else if jsonin.Read(whole.Error, &words, jsonin.AnyFields) != nil {
		return ""
	}
	if words = strings.Join(strings.Fields(words), " "); words == "" {
		return ""
	}
	return fmt.Sprintf(": “%.200s”", words)
}
