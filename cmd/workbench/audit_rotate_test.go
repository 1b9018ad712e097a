package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestRotateAndProve: the commands hand a history over, and what they print of proofs is checked with either key.
func TestRotateAndProve(t *testing.T) {
	b := newBench(t)
	dir, key := t.TempDir(), strings.TrimSuffix(b.path, ".db")+".log.key"
	must := func(want int, args ...string) string { return b.want(want, "", args...) }
	check := func(want int, args ...string) {
		t.Helper()
		var o, e bytes.Buffer
		if code := run(append([]string{"verify"}, args...), strings.NewReader(""), &o, &e); code != want {
			t.Errorf("verify %v: exit %d, want %d\n%s%s", args, code, want, o.String(), e.String())
		}
	}
	save := func(name, text string) string {
		t.Helper()
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	before := save("before", must(0, "audit", "checkpoint"))
	data, err := os.ReadFile(key + ".pub")
	if err != nil {
		t.Fatal(err)
	}
	old := save("old.pub", string(data))
	if out := must(0, "audit", "rotate"); !strings.Contains(out, "claimbench/handover 1") {
		t.Errorf("rotate says %s", out)
	}
	for _, k := range []string{old, key + ".pub"} {
		must(0, "audit", "verify", "--key", k, "--checkpoint", before)
	}
	event := save("event.tlog-proof", must(0, "audit", "proof", "--at", "log:key"))
	check(0, event, "--key", key+".pub")
	check(2, event, "--key", old)
	check(2, event)
	size := strings.Split(must(0, "audit", "checkpoint"), "\n")[1]
	sizeBefore := strings.Split(textOf(t, before), "\n")[1]
	if sizeBefore == size {
		t.Fatalf("both checkpoints have %s events", size)
	}
	grown := save("grown", must(0, "audit", "proof", "--from", sizeBefore))
	check(0, grown, "--key", key+".pub", "--checkpoint", before)
	check(2, grown, "--key", key+".pub")
	text := textOf(t, event)
	at := strings.Index(text, "\nindex ") + 1
	forged := save("forged", text[:at]+"index 0"+text[at+strings.IndexByte(text[at:], '\n'):])
	check(1, forged, "--key", key+".pub")
	must(2, "audit", "proof")
	if err := os.Remove(key); err != nil {
		t.Fatal(err)
	}
	must(1, "audit", "rotate") // a key that is lost hands nothing over
}

func textOf(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
