package model_test

import (
	"context"
	"errors"
	"net"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"claimbench/internal/fault"
	"claimbench/internal/model"
	"claimbench/internal/model/modeltest"
)

func client(t *testing.T, s *modeltest.Server) *model.Client {
	t.Helper()
	c, err := model.New(model.Options{Address: s.URL, Model: "fake", Key: "secret-key"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

func ask() model.Ask {
	return model.Ask{System: "Say one word.", User: "پنج", Name: "word", Schema: []byte(`{"type":"object"}`),
		Tokens: 100}
}

func TestChat(t *testing.T) {
	for name, whole := range map[string]bool{"streamed": false, "whole": true} {
		t.Run(name, func(t *testing.T) {
			s := modeltest.New(t, func(modeltest.Asked) modeltest.Reply {
				return modeltest.Reply{Content: `{"word":"` + strings.Repeat("پنج ", 50) + `"}`, Whole: whole}
			})
			var got struct {
				Word string `json:"word"`
			}
			a, err := client(t, s).AskFor(t.Context(), ask(), &got)
			if err != nil || got.Word != strings.Repeat("پنج ", 50) || a.Model != "fake-1" {
				t.Fatalf("%+v, %+v, %v", got, a, err)
			}
			asked := s.Asked()[0]
			if asked.Path != "/v1/chat/completions" || asked.Model != "fake" || asked.User != "پنج" || !asked.Stream ||
				asked.Schema != "word" || asked.Header.Get("Authorization") != "Bearer secret-key" ||
				!strings.Contains(asked.Body, `"temperature":0`) || !strings.Contains(asked.Body, `"seed":1`) {
				t.Errorf("asked %+v", asked)
			}
			for name := range asked.Header {
				if strings.HasPrefix(name, "X-") {
					t.Errorf("the header %s tells of this machine", name)
				}
			}
		})
	}
}

// Every way in which an answer is none, and what is said of it.
func TestChatBadly(t *testing.T) {
	for name, c := range map[string]struct {
		reply modeltest.Reply
		kind  fault.Kind
		says  string
	}{
		"a stream without its end": {modeltest.Reply{Content: `{"word":"a"}`, Cut: true}, fault.Unavailable,
			"broke off"},
		"a connection that breaks": {modeltest.Reply{Content: strings.Repeat("word ", 100), Half: true},
			fault.Unavailable, "broke off"},
		"an error inside": {modeltest.Reply{Content: `{"wo`, Fails: "out of memory"}, fault.Unavailable,
			"out of memory"},
		"cut at its length": {modeltest.Reply{Content: `{"word":"a"}`, Finish: "length"}, fault.Invalid, "cut off"},
		"ended by a filter": {modeltest.Reply{Content: `{"word":"a"}`, Finish: "content_filter"},
			fault.Invalid, "filter"},
		"empty":            {modeltest.Reply{}, fault.Invalid, "empty"},
		"no JSON":          {modeltest.Reply{Content: "Of course! Here is it"}, fault.Invalid, "not the JSON"},
		"half of the JSON": {modeltest.Reply{Content: `{"word":"a`}, fault.Invalid, "not the JSON"},
		"a field too much": {modeltest.Reply{Content: `{"word":"a","verdict":"corroborated"}`}, fault.Invalid,
			"verdict"},
		"a field twice":       {modeltest.Reply{Content: `{"word":"a","word":"b"}`}, fault.Invalid, "twice"},
		"a number for a word": {modeltest.Reply{Content: `{"word":5}`}, fault.Invalid, "not the JSON"},
		"two values":          {modeltest.Reply{Content: `{"word":"a"}{"word":"b"}`}, fault.Invalid, "more than one"},
		"HTML": {modeltest.Reply{Raw: "<html>login</html>", Media: "text/html"}, fault.Invalid,
			"text/html"},
		"no choice":          {modeltest.Reply{Raw: `{"choices":[]}`}, fault.Invalid, "no choice"},
		"broken JSON around": {modeltest.Reply{Raw: `{"choices":[`}, fault.Invalid, "cannot be read"},
		"10 MB":              {modeltest.Reply{Content: `{}`, Padding: 10 << 20}, fault.Invalid, "MB"},
		"more words than there may be": {modeltest.Reply{Content: strings.Repeat("word ", 150_000)},
			fault.Invalid, "cut off"},
		"10 MB in one": {modeltest.Reply{Raw: `{"x":"` + strings.Repeat("a", 10<<20) + `"}`},
			fault.Invalid, "MB"},
		"a key not taken": {modeltest.Reply{Status: 401, Raw: `{"error":"no"}`}, fault.Invalid, "key"},
		"no such model": {modeltest.Reply{Status: 404, Raw: `{"error":{"message":"model fake"}}`},
			fault.Invalid, "model fake"},
		"a question refused": {modeltest.Reply{Status: 400, Raw: `{}`}, fault.Invalid, "refuses"},
		"a redirect elsewhere": {modeltest.Reply{Status: 307,
			Header: http.Header{"Location": {"http://example.org/v1"}}}, fault.Invalid, "not followed"},
	} {
		t.Run(name, func(t *testing.T) {
			s := modeltest.New(t, func(modeltest.Asked) modeltest.Reply { return c.reply })
			var got struct {
				Word string `json:"word"`
			}
			_, err := client(t, s).AskFor(t.Context(), ask(), &got)
			if err == nil || fault.KindOf(err) != c.kind || !strings.Contains(err.Error(), c.says) {
				t.Errorf("%s: %v", fault.KindOf(err), err)
			}
			if n := len(s.Asked()); n != 1 {
				t.Errorf("asked %d times", n)
			}
		})
	}
}

// inProcess is a client whose server, clock and pauses are inside a bubble of testing/synctest.
func inProcess(t *testing.T, script func(modeltest.Asked) modeltest.Reply) (*model.Client, *modeltest.Server) {
	t.Helper()
	c, err := model.New(model.Options{Address: "http://model.test:11434", Model: "fake"})
	if err != nil {
		t.Fatal(err)
	}
	s, dial := modeltest.InProcess(t, script)
	c.DialBy(dial)
	t.Cleanup(c.Close)
	return c, s
}

func TestPausesGrow(t *testing.T) {
	for name, c := range map[string]struct {
		replies []modeltest.Reply
		asked   int
		took    time.Duration
		says    string // "": it goes well
	}{
		"busy twice": {[]modeltest.Reply{modeltest.Busy(-1), modeltest.Busy(-1), {Content: "{}"}}, 3,
			3 * time.Second, ""},
		"busy with a time":  {[]modeltest.Reply{modeltest.Busy(20), {Content: "{}"}}, 2, 20 * time.Second, ""},
		"busy for an hour":  {[]modeltest.Reply{modeltest.Busy(3600)}, 1, 0, "1h0m0s"},
		"busy for ever":     {[]modeltest.Reply{modeltest.Busy(-1)}, 4, 7 * time.Second, "slow down"},
		"away for a moment": {[]modeltest.Reply{{Status: 503, Raw: "{}"}, {Content: "{}"}}, 2, time.Second, ""},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				m, s := inProcess(t, func(a modeltest.Asked) modeltest.Reply {
					return c.replies[min(a.N, len(c.replies))-1]
				})
				begun := time.Now()
				_, err := m.Chat(t.Context(), ask())
				if took := time.Since(begun); took != c.took || len(s.Asked()) != c.asked {
					t.Errorf("asked %d times in %s", len(s.Asked()), took)
				}
				if (c.says == "") != (err == nil) || err != nil && (!strings.Contains(err.Error(), c.says) ||
					fault.KindOf(err) != fault.Unavailable) {
					t.Error(err)
				}
			})
		})
	}
}

