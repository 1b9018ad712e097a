// Command load measures a workbench as its users meet it, on databases of several sizes (bench/fill), and beside it
// what the same answers cost at least (bench/floor). What it prints beside times is the servers' own processor time for
// a request, which a busy machine disturbs least, statements, allocations and bytes, and how all grow with the data.
//
//	make bin/workbench && go run ./bench/load [--sizes 10000,100000] [--requests 100] [--only PART]
//	    [--postgres URL] [--kept var/bench] [--concurrency 1,4,16,64] [--streams 200] [--starts 7]
//	go run ./bench/load --sizes 10000 --soak 30m --rate 50 [--kill 1m]
//
// It runs in the repository's folder, on Linux (/proc). Filled databases are kept below --kept, made when they are
// missing, and copied before they are served.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"claimbench/bench/filling"
	"claimbench/internal/store"
)

type options struct {
	workbench, sizes, postgres, kept, only, concurrency string
	requests, starts, streams, rate, intakePages        int
	soak, kill                                          time.Duration
}

func main() {
	var o options
	flag.StringVar(&o.workbench, "workbench", "bin/workbench", "the program to measure")
	flag.StringVar(&o.sizes, "sizes", "10000,100000", "how many claims each database has; ratios are to the first")
	flag.StringVar(&o.postgres, "postgres", "", "the URL of an empty PostgreSQL database, filled like the first size")
	flag.StringVar(&o.kept, "kept", "var/bench", "the folder of filled databases")
	flag.StringVar(&o.only, "only", "", "only these parts: floor, mixed, pages, exports, deeds, writers, "+
		"proposals, intake, starts; by commas")
	flag.StringVar(&o.concurrency, "concurrency", "1,4,16,64", "how many requests at once, beside the floor")
	flag.IntVar(&o.requests, "requests", 100, "how many requests of each kind")
	flag.IntVar(&o.intakePages, "intake", 200, "how many pages come in, one after the other, and as many again")
	flag.IntVar(&o.starts, "starts", 7, "how many starts are measured")
	flag.IntVar(&o.streams, "streams", 200, "how many live streams are open in the mixed load")
	flag.DurationVar(&o.soak, "soak", 0, "instead of measuring, hold the first size under load for so long")
	flag.DurationVar(&o.kill, "kill", time.Minute, "how often the server is killed in a soak")
	flag.IntVar(&o.rate, "rate", 20, "how many requests a second in a soak: half of what the mixed load reached")
	flag.Parse()
	if err := run(o); err != nil {
		fmt.Fprintln(os.Stderr, "load:", err)
		os.Exit(1)
	}
}

// target is one database under measure.
type target struct {
	name, database, key string
	claims              int
	server              *server
	floor               *server // nil on PostgreSQL
	crowd               map[string]*person
	ids                 ids
}

