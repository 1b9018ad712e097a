package intake

import (
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"claimbench/internal/lang"
)

// originPhrase says whose words a text has: the name stands behind it, or before it.
type originPhrase struct {
	words, kind string
	before      bool
}

// originPhrases are those of all languages, from origins.tsv of their folders, the longest first.
var originPhrases = sync.OnceValue(func() []originPhrase {
	var all []originPhrase
	for _, r := range lang.Everywhere("origins") {
		for _, w := range r.Forms {
			all = append(all, originPhrase{strings.ToLower(w), r.Kind, r.Arg == "before"})
		}
	}
	slices.SortStableFunc(all, func(a, b originPhrase) int { return len(b.words) - len(a.words) })
	return all
})

// originAround is how many paragraphs at the beginning and at the end of a text may say whose words it has; a short one
// may anywhere.
const originAround = 5

// originOf finds the sentence that says whose words a text has: "translated from", "republished from". It is a proposal
// for a person. nil none says so.
func originOf(s string) *Origin {
	if len(s) > 1<<20 {
		s = cutRunes(s, 1<<18)
	}
	lines := slices.DeleteFunc(strings.Split(s, "\n"), func(l string) bool { return strings.TrimSpace(l) == "" })
	for i, line := range lines {
		if i >= originAround && i < len(lines)-originAround && len(line) > 400 {
			continue
		}
		line = strings.ToValidUTF8(cutRunes(line, 4000), "")
		for _, sentence := range roughSentences(line) {
			if o := originIn(sentence); o != nil {
				return o
			}
		}
	}
	return nil
}

// roughSentences cuts a line at full stops; an origin is said in a sentence without abbreviations for the most part.
func roughSentences(line string) []string {
	var all []string
	start := 0
	for i, r := range line {
		end := i + utf8.RuneLen(r)
		if r == '.' && strings.HasPrefix(line[end:], " ") || strings.ContainsRune("。؟!！？", r) {
			all = append(all, strings.TrimSpace(line[start:end]))
			start = end
		}
	}
	return append(all, strings.TrimSpace(line[start:]))
}

// originIn reads one sentence. What stands before the phrase is a few words only ("This article is"), or else it is a
// sentence that speaks of another text.
func originIn(sentence string) *Origin {
	if len(sentence) > 500 {
		return nil
	}
	small := strings.ToLower(sentence)
	if len(small) != len(sentence) {
		return nil
	}
	for _, p := range originPhrases() {
		at := strings.Index(small, p.words)
		if at < 0 || !wholeAt(small, at, len(p.words)) {
			continue
		}
		name := ""
		if p.before {
			name = nameBefore(sentence[:at])
			if len(strings.TrimSpace(strings.Trim(sentence[at+len(p.words):], "）)」』。.]】"))) > 12 {
				name = ""
			}
		} else if len(strings.Fields(sentence[:at])) <= 5 && utf8.RuneCountInString(sentence[:at]) <= 40 {
			name = nameBehind(sentence[at+len(p.words):])
		}
		if name != "" {
			return &Origin{Kind: p.kind, Name: name, Words: sentence}
		}
	}
	return nil
}

// wholeAt says that no letter carries on the phrase, in scripts that have spaces between words.
func wholeAt(s string, at, size int) bool {
	before, _ := utf8.DecodeLastRuneInString(s[:at])
	behind, _ := utf8.DecodeRuneInString(s[at+size:])
	first, _ := utf8.DecodeRuneInString(s[at:])
	if first >= 0x2e80 {
		return true
	}
	return !unicode.IsLetter(before) && !unicode.IsLetter(behind)
}

const openers, closers = "\"„“«‹「『《（(【[‘'", "\"“”»›」』》）)】]’'"

// nameBehind is the name that a phrase is followed by: what stands in quotation marks, or up to a mark or eight words.
func nameBehind(s string) string {
	s = strings.TrimLeft(s, " \u00a0:：-–—،,")
	r, size := utf8.DecodeRuneInString(s)
	if strings.ContainsRune(openers, r) {
		if end := strings.IndexAny(s[size:], closers); end > 0 {
			return trimName(s[size : size+end])
		}
		s = s[size:]
	}
	if end := strings.IndexAny(s, ".,;:؛،。、，；|()（）[]【】\n«“「『《"); end >= 0 {
		s = s[:end]
	}
	words := strings.Fields(s)
	return trimName(strings.Join(words[:min(len(words), 8)], " "))
}

// nameBefore is the name that a phrase follows: the last piece before it.
func nameBefore(s string) string {
	s = strings.TrimRight(s, " \u00a0")
	if at := strings.LastIndexAny(s, ".,;:؛،。、，；：|（(【[「『《※"); at >= 0 {
		_, size := utf8.DecodeRuneInString(s[at:])
		s = s[at+size:]
	}
	for _, lead := range []string{"本記事は", "この記事は", "本稿は", "この文章は", "本文", "文章", "本文是", "この記事"} {
		s = strings.TrimPrefix(s, lead)
	}
	return trimName(s)
}

// trimName is a name of something; "" where it begins in small letters, as "the report" does, or is too long.
func trimName(s string) string {
	s = strings.Trim(s, " \u00a0\"“”«»‹›「」『』《》（）()【】[]‘’'-–—")
	for _, article := range []string{"the ", "The ", "l’", "la ", "le ", "der ", "die ", "das ", "dem ", "el ",
		"an article in ",
		"an article by ", "an article from ", "un article de ", "un artículo de "} {
		s = strings.TrimPrefix(s, article)
	}
	r, _ := utf8.DecodeRuneInString(s)
	if !unicode.IsLetter(r) && !unicode.IsDigit(r) || unicode.IsLower(r) || sizeOf(s) > 120 || sizeOf(s) < 2 {
		return ""
	}
	return s
}