func TestHoursOfSilence(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m, _ := inProcess(t, func(modeltest.Asked) modeltest.Reply { return modeltest.Reply{Silent: true} })
		begun := time.Now()
		_, err := m.Chat(t.Context(), ask())
		if took := time.Since(begun); took != 3*time.Minute || fault.KindOf(err) != fault.Unavailable ||
			!strings.Contains(err.Error(), "sent nothing for 3m") {
			t.Errorf("after %s: %v", took, err)
		}
	})
}

func TestNobodyThere(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m, _ := inProcess(t, func(modeltest.Asked) modeltest.Reply { return modeltest.Reply{} })
		m.DialBy(func(context.Context, string, string) (net.Conn, error) { return nil, errors.New("refused") })
		if _, err := m.Models(t.Context()); fault.KindOf(err) != fault.Unavailable ||
			!strings.Contains(err.Error(), "cannot be reached") {
			t.Error(err)
		}
	})
}

func TestCalledOff(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m, _ := inProcess(t, func(modeltest.Asked) modeltest.Reply { return modeltest.Reply{Silent: true} })
		ctx, stop := context.WithTimeout(t.Context(), time.Second)
		defer stop()
		if _, err := m.Chat(ctx, ask()); fault.KindOf(err) != fault.Unavailable {
			t.Error(err)
		}
	})
}

