package term_test

import (
	"slices"
	"testing"

	"claimbench/internal/fault"
	"claimbench/internal/term"
)

type tone string

var tones = term.New("tone",
	term.Term[tone]{Name: "very_low", Word: "very low", About: "Hardly heard."},
	term.Term[tone]{Name: "high", Word: "high", About: "Heard by all."})

func TestTable(t *testing.T) {
	t.Parallel()
	if got := tones.Names(); !slices.Equal(got, []tone{"very_low", "high"}) {
		t.Errorf("names: %v", got)
	}
	if got := tones.Words(); !slices.Equal(got, []string{"very low", "high"}) {
		t.Errorf("words: %v", got)
	}
	for _, c := range []struct {
		name  tone
		has   bool
		word  string
		about string
	}{{"very_low", true, "very low", "Hardly heard."}, {"odd_one", false, "odd_one", ""}, {"", false, "", ""}} {
		if tones.Has(c.name) != c.has || tones.Word(c.name) != c.word || tones.About(c.name) != c.about {
			t.Errorf("%q: %v %q %q", c.name, tones.Has(c.name), tones.Word(c.name), tones.About(c.name))
		}
	}
	if got := tones.Only(func(n tone) bool { return n == "high" }).Names(); !slices.Equal(got, []tone{"high"}) {
		t.Errorf("only: %v", got)
	}
}

func TestCheck(t *testing.T) {
	t.Parallel()
	if err := tones.Check("tone", "high"); err != nil {
		t.Error(err)
	}
	err := tones.Check("tone", "loud")
	f, ok := fault.As(err)
	if !ok || f.Kind != fault.Invalid || len(f.Fields) != 1 || f.Fields[0].Name != "tone" {
		t.Fatalf("%#v", err)
	}
	if want := "“loud” is no tone. Choose one of these: very_low, high."; f.Msg != want {
		t.Errorf("%q, want %q", f.Msg, want)
	}
}
