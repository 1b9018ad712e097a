package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the golden files instead of comparing with them")

// execute runs the program and gives its exit code and what it printed.
func execute(in string, args ...string) (code int, out, errs string) {
	var stdout, stderr bytes.Buffer
	code = run(args, strings.NewReader(in), &stdout, &stderr)
	return code, stdout.String(), stderr.String()
}

// compareGolden compares got with a golden file.
func compareGolden(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("output differs from %s (run with -update and read the difference)\ngot\n%s\nwant\n%s", path, got,
			want)
	}
}

func TestExtractGolden(t *testing.T) {
	for _, tt := range []struct {
		name, file string
		args       []string
	}{
		{"en.jsonl", "en.txt", []string{"--published", "2024-03-27"}},
		{"fa.jsonl", "fa.txt", []string{"--published", "2024-03-27"}},
		{"ar.jsonl", "ar.txt", nil},
		{"ja.jsonl", "ja.txt", []string{"--lang", "ja"}},
		{"en-sentences.jsonl", "en.txt", []string{"--sentences"}},
		{"en.text", "en.txt", []string{"--format", "text"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir := filepath.Join("testdata", "extract")
			code, out, errs := execute("", append(append([]string{"extract"}, tt.args...), filepath.Join(dir,
				tt.file))...)
			if code != 0 || errs != "" {
				t.Fatalf("exit %d, %s", code, errs)
			}
			compareGolden(t, filepath.Join(dir, tt.name), out)
		})
	}
}

// TestExtractLines checks every line of the output against the text: offsets
// give the quotation, arrays are there, sentence lines come first.
func TestExtractLines(t *testing.T) {
	for _, name := range []string{"en", "fa", "ar", "ja"} {
		raw, err := os.ReadFile(filepath.Join("testdata", "extract", name+".txt"))
		if err != nil {
			t.Fatal(err)
		}
		code, out, errs := execute(string(raw), "extract", "-")
		if code != 0 {
			t.Fatal(errs)
		}
		runes, sentence := []rune(string(raw)), 0.0
		for _, line := range strings.Split(strings.TrimSpace(out), "\n") {
			var m map[string]any
			if err := json.Unmarshal([]byte(line), &m); err != nil {
				t.Fatalf("%s: %v", line, err)
			}
			quote := string(runes[int(m["start"].(float64)):int(m["end"].(float64))])
			if quote != strings.TrimSpace(quote) || quote == "" {
				t.Errorf("%q has space at its ends", quote)
			}
			if m["kind"] == "sentence" {
				sentence = m["n"].(float64)
				continue
			}
			if m["sentence"] != sentence || m["exact"] != quote {
				t.Errorf("claim %v is not of sentence %v or not %q", m, sentence, quote)
			}
			for _, field := range []string{"hedge", "reasons", "quantities", "dates", "names"} {
				if _, ok := m[field].([]any); !ok {
					t.Errorf("%s is not an array in %s", field, line)
				}
			}
		}
	}
}

func TestExtractExitCodes(t *testing.T) {
	for _, tt := range []struct {
		name, in string
		args     []string
		code     int
		message  string
	}{
		{"empty text", "", []string{"-"}, 0, ""},
		{"not UTF-8", "good\xff", []string{"-"}, 1, "UTF-8"},
		{"NUL", "a\x00b", []string{"-"}, 1, "NUL"},
		{"no such file", "", []string{"testdata/none.txt"}, 1, "none.txt"},
		{"no file named", "", nil, 2, "argument"},
		{"two files", "", []string{"a", "b"}, 2, "argument"},
		{"unknown flag", "", []string{"--no-such", "-"}, 2, "no-such"},
		{"bad date", "", []string{"--published", "yesterday", "-"}, 2, "yesterday"},
		{"bad format", "", []string{"--format", "xml", "-"}, 2, "xml"},
		{"bad language", "", []string{"--lang", "klingon!", "-"}, 2, "klingon"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			code, out, errs := execute(tt.in, append([]string{"extract"}, tt.args...)...)
			if code != tt.code || !strings.Contains(errs, tt.message) {
				t.Errorf("exit %d (want %d), message %q (want %q in it)", code, tt.code, errs, tt.message)
			}
			if out != "" {
				t.Errorf("printed %q", out)
			}
		})
	}
}

func TestEvalTextUsage(t *testing.T) {
	for _, tt := range []struct {
		args []string
		code int
	}{
		{[]string{"eval", "text"}, 2},
		{[]string{"eval", "text", "--data", t.TempDir(), "--format", "xml"}, 2},
		{[]string{"eval", "text", "--data", t.TempDir()}, 1},
		{[]string{"eval", "text", "extra", "--data", t.TempDir()}, 2},
		{[]string{"no-such-command"}, 2},
	} {
		if code, out, errs := execute("", tt.args...); code != tt.code || out != "" || errs == "" {
			t.Errorf("%v: exit %d (want %d), printed %q, message %q", tt.args, code, tt.code, out, errs)
		}
	}
}
