package text

import (
	"strings"
	"unicode"
)

// lastLatin is the last letter of the Latin blocks that most of our own words are written in.
const lastLatin = 0x24f

// OfName gives the language of a name that people gave in whatever script, and its direction, that of the first strong
// letter of its frame. Of a name in plain Latin letters, which may be of any language, it gives "" and "".
func OfName(name string) (lang string, dir Dir) {
	if !strings.ContainsFunc(name, func(r rune) bool { return r > lastLatin && unicode.IsLetter(r) }) {
		return "", ""
	}
	return Detect(name), MixedOf(name).Dir
}
