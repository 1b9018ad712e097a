package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"time"

	"claimbench/internal/fault"
)

// reachTimeout is how long one question to another machine may take.
const reachTimeout = 20 * time.Second

// webAddress reads an http or https address that somebody named; what names the flag or argument.
func webAddress(what, raw string) (*url.URL, error) {
	u, err := url.Parse(raw)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || !isHost(u.Hostname()) || u.User != nil ||
		u.RawQuery != "" || u.Fragment != "" || u.Port() != "" && !isPort(u.Port(), 1) {
		return nil, wrongUsage("%s “%s” is no address of the web: write https://HOST[:PORT]/PATH, without a "+
			"user’s name, ? and #", what, redacted(u))
	}
	return u, nil
}

// reachOnly is a client that reaches the host and port of an address, and nothing else: it follows no redirect, asks no
// proxy, and keeps no cookie.
func reachOnly(u *url.URL) *http.Client {
	port := u.Port()
	if port == "" {
		port = map[string]string{"http": "80", "https": "443"}[u.Scheme]
	}
	only := net.JoinHostPort(u.Hostname(), port)
	return &http.Client{Timeout: reachTimeout, CheckRedirect: func(r *http.Request, _ []*http.Request) error {
		return fmt.Errorf("it leads elsewhere, to %s, which is not followed", r.URL.Redacted())
	}, Transport: &http.Transport{Proxy: nil, DisableCompression: true, MaxIdleConnsPerHost: 1,
		TLSHandshakeTimeout: reachTimeout, IdleConnTimeout: 2 * time.Minute,
		DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
			if address != only {
				return nil, fmt.Errorf("only %s is reached, not %s", only, address)
			}
			return (&net.Dialer{Timeout: reachTimeout}).DialContext(ctx, network, address)
		}}}
}

// fetch reads what is at an address, at most so many bytes.
func fetch(ctx context.Context, u *url.URL, most int64) ([]byte, error) {
	failed := func(err error) ([]byte, error) {
		var cut *url.Error
		if errors.As(err, &cut) {
			err = cut.Err
		}
		return nil, fault.Wrap(fault.Unavailable, err, "%s does not answer as it should: %s.", u.Redacted(), err)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return failed(err)
	}
	client := reachOnly(u)
	defer client.CloseIdleConnections()
	resp, err := client.Do(req)
	if err != nil {
		return failed(err)
	}
	defer func() { _ = resp.Body.Close() }()
	if resp.StatusCode != http.StatusOK {
		return failed(fmt.Errorf("it says %s", resp.Status))
	}
	data, err := io.ReadAll(io.LimitReader(resp.Body, most+1))
	if err != nil {
		return failed(err)
	}
	if int64(len(data)) > most {
		return failed(fmt.Errorf("it sends more than %d MB", most>>20))
	}
	return data, nil
}
