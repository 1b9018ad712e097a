package extract

import (
	"strings"
	"unicode"

	"claimbench/internal/clause"
	"claimbench/internal/lang"
)

// according reads "selon X," and its like at the head: who says it, and the word after.
func (t *taggedParse) according(from, to int) (string, int) {
	if from >= to || t.words[from].is&(speechAccording|speechAs) == 0 {
		return t.namedBefore(from, to)
	}
	as := t.words[from].is&speechAccording == 0
	head := from
	for head < to && t.words[head].is&(speechAccording|speechAs) != 0 {
		head++
	}
	for k := head; k < to && k < head+14; k++ {
		if t.is(k, ",，") && t.kindAt(k+1) != clause.Apposition {
			end := k
			for end > head && t.words[end-1].is&speechSay != 0 {
				end--
			}
			if end == head || as && end == k {
				return "", from
			}
			cited, next := t.citing(k+1, to)
			return chainedTo(t.text(head, end), cited), next
		}
	}
	if !as && lang.Of(t.lang).Is(lang.OrdinalStops|lang.CapitalMonths) { // Laut der Polizei verlor er seine Brille
		end := head
		for end < to && end < head+7 && !t.isMark(end) && !t.lowerVerb(end, head) {
			end++
		}
		if end < to && !t.isMark(end) && t.capital(head, end) && t.letters(end, to) > leastClause {
			return t.text(head, end), end
		}
	}
	return "", from
}

// citingWords are, by their first words, the asides that say from whom a source has it.
var citingWords = [][]string{{"citant"}, {"citando", "a"}, {"citando"}, {"que", "cita", "a"}, {"que", "cita"},
	{"die", "sich", "auf"}, {"der", "sich", "auf"}, {"das", "sich", "auf"}, {"unter", "berufung", "auf"},
	{"qui", "cite"}, {"ссылаясь", "на"}, {"со", "ссылкой", "на"}}

// citing reads whom a source cites between the commas after it, and gives the word after; from where it cites nobody.
func (t *taggedParse) citing(from, to int) (string, int) {
	for _, words := range citingWords {
		k := 0
		for k < len(words) && from+k < to && strings.EqualFold(t.text(from+k, from+k+1), words[k]) {
			k++
		}
		if k < len(words) {
			continue
		}
		for c := from + k + 1; c < to && c < from+14; c++ {
			if !t.is(c, ",") {
				continue
			}
			end := c
			if strings.EqualFold(t.text(c-1, c), "beruft") && end > from+k+1 {
				end--
			}
			return t.text(from+k, end), c + 1
		}
	}
	return "", from
}

// namedBefore reads the source that stands before its word: X'e göre.
func (t *taggedParse) namedBefore(from, to int) (string, int) {
	for k := from + 1; k < to && k < from+9; k++ {
		if t.words[k].is&speechPost != 0 {
			next := k + 1
			for next < to && t.words[next].is&speechPost != 0 { // के अनुसार
				next++
			}
			if next < to && t.is(next, ",") {
				next++
			}
			return t.of.bare(t.text(from, k)), next
		}
		if t.is(k, ",;") {
			break
		}
	}
	return "", from
}

// accordingInside gives who a sentence leans on without parting with it: ", selon X."
func (t *taggedParse) accordingInside(from, to int) string {
	for k := from + 1; k < to; k++ {
		if t.words[k].is&speechAccording == 0 {
			continue
		}
		head := k
		for head < to && t.words[head].is&speechAccording != 0 {
			head++
		}
		end := head
		if t.is(k-1, ",") && t.words[head-1].is&speechRel != 0 || head < to && t.words[head].is&speechRel != 0 &&
			t.is(k-1, ",") {
			return "" // einen Bericht, laut dem …
		}
		for end < to && end < head+8 && !t.isMark(end) && t.words[end].is&speechEnd == 0 && !t.lowerVerb(end, head) {
			end++
		}
		if end > head {
			return t.text(head, end)
		}
	}
	return ""
}

// lowerVerb ends a name in running text: a word in small letters after a capital one, in languages that have capitals.
func (t *taggedParse) lowerVerb(k, head int) bool {
	r := t.runes[t.words[k].start]
	return k > head+1 && unicode.IsLower(r) && t.words[k].end-t.words[k].start > 3 &&
		unicode.IsUpper(t.runes[t.words[k-1].start])
}

