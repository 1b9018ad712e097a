package text

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"claimbench/internal/lang"
)

// abbreviationKind says how a word with a full stop behaves.
type abbreviationKind uint8

const (
	titleAbbreviation  abbreviationKind = iota + 1 // before a name or a number: never ends a sentence
	numberAbbreviation                             // before a number only
	tailAbbreviation                               // may end a sentence, when a clear beginning follows
)

// abbreviations of every language by their letters in lower case, without the last full stop.
var abbreviations = sync.OnceValue(func() map[string]abbreviationKind {
	m := map[string]abbreviationKind{}
	for _, r := range lang.Of(lang.Common).Rows("sentences") {
		kind, ok := map[string]abbreviationKind{"alltail": tailAbbreviation, "allnumber": numberAbbreviation,
			"alltitle": titleAbbreviation}[r.Kind]
		for _, w := range r.Forms {
			if ok {
				m[w] = kind
			}
		}
	}
	return m
})

// abbreviationTables are the abbreviations of a language beside the common ones.
var abbreviationTables sync.Map // language → map[string]abbreviationKind

// packTail is tailAbbreviation for the tables of packs: a capital behind it begins a sentence.
const packTail = tailAbbreviation + 1

func abbreviationsOf(code string) map[string]abbreviationKind {
	p := lang.Of(code)
	if m, ok := abbreviationTables.Load(p.Code); ok {
		return m.(map[string]abbreviationKind)
	}
	m := map[string]abbreviationKind{}
	for kind, name := range map[abbreviationKind]string{titleAbbreviation: "title", numberAbbreviation: "number",
		packTail: "tail"} {
		for _, w := range p.Words("sentences", name) {
			m[w] = kind
		}
	}
	abbreviationTables.Store(p.Code, m)
	return m
}

// No abbreviation without a full stop inside has more letters.
const maxAbbreviation = 6

// starters are words that begin sentences and seldom follow an abbreviation inside one.
var starters = sync.OnceValue(func() map[string]bool {
	m := map[string]bool{}
	for _, r := range lang.Everywhere("sentences") {
		for _, w := range r.Forms {
			if r.Kind == "starter" {
				m[strings.ToUpper(w[:1])+w[1:]] = true
			}
		}
	}
	return m
})

// word is the run of letters and apostrophes at byte i.
func (c *cutter) word(i, end int) string {
	s := c.raw[i:min(end, i+24)]
	n := strings.IndexFunc(s, func(r rune) bool { return r != '\'' && r != '’' && !unicode.IsLetter(r) })
	if n < 0 {
		n = len(s)
	}
	return s[:n]
}

// ordinaryName reports a capitalised word that need not begin a sentence.
func (c *cutter) ordinaryName(i, end int) bool { return !starters()[c.word(i, end)] }

// lastWord is what stands before byte at, back to a space or an opening mark, no further than start and 24 bytes.
func (c *cutter) lastWord(start, at int) string {
	i := at
	for i > start && at-i < 24 {
		if b := c.raw[i-1]; b|0x20 >= 'a' && b|0x20 <= 'z' {
			i--
			continue
		}
		r, size := utf8.DecodeLastRuneInString(c.raw[start:i])
		if unicode.IsSpace(r) || r == '(' || r == '[' || isQuote(r) || r == '/' || r == '،' || r == '-' ||
			i < at && c.raw[i] < utf8.RuneSelf && isKanaOrHan(r) { // 在Dr. Lee
			break
		}
		i -= size
	}
	return strings.TrimLeft(c.raw[i:at], "'’‘")
}

// stopEnds judges a single full stop.
func (c *cutter) stopEnds(t *terminatorRun, start int, gap bool, p, n rune, next, end int) bool {
	if !gap {
		return !c.off.NoGlued && c.gluedEnds(t, start, p, n, next, end)
	}
	if t.closers > 0 {
		if strings.HasPrefix(c.raw[next:end], "و ") && !c.off.NoNextWord {
			return false // Persian "and" apart carries on what «…» is a part of
		}
		return !unicode.IsLower(n) || c.lowerBegins(t)
	}
	if isArabicLetter(p) {
		return c.off.NoAbbreviation || !c.singleLetter(start, t.at)
	}
	if c.longWord(start, t.at) && c.own["*"+c.raw[t.at-3:t.at]] == 0 {
		return true
	}
	w := c.lastWord(start, t.at)
	if !c.off.NoListMarker && t.at-len(w) == start && isListMarker(w) {
		return false
	}
	if c.ordinals && !c.off.NoOrdinal && isRoman(w) && unicode.IsLetter(n) && c.ordinaryName(next, end) {
		return false // III. Pluviose
	}
	if c.ordinals && !c.off.NoOrdinal && len(w) < 3 && w != "" && isListMarker(w) && unicode.IsDigit(p) &&
		unicode.IsLetter(n) && c.ordinaryName(next, end) {
		return false
	}
	if c.ordinals && !c.off.NoOrdinal && unicode.IsDigit(n) && c.goesOnDate(start, t.at, w, c.raw[next:end]) {
		return false // am 3. 5. 2024
	}
	if len(w) == 1 && (w == "a" || w == "p") && strings.HasPrefix(c.raw[next:end], "m.") {
		return false // 2:33 p. m.
	}
	if !c.off.NoAbbreviation {
		if inside, known := c.abbreviation(w, n, next, end); known {
			return !inside
		}
	}
	if unicode.IsLower(n) {
		return len(w) > 3 && !figureWithUnit(w) || isAddress(c.raw[next:end]) || c.lowerBegins(t)
	}
	return true
}

