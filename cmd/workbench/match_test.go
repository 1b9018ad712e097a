package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// runRoom runs a command in a folder with files; an argument that is the name of one becomes its path, DIR the folder.
func runRoom(t *testing.T, files map[string]string, args ...string) (code int, out, errs string) {
	t.Helper()
	dir := t.TempDir()
	for name, body := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(body), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for i, a := range args {
		if _, ok := files[a]; ok || a == "DIR" {
			args[i] = filepath.Join(dir, strings.TrimPrefix(a, "DIR"))
		}
	}
	var o, e bytes.Buffer
	code = run(args, strings.NewReader(""), &o, &e)
	return code, o.String(), e.String()
}

func TestMatchCommand(t *testing.T) {
	corpus := `{"id":"en","text":"Macron leads the polls with 60 percent","doc":"a"}` + "\n" +
		`{"id":"x","text":"Rain in Tokyo"}` + "\n"
	queries := `{"id":"q1","text":"مکرون با ۶۰ درصد آرا پیشتاز است"}` + "\n" + `{"id":"q2","text":"the of and"}` +
		"\n" + `{"id":"q3","text":"Macron","doc":"a"}` + "\n"
	code, out, errs := runRoom(t, map[string]string{"c.jsonl": corpus, "q.jsonl": queries}, "match", "--corpus",
		"c.jsonl", "--queries", "q.jsonl", "-k", "5", "--lexicon", "")
	if code != 0 {
		t.Fatalf("exit %d: %s", code, errs)
	}
	lines := strings.Split(strings.TrimSuffix(out, "\n"), "\n")
	if len(lines) != 3 {
		t.Fatalf("%d lines for 3 queries:\n%s", len(lines), out)
	}
	var first struct {
		ID   string
		Hits []struct {
			ID      string
			Score   float64
			Against *bool
			Keys    []struct{ Query, Hit, Kind string }
		}
	}
	if err := json.Unmarshal([]byte(lines[0]), &first); err != nil {
		t.Fatal(err)
	}
	if first.ID != "q1" || len(first.Hits) == 0 || first.Hits[0].ID != "en" || first.Hits[0].Against == nil ||
		*first.Hits[0].Against || first.Hits[0].Score <= 0 {
		t.Errorf("first line %s", lines[0])
	}
	if !strings.Contains(lines[0], `{"query":"مکرون","hit":"Macron","kind":"name"}`) {
		t.Errorf("the name is not among the keys: %s", lines[0])
	}
	if lines[1] != `{"id":"q2","proposed":0,"hits":[]}` || lines[2] != `{"id":"q3","proposed":0,"hits":[]}` {
		t.Errorf("stop words and the query's own doc give %s and %s", lines[1], lines[2])
	}
}

func TestMatchCommandRefuses(t *testing.T) {
	good := `{"id":"a","text":"x"}` + "\n"
	for name, c := range map[string]struct {
		corpus string
		args   []string
		code   int
		want   string
	}{
		"malformed":  {good + "{", nil, 1, "line 2"},
		"duplicate":  {good + good, nil, 1, "line 2"},
		"surrogate":  {good + `{"id":"b","text":"\ud800"}`, nil, 1, "line 2"},
		"not UTF-8":  {good + "{\"id\":\"b\",\"text\":\"\xff\"}", nil, 1, "line 2"},
		"k":          {good, []string{"-k", "0"}, 2, "-k"},
		"unknown":    {good, []string{"--nope"}, 2, "nope"},
		"lexicon":    {good, []string{"--lexicon", "DIR"}, 1, "bad.tsv line 2"},
		"not a file": {good, []string{"--queries", "/nonexistent/q"}, 1, "/nonexistent/q"},
	} {
		files := map[string]string{"c.jsonl": c.corpus, "bad.tsv": "topic\ten\tar\nx\ty\n"}
		code, out, errs := runRoom(t, files, append([]string{"match", "--corpus", "c.jsonl", "--queries", "c.jsonl",
			"--lexicon", ""}, c.args...)...)
		if code != c.code || !strings.Contains(errs, c.want) || out != "" {
			t.Errorf("%s: exit %d, %q on stdout, stderr %q; want exit %d and %q", name, code, out, errs, c.code, c.want)
		}
	}
	if code, _, _ := runRoom(t, nil, "match"); code != 2 {
		t.Errorf("no flags: exit %d, want 2", code)
	}
	if code, out, _ := runRoom(t, map[string]string{"c": "", "q": good}, "match", "--corpus", "c", "--queries", "q",
		"--lexicon", ""); code != 0 || out != `{"id":"a","proposed":0,"hits":[]}`+"\n" {
		t.Errorf("an empty corpus: exit %d, %q", code, out)
	}
}

func TestOriginsCommand(t *testing.T) {
	text := "The commission of inquiry published its report on the harbour fire on Monday and named three officials " +
		"who had ignored warnings."
	corpus := `{"id":"a","text":"` + text + `"}` + "\n" + `{"id":"b","text":"` + text + `"}` + "\n" +
		`{"id":"c","text":"Rain in Tokyo"}` + "\n"
	code, out, errs := runRoom(t, map[string]string{"c.jsonl": corpus}, "origins", "--corpus", "c.jsonl")
	if code != 0 || out != `{"ids":["a","b"],"kind":"copy","overlap":1}`+"\n" {
		t.Errorf("exit %d, %q, %s", code, out, errs)
	}
	if code, _, errs := runRoom(t, map[string]string{"c.jsonl": "{}"}, "origins", "--corpus", "c.jsonl"); code != 1 ||
		!strings.Contains(errs, "line 1") {
		t.Errorf("a line without id: exit %d, %s", code, errs)
	}
}

func TestLexiconAddCommand(t *testing.T) {
	files := map[string]string{"words.tsv": "topic\ten\tfa\nx\tzebrafink\tسهره\n", "bad.tsv": "topic\ten\tfa\nx\n"}
	dir := t.TempDir()
	code, out, errs := runRoom(t, files, "lexicon", "add", "--dir", dir, "words.tsv")
	if code != 0 || !strings.Contains(out, "1 entries") {
		t.Fatalf("exit %d, %q, %s", code, out, errs)
	}
	corpus, query := `{"id":"a","text":"سهره"}`, `{"id":"q","text":"a zebrafink"}`
	_, out, _ = runRoom(t, map[string]string{"c": corpus, "q": query}, "match", "--corpus", "c", "--queries", "q",
		"--lexicon", dir)
	if !strings.Contains(out, `"id":"a"`) {
		t.Errorf("the added word is not found: %s", out)
	}
	if code, _, errs := runRoom(t, files, "lexicon", "add", "--dir", dir, "bad.tsv"); code != 1 ||
		!strings.Contains(errs, "line 2") {
		t.Errorf("a wrong column count: exit %d, %s", code, errs)
	}
	if code, _, _ := runRoom(t, nil, "lexicon", "add"); code != 2 {
		t.Errorf("no file: exit %d, want 2", code)
	}
}

func TestEvalEvidenceCommandRefuses(t *testing.T) {
	for name, args := range map[string][]string{"format": {"eval", "evidence", "--data", "DIR", "--format", "xml"},
		"no data": {"eval", "evidence"}} {
		if code, _, errs := runRoom(t, nil, args...); code != 2 {
			t.Errorf("%s: exit %d, %s", name, code, errs)
		}
	}
	if code, _, errs := runRoom(t, nil, "eval", "evidence", "--data", "DIR"); code != 1 || !strings.Contains(errs,
		"ntrex") {
		t.Errorf("an empty folder: exit %d, %s", code, errs)
	}
}
