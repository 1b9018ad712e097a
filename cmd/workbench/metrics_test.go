package main

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"testing"
)

// TestServeMetrics: the counts have an address of their own, on this machine unless another is named, as long as the
// server runs.
func TestServeMetrics(t *testing.T) {
	t.Parallel()
	if l, err := listenMetrics(""); l != nil || err != nil {
		t.Errorf("nobody asked, and %v listens: %v", l, err)
	}
	if _, err := listenMetrics("here"); !errors.As(err, new(usageError)) {
		t.Errorf("“here” gave %v", err)
	}
	l, err := listenMetrics(":0")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := listenMetrics(l.Addr().String()); err == nil {
		t.Error("one address was given twice")
	}
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		serveMetrics(ctx, l, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			_, _ = io.WriteString(w, "counts")
		}), slog.New(slog.DiscardHandler))
	}()
	resp, err := http.Get("http://" + l.Addr().String() + "/metrics")
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if raw, err := io.ReadAll(resp.Body); err != nil || string(raw) != "counts" {
		t.Errorf("got %q: %v", raw, err)
	}
	stop()
	<-ended
}
