package model

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"
	"unicode"

	"claimbench/internal/fault"
)

// Limits of one question.
const (
	mostBody    = 8 << 20   // bytes of an answer, with what frames each piece of it
	mostContent = 512 << 10 // bytes of its words
	mostLine    = 1 << 20   // bytes of one piece of a stream
	mostHeader  = 64 << 10
	mostTries   = 4

	usualSilence = 3 * time.Minute  // a server may read a model from its disk before the first word
	usualTime    = 15 * time.Minute // for one question, its pauses counted
	firstPause   = time.Second
	mostPause    = time.Minute // a server that asks for a longer one is asked another time
	dialTime     = 10 * time.Second
)

// Options says where a model is. Nothing of it is read from the environment.
type Options struct {
	Address string        // http or https, host, port and the path before /chat/completions; “/v1” where it has none
	Model   string        // as the server names it
	Vectors string        // the model that makes vectors; "" Model
	Key     string        // sent as a bearer token; "" for none
	Silence time.Duration // how long a server may send nothing; 0: three minutes
	Time    time.Duration // how long one question may take, with its pauses; 0: fifteen minutes
}

// Client asks one server. It reaches no other host or port, follows no redirect, asks no proxy, keeps no cookie, and
// sends nothing that tells of this machine. It is safe for use by several goroutines.
type Client struct {
	o    Options
	base *url.URL
	wire *http.Transport // no http.Client, which would follow redirects
}

// New makes a client and asks nobody. An address that cannot be one is a fault.Invalid that says what to write.
func New(o Options) (*Client, error) {
	base, err := addressOf(o.Address)
	if err != nil {
		return nil, err
	}
	if strings.ContainsFunc(o.Key, func(r rune) bool { return r <= ' ' || r > '~' }) {
		return nil, fault.New(fault.Invalid, "The key of the model's server holds a space, a line end or a sign "+
			"that is not ASCII. Its file has the key and nothing else.")
	}
	if strings.ContainsFunc(o.Model+o.Vectors, unicode.IsControl) || len(o.Model) > 200 || len(o.Vectors) > 200 {
		return nil, fault.New(fault.Invalid, "The name of a model has at most 200 bytes, in one line.")
	}
	if o.Silence == 0 {
		o.Silence = usualSilence
	}
	if o.Time == 0 {
		o.Time = usualTime
	}
	c := &Client{o: o, base: base}
	c.wire = &http.Transport{Proxy: nil, DisableCompression: true, MaxIdleConnsPerHost: 1,
		MaxResponseHeaderBytes: mostHeader,
		TLSHandshakeTimeout:    dialTime, IdleConnTimeout: time.Minute,
		DialContext: c.only((&net.Dialer{Timeout: dialTime}).DialContext)}
	return c, nil
}

type dialer = func(ctx context.Context, network, address string) (net.Conn, error)

// only is a dialer that reaches the host and port of the address, and nothing else.
func (c *Client) only(dial dialer) dialer {
	port := c.base.Port()
	if port == "" {
		port = map[string]string{"http": "80", "https": "443"}[c.base.Scheme]
	}
	only := net.JoinHostPort(c.base.Hostname(), port)
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		if address != only {
			return nil, fmt.Errorf("only %s is reached, not %s", only, address)
		}
		return dial(ctx, network, address)
	}
}

// Host is the host and port that are reached, for people.
func (c *Client) Host() string { return c.base.Host }

// Model is the name of the model that is asked.
func (c *Client) Model() string { return c.o.Model }

// Close ends the connections that are kept.
func (c *Client) Close() { c.wire.CloseIdleConnections() }

// addressOf reads the address of a server.
func addressOf(raw string) (*url.URL, error) {
	u, err := url.Parse(raw)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || u.User != nil ||
		u.RawQuery != "" || u.Fragment != "" || u.Opaque != "" || strings.ContainsFunc(raw, unicode.IsSpace) {
		if err == nil && u.User != nil { // a password is not said again
			raw = u.Redacted()
		}
		return nil, fault.New(fault.Invalid, "“%.200s” is no address of a model's server. Write "+
			"http://HOST:PORT/v1 or https://HOST/v1, without a name, ? and #; a key has a file of its own.", raw)
	}
	u.Path = strings.TrimRight(u.Path, "/")
	if u.Path == "" {
		u.Path = "/v1"
	}
	u.RawPath = ""
	return u, nil
}

// errSilent and errLong end a question that takes too long.
var (
	errSilent = errors.New("silence")
	errLong   = errors.New("too long")
)
