package text

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/abadojack/whatlanggo"

	"claimbench/internal/lang"
)

// wordTable are the words and letters by which languages are told, read from words.tsv of their folders.
type wordTable struct {
	arabic map[string]arabicScriptWord // function words whose letters do not tell Persian from Arabic
	latin  []string                    // languages whose function words are known, by rank; English is the first
	words  map[string][]uint8          // function word → indexes of latin
	hints  map[string][]uint8          // frequent word, month, weekday, scale or thing counted, not English → the same
	shared map[string]bool             // words of other languages that English has too: die, war, come
	// Letters that one language of those we know has, or nearly one; the first that occurs twice, or with another of
	// its own, decides.
	telling []tellingLetter
	han     map[rune]int8 // 1 for forms of characters that only Japan writes, -1 for those of China
}

type tellingLetter struct{ lang, letters string }

// arabicScriptWord says how strongly a word speaks for Persian and for Arabic.
type arabicScriptWord struct{ fa, ar int }

// maxLatin is how many languages in Latin letters may have words.
const maxLatin = 64

var wordsOfLanguages = sync.OnceValue(func() *wordTable {
	t := &wordTable{arabic: map[string]arabicScriptWord{}, words: map[string][]uint8{}, han: map[rune]int8{}}
	ranked := map[string][]lang.Row{} // function words and letters, by language
	for p, r := range lang.Everywhere("words") {
		switch r.Kind {
		case "function", "letter":
			ranked[p.Code] = append(ranked[p.Code], r)
		case "arabicscript":
			weight, _ := strconv.Atoi(r.Arg)
			for _, w := range r.Forms {
				k := t.arabic[w]
				if p.Code == "fa" {
					k.fa = weight
				} else {
					k.ar = weight
				}
				t.arabic[w] = k
			}
		case "han":
			side := int8(1)
			if p.Code == "zh" {
				side = -1
			}
			for _, sign := range r.Forms {
				t.han[[]rune(sign)[0]] += side
			}
		}
	}
	t.rank(ranked)
	t.hint()
	t.shared = map[string]bool{}
	for _, w := range lang.Of("en").Words("words", "shared") {
		t.shared[w] = true
	}
	return t
})

// hint gathers the words of value that English does not share. In a line of a few words they tell as much as function
// words do: Mai, triliun, personas.
func (t *wordTable) hint() {
	t.hints = map[string][]uint8{}
	english := map[string]bool{}
	for _, r := range valueRows("en") {
		for _, w := range r.Forms {
			english[w] = true
		}
	}
	for i, code := range t.latin {
		for _, r := range valueRows(code) {
			switch r.Kind {
			case "month", "weekday", "scale", "time", "noun":
			default:
				continue
			}
			for _, w := range r.Forms {
				if code != "en" && len(w) >= minHint && !english[w] {
					t.addHint(w, i)
				}
			}
		}
		for _, w := range lang.Of(code).Words("words", "frequent") {
			t.addHint(w, i)
		}
	}
}

// addHint notes that a word speaks for language number i.
func (t *wordTable) addHint(w string, i int) {
	if !slices.Contains(t.hints[w], uint8(i)) && !slices.Contains(t.words[w], uint8(i)) {
		t.hints[w] = append(t.hints[w], uint8(i))
	}
}

func valueRows(code string) []lang.Row {
	p := lang.Of(code)
	return append(p.Rows("cldr"), p.Rows("values")...)
}

const (
	minHint   = 3  // bytes of the shortest word of value that tells a language
	maxHinted = 12 // words of the longest line that such words are counted in
)

// rank puts languages in the order that their rows ask for, which decides between languages that score alike.
func (t *wordTable) rank(rows map[string][]lang.Row) {
	type ranked struct {
		code  string
		order int
		row   lang.Row
	}
	var all []ranked
	for code, rs := range rows {
		for _, r := range rs {
			order, _ := strconv.Atoi(r.Arg)
			all = append(all, ranked{code, order, r})
		}
	}
	slices.SortFunc(all, func(a, b ranked) int {
		return cmp.Or(a.order-b.order, strings.Compare(a.code, b.code), strings.Compare(a.row.Kind, b.row.Kind))
	})
	for _, r := range all {
		if r.row.Kind == "letter" {
			t.telling = append(t.telling, tellingLetter{r.code, strings.Join(r.row.Forms, "")})
			continue
		}
		if len(t.latin) == maxLatin {
			panic("internal/lang: more than 64 languages have function words")
		}
		t.latin = append(t.latin, r.code)
		for _, w := range r.row.Forms {
			t.words[w] = append(t.words[w], uint8(len(t.latin)-1))
		}
	}
}

// arabicWords weighs the words of s for Persian and for Arabic.
func arabicWords(s string) (fa, ar int) {
	words := wordsOfLanguages().arabic
	for w := range strings.FieldsFuncSeq(s, notLetter) {
		if k, ok := words[w]; ok {
			fa, ar = fa+k.fa, ar+k.ar
			continue
		}
		if hasArticle(w) {
			ar += 2
		}
		if len(w) >= 8 && strings.HasSuffix(w, "ند") { // the third person plural of Persian verbs
			fa++
		}
	}
	if strings.ContainsRune(s, '\u200C') { // ZWNJ is hardly written in Arabic
		fa += 3
	}
	return fa, ar
}

