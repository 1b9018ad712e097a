package main

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"time"
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
	if err := checkListen("metrics", addr, "127.0.0.1:9464"); err != nil {
		return nil, err
	}
	return listen("metrics", addr)
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
