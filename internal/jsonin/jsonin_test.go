package jsonin

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"claimbench/internal/fault"
)

type span struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

type body struct {
	span
	Text    string   `json:"text"`
	Version int64    `json:"version"`
	Ids     []int64  `json:"ids"`
	Parent  *int64   `json:"parent"`
	Accept  bool     `json:"accept"`
	Share   float64  `json:"share"`
	Parts   []span   `json:"parts"`
	Names   []string `json:"names"`
	Hidden  string   `json:"-"`
}

func TestRead(t *testing.T) {
	t.Parallel()
	five := int64(5)
	for raw, want := range map[string]body{
		`{}`: {},
		` {"text":"a\u00e9\ud83d\ude00\\ud800","version":-7,"ids":[1,2],"parent":5,"accept":true,"share":1e2} `: {
			Text: "aé😀\\ud800", Version: -7, Ids: []int64{1, 2}, Parent: &five, Accept: true, Share: 100},
		`{"start":1,"end":2,"parts":[{"start":3},{"end":4}]}`: {span: span{1, 2},
			Parts: []span{{Start: 3}, {End: 4}}},
		`{"text":null,"ids":null,"parent":null,"version":null}`: {},
	} {
		var got body
		if err := Read([]byte(raw), &got, OnlyKnown); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %+v, %v", raw, got, err)
		}
	}
}

func TestRefused(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ raw, pointer, says string }{
		{``, "", "empty"},
		{` `, "", "empty"},
		{`null`, "", "null"},
		{`[]`, "", "a list. Send an object"},
		{`"x"`, "", "a string. Send an object"},
		{"\ufeff{}", "", "byte order mark"},
		{"{\"text\":\"a\xff\"}", "", "UTF-8 at byte 11"},
		{`{"text":"a"`, "", "byte 11"},
		{`{"text":"a",}`, "", "byte 13"},
		{`{"ids":[1,]}`, "", "malformed"},
		{`{"version":NaN}`, "", "byte 12"},
		{`{"version":01}`, "", "byte 13"},
		{`{"version":+1}`, "", "byte 12"},
		{`{"share":Infinity}`, "", "byte 10"},
		{`{} {}`, "", "more than one"},
		{`{}x`, "", "more than one"},
		{`{"text":"a","text":"b"}`, "/text", "stands twice"},
		{`{"text":"a","te\u0078t":"b"}`, "/text", "stands twice"},
		{`{"parts":[{"start":1},{"end":1,"end":2}]}`, "/parts/1/end", "stands twice"},
		{`{"Text":"a"}`, "/Text", "“text”"},
		{`{"TEXT":"a"}`, "/TEXT", "“text”"},
		{`{"texſ":1}`, "/texſ", "no field"},
		{`{"partſ":[]}`, "/partſ", "“parts”"},
		{`{"Hidden":"a"}`, "/Hidden", "no field"},
		{`{"a/b~":1}`, "/a~1b~0", "no field"},
		{`{"text":"\ud800"}`, "/text", `\ud800`},
		{`{"text":"\udc00\ud800"}`, "/text", `\udc00`},
		{`{"names":["a","\ud83dx"]}`, "/names/1", `\ud83d`},
		{`{"text":"a\u0000"}`, "/text", "NUL"},
		{`{"version":1.0}`, "/version", "whole number"},
		{`{"version":1e3}`, "/version", "whole number"},
		{`{"version":-0}`, "/version", "whole number"},
		{`{"version":9223372036854775808}`, "/version", "beyond"},
		{`{"version":"1"}`, "/version", "should be a whole number, not a string"},
		{`{"version":true}`, "/version", "should be a whole number"},
		{`{"version":[1]}`, "/version", "not a list"},
		{`{"version":{}}`, "/version", "not an object"},
		{`{"ids":[1,null]}`, "/ids/1", "not null"},
		{`{"ids":[1,2.5]}`, "/ids/1", "whole number"},
		{`{"ids":1}`, "/ids", "should be a list, not a number"},
		{`{"text":1}`, "/text", "should be a string"},
		{`{"accept":"true"}`, "/accept", "true or false"},
		{`{"accept":1}`, "/accept", "true or false"},
		{`{"share":1e999}`, "/share", "too large"},
		{`{"parts":[[]]}`, "/parts/0", "an object, not a list"},
		{`{"other":` + strings.Repeat("[", 100) + strings.Repeat("]", 100) + `}`, "/other", "no field"},
	} {
		f, ours := fault.As(Read([]byte(c.raw), &body{}, OnlyKnown))
		if !ours || f.Kind != fault.Invalid || !strings.Contains(f.Msg, c.says) {
			t.Errorf("%s: %v, not one that says %q", c.raw, f, c.says)
			continue
		}
		if c.pointer == "" && len(f.Fields) > 0 || c.pointer != "" && (len(f.Fields) != 1 ||
			f.Fields[0].Pointer != c.pointer || f.Fields[0].Msg == "") {
			t.Errorf("%s points to %+v, not to %q", c.raw, f.Fields, c.pointer)
		}
	}
}

// Lines of files may have more than is asked for; what is there is held to the same rules.
func TestAnyFields(t *testing.T) {
	t.Parallel()
	for raw, says := range map[string]string{
		`{"text":"a","note":{"x":[1.5,null,"y"]}}`: "",
		`{"text":"a","note":1,"note":2}`:           "stands twice",
		`{"Text":"a"}`:                             "“text”",
		`{"note":{"x":"\ud800"}}`:                  "surrogate",
		`{"note":` + strings.Repeat("[", MaxDepth) + strings.Repeat("]", MaxDepth) + `}`:     "levels deep",
		`{"note":` + strings.Repeat("[", 20_000) + strings.Repeat("]", 20_000) + `}`:         "levels deep",
		`{"note":` + strings.Repeat(`{"a":`, 40) + `1` + strings.Repeat("}", 40) + `}`:       "levels deep",
		`{"note":` + strings.Repeat("[", MaxDepth-1) + strings.Repeat("]", MaxDepth-1) + `}`: "",
	} {
		err := Read([]byte(raw), &body{}, AnyFields)
		if (says == "") != (err == nil) || err != nil && !strings.Contains(err.Error(), says) {
			t.Errorf("%.60s: %v; it should say %q", raw, err, says)
		}
	}
}

// What is read is what encoding/json reads, for texts that both take; and nothing makes Read panic.
func FuzzRead(f *testing.F) {
	for _, s := range []string{`{"text":"a","version":1,"ids":[1],"parts":[{"start":1}]}`, `{"text":"\ud800"}`,
		`[null]`, `{"a":1,"a":2}`, `{"version":1e3}`, "{\"text\":\"\xff\"}", `{"note":[[[{}]]]}`, `{"start":1}{}`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		for _, fields := range []Fields{OnlyKnown, AnyFields} {
			var got, want body
			err := Read(raw, &got, fields)
			if err != nil {
				if fault.KindOf(err) != fault.Invalid || fault.Message(err) == "" {
					t.Fatalf("%q: %v", raw, err)
				}
				continue
			}
			if err := json.Unmarshal(raw, &want); err != nil || !reflect.DeepEqual(got, want) {
				t.Fatalf("%q: %+v; encoding/json has %+v, %v", raw, got, want, err)
			}
			back, err := json.Marshal(got)
			if err != nil {
				t.Fatal(err)
			}
			var again body
			if err := Read(back, &again, OnlyKnown); err != nil {
				t.Fatalf("%q became %s, which is refused: %v", raw, back, err)
			}
		}
	})
}
