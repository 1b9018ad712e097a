package main

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"
)

// TestAsIsAskedFor: a command that changes what has an author asks who acts, before it opens anything.
func TestAsIsAskedFor(t *testing.T) {
	url := "sqlite:" + filepath.Join(t.TempDir(), "claimbench.db")
	if code := run([]string{"migrate", "--database", url}, nil, &bytes.Buffer{}, &bytes.Buffer{}); code != 0 {
		t.Fatal("migrate")
	}
	file := filepath.Join(t.TempDir(), "x.txt")
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"collection", "add", "One"}, "who acts"},
		{[]string{"import", "--collection", "One", file}, "who acts"},
		{[]string{"export", "--set", "1"}, "who acts"}, // the history says who exported
		{[]string{"user", "add", "mina"}, "who acts"},
		{[]string{"user", "disable", "mina"}, "who acts"},
		{[]string{"user", "enable", "mina"}, "who acts"},
		{[]string{"user", "link", "mina"}, "who acts"},
	} {
		var errs bytes.Buffer
		code := run(append(c.args, "--database", url), nil, &bytes.Buffer{}, &errs)
		if code != exitUsage || !strings.Contains(errs.String(), c.want) ||
			!strings.Contains(errs.String(), "--as USER") {
			t.Errorf("%v: %d, %s", c.args, code, errs.String())
		}
	}
}
