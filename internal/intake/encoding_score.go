package intake

import (
	"bytes"
	"slices"
	"strings"
	"unicode"

	"claimbench/internal/text"
)

// sample is how many bytes of a text are looked at to tell its charset.
const sample = 64 << 10

// letters counts the letters of a text by what tells charsets apart.
type letters struct {
	all, ascii, latin                        int // latin without ASCII
	arabic, common                           int // common: ا ل ي م و ن, half of all letters of Arabic and Persian
	kana, han, halfKana, hangul, cyr, greek  int
	hebrew, lower, upper, rare, marks, words int
	mixed                                    int // words in two scripts
	article                                  int // words that begin with ال
	inner, odd                               int // signs between two letters; signs that hardly a text has
}

func script(r rune) int {
	switch {
	case r < 0x250:
		return 1
	case unicode.Is(unicode.Arabic, r):
		return 2
	case unicode.Is(unicode.Cyrillic, r):
		return 3
	case unicode.Is(unicode.Greek, r):
		return 4
	case unicode.Is(unicode.Hebrew, r):
		return 5
	}
	return 6
}

func lettersOf(s string) (l letters) {
	last, word, alef := 0, 0, false
	var before, sign rune // the letter before a sign that is not ASCII, and the sign
	for _, r := range s {
		switch {
		case strings.ContainsRune("¡¢¤¥¦¨ª¬¯±²³´¶¸¹º¼¾ƒ‚ˆ†‡\x1b", r):
			l.odd++
		case unicode.IsLetter(r) && sign != 0 && before != 0 && before < 0x2e80 && r < 0x2e80:
			l.inner++
		}
		if unicode.IsLetter(r) {
			before, sign = r, 0
		} else if r > 0x7f && !unicode.IsMark(r) && !strings.ContainsRune("’—–·‐\u200c\u200d\u00ad", r) && sign == 0 {
			sign = r
		} else {
			before, sign = 0, 0
		}
		if r == '\u0640' || r >= '\u064b' && r <= '\u0652' {
			l.marks++
			if word == 0 {
				l.rare++ // a vowel sign with no letter before it
			}
			continue
		}
		if !unicode.IsLetter(r) {
			last, word, alef = 0, 0, false
			continue
		}
		l.letter(r)
		if sc := script(r); last != 0 && sc != last {
			l.mixed++
			last = sc
		} else {
			last = sc
		}
		word++
		switch {
		case word == 1:
			l.words++
			alef = r == 'ا'
		case word == 2 && alef && r == 'ل':
			l.article++
		}
	}
	return l
}

func (l *letters) letter(r rune) {
	l.all++
	switch {
	case r < 0x80:
		l.ascii++
	case r < 0x250:
		l.latin++
	case unicode.Is(unicode.Arabic, r):
		l.arabic++
		if strings.ContainsRune("اليمونهر", r) {
			l.common++
		}
		if strings.ContainsRune("ٹڈڑںھہے", r) {
			l.rare++
		}
	case unicode.In(r, unicode.Hiragana, unicode.Katakana):
		if r >= 0xff61 {
			l.halfKana++
		} else {
			l.kana++
		}
	case unicode.Is(unicode.Han, r):
		l.han++
	case unicode.Is(unicode.Hangul, r):
		l.hangul++
	case unicode.Is(unicode.Cyrillic, r):
		l.cyr++
		if strings.ContainsRune("оеаинтс", unicode.ToLower(r)) {
			l.common++
		}
		if unicode.IsUpper(r) {
			l.upper++
		} else {
			l.lower++
		}
	case unicode.Is(unicode.Greek, r):
		l.greek++
	case unicode.Is(unicode.Hebrew, r):
		l.hebrew++
	}
}

