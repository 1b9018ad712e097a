package claimset_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"claimbench/internal/history"
	"claimbench/internal/publish"
	"claimbench/internal/roomtest"
	"claimbench/internal/store/storetest"
)

// schema is a JSON Schema as our own are written: it knows the words that they use, and refuses any other.
type schema struct {
	t    *testing.T
	root map[string]any
}

func schemaOf(t *testing.T, name string) schema {
	t.Helper()
	b, err := publish.Schema(name)
	s := schema{t: t}
	if err == nil {
		err = json.Unmarshal(b, &s.root)
	}
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// check says where a value is not as a schema wants it.
func (s schema) check(of map[string]any, v any, at string) (wrong []string) {
	say := func(format string, a ...any) { wrong = append(wrong, at+": "+fmt.Sprintf(format, a...)) }
	if ref, is := of["$ref"].(string); is {
		def := s.root["$defs"].(map[string]any)[strings.TrimPrefix(ref, "#/$defs/")]
		return s.check(def.(map[string]any), v, at)
	}
	for word, want := range of {
		switch word {
		case "$schema", "$id", "title", "description", "$defs", "items", "properties", "additionalProperties":
		case "type":
			if !slices.Contains(typesOf(want), typeOf(v)) {
				say("a %s, not %v", typeOf(v), want)
			}
		case "enum":
			if !slices.Contains(want.([]any), v) {
				say("%v is none of %v", v, want)
			}
		case "const":
			if v != want {
				say("%v is not %v", v, want)
			}
		case "pattern":
			if x, is := v.(string); is && !regexp.MustCompile(want.(string)).MatchString(x) {
				say("%q is not like %s", x, want)
			}
		case "minimum", "maximum":
			if x, is := v.(float64); is && (word == "minimum") == (x < want.(float64)) && x != want.(float64) {
				say("%v is beyond %v", x, want)
			}
		case "required":
			m, _ := v.(map[string]any)
			for _, name := range want.([]any) {
				if _, there := m[name.(string)]; m != nil && !there {
					say("%s is missing", name)
				}
			}
		default:
			s.t.Fatalf("%s: the schema says %q, which this test does not know", at, word)
		}
	}
	if list, is := v.([]any); is && of["items"] != nil {
		for i, x := range list {
			wrong = append(wrong, s.check(of["items"].(map[string]any), x, fmt.Sprintf("%s/%d", at, i))...)
		}
	}
	props, _ := of["properties"].(map[string]any)
	m, _ := v.(map[string]any)
	for name, x := range m {
		if p, known := props[name].(map[string]any); known {
			wrong = append(wrong, s.check(p, x, at+"/"+name)...)
		} else if of["additionalProperties"] == false {
			say("%s is not described", name)
		} else if more, is := of["additionalProperties"].(map[string]any); is {
			wrong = append(wrong, s.check(more, x, at+"/"+name)...)
		}
	}
	return wrong
}

func typesOf(want any) (out []string) {
	if one, is := want.(string); is {
		return []string{one}
	}
	for _, x := range want.([]any) {
		out = append(out, x.(string))
	}
	return out
}

func typeOf(v any) string {
	switch x := v.(type) {
	case nil:
		return "null"
	case bool:
		return "boolean"
	case string:
		return "string"
	case []any:
		return "array"
	case map[string]any:
		return "object"
	case float64:
		if x == float64(int64(x)) {
			return "integer"
		}
	}
	return "number"
}

func (s schema) holds(b []byte) []string {
	s.t.Helper()
	var v any
	if err := json.Unmarshal(b, &v); err != nil {
		s.t.Fatalf("%v: %s", err, b)
	}
	return s.check(s.root, v, "")
}

// TestSchemas: what is exported is as the schemas say, claims of every kind and those of the first program too, and
// what is not, is refused.
func TestSchemas(t *testing.T) {
	t.Parallel()
	db := storetest.SQLite(t)
	at := time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC)
	db.SetClock(func() time.Time { at = at.Add(time.Second); return at })
	x := newBench(t, db)
	x.variety()
	sets, lines := schemaOf(t, "claimset"), schemaOf(t, "history")
	var out bytes.Buffer
	ctx, ed := roomtest.Ctx(), x.As("editor-1")
	if err := x.Publish.Export(ctx, ed, 1, &out, publish.Options{Format: publish.JSON}); err != nil {
		t.Fatal(err)
	}
	for _, w := range sets.holds(out.Bytes()) {
		t.Error("set" + w)
	}
	spoilt := bytes.Replace(out.Bytes(), []byte(`"stance":"supports"`), []byte(`"stance":"proves"`), 1)
	spoilt = bytes.Replace(spoilt, []byte(`"round":1,`), []byte(`"round":0,"more":1,`), 1)
	if wrong := sets.holds(spoilt); len(wrong) != 3 {
		t.Errorf("three faults, and found: %v", wrong)
	}
	first, err := os.ReadFile("testdata/frozen-first.golden")
	if err != nil {
		t.Fatal(err)
	}
	claim := schema{t, map[string]any{"$ref": "#/$defs/claim", "$defs": sets.root["$defs"]}}
	for line := range bytes.Lines(first) {
		if bytes.HasPrefix(line, []byte("{")) {
			for _, w := range claim.holds(line) {
				t.Error("first" + w)
			}
		}
	}
	out.Reset()
	n, err := history.Export(ctx, db, &out, history.Filter{Viewer: history.Viewer{ReadAll: true}})
	if err != nil || n < 20 {
		t.Fatalf("%d events, %v", n, err)
	}
	for line := range bytes.Lines(out.Bytes()) {
		for _, w := range lines.holds(line) {
			t.Error("event" + w)
		}
	}
}
