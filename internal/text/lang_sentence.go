package text

import (
	"strings"
	"sync"

	"claimbench/internal/lang"
)

// tellingWeight is how far the telling letters of a sentence must speak against the document's language before the
// sentence is given another of the same script: about three letters.
const tellingWeight = 9

// setLanguages corrects the language and direction of the sentences that show another than the document's: another
// script, or in Arabic script the letters of a neighbour. A sentence without letters keeps the document's.
func setLanguages(raw string, segs []segment, out []Sentence) {
	for i, g := range segs {
		s := raw[g.start:g.end]
		lang := out[i].Lang
		own := scriptOf(lang)
		if speaks(s, lang, own) {
			continue
		}
		Yield()
		p := profileOf(s)
		if other := p.sentenceLanguage(s, lang, own); other != lang {
			out[i].Lang, out[i].Dir = other, DirOf(other)
		}
	}
}

// speaks reports at a glance that s is in lang: by a letter that nearly every sentence of it has.
func speaks(s, lang string, own script) bool {
	switch {
	case lang == "fa":
		return strings.Contains(s, "ی")
	case lang == "ar":
		return strings.Contains(s, "ي") || strings.Contains(s, "ة")
	case lang == "ja":
		return strings.Contains(s, "\xE3\x81") // hiragana
	case own == scriptLatin:
		return !hasForeign(s)
	}
	return false
}

// sentenceLanguage is the language of a sentence of a document in lang, which is written in script own.
func (p *profile) sentenceLanguage(s, lang string, own script) string {
	c := &p.count
	mine := c[own]
	if own == scriptKana {
		mine += c[scriptHan]
	}
	total := 0
	for _, n := range c {
		total += n
	}
	switch {
	case total == 0:
		return lang
	case own == scriptArabic && c[scriptArabic]*8 >= c[scriptLatin]:
		return p.arabicNeighbour(lang)
	case mine*8 >= total-mine && own != scriptNone:
		return lang
	}
	if own != scriptLatin && c[scriptLatin]*2 > total {
		return p.latinSentence(s)
	}
	if other, _ := p.language(s); other != Undetermined {
		return other
	}
	return lang
}

// arabicNeighbour gives the language of Arabic script that the letters speak for, lang when they do not say enough.
func (p *profile) arabicNeighbour(lang string) string {
	switch lang {
	case "fa":
		if p.ar >= p.fa+tellingWeight {
			return "ar"
		}
		if p.ur >= p.fa+tellingWeight {
			return "ur"
		}
	case "ar":
		if p.fa >= p.ar+tellingWeight {
			return "fa"
		}
	}
	return lang
}

// scriptNames are the scripts by the names that tables give them.
var scriptNames = map[string]script{"": scriptLatin, "arabic": scriptArabic, "hebrew": scriptHebrew, "kana": scriptKana,
	"hangul": scriptHangul, "other": scriptOther}

// scriptOf is the script a language is written in; scriptKana stands for Japanese and Chinese.
func scriptOf(code string) script {
	if code == Undetermined || code == "" {
		return scriptNone
	}
	if p := lang.Of(code); p.Known {
		return scriptNames[p.Script]
	}
	return scriptNames[unpacked().script[code]]
}

// withoutPack is what is known of languages that have no folder of their own.
type withoutPack struct {
	rtl    map[string]bool
	script map[string]string
}

var unpacked = sync.OnceValue(func() withoutPack {
	out := withoutPack{map[string]bool{}, map[string]string{}}
	for _, r := range lang.Of(lang.Common).Rows("words") {
		for _, code := range r.Forms {
			switch r.Kind {
			case "rtl":
				out.rtl[code] = true
			case "script":
				out.script[code] = r.Arg
			}
		}
	}
	return out
})

// hasForeign reports letters that are not Latin, passing over ASCII eight bytes at a time.
func hasForeign(s string) bool {
	for i := 0; i < len(s); {
		if i+8 <= len(s) && eightBytes(s, i)&high == 0 {
			i += 8
			continue
		}
		if b := s[i]; b >= 0xCD && b != 0xE1 && b != 0xE2 && b != 0xEF && b < 0xF0 {
			return true
		}
		i++
	}
	return false
}