// plausible says that a text reads like one in some script: hardly a word mixes scripts, and of Latin letters not many
// are accented ones.
func plausible(s string) bool {
	l := lettersOf(sampleOf(s))
	other := l.all - l.ascii
	switch {
	case l.mixed*20 > l.words, l.inner*10 > l.words, l.odd > 2 && l.odd*5 > other+l.odd,
		l.arabic > 0 && l.arabic*10 < l.all && l.rare > 0:
		return false
	case l.latin*3 > l.latin+l.ascii:
		return false
	case l.arabic*2 > l.all:
		return l.looksArabic()
	case l.cyr*2 > l.all:
		return l.upper <= l.lower && l.common*3 >= l.cyr
	case l.halfKana > l.kana:
		return false
	}
	return true
}

// looksArabic says that letters are as frequent as in Arabic and Persian.
func (l *letters) looksArabic() bool {
	return l.common*100 >= l.arabic*40 && l.mixed*20 <= l.words && l.rare*50 <= l.arabic
}

// sixteen tells UTF-16 without a mark by its every other byte: zero, or that of Arabic, Cyrillic or kana letters; "" it
// is none. A text of ideographs alone looks like other charsets, and is not told.
func sixteen(raw []byte) string {
	if len(raw) < 4 || len(raw)%2 != 0 || onlyASCII(raw) {
		return ""
	}
	for _, charset := range []string{"utf-16le", "utf-16be"} {
		high := 1
		if charset == "utf-16be" {
			high = 0
		}
		zero, block, units := 0, 0, min(len(raw), sample)/2
		for i := 0; i < units; i++ {
			switch h, low := raw[2*i+high], raw[2*i+1-high]; {
			case h == 0 && low >= '\t' && (low >= ' ' || low <= '\r'):
				zero++
			case h == 0x06, h == 0x04, h == 0x30 && low > 0, h == 0xff && low < 0x61, h == 0x20 && low > 0 &&
				low < 0x40:
				block++
			}
		}
		// Ideographs are the rest of a Japanese text: of what no block claims there may be as much again.
		sure := zero*10 >= units*6 || (zero+block)*10 >= units*9 && zero > 0 || block*10 >= units*4 && zero+block > 2
		if !sure {
			continue
		}
		s, wrong := decodeAs(raw[:2*units], charset)
		if wrong == 0 && plausible(s) {
			return charset
		}
	}
	return ""
}

// sixteenOf are the readings of bytes with zeros as UTF-16, where they have no sign that is none; nil there is none.
func sixteenOf(raw []byte) []string {
	var all []string
	for _, charset := range []string{"utf-16le", "utf-16be"} {
		if len(raw)%2 != 0 {
			continue
		}
		s, wrong := decodeAs(raw[:min(len(raw), sample)&^1], charset)
		if l := lettersOf(s); wrong == 0 && l.mixed*5 <= l.words && l.all*2 > len([]rune(s)) {
			all = append(all, charset)
		}
	}
	return all
}

// tooManyWrong says that a text is not offered in a charset, nor taken in it when a person chooses it: more than
// one sign in fifty letters is none. Fewer are an accident in the file, which the person is told of.
func tooManyWrong(wrong int, l letters) bool { return wrong > 0 && wrong*50 > l.all }

// onlyASCII says that bytes are the signs of an American keyboard and line ends. Two by two those look like kana, many
// zeros and spaces most of all; UTF-16 has other bytes at each line end, space and full stop.
func onlyASCII(raw []byte) bool {
	return !slices.ContainsFunc(raw, func(b byte) bool {
		return b < ' ' && b != '\t' && b != '\n' && b != '\r' || b >= 0x7f
	})
}

// certain tells Japanese and Arabic charsets by their letters; "" none is certain.
func certain(raw []byte) string {
	head := raw[:min(len(raw), sample)]
	for _, charset := range []string{"iso-2022-jp", "euc-jp", "shift_jis"} {
		s, wrong := decodeWhole(head, len(raw), charset)
		l := lettersOf(s)
		// Of few letters EUC-JP and GB 18030 are not told apart: their kana are the same.
		if wrong == 0 && l.looksJapanese() && (charset != "euc-jp" || l.kana >= 8) {
			return charset
		}
	}
	a, b := arabicScore(head, "windows-1256"), arabicScore(head, "iso-8859-6")
	switch {
	case a >= arabicSure && a > b+5:
		return "windows-1256"
	case b >= arabicSure && b > a+5:
		return "iso-8859-6"
	}
	return ""
}

