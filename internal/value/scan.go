package value

import (
	"bytes"
	"slices"
	"unicode"
	"unicode/utf8"

	"claimbench/internal/lang"
	"claimbench/internal/text"
)

// Scan is one sentence cut into tokens, which quantities, dates and names are all read from. Build it once for a
// sentence and ask it for each; it is not for use by several goroutines at once.
type Scan struct {
	sent   text.Sentence
	runes  []rune // the sentence; an index into it plus sent.Span.Start is a code point of the document
	tokens []token
	folded []byte // the folded words, one after the other
	words  *lexicon
	pack   *lang.Pack
	judge  judge
	cjk    bool
	dates  []dateHit
	dated  bool   // dates are found
	taken  []bool // by rune: part of a date (CJK only)
	title  int8   // whether most words have a capital: 0 not counted, 1 no, 2 yes
}

type tokenKind uint8

const (
	tokenWord    tokenKind = iota
	tokenNumber            // digits of any writing with their marks
	tokenCJK               // a run of kanji, hiragana or katakana
	tokenSymbol            // one rune of punctuation or a symbol
	tokenAddress           // a URL or an e-mail address
)

type writing uint8

const (
	writingOther writing = iota
	writingLatin
	writingArabic
	writingHan
	writingHiragana
	writingKatakana
)

// Clitics written at the head of an Arabic word.
const (
	proclitConj uint8 = 1 << iota // و ف
	proclitPrep                   // ب ل ك
	proclitAl                     // ال
)

// token is a word, number or symbol of a sentence; start and end are indexes into Scan.runes.
type token struct {
	start, end      int32
	fold0, fold1    int32 // the folded word in Scan.folded
	number          numberToken
	word            *lex     // what the word can mean, its clitics off; nil when unknown
	heads           []phrase // listed phrases whose first word it is
	phrase          *lex     // the longest listed phrase that starts here
	phraseLen       uint8
	kind            tokenKind
	writing         writing
	clitics         uint8
	spaced, taken   bool // white space before it; part of a date
	upper, allUpper bool // a capital at its head; two capitals or more and no small letter
	digits          bool // a Latin word with digits in it: APT31
}

// NewScan cuts sentence s of d.
func NewScan(d *text.Doc, s text.Sentence) *Scan {
	pack := lang.Of(s.Lang)
	sc := &Scan{sent: s, pack: pack, words: lexiconOf(pack), judge: judges[pack.Numerals]}
	str := d.Slice(s.Span)
	sc.runes = make([]rune, 0, s.Span.Len())
	for _, r := range str {
		sc.runes = append(sc.runes, r)
	}
	sc.folded = make([]byte, 0, len(str)+8)
	sc.tokens = make([]token, 0, len(sc.runes)/4+4)
	sc.cut()
	if sc.cjk {
		sc.taken = make([]bool, len(sc.runes)+1)
	} else {
		sc.findPhrases()
	}
	return sc
}

// span gives the document's span of the runes from a to b.
func (sc *Scan) span(a, b int32) text.Span {
	for b > a && isBlank(sc.runes[b-1]) {
		b--
	}
	return text.Span{Start: sc.sent.Span.Start + int(a), End: sc.sent.Span.Start + int(b)}
}

// fold gives the folded form of token i. It must not be kept: use it to compare or look up.
func (sc *Scan) fold(i int) []byte { return sc.folded[sc.tokens[i].fold0:sc.tokens[i].fold1] }

func (sc *Scan) is(i int, word string) bool {
	return i >= 0 && i < len(sc.tokens) && sc.tokens[i].kind == tokenWord && string(sc.fold(i)) == word
}

// symbol gives the rune of a symbol token, or 0.
func (sc *Scan) symbol(i int) rune {
	if i < 0 || i >= len(sc.tokens) || sc.tokens[i].kind != tokenSymbol {
		return 0
	}
	return sc.runes[sc.tokens[i].start]
}

// has says whether token i is a word with one of the senses.
func (sc *Scan) has(i int, s sense) bool {
	return i >= 0 && i < len(sc.tokens) && sc.tokens[i].word != nil && sc.tokens[i].word.senses&s != 0
}

