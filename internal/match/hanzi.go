package match

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed tables/hanzi.tsv
var hanziTSV string

// hanzi gives the Japanese form of Chinese characters, simplified and traditional ones, so that both languages share
// the words they have in common: 选举, 選舉 and 選挙.
var hanzi = sync.OnceValue(func() map[rune]rune {
	out := map[rune]rune{}
	for line := range strings.Lines(hanziTSV) {
		from, to, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if ok && line[0] != '#' {
			out[[]rune(from)[0]] = []rune(to)[0]
		}
	}
	return out
})

func japaneseSign(r rune) rune {
	if r < 0x3400 {
		return r
	}
	if j, ok := hanzi()[r]; ok {
		return j
	}
	return r
}

// japaneseForm writes a folded word with Japanese characters.
func japaneseForm(folded string) string { return strings.Map(japaneseSign, folded) }

// longestRun bounds the characters of a foreign name that Chinese writes by sound.
const longestRun = 10

// soundRun gives the bytes of the run of characters at the start of s that Chinese writes foreign names with, 0 when it
// is shorter than two.
func soundRun(s string) int {
	table, n, end := soundTables()["hanzi"], 0, 0
	for i, r := range s {
		if _, ok := table.sounds[string(r)]; !ok || n == longestRun {
			break
		}
		n, end = n+1, i+len(string(r))
	}
	if n < 2 {
		return 0
	}
	return end
}

// writesKana says whether a text is Japanese by its kana: Japanese writes foreign names with those.
func writesKana(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return r >= 0x3041 && r <= 0x30FA })
}
