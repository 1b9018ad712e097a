package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"claimbench/internal/model/modeltest"
)

// readingModel answers as a good model would: what is asked of the test text, and each sentence as a claim.
func readingModel(t *testing.T) *modeltest.Server {
	return modeltest.New(t, func(a modeltest.Asked) modeltest.Reply {
		var s struct {
			Text      string
			Sentences []struct {
				N    int
				Text string
			}
			Claims []struct {
				Claim, Sentence int
				Statement       string
			}
		}
		switch {
		case a.Path == "/v1/models":
			return modeltest.Reply{Raw: `{"data":[{"id":"fake"}]}`}
		case a.Path == "/v1/embeddings":
			all := make([]string, len(a.Input))
			for i := range all {
				all[i] = fmt.Sprintf(`{"index":%d,"embedding":[1,2,3]}`, i)
			}
			return modeltest.Reply{Raw: `{"data":[` + strings.Join(all, ",") + `]}`}
		case json.Unmarshal([]byte(a.User), &s) != nil:
			return modeltest.Reply{Status: 400}
		case a.Schema == "check" && len(s.Text) > 20_000:
			return modeltest.Reply{Status: 400, Raw: `{"error":{"message":"too long"}}`}
		case a.Schema == "check":
			return modeltest.Reply{Content: `{"numbers":[` + strings.Fields(s.Text)[3] + `],"last":"noon"}`}
		}
		var out []map[string]any
		for _, p := range s.Sentences {
			out = append(out, map[string]any{"sentence": p.N, "statement": p.Text})
		}
		if a.Schema == "anchors" {
			out = nil
			for _, c := range s.Claims {
				out = append(out, map[string]any{"claim": c.Claim, "first": c.Statement, "last": c.Statement,
					"attribution": "", "hedge": []string{}, "brackets": []string{}})
			}
		}
		return modeltest.JSON(map[string]any{"claims": out})
	})
}

func TestModelCheck(t *testing.T) {
	s := readingModel(t)
	code, out, errs := execute("", "model", "check", "--model", s.URL, "--model-name", "fake")
	if code != 0 {
		t.Fatalf("exit %d: %s%s", code, out, errs)
	}
	for _, want := range []string{"listed by the server: yes", "JSON schema  yes", "16000 characters", "of 3 numbers, ",
		"sentences a second", "4 sentences, 4 claims taken, 0 refused"} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is not in\n%s", want, out)
		}
	}
	code, out, _ = execute("", "model", "check", "--model", s.URL, "--model-name", "fake",
		"--model-vectors", "other")
	if last := s.Asked(); code != 0 || !slices.ContainsFunc(last, func(a modeltest.Asked) bool {
		return a.Path == "/v1/embeddings" && a.Model == "other"
	}) {
		t.Errorf("exit %d: the vectors are not asked of the model named for them: %s", code, out)
	}
	code, out, _ = execute("سد در ۳ مه شکست.", "model", "check", "--model", s.URL, "--model-name", "fake", "--format",
		"json", "-")
	if code != 0 || !strings.Contains(out, `"taken": 1`) {
		t.Errorf("exit %d: %s", code, out)
	}
}

func TestModelCheckFails(t *testing.T) {
	chatty := modeltest.New(t, func(modeltest.Asked) modeltest.Reply {
		return modeltest.Reply{Content: "Sure! Here is your answer."}
	})
	key := filepath.Join(t.TempDir(), "key")
	if err := os.WriteFile(key, []byte("a key\nand more\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		args []string
		code int
		says string
	}{
		"no address":         {nil, 2, "--model URL"},
		"a bad address":      {[]string{"--model", "localhost:11434"}, 2, "no address of a model's server"},
		"no schema":          {[]string{"--model", chatty.URL, "--model-name", "x"}, 1, "cannot break texts down"},
		"vectors alone":      {[]string{"--model-vectors", "x"}, 2, "--model"},
		"a key in two lines": {[]string{"--model", chatty.URL, "--model-key", key}, 2, "line end"},
		"no key file":        {[]string{"--model", chatty.URL, "--model-key", key + "x"}, 1, "cannot be read"},
	} {
		t.Run(name, func(t *testing.T) {
			code, out, errs := execute("", append([]string{"model", "check"}, c.args...)...)
			if code != c.code || !strings.Contains(errs, c.says) {
				t.Errorf("exit %d: %s%s", code, out, errs)
			}
		})
	}
}

func TestEvalModel(t *testing.T) {
	dir := t.TempDir()
	for name, words := range map[string]string{
		"seeds/en.txt": "The dam broke on 3 May 2021. It was a fine day.",
		"gold/claims.jsonl": `{"article":"en.txt","claim_id":"1","lang":"en","sent":1,` +
			`"quote":"The dam broke on 3 May 2021.",` +
			`"start":0,"end":28,"attribution":"article","checkworthy":true,"kind":"fact"}` + "\n",
	} {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(words), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	s := readingModel(t)
	code, out, errs := execute("", "eval", "model", "--data", dir, "--model", s.URL, "--model-name", "fake")
	if code != 0 || !strings.Contains(out, "2 of 2 (by construction)") || !strings.Contains(out, "not measured here") ||
		!strings.Contains(out, "0.667") {
		t.Errorf("exit %d: %s%s", code, out, errs)
	}
	if code, _, errs := execute("", "eval", "model", "--data", t.TempDir(), "--model", s.URL, "--model-name",
		"fake"); code != 1 || errs == "" {
		t.Errorf("exit %d: %s", code, errs)
	}
}

func TestModelPrompts(t *testing.T) {
	if code, out, errs := execute("", "model", "prompts"); code != 0 || !strings.Contains(out, "# break-down.1 ") {
		t.Errorf("exit %d: %s%s", code, out, errs)
	}
}
