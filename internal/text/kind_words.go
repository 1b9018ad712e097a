package text

import (
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"claimbench/internal/lang"
)

// Words of site furniture, read from kinds.tsv of the folders of all languages. They are conventions of the trade, not
// of any one article.
var (
	// At the beginning of a line: a link to another article.
	linkPhrases = phrasesOf("link")
	// At the beginning of a line, with a colon or a slash behind: a caption.
	captionLabels = phrasesOf("caption")
	// At the beginning of a line: whose the picture is.
	pictureLabels = phrasesOf("picture")
	// In a sentence near the top or the bottom: subscription, rights, buttons.
	furniturePhrases = sync.OnceValue(func() []string { return kindWords("furniture") })
	// A line that is nothing but one of these, or begins with one and a colon: whence the text is.
	sourceLabels = sync.OnceValue(func() []string { return kindWords("source") })
	// At the beginning of a paragraph of one sentence: it announces what follows.
	announcements = phrasesOf("announce")
)

// phrasesOf makes the set of a kind when a text is first cut into kinds.
func phrasesOf(kind string) func() *phraseSet {
	return sync.OnceValue(func() *phraseSet { return newPhraseSet(kindWords(kind)) })
}

// kindWords gives the words of a kind in all languages.
func kindWords(kind string) []string {
	var out []string
	for _, r := range lang.Everywhere("kinds") {
		if r.Kind == kind {
			out = append(out, r.Forms...)
		}
	}
	return out
}

// phraseSet finds phrases at the beginning of a text, case ignored. Its filter is by the first three bytes, ASCII
// letters in one case.
type phraseSet struct {
	phrases []string
	filter  [1 << 10]bool
}

func newPhraseSet(phrases []string) *phraseSet {
	slices.SortStableFunc(phrases, func(a, b string) int { return len(b) - len(a) }) // the longest decides
	p := &phraseSet{phrases: phrases}
	for _, s := range phrases {
		p.filter[prefixHash(s)] = true
	}
	return p
}

func prefixHash(s string) uint32 {
	return ((uint32(s[0]) | uint32(s[1])<<8 | uint32(s[2])<<16) | 0x202020) * 2654435761 >> 22
}

// at gives what follows the phrase that s begins with.
func (p *phraseSet) at(s string) (rest string, ok bool) {
	if len(s) < 3 || !p.filter[prefixHash(s)] {
		return "", false
	}
	for _, q := range p.phrases {
		if beginsWith(s, q) {
			r, _ := utf8.DecodeRuneInString(s[len(q):])
			// The phrase is whole: no letter of a spaced script carries it on.
			if !unicode.IsLetter(r) || isKanaOrHan(r) {
				return s[len(q):], true
			}
		}
	}
	return "", false
}

// beginsWith ignores case, which only phrases in Latin script have.
func beginsWith(s, phrase string) bool {
	if len(s) < len(phrase) {
		return false
	}
	return s[:len(phrase)] == phrase || phrase[0] < utf8.RuneSelf && strings.EqualFold(s[:len(phrase)], phrase)
}

// label is at, for a phrase with a colon or its like behind it, a number between them allowed.
func (p *phraseSet) label(s string) bool {
	rest, ok := p.at(s)
	if !ok {
		return false
	}
	switch r, _ := utf8.DecodeRuneInString(strings.TrimLeft(rest, " 0123456789")); r {
	case ':', '：', '／', '|', '｜', '＝', '=', ',', '،', '、':
		return true
	}
	return false
}

// begins is at, for those who do not care what follows.
func (p *phraseSet) begins(s string) bool {
	_, ok := p.at(s)
	return ok
}

// isBareAddress reports a line that is nothing but a URL, an e-mail address or a handle.
func isBareAddress(s string) bool {
	if strings.ContainsAny(s, " \t") {
		return false
	}
	if isAddress(s) {
		return true
	}
	at := strings.IndexByte(s, '@')
	return at == 0 && len(s) > 1 || at > 0 && strings.IndexByte(s[at:], '.') > 0 && s[0] < utf8.RuneSelf
}

// isTags reports a line without a letter or digit, and one of nothing but hashtags, two or more.
func isTags(s string) bool {
	words := strings.Fields(s)
	for _, w := range words {
		if strings.ContainsFunc(w, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) &&
			(w[0] != '#' || len(words) < 2) {
			return false
		}
	}
	return true
}

