package match

import (
	"errors"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf8"
)

func TestReadItems(t *testing.T) {
	in := "\ufeff" + `{"id":"a","text":"ماكرون","lang":"ar","doc":"d"}` + "\r\n\n" +
		`{"id":"b","text":"\ud83d\ude00 \\ud800 \u0645","extra":[1]}`
	items, err := ReadItems("corpus.jsonl", strings.NewReader(in))
	if err != nil {
		t.Fatal(err)
	}
	if len(items) != 2 || items[0] != (Item{"a", "d", "ar", "ماكرون"}) ||
		items[1] != (Item{ID: "b", Text: `😀 \ud800 م`}) {
		t.Errorf("items = %+v", items)
	}
	if items, err := ReadItems("empty", strings.NewReader("")); err != nil || len(items) != 0 {
		t.Errorf("an empty file: %v, %v", items, err)
	}
}

func TestReadItemsRefuses(t *testing.T) {
	good := `{"id":"a","text":"x"}` + "\n"
	for name, c := range map[string]struct{ in, want string }{
		"malformed":       {good + `{"id":"b","text":`, "line 2"},
		"two objects":     {good + `{"id":"b","text":"x"} {"id":"c","text":"x"}`, "line 2"},
		"array":           {good + `["b","x"]`, "line 2"},
		"number id":       {good + `{"id":7,"text":"x"}`, "line 2"},
		"no id":           {good + `{"text":"x"}`, "line 2"},
		"empty id":        {good + `{"id":"","text":"x"}`, "line 2"},
		"no text":         {good + `{"id":"b"}`, "line 2"},
		"null text":       {good + `{"id":"b","text":null}`, "line 2"},
		"duplicate":       {good + "\n" + `{"id":"a","text":"y"}`, "line 3"},
		"invalid UTF-8":   {good + "{\"id\":\"b\",\"text\":\"\xff\"}", "line 2"},
		"overlong":        {good + "{\"id\":\"b\",\"text\":\"\xc0\xaf\"}", "line 2"},
		"raw surrogate":   {good + "{\"id\":\"b\",\"text\":\"\xed\xa0\x80\"}", "line 2"},
		"lone high":       {good + `{"id":"b","text":"\ud800"}`, "line 2"},
		"lone high, text": {good + `{"id":"b","text":"\ud800abc"}`, "line 2"},
		"two highs":       {good + `{"id":"b","text":"\ud800\ud800"}`, "line 2"},
		"lone low":        {good + `{"id":"b","text":"\udc00"}`, "line 2"},
		"lone in the id":  {good + `{"id":"\uDFFF","text":"x"}`, "line 2"},
		"lone in a key":   {good + `{"id":"b","text":"x","\ud800":1}`, "line 2"},
	} {
		if _, err := ReadItems("f", strings.NewReader(c.in)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want one that names %s", name, err, c.want)
		}
	}
	if _, err := ReadItems("f", iotest.ErrReader(errors.New("disk on fire"))); err == nil ||
		!strings.Contains(err.Error(), "disk on fire") {
		t.Errorf("a failing reader: %v", err)
	}
}

func FuzzReadItems(f *testing.F) {
	for _, s := range []string{"", `{"id":"a","text":"x"}`, `{"id":"a","text":"\ud83d\ude00"}`,
		`{"id":"\ud800","text":""}`, "{\"id\":\"a\",\"text\":\"\xff\"}", "\ufeff\n\n{}"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		items, err := ReadItems("f", strings.NewReader(string(raw)))
		if err != nil {
			return
		}
		if !utf8.Valid(raw) && len(items) > 0 && strings.Count(string(raw), "\n") == 0 {
			t.Fatal("a line that is not UTF-8 is accepted")
		}
		seen := map[string]bool{}
		for _, it := range items {
			if it.ID == "" || seen[it.ID] {
				t.Fatalf("id %q is empty or given twice", it.ID)
			}
			seen[it.ID] = true
			if !utf8.ValidString(it.Text) || strings.ContainsRune(it.Text, utf8.RuneError) &&
				!strings.Contains(string(raw), "\ufffd") && !strings.Contains(strings.ToLower(string(raw)), `\ufffd`) {
				t.Fatalf("text %q was mended in silence", it.Text)
			}
		}
	})
}
