package extract

import (
	"strings"
	"sync"
)

// furniture are the lines of a page that are none of its text, by the language
// of their words and not of the text: pages mix them.
type furniture struct {
	start, ask, has []string
}

// pageFurniture reads tables/furniture.tsv.
var pageFurniture = sync.OnceValue(func() furniture {
	raw, err := operatorFiles.ReadFile("tables/furniture.tsv")
	if err != nil {
		panic(err) // the file is part of the program
	}
	f := furniture{}
	for row := range strings.SplitSeq(string(raw), "\n") {
		kind, words, _ := strings.Cut(row, "\t")
		switch kind {
		case "start":
			f.start = append(f.start, words)
		case "ask":
			f.ask = append(f.ask, words)
		case "has":
			f.has = append(f.has, words)
		}
	}
	return f
})

// furnitureMost is how many code points a line of furniture may have, and a
// heading that asks.
const furnitureMost = 70

// is says whether a line is furniture. What ends as a sentence of prose does is none unless its words are sure.
func (f furniture) is(raw string) bool {
	if len(raw) > 4*furnitureMost {
		return false
	}
	s := strings.ToLower(strings.TrimSpace(raw))
	if len([]rune(s)) > furnitureMost {
		return false
	}
	for _, w := range f.has {
		if strings.Contains(s, w) {
			return true
		}
	}
	if endsSentence(s) {
		return false
	}
	return startsAny(s, f.start) || startsAny(s, f.ask)
}

// endsSentence says whether a line ends with the mark of a sentence.
func endsSentence(s string) bool {
	s = strings.TrimRight(s, " \"”»」)）’")
	for _, mark := range []string{".", "!", "?", "؟", "。", "！", "？", "…", "۔", "।"} {
		if strings.HasSuffix(s, mark) {
			return true
		}
	}
	return false
}

func startsAny(s string, words []string) bool {
	for _, w := range words {
		if strings.HasPrefix(s, w) {
			return true
		}
	}
	return false
}
