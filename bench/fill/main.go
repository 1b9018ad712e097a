// Command fill makes a database of any size for measuring: see package filling for what is in it.
//
//	go run ./bench/fill [--claims 10000] [--seed 1] [--database sqlite:var/filled.db] [--log-key FILE] [--verify]
//	    [--go-on] [--cpuprofile FILE]
//
// The database must not exist yet (SQLite) or be empty (PostgreSQL); with --go-on it holds a filling, ended or not.
// “workbench serve --demo” serves it: the six people of the demo are in it, reviewer-1 with no review that waits for
// others, reviewer-2 with 150, editor-2 with 500.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"runtime/pprof"
	"strings"
	"time"

	"claimbench/bench/filling"
	"claimbench/internal/claims"
	"claimbench/internal/history"
	"claimbench/internal/store"
)

type flags struct {
	filling.Options
	database, logKey string
	verify           bool
}

func main() {
	var f flags
	flag.IntVar(&f.Claims, "claims", 10_000, "how many claims, about 50 an article")
	flag.Uint64Var(&f.Seed, "seed", 1, "of the texts and of what people do; equal seeds make equal rows")
	flag.StringVar(&f.database, "database", "sqlite:var/filled.db", "where to: sqlite:PATH or postgres://…")
	flag.StringVar(&f.logKey, "log-key", "", "the key that signs checkpoints; beside a SQLite file when not said")
	flag.BoolVar(&f.verify, "verify", true, "audit the database when it is filled")
	flag.BoolVar(&f.GoOn, "go-on", false, "go on with a filling that is there, to so many claims")
	profile := flag.String("cpuprofile", "", "write a profile of the processor here")
	flag.Parse()
	if *profile != "" {
		w, err := os.Create(*profile)
		if err == nil {
			err = pprof.StartCPUProfile(w)
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, "fill:", err)
			os.Exit(1)
		}
		defer pprof.StopCPUProfile()
	}
	if err := run(context.Background(), f); err != nil {
		fmt.Fprintln(os.Stderr, "fill:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, f flags) error {
	path, lite := strings.CutPrefix(f.database, "sqlite:")
	if lite && f.logKey == "" {
		f.logKey = strings.TrimSuffix(path, ".db") + ".log.key"
	}
	if f.logKey == "" {
		return errors.New("say where the key that signs checkpoints lies with --log-key FILE")
	}
	if _, err := os.Stat(path); lite && (err == nil) != f.GoOn {
		if f.GoOn {
			return fmt.Errorf("%s is not there: nothing to go on with", path)
		}
		return fmt.Errorf("%s is there already: delete it, name another, or say --go-on", path)
	}
	db, err := store.Open(ctx, f.database, store.Options{Create: !f.GoOn})
	if err != nil {
		return err
	}
	defer db.Close()
	h, err := filling.Open(ctx, db, f.logKey, f.GoOn)
	if err != nil {
		return err
	}
	begun := time.Now()
	f.Say = func(done, of int) {
		fmt.Fprintf(os.Stderr, "\r%d of %d claims, %s", done, of, time.Since(begun).Round(time.Second))
	}
	made, err := filling.Fill(ctx, h, f.Options)
	fmt.Fprintln(os.Stderr)
	if err != nil {
		return err
	}
	say(os.Stdout, made, time.Since(begun))
	if !f.verify {
		return nil
	}
	begun = time.Now()
	report, err := h.Audit(ctx, history.Options{})
	if err != nil {
		return err
	}
	if !report.OK() {
		return errors.Join(errors.New("the audit finds differences"), report.Write(os.Stdout))
	}
	fmt.Printf("audited in %s: %d events\n", time.Since(begun).Round(time.Second), report.Events)
	return nil
}

func say(w io.Writer, made filling.Filled, took time.Duration) {
	fmt.Fprintf(w, "collection %d: %d articles, %d sentences, %d claims in %s (%.0f a second)\n", made.Collection,
		made.Articles, made.Sentences, made.Claims, took.Round(time.Second), float64(made.Claims)/took.Seconds())
	for _, s := range claims.States.Names() {
		if made.Of[s] > 0 {
			fmt.Fprintf(w, "  %s: %d\n", s, made.Of[s])
		}
	}
	for _, s := range made.Sets {
		fmt.Fprintf(w, "  set %d, %s: %d claims\n", s.ID, s.State, s.Claims)
	}
}