// cut fills tokens.
func (sc *Scan) cut() {
	spaced := true
	for i := 0; i < len(sc.runes); {
		r := sc.runes[i]
		if r == ' ' || !isPlainLetter(r) && isBlank(r) {
			spaced = true
			i++
			continue
		}
		if isControl(r) {
			i++
			continue
		}
		from := i
		sc.tokens = append(sc.tokens, token{start: int32(i), spaced: spaced})
		t := &sc.tokens[len(sc.tokens)-1]
		spaced = false
		switch {
		case isPlainLetter(r):
			i = sc.cutWord(t, i)
		case isDigit(r):
			t.kind = tokenNumber
			t.number, i = scanNumber(sc.runes, i, sc.pack)
			if end, mixed := mixedEnd(sc.runes, from, i); mixed {
				t.number.dotted, i = true, end // nobody knows what it says
			}
		case isCJK(r):
			i = sc.cutCJK(t, i)
		case isWordLetter(r) && !isMark(r):
			i = sc.cutWord(t, i)
		default:
			t.kind = tokenSymbol
			i++
		}
		if i <= from {
			i = from + 1
		}
		t.end = int32(i)
	}
}

func (sc *Scan) cutCJK(t *token, i int) int {
	sc.cjk = true
	t.kind, t.writing = tokenCJK, writingOf(sc.runes[i])
	for i++; i < len(sc.runes) && isCJK(sc.runes[i]) && (writingOf(sc.runes[i]) == t.writing ||
		isKanaMark(sc.runes[i])); i++ {
	}
	return i
}

// cutWord reads a word from rune i, folds it and looks it up; it gives the index after it.
func (sc *Scan) cutWord(t *token, i int) int {
	from := i
	t.writing = writingOf(sc.runes[i])
	t.upper = unicode.IsUpper(sc.runes[i])
	uppers, lowers, joiner := 0, 0, -1
	t.fold0 = int32(len(sc.folded))
	for ; i < len(sc.runes); i++ {
		r := sc.runes[i]
		if isApostrophe(r) && i > from && i+1 < len(sc.runes) && isCyrillic(sc.runes[i-1]) &&
			isCyrillic(sc.runes[i+1]) {
			continue // п'ять
		}
		if isGershayim(r) && i > from && finalHebrew(sc.runes, i+1) {
			continue // ק"מ
		}
		if r == zwnj {
			if i+1 >= len(sc.runes) || !isWordLetter(sc.runes[i+1]) {
				break
			}
			if joiner < 0 {
				joiner = i
			}
			continue
		}
		if isDigit(r) || r == '_' {
			if t.writing != writingLatin || r > 0x7f || !t.digits && isDigit(r) && sc.figuresHead(t) {
				break
			}
			t.digits = t.digits || r != '_'
		} else if !isWordLetter(r) || isCJK(r) || (r < 0x250) != (sc.runes[from] < 0x250) && unicode.IsLetter(r) &&
			t.writing != writingOf(r) {
			break
		}
		switch {
		case r >= 'a' && r <= 'z':
			lowers++
			sc.folded = append(sc.folded, byte(r))
			continue
		case r >= 'A' && r <= 'Z':
			uppers++
			sc.folded = append(sc.folded, byte(r)+'a'-'A')
			continue
		case r >= 0x600 && r < 0x700:
		case unicode.IsUpper(r):
			uppers++
		case r < 0x600 && unicode.IsLower(r):
			lowers++
		}
		sc.folded = appendFolded(sc.folded, r)
	}
	t.fold1 = int32(len(sc.folded))
	t.allUpper = uppers > 1 && lowers == 0
	if t.writing == writingLatin && isAddressHead(sc.folded[t.fold0:t.fold1], sc.runes[i:]) {
		t.kind = tokenAddress
		for i < len(sc.runes) && sc.runes[i] > ' ' && sc.runes[i] < 0x7f {
			i++
		}
		return i
	}
	return sc.lookUp(t, from, i, joiner)
}

// figuresHead says that the word begun is one whose figures are glued to it: money (Rp3,7, EUR5), a year's word
// (FY2019).
func (sc *Scan) figuresHead(t *token) bool {
	w := sc.words.find(sc.folded[t.fold0:])
	return w != nil && w.senses&(senseMoney|senseYear) != 0 && len(sc.folded)-int(t.fold0) <= 3
}

