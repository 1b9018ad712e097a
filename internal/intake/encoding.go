package intake

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
	"golang.org/x/text/transform"
)

// previewRunes is how many code points of a text a preview shows.
const previewRunes = 300

// Unsure says that the bytes can be read in more than one way: a person chooses, and sends File.Charset. It lies inside
// the error that Read gives.
type Unsure struct {
	Previews []Preview // the likeliest first, none twice
}

// Preview is the beginning of a text, read in one charset.
type Preview struct {
	Charset string // as WHATWG names it: windows-1256
	Lang    string // the language that it reads as, BCP 47; "und" none that we know
	Text    string // at most 300 code points
}

func (u *Unsure) Error() string {
	names := make([]string, len(u.Previews))
	for i, p := range u.Previews {
		names[i] = p.Charset
	}
	return "its bytes do not tell which letters they are; they can be read as " + strings.Join(names, ", ") +
		". Look which of them reads right, and say so"
}

// errNoText says that bytes are no text in any charset that we know.
var errNoText = says("its bytes are no text; take the words out of it with the program that made it, and send " +
	"those")

// decoded is a text and how it was read.
type decoded struct {
	text    string
	charset string   // as WHATWG names it
	notes   []string // what the file says of its charset, where that is not so
}

// charsets are what people may choose; those of a script that a sentence was written in stand first in Unsure.
var charsets = []string{"windows-1252", "windows-1256", "iso-8859-6", "shift_jis", "euc-jp", "iso-2022-jp",
	"windows-1251", "koi8-r", "windows-1250", "windows-1253", "windows-1254", "windows-1255", "gb18030", "big5",
	"euc-kr", "utf-16le", "utf-16be"}

// Charsets lists the charsets that a person may say a text is in, as WHATWG names them.
func Charsets() []string { return append([]string{"utf-8"}, charsets...) }

// decode finds the charset of a text: what a person chose; else a byte order mark, strict UTF-8, the pattern of UTF-16,
// what the file was declared as (by its sender, then inside), and what can be told of Japanese and of Arabic letters. A
// text of which none is certain is Unsure. Line ends stay. The mark itself is no part of what is decoded, but of UTF-8
// it stays, as it always did.
func decode(raw []byte, chosen string, declared ...string) (decoded, error) {
	if chosen != "" {
		return decodeChosen(raw, chosen)
	}
	if d, ok := decodeMarked(raw); ok {
		return d, nil
	}
	if charset := sixteen(raw); charset != "" {
		s, _ := decodeAs(raw, charset)
		return decoded{text: s, charset: charset}, nil
	}
	zeros := bytes.IndexByte(raw, 0) >= 0 && !utf8.Valid(raw)
	if tooManyControls(raw) && !zeros && sixteenOf(raw) == nil {
		return decoded{}, errNoText
	}
	escaped := bytes.Contains(raw, []byte("\x1b$")) || bytes.Contains(raw, []byte("\x1b("))
	if utf8.Valid(raw) && !escaped || almostUTF8(raw) {
		return decoded{text: string(raw), charset: "utf-8", notes: lies("utf-8", declared)}, nil
	}
	for i, name := range declared {
		if zeros && !strings.HasPrefix(canonical(name), "utf-16") {
			continue
		}
		if s, name, ok := decodeDeclared(raw, name); ok {
			return decoded{text: s, charset: name, notes: lies(name, declared[:i])}, nil
		}
	}
	if charset := certain(raw); charset != "" {
		s, _ := decodeAs(raw, charset)
		return decoded{text: s, charset: charset, notes: lies(charset, declared)}, nil
	}
	if u := previews(raw); len(u.Previews) > 0 {
		return decoded{}, u
	}
	return decoded{}, errNoText
}

// lies are the notes on charsets that were declared and are not what was read.
func lies(read string, declared []string) (notes []string) {
	for _, name := range declared {
		if canonical(name) == read || name == "" {
			continue
		}
		note := fmt.Sprintf("It says that it is in %s; it was read as %s, for its letters are.", name, read)
		if !slices.Contains(notes, note) {
			notes = append(notes, note)
		}
	}
	return notes
}

// canonical is the name that WHATWG gives a charset; "" where it knows none. ISO-8859-1 and ASCII are windows-1252.
func canonical(name string) string {
	e, err := htmlindex.Get(strings.TrimSpace(name))
	if err != nil {
		return ""
	}
	name, _ = htmlindex.Name(e)
	return name
}