// Whatever the environment says, only the one address is reached.
func TestOneAddress(t *testing.T) {
	stranger := modeltest.New(t, func(modeltest.Asked) modeltest.Reply { return modeltest.Reply{Content: "{}"} })
	for _, name := range []string{"HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "OPENAI_BASE_URL", "OPENAI_API_KEY"} {
		t.Setenv(name, strings.TrimSuffix(stranger.URL, "/v1"))
	}
	s := modeltest.New(t, func(modeltest.Asked) modeltest.Reply {
		return modeltest.Reply{Status: http.StatusFound, Header: http.Header{"Location": {stranger.URL}}}
	})
	if _, err := client(t, s).Models(t.Context()); err == nil || !strings.Contains(err.Error(), "not followed") {
		t.Error(err)
	}
	m, err := model.New(model.Options{Address: s.URL, Model: "fake"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := m.Models(t.Context()); err == nil || s.Asked()[1].Header.Get("Authorization") != "" {
		t.Errorf("%v; a key was sent: %v", err, s.Asked()[1].Header)
	}
	if n := len(stranger.Asked()); n != 0 {
		t.Errorf("another server was asked %d times", n)
	}
}

func TestAddresses(t *testing.T) {
	for _, bad := range []string{"", "localhost:11434", "ftp://host/v1", "http://", "http://user:pass@host/v1",
		"http://host/v1?key=1", "http://host/v1#a", "file:///etc/passwd", "http://ho st/v1"} {
		_, err := model.New(model.Options{Address: bad, Model: "m"})
		if fault.KindOf(err) != fault.Invalid || strings.Contains(err.Error(), "pass@") {
			t.Errorf("%q: %v", bad, err)
		}
	}
	if _, err := model.New(model.Options{Address: "http://host/v1", Key: "a\nb"}); fault.KindOf(err) != fault.Invalid {
		t.Error(err)
	}
}

func TestModelsAndVectors(t *testing.T) {
	bad := ""
	s := modeltest.New(t, func(a modeltest.Asked) modeltest.Reply {
		switch {
		case a.Path == "/v1/models":
			return modeltest.Reply{Raw: `{"object":"list","data":[{"id":"b"},{"id":"a","object":"model"}]}`}
		case bad != "":
			return modeltest.Reply{Raw: bad}
		}
		return modeltest.Reply{Raw: `{"data":[{"index":1,"embedding":[0.5,-1e-3]},{"index":0,"embedding":[1,2]}]}`}
	})
	c := client(t, s)
	if names, err := c.Models(t.Context()); err != nil || strings.Join(names, " ") != "a b" {
		t.Error(names, err)
	}
	v, err := c.Embed(t.Context(), []string{"eins", "zwei"})
	if err != nil || len(v) != 2 || v[0][1] != 2 || v[1][0] != 0.5 {
		t.Error(v, err)
	}
	for _, bad = range []string{`{"data":[]}`, `{"data":[{"index":7,"embedding":[1]},{"index":0,"embedding":[1]}]}`,
		`{"data":[{"index":0,"embedding":[1,2]},{"index":1,"embedding":[1]}]}`,
		`{"data":[{"index":0,"embedding":[1]},{"index":0,"embedding":[1]}]}`,
		`{"data":[{"index":0,"embedding":"AAAA"},{"index":1,"embedding":"AAAA"}]}`} {
		if v, err := c.Embed(t.Context(), []string{"eins", "zwei"}); fault.KindOf(err) != fault.Invalid {
			t.Errorf("%s: %v, %v", bad, v, err)
		}
	}
}
