package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"time"

	"claimbench/internal/fault"
)

// listenMetrics opens the address of --metrics; nil where none was asked for. An address without a host is on this
// machine only: the counts ask nobody who they are.
func listenMetrics(addr string) (net.Listener, error) {
	if addr == "" {
		return nil, nil
	}
	if strings.HasPrefix(addr, ":") {
		addr = "127.0.0.1" + addr
	}
	if _, _, err := net.SplitHostPort(addr); err != nil {
		return nil, usageError{fmt.Errorf("--metrics %s is no address; write HOST:PORT, for example 127.0.0.1:9464",
			addr)}
	}
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, fault.Wrap(fault.Unavailable, err,
			"The address %s cannot be listened on. Stop what listens there, or choose another with --metrics.", addr)
	}
	return l, nil
}

// serveMetrics answers /metrics until ctx ends; without a listener it does nothing.
func serveMetrics(ctx context.Context, l net.Listener, counts http.Handler, log *slog.Logger) {
	if l == nil {
		return
	}
	h := &http.Server{Handler: counts, ReadTimeout: 5 * time.Second, WriteTimeout: 30 * time.Second,
		MaxHeaderBytes: 8 << 10, ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelWarn)}
	stop := context.AfterFunc(ctx, func() { h.Close() })
	defer stop()
	if err := h.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		log.Error("the metrics are not served any more", "err", err)
	}
}