func decodeChosen(raw []byte, chosen string) (decoded, error) {
	name := canonical(chosen)
	if name == "" || name == "replacement" || name == "x-user-defined" {
		return decoded{}, says("“%s” is no charset; take one of %s", chosen, strings.Join(Charsets(), ", "))
	}
	if name == "utf-8" {
		return decoded{text: string(raw), charset: name},
			nil // where it is none, the room that keeps it says which byte
	}
	s, wrong := decodeAs(raw, name)
	if tooManyWrong(wrong, lettersOf(s)) {
		u := previews(raw)
		return decoded{}, saysOf(u, "%d of its signs are not in %s: %s", wrong, name, u)
	}
	d := decoded{text: s, charset: name}
	if wrong > 0 {
		d.notes = []string{fmt.Sprintf("%d of its signs are none in %s. Look at what stands there.", wrong, name)}
	}
	return d, nil
}

// decodeMarked reads a text that begins with a byte order mark.
func decodeMarked(raw []byte) (decoded, bool) {
	for _, m := range []struct {
		mark, charset string
		as            encoding.Encoding
	}{
		{"\xff\xfe\x00\x00", "utf-32le", utf32.UTF32(utf32.LittleEndian, utf32.UseBOM)},
		{"\x00\x00\xfe\xff", "utf-32be", utf32.UTF32(utf32.BigEndian, utf32.UseBOM)},
		{"\xff\xfe", "utf-16le", unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)},
		{"\xfe\xff", "utf-16be", unicode.UTF16(unicode.BigEndian, unicode.UseBOM)},
	} {
		if !bytes.HasPrefix(raw, []byte(m.mark)) {
			continue
		}
		if s, err := m.as.NewDecoder().Bytes(raw); err == nil {
			return decoded{text: string(s), charset: m.charset}, true
		}
	}
	if bytes.HasPrefix(raw, []byte("\ufeff")) && utf8.Valid(raw) {
		return decoded{text: string(raw), charset: "utf-8"}, true
	}
	return decoded{}, false
}

// decodeAs reads bytes in a charset, and counts the signs that are none in it.
func decodeAs(raw []byte, charset string) (s string, wrong int) {
	var e encoding.Encoding
	switch charset {
	case "utf-16le":
		e = unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	case "utf-16be":
		e = unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	default:
		var err error
		if e, err = htmlindex.Get(charset); err != nil {
			return "", 1
		}
	}
	out, _, err := transform.Bytes(e.NewDecoder(), raw)
	s = string(out)
	if err != nil {
		wrong++
	}
	for _, r := range s {
		if r == utf8.RuneError || r < ' ' && !strings.ContainsRune("\t\n\r\f", r) || r >= 0x7f && r < 0xa0 {
			wrong++
		}
	}
	if len(raw)%2 == 1 && strings.HasPrefix(charset, "utf-16") {
		wrong++
	}
	return s, wrong
}

// decodeDeclared reads a text as it was declared, when it reads like one: no sign that is none, and no words that mix
// scripts, which is what the letters of one charset look like in another.
func decodeDeclared(raw []byte, declared string) (s, charset string, ok bool) {
	charset = canonical(declared)
	if charset == "" || charset == "utf-8" || charset == "replacement" || charset == "x-user-defined" {
		return "", "", false
	}
	s, wrong := decodeAs(raw, charset)
	return s, charset, wrong == 0 && plausible(s)
}

// almostUTF8 says that bytes are UTF-8 but for a few that are broken: a text that was cut, or mended by hand.
// Which they are is said by the room that keeps the text.
func almostUTF8(raw []byte) bool {
	good, bad := 0, 0
	for len(raw) > 0 {
		r, size := utf8.DecodeRune(raw)
		switch {
		case r == utf8.RuneError && size == 1:
			bad++
		case size > 1:
			good++
		}
		raw = raw[size:]
	}
	return good >= 8 && bad*20 <= good
}

// tooManyControls says that bytes hold signs that no text has. A NUL in a text of letters is said by the room that
// keeps the text.
func tooManyControls(raw []byte) bool {
	n := 0
	for _, b := range raw {
		if b < ' ' && b != '\t' && b != '\n' && b != '\r' && b != '\f' && b != 0x1b || b == 0x7f {
			n++
		}
	}
	return n > 3 && n*50 > len(raw)
}

// cutRunes gives at most n code points of s, whole ones.
func cutRunes(s string, n int) string {
	for i := range s {
		if n--; n < 0 {
			return s[:i]
		}
	}
	return s
}
