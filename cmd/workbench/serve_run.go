package main

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"sync"

	"claimbench/internal/history"
	"claimbench/internal/httpd"
)

// runServer serves until ctx ends, with the tasks beside it, then lets what is under way finish within two seconds. The
// signer signs a last checkpoint when everything else has ended.
func runServer(ctx context.Context, server *httpd.Server, signer *history.Signer, listener net.Listener,
	log *slog.Logger, beside ...func(context.Context)) error {
	inner, cancel := context.WithCancel(context.Background())
	defer cancel()
	signing, stopSigning := context.WithCancel(context.Background())
	defer stopSigning()
	var tasks, signed sync.WaitGroup
	tasks.Go(func() { server.Run(inner) })
	for _, task := range beside {
		tasks.Go(func() { task(inner) })
	}
	signed.Go(func() { signer.Run(signing) })
	h := server.HTTP(listener.Addr().String())
	failed := make(chan error, 1)
	go func() { failed <- h.Serve(listener) }()
	var err error
	select {
	case err = <-failed:
	case <-ctx.Done():
		cancel() // the work in the background ends while requests finish
		if cut := server.Drain(h); cut != nil {
			log.Warn("some requests did not finish in time and were cut", "err", cut)
		}
		if served := <-failed; !errors.Is(served, http.ErrServerClosed) {
			err = served
		}
	}
	cancel()
	tasks.Wait()
	stopSigning()
	signed.Wait()
	return err
}