func run(o options) error {
	dir, err := os.MkdirTemp("", "claimbench-load-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	fmt.Printf("load average %s, %s\n", loadAverage(), time.Now().UTC().Format("2006-01-02 15:04"))
	floor := filepath.Join(dir, "floor")
	if out, err := exec.Command("go", "build", "-tags=sqlite_fts5", "-trimpath", "-o", floor,
		"./bench/floor").CombinedOutput(); err != nil {
		return fmt.Errorf("the floor cannot be built: %w\n%s", err, out)
	}
	targets, err := targetsOf(o, dir)
	if err != nil {
		return err
	}
	for _, t := range targets {
		defer t.end()
		if err := t.begin(o, dir, floor); err != nil {
			return fmt.Errorf("%s: %w", t.name, err)
		}
	}
	if o.soak > 0 {
		return soak(o, targets)
	}
	for _, part := range []struct {
		name string
		do   func(options, []*target) error
	}{
		{"floor", besideFloor}, {"mixed", mixed}, {"pages", pages}, {"exports", exports}, {"deeds", deeds},
		{"writers", writers}, {"proposals", proposing}, {"intake", intakes}, {"starts", starts},
	} {
		if o.only == "" || strings.Contains(","+o.only+",", ","+part.name+",") {
			if err := part.do(o, targets); err != nil {
				return fmt.Errorf("%s: %w", part.name, err)
			}
		}
	}
	fmt.Printf("\nload average %s at the end\n", loadAverage())
	return nil
}

// targetsOf fills what is not filled yet, and copies it.
func targetsOf(o options, dir string) ([]*target, error) {
	var out []*target
	for _, s := range strings.Split(o.sizes, ",") {
		n, err := strconv.Atoi(strings.TrimSpace(s))
		if err != nil || n < 1000 {
			return nil, fmt.Errorf("--sizes %s: “%s” is no number from 1000 up", o.sizes, s)
		}
		kept := filepath.Join(o.kept, fmt.Sprintf("filled-%d", n))
		if _, err := os.Stat(kept + ".db"); err != nil {
			if err := fill("sqlite:"+kept+".tmp.db", kept+".log.key", n); err != nil {
				return nil, err
			}
			if err := os.Rename(kept+".tmp.db", kept+".db"); err != nil {
				return nil, err
			}
		}
		to := filepath.Join(dir, fmt.Sprintf("claims-%d", n))
		for _, end := range []string{".db", ".log.key", ".log.key.pub", ".log.key.last"} {
			if out, err := exec.Command("cp", kept+end, to+end).CombinedOutput(); err != nil {
				return nil, fmt.Errorf("%w: %s", err, out)
			}
		}
		if err := migrate("sqlite:" + to + ".db"); err != nil {
			return nil, err
		}
		out = append(out, &target{name: fmt.Sprintf("SQLite, %d claims", n), database: "sqlite:" + to + ".db",
			key: to + ".log.key", claims: n})
	}
	if o.postgres != "" {
		n := out[0].claims
		t := &target{name: fmt.Sprintf("PostgreSQL, %d claims", n), database: o.postgres, claims: n,
			key: filepath.Join(dir, "postgres.log.key")}
		if err := fill(t.database, t.key, n); err != nil {
			return nil, err
		}
		out = append(out, t)
	}
	return out, nil
}

// migrate brings a copy up to date: the floor only reads what is there.
func migrate(url string) error {
	ctx := context.Background()
	db, err := store.Open(ctx, url, store.Options{})
	if err != nil {
		return err
	}
	_, err = db.Migrate(ctx)
	return errors.Join(err, db.Close())
}

func fill(url, key string, n int) error {
	ctx := context.Background()
	begun := time.Now()
	fmt.Fprintf(os.Stderr, "filling %s with %d claims …\n", url, n)
	if err := os.MkdirAll(filepath.Dir(key), 0o700); err != nil {
		return err
	}
	db, err := store.Open(ctx, url, store.Options{Create: true})
	if err != nil {
		return err
	}
	defer db.Close()
	h, err := filling.Open(ctx, db, key, false)
	if err != nil {
		return err
	}
	_, err = filling.Fill(ctx, h, filling.Options{Claims: n, Seed: 1})
	fmt.Fprintf(os.Stderr, "filled in %s\n", time.Since(begun).Round(time.Second))
	return err
}

// begin starts the workbench and the floor, and signs everybody in.
func (t *target) begin(o options, dir, floor string) (err error) {
	if strings.HasPrefix(t.database, "sqlite:") {
		beside := filepath.Join(dir, fmt.Sprintf("floor-%d.db", t.claims))
		path := strings.TrimPrefix(t.database, "sqlite:")
		if out, err := exec.Command("cp", path, beside).CombinedOutput(); err != nil {
			return fmt.Errorf("%w: %s", err, out)
		}
		if t.floor, err = startFloor(floor, beside); err != nil {
			return err
		}
	}
	if t.server, err = start(o.workbench, t.database, t.key); err != nil {
		return err
	}
	t.crowd = map[string]*person{}
	for _, name := range []string{"reviewer-1", "reviewer-2", "editor-1", "editor-2", "auditor-1", "admin-1"} {
		if t.crowd[name], err = t.server.signIn(name); err != nil {
			return err
		}
	}
	if err := t.look(); err != nil {
		return err
	}
	return t.settle()
}

// settle asks for a claim's page, so that the indexes in memory are made, and waits until the server has nothing to do.
func (t *target) settle() error {
	begun := time.Now()
	path := fmt.Sprintf("/claims/%d", t.ids.open[0])
	for quiet := 0; quiet < 3 && time.Since(begun) < 10*time.Minute; {
		if _, err := t.crowd["reviewer-1"].page(path); err != nil {
			return err
		}
		used := t.server.processor()
		time.Sleep(time.Second)
		if t.server.processor()-used < 50*time.Millisecond {
			quiet++
		} else {
			quiet = 0
		}
	}
	fmt.Printf("%s: all indexes ready after %s, %.1f s of processor, %.0f MB resident\n", t.name,
		time.Since(begun).Round(time.Second), t.server.processor().Seconds(), float64(t.server.residentKiB())/1024)
	return nil
}

func (t *target) end() {
	if t.server != nil {
		t.server.stop()
	}
	if t.floor != nil {
		t.floor.stop()
	}
}

// starts measures how long a start takes until the program is ready, and what it holds when idle.
func starts(o options, targets []*target) error {
	for _, t := range targets {
		t.end()
		var ready, used []float64
		var rss int64
		for range o.starts {
			s, err := start(o.workbench, t.database, t.key)
			if err != nil {
				return err
			}
			ready = append(ready, float64(s.ready.Microseconds())/1000)
			used = append(used, float64(s.processor().Milliseconds()))
			rss = s.residentKiB()
			s.stop()
		}
		fmt.Printf("\nstart to ready, %s: median %.0f ms, fastest %.0f ms of %d; %.0f ms of processor; resident when "+
			"ready %.0f MB\n", t.name, quantile(ready, 0.5), quantile(ready, 0), len(ready), quantile(used, 0.5),
			float64(rss)/1024)
	}
	return nil
}

func loadAverage() string {
	raw, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return "unknown"
	}
	return strings.Join(strings.Fields(string(raw))[:2], " ")
}
