package value

import "unicode"

func isBlank(r rune) bool {
	switch {
	case r == ' ' || r >= '\t' && r <= '\r' || r == 0xA0 || r == 0x3000:
		return true
	case r >= 0x2000 && r <= 0x200A, r == 0x2028, r == 0x2029, r == 0x202F, r == 0x205F, r == 0x1680, r == 0x85:
		return true
	}
	return false
}

// isControl is true for the invisible format characters that stand between tokens and mean nothing there.
func isControl(r rune) bool {
	return r >= 0x200B && r <= 0x200F || r >= 0x202A && r <= 0x202E || r >= 0x2060 && r <= 0x2069 || r == 0xFEFF ||
		r == 0x61C || r == 0xAD
}

func isDigit(r rune) bool {
	switch {
	case r < 0x80:
		return r >= '0' && r <= '9'
	case r >= 0x660 && r <= 0x669, r >= 0x6F0 && r <= 0x6F9, r >= 0xFF10 && r <= 0xFF19:
		return true
	case r >= 0x900 && r < 0x1000 || r >= 0x17E0 && r < 0x1820:
		return unicode.Is(unicode.Nd, r)
	}
	return false
}

// digitOf gives the value of a digit of any writing.
func digitOf(r rune) int {
	switch {
	case r < 0x80:
		return int(r - '0')
	case r >= 0x6F0 && r <= 0x6F9:
		return int(r - 0x6F0)
	case r >= 0x660 && r <= 0x669:
		return int(r - 0x660)
	case r >= 0xFF10 && r <= 0xFF19:
		return int(r - 0xFF10)
	}
	// Every other block of decimal digits starts at a multiple of 16 plus 0 or 6 (Unicode, Nd).
	if r&0xF >= 6 {
		return int(r&0xF - 6)
	}
	return int(r & 0xF)
}

func isCJK(r rune) bool {
	switch {
	case r < 0x3005:
		return false
	case r <= 0x3007, r >= 0x3041 && r <= 0x3096, r >= 0x30A1 && r <= 0x30FF, r >= 0x3400 && r <= 0x4DBF, r >= 0x4E00 &&
		r <= 0x9FFF:
		return true
	case r >= 0xF900 && r <= 0xFAFF, r >= 0xFF66 && r <= 0xFF9F, r >= 0x20000 && r <= 0x3FFFF:
		return true
	}
	return false
}

// isKanaMark is true for marks that belong to the run they follow: ー and the middle dot between katakana.
func isKanaMark(r rune) bool { return r == 'ー' || r == 'ｰ' || r == '・' || r == '･' }

func writingOf(r rune) writing {
	switch {
	case r < 0x250, r >= 0x1E00 && r < 0x1F00, r >= 0xFF21 && r <= 0xFF5A:
		return writingLatin
	case r >= 0x600 && r < 0x780, r >= 0x8A0 && r < 0x900, r >= 0xFB50 && r < 0xFDFF, r >= 0xFE70 && r < 0xFEFF:
		return writingArabic
	case r >= 0x3041 && r <= 0x3096:
		return writingHiragana
	case r >= 0x30A1 && r <= 0x30FF, r >= 0xFF66 && r <= 0xFF9F:
		return writingKatakana
	case isCJK(r):
		return writingHan
	}
	return writingOther
}

func isCyrillic(r rune) bool { return r >= 0x400 && r < 0x530 }

func isApostrophe(r rune) bool { return r == '\'' || r == '’' || r == 'ʼ' }

// isGershayim is true for the sign before the last letter of a Hebrew abbreviation, and for the quotation marks that
// are typed for it.
func isGershayim(r rune) bool { return r == '״' || r == '"' || r == '”' || r == '“' }

func isHebrew(r rune) bool { return r >= 0x5D0 && r <= 0x5EA }

// finalHebrew says that r[i] is a Hebrew letter and the last of its word.
func finalHebrew(r []rune, i int) bool {
	return i < len(r) && isHebrew(r[i]) && isHebrew(r[i-2]) && (i+1 == len(r) || !isWordLetter(r[i+1]))
}

func isMark(r rune) bool {
	switch {
	case r < 0x300:
		return false
	case r < 0x370, r >= 0x64B && r <= 0x65F, r == 0x670, r >= 0x6D6 && r <= 0x6ED && r != 0x6DD && r != 0x6E5 &&
		r != 0x6E6 && r != 0x6E9, r == 0x640:
		return true
	case r >= 0x900 && r < 0xE00: // vowel signs of India, of which many are not Mn
		return unicode.Is(unicode.M, r)
	case r >= 0x483:
		return unicode.Is(unicode.Mn, r)
	}
	return false
}

// isPlainLetter is a quick yes for the commonest letters: ASCII and the basic Arabic block.
func isPlainLetter(r rune) bool {
	return r|0x20 >= 'a' && r|0x20 <= 'z' || r >= 0x620 && r <= 0x64A && r != 0x640
}

func isWordLetter(r rune) bool {
	if r < 0x80 {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
	}
	if r >= 0x620 && r <= 0x64A || r >= 0x671 && r <= 0x6D3 {
		return true
	}
	return unicode.IsLetter(r) || isMark(r)
}

// appendFolded adds the folded form of r to b: what Fold does, one rune at a time, for words that are looked up in
// tables folded the same way. Beyond Fold it takes the seats of hamza away, for they are often left out.
func appendFolded(b []byte, r rune) []byte {
	switch {
	case r < 0x80:
		if r >= 'A' && r <= 'Z' {
			r += 'a' - 'A'
		}
		return append(b, byte(r))
	case r < 0x620 || r > 0x6D5 || r >= 0x64B && r <= 0x670 || r == 0x640:
		if r >= 0x900 && r < 0xE00 {
			return appendIndic(b, r)
		}
		if isMark(r) || r == zwnj {
			return b
		}
	}
	switch {
	case r >= 0x620 && r <= 0x6D5:
		switch r {
		case 'أ', 'إ', 'آ', 'ٱ':
			r = 'ا'
		case 'ي', 'ى', 'ئ':
			r = 'ی'
		case 'ك':
			r = 'ک'
		case 'ة', 'ۀ', 'ە', 'ۂ':
			r = 'ه'
		case 'ؤ':
			r = 'و'
		}
		return append(b, 0xC0|byte(r>>6), 0x80|byte(r&0x3F))
	case r >= 0xFF01 && r <= 0xFF5E:
		return appendFolded(b, r-0xFF01+'!')
	}
	return appendRune(b, unicode.ToLower(r))
}

// appendIndic keeps the vowel signs of India, which are letters to a reader; the dot below, which many leave out, goes,
// and the two signs of a nasal vowel are one.
func appendIndic(b []byte, r rune) []byte {
	switch {
	case r == 0x93C:
		return b
	case r == 0x901:
		r = 0x902
	case r >= 0x958 && r <= 0x95F: // letters with the dot in one code point
		r = [...]rune{0x915, 0x916, 0x917, 0x91C, 0x921, 0x922, 0x92B, 0x92F}[r-0x958]
	}
	return appendRune(b, r)
}

func appendRune(b []byte, r rune) []byte { return append(b, string(r)...) }

// foldWord folds a table's word as the scan folds the text's.
func foldWord(s string) string {
	b := make([]byte, 0, len(s))
	last := rune(0)
	for _, r := range s {
		if isCyrillic(last) && isApostrophe(r) || isHebrew(last) && isGershayim(r) {
			continue
		}
		last = r
		b = appendFolded(b, r)
	}
	return string(b)
}