// figureWithUnit reports a figure with letters behind it: $5.5m, 12bn.
func figureWithUnit(w string) bool {
	n := strings.LastIndexAny(w, "0123456789")
	return n >= 0 && n+1 < len(w) && n+4 > len(w) && w[n+1]|0x20 >= 'a' && w[n+1]|0x20 <= 'z'
}

// isDayOrMonth reports one or two digits.
func isDayOrMonth(w string) bool {
	return len(w) > 0 && len(w) < 3 && w[0] >= '0' && w[0] <= '9' && w[len(w)-1] >= '0' && w[len(w)-1] <= '9'
}

// goesOnDate reports a day w, which ends at byte at, before a month in figures with its full stop, or the month of a
// day before a year of four digits: 3. 5., 3. 5. 2024, 3.5. 2024.
func (c *cutter) goesOnDate(start, at int, w, s string) bool {
	n := strings.IndexFunc(s, func(r rune) bool { return r < '0' || r > '9' })
	if n < 0 {
		n = len(s)
	}
	if n != 4 {
		return isDayOrMonth(w) && n > 0 && n < 3 && n < len(s) && s[n] == '.'
	}
	day, month, glued := strings.Cut(w, ".")
	if !glued {
		before, stopped := strings.CutSuffix(strings.TrimRight(c.raw[start:at-len(w)], " \u00a0"), ".")
		day, month = before[len(before)-min(len(before), 2):], w
		day = strings.TrimLeft(day, " (\u00a0")
		if !stopped {
			return false
		}
	}
	return isDayOrMonth(day) && isDayOrMonth(month) && s[0] >= '1' && s[0] <= '2'
}

// singleLetter reports that one Arabic letter, alone or behind another full stop, ends at byte at.
func (c *cutter) singleLetter(start, at int) bool {
	_, size := utf8.DecodeLastRuneInString(c.raw[start:at])
	before, n := utf8.DecodeLastRuneInString(c.raw[start : at-size])
	if before == 'و' && c.clitics { // ود. علي
		if b, m := utf8.DecodeLastRuneInString(c.raw[start : at-size-n]); m == 0 || unicode.IsSpace(b) {
			return true
		}
	}
	return n == 0 || !isArabicLetter(before) && before != 0x200C
}

// longWord reports that more Latin letters than any abbreviation has end at byte at.
func (c *cutter) longWord(start, at int) bool {
	if at-start <= maxAbbreviation {
		return false
	}
	for _, b := range []byte(c.raw[at-maxAbbreviation-1 : at]) {
		if b|0x20 < 'a' || b|0x20 > 'z' {
			return false
		}
	}
	return true
}

// isAddress reports a text that begins with a URL.
func isAddress(s string) bool {
	return strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "www.")
}

// gluedEnds judges a full stop with no space after it. Between Latin letters or digits it is a decimal point or part
// of an address, unless an unmistakable beginning follows.
func (c *cutter) gluedEnds(t *terminatorRun, start int, p, n rune, next, end int) bool {
	switch {
	case isKanaOrHan(p) && t.closers == 0:
		return isKanaOrHan(n) || markOf(n) == markOpen
	case isArabicLetter(n) && (isArabicLetter(p) || t.closers > 0):
		w := c.lastWord(start, t.at)
		return utf8.RuneCountInString(w) > 2 && !strings.Contains(w, ".") &&
			utf8.RuneCountInString(c.word(next, end)) > 1
	case unicode.IsLower(p) && unicode.IsUpper(n):
		w := c.word(next, end)
		return len(w) > 1 && starters()[w] && next+len(w) < end && c.raw[next+len(w)] == ' ' &&
			!strings.ContainsAny(c.lastWord(start, t.at), "@/.")
	}
	return false
}

