package intake

import (
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"claimbench/internal/fault"
)

// TestReaders: the table tells each reader apart, and nothing in it is left out.
func TestReaders(t *testing.T) {
	t.Parallel()
	seen := map[string]string{}
	for _, r := range readers {
		if r.Name == "" || r.Version < 1 || r.Word == "" || r.Most <= 0 || (r.read == nil) == (r.with == nil) ||
			len(r.Endings) == 0 ||
			len(r.Media) == 0 {
			t.Errorf("the row of %q lacks something: %+v", r.Name, r)
		}
		for _, sign := range slices.Concat([]string{r.Name}, r.Endings, r.Media) {
			if other := seen[sign]; other != "" {
				t.Errorf("%s stands in the rows of %s and %s", sign, other, r.Name)
			}
			seen[sign] = r.Name
		}
		for _, e := range r.Endings {
			if !strings.HasPrefix(e, ".") || e != strings.ToLower(e) {
				t.Errorf("%s: the ending %q is not one dot and small letters", r.Name, e)
			}
		}
		for _, words := range []string{Words(), Accept()} {
			if !strings.Contains(words, r.Endings[0]) {
				t.Errorf("%q does not tell of %s", words, r.Name)
			}
		}
		if r.Most > Most() {
			t.Errorf("Most is less than what %s takes", r.Name)
		}
	}
}

// TestReaderOf: the ending tells first, for it is what a person sees; then the declared type; else it is plain text.
func TestReaderOf(t *testing.T) {
	old := readers
	t.Cleanup(func() { readers = old })
	readers = append(slices.Clone(old), Reader{Name: "other", Media: []string{"application/other"},
		Endings: []string{".oth"}})
	for _, c := range []struct{ name, media, want string }{
		{"a.txt", "", "text"}, {"A.TXT", "application/other", "text"}, {"a.oth", "text/plain", "other"},
		{"a", "application/other; charset=x", "other"}, {"a", "", "text"}, {"a.md", "text/markdown", "text"},
		{"", "", "text"}, {"a.oth/b", "", "text"}, {"a", ";;;", "text"},
	} {
		if got, _ := readerOf(c.name, c.media); got.Name != c.want {
			t.Errorf("%q of type %q goes to %s, want %s", c.name, c.media, got.Name, c.want)
		}
	}
}

func TestReadKeepsATextAsItIs(t *testing.T) {
	t.Parallel()
	for _, raw := range []string{"One.", "\ufeffOne.\r\nTwo 𠮷.\r", "abc \x00 d", strings.Repeat("سلام ", 9) + "\xff",
		strings.Repeat("a", MaxText)} {
		d, err := Read(File{Name: "a.txt", Size: int64(len(raw)), Body: strings.NewReader(raw)})
		if err != nil || d.Text != raw || d.Reader != "text" || d.Version != 2 {
			t.Errorf("%.20q became %.20q, %v", raw, d.Text, err)
		}
	}
}

func TestReadRefuses(t *testing.T) {
	t.Parallel()
	over := strings.Repeat("a", MaxText+1)
	for name, c := range map[string]struct {
		file File
		kind fault.Kind
		says string
	}{
		"empty":          {File{Body: strings.NewReader("")}, fault.Invalid, "is empty"},
		"too large":      {File{Size: MaxText + 1, Body: unread{t}}, fault.TooLarge, "a.txt has more than 5 MiB"},
		"much too large": {File{Size: 57 << 20, Body: unread{t}}, fault.TooLarge, "has 57 MiB"},
		"larger than declared": {File{Size: 3, Body: strings.NewReader(over)}, fault.TooLarge,
			"more than 5 MiB; a file of plain text has at most 5 MiB"},
		"endless":    {File{Body: endless{}}, fault.TooLarge, "more than 5 MiB"},
		"broken off": {File{Body: iotest.ErrReader(errors.New("cut"))}, fault.Invalid, "to its end"},
	} {
		c.file.Name = "a.txt"
		d, err := Read(c.file)
		f, _ := fault.As(err)
		if f == nil || f.Kind != c.kind || !strings.Contains(f.Msg, c.says) || d.Text != "" {
			t.Errorf("%s: %v, want %s and %q", name, err, c.kind, c.says)
		}
	}
}

// A reader's own words reach the person, with the file's name; a text that a reader made too long is refused.
func TestReadPassesOnWhatAReaderSays(t *testing.T) {
	old := readers
	t.Cleanup(func() { readers = old })
	readers = append(slices.Clone(old),
		Reader{Name: "locked", Word: "a locked file", Endings: []string{".lck"}, Most: 9,
			read: func([]byte) (Document, error) { return Document{}, says("it has a password") }},
		Reader{Name: "module", Word: "a file of a module", Endings: []string{".mod"}, Most: 9,
			read: func([]byte) (Document, error) { return Document{}, errors.New("mod: unexpected EOF") }},
		Reader{Name: "bomb", Word: "a bomb", Endings: []string{".bmb"}, Most: 9,
			read: func([]byte) (Document, error) { return Document{Text: strings.Repeat("a", MaxText+1)}, nil }})
	for name, says := range map[string]string{"a.lck": "a.lck cannot be read as a locked file: it has a password.",
		"a.mod": "a.mod cannot be read as a file of a module: it is damaged, or not what it seems to be. Open it",
		"a.bmb": "The text of a.bmb has more than 5 MiB"} {
		if _, err := Read(File{Name: name, Body: strings.NewReader("x")}); !strings.Contains(fault.Message(err), says) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

type endless struct{}

func (endless) Read(p []byte) (int, error) { return len(p), nil }

// unread is a body that must not be read.
type unread struct{ t *testing.T }

func (u unread) Read([]byte) (int, error) { u.t.Error("the body was read"); return 0, io.EOF }
