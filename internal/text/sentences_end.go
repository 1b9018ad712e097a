package text

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// ends decides whether the run ends a sentence that began at start; next is where the next one would begin.
func (c *cutter) ends(t *terminatorRun, start, next, end int) bool {
	gap := next > t.end
	n, _ := utf8.DecodeRuneInString(c.raw[next:])
	p, _ := utf8.DecodeLastRuneInString(c.raw[start:t.at])
	if carriesOn(n) && (gap || n != '*') {
		return false
	}
	switch {
	case t.dots > 1:
		return c.ellipsisEnds(t, gap, p, n, next, end)
	case t.mark == markFull:
		return c.fullEnds(t, start, gap, n, next)
	case t.mark == markShout:
		return c.shoutEnds(t, start, gap, p, n, next, end)
	}
	return c.stopEnds(t, start, gap, p, n, next, end)
}

// carriesOn reports punctuation that no sentence begins with.
func carriesOn(r rune) bool {
	switch r {
	case ',', ';', ':', '،', '؛', '、', '，', '；', '：', ')', ']', '}', '」', '』', '）', '】', '»', '”', '%', '/', '=':
		return true
	}
	return false
}

// fullEnds judges 。 ؟ ۔ and their kin, which need no space after them.
func (c *cutter) fullEnds(t *terminatorRun, start int, gap bool, n rune, next int) bool {
	if t.closers > 0 && isKanaOrHan(n) && !gap {
		return c.afterQuotation(t, start, n, next)
	}
	if !c.off.NoNextWord && c.raw[t.at] == 0xD8 && coordinates(c.raw[next:]) {
		return false
	}
	return gap || !c.off.NoGlued || c.raw[t.at] >= 0xE3
}

// coordinates reports the "or" of Arabic and Persian, which after ؟ carries the question on.
func coordinates(s string) bool {
	return strings.HasPrefix(s, "أو ") || strings.HasPrefix(s, "أم ") || strings.HasPrefix(s, "یا ")
}

// afterQuotation judges what follows 。」 without a space: a particle carries the sentence on; after a quotation that
// the sentence began with, anything else begins a new one; inside one, 「…。」 is a name or a quoted object.
func (c *cutter) afterQuotation(t *terminatorRun, start int, n rune, next int) bool {
	if c.off.NoQuotative {
		return true
	}
	if isHiragana(n) {
		return beginsAnew(c.raw[next:])
	}
	if t.closed >= 0 { // 他说：“…。” is whole at the closing mark
		switch before, _ := utf8.DecodeLastRuneInString(c.raw[:c.marks[t.closed].at]); before {
		case '：', ':', '，', ',':
			return !carriesChinese(c.raw[next:])
		}
	}
	return t.closed >= 0 && c.marks[t.closed].at == start
}

// beginsAnew reports Japanese words in kana that only begin a sentence: 「必ず勝つ！」その後、…
func beginsAnew(s string) bool {
	for _, w := range []string{"その後、", "それから、", "そして、", "しかし、", "だが、", "さらに、", "このため、", "その夜、",
		"その日、", "ところが、"} {
		if strings.HasPrefix(s, w) {
			return true
		}
	}
	return false
}

// carriesChinese reports words that go on with the speaker of a quotation: “…。”然后走了。
// With a subject of its own it is another sentence: “…。”然后他走了。
func carriesChinese(s string) bool {
	for _, w := range []string{"然后", "然後", "后来", "後來"} {
		if rest, ok := strings.CutPrefix(s, w); ok && (strings.HasPrefix(rest, "他") || strings.HasPrefix(rest, "她") ||
			strings.HasPrefix(rest, "它") || strings.HasPrefix(rest, "，")) {
			return false
		}
	}
	for _, w := range []string{"然后", "然後", "并", "並", "后来", "就", "说", "說", "道", "的", "这", "這"} {
		if strings.HasPrefix(s, w) {
			return true
		}
	}
	return false
}

// shoutEnds judges ! and ?.
func (c *cutter) shoutEnds(t *terminatorRun, start int, gap bool, p, n rune, next, end int) bool {
	switch {
	case t.closers > 0 && !gap && isKanaOrHan(n):
		return c.afterQuotation(t, start, n, next)
	case isKanaOrHan(n) && !gap:
		// "Yahoo!ニュース" is a name.
		return !c.off.NoGlued && (c.raw[t.at] >= utf8.RuneSelf || p >= utf8.RuneSelf) &&
			!particleFollows(c.raw[next:end])
	case !gap && isKanaOrHan(p):
		return !c.off.NoGlued && (unicode.IsDigit(n) || unicode.IsLetter(n))
	case !gap:
		return !c.off.NoGlued && isArabicLetter(p) && isArabicLetter(n)
	case unicode.IsLower(n):
		return c.lowerBegins(t)
	}
	return true
}

