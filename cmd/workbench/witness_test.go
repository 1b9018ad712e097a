package main

import (
	"bufio"
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"net"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"claimbench/internal/history"
	"claimbench/internal/witness"
)

// aLog is a log of a test that grows by one leaf at a time.
type aLog struct {
	t      *testing.T
	signer note.Signer
	public string // its key
	hashes []tlog.Hash
	size   int64
}

func newALog(t *testing.T) *aLog {
	t.Helper()
	secret, public, err := note.GenerateKey(rand.Reader, "log.example/history")
	if err != nil {
		t.Fatal(err)
	}
	signer, err := note.NewSigner(secret)
	if err != nil {
		t.Fatal(err)
	}
	return &aLog{t: t, signer: signer, public: public}
}

// ReadHashes gives stored hashes by their numbers.
func (l *aLog) ReadHashes(at []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(at))
	for i, x := range at {
		out[i] = l.hashes[x]
	}
	return out, nil
}

// request adds a leaf, and asks for a signature of the tree from a size on.
func (l *aLog) request(old int64) string {
	l.t.Helper()
	h, err := tlog.StoredHashes(l.size, fmt.Append(nil, l.size), l)
	if err != nil {
		l.t.Fatal(err)
	}
	l.hashes = append(l.hashes, h...)
	l.size++
	root, err := tlog.TreeHash(l.size, l)
	if err != nil {
		l.t.Fatal(err)
	}
	var proof []tlog.Hash
	if old > 0 {
		if proof, err = tlog.ProveTree(l.size, old, l); err != nil {
			l.t.Fatal(err)
		}
	}
	signed, err := note.Sign(&note.Note{Text: fmt.Sprintf("log.example/history\n%d\n%s\n", l.size, root)}, l.signer)
	if err != nil {
		l.t.Fatal(err)
	}
	return witness.Request(old, proof, string(signed))
}

// startWitness runs a witness in a process of its own, and gives its address.
func startWitness(t *testing.T, dir, logKey string) (*exec.Cmd, *url.URL) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), runEnv+"="+strings.Join([]string{"witness", "serve", "--addr", "127.0.0.1:0",
		"--key", filepath.Join(dir, "w.key"), "--state", filepath.Join(dir, "w.state"), "--log", logKey}, "\n"))
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	lines := bufio.NewScanner(out)
	if !lines.Scan() {
		t.Fatal("the witness does not start")
	}
	_, at, _ := strings.Cut(lines.Text(), " at ")
	u, err := webAddress("x", at)
	if err != nil {
		t.Fatalf("%v: %s", err, lines.Text())
	}
	return cmd, u
}

// TestWitnessSurvivesKill kills a witness while it signs: after each start it knows at least what it acknowledged, and
// at most what it was sent.
func TestWitnessSurvivesKill(t *testing.T) {
	t.Parallel()
	dir, l := t.TempDir(), newALog(t)
	acked, ctx := int64(0), context.Background()
	for round := range 5 {
		cmd, u := startWitness(t, dir, l.public)
		ask := askWitness(u)
		status, answer, err := ask(ctx, l.request(0))
		size := int64(0)
		if round > 0 {
			if err != nil || status != 409 {
				t.Fatalf("round %d: %d %q, %v", round, status, answer, err)
			}
			if size, err = strconv.ParseInt(strings.TrimSuffix(answer, "\n"), 10, 64); err != nil || size < acked ||
				size >= l.size {
				t.Fatalf("round %d: it says %q; acknowledged were %d, sent %d", round, answer, acked, l.size)
			}
		} else if status == 200 {
			size = l.size
		}
		killed := make(chan struct{})
		for n := 0; ; n++ {
			if n == 3+2*round {
				go func() { _ = cmd.Process.Kill(); close(killed) }()
			}
			status, answer, err := ask(ctx, l.request(size))
			if err != nil {
				break
			}
			if status != 200 {
				t.Fatalf("round %d: %d %q", round, status, answer)
			}
			size, acked = l.size, l.size
		}
		<-killed
		_ = cmd.Wait()
	}
}

// TestServeIsWitnessed: a server's checkpoints are co-signed by a witness over HTTP, and the audit counts it.
func TestServeIsWitnessed(t *testing.T) {
	dir := t.TempDir()
	database, logKey := "sqlite:"+filepath.Join(dir, "w.db"), filepath.Join(dir, "log.key")
	if _, err := history.OpenKey(logKey); err != nil {
		t.Fatal(err)
	}
	key, err := witness.OpenKey(filepath.Join(dir, "w.key"))
	if err != nil {
		t.Fatal(err)
	}
	keys, err := publicKeys([]string{logKey + ".pub"})
	if err != nil {
		t.Fatal(err)
	}
	w, err := witness.New(key, filepath.Join(dir, "w.state"), keys)
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- serveWitness(ctx, w, l, io.Discard) }()
	s := startServer(t, serveFlags{database: database, logKey: logKey, demo: true, bare: true,
		witnesses: []string{"http://" + l.Addr().String() + "," + filepath.Join(dir, "w.key.pub")}})
	audit := []string{"audit", "verify", "--database", database, "--key", logKey + ".pub", "--witness",
		filepath.Join(dir, "w.key.pub")}
	deadline := time.Now().Add(time.Minute)
	for {
		code, out := workbench("audit", "checkpoint", "--database", database, "--log-key", logKey)
		if code != 0 {
			t.Fatal(out)
		}
		if strings.Contains(out, "— claimbench/witness/") {
			break
		}
		if time.Now().After(deadline) {
			t.Fatalf("nothing was co-signed:\n%s", out)
		}
		time.Sleep(100 * time.Millisecond)
	}
	if code, out := workbench(audit...); code != 0 || !strings.Contains(out, "co-signed by 1 of the 1 witnesses") {
		t.Errorf("exit %d\n%s", code, out)
	}
	if err := s.stop(); err != nil {
		t.Error(err)
	}
	cancel()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	_ = w.Close()
}

func TestWitnessFlags(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	key, err := witness.OpenKey(filepath.Join(dir, "w.key"))
	if err != nil {
		t.Fatal(err)
	}
	for _, bad := range [][]string{{"http://127.0.0.1:1"}, {"," + key.Public()}, {"ftp://127.0.0.1:1," + key.Public()},
		{"http://127.0.0.1:1,nonsense"}, {"http://127.0.0.1:1," + filepath.Join(dir, "none.pub")},
		{"http://127.0.0.1:1," + key.Public(), "http://127.0.0.1:2," + key.Public()}} {
		if w, err := witnessesOf(bad); err == nil {
			t.Errorf("%v is taken: %v", bad, w)
		}
	}
	if code, out := workbench("witness", "serve", "--key", filepath.Join(dir, "w.key")); code != exitUsage {
		t.Errorf("exit %d\n%s", code, out)
	}
}
