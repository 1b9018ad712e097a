// Command long measures one very long article: how long its import and its candidates take in the background, and what
// everybody else waits meanwhile, reading and writing, beside what they wait on a quiet server. It starts a workbench
// of its own on a fresh database, kills it twice on the way, and prints the figures of docs/performance.md: times by
// the clock, and the processor time of the server, which does not depend on who else uses the machine.
//
//	go run ./bench/long [--mib 5] [--workbench bin/workbench] [--kill=false] [--postgres URL of an empty database]
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

func main() {
	mib := flag.Float64("mib", 5, "size of the article")
	binary := flag.String("workbench", "bin/workbench", "the program")
	kill := flag.Bool("kill", true, "kill -9 the server in the middle of both jobs")
	postgres := flag.String("postgres", "", "an empty PostgreSQL database; without it, SQLite")
	flag.Parse()
	if err := run(*mib, *binary, *kill, *postgres); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

type server struct {
	binary, dir string
	database    string
	cmd         *exec.Cmd
	url         string
	client      *http.Client
	used        time.Duration // processor time of those that were killed
}

var at = regexp.MustCompile(`at (http://\S+)`)

func (s *server) start() error {
	s.cmd = exec.Command(s.binary, "serve", "--demo", "--demo-bare", "--addr", "127.0.0.1:0", "--database",
		s.database, "--log-key", filepath.Join(s.dir, "log.key"))
	s.cmd.Stderr = os.Stderr
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := s.cmd.Start(); err != nil {
		return err
	}
	lines := bufio.NewScanner(out)
	for s.url = ""; s.url == "" && lines.Scan(); {
		if m := at.FindStringSubmatch(lines.Text()); m != nil {
			s.url = m[1]
		}
	}
	if s.url == "" {
		return errors.New("the server does not start")
	}
	go func() { _, _ = io.Copy(io.Discard, out) }()
	jar, err := cookiejar.New(nil)
	if err != nil {
		return err
	}
	s.client = &http.Client{Jar: jar}
	res, err := s.client.PostForm(s.url+"/sign-in/demo", url.Values{"user": {"editor-1"}})
	if err != nil {
		return err
	}
	return res.Body.Close()
}

func (s *server) die() {
	s.used = s.processor()
	_ = s.cmd.Process.Kill()
	_ = s.cmd.Wait()
}

func (s *server) call(method, path, body string, into any) (int, error) {
	req, err := http.NewRequest(method, s.url+path, strings.NewReader(body))
	if err != nil {
		return 0, err
	}
	req.Header.Set("Accept", "application/json")
	if body != "" {
		req.Header.Set("Content-Type", "application/json")
	}
	res, err := s.client.Do(req)
	if err != nil {
		return 0, err
	}
	defer res.Body.Close()
	data, err := io.ReadAll(res.Body)
	if err == nil && res.StatusCode >= 400 {
		err = fmt.Errorf("%s %s: %d %.300s", method, path, res.StatusCode, data)
	}
	if err == nil && into != nil {
		err = json.Unmarshal(data, into)
	}
	return res.StatusCode, err
}

// waits is how long requests took: those that read and those that write.
type waits struct {
	reads, writes []time.Duration
}

// others does what people do meanwhile, one request: reads of a claim, of its page with proposed passages, of a list,
// of an article, and a comment.
func (s *server) others(n int, w *waits) error {
	begun := time.Now()
	var err error
	switch n % 5 {
	case 0:
		_, err = s.call("GET", "/claims/1", "", nil)
	case 1:
		_, err = s.call("GET", "/collections/1/claims", "", nil)
	case 2:
		_, err = s.call("GET", "/articles/1", "", nil)
	case 3:
		err = s.page("/claims/2")
	case 4:
		_, err = s.call("POST", fmt.Sprintf("/claims/%d/comments", 1+n%40), `{"text":"A remark made meanwhile."}`, nil)
		w.writes = append(w.writes, time.Since(begun))
		return err
	}
	w.reads = append(w.reads, time.Since(begun))
	return err
}

func (s *server) page(path string) error {
	res, err := s.client.Get(s.url + path)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	if _, err = io.Copy(io.Discard, res.Body); err == nil && res.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s: %d", path, res.StatusCode)
	}
	return err
}

// processor is the processor time that the server has used, in all its lives.
func (s *server) processor() time.Duration {
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", s.cmd.Process.Pid))
	if err != nil {
		return s.used
	}
	fields := strings.Fields(string(data[strings.LastIndexByte(string(data), ')')+1:]))
	if len(fields) < 13 {
		return s.used
	}
	user, _ := strconv.Atoi(fields[11])
	system, _ := strconv.Atoi(fields[12])
	return s.used + time.Duration(user+system)*10*time.Millisecond
}

