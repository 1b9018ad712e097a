// Command long measures one very long article: how long its import and its candidates take in the background, and what
// everybody else waits meanwhile, beside what they wait on a quiet server. It starts a workbench of its own on a fresh
// database, kills it twice on the way, and prints the figures of docs/performance.md.
//
//	go run ./bench/long [--mib 5] [--workbench bin/workbench] [--kill=false]
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
	"strings"
	"time"
)

func main() {
	mib := flag.Float64("mib", 5, "size of the article")
	binary := flag.String("workbench", "bin/workbench", "the program")
	kill := flag.Bool("kill", true, "kill -9 the server in the middle of both jobs")
	flag.Parse()
	if err := run(*mib, *binary, *kill); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

type server struct {
	binary, dir string
	cmd         *exec.Cmd
	url         string
	client      *http.Client
}

var at = regexp.MustCompile(`at (http://\S+)`)

func (s *server) start() error {
	s.cmd = exec.Command(s.binary, "serve", "--demo", "--addr", "127.0.0.1:0", "--database",
		"sqlite:"+filepath.Join(s.dir, "long.db"), "--log-key", filepath.Join(s.dir, "log.key"))
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

// others does what people do meanwhile, and gives how long each request took: reads of a claim, of a list, of an
// article, and a comment.
func (s *server) others(n int) ([]time.Duration, error) {
	begun := time.Now()
	var err error
	switch n % 4 {
	case 0:
		_, err = s.call("GET", "/claims/1", "", nil)
	case 1:
		_, err = s.call("GET", "/collections/1/claims", "", nil)
	case 2:
		_, err = s.call("GET", "/articles/1", "", nil)
	case 3:
		_, err = s.call("POST", fmt.Sprintf("/claims/%d/comments", 1+n%40), `{"text":"A remark made meanwhile."}`, nil)
	}
	return []time.Duration{time.Since(begun)}, err
}

// job waits for a job of an article and gives how long that took and what others waited. It kills the server half way.
func (s *server) job(path, kind string, kill bool) (took time.Duration, waits []time.Duration, err error) {
	begun := time.Now()
	for n := 0; ; n++ {
		var list struct {
			Items []struct {
				Kind, State, Message string
				Done, Total          int
			}
		}
		if _, err := s.call("GET", path+"/work", "", &list); err != nil {
			return 0, nil, err
		}
		for _, j := range list.Items {
			if j.Kind != kind {
				continue
			}
			switch {
			case j.State == "done":
				return time.Since(begun), waits, nil
			case j.State == "failed":
				return 0, nil, errors.New(j.Message)
			case kill && j.Total > 0 && j.Done > j.Total/2:
				kill = false
				s.die()
				fmt.Printf("killed with %d of %d done\n", j.Done, j.Total)
				if err := s.start(); err != nil {
					return 0, nil, err
				}
			}
		}
		w, err := s.others(n)
		if err != nil {
			return 0, nil, err
		}
		waits = append(waits, w...)
		time.Sleep(20 * time.Millisecond)
	}
}

func p95(all []time.Duration) time.Duration {
	if len(all) == 0 {
		return 0
	}
	slices.Sort(all)
	return all[len(all)*95/100].Round(100 * time.Microsecond)
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

func run(mib float64, binary string, kill bool) error {
	dir, err := os.MkdirTemp("", "claimbench-long-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	s := &server{binary: binary, dir: dir}
	if err := s.start(); err != nil {
		return err
	}
	defer func() { s.die() }()
	var idle []time.Duration
	for n := range 200 {
		w, err := s.others(n)
		if err != nil {
			return err
		}
		idle = append(idle, w...)
		time.Sleep(20 * time.Millisecond)
	}
	fmt.Printf("idle: p95 of others %v\n", p95(idle))
	body, err := json.Marshal(map[string]string{"text": article(int(mib * (1 << 20))), "lang": "en",
		"title": "A long one"})
	if err != nil {
		return err
	}
	begun := time.Now()
	var got struct {
		Article struct{ ID int }
	}
	status, err := s.call("POST", "/collections/1/articles", string(body), &got)
	if err != nil || got.Article.ID == 0 {
		return fmt.Errorf("the import: %d, %+v, %w", status, got, err)
	}
	fmt.Printf("import answered %d after %v\n", status, time.Since(begun).Round(time.Millisecond))
	path := fmt.Sprintf("/articles/%d", got.Article.ID)
	took, waits, err := s.job(path, "import", kill)
	if err != nil {
		return err
	}
	fmt.Printf("import of %.1f MiB: %v; p95 of others %v in %d requests\n", mib, took.Round(time.Millisecond),
		p95(waits), len(waits))
	if _, err := s.call("POST", path+"/extract", "{}", nil); err != nil {
		return err
	}
	if took, waits, err = s.job(path, "candidates", kill); err != nil {
		return err
	}
	fmt.Printf("candidates: %v; p95 of others %v in %d requests\n", took.Round(time.Millisecond), p95(waits),
		len(waits))
	s.die()
	out, err := exec.Command(binary, "audit", "verify", "--database", "sqlite:"+filepath.Join(dir,
		"long.db")).CombinedOutput()
	fmt.Printf("%s", out)
	return err
}
