package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"claimbench/internal/history"
)

// TestAuditReport: a report is asked for in each form, and one that was saved is checked without the database.
func TestAuditReport(t *testing.T) {
	b := newBench(t)
	b.want(0, "Gaps between checkpoints: 0", "audit", "report")
	b.want(0, "rule,claim,set", "audit", "report", "--format", "csv")
	b.want(0, "claim,becomes,at,seconds", "audit", "report", "--format", "csv", "--rule", "hasty_approval")
	b.want(0, "Approved within a minute: 0", "audit", "report", "--as-of", time.Now().UTC().Format(time.RFC3339Nano))
	b.want(exitUsage, "no moment", "audit", "report", "--as-of", "soon")
	b.want(exitUsage, "still to come", "audit", "report", "--as-of", "2199-01-01T00:00:00Z")
	b.want(exitUsage, "nothing had happened", "audit", "report", "--as-of", "1999-01-01T00:00:00Z")
	b.want(exitUsage, "--format “pdf” is not known", "audit", "report", "--format", "pdf")
	b.want(exitUsage, "no rule “bad”", "audit", "report", "--rule", "bad")
	b.want(exitFailed, "no log key", "audit", "report", "--format", "json")
	key := filepath.Join(t.TempDir(), "log.key")
	b.want(0, "claimbench/history", "audit", "checkpoint", "--log-key", key)
	file := filepath.Join(t.TempDir(), "report.jsonl")
	b.want(0, "", "audit", "report", "--format", "json", "--log-key", key, "--output", file)
	called := func(code int, saying string, args ...string) {
		t.Helper()
		var out, errs bytes.Buffer
		got := run(args, strings.NewReader(""), &out, &errs)
		if said := out.String() + errs.String(); got != code || !strings.Contains(said, saying) {
			t.Errorf("%v: exit %d, want %d saying %q\n%s", args, got, code, saying, said)
		}
	}
	check := func(code int, saying string, args ...string) {
		t.Helper()
		called(code, saying, append([]string{"audit", "report", "--check", file, "--database",
			"sqlite:no-such-folder/x.db"}, args...)...)
		if saying != "no saved report" {
			called(code, saying, append([]string{"verify", file}, args...)...)
		}
	}
	called(exitUsage, "not for a report", "verify", file, "--key", key+".pub", "--witness", key+".pub")
	check(0, "as it was signed", "--key", key+".pub")
	check(history.ExitNotChecked, "no --key was given")
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, bytes.Replace(data, []byte(`"rows":0`), []byte(`"rows":1`), 1), 0o600); err != nil {
		t.Fatal(err)
	}
	check(history.ExitTampered, "was changed", "--key", key+".pub")
	if err := os.WriteFile(file, []byte("hello\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	check(history.ExitNotChecked, "no saved report", "--key", key+".pub")
}