// job waits for a job of an article and gives how long that took and what others waited. It kills the server half way.
func (s *server) job(path, kind string, kill bool) (took time.Duration, w waits, err error) {
	begun := time.Now()
	for n := 0; ; n++ {
		var list struct {
			Items []struct {
				Kind, State, Message string
				Done, Total          int
			}
		}
		if _, err := s.call("GET", path+"/work", "", &list); err != nil {
			return 0, w, err
		}
		for _, j := range list.Items {
			if j.Kind != kind {
				continue
			}
			switch {
			case j.State == "done":
				return time.Since(begun), w, nil
			case j.State == "failed":
				return 0, w, errors.New(j.Message)
			case kill && j.Total > 0 && j.Done > j.Total/2:
				kill = false
				s.die()
				fmt.Printf("killed with %d of %d done\n", j.Done, j.Total)
				if err := s.start(); err != nil {
					return 0, w, err
				}
			}
		}
		if err := s.others(n, &w); err != nil {
			return 0, w, err
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// String gives the median, the 95th and the 99th of 100.
func (w waits) String() string {
	of := func(all []time.Duration) string {
		if len(all) == 0 {
			return "none"
		}
		slices.Sort(all)
		at := func(percent int) time.Duration { return all[len(all)*percent/100].Round(100 * time.Microsecond) }
		return fmt.Sprintf("p50 %v p95 %v p99 %v of %d", at(50), at(95), at(99), len(all))
	}
	return "reads " + of(w.reads) + "; writes " + of(w.writes)
}

func article(bytes int) string {
	var b strings.Builder
	for i := 0; b.Len() < bytes; i++ {
		fmt.Fprintf(&b, "The council of district %d approved %d grants worth %d million euros on 3 March 2017.", i,
			i%90+2, i%40+1)
		b.WriteString(map[bool]string{true: "\n\n", false: " "}[i%5 == 4])
	}
	return b.String()[:bytes]
}

func run(mib float64, binary string, kill bool, postgres string) error {
	dir, err := os.MkdirTemp("", "claimbench-long-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	s := &server{binary: binary, dir: dir, database: "sqlite:" + filepath.Join(dir, "long.db")}
	if postgres != "" {
		s.database = postgres
	}
	if err := s.start(); err != nil {
		return err
	}
	defer func() { s.die() }()
	var idle waits
	for n := range 400 {
		if err := s.others(n, &idle); err != nil {
			return err
		}
		time.Sleep(20 * time.Millisecond)
	}
	fmt.Printf("idle: %v\n", idle)
	path, err := s.takeIn(mib, kill)
	if err != nil {
		return err
	}
	if err := s.propose(path, kill); err != nil {
		return err
	}
	s.die()
	out, err := exec.Command(binary, "audit", "verify", "--database", s.database).CombinedOutput()
	fmt.Printf("%s", out)
	return err
}

// takeIn imports the article and gives its path.
func (s *server) takeIn(mib float64, kill bool) (string, error) {
	body, err := json.Marshal(map[string]string{"text": article(int(mib * (1 << 20))), "lang": "en",
		"title": "A long one"})
	if err != nil {
		return "", err
	}
	begun, used := time.Now(), s.processor()
	var got struct {
		Article struct{ ID int }
	}
	status, err := s.call("POST", "/collections/1/articles", string(body), &got)
	if err != nil || got.Article.ID == 0 {
		return "", fmt.Errorf("the import: %d, %+v, %w", status, got, err)
	}
	fmt.Printf("import answered %d after %v\n", status, time.Since(begun).Round(time.Millisecond))
	path := fmt.Sprintf("/articles/%d", got.Article.ID)
	took, w, err := s.job(path, "import", kill)
	if err != nil {
		return "", err
	}
	fmt.Printf("import of %.1f MiB: %v, %v of processor; others: %v\n", mib, took.Round(time.Millisecond),
		s.processor()-used, w)
	return path, nil
}

// propose has candidates proposed for it.
func (s *server) propose(path string, kill bool) error {
	used := s.processor()
	if _, err := s.call("POST", path+"/extract", "{}", nil); err != nil {
		return err
	}
	took, w, err := s.job(path, "candidates", kill)
	if err != nil {
		return err
	}
	fmt.Printf("candidates: %v, %v of processor; others: %v\n", took.Round(time.Millisecond), s.processor()-used, w)
	return nil
}
