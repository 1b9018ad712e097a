// Package news makes up articles: any number, the same for the same seed, in five languages and four scripts, from a
// vocabulary as wide as news (tens of thousands of words a language, drawn by Zipf's law). Names sound alike in every
// script, some facts are told by several articles, and some articles are near copies of earlier ones, so that passages
// and origins have something to find. Nothing in them is about anybody.
package news

import (
	_ "embed"
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
)

//go:embed frames.tsv
var frameRows string

//go:embed syllables.tsv
var syllableRows string

//go:embed words.tsv
var wordRows string

const (
	// vocabulary is how many different words a language has, and names how many names there are in the world.
	vocabulary, names = 60_000, 30_000
	// sources is how many papers there are.
	sources = 120
	// each twentieth article is a near copy; a fact is told again this often, by one of the articles after it.
	copyEvery, retoldPercent, remembered = 20, 15, 400
)

// langs are the languages in turn: half the articles are Latin, the rest Arabic script, Japanese and Cyrillic.
var langs = []string{"en", "fa", "en", "ar", "en", "ja", "en", "ru"}

// Article is one made-up text.
type Article struct {
	N                       int
	Lang, Source, Published string
	Text                    string
}

// Maker makes articles one after the other.
type Maker struct {
	r         *rand.Rand
	n         int
	common    *rand.Zipf // ranks of words
	known     *rand.Zipf // ranks of names
	frames    map[string][]string
	parts     map[string][]string
	syllables [][]string
	facts     []fact
	made      map[string][]Article // the last of each language, to be copied
}

// fact is what a sentence tells: who, where, how many, when.
type fact struct {
	who, where     int
	quantity, year int
	day, percent   int
}

// New gives a maker; equal seeds make equal articles.
func New(seed uint64) *Maker {
	r := rand.New(rand.NewPCG(seed, 0x636c61696d))
	m := &Maker{r: r, common: rand.NewZipf(r, 1.07, 2.7, vocabulary-1), known: rand.NewZipf(r, 1.05, 8, names-1),
		frames: map[string][]string{}, parts: map[string][]string{}, made: map[string][]Article{}}
	for _, row := range rows(frameRows) {
		m.frames[row[0]] = append(m.frames[row[0]], row[1])
	}
	for _, row := range rows(wordRows) {
		m.parts[row[0]] = strings.Split(row[1], "|")
	}
	m.syllables = rows(syllableRows)
	return m
}

func rows(table string) (out [][]string) {
	for line := range strings.Lines(table) {
		if line = strings.TrimRight(line, "\n"); line != "" && line[0] != '#' {
			out = append(out, strings.Split(line, "\t"))
		}
	}
	return out
}

// Next makes the next article, of so many sentences.
func (m *Maker) Next(sentences int) Article {
	m.n++
	lang := langs[m.n%len(langs)]
	a := Article{N: m.n, Lang: lang, Source: fmt.Sprintf("Paper %d", m.r.IntN(sources)+1),
		Published: fmt.Sprintf("%d-%02d-%02d", 2020+m.r.IntN(6), 1+m.r.IntN(12), 1+m.r.IntN(28))}
	if earlier := m.made[lang]; m.r.IntN(copyEvery) == 0 && len(earlier) > 0 {
		a.Text = m.copied(lang, earlier[m.r.IntN(len(earlier))].Text)
	} else {
		var b strings.Builder
		for range sentences {
			b.WriteString(m.sentence(lang))
			b.WriteByte('\n')
		}
		a.Text = b.String()
	}
	if m.made[lang] = append(m.made[lang], a); len(m.made[lang]) > 20 {
		m.made[lang] = m.made[lang][1:]
	}
	return a
}

// copied tells a text again with a few sentences changed, as papers do with what an agency sends.
func (m *Maker) copied(lang, text string) string {
	lines := strings.SplitAfter(strings.TrimSuffix(text, "\n"), "\n")
	for range 1 + len(lines)/12 {
		at := m.r.IntN(len(lines))
		lines[at] = m.sentence(lang) + "\n"
	}
	return strings.TrimSuffix(strings.Join(lines, ""), "\n") + "\n"
}

func (m *Maker) sentence(lang string) string {
	f := m.fact()
	frame := m.frames[lang][m.r.IntN(len(m.frames[lang]))]
	var b strings.Builder
	named := 0
	for {
		before, rest, found := strings.Cut(frame, "{")
		b.WriteString(before)
		if !found {
			return capital(b.String())
		}
		switch rest[0] {
		case 'w':
			b.WriteString(m.word(lang, int(m.common.Uint64())))
		case 'n':
			b.WriteString(m.name(lang, []int{f.who, f.where, int(m.known.Uint64())}[min(named, 2)]))
			named++
		case 'q':
			b.WriteString(strconv.Itoa(f.quantity))
		case 'd':
			b.WriteString(strconv.Itoa(f.day))
		case 'p':
			b.WriteString(strconv.Itoa(f.percent))
		case 'y':
			b.WriteString(strconv.Itoa(f.year))
		}
		frame = rest[2:]
	}
}

// fact is a new one, or one that was told before.
func (m *Maker) fact() fact {
	if len(m.facts) > 0 && m.r.IntN(100) < retoldPercent {
		return m.facts[m.r.IntN(len(m.facts))]
	}
	f := fact{who: int(m.known.Uint64()), where: int(m.known.Uint64()), quantity: 2 + m.r.IntN(20_000),
		year: 1950 + m.r.IntN(75), day: 1 + m.r.IntN(28), percent: 1 + m.r.IntN(98)}
	if m.facts = append(m.facts, f); len(m.facts) > remembered {
		m.facts = m.facts[1:]
	}
	return f
}

// word is the word of a rank: the more common, the shorter.
func (m *Maker) word(lang string, rank int) string {
	parts := m.parts[lang]
	n := len(parts)
	out := parts[rank%n]
	for rank /= n; ; rank /= n {
		out += parts[(rank*7+3)%n]
		if rank < n {
			return out
		}
	}
}

// name is the name of a number, in the script of a language.
func (m *Maker) name(lang string, number int) string {
	column := map[string]int{"en": 0, "ru": 1, "ar": 2, "fa": 3, "ja": 4}[lang]
	n := len(m.syllables)
	out := m.syllables[number%n][column] + m.syllables[(number/n*5+1)%n][column]
	if number >= n*n {
		out += m.syllables[(number/n/n*3+2)%n][column]
	}
	if lang == "en" || lang == "ru" {
		return capital(out)
	}
	return out
}

func capital(s string) string {
	for i, r := range s {
		if i > 0 {
			return strings.ToUpper(s[:i]) + s[i:]
		}
		_ = r
	}
	return s
}
