package match

import (
	"unicode"
	"unicode/utf8"
)

// script is the writing system of one token.
type script uint8

const (
	scriptOther script = iota
	scriptLatin
	scriptArabic
	scriptKatakana
	scriptHan // kanji and hiragana, which have no spaces between words
	scriptDigits
	scriptCyrillic
	scriptGreek
	scriptHebrew
	scriptDevanagari
	scriptHangul
)

const (
	zwnj     = '\u200c'
	chouon   = 'ー'
	tatweel  = 'ـ'
	kanaDots = '・'
)

// token is a stretch of a text, in bytes, written in one script.
type token struct {
	start, end int
	script     script
}

// scan cuts text into tokens. Letters and digits that are glued together are parted, except inside a Latin token
// (APT31). Katakana runs are tokens of their own; runs of kanji and hiragana are cut later, by the lexicon.
func scan(text string, toks []token) []token {
	open := false
	for i := 0; i < len(text); {
		r, size := rune(text[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(text[i:])
		}
		s, part := classify(r)
		switch {
		case part && open && glues(text, i+size, r, toks[len(toks)-1].script):
			toks[len(toks)-1].end = i + size
		case part || s == scriptOther && !unicode.IsLetter(r):
			open = false
		case open && joins(toks[len(toks)-1].script, s) && !partsTag(text, toks[len(toks)-1], i, r):
			toks[len(toks)-1].end = i + size
		default:
			toks = append(toks, token{i, i + size, s})
			open = true
		}
		i += size
	}
	return toks
}

// partsTag says whether a new word begins at i inside a hashtag or a handle, as in #PizzaVendingMachine and @SixFlags2:
// at a capital after a small letter, and at the first digit.
func partsTag(text string, t token, i int, r rune) bool {
	if t.script != scriptLatin || i == t.start {
		return false
	}
	begin := t.start
	for begin > 0 && isTagByte(text[begin-1]) {
		begin--
	}
	if begin == 0 || text[begin-1] != '#' && text[begin-1] != '@' {
		return false
	}
	before := text[i-1]
	return unicode.IsUpper(r) && before >= 'a' && before <= 'z' ||
		unicode.IsDigit(r) && (before < '0' || before > '9')
}

// isTagByte says whether a byte may stand inside a hashtag or a handle of Latin letters.
func isTagByte(b byte) bool {
	return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' || b == '_'
}

// joins says whether a character of script s continues a token of script t.
func joins(t, s script) bool {
	return t == s || t == scriptLatin && s == scriptDigits
}

// glues says whether r, which is no letter, stays inside the token before it; next is where the text goes on.
func glues(text string, next int, r rune, t script) bool {
	if unicode.Is(unicode.M, r) || r == tatweel || r == chouon {
		return t != scriptDigits
	}
	after, _ := utf8.DecodeRuneInString(text[next:])
	s, _ := classify(after)
	switch t {
	case scriptArabic:
		return r == zwnj && s == scriptArabic
	case scriptDigits:
		return isNumberPoint(r) && s == scriptDigits
	}
	return false
}

// isNumberPoint says whether r may stand between the digits of one number.
func isNumberPoint(r rune) bool {
	switch r {
	case '.', ',', '٫', '٬', '،', '’', '，', '．':
		return true
	}
	return false
}

// classify gives the script of a letter or digit; part is true for what may lie inside a token but starts none.
func classify(r rune) (s script, part bool) {
	switch {
	case r < 0x80:
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z':
			return scriptLatin, false
		case r >= '0' && r <= '9':
			return scriptDigits, false
		}
		return scriptOther, r == '.' || r == ','
	case r >= 0xC0 && r <= 0x24F && r != 0xD7 && r != 0xF7, r >= 0x1E00 && r <= 0x1EFF:
		return scriptLatin, false
	case r >= '٠' && r <= '٩', r >= '۰' && r <= '۹', r >= '０' && r <= '９':
		return scriptDigits, false
	case r >= 0x0620 && r <= 0x063F, r >= 0x0641 && r <= 0x064A, r >= 0x0671 && r <= 0x06D3:
		return scriptArabic, false
	case r == tatweel || r == zwnj || isNumberPoint(r) || unicode.Is(unicode.M, r):
		return scriptOther, true
	case r >= 0x06D4 && r <= 0x06FF && unicode.IsLetter(r), r >= 0x0750 && r <= 0x077F, r >= 0xFB50 && r <= 0xFEFC:
		return scriptArabic, false
	case r == kanaDots:
		return scriptOther, false
	case r >= 0x30A1 && r <= 0x30FF, r >= 0xFF66 && r <= 0xFF9D:
		return scriptKatakana, false
	case r >= 0x3041 && r <= 0x309F, r >= 0x3400 && r <= 0x9FFF, r == '々', r == '〇', r >= 0x20000 && r <= 0x3FFFF:
		return scriptHan, false
	case r >= 'Ａ' && r <= 'Ｚ', r >= 'ａ' && r <= 'ｚ':
		return scriptLatin, false
	}
	return alphabet(r), false
}

// alphabet gives the script of a letter of the scripts that are met less often.
func alphabet(r rune) script {
	switch {
	case r >= 0x0400 && r <= 0x052F:
		return scriptCyrillic
	case r >= 0x0370 && r <= 0x03FF && unicode.IsLetter(r), r >= 0x1F00 && r <= 0x1FFF && unicode.IsLetter(r):
		return scriptGreek
	case r >= 0x05D0 && r <= 0x05F2:
		return scriptHebrew
	case r >= 0x0900 && r <= 0x0963, r >= 0x0971 && r <= 0x097F:
		return scriptDevanagari
	case r >= 0xAC00 && r <= 0xD7A3:
		return scriptHangul
	}
	return scriptOther
}
