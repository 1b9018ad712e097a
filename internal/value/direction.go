package value

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"claimbench/internal/text"
)

//go:embed tables/directions.tsv
var directionTable string

// directionWords are the words that say that something rose (1) or fell (-1): by folded word, and the forms of scripts
// without spaces, which stand anywhere.
type directionWords struct {
	words map[string]int
	signs []directionSign
}

type directionSign struct {
	form string
	way  int
}

var directions = sync.OnceValue(func() directionWords {
	d := directionWords{words: map[string]int{}}
	for line := range strings.Lines(directionTable) {
		cells := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if len(cells) != 3 || line[0] == '#' || cells[0] == "lang" {
			continue
		}
		for i, way := range []int{1, -1} {
			for _, w := range strings.Split(cells[i+1], "|") {
				if first, _ := utf8.DecodeRuneInString(w); isCJK(first) || unicode.Is(unicode.Hangul, first) {
					d.signs = append(d.signs, directionSign{w, way})
				} else {
					d.words[text.Fold(w)] = way
				}
			}
		}
	}
	return d
})

// Direction gives 1 when some words say that something rose, -1 when it fell, 0 when they say neither or both, and the
// first word that says so, as written.
func Direction(s string) (way int, word string) {
	d := directions()
	up, down := "", ""
	note := func(way int, w string) {
		if way > 0 && up == "" {
			up = w
		} else if way < 0 && down == "" {
			down = w
		}
	}
	for _, w := range wordsOf(s) {
		note(d.words[text.Fold(w)], w)
	}
	for _, sign := range d.signs {
		if strings.Contains(s, sign.form) {
			note(sign.way, sign.form)
		}
	}
	switch {
	case up != "" && down == "":
		return 1, up
	case down != "" && up == "":
		return -1, down
	}
	return 0, ""
}
