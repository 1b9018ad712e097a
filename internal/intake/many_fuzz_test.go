package intake

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"claimbench/internal/fault"
)

// fuzzMany gives any bytes to a reader of files that hold many documents: each document is valid UTF-8, and has a name
// or a title; or it says for people why not.
func fuzzMany(f *testing.F, ending string, seeds ...string) {
	f.Helper()
	for _, s := range seeds {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		d, err := Read(File{Name: "a" + ending, Body: bytes.NewReader(raw)})
		if kind := fault.KindOf(err); err != nil {
			if kind != fault.Invalid && kind != fault.TooLarge || fault.Message(err) == "" {
				t.Errorf("%v: %v", kind, err)
			}
			return
		}
		for _, one := range d.All() {
			// A text whose bytes are no UTF-8 is passed on, for the room that keeps it names the place of the first.
			if fromBytes := one.Reader == "text" || one.Reader == "zip"; !fromBytes && !utf8.ValidString(one.Text) ||
				len(one.Text) > MaxText {
				t.Errorf("%q of %s", one.Text, one.Reader)
			}
		}
	})
}

func FuzzHTML(f *testing.F) {
	fuzzReader(f, ".html", []byte("<title>a</title><h1>a</h1><p>b<table><tr><td>c<br><br>d<td><a href=x>e</a></table>"),
		[]byte("<script type='application/ld+json'>{\"@type\":\"LiveBlogPosting\",\"liveBlogUpdate\":[{\"headline\":"+
			"\"a\",\"datePublished\":\"2024-05-10T10:00:00Z\"}]}</script><section><time datetime='2024-05-10T10:00Z'>"+
			"</time><h2>a</h2><p>b</p></section><dl><dt>a<dd>1</dl>"),
		[]byte("<meta charset=shift_jis><p>\x8f\xc8\x82\xcd"))
}

func FuzzFeed(f *testing.F) {
	fuzzMany(f, ".rss", "<rss><channel><item><title>a</title><description>b</description></item></channel></rss>",
		"<feed><entry><title>a</title><content type='html'>&lt;p&gt;b</content></entry></feed>",
		`{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"1","content_text":"a"}]}`)
}

func FuzzCSV(f *testing.F) {
	fuzzMany(f, ".csv", "text,day\na,1403/02/18\n", "title;text\n\"a\nb\";c\n", "\xef\xbb\xbftext\ta\n\"")
}

func FuzzJSONL(f *testing.F) {
	fuzzMany(f, ".jsonl", "{\"text\":\"a\",\"title\":\"b\"}\n{\"text\":\"\\ud800\"}\n", "[]\n",
		"{\"text\":{\"a\":[1]}}")
}

func FuzzZIP(f *testing.F) {
	fuzzMany(f, ".zip", string(docx(f, p("Words."))), "PK\x03\x04", "PK\x05\x06"+string(make([]byte, 18)))
}

// FuzzEncoding: a text is decoded to valid UTF-8 in a charset that can be named, or a person is asked with
// previews that are, none twice; and what they choose of those is decoded.
func FuzzEncoding(f *testing.F) {
	for _, s := range []string{"a", "\xff\xfea\x00", "\xc7\xe1\xe6\xd2\xed\xd1", "\x8f\xc8\x82\xcd", "\x1b$B>J\x1b(B",
		"00:00:01,000 ", "0A0B", "\x00\x00\xfe\xff\x00\x00\x00a"} {
		f.Add([]byte(s), "")
		f.Add([]byte(s), "windows-1256")
	}
	f.Add([]byte("\x1b"+strings.Repeat("A", 49)+"\xf7"), "0") // one sign of few that is none in any charset
	f.Fuzz(func(t *testing.T, raw []byte, declared string) {
		got, err := decode(raw, "", declared)
		u := (*Unsure)(nil)
		asked := errors.As(err, &u)
		switch {
		case err == nil && (canonical(got.charset) == "" && got.charset[:3] != "utf" ||
			!utf8.ValidString(got.text) && got.charset != "utf-8"):
			t.Errorf("%q in %q", got.text, got.charset)
		case err != nil && err.Error() == "":
			t.Error("it does not say why")
		case asked:
			seen := map[string]bool{}
			for _, p := range u.Previews {
				if seen[p.Text] || !utf8.ValidString(p.Text) || utf8.RuneCountInString(p.Text) > previewRunes {
					t.Errorf("preview %q in %s", p.Text, p.Charset)
				}
				seen[p.Text] = true
				if _, err := decode(raw, p.Charset); err != nil {
					t.Errorf("%s was offered: %v", p.Charset, err)
				}
			}
		}
	})
}
