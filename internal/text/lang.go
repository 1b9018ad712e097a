package text

import "github.com/abadojack/whatlanggo"

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
func DirOf(lang string) Dir {
	switch lang {
	case "ar", "fa", "ur", "ckb", "he", "ps", "sd", "ug", "yi", "dv":
		return RTL
	}
	return LTR
}

// Detect tells the language of s as a BCP 47 tag, Undetermined when it cannot.
func Detect(s string) string {
	var arab, fa, kana, han, hang, hebr, latn int
	for _, r := range s {
		switch {
		case r == 'ی' || r == 'ک' || r == 'گ' || r == 'چ' || r == 'پ' || r == 'ژ':
			fa++
			arab++
		case r >= 0x600 && r < 0x700:
			arab++
		case r >= 0x3040 && r < 0x3100:
			kana++
		case r >= 0x4E00 && r < 0xA000:
			han++
		case r >= 0xAC00 && r < 0xD7A4:
			hang++
		case r >= 0x590 && r < 0x600:
			hebr++
		case r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' || r >= 0xC0 && r < 0x250:
			latn++
		}
	}
	switch best := max(arab, kana+han, hang, hebr, latn); {
	case best == 0:
		return Undetermined
	case best == arab && fa > 0:
		return "fa"
	case best == arab:
		return "ar"
	case best == hang:
		return "ko"
	case best == hebr:
		return "he"
	case kana > 0:
		return "ja"
	case best == han:
		return "zh"
	}
	if code := whatlanggo.DetectLang(s).Iso6391(); code != "" {
		return code
	}
	return Undetermined
}