// lastSays reads a sentence that ends in its verb of saying and parts its subject off by a comma: Çin, … bildirdi.
func (t *taggedParse) lastSays(from, to int) bool {
	end := to
	for end > from && t.isMark(end-1) {
		end--
	}
	say := end
	for say > from && t.words[say-1].is&speechSay != 0 {
		say--
	}
	if say == end || !lang.Of(t.lang).Is(lang.YearFirst) {
		return false
	}
	for k := from + 1; k < say && k < from+6; k++ {
		if t.is(k, ",") && t.letters(k, say) > leastClause {
			t.parse.frame = [2]int{t.words[say].start, t.words[end-1].end}
			for c := from; c < k; c++ { // HIV/Aids: Çin, …
				if t.is(c, ":") {
					from = c + 1
				}
			}
			t.clauses(k+1, say, t.text(from, k))
			return true
		}
	}
	return false
}

// topicSays reads a sentence that ends in its verb of saying, of a language whose nouns wear what marks them: 장관은 12명이
// 숨졌다고 말했다.
func (t *taggedParse) topicSays(from, to int) bool {
	if len(t.of.wears) == 0 {
		return false
	}
	end := to
	for end > from && t.isMark(end-1) {
		end--
	}
	say := end - 1
	if say <= from+1 || t.words[say].is&speechSay == 0 {
		return false
	}
	last := t.words[say-1]
	if quoted := t.text(say-1, say); !strings.HasSuffix(quoted, "다고") && !strings.HasSuffix(quoted, "라고") {
		return false
	}
	for k := from; k < say-1 && k < from+5 && !t.isMark(k); k++ {
		topic := t.text(k, k+1)
		if !strings.HasSuffix(topic, "은") && !strings.HasSuffix(topic, "는") || t.letters(k+1, say) < leastClause {
			continue
		}
		t.parse.frame = [2]int{t.words[say].start, t.words[say].end}
		before := len(t.out)
		t.put(k+1, say, piece{source: t.of.bare(t.text(from, k+1)), role: asContent})
		if len(t.out) > before && t.out[len(t.out)-1].end == last.end {
			t.out[len(t.out)-1].end-- // 고 joins it to the verb
		}
		return len(t.out) > before
	}
	return false
}

// reported reads "X said that Y": a word of saying, and the word that opens its content right after it or behind a
// comma.
func (t *taggedParse) reported(from, to int) bool {
	for say := from; say < to; say++ {
		if t.words[say].is&speechSay == 0 {
			continue
		}
		for k := say + 1; k < to && k < say+12; k++ {
			worn := 0
			if k == say+1 {
				worn = t.of.opened(t.text(k, k+1))
			}
			near := k == say+1 || t.is(k-1, ",") || t.words[say+1].is&speechEnd != 0 ||
				say == from && len(t.of.opens) > 0 // the verb may come first: אמר השר כי
			opens := worn > 0 || t.words[k].is&speechThat != 0 && near || t.is(k, ":：") ||
				lang.Of(t.lang).Is(lang.Unspaced) && k == say+1 || t.is(k, ",") && t.contentAfter(k+1)
			if !opens {
				continue
			}
			name := t.subject(from, say, k)
			next := k
			for next < to && (t.words[next].is&speechThat != 0 || t.isMark(next) && !t.quote(next)) {
				next++
			}
			if name == "" || t.letters(next, to) < leastClause {
				return false
			}
			t.parse.frame = [2]int{t.words[from].start, t.words[k-1].end}
			t.words[next].start += worn
			t.clauses(next, to, name)
			return true
		}
	}
	return false
}

// contentAfter says that a clause which the verb before it may report begins at word k: das Team sei erschüttert.
func (t *taggedParse) contentAfter(k int) bool {
	switch t.kindAt(k) {
	case clause.Content, clause.Coordinate, clause.Main, clause.Frame:
		return lang.Of(t.lang).Is(lang.OrdinalStops) && !lang.Of(t.lang).Is(lang.YearFirst)
	}
	return false
}

// subject gives who says it, where the verb is word say and its content is opened at word content: what stands before
// the verb after the last comma, or, where nothing is there but an adverbial, what follows the verb.
func (t *taggedParse) subject(from, say, content int) string {
	if c := t.apposed(from, say); c > from {
		return t.text(from, c)
	}
	start := from
	for k := from; k < say; k++ {
		if t.is(k, ",，") && k > from && k < say-1 {
			start = k + 1
		}
	}
	end := say
	for end > start && (t.isMark(end-1) || t.words[end-1].is&(speechSay|speechAux) != 0) {
		end--
	}
	after := say + 1
	for after < content && t.isMark(after) {
		after++
	}
	if end == start && start > from { // La Commission, qui prépare la loi, a indiqué
		if c := t.aside(from, start); c > from {
			return t.text(from, c)
		}
	}
	if t.words[start].is&speechEnd != 0 { // Nach einer Befragung gab die Polizei an
		if stop := t.nameEnd(after, content); stop > after {
			return t.text(after, stop)
		}
		return ""
	}
	if stop := t.nameEnd(after, content); stop > after && t.capital(after, stop) && !t.capital(start, start+1) {
		return t.text(after, stop)
	}
	if end > start && end-start <= 8 {
		return t.text(start, end)
	}
	if stop := t.nameEnd(after, content); stop > after {
		return t.text(after, stop)
	}
	return ""
}

