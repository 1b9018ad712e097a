package extract

import "strings"

// section opens when a sentence announces that a text follows in full ("以下は
// Xによる声明全文である"): what follows is asserted by that text, until a
// heading or a piece of the page comes between.
func (r *reader) openSection(l *line) {
	if !r.off.on(ruleSection) {
		return
	}
	if name := l.announced(); name != "" {
		r.section, r.opened = name, l.sent.N
	}
}

// announced names the text that the sentence says is following, "" for none.
func (l *line) announced() string {
	if strings.HasPrefix(l.lang, "ja") {
		s := string(l.runes)
		if !strings.HasPrefix(s, "以下は") {
			return ""
		}
		name, _, ok := strings.Cut(strings.TrimPrefix(s, "以下は"), "全文")
		if !ok {
			return ""
		}
		return strings.TrimLeft(name, "、")
	}
	full := find(0, min(len(l.toks), 9), func(i int) bool {
		return l.is(i, "full", "کامل", "نص", "text",
			"transcript")
	})
	if full == min(len(l.toks), 9) {
		return ""
	}
	said := find(full, min(len(l.toks), full+6), func(i int) bool { return l.has(i, cReport) })
	opens := l.is(0, "following", "below", "فیما", "متن", "در") || l.is(0, "the") && l.is(1, "following", "full") ||
		l.is(0, "here")
	if !opens || said == min(len(l.toks), full+6) {
		return ""
	}
	end := find(said, len(l.toks), func(i int) bool { return i > said && (l.has(i, cVerb) || l.toks[i].kind == mark) })
	return l.words(said, end)
}

// attribution names who asserts a piece: inside a section the section, chained
// with the source that it names itself.
func (r *reader) attribution(l *line, p piece) string {
	in := r.section != "" && l.sent.N > r.opened
	if p.source == "" && r.label != "" && p.role != asApposition {
		p.source = r.label
	}
	if p.source == "" && p.role != asApposition && p.role != asSpeech {
		p.source = r.quoting
	}
	switch {
	case in && p.source != "":
		return r.section + citing + p.source
	case in:
		return r.section
	case p.source != "":
		return p.source
	}
	return Article
}

// chained is the source of what inner said according to outer.
func chained(outer, inner string) string {
	if outer == "" || outer == inner {
		return inner
	}
	if inner == "" {
		return outer
	}
	return outer + citing + inner
}

// chain parts a source into who says it and from whom they have it.
func chain(source string) []string { return strings.Split(source, citing) }

// citing stands between the links of a chain of sources.
const citing = ", citing "

// chainedTo adds whom a source has it from, where that is named.
func chainedTo(source, cited string) string {
	if cited == "" || source == "" {
		return source
	}
	return source + citing + cited
}

// outerOf is who quoted the last source of a chain, "" for the article.
func outerOf(source string) string {
	outer, _, ok := strings.Cut(source, citing)
	if !ok {
		return ""
	}
	return outer
}