// hasArticle reports the Arabic article: ال, alone or after و ب ف ك, or لل; two bytes a letter.
func hasArticle(w string) bool {
	switch {
	case len(w) > 8 && (strings.HasPrefix(w, "ال") || strings.HasPrefix(w, "لل")):
		return true
	case len(w) > 10 && strings.HasPrefix(w[2:], "ال"):
		switch w[:2] {
		case "و", "ب", "ف", "ك":
			return true
		}
	}
	return false
}

func notLetter(r rune) bool {
	if r < utf8.RuneSelf {
		return (r|0x20) < 'a' || (r|0x20) > 'z'
	}
	return !unicode.IsLetter(r) && !unicode.Is(unicode.Mn, r)
}

// notInWord is notLetter, but keeps the apostrophe of "it's" inside.
func notInWord(r rune) bool { return r != '\'' && r != '’' && notLetter(r) }

// hanForms counts the forms of characters that only Japan, and only China, writes, among the frequent ones.
func hanForms(s string) (ja, zh int) {
	forms := wordsOfLanguages().han
	for _, r := range s {
		switch forms[r] {
		case 1:
			ja++
		case -1:
			zh++
		}
	}
	return ja, zh
}

// latinScores counts the function words of s by language, and all its words.
func latinScores(s string) (scores [maxLatin]int, words int) {
	words = scoreWords(s, wordsOfLanguages().words, &scores)
	return scores, words
}

// scoreWords adds to the scores of the languages that have the words of s in a table, and gives how many words s has.
func scoreWords(s string, latinWords map[string][]uint8, scores *[maxLatin]int) (words int) {
	lower := make([]byte, 0, 32)
	for w := range strings.FieldsFuncSeq(s, notInWord) {
		words++
		if lower = lower[:0]; len(w) > 12 {
			continue
		}
		for i := 0; i < len(w); i++ {
			if b := w[i]; b >= utf8.RuneSelf {
				lower = append(lower[:0], strings.ToLower(w)...)
				break
			} else if b >= 'A' && b <= 'Z' {
				b |= 0x20
				lower = append(lower, b)
			} else {
				lower = append(lower, b)
			}
		}
		for _, i := range latinWords[string(lower)] {
			scores[i]++
		}
	}
	return words
}

// bestOther is the language but English that scores best.
func bestOther(scores *[maxLatin]int) (code string, best int) {
	for i, other := range wordsOfLanguages().latin {
		if i > 0 && scores[i] > best {
			code, best = other, scores[i]
		}
	}
	return code, best
}

// latinLanguage tells English from the others by function words; whatlanggo names the others. A short text that
// says nothing is taken for English, the likeliest in names, headlines and buttons.
func (p *profile) latinLanguage(s string) (string, bool) {
	scores, words := latinScores(s)
	if scores[0] < 2 && words <= maxHinted {
		scoreWords(s, wordsOfLanguages().hints, &scores)
	}
	own, best := bestOther(&scores)
	english := scores[0]
	if words > 12 && best <= 1 && english*12 < words { // none of the languages whose words are known
		if code, sure := guess(s, Undetermined); sure {
			return code, true
		}
		return Undetermined, false
	}
	if english <= best && english < 3 && foreignFigure(s) {
		return cmp.Or(own, Undetermined), best > english
	}
	if words <= maxHinted && p.marked > 0 && english > 0 && english >= best && onlyShared(s) {
		if code := cmp.Or(ownLetters(s, 1), fewWords(s)); code != "en" {
			return code, false
		}
	}
	if english > 0 && english >= best {
		return "en", true
	}
	if code := tellingLetters(s); code != "" && english < 2 && p.marked > 0 {
		return code, true
	}
	switch {
	case best > english+1, best > 0 && p.marked > 0:
		if words <= 3*maxHinted {
			own = oneOfBest(s, &scores, best)
		}
		if code, sure := guess(s, own); sure && knows(&scores, code) {
			return code, true
		}
		return own, true
	case english == 0 && best > 0 && words > 7: // no English sentence of eight words has none of its function words
		return own, false
	case words > 4:
		if code, sure := guess(s, "en"); sure && (p.marked > 0 || words > 8) {
			return code, true
		}
	}
	if english == 0 && words <= maxHinted {
		return fewWords(s), false
	}
	return "en", false
}

// fewWords tells the language of a line in which no word is English, by the words that English does not share with
// others; whatlanggo decides between languages that have the same number of them. One that says nothing is English.
func fewWords(s string) string {
	t := wordsOfLanguages()
	var scores [maxLatin]int
	for w := range strings.FieldsFuncSeq(s, notInWord) {
		w = strings.ToLower(w)
		if t.shared[w] {
			continue
		}
		for _, i := range t.words[w] {
			scores[i]++
		}
		for _, i := range t.hints[w] {
			scores[i]++
		}
	}
	_, best := bestOther(&scores)
	if best == 0 {
		return "en"
	}
	return oneOfBest(s, &scores, best)
}