// particleFollows reports a Japanese particle that cannot begin a sentence: after it the ! or ? belongs to a name.
func particleFollows(s string) bool {
	r, size := utf8.DecodeRuneInString(s)
	switch r {
	case 'を', 'の', 'と', 'に', 'が', 'へ':
		n, _ := utf8.DecodeRuneInString(s[size:])
		return n != '、' && (r == 'を' || r == 'の' || !isHiragana(n) || r == 'と')
	}
	return false
}

// ellipsisEnds judges ".." "..." and "…": they end a sentence only where a clear beginning follows.
func (c *cutter) ellipsisEnds(t *terminatorRun, gap bool, p, n rune, next, end int) bool {
	switch {
	case c.off.NoEllipsis:
		return gap
	case !gap && isKanaOrHan(p):
		return !c.off.NoGlued && isFinalForm(c.raw[max(0, t.at-15):t.at]) && beginsJapanese(c.raw[next:end])
	case !gap, t.quoted && isSpace(p): // "word … word" in a quotation leaves words out
		return false
	case t.closers == 0 && isArabicLetter(p) && isArabicLetter(n):
		return t.dots > 3 || persianSubject(c.raw[next:end])
	case unicode.IsUpper(n):
		return t.dots > 3 || !c.ordinaryName(next, end) || starters()[c.word(next, end)]
	}
	return t.dots > 3 && !unicode.IsLower(n)
}

// persianSubject reports words after an ellipsis that go on with what is new: three or more, the first of them no
// conjunction, preposition or particle. What trails off must not be read together with it.
func persianSubject(s string) bool {
	words := strings.Fields(s[:min(len(s), 400)])
	if len(words) < 3 || strings.HasPrefix(words[0], "می\u200c") || strings.HasPrefix(words[0], "و") &&
		!strings.HasPrefix(words[0], "وز") {
		return false
	}
	return !slices.Contains(persianJoins, words[0])
}

// persianJoins carry a sentence on behind an ellipsis.
var persianJoins = strings.Fields("که و یا تا اما ولی بلکه از به در با بر برای را هم نیز یعنی چون زیرا اگر مثل مانند " +
	"است بود شد کرد نیست همین همان و... أو أم أن إن ثم لكن بل في من إلى على عن")

// isFinalForm reports Japanese text that ends in a predicate's closing form.
func isFinalForm(s string) bool {
	for _, f := range []string{"です", "ます", "した", "せん", "すね", "すよ", "たね", "たよ", "だね", "だよ", "った", "ない", "である", "しょう",
		"ださい"} {
		if strings.HasSuffix(s, f) {
			return true
		}
	}
	return false
}

// beginsJapanese reports text that begins with no particle or ending, which would carry the sentence on.
func beginsJapanese(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	switch r {
	case 'が', 'け', 'の', 'と', 'に', 'を', 'は', 'も', 'へ', 'か', 'ね', 'よ', 'な', 'っ', 'く':
		return false
	case 'で', 'し':
		return strings.HasPrefix(s, "でも") || strings.HasPrefix(s, "しか")
	}
	return isKanaOrHan(r) || unicode.IsLetter(r) || unicode.IsDigit(r) || markOf(r) == markOpen
}

// lowerBegins reports whether a lower-case letter may begin a sentence here: in texts whose writer uses no capitals.
func (c *cutter) lowerBegins(t *terminatorRun) bool {
	if c.off.NoNextWord {
		return true
	}
	if c.careless == 0 {
		c.careless = 1
		if careless(c.raw) {
			c.careless = 2
		}
	}
	return c.careless == 2
}

// careless reports a text that begins its sentences with lower-case letters, judged by its first thousands of bytes.
func careless(s string) bool {
	s = s[:min(len(s), 8<<10)]
	upper, lower := 0, 0
	for i := 0; i+2 < len(s); i++ {
		if (s[i] == '.' || s[i] == '?' || s[i] == '!') && s[i+1] == ' ' {
			switch b := s[i+2]; {
			case b >= 'a' && b <= 'z':
				lower++
			case b >= 'A' && b <= 'Z':
				upper++
			}
		}
	}
	if s != "" && s[0] >= 'a' && s[0] <= 'z' {
		lower++
	}
	return lower > upper
}

func isKanaOrHan(r rune) bool {
	return r >= 0x3041 && r <= 0x30FF || r >= 0x3400 && r <= 0x9FFF || r == '々' || r == '〇' ||
		r >= 0xFA0E && r <= 0xFA29 || r >= 0x20000 && r <= 0x3FFFF
}

func isHiragana(r rune) bool { return r >= 0x3041 && r <= 0x309F }

func isArabicLetter(r rune) bool {
	return r >= 0x620 && r <= 0x6D5 && r != 0x6D4 && (r < 0x660 || r > 0x66D)
}
