package text

import (
	"strings"
	"unicode/utf8"

	"claimbench/internal/lang"
)

// Dir is the base direction of a text.
type Dir string

// The two directions.
const (
	LTR Dir = "ltr"
	RTL Dir = "rtl"
)

// Undetermined is the language of a text whose language cannot be told (BCP 47 "und").
const Undetermined = "und"

// DirOf is the direction a language is written in.
func DirOf(code string) Dir {
	if p := lang.Of(code); p.RTL || !p.Known && unpacked().rtl[code] {
		return RTL
	}
	return LTR
}

// Of a long text Detect reads sampleParts stretches of samplePart bytes, evenly spread.
const (
	samplePart  = 768
	sampleParts = 4
)

// Detect tells the language of s as a BCP 47 tag, Undetermined when it cannot: by script, then by the letters that
// only some languages of a script use, then by function words; whatlanggo has the last word on other languages in
// Latin or Cyrillic script. Of a long text it reads samples.
func Detect(s string) string {
	if len(s) > sampleParts*samplePart {
		s = sample(s)
	}
	p := profileOf(s)
	lang, _ := p.language(s)
	return lang
}

// sample joins evenly spread stretches of s, cut at code points.
func sample(s string) string {
	buf := make([]byte, 0, sampleParts*(samplePart+1))
	step := (len(s) - samplePart) / (sampleParts - 1)
	for i := range sampleParts {
		from := runeStart(s, i*step)
		buf = append(buf, s[from:runeStart(s, min(len(s), from+samplePart))]...)
		buf = append(buf, ' ')
	}
	return string(buf)
}

// runeStart moves i back to the start of its code point.
func runeStart(s string, i int) int {
	for i > 0 && i < len(s) && !utf8.RuneStart(s[i]) {
		i--
	}
	return i
}

// script is a writing system as Detect tells them apart.
type script uint8

const (
	scriptNone script = iota
	scriptLatin
	scriptArabic
	scriptKana
	scriptHan
	scriptHangul
	scriptHebrew
	scriptOther // a letter of another script; whatlanggo may know it
	scriptCount
)

// leadScript gives the script of the code points that begin with a byte. E2, E3 and EF, which begin punctuation too,
// are looked at more closely.
var leadScript = func() (t [256]script) {
	fill := func(from, to int, s script) {
		for b := from; b <= to; b++ {
			t[b] = s
		}
	}
	fill('A', 'Z', scriptLatin)
	fill('a', 'z', scriptLatin)
	fill(0xC3, 0xC9, scriptLatin)  // U+00C0–024F
	fill(0xCD, 0xD5, scriptOther)  // Greek, Cyrillic, Armenian
	fill(0xD6, 0xD7, scriptHebrew) // U+0590–05FF
	fill(0xD8, 0xDB, scriptArabic) // U+0600–06FF
	fill(0xDC, 0xE0, scriptOther)  // Syriac to Tibetan
	t[0xE1] = scriptOther          // Georgian to Vietnamese letters
	fill(0xE3, 0xE3, scriptKana)   // U+3000–3FFF, see below
	fill(0xE4, 0xE9, scriptHan)    // U+4000–9FFF
	fill(0xEA, 0xED, scriptHangul) // U+A000–D7FF
	return t
}()

// profile counts what tells languages apart, in code points.
type profile struct {
	count                   [scriptCount]int
	hiragana                int
	fa, ar, ur, ckb, ps, ug int // weights of telling letters of the Arabic script
	marked                  int // Latin letters outside ASCII

	lanes uint64 // sums not yet in the fields above, see arabicLanes
	held  int    // how many letters they are of
}

// profileOf reads s once, byte by byte.
func profileOf(s string) profile {
	var p profile
	for i := 0; i < len(s); {
		b := s[i]
		if b < 0x80 {
			p.count[leadScript[b]]++
			i++
			continue
		}
		sc := leadScript[b]
		switch {
		case b < 0xC0:
			i++
		case b < 0xE0:
			if sc == scriptArabic && i+1 < len(s) {
				p.lanes += arabicLanes[(b-0xD8)<<6|s[i+1]&0x3F]
				if p.held++; p.held == maxLanes {
					p.spill()
				}
			} else {
				p.count[sc]++
				if sc == scriptLatin {
					p.marked++
				}
			}
			i += 2
		case b < 0xF0:
			if b == 0xE3 {
				p.cjk(s, i)
			} else if b == 0xE1 && i+1 < len(s) && (s[i+1] == 0xB8 || s[i+1] == 0xB9 || s[i+1] == 0xBA ||
				s[i+1] == 0xBB) {
				p.count[scriptLatin]++ // U+1E00–1EFF
				p.marked++
			} else {
				p.count[sc]++
			}
			i += 3
		default:
			if b == 0xF0 && i+1 < len(s) && s[i+1] >= 0xA0 {
				p.count[scriptHan]++ // U+20000 and up
			}
			i += 4
		}
	}
	p.spill()
	p.count[scriptNone] = 0
	return p
}

// cjk sorts the code points that begin with E3.
func (p *profile) cjk(s string, i int) {
	if i+2 >= len(s) {
		return
	}
	switch r := rune(s[i]&0x0F)<<12 | rune(s[i+1]&0x3F)<<6 | rune(s[i+2]&0x3F); {
	case r >= 0x3041 && r <= 0x309F:
		p.hiragana++
		p.count[scriptKana]++
	case r >= 0x30A1 && r <= 0x30FF && r != 0x30FB:
		p.count[scriptKana]++
	case r >= 0x3400, r == 0x3005:
		p.count[scriptHan]++
	case r >= 0x3131 && r <= 0x318E:
		p.count[scriptHangul]++
	}
}

