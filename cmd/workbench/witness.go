package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"claimbench/internal/cosign"
	"claimbench/internal/fault"
	"claimbench/internal/witness"
)

func newWitnessCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "witness", Short: "Watch logs: sign their checkpoints only while they continue"}
	cmd.AddCommand(newWitnessServeCommand())
	return cmd
}

func newWitnessServeCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "serve --key FILE --state FILE --log KEY… [--addr HOST:PORT]",
		Short: "Serve a witness: sign checkpoints of the logs named, never back (C2SP tlog-witness)",
		Long: "Serve a witness. It signs a checkpoint of a log named by --log only when it continues the one that it " +
			"signed before, and writes that down before it answers. Run it on another machine than the workbench, " +
			"with somebody else in charge. The key is made on first use; FILE.pub beside it is for “serve " +
			"--witness” and “audit verify --witness”. The state must not be lost or put back: without it the witness " +
			"would sign another history.",
		Args: exactArgs(0),
	}
	addr := cmd.Flags().String("addr", "127.0.0.1:8081", "the address to listen on, `HOST:PORT`")
	keyFile := cmd.Flags().String("key", "", "the `FILE` of the witness's own key; made on first use")
	state := cmd.Flags().String("state", "", "the `FILE` with what it signed last of each log; made on first use")
	logs := cmd.Flags().StringArray("log", nil,
		"the public `KEY` of a log that is watched, or the file with it (it ends in .pub); again for more")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if err := checkListen("addr", *addr, "127.0.0.1:8081"); err != nil {
			return err
		}
		keys, err := publicKeys(*logs)
		if err != nil {
			return err
		}
		key, err := witness.OpenKey(*keyFile)
		if err != nil {
			return err
		}
		w, err := witness.New(key, *state, keys)
		if err != nil {
			return err
		}
		defer func() { _ = w.Close() }()
		l, err := listen("addr", *addr)
		if err != nil {
			return err
		}
		fmt.Fprintf(cmd.OutOrStdout(), "The witness listens at %s\nIts public key is %s\nStop with Ctrl-C.\n",
			reachedAt(l), key.Public())
		ctx, stop := signal.NotifyContext(contextOf(cmd), syscall.SIGINT, syscall.SIGTERM)
		defer stop()
		return serveWitness(ctx, w, l, cmd.ErrOrStderr())
	}
	need(cmd, "key", "state", "log")
	return cmd
}

// serveWitness answers until ctx ends, and tells whoever runs it what fails on this machine.
func serveWitness(ctx context.Context, w *witness.Witness, l net.Listener, errs io.Writer) error {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /add-checkpoint", func(rw http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(http.MaxBytesReader(rw, r.Body, witness.MaxRequest))
		answer := witness.Answer{Status: http.StatusBadRequest, Kind: "text/plain; charset=utf-8",
			Body: "the request is too large or was cut\n"}
		if err == nil {
			answer = w.AddCheckpoint(body)
		}
		if answer.Failed != nil {
			fmt.Fprintf(errs, "%s %s\n", time.Now().UTC().Format(time.DateTime), fault.Message(answer.Failed))
		}
		rw.Header().Set("Content-Type", answer.Kind)
		rw.Header().Set("X-Content-Type-Options", "nosniff")
		rw.WriteHeader(answer.Status)
		_, _ = io.WriteString(rw, answer.Body) // whoever went away asks again
	})
	server := &http.Server{Handler: mux, ReadTimeout: 20 * time.Second, ReadHeaderTimeout: 5 * time.Second,
		WriteTimeout: 20 * time.Second, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 16 << 10}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(l) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
		last, cancel := context.WithTimeout(context.WithoutCancel(ctx), 2*time.Second)
		defer cancel()
		return errors.Join(server.Shutdown(last), ignoreClosed(<-failed))
	}
}

func ignoreClosed(err error) error {
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}

// witnessesOf reads the values of serve --witness, URL,KEY: where a witness is, and its public key or the file with it.
func witnessesOf(named []string) ([]cosign.Witness, error) {
	out, seen := make([]cosign.Witness, 0, len(named)), map[string]bool{}
	for _, value := range named {
		at, keyOrFile, ok := strings.Cut(value, ",")
		if !ok || keyOrFile == "" {
			return nil, wrongUsage("--witness “%s” is not URL,KEY: where the witness is, a comma, and its public key "+
				"or the file with it", value)
		}
		u, err := webAddress("--witness", at)
		if err != nil {
			return nil, err
		}
		key, err := witness.ParseKey(keyOrFile)
		if err != nil {
			return nil, err
		}
		if seen[key.ID()] {
			return nil, wrongUsage("--witness names %s twice; name each once", key.Name())
		}
		seen[key.ID()] = true
		out = append(out, cosign.Witness{Key: key, Ask: askWitness(u)})
	}
	return out, nil
}

// askWitness sends requests to one witness, and reaches its host and port only.
func askWitness(u *url.URL) func(context.Context, string) (int, string, error) {
	client, at := reachOnly(u), u.JoinPath("add-checkpoint").String()
	return func(ctx context.Context, body string) (int, string, error) {
		req, err := http.NewRequestWithContext(ctx, http.MethodPost, at, bytes.NewReader([]byte(body)))
		if err != nil {
			return 0, "", err
		}
		req.Header.Set("Content-Type", "text/plain; charset=utf-8")
		resp, err := client.Do(req)
		if err != nil {
			return 0, "", err
		}
		defer func() { _ = resp.Body.Close() }()
		data, err := io.ReadAll(io.LimitReader(resp.Body, cosign.MostAnswer+1))
		if err == nil && len(data) > cosign.MostAnswer {
			err = fmt.Errorf("it answers with more than %d bytes", cosign.MostAnswer)
		}
		return resp.StatusCode, string(data), err
	}
}

// witnessKeys reads the public keys of witnesses that flags name.
func witnessKeys(named []string) ([]*witness.Verifier, error) {
	out := make([]*witness.Verifier, len(named))
	for i, k := range named {
		v, err := witness.ParseKey(k)
		if err != nil {
			return nil, err
		}
		out[i] = v
	}
	return out, nil
}
