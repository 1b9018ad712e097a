package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/netip"
	"os/signal"
	"runtime/debug"
	"syscall"

	"github.com/spf13/cobra"

	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/cosign"
	"claimbench/internal/files"
	"claimbench/internal/history"
	"claimbench/internal/house"
	"claimbench/internal/httpd"
	"claimbench/internal/search"
	"claimbench/internal/store"
	"claimbench/web"
)

// serveFlags is what serve is told.
type serveFlags struct {
	database, files, addr, logKey, publicURL, metrics string
	demo, bare, verbose                               bool
	proxies, witnesses                                []string
	mail                                              mailFlags
	model                                             modelFlags
}

func newServeCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use: "serve [--demo [--demo-bare]] [--addr HOST:PORT] [--public-url URL]\n" +
			"    [--trusted-proxy CIDR]… [--log-key FILE] [--files DIR] [--metrics HOST:PORT]\n" +
			"    [--verbose] [--witness URL,KEY]…\n" +
			"    [--model URL --model-name NAME [--model-key FILE]]\n" +
			"    [--mail smtp://[USER@]HOST[:PORT] --mail-from ADDRESS [--mail-password FILE]]",
		Short: "Serve the workbench to browsers",
		Long: "Serve the workbench to browsers. The database is made and brought up to date when it needs to be.\n" +
			"--demo offers six users by one click and brings in the four sample articles, with claims in every " +
			"state; it keeps to this machine and to a database of its own.",
		Args: exactArgs(0),
	}
	var f serveFlags
	database := databaseFlag(cmd)
	cmd.Flags().StringVar(&f.addr, "addr", "127.0.0.1:8080", "the address to listen on, `HOST:PORT`")
	cmd.Flags().StringVar(&f.logKey, "log-key", "",
		"the `FILE` of the key that signs checkpoints; made on first use (default: beside the SQLite file)")
	cmd.Flags().StringVar(&f.publicURL, "public-url", "",
		"the `URL` under which people reach the server, https://… behind a TLS proxy (default: where it listens)")
	cmd.Flags().StringArrayVar(&f.proxies, "trusted-proxy", nil,
		"a proxy, as an address or `CIDR`, whose X-Forwarded-For and Forwarded are believed; again for more")
	cmd.Flags().BoolVar(&f.demo, "demo", false, "six users by one click and four sample articles, on this machine only")
	cmd.Flags().BoolVar(&f.bare, "demo-bare", false, "with --demo: the articles only, nothing done with them yet")
	cmd.Flags().StringVar(&f.metrics, "metrics", "",
		"an address of its own for /metrics, `HOST:PORT`, for example 127.0.0.1:9464; without a host this machine "+
			"only (default: none)")
	cmd.Flags().StringArrayVar(&f.witnesses, "witness", nil,
		"a witness that co-signs checkpoints, as `URL,KEY`: where it is, and its public key or the file with it; "+
			"again for more (default: none)")
	cmd.Flags().StringVar(&f.mail.server, "mail", "",
		"the mail server for daily mails, as a `URL`: smtp://[USER@]HOST[:PORT] or smtps://…; they hold counts and "+
			"links only (default: no mail)")
	cmd.Flags().StringVar(&f.mail.from, "mail-from", "", "the `ADDRESS` that mails come from")
	cmd.Flags().StringVar(&f.mail.password, "mail-password", "",
		"the `FILE` with the password of the user in --mail")
	f.model.add(cmd)
	cmd.Flags().BoolVar(&f.verbose, "verbose", false, "log every request")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		f.database, f.files = *database, cmd.Flags().Lookup("files").Value.String()
		ctx, stop := signal.NotifyContext(contextOf(cmd), syscall.SIGINT, syscall.SIGTERM)
		defer stop()
		return serve(ctx, f, cmd.OutOrStdout(), cmd.ErrOrStderr())
	}
	return cmd
}

// check looks at every address that the flags give before anything is opened, and gives the proxies.
func (f *serveFlags) check() (proxies []netip.Prefix, err error) {
	if err := checkListen("addr", f.addr, "127.0.0.1:8080"); err != nil {
		return nil, err
	}
	if f.bare && !f.demo {
		return nil, usageError{errors.New("--demo-bare goes with --demo: give both, or neither")}
	}
	if f.demo {
		if err := onlyLoopback(f.addr); err != nil {
			return nil, err
		}
	}
	if f.metrics != "" {
		if err := checkListen("metrics", f.metrics, "127.0.0.1:9464"); err != nil {
			return nil, err
		}
	}
	if f.publicURL != "" {
		if f.publicURL, err = publicAddress("public-url", f.publicURL); err != nil {
			return nil, err
		}
	}
	return parseProxies(f.proxies)
}

// serve starts the server and runs it until ctx ends. A start that is called off is no failure.
func serve(ctx context.Context, f serveFlags, out, errs io.Writer) error {
	err := start(ctx, f, out, errs)
	if ctx.Err() != nil && errors.Is(err, ctx.Err()) {
		return nil
	}
	return err
}

