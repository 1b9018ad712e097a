package extract

import "claimbench/internal/lang"

// Quotations are framed alike in all languages with capital letters: somebody, a verb and a colon stand before the
// opening mark, or a comma, a verb and a name behind the closing one. So who speaks is read there whatever the verb is,
// and in languages whose verbs of saying nobody listed. What stands in the marks stays whole.

// unlisted reads the languages that have neither a grammar of ours nor words of speech: their quotations, and else what
// parsePlain reads.
var unlisted = grammar{words: noWords, parse: func(p *parse) {
	t := taggedParse{parse: p, words: speechOf(lang.Of(p.lang)).read(p.runes)}
	if len(t.words) == 0 || !t.quotation(0, len(t.words)) {
		parsePlain(p)
	}
}}

// mostFrame is how many words may stand before the colon of a quotation.
const mostFrame = 24

// quotation reads a quotation by its frame; no word of denial, doubt or condition may stand in the frame.
func (t *taggedParse) quotation(from, to int) bool {
	return t.on(ruleSpeech) && (t.coloned(from, to) || t.inverted(from, to))
}

// coloned reads X escreveu: "…", to the end of the sentence or of the quotation.
func (t *taggedParse) coloned(from, to int) bool {
	k := from + 1
	for k < to && k < from+mostFrame && !t.quote(k) && !(t.is(k, ":") && k+1 < to && t.quote(k+1)) {
		k++
	}
	if k >= to || !t.is(k, ":") || t.quote(from) || t.any(from, k, speechDeny|speechNeg|speechCond) {
		return false
	}
	name := t.beforeVerb(from, k)
	end := k + 2
	for end < to && !t.quote(end) {
		end++
	}
	if name == "" || t.letters(k+2, end) < leastClause {
		return false
	}
	t.parse.frame = [2]int{t.words[from].start, t.words[k].end}
	t.put(k+2, end, piece{source: name, role: asContent})
	return true
}

// beforeVerb gives who speaks in the frame [from,to), which ends with a verb: what begins after its last comma, to the
// last word with a capital before the verb, or all but the verb where only the head of the sentence has one.
func (t *taggedParse) beforeVerb(from, to int) string {
	start := from
	for k := from; k < to-1; k++ {
		if t.is(k, ",") {
			start = k + 1
		}
	}
	if t.words[start].is&speechEnd != 0 {
		return ""
	}
	verb := to
	for k := start + 1; k < to; k++ {
		if t.words[k].is&speechEnd != 0 {
			verb = k
			break
		}
	}
	end := 0
	for k := start; k < verb; k++ {
		if t.capital(k, k+1) && k > from {
			end = k + 1
		}
	}
	if end == 0 { // La ministra escribió
		for end = verb - 1; end > start && t.words[end-1].is&speechAux != 0; {
			end--
		}
		if end-start < 2 {
			return ""
		}
	}
	if end-start > 7 || verb-end > 3 || t.markIn(start, end) {
		return ""
	}
	return t.text(start, end)
}

// markIn says whether a mark that no name has stands in [from,to).
func (t *taggedParse) markIn(from, to int) bool {
	for k := from; k < to; k++ {
		if t.isMark(k) && !t.is(k, ".-’'") {
			return true
		}
	}
	return false
}

// inverted reads "…", escreveu X: a comma or a dash at the closing mark, one to three words in small letters, a name.
func (t *taggedParse) inverted(from, to int) bool {
	if !t.quote(from) {
		return false
	}
	end := from + 1
	for end < to && !t.quote(end) {
		end++
	}
	if end >= to-1 || t.letters(from, end) < leastClause {
		return false
	}
	verb := end + 1
	for verb < to && t.is(verb, ",—–-.") {
		verb++
	}
	if verb == end+1 && !t.is(end-1, ",—–") || verb >= to || t.isMark(verb) {
		return false
	}
	name := verb
	for name < to && name < verb+4 && !t.isMark(name) && !t.capital(name, name+1) {
		name++
	}
	if name == verb || name == verb+4 || name >= to || !t.capital(name, name+1) ||
		t.any(end, name, speechDeny|speechNeg|speechCond|speechEnd) {
		return false
	}
	stop := name + 1
	for k := stop; k < to && k < name+6 && (!t.isMark(k) || t.is(k, ".-’'")); k++ {
		if t.capital(k, k+1) {
			stop = k + 1
		} else if t.words[k].end-t.words[k].start > 3 && !t.isMark(k) {
			break
		}
	}
	t.put(from+1, end, piece{source: t.text(name, stop), role: asContent})
	return true
}

// whole reads a sentence that an operator keeps in one piece: who says it is named in front of it, or by the frame of a
// quotation, and the operator stands in what they say.
func (t *taggedParse) whole() bool {
	from, to := t.trim(0, len(t.words))
	if name, next := t.according(from, to); next > from && name != "" &&
		!t.any(from, next, speechDeny|speechNeg|speechCond) && t.letters(next, to) >= leastClause {
		t.put(next, to, piece{source: name, role: asContent})
		return true
	}
	return t.quotation(from, to)
}

// named gives the speakers of the pieces as the reader knows them: a pronoun is who spoke in the sentence before.
func (t *taggedParse) named() {
	for i := range t.out {
		q := &t.out[i]
		if q.source == "" {
			continue
		}
		if who := t.before.resolve(q.source, false); who != "" {
			q.source = who
		}
	}
}
