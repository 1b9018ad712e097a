package match

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

//go:embed tables/translit.tsv
var translitTSV string

// soundTable says how the letter groups of one script sound. Adding rows to tables/translit.tsv adds a script.
type soundTable struct {
	sounds  map[string][]string
	longest int // code points of the longest group
}

// longestName is how many code points a word may have to be read by its sound; what is longer is no name.
const longestName = 40

// maxSounds bounds the readings kept of one word.
const maxSounds = 12

var soundTables = sync.OnceValue(func() map[string]*soundTable {
	tables, err := parseTranslit(translitTSV)
	if err != nil {
		panic("match: " + err.Error()) // the table is compiled in: a test reads it
	}
	return tables
})

func parseTranslit(tsv string) (map[string]*soundTable, error) {
	tables := map[string]*soundTable{}
	for i, line := range strings.Split(tsv, "\n") {
		if line == "" || line[0] == '#' || strings.HasPrefix(line, "script\t") {
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) != 3 {
			return nil, fmt.Errorf("translit.tsv line %d: want script, letters and sounds, found %d columns", i+1,
				len(f))
		}
		t := tables[f[0]]
		if t == nil {
			t = &soundTable{sounds: map[string][]string{}}
			tables[f[0]] = t
		}
		alt := strings.Split(f[2], "|")
		for j := range alt {
			if alt[j] == "-" {
				alt[j] = ""
			}
		}
		t.sounds[f[1]] = alt
		t.longest = max(t.longest, utf8.RuneCountInString(strings.Trim(f[1], "^$")))
	}
	return tables, nil
}

// sounds gives the readings of one folded word, likeliest first, at most maxSounds.
func sounds(folded string, s script) []string {
	t := soundTables()[soundScript(s)]
	if t == nil {
		return nil
	}
	if s == scriptHangul {
		folded = norm.NFD.String(folded) // syllables are read by their letters
	}
	runes := []rune(folded)
	if len(runes) > longestName {
		return nil
	}
	readings := []string{""}
	for i := 0; i < len(runes); {
		alt, n := t.at(runes, i)
		i += n
		readings = extend(readings, alt)
	}
	return readings
}

func soundScript(s script) string {
	switch s {
	case scriptLatin:
		return "latin"
	case scriptArabic:
		return "arabic"
	case scriptKatakana:
		return "katakana"
	case scriptCyrillic:
		return "cyrillic"
	case scriptGreek:
		return "greek"
	case scriptHebrew:
		return "hebrew"
	case scriptDevanagari:
		return "devanagari"
	case scriptHangul:
		return "hangul"
	case scriptHan:
		return "hanzi"
	}
	return ""
}

// at finds the longest group of letters that starts at runes[i], and how many code points it takes.
func (t *soundTable) at(runes []rune, i int) ([]string, int) {
	for n := min(t.longest, len(runes)-i); n > 0; n-- {
		group := string(runes[i : i+n])
		if i == 0 {
			if alt, ok := t.sounds["^"+group]; ok {
				return alt, n
			}
		}
		if i+n == len(runes) {
			if alt, ok := t.sounds[group+"$"]; ok {
				return alt, n
			}
		}
		if alt, ok := t.sounds[group]; ok {
			return alt, n
		}
	}
	return []string{""}, 1
}

// extend appends every alternative to every reading. Of readings with one skeleton the likeliest stays.
func extend(readings, alt []string) []string {
	if len(alt) == 1 {
		for i := range readings {
			readings[i] += alt[0]
		}
		return readings
	}
	var out, skeletons []string
	for _, a := range alt {
		for _, r := range readings {
			s := skeleton(r + a)
			if len(out) < maxSounds && !slices.Contains(skeletons, s) {
				out, skeletons = append(out, r+a), append(skeletons, s)
			}
		}
	}
	return out
}

// soundClass maps a sound to its class of consonants; 0 for vowels and weak sounds, which scripts write or leave out.
func soundClass(c byte) byte {
	switch c {
	case 'b', 'p', 'f', 'v':
		return 'B'
	case 't', 'd':
		return 'T'
	case 'k', 'g', 'x':
		return 'K'
	case 's', 'z', 'S', 'j', 'c':
		return 'S'
	case 'r', 'l':
		return 'R'
	case 'n', 'm':
		return 'N'
	}
	return 0
}

// skeleton gives the consonant classes of a reading, with the same class kept once where a sound is doubled.
func skeleton(reading string) string {
	b := make([]byte, 0, len(reading))
	for i := 0; i < len(reading); i++ {
		c := soundClass(reading[i])
		if c != 0 && !(i > 0 && reading[i-1] == reading[i]) {
			b = append(b, c)
		}
	}
	return string(b)
}
