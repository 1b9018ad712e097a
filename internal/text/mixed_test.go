package text

import (
	"os"
	"strings"
	"testing"
)

// Each line of testdata/mixed.tsv is a kind of note: its text, language and direction of its frame, and its runs of
// other scripts as LANG/DIR:TEXT with | between.
func TestMixedOf(t *testing.T) {
	t.Parallel()
	file, err := os.ReadFile("testdata/mixed.tsv")
	if err != nil {
		t.Fatal(err)
	}
	raw := string(file)
	n := 0
	for line := range strings.Lines(raw) {
		line = strings.TrimRight(line, "\n")
		if line == "" || strings.HasPrefix(line, "# ") {
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) != 4 {
			t.Fatalf("%d columns in %q", len(f), line)
		}
		n++
		note := strings.ReplaceAll(f[0], `\n`, "\n")
		m := MixedOf(note)
		var runs []string
		whole := ""
		for _, r := range m.Runs {
			whole += r.Text
			if r.Lang != "" {
				runs = append(runs, r.Lang+"/"+string(r.Dir)+":"+r.Text)
			}
		}
		if whole != note {
			t.Errorf("%q: its runs say %q", note, whole)
		}
		if got := strings.Join(runs, "|"); m.Lang != f[1] || string(m.Dir) != f[2] || got != f[3] {
			t.Errorf("%q:\n got %s %s %q\nwant %s %s %q", note, m.Lang, m.Dir, got, f[1], f[2], f[3])
		}
	}
	if n < 15 {
		t.Errorf("%d notes", n)
	}
}

// FuzzMixedOf holds that runs are the whole note, whatever it is.
func FuzzMixedOf(f *testing.F) {
	f.Add("all four articles: ایمیل، مکرون")
	f.Add("«\xff»\u0301 م\nA")
	f.Fuzz(func(t *testing.T, s string) {
		whole := ""
		for _, r := range MixedOf(s).Runs {
			whole += r.Text
		}
		if whole != s {
			t.Errorf("%q became %q", s, whole)
		}
	})
}
