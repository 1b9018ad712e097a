package fetch

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"slices"
	"time"

	"claimbench/internal/fault"
)

// Limits of one Get.
const (
	MostBody      = 20 << 20 // bytes of a body, unpacked
	mostHeader    = 64 << 10 // bytes of the headers of one answer
	MostRedirects = 5
	usualTime     = 30 * time.Second // from the first byte that is sent to the last that is read
)

// Options says how a client differs from the usual one; the zero value is the usual one. Guard, Ports and Resolver are
// for tests, which ask loopback and nothing else.
type Options struct {
	Version  string // of the program, in its identity
	Guard    Guard
	Ports    []uint16
	Resolver *net.Resolver
	Time     time.Duration // for all of one Get
	Between  time.Duration // between two visits to a site, at least
	Now      func() time.Time
}

// Client asks for pages. It keeps no cookies, uses no proxy and runs no script.
type Client struct {
	o     Options
	wire  *http.Transport // not an http.Client, which follows redirects and reads their addresses itself
	rules robotsKept
	turns turns
}

// New makes a client.
func New(o Options) *Client {
	if o.Guard == nil {
		o.Guard = usualGuard()
	}
	if o.Ports == nil {
		o.Ports = usualPorts
	}
	if o.Time == 0 {
		o.Time = usualTime
	}
	if o.Between == 0 {
		o.Between = usualBetween
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Version == "" {
		o.Version = "0"
	}
	// A proxy would be dialled in the place of what was asked for, unseen by the guard.
	return &Client{o: o, wire: &http.Transport{Proxy: nil, DialContext: o.dialer().DialContext,
		MaxResponseHeaderBytes: mostHeader, TLSHandshakeTimeout: 10 * time.Second, IdleConnTimeout: 5 * time.Second,
		MaxIdleConnsPerHost: 1, MaxIdleConns: 20,
	}, turns: turns{now: o.Now, between: o.Between}, rules: robotsKept{now: o.Now}}
}

// Ask is what is asked for. ETag and Modified are those of a page that is held already: then the answer may be that it
// is unchanged.
type Ask struct {
	Address  string
	Contact  string // of whoever runs the program: a mail address or a page
	ETag     string
	Modified string // as the site wrote it in Last-Modified
}

// Page is what came.
type Page struct {
	Address   string    // that was asked for
	Final     string    // that answered
	Redirects []string  // every address on the way after the first, in order; the last is Final
	Day       time.Time // when it was asked for, UTC
	Status    int
	Unchanged bool // it is as it was: there is no body
	Media     string
	ETag      string
	Modified  string
	Header    []Field  // what was kept of the headers, in the order of their names
	Dropped   []string // names of headers that were not kept
	Body      []byte
}

// Field is one header.
type Field struct{ Name, Value string }

// Get asks for a page. Nothing is asked for that robots.txt forbids, nor before it is this program's turn at the site.
//
// Errors have words for people. fault.Invalid: it is never fetched so (the address, robots.txt, a status, a size).
// fault.NotFound: the page is gone. fault.Unavailable: asking again later may help; After says when.
func (c *Client) Get(ctx context.Context, ask Ask) (page Page, err error) {
	at, err := c.allowed(ask.Address)
	if err != nil {
		return page, err
	}
	page.Address, page.Day = ask.Address, c.o.Now().UTC().Truncate(time.Microsecond)
	visited := map[string]bool{}
	var left context.Context
	for {
		if !visited[at.site] {
			if err := c.turns.wait(ctx, at.site); err != nil {
				return page, err
			}
			visited[at.site] = true
		}
		if left == nil {
			var stop context.CancelFunc
			left, stop = context.WithTimeout(ctx, c.o.Time)
			defer stop()
		}
		if err := c.mayRead(left, at, ask); err != nil {
			return page, err
		}
		page.Final = at.url.String()
		next, err := c.step(left, at, ask, &page)
		if err != nil || next == "" {
			return page, err
		}
		if at, err = c.follow(at, next, page.Redirects); err != nil {
			return page, err
		}
		page.Redirects = append(page.Redirects, at.url.String())
	}
}

// step asks once, and gives the address to which the answer leads; "" when it is the page.
func (c *Client) step(ctx context.Context, at place, ask Ask, page *Page) (next string, err error) {
	res, err := c.send(ctx, at, ask)
	if err != nil {
		return "", c.failure(ctx, at, err)
	}
	defer func() { _ = res.Body.Close() }()
	if isRedirect(res.StatusCode) {
		if next = res.Header.Get("Location"); next == "" {
			return "", fault.New(fault.Invalid, "%s answers that the page is elsewhere, and not where.", at.url.Host)
		}
		return next, nil
	}
	return "", c.take(ctx, at, ask, res, page)
}

// send sends one request, with the identity of the program and nothing that tells more.
func (c *Client) send(ctx context.Context, at place, ask Ask) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, at.url.String(), nil)
	if err != nil {
		return nil, err
	}
	req.Header.Set("User-Agent", c.identity(ask.Contact))
	req.Header.Set("Accept", "text/html,application/xhtml+xml,application/pdf,text/plain;q=0.9,*/*;q=0.5")
	if ask.ETag != "" {
		req.Header.Set("If-None-Match", ask.ETag)
	}
	if ask.Modified != "" {
		req.Header.Set("If-Modified-Since", ask.Modified)
	}
	return c.wire.RoundTrip(req)
}

