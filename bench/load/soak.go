package main

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

// soak serves one database for --soak, with so many requests a second of the mixed load as --rate says, 500 live
// streams, a reader that takes a byte a second, and kill -9 once in --kill. It prints memory, descriptors and the log's
// size after each start and before each kill, and audits the database at the end. Every review that was acknowledged
// must still be there.
func soak(o options, targets []*target) error {
	t := targets[0]
	fmt.Printf("\n### Held under load: %s, %s, %d requests a second, 500 streams, killed every %s\n\n"+
		"| minute | answered | refused or cut | resident MB | descriptors | WAL MB |\n|---|---|---|---|---|---|\n",
		t.name,
		o.soak, o.rate, o.kill)
	var done []int64
	end := time.Now().Add(o.soak)
	for minute := 1; time.Now().Before(end); minute++ {
		round := time.Now().Add(min(o.kill, time.Until(end)))
		reviewed, line, err := t.hold(o, round)
		if err != nil {
			return err
		}
		done = append(done, reviewed...)
		fmt.Printf("| %d | %s |\n", minute, line)
		_ = t.server.cmd.Process.Signal(syscall.SIGKILL)
		_ = t.server.cmd.Wait()
		if t.server, err = start(o.workbench, t.database, t.key); err != nil {
			return fmt.Errorf("after kill -9: %w", err)
		}
		for name := range t.crowd {
			if t.crowd[name], err = t.server.signIn(name); err != nil {
				return err
			}
		}
	}
	for _, id := range done {
		var page struct {
			Mine *struct{} `json:"mine"`
		}
		if err := t.crowd["reviewer-1"].get(fmt.Sprintf("/claims/%d", id), &page); err != nil {
			return err
		}
		if page.Mine == nil {
			return fmt.Errorf("the review of claim %d was acknowledged, and is not there", id)
		}
	}
	t.server.stop()
	out, err := exec.Command(o.workbench, "audit", "verify", "--database", t.database).CombinedOutput()
	first, _, _ := strings.Cut(string(out), "\n")
	fmt.Printf("\n%d acknowledged reviews, none lost; `audit verify`: %v, %s\n", len(done), exitOf(err), first)
	if err != nil {
		return fmt.Errorf("audit verify: %w\n%s", err, out)
	}
	return nil
}

func exitOf(err error) string {
	if err == nil {
		return "exit 0"
	}
	return err.Error()
}

// hold sends requests until a moment, and gives the claims whose review was acknowledged and a line of the table.
func (t *target) hold(o options, until time.Time) (reviewed []int64, line string, err error) {
	stop := make(chan struct{})
	defer close(stop)
	for range 500 {
		if err := t.crowd["reviewer-2"].listen(stop); err != nil {
			return nil, "", err
		}
	}
	if err := t.slowly(stop); err != nil {
		return nil, "", err
	}
	ops := operations()
	var answered, failed atomic.Int64
	var mu sync.Mutex
	var wg sync.WaitGroup
	tick := time.NewTicker(time.Second / time.Duration(o.rate))
	defer tick.Stop()
	for i := 0; time.Now().Before(until); i++ {
		<-tick.C
		wg.Go(func() {
			op := ops[mixture(i)]
			path := op.on(t, t.server, i)
			if _, err := t.crowd[op.who].ask(path, op.body); err != nil {
				failed.Add(1)
				return
			}
			answered.Add(1)
			if op.body != nil {
				var id int64
				if _, err := fmt.Sscanf(path, "/claims/%d", &id); err == nil {
					mu.Lock()
					reviewed = append(reviewed, id)
					mu.Unlock()
				}
			}
		})
	}
	line = fmt.Sprintf("%d | %d | %.0f | %d | %.1f", answered.Load(), failed.Load(),
		float64(t.server.residentKiB())/1024, t.server.descriptors(), t.logMB())
	wg.Wait()
	return reviewed, line, nil
}

// descriptors counts what the server has open.
func (s *server) descriptors() int {
	open, _ := os.ReadDir(fmt.Sprintf("/proc/%d/fd", s.cmd.Process.Pid))
	return len(open)
}

// logMB is the size of SQLite's log.
func (t *target) logMB() float64 {
	info, err := os.Stat(strings.TrimPrefix(t.database, "sqlite:") + "-wal")
	if err != nil {
		return 0
	}
	return float64(info.Size()) / 1e6
}

// slowly asks for the export of the largest set and takes a byte of it a second.
func (t *target) slowly(stop <-chan struct{}) error {
	at, err := url.Parse(t.server.url)
	if err != nil {
		return err
	}
	var cookies []string
	for _, c := range t.crowd["editor-1"].client.Jar.Cookies(at) {
		cookies = append(cookies, c.String())
	}
	conn, err := (&net.Dialer{}).DialContext(context.Background(), "tcp", at.Host)
	if err != nil {
		return err
	}
	body := `{"format":"json"}`
	if _, err := fmt.Fprintf(conn, "%s /sets/1/export HTTP/1.1\r\nHost: %s\r\nCookie: %s\r\nContent-Type: "+
		"application/json\r\nAccept: application/json\r\nContent-Length: %d\r\n\r\n%s", http.MethodPost, at.Host,
		strings.Join(cookies, "; "), len(body), body); err != nil {
		return err
	}
	go func() {
		defer conn.Close()
		r := bufio.NewReaderSize(conn, 16)
		for {
			select {
			case <-stop:
				return
			case <-time.After(time.Second):
				if _, err := r.ReadByte(); err != nil {
					return // the server ends what is read so slowly, or was killed
				}
			}
		}
	}()
	return nil
}
