package exceptions_test

import (
	"bytes"
	"encoding/json"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"

	"claimbench/internal/exceptions"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/store/storetest"
)

// sealed is a world with a saved report of it, and the key that signed it.
func sealed(t *testing.T) (report []byte, later func() []byte, key note.Verifier) {
	t.Helper()
	db := storetest.SQLite(t)
	w := newWorld(t, db)
	w.approved("The mayor left", "editor-1", 30*time.Second)
	k, err := history.OpenKey(filepath.Join(t.TempDir(), "log.key"))
	w.must(err)
	key, err = history.ParsePublicKey(k.Public())
	w.must(err)
	service := exceptions.New(db, w.Policy, history.NewSigner(db, k, nil))
	made := func() []byte {
		var b bytes.Buffer
		w.must(service.Write(ctx, &b, exceptions.Ask{Form: exceptions.Signed, Scope: service.Everything(),
			By: "auditor-1"}))
		return b.Bytes()
	}
	return made(), func() []byte {
		w.at = w.at.Add(time.Hour)
		w.approved("It rained", "editor-1", 20*time.Second)
		return made()
	}, key
}

// leaves gives a changed copy of a value of JSON for each text and number in it, with where that is.
func leaves(v any, at string, put func(any), found func(at string, change func() func())) {
	switch v := v.(type) {
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(v)) {
			leaves(v[name], at+"/"+name, func(x any) { v[name] = x }, found)
		}
		found(at+"/+", func() func() { v["more"] = "x"; return func() { delete(v, "more") } })
	case []any:
		for i := range v {
			leaves(v[i], at+"/"+string(rune('0'+i%10)), func(x any) { v[i] = x }, found)
		}
	case string:
		found(at, func() func() { put(v + "x"); return func() { put(v) } })
	case float64:
		found(at, func() func() { put(v + 1); return func() { put(v) } })
	}
}

// TestEachFieldOfAReport changes every field of every line, and swaps what is signed for what is signed elsewhere.
func TestEachFieldOfAReport(t *testing.T) {
	t.Parallel()
	report, later, key := sealed(t)
	if _, err := exceptions.Check(report, key); err != nil {
		t.Fatal(err)
	}
	caught := func(what string, changed []byte) {
		t.Helper()
		if bytes.Equal(changed, report) {
			t.Errorf("%s: nothing was changed", what)
			return
		}
		for _, keys := range [][]note.Verifier{{key}, nil} {
			if _, err := exceptions.Check(changed, keys...); err == nil {
				t.Errorf("%s was changed, and nobody noticed (%d keys)", what, len(keys))
			} else if k := fault.KindOf(err); k != fault.Conflict && k != fault.Invalid {
				t.Errorf("%s: %v is %s", what, err, k)
			}
		}
	}
	lines := bytes.SplitAfter(bytes.TrimSuffix(report, []byte("\n")), []byte("\n"))
	lines[len(lines)-1] = append(lines[len(lines)-1], '\n')
	n := 0
	for i := range lines {
		var v any
		if err := json.Unmarshal(lines[i], &v); err != nil {
			t.Fatal(err)
		}
		leaves(v, string(lines[i][:min(len(lines[i]), 30)]), nil, func(at string, change func() func()) {
			undo := change()
			var b bytes.Buffer
			enc := json.NewEncoder(&b)
			enc.SetEscapeHTML(false)
			if err := enc.Encode(v); err != nil {
				t.Fatal(err)
			}
			undo()
			n++
			caught(at, slices.Concat(bytes.Join(lines[:i], nil), b.Bytes(), bytes.Join(lines[i+1:], nil)))
		})
		caught("a line gone: "+string(lines[i][:20]), slices.Concat(bytes.Join(lines[:i], nil),
			bytes.Join(lines[i+1:], nil)))
		caught("a line twice: "+string(lines[i][:20]), slices.Concat(bytes.Join(lines[:i+1], nil),
			bytes.Join(lines[i:], nil)))
	}
	if n < 60 {
		t.Errorf("only %d fields were changed", n)
	}
	body, last := bytes.Join(lines[:len(lines)-1], nil), string(bytes.TrimSuffix(lines[len(lines)-1], []byte("\n")))
	for _, more := range []string{last + " ", last + `{"rule":"erased","rows":9}`, " " + last,
		strings.Replace(last, `{"signature"`, `{"signature":"x","signature"`, 1),
		strings.Replace(last, `"signature"`, `"Signature"`, 1)} {
		caught("the last line as "+more[:min(len(more), 60)]+"…", append(bytes.Clone(body), more+"\n"...))
	}
	caught("another's signature beside it", append(bytes.Clone(body), strings.Replace(last, `\n"}`,
		`\n— other AAAAAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4v`+
			`MDEyMzQ1Njc4OTo7PD0+PwAAAAA=\n"}`, 1)+"\n"...))
	next := later()
	if _, err := exceptions.Check(next, key); err != nil {
		t.Fatal(err)
	}
	nextLines := bytes.SplitAfter(next, []byte("\n"))
	caught("the signature of another report", append(bytes.Clone(body), nextLines[len(nextLines)-2]...))
	caught("the head of another report", slices.Concat(nextLines[0], bytes.Join(lines[1:], nil)))
}
