// Command load measures a workbench as its users meet it: it starts the program on fresh databases of several sizes,
// fills them through the JSON API, and sends the same requests to each in turn. What it prints beside times is the
// server's own processor time for a request, which a busy machine disturbs least, and how both grow with the data.
//
//	go run ./bench/load [--workbench bin/workbench] [--articles 20,200] [--postgres URL] [--requests 200] [--starts 7]
//
// It needs Linux (/proc). Nothing is kept.
package main

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

type options struct {
	workbench, articles, postgres string
	requests, starts              int
}

func main() {
	var o options
	flag.StringVar(&o.workbench, "workbench", "bin/workbench", "the program to measure")
	flag.StringVar(&o.articles, "articles", "20,200",
		"how many articles each database has, of 50 sentences each; the first is the base of the ratios")
	flag.StringVar(&o.postgres, "postgres", "",
		"the URL of an empty PostgreSQL database, filled like the last of --articles")
	flag.IntVar(&o.requests, "requests", 200, "how many requests of each kind")
	flag.IntVar(&o.starts, "starts", 7, "how many starts are measured")
	flag.Parse()
	if err := run(o); err != nil {
		fmt.Fprintln(os.Stderr, "load:", err)
		os.Exit(1)
	}
}

// target is one database under measure.
type target struct {
	name, database string
	articles       int
	server         *server
	claims         []int64 // open claims, to be looked at
	fresh          []int64 // open claims that nobody has reviewed
	sentences      int
	candidates     int
}

func run(o options) error {
	dir, err := os.MkdirTemp("", "claimbench-load-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	fmt.Printf("load average %s, %s\n\n", loadAverage(), time.Now().UTC().Format("2006-01-02"))
	targets, err := targetsOf(o, dir)
	if err != nil {
		return err
	}
	for _, t := range targets {
		if t.server, err = start(o.workbench, t.database, filepath.Join(dir, t.name+".key")); err != nil {
			return err
		}
		defer t.server.stop()
		if err := fill(t, o.requests); err != nil {
			return fmt.Errorf("fill %s: %w", t.name, err)
		}
	}
	if err := measure(targets, o.requests); err != nil {
		return err
	}
	for _, t := range targets {
		if err := audit(o.workbench, t); err != nil {
			return err
		}
	}
	for _, t := range targets {
		t.server.stop()
	}
	if err := starts(o, targets[0], dir); err != nil {
		return err
	}
	fmt.Printf("\nload average %s at the end\n", loadAverage())
	return nil
}

func targetsOf(o options, dir string) ([]*target, error) {
	var out []*target
	for _, s := range strings.Split(o.articles, ",") {
		n, err := strconv.Atoi(strings.TrimSpace(s))
		if err != nil || n < 8 {
			return nil, fmt.Errorf("--articles %s: “%s” is no number from 8 up", o.articles, s)
		}
		name := fmt.Sprintf("sqlite-%d", n)
		out = append(out, &target{name: name, database: "sqlite:" + filepath.Join(dir, name+".db"), articles: n})
	}
	if o.postgres != "" {
		last := out[len(out)-1]
		out = append(out, &target{name: fmt.Sprintf("postgres-%d", last.articles), database: o.postgres,
			articles: last.articles})
	}
	return out, nil
}

// audit verifies the history of a filled database, as an auditor would.
func audit(workbench string, t *target) error {
	cmd := exec.Command(workbench, "audit", "verify", "--database", t.database)
	begun := time.Now()
	out, err := cmd.CombinedOutput()
	took := time.Since(begun)
	if err != nil {
		return fmt.Errorf("audit verify on %s: %w\n%s", t.name, err, out)
	}
	line, _, _ := strings.Cut(string(out), "\n")
	events := 0
	if _, err := fmt.Sscanf(line, "Verified: %d events", &events); err != nil {
		return fmt.Errorf("audit verify on %s says %q", t.name, line)
	}
	used := cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	fmt.Printf("audit verify, %s: %d events in %.2f s, %.2f s of processor, the program's start included\n", t.name,
		events, took.Seconds(), used.Seconds())
	return nil
}

// starts measures how long a start takes until the program is ready, and what it holds when idle.
func starts(o options, t *target, dir string) error {
	var ready, used []float64
	var rss int64
	for range o.starts {
		s, err := start(o.workbench, t.database, filepath.Join(dir, t.name+".key"))
		if err != nil {
			return err
		}
		ready = append(ready, float64(s.ready.Microseconds())/1000)
		used = append(used, float64(s.processor().Milliseconds()))
		rss = s.residentKiB()
		s.stop()
	}
	fmt.Printf("start to ready, %s: median %.0f ms, fastest %.0f ms of %d; %.0f ms of processor; resident when "+
		"ready %.0f MB\n",
		t.name, quantile(ready, 0.5), quantile(ready, 0), len(ready), quantile(used, 0.5), float64(rss)/1024)
	return nil
}

func loadAverage() string {
	raw, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return "unknown"
	}
	return strings.Join(strings.Fields(string(raw))[:2], " ")
}
