package text

// Sentence is a segment of a document. Its span starts and ends at non-space code points; N counts from 1.
type Sentence struct {
	N    int
	Span Span
	Lang string
	Dir  Dir
	Kind SentenceKind
}

// Sentences cuts d into sentences. lang is a BCP 47 tag, or "" or "auto" to have it detected; it is the language of
// those sentences that do not show another. Time and memory are linear in the text, however it is broken.
func Sentences(d *Doc, lang string) []Sentence {
	return sentencesWith(d, lang, rules{})
}

// rules switches rules off, one field each, so that what each of them buys can be measured.
type rules struct {
	NoHold         bool // quotations and brackets hold together
	NoAbbreviation bool // abbreviations and initials do not end a sentence
	NoNextWord     bool // a lower-case or joining word after the terminator carries the sentence on
	NoEllipsis     bool // ".." and "..." end a sentence only before a clear beginning
	NoCloser       bool // closing quotes and brackets after the terminator belong to the sentence
	NoQuotative    bool // 「…。」と述べた is one sentence
	NoGlued        bool // a terminator without a space after it may end a sentence
	NoListMarker   bool // "1." at the beginning of a sentence is not one
	NoOrdinal      bool // "3. Mai" in the languages that write ordinals with a full stop
	NoDateline     bool // "CITY - AGENCY:" is a sentence of its own
	NoSigns        bool // a line drawn with signs stands alone, and :-) ends a sentence
	NoMirror       bool // brackets that a right-to-left text has the wrong way round
	NoKinds        bool
	NoSentenceLang bool
}

func sentencesWith(d *Doc, lang string, off rules) []Sentence {
	if lang == "" || lang == "auto" {
		lang = Detect(d.raw)
	}
	c := cutter{raw: d.raw, off: off, ordinals: writesOrdinals(lang), clitics: joinsAnd(lang),
		own: abbreviationsOf(lang)}
	c.cut()
	out := make([]Sentence, len(c.segments))
	dir := DirOf(lang)
	pos := cursor{d: d}
	for i, g := range c.segments {
		out[i] = Sentence{N: i + 1, Span: Span{pos.to(g.start), pos.to(g.end)}, Lang: lang, Dir: dir, Kind: KindBody}
	}
	if !off.NoSentenceLang {
		setLanguages(d.raw, c.segments, out)
	}
	if !off.NoKinds {
		setKinds(d.raw, c.segments, out)
	}
	return out
}

// cursor converts ascending byte offsets to code points without searching.
type cursor struct {
	d        *Doc
	byte, cp int
}

func (c *cursor) to(b int) int {
	if c.d.starts == nil {
		return b
	}
	if b-c.byte > 2<<blockShift {
		c.cp = c.d.CodePoint(b)
	} else {
		c.cp += countStarts(c.d.raw[c.byte:b])
	}
	c.byte = b
	return c.cp
}

// segment is a sentence in bytes, trimmed of spaces; line is the number of its line among the lines that are not
// empty, gap whether an empty line stands before it.
type segment struct {
	start, end int
	line       int
	gap        bool
	term       bool // it ends in a terminator
}