// oneOfBest gives the language but English that scores best; of several whatlanggo chooses.
func oneOfBest(s string, scores *[maxLatin]int, best int) string {
	among := map[whatlanggo.Lang]bool{}
	first := ""
	for i, code := range wordsOfLanguages().latin {
		if i > 0 && scores[i] == best {
			first = cmp.Or(first, code)
			if l, ok := whatlangs()[code]; ok {
				among[l] = true
			}
		}
	}
	if len(among) > 1 {
		s = s[:runeStart(s, min(len(s), maxGuess))]
		info := whatlanggo.DetectWithOptions(s, whatlanggo.Options{Whitelist: among})
		first = cmp.Or(info.Lang.Iso6391(), first)
	}
	return first
}

// whatlangs are the languages of whatlanggo by their code of two letters.
var whatlangs = sync.OnceValue(func() map[string]whatlanggo.Lang {
	out := map[string]whatlanggo.Lang{}
	for l := range whatlanggo.Langs {
		out[l.Iso6391()] = l
	}
	return out
})

// foreignFigure says that s has a figure as English does not write it: thousands parted by a full stop, or decimals
// after a comma.
func foreignFigure(s string) bool {
	digits := func(i int) (n int) {
		for i+n < len(s) && s[i+n] >= '0' && s[i+n] <= '9' {
			n++
		}
		return n
	}
	for i := 0; i < len(s); i++ {
		n := digits(i)
		if n == 0 {
			continue
		}
		after := 0
		if i += n; i < len(s) {
			after = digits(i + 1)
		}
		if n > 3 || after == 0 {
			continue
		}
		end := i + 1 + after
		alone := end == len(s) || s[end] != ',' && s[end] != '.' || end+1 == len(s) || digits(end+1) == 0
		if alone && (s[i] == '.' && after == 3 && s[i-n] != '0' || s[i] == ',' && after < 3) {
			return true
		}
	}
	return false
}

// onlyShared says whether every English function word of s is a word of other languages too: do, on, a.
func onlyShared(s string) bool {
	t := wordsOfLanguages()
	for w := range strings.FieldsFuncSeq(s, notInWord) {
		if w = strings.ToLower(w); !t.shared[w] && slices.Contains(t.words[w], 0) {
			return false
		}
	}
	return true
}

func tellingLetters(s string) string { return ownLetters(s, 2) }

// ownLetters gives the language of which s has at least so many of its own letters.
func ownLetters(s string, least int) string {
	for _, t := range wordsOfLanguages().telling {
		n := 0
		for _, r := range s {
			if r >= utf8.RuneSelf && strings.ContainsRune(t.letters, r) {
				if n++; n >= least {
					return t.lang
				}
			}
		}
	}
	return ""
}

// knows reports that some of the words counted are of lang.
func knows(scores *[maxLatin]int, code string) bool {
	for i, other := range wordsOfLanguages().latin {
		if other == code {
			return scores[i] > 0
		}
	}
	return false
}

// latinSentence is latinLanguage for a sentence in a text of another script, quickly: by function words alone.
func (p *profile) latinSentence(s string) string {
	scores, _ := latinScores(s[:runeStart(s, min(len(s), 256))])
	if own, best := bestOther(&scores); best > scores[0]+1 || best > scores[0] && p.marked > 0 {
		return own
	}
	return "en"
}

// maxGuess is how many bytes whatlanggo is shown; its time grows faster than its certainty.
const maxGuess = 1 << 10

// guess asks whatlanggo, and gives fallback when that is not sure.
func guess(s, fallback string) (string, bool) {
	info := whatlanggo.Detect(s[:runeStart(s, min(len(s), maxGuess))])
	if code := info.Lang.Iso6391(); code != "" && info.IsReliable() {
		return code, true
	}
	if fallback == Undetermined {
		if code := info.Lang.Iso6391(); code != "" {
			return code, false
		}
	}
	return fallback, false
}

// otherLanguage names the languages of other scripts; of the Slavic ones Russian is the likeliest in a short text
// without the letters of its neighbours.
func otherLanguage(s string) (string, bool) {
	if strings.Count(s, "ъ") > 1 && !strings.ContainsAny(s, "ыэёѝ") { // a vowel of Bulgarian; a rare sign in Russian
		return "bg", true
	}
	if strings.ContainsAny(s, "іїєґ") && !strings.ContainsAny(s, "ыэёўъқәғұң") {
		return "uk", true
	}
	if code, sure := guess(s, Undetermined); code == "bh" || (code == "ne" || code == "mr") && !sure {
		return "hi", true // what whatlanggo takes for Bihari is Hindi far oftener
	} else if sure || !strings.ContainsAny(s, "аеиору") {
		return code, sure
	}
	switch {
	case strings.ContainsAny(s, "јљњђћ"):
		return "sr", true
	}
	return "ru", strings.ContainsAny(s, "ыэё")
}