func start(ctx context.Context, f serveFlags, out, errs io.Writer) error {
	level := slog.LevelWarn
	if f.verbose {
		level = slog.LevelInfo
	}
	log := slog.New(slog.NewJSONHandler(errs, &slog.HandlerOptions{Level: level}))
	proxies, err := f.check()
	if err != nil {
		return err
	}
	post, err := newMailer(f.mail)
	if err != nil {
		return err
	}
	var asking house.Options
	if err := f.model.rooms(&asking); err != nil {
		return err
	}
	witnesses, err := witnessesOf(f.witnesses)
	if err != nil {
		return err
	}
	assets, err := web.LoadAssets()
	if err != nil {
		return err
	}
	db, err := store.Open(ctx, f.database, store.Options{Create: true, Log: log})
	if err != nil {
		return err
	}
	defer db.Close()
	if err := db.Serve(); err != nil {
		return err
	}
	fresh, err := prepareDatabase(ctx, db, f.demo)
	if err != nil {
		return err
	}
	closing, err := servedFiles(ctx, db, f.files)
	if err != nil {
		return err
	}
	defer closing()
	keyFile, err := logKeyFile(f.logKey, f.database)
	if err != nil {
		return err
	}
	if f.demo && fresh && f.logKey == "" {
		if err := forgetKey(keyFile); err != nil {
			return err
		}
	}
	key, err := history.OpenKey(keyFile)
	if err != nil {
		return err
	}
	signer := history.NewSigner(db, key, log)
	if err := signer.Check(ctx); err != nil {
		return err
	}
	sign := func(ctx context.Context) error {
		_, err := signer.Sign(ctx)
		return err
	}
	h, err := house.Open(db, house.Options{Auth: auth.Options{Demo: f.demo, Log: log}, Sign: sign,
		Signer: signer, Key: key.Public(), Web: askWeb(), Post: tellWeb(),
		Model: asking.Model, Voices: asking.Voices, Vectors: asking.Vectors})
	if err != nil {
		return err
	}
	h.Status.SealBy(key)
	if f.demo {
		if err := refillDemo(ctx, h, f.bare, fresh, out); err != nil {
			return err
		}
	}
	counts, err := listenMetrics(f.metrics)
	if err != nil {
		return err
	}
	listener, err := listen("addr", f.addr)
	if err != nil {
		return err
	}
	cosigner := cosign.New(db, log, witnesses)
	o := httpd.Options{Witnesses: cosigner.Standings, Assets: assets, Log: log, PublicURL: f.publicURL,
		Proxies: proxies, Mail: post != nil}
	if o.PublicURL == "" {
		o.PublicURL = reachedAt(listener)
	}
	if f.demo {
		o.Hosts = []string{"127.0.0.1", "localhost", "::1"}
	}
	server, err := httpd.New(h, o)
	if err != nil {
		listener.Close()
		return err
	}
	if err := greet(ctx, h, o.PublicURL, f, fresh, key, out); err != nil {
		listener.Close()
		return err
	}
	if err := errors.Join(h.Jobs.Resume(ctx), h.Web.Resume(ctx), h.Hooks.Resume(ctx)); err != nil {
		listener.Close()
		return err
	}
	usual := debug.SetGCPercent(frugal)
	h.Evidence.OnSettled(func() { settle(usual) })
	return runServer(ctx, server, signer, listener, log, func(ctx context.Context) {
		serveMetrics(ctx, counts, server.Metrics(), log)
	}, h.Jobs.Run, h.Web.Run, h.Feeds.Run, func(ctx context.Context) { renewIndex(ctx, db, log) },
		func(ctx context.Context) {
			h.Evidence.Follow(ctx, log, h.Jobs.Beside)
		}, func(ctx context.Context) {
			h.Shelf.Follow(ctx, log, h.Jobs.Beside)
		}, func(ctx context.Context) {
			h.Claims.WeighOld(ctx, log, h.Jobs.Beside)
		}, func(ctx context.Context) { h.Sets.Run(ctx, log) }, func(ctx context.Context) {
			h.Status.Run(ctx, log)
		}, func(ctx context.Context) {
			h.Arrivals.Run(ctx, log)
		}, func(ctx context.Context) { files.Run(ctx, db, log) }, func(ctx context.Context) {
			h.Requests.Run(ctx,
				log)
		}, h.Hooks.Run, h.Broken.Run, h.Wishes.Run, h.Vectors.Run, cosigner.Run,
		func(ctx context.Context) {
			h.Review.Run(ctx, log)
		}, func(ctx context.Context) {
			if post != nil {
				h.Notices.RunDigests(ctx, h.Auth, post, o.PublicURL, log)
			}
		})
}

// renewIndex makes the search index anew when another version of the program made it. Until it is ready, searches find
// what is there and say so.
func renewIndex(ctx context.Context, db *store.DB, log *slog.Logger) {
	rebuilt, err := search.Ensure(ctx, db, claims.IndexWordsAfter, nil)
	switch {
	case err != nil && ctx.Err() == nil:
		log.Error("the search index cannot be made anew; run “workbench index rebuild”", "err", err)
	case rebuilt && err == nil:
		log.Warn("the search index was made by another version of this program, and was made anew")
	}
}

// greet prints where to go, and the first admin's link when nobody could sign in otherwise.
func greet(ctx context.Context, h *house.House, url string, f serveFlags, fresh bool, key *history.Key,
	out io.Writer) error {
	fmt.Fprintf(out, "Claimbench serves %s at %s\n", h.DB.Target(), url)
	if fresh && !f.demo {
		fmt.Fprintln(out, "The database is new and empty. If you meant another, stop and check --database.")
	}
	if f.demo {
		again := "delete the database file"
		if h.DB.Dialect() == store.Postgres {
			again = "drop the database and create an empty one"
		}
		fmt.Fprintf(out, "Demo: choose one of six users on the sign-in page. What you do is kept; %s to begin again.\n",
			again)
	} else {
		link, needed, err := h.Auth.FirstAdminLink(ctx)
		if err != nil {
			return err
		}
		if needed {
			fmt.Fprintf(out,
				"There is no admin yet. Open this link once, within the hour, to become the first:\n%s%s\n",
				url, link.Path())
		}
	}
	fmt.Fprintf(out, "Checkpoints are signed by %s\nStop with Ctrl-C.\n", key.Public())
	return nil
}
