package clause

import (
	"strings"
	"testing"
)

// The segments of a line follow each other, cover its words, and begin with a clause; the same line gives the same.
func TestSegments(t *testing.T) {
	for lang, raw := range map[string]string{
		"fr": "Le maire a dit que l'école, qui avait fermé en mars, a rouvert et que les bus roulent.",
		"de": "Die Schule schloss im März, und der Bürgermeister kündigte an, dass sie wieder öffnet.",
		"ru": "Школа закрылась в марте, и мэр сообщил, что она снова откроется.",
		"zh": "学校三月关闭，市长表示它将重新开放。", // one segment is enough,
		"tr": "Okul mart ayında kapandı ve belediye başkanı yeniden açılacağını söyledi.",
	} {
		segs, ok := Segments([]rune(raw), lang)
		if !ok || len(segs) < 2 && lang != "zh" {
			t.Errorf("%s: %v segments of %q", lang, segs, raw)
			continue
		}
		last := 0
		for _, s := range segs {
			if s.Start < last || s.End <= s.Start || s.End > len([]rune(raw)) || s.Kind == None || s.Kind >= kinds {
				t.Errorf("%s: segment %+v after %d", lang, s, last)
			}
			last = s.End
		}
	}
	if _, ok := Segments([]rune("Hello there."), "en"); ok {
		t.Error("English was not learnt, and is cut")
	}
	if _, ok := Segments(nil, "fr"); ok {
		t.Error("a line without words is cut")
	}
}

// Learning is the same every time, and learns what it is shown.
func TestTrain(t *testing.T) {
	var examples []Example
	for _, w := range []string{"chat", "chien", "oiseau", "cheval", "lapin", "renard"} {
		line := "Le " + w + " dort et la souris danse."
		examples = append(examples, Example{Lang: "fr", Line: []rune(line), Kinds: map[int]Kind{0: Main,
			strings.Index(line, "et"): Coordinate}})
	}
	a, err := Train(examples, 8)
	if err != nil {
		t.Fatal(err)
	}
	b, _ := Train(examples, 8)
	if string(a) != string(b) {
		t.Error("the same examples give other weights")
	}
	s, err := Measure(a, []Example{{Lang: "fr", Line: []rune("Le hibou dort et la souris danse."),
		Kinds: map[int]Kind{0: Main, 14: Coordinate}}})
	if err != nil || s.Kind != 1 || s.Found != 1 {
		t.Errorf("what was shown six times is not found: %+v, %v", s, err)
	}
	if _, err := Measure([]byte("no weights"), nil); err == nil {
		t.Error("damaged weights are read")
	}
}

func FuzzSegments(f *testing.F) {
	f.Add("« Le chat », dit-il — où ?", uint8(0))
	f.Add("\u202e5 \u2067", uint8(5))
	f.Fuzz(func(t *testing.T, raw string, pick uint8) {
		line := []rune(raw)
		segs, _ := Segments(line, languages[int(pick)%len(languages)])
		last := 0
		for _, s := range segs {
			if s.Start < last || s.End <= s.Start || s.End > len(line) {
				t.Errorf("%+v after %d in %q", s, last, raw)
			}
			last = s.End
		}
	})
}

// BenchmarkSegments reads a news sentence of 25 words; the figure asked for is 3,000 sentences a second.
func BenchmarkSegments(b *testing.B) {
	line := []rune(
		"Le ministère a indiqué vendredi que douze écoles du nord, qui avaient fermé en mars, ont rouvert et que " +
			"les bus roulent de nouveau depuis lundi.")
	for b.Loop() {
		Segments(line, "fr")
	}
}

// BenchmarkSegmentsDoubling must take twice the time for twice the line.
func BenchmarkSegmentsDoubling(b *testing.B) {
	for n := 1000; n <= 4000; n *= 2 {
		line := []rune(strings.Repeat("mot et ", n))
		b.Run(strings.Repeat("x", n/1000), func(b *testing.B) {
			for b.Loop() {
				Segments(line, "fr")
			}
		})
	}
}