// A letter of the Arabic script weighs for several languages at once: 9 bits each, in the order letters, fa, ar, ur,
// ckb, ps, ug. No weight is above 6, so that maxLanes letters fit before the sums are spilled.
const (
	laneBits = 9
	laneMask = 1<<laneBits - 1
	maxLanes = 80
)

// lanes packs the weights of a letter.
func lanes(fa, ar, ur, ckb, ps, ug uint64) uint64 {
	return 1 | fa<<laneBits | ar<<(2*laneBits) | ur<<(3*laneBits) | ckb<<(4*laneBits) | ps<<(5*laneBits) |
		ug<<(6*laneBits)
}

// arabicLanes has the weights of U+0600–06FF.
var arabicLanes = func() (t [256]uint64) {
	for r := 0x620; r <= 0x6D5; r++ {
		if r != 0x640 && (r < 0x64B || r > 0x670) && r != 0x6D4 {
			t[r-0x600] = lanes(0, 0, 0, 0, 0, 0)
		}
	}
	set := func(letters string, w uint64) {
		for _, r := range letters {
			t[r-0x600] = w
		}
	}
	set("پچژگ", lanes(3, 0, 3, 3, 3, 3)) // not in Arabic; all the neighbours have them
	set("کی", lanes(2, 0, 2, 2, 2, 0))
	set("ةأإ", lanes(0, 3, 0, 0, 0, 0)) // Arabic only, but for loans
	set("يكى", lanes(0, 1, 0, 0, 0, 0)) // also typed for ی and ک
	set("ٹڈڑںےہھۓ", lanes(0, 0, 6, 0, 0, 0))
	set("ەۆێڕڵ", lanes(0, 0, 0, 6, 0, 0))
	set("ټډړښږګېۍځڅ", lanes(0, 0, 0, 0, 6, 0))
	set("ۇۈۋ", lanes(0, 0, 0, 0, 0, 6))
	return t
}()

// spill adds the packed sums to the fields.
func (p *profile) spill() {
	at := func(lane int) int { return int(p.lanes >> (lane * laneBits) & laneMask) }
	p.count[scriptArabic] += at(0)
	p.fa, p.ar, p.ur, p.ckb, p.ps, p.ug = p.fa+at(1), p.ar+at(2), p.ur+at(3), p.ckb+at(4), p.ps+at(5), p.ug+at(6)
	p.lanes, p.held = 0, 0
}

// language decides. sure says that letters or words spoke for it rather than a default.
func (p *profile) language(s string) (lang string, sure bool) {
	c := &p.count
	// A Han or kana character stands for two or three letters.
	cjk := 2 * (c[scriptKana] + c[scriptHan])
	best := max(c[scriptArabic], cjk, 2*c[scriptHangul], c[scriptHebrew], c[scriptOther])
	switch {
	case best == 0 && c[scriptLatin] == 0:
		return Undetermined, false
	case c[scriptLatin] > best:
		// Other scripts quote Latin names far oftener than the other way round: a Latin majority counts only where
		// the rest is small, or the Latin words are grammar.
		if lang, sure := p.latinLanguage(s); 8*best < c[scriptLatin] || sure && 3*best < c[scriptLatin] {
			return lang, sure
		}
	}
	switch best {
	case c[scriptArabic]:
		return p.arabicLanguage(s)
	case cjk:
		return p.cjkLanguage(s)
	case 2 * c[scriptHangul]:
		return "ko", true
	case c[scriptHebrew]:
		return "he", true
	}
	return otherLanguage(s)
}

// arabicLanguage tells the languages of the Arabic script apart: by letters, and where these say little by words.
func (p *profile) arabicLanguage(s string) (string, bool) {
	switch best := max(p.ur, p.ckb, p.ps, p.ug); {
	// Their own letters weigh 6; Persian and Arabic must have none of them, or few among many.
	case best <= p.fa || best < p.ar:
	case best == p.ur:
		return "ur", true
	case best == p.ckb:
		return "ckb", true
	case best == p.ps:
		return "ps", true
	default:
		return "ug", true
	}
	fa, ar := p.fa, p.ar
	if d := fa - ar; d > -12 && d < 12 {
		f, a := arabicWords(s)
		fa, ar = fa+f, ar+a
	}
	if fa > ar {
		return "fa", true
	}
	return "ar", ar > fa
}

// cjkLanguage tells Japanese from Chinese: kana, and in a line of Han alone the forms that only Japan writes.
func (p *profile) cjkLanguage(s string) (string, bool) {
	kana, han := p.count[scriptKana], p.count[scriptHan]
	switch {
	case p.hiragana > 0 && 20*kana >= han, kana > 0 && 4*kana >= han:
		return "ja", true
	case kana > 0:
		return "ja", false
	}
	ja, zh := hanForms(s)
	// Japanese would have kana in a sentence.
	sentence := han > 5 && (strings.Contains(s, "，") || strings.Contains(s, "。"))
	// A long Chinese text would show a telling form.
	if ja > zh || ja == zh && han < 12 && !sentence {
		return "ja", ja > zh
	}
	return "zh", zh > ja
}