// lookUp finds the meaning of word t, which spans the runes from a to b: whole, without Arabic clitics, or, when a
// ZWNJ stands in it at joiner, as two words. It gives the end of the word it settled on.
func (sc *Scan) lookUp(t *token, a, b, joiner int) int {
	f := sc.folded[t.fold0:t.fold1]
	if w := sc.words.lookUp(f); w != nil {
		t.heads = w.phrases
		if w.senses != 0 {
			t.word = w
		}
	}
	if t.word != nil {
		if t.word.num == 200 && bytes.HasPrefix(f, []byte("میت")) && !slices.Contains(sc.runes[a:b], 'ئ') {
			t.word = nil // ميتا, dead, folds like مئتا
		}
		return b
	}
	if sc.words.particles != nil {
		return sc.lookUpGlued(t, a, b)
	}
	if t.writing != writingArabic {
		return b
	}
	if joiner > 0 {
		n := 0
		for i := a; i < joiner; i++ {
			if !isMark(sc.runes[i]) {
				n = len(appendFolded(f[:n:n], sc.runes[i]))
			}
		}
		if head := sc.words.find(f[:min(n, len(f))]); head != nil &&
			head.senses&(senseNum|senseScale|senseHundred|senseSome) != 0 {
			sc.folded = sc.folded[:int(t.fold0)+n]
			t.fold1 = int32(len(sc.folded))
			t.word = head
			return joiner
		}
	}
	if sc.words.clitics {
		t.word, t.clitics = sc.words.findClitic(f)
		if t.word != nil && t.word.senses&(senseVague|senseHundred|senseNum) != 0 && t.clitics&proclitPrep != 0 &&
			!slices.Contains(sc.runes[a:b], 'ئ') && bytes.HasSuffix(bytes.TrimSuffix(bytes.TrimSuffix(
			f, []byte("ات")), []byte("ه")), []byte("کمی")) {
			t.word = nil // كميات and كمية, amounts, fold like ك + مئات and ك + مئة
		}
	} else if w, ok := sc.words.findEnding(f); ok {
		t.word = w
	} else if !t.spaced && len(f) > 4 && bytes.HasPrefix(f, []byte("و")) { // سی‌ویکم
		if w := sc.words.find(f[2:]); w != nil && w.senses&(senseNum|senseOrd|senseHundred) != 0 {
			t.word, t.clitics = w, proclitConj
		}
	}
	return b
}

// lookUpGlued parts a Korean word that is not known as it stands: what follows figures is cut to the longest word known
// (만명이 is 만, 명, 이), and any other to a word known before a particle. It gives the end of the word it settled on.
func (sc *Scan) lookUpGlued(t *token, a, b int) int {
	glued := !t.spaced && len(sc.tokens) > 1 && (sc.tokens[len(sc.tokens)-2].kind == tokenNumber ||
		sc.has(len(sc.tokens)-2, senseScale|senseUnit))
	const longest = 10 // no listed word has more syllables; so the time stays linear
	if b > a+longest {
		return b
	}
	for end, n := b-1, int(t.fold1); end > a; end-- {
		n -= utf8.RuneLen(sc.runes[end]) // syllables fold to themselves
		if n <= int(t.fold0) {
			break
		}
		w := sc.words.find(sc.folded[t.fold0:n])
		if w == nil || !glued && !sc.words.particles[string(sc.folded[n:t.fold1])] {
			continue
		}
		t.word, t.fold1 = w, int32(n)
		sc.folded = sc.folded[:n]
		return end
	}
	return b
}

// findPhrases marks where listed phrases of several words start.
func (sc *Scan) findPhrases() {
	for i := range sc.tokens {
		t := &sc.tokens[i]
		for _, p := range t.heads {
			if end := sc.matches(i+1, p.rest); end > 0 {
				t.phrase, t.phraseLen = p.sense, uint8(end-i)
				break
			}
		}
	}
}

// matches gives the token after the words of rest, which start at token i and may have hyphens before them; 0 when
// they are not there.
func (sc *Scan) matches(i int, rest []string) int {
	for _, w := range rest {
		if r := sc.symbol(i); (isHyphen(r) || r == '\'' || r == '’') && !sc.tokens[i].spaced {
			i++
		}
		if !sc.is(i, w) {
			return 0
		}
		i++
	}
	return i
}

const zwnj = '\u200c'

func isAddressHead(folded []byte, rest []rune) bool {
	switch string(folded) {
	case "http", "https", "ftp":
		return len(rest) > 2 && rest[0] == ':' && rest[1] == '/'
	case "www":
		return len(rest) > 1 && rest[0] == '.'
	}
	return false
}