// aside gives the comma after the name that begins a sentence, where all that follows to word to, before which a comma
// stands, is a relative clause or what else is said of them.
func (t *taggedParse) aside(from, to int) int {
	c := from
	for c < to && (!t.isMark(c) || t.is(c, ".-’'")) {
		c++
	}
	if c == from || c > from+8 || c >= to-2 || !t.is(c, ",") || !t.capital(from, c) ||
		t.words[from].is&(speechEnd|speechJoin|speechRel) != 0 ||
		t.words[c+1].is&speechRel == 0 && !t.capital(from+1, c) {
		return from
	}
	return c
}

// apposed gives the comma after the name of who speaks, where what they are stands between it and the verb of saying:
// Anna Weber, Chefin der Bank, sagte. It gives from where the sentence does not begin so.
func (t *taggedParse) apposed(from, say int) int {
	c := from
	for c < say && !t.is(c, ",") {
		if !t.capital(c, c+1) && !t.is(c, ".-’'") || t.words[c].is&speechEnd != 0 {
			return from
		}
		c++
	}
	last := say - 1
	for last > c && t.words[last].is&(speechSay|speechAux) != 0 {
		last--
	}
	if c < from+2 || c > from+6 || last < c+2 || last > c+14 || !t.is(last, ",") {
		return from
	}
	for k := c + 1; k < last; k++ {
		if t.isMark(k) && !t.is(k, ".-’'") {
			return from
		}
	}
	return c
}

func (t *taggedParse) nameEnd(from, to int) int {
	for k := from; k < to; k++ {
		if t.isMark(k) && !t.is(k, ".-’'") || t.words[k].is&(speechThat|speechEnd) != 0 {
			return k
		}
	}
	return to
}

func (t *taggedParse) capital(from, to int) bool {
	for k := from; k < to && k < len(t.words); k++ {
		if unicode.IsUpper(t.runes[t.words[k].start]) {
			return true
		}
	}
	return false
}

// quoted reads "…", said X, and X: "…".
func (t *taggedParse) quoted(from, to int) bool {
	if from >= to || !t.quote(from) {
		return false
	}
	end := from + 1
	for end < to && !t.quote(end) {
		end++
	}
	if end >= to || t.letters(from, end) < leastClause/2 {
		return false
	}
	say := end + 1
	for say < to && t.words[say].is&speechSay == 0 {
		if say > end+1 && (t.is(say, ",，。") || say > end+12) {
			return false
		}
		say++
	}
	if say >= to {
		return false
	}
	name := t.speakerAfter(end+1, to)
	if lang.Of(t.lang).Is(lang.Unspaced) { // “…”，X 说
		head := end + 1
		for head < say && t.isMark(head) {
			head++
		}
		if name = ""; head < say {
			name = t.text(head, say)
		}
	}
	if name == "" {
		return false
	}
	t.put(from+1, end, piece{source: name, role: asContent})
	return true
}

// said reads "Y, said X": a clause, a comma, and a word of saying right after it.
func (t *taggedParse) said(from, to int) bool {
	for k := to - 1; k > from+3; k-- {
		if t.words[k].is&speechSay == 0 {
			continue
		}
		comma := k - 1
		for comma > k-3 && comma > from && !t.is(comma, ",，—–") {
			comma--
		}
		if !t.is(comma, ",，—–") || t.letters(from, comma) < leastClause {
			continue
		}
		name := t.speakerAfter(k+1, to)
		if name == "" {
			return false
		}
		t.parse.frame = [2]int{t.words[comma].start, t.words[to-1].end}
		t.clauses(from, comma, name)
		return true
	}
	return false
}

// speakerAfter gives the name after the verb of saying at or after word k.
func (t *taggedParse) speakerAfter(k, to int) string {
	for k < to && (t.isMark(k) || t.words[k].is&(speechSay|speechAux) != 0) {
		k++
	}
	end := k
	for end < to && end < k+7 && !t.isMark(end) && t.words[end].is&(speechEnd|speechThat) == 0 {
		end++
	}
	if end == k {
		return ""
	}
	return t.text(k, end)
}