// decodeWhole decodes a head of a text whose last letter may be cut.
func decodeWhole(head []byte, whole int, charset string) (string, int) {
	s, wrong := decodeAs(head, charset)
	if len(head) < whole && wrong > 0 {
		return decodeAs(head[:len(head)-1], charset)
	}
	return s, wrong
}

// looksJapanese: kana are at least a sixth of what is not ASCII, and none of it is half as wide, which is what Arabic
// and Chinese bytes look like.
func (l *letters) looksJapanese() bool {
	wide := l.kana + l.han
	return l.kana >= 2 && l.kana*6 >= wide && l.halfKana*10 <= l.kana && l.latin+l.arabic+l.cyr+l.greek+l.hangul == 0 &&
		wide*2 >= l.all-l.ascii
}

// arabicSure is the score from which a charset of Arabic letters is taken without a question.
const arabicSure = 45

// arabicScore says how much bytes read as Arabic or Persian in a charset: the share of common letters in percent, more
// for words with the article, 0 where signs are none or few letters are Arabic.
func arabicScore(head []byte, charset string) int {
	s, wrong := decodeAs(head, charset)
	l := lettersOf(s)
	if wrong > 0 || l.arabic < 12 || l.words < 3 || l.arabic*10 < (l.all-l.ascii)*9 || !l.looksArabic() {
		return 0
	}
	return l.common*100/l.arabic + l.article*60/l.words
}

// sampleOf is the beginning of a text, cut between letters.
func sampleOf(s string) string {
	if len(s) <= sample {
		return s
	}
	return strings.ToValidUTF8(s[:sample], "")
}

// previews reads a text in each charset in which it is one, the likeliest first; at most six.
func previews(raw []byte) *Unsure {
	head := raw[:min(len(raw), sample)]
	type scored struct {
		Preview
		score int
	}
	var all []scored
	tried := charsets
	if bytes.IndexByte(head, 0) >= 0 {
		tried = sixteenOf(raw)
	}
	for _, charset := range tried {
		s, wrong := decodeWhole(head, len(raw), charset)
		l := lettersOf(s)
		if tooManyWrong(wrong, l) || l.all == 0 {
			continue
		}
		if slices.ContainsFunc(all, func(x scored) bool {
			return x.Text == cutRunes(strings.TrimSpace(s),
				previewRunes)
		}) {
			continue
		}
		p := scored{Preview{Charset: charset, Lang: text.Detect(s), Text: cutRunes(strings.TrimSpace(s), previewRunes)},
			scoreOf(l)}
		if wrong > 0 {
			p.score -= 100
		}
		if p.Lang != "und" && p.Lang != "" {
			p.score += 20
		}
		all = append(all, p)
	}
	slices.SortStableFunc(all, func(a, b scored) int { return b.score - a.score })
	u := &Unsure{}
	for _, p := range all[:min(len(all), 6)] {
		u.Previews = append(u.Previews, p.Preview)
	}
	return u
}

// scoreOf orders readings: by how much they look like one language.
func scoreOf(l letters) int {
	score := 0
	switch {
	case l.looksJapanese():
		score = 90
	case l.arabic*2 > l.all-l.ascii && l.looksArabic():
		score = 50 + l.common*40/max(l.arabic, 1) + l.article*60/max(l.words, 1)
	case l.cyr*2 > l.all-l.ascii && l.upper <= l.lower:
		score = 20 + l.common*60/max(l.cyr, 1)
	case l.latin > 0 && l.latin*3 <= l.latin+l.ascii && l.arabic+l.cyr+l.greek+l.han == 0:
		score = 70
	case l.hangul*2 > l.all-l.ascii:
		score = 40
	case l.han*2 > l.all-l.ascii, l.greek*2 > l.all-l.ascii, l.hebrew*2 > l.all-l.ascii:
		score = 30
	}
	return score - l.mixed*200/max(l.words, 1) - l.halfKana*50/max(l.all, 1)
}