// writesOrdinals reports the languages that write ordinal numbers with a full stop.
func writesOrdinals(code string) bool { return lang.Of(code).Is(lang.OrdinalStops) }

// joinsAnd reports the languages that write "and" as a letter joined to the next word.
func joinsAnd(code string) bool { return lang.Of(code).Is(lang.Clitics) }

// isListMarker reports "1", "۱", "a" or "iv": the number of an entry.
func isListMarker(w string) bool {
	n := 0
	for _, r := range w {
		if !unicode.IsDigit(r) {
			n = -1
			break
		}
		n++
	}
	return n > 0 && n < 3 || n < 0 && (utf8.RuneCountInString(w) == 1 && w != "I" || w == "ii" || w == "iii" ||
		w == "iv" || w == "II" || w == "III" || w == "IV")
}

// abbreviation says whether w with its full stop is known for an abbreviation, and whether the sentence goes on
// behind it, where n is the first letter.
func (c *cutter) abbreviation(w string, n rune, next, end int) (inside, known bool) {
	if w == "" || len(w) > 4*maxAbbreviation {
		return false, false
	}
	initial := len(w) == 1 && w[0] >= 'A' && w[0] <= 'Z' && w != "I"
	if len(c.own) > 0 && !initial {
		if inside, known := c.ownAbbreviation(w, n); known {
			return inside, true
		}
	}
	if len(w) > 2*maxAbbreviation || len(w) > maxAbbreviation && strings.IndexByte(w, '.') < 0 {
		return false, false
	}
	var buf [2 * maxAbbreviation]byte
	lower := buf[:len(w)]
	for i := range len(w) {
		lower[i] = w[i]
		if 'A' <= w[i] && w[i] <= 'Z' {
			lower[i] |= 0x20
		}
	}
	kind := abbreviations()[string(lower)]
	if initial {
		kind = tailAbbreviation
	}
	beginning := unicode.IsUpper(n) && starters()[c.word(next, end)]
	switch {
	case kind == titleAbbreviation:
		return true, true
	case kind == numberAbbreviation:
		if unicode.IsDigit(n) {
			return true, true
		}
		return unicode.IsLower(n), len(lower) > 2 && unicode.IsLower(n)
	case kind == tailAbbreviation, isInitials(w):
		if len(w) == 1 && w != "I" {
			return !beginning || c.raw[min(next+1, end-1)] == '.', true // J. A. Lima
		}
		if w == "I" {
			return unicode.IsUpper(n) && !beginning, true
		}
		if isQuote(n) { // the F.B.I. "lied."
			after, _ := utf8.DecodeRuneInString(c.raw[next+utf8.RuneLen(n) : end])
			return unicode.IsLower(after), unicode.IsLower(after)
		}
		return !beginning && (unicode.IsUpper(n) || unicode.IsLower(n) || unicode.IsDigit(n) || n == '('), true
	}
	return false, false
}

// ownAbbreviation is abbreviation by the table of the text's language.
func (c *cutter) ownAbbreviation(w string, n rune) (inside, known bool) {
	w = strings.ToLower(w)
	if i := strings.LastIndexAny(w, "'’"); i >= 0 { // l'on. Bianchi
		_, size := utf8.DecodeRuneInString(w[i:])
		w = w[i+size:]
	}
	kind, listed := c.own[w]
	if !listed && len(w) > 3 { // Hauptstr.
		kind = c.own["*"+w[len(w)-3:]]
	}
	switch kind {
	case titleAbbreviation:
		return true, true
	case numberAbbreviation:
		return unicode.IsDigit(n), unicode.IsDigit(n)
	case packTail:
		return unicode.IsLower(n) || unicode.IsDigit(n) || n == '(' || n == '—' || n == '–' || n == '-', true
	}
	return false, false
}

// isRoman reports a Roman numeral of some length; a single letter is an initial more often.
func isRoman(w string) bool {
	for _, r := range w {
		if r != 'I' && r != 'V' && r != 'X' {
			return false
		}
	}
	return len(w) > 1
}

// isInitials reports single letters with full stops between them: "J", "U.S", "W.H.S".
func isInitials(w string) bool {
	letter := true
	for _, r := range w {
		if letter != unicode.IsLetter(r) || !letter && r != '.' {
			return false
		}
		letter = !letter
	}
	return !letter
}

// endsInTerminator reports a text whose last mark, but for closing ones, ends sentences.
func endsInTerminator(s string) bool {
	for s != "" {
		r, size := utf8.DecodeLastRuneInString(s)
		switch markOf(r) {
		case markStop, markFull, markShout, markDots:
			return true
		case markClose, markQuote:
			s = s[:len(s)-size]
			continue
		}
		return false
	}
	return false
}