// isShortcode reports "[ad_1]" and what else a publishing program leaves in square brackets.
func isShortcode(s string) bool {
	if len(s) < 3 || s[0] != '[' || s[len(s)-1] != ']' {
		return false
	}
	for i := 1; i < len(s)-1; i++ {
		b := s[i]
		if b >= utf8.RuneSelf || b == ']' {
			return false
		}
	}
	return strings.ContainsAny(s, "_=/") || !strings.Contains(s, " ")
}

// isCredit reports who made a picture: "(© NAME via AGENCY)", "NAME / AGENCY".
func isCredit(s string) bool {
	if len(s) > 200 {
		return false
	}
	t := strings.TrimLeft(s, "([（［【")
	switch {
	case strings.HasPrefix(t, "©"), strings.HasPrefix(t, "(c)"):
		return true
	case countWords(s) > 10 || endsInTerminator(s) && !strings.HasSuffix(s, ")"):
		return false
	case strings.Contains(s, " / "), strings.Contains(s, "©"), strings.Contains(s, "Getty Images"),
		strings.Contains(s, "／"), inBrackets(s) && strings.Contains(s, "/"):
		return true
	}
	return false
}

// furniture marks the sentences at the top and the bottom that belong to the site.
func (k *kinder) furniture() {
	for i := range k.lines {
		if i >= edgeLines && i < len(k.lines)-edgeLines {
			continue
		}
		l := &k.lines[i]
		switch kind := k.out[l.first].Kind; {
		case l.first == l.last && !l.term && l.words() <= captionWords && isLabelLine(l.s):
			k.out[l.first].Kind = KindBoilerplate
		case len(l.s) < 2*phraseBytes && kind != KindLink && kind != KindTitle:
			k.phrases(l, i >= len(k.lines)-edgeLines/2)
		}
	}
}

// phrases marks the sentences of a line that hold a furniture phrase: those with a share left to read, short ones, and
// at the end of the article also longer ones.
func (k *kinder) phrases(l *textLine, end bool) {
	hit := l.first < l.last && strings.HasPrefix(l.s, "©")
	for n := l.first; n <= l.last; n++ {
		s := k.text(n)
		if len(s) > 240 || !hasFurniturePhrase(s) {
			hit = false
			continue
		}
		if words := countWords(s); hit || strings.Contains(s, "%") || end && words <= headingWords ||
			words <= 2*bylineWords {
			k.out[n].Kind, hit = KindBoilerplate, true
		}
	}
}

// bottom marks short lines without a full stop that nothing of the article follows: tags, buttons, signatures.
func (k *kinder) bottom() {
	for i := len(k.lines) - 1; i > 0; i-- {
		l := &k.lines[i]
		kind := k.out[l.first].Kind
		switch {
		case kind == KindBoilerplate || kind == KindLink:
		case l.first == l.last && !l.term && l.words() <= labelWords && kind == KindHeading:
			k.out[l.first].Kind = KindBoilerplate
		default:
			return
		}
	}
}

// isLabelLine reports a line that is one of the source labels, alone or with a colon and little behind it.
func isLabelLine(s string) bool {
	for _, p := range sourceLabels() {
		if len(s) < len(p) || !strings.EqualFold(s[:len(p)], p) {
			continue
		}
		rest := s[len(p):]
		if r, _ := utf8.DecodeRuneInString(rest); rest == "" || r == ':' || r == '：' || r == '=' || r == '＝' ||
			r == '/' || r == '／' {
			return true
		}
		if (p == "by" || p == "reporting by" || p == "editing by" || p == "بقلم" || p == "كتب") &&
			strings.HasPrefix(rest, " ") {
			return true
		}
	}
	return false
}

// phraseFilter says of the four bytes that a phrase begins with, ASCII letters in one case, whether to look closer.
var phraseFilter = sync.OnceValue(func() *[1 << 12]bool {
	t := new([1 << 12]bool)
	for _, p := range furniturePhrases() {
		t[phraseHash(p, 0)] = true
	}
	return t
})

func phraseHash(s string, i int) uint32 {
	w := uint32(s[i]) | uint32(s[i+1])<<8 | uint32(s[i+2])<<16 | uint32(s[i+3])<<24
	return (w | 0x20202020) * 2654435761 >> 20
}

// hasFurniturePhrase reports that s holds one of the furniture phrases, case ignored.
func hasFurniturePhrase(s string) bool {
	filter := phraseFilter()
	for i := 0; i+4 <= len(s); i++ {
		if !filter[phraseHash(s, i)] {
			continue
		}
		for _, p := range furniturePhrases() {
			if beginsWith(s[i:], p) {
				return true
			}
		}
	}
	return false
}