// Token is the name by which robots.txt knows the program.
const Token = "claimbench"

// identity says who asks, and how to reach whoever runs it.
func (c *Client) identity(contact string) string {
	return fmt.Sprintf("Claimbench/%s (fact-checking; +%s)", c.o.Version, contact)
}

// Delay is how long after a visit a site wants to be left alone, as far as is known, and the site's name.
func (c *Client) Delay(address string) (site string, d time.Duration, err error) {
	at, err := c.allowed(address)
	if err != nil {
		return "", 0, err
	}
	return at.site, c.turns.delay(at.site), nil
}

// Check says what is wrong with an address, without asking anybody, and gives its site.
func (c *Client) Check(address string) (site string, err error) {
	at, err := c.allowed(address)
	return at.site, err
}

func isRedirect(status int) bool {
	return slices.Contains([]int{http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther,
		http.StatusTemporaryRedirect, http.StatusPermanentRedirect}, status)
}

// follow reads the address to which an answer leads.
func (c *Client) follow(from place, location string, so []string) (place, error) {
	if len(so) >= MostRedirects {
		return place{}, fault.New(fault.Invalid, "%s leads on from page to page; after %d the way was left. Give the "+
			"address at which the page opens in a browser.", from.url.Host, MostRedirects)
	}
	to, err := from.url.Parse(location)
	if err != nil {
		return place{}, fault.New(fault.Invalid, "%s leads to “%.200s”, which is no address.", from.url.Host, location)
	}
	if to.Scheme == "http" && from.url.Scheme == "https" {
		return place{}, fault.New(fault.Invalid, "%s leads from https to http, where anybody on the way may change "+
			"the page. Give the http address yourself, if it is to be trusted.", from.url.Host)
	}
	at, err := c.allowed(to.String())
	if err != nil {
		return place{}, fault.Wrap(fault.Invalid, err, "%s leads to another address that is never asked: %s",
			from.url.Host, fault.Message(err))
	}
	return at, nil
}

// failure says in words why no answer came.
func (c *Client) failure(ctx context.Context, at place, err error) error {
	host := at.url.Host
	var refused *refusedDial
	var unknown *net.DNSError
	switch {
	case errors.As(err, &refused):
		return fault.Wrap(fault.Invalid, err, "%s leads into a network that is not public, and is never asked.", host)
	case errors.As(err, &unknown) && unknown.IsNotFound:
		return later(0, fault.Wrap(fault.Unavailable, err, "No site is called %s. See whether the address is spelt "+
			"right.", host))
	case errors.Is(ctx.Err(), context.Canceled):
		return fault.Wrap(fault.Unavailable, err, "The fetching was stopped.")
	case errors.Is(err, context.DeadlineExceeded) || isTimeout(err):
		return fault.Wrap(fault.Unavailable, err, "%s did not answer to the end within %s.", host, c.o.Time)
	case isLongHeader(err):
		return fault.Wrap(fault.Invalid, err, "%s answers with more than %d KiB of headers, which is no page.", host,
			mostHeader>>10)
	}
	return fault.Wrap(fault.Unavailable, err, "%s cannot be reached.", host)
}

func isTimeout(err error) bool {
	var e net.Error
	return errors.As(err, &e) && e.Timeout()
}
