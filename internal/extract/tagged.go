package extract

import (
	"unicode"

	"claimbench/internal/clause"
	"claimbench/internal/lang"
	"claimbench/internal/text"
)

// tagged is the grammar of the languages that have no grammar of ours, but words of speech and a learnt cutter of
// clauses. An operator (denial, doubt, condition) anywhere in a sentence keeps it whole: what it governs is not known.
var tagged = grammar{words: lexicon{}, parse: parseTagged}

// leastClause is how many letters a clause must have to stand as a piece of its own, beside a few words.
const leastClause = 12

// taggedParse is the work on one line, in code points of it.
type taggedParse struct {
	*parse
	words    []taggedWord
	segments []clause.Segment
}

// taggedWord is a word or mark of the line, with what it is among the words of speech.
type taggedWord struct {
	start, end int
	is         speechSense
}

func parseTagged(p *parse) {
	segments, ok := clause.Segments(p.runes, p.lang)
	t := taggedParse{parse: p, segments: segments, words: speechOf(lang.Of(p.lang)).read(p.runes)}
	if !ok || len(t.words) == 0 || t.any(0, len(t.words), speechDeny|speechCond) ||
		t.any(0, len(t.words), speechNeg) && !t.negatesLast() {
		parsePlain(p)
		return
	}
	from, to := t.trim(0, len(t.words))
	source := ""
	if name, next := t.according(from, to); next > from {
		source, from = name, next
	}
	t.statement(from, to, source)
	if len(p.out) == 0 {
		parsePlain(p)
	}
}

// any says whether a word in [from,to) has one of the senses.
func (t *taggedParse) any(from, to int, s speechSense) bool {
	for _, w := range t.words[max(from, 0):min(to, len(t.words))] {
		if w.is&s != 0 {
			return true
		}
	}
	return false
}

// negatesLast says that the only negation stands in the last clause, which no other clause follows.
func (t *taggedParse) negatesLast() bool {
	last := 0
	for _, s := range t.segments {
		if s.Kind == clause.Coordinate || s.Kind == clause.Content {
			last = s.Start
		}
	}
	for _, w := range t.words {
		if w.is&speechNeg != 0 && w.start < last {
			return false
		}
	}
	return last > 0 && !t.any(0, len(t.words), speechSay)
}

// trim takes marks and words that lead from one sentence to the next off the head of [from,to).
func (t *taggedParse) trim(from, to int) (int, int) {
	for from < to && t.isMark(from) && !t.quote(from) {
		from++
	}
	for lead := from; lead < to && t.words[lead].is&speechLead != 0; lead++ {
		if from = lead + 1; from < to && t.is(from, ",，") {
			from++
		}
	}
	return from, to
}

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
			return t.text(head, end), k + 1
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

// namedBefore reads the source that stands before its word: X'e göre.
func (t *taggedParse) namedBefore(from, to int) (string, int) {
	for k := from + 1; k < to && k < from+9; k++ {
		if t.words[k].is&speechPost != 0 {
			next := k + 1
			if next < to && t.is(next, ",") {
				next++
			}
			return t.text(from, k), next
		}
		if t.is(k, ",;") {
			break
		}
	}
	return "", from
}

// statement reads [from,to): what it reports, or else its clauses.
func (t *taggedParse) statement(from, to int, source string) {
	if source == "" && (t.lastSays(from, to) || t.reported(from, to) || t.quoted(from, to) || t.said(from, to)) {
		return
	}
	if source == "" {
		source = t.accordingInside(from, to)
	}
	if k := t.titleColon(from, to); k > 0 {
		t.put(from, k, piece{})
		from = k + 1
	}
	t.clauses(from, to, source)
}

// titleColon gives the colon that parts a headline into two statements, 0 for none.
func (t *taggedParse) titleColon(from, to int) int {
	if t.sent.Kind != text.KindTitle && t.sent.Kind != text.KindHeading {
		return 0
	}
	for k := from + 2; k < to; k++ {
		if t.is(k, ":：") && t.letters(from, k) >= leastClause+4 && t.letters(k, to) >= leastClause {
			return k
		}
	}
	return 0
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
		if t.is(k-1, ",") && t.words[head-1].is&speechRel != 0 || head < to && t.words[head].is&speechRel != 0 && t.is(k-1, ",") {
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

// reported reads "X said that Y": a word of saying, and the word that opens its content right after it or behind a
// comma.
func (t *taggedParse) reported(from, to int) bool {
	for say := from; say < to; say++ {
		if t.words[say].is&speechSay == 0 {
			continue
		}
		for k := say + 1; k < to && k < say+12; k++ {
			near := k == say+1 || t.is(k-1, ",") || t.words[say+1].is&speechEnd != 0
			opens := t.words[k].is&speechThat != 0 && near || t.is(k, ":：") || lang.Of(t.lang).Is(lang.Unspaced) && k == say+1 ||
				t.is(k, ",") && t.contentAfter(k+1)
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

// clauses puts the clauses of [from,to) that source asserts: coordinated predicates and trailing relative clauses stand
// alone, all else stays with the clause it belongs to.
func (t *taggedParse) clauses(from, to int, source string) {
	role := asClause
	if source != "" {
		role = asContent
	}
	start := from
	for _, s := range t.segments {
		k := t.wordAt(s.Start)
		if k <= start || k >= to || !t.parts(s, k, start, to) {
			continue
		}
		t.put(start, k, piece{source: source, role: role})
		start = k
	}
	t.put(start, to, piece{source: source, role: role})
}

// parts says whether segment s, which begins at word k, stands alone, so that the clause before it ends there.
func (t *taggedParse) parts(s clause.Segment, k, start, to int) bool {
	if t.letters(start, k) < leastClause || t.letters(k, to) < leastClause || t.insideQuotes(k) ||
		t.quote(k) || t.words[k].is&speechJoin != 0 && t.quote(k+1) {
		return false
	}
	joined := t.words[k].is&speechJoin != 0 || t.words[k-1].is&speechJoin != 0 || t.is(k-1, ";；—–") ||
		t.is(k-1, "，")
	if t.words[k].is&speechAccording != 0 {
		return false
	}
	switch s.Kind {
	case clause.Coordinate, clause.Frame, clause.Main:
		if joined {
			return true
		}
	}
	relative := t.words[k].is&speechRel != 0 || k+1 < to && t.words[k+1].is&speechRel != 0
	return t.is(k-1, ",") && relative && !t.comesBack(s)
}

// comesBack says that the clause which s interrupts goes on after it.
func (t *taggedParse) comesBack(s clause.Segment) bool {
	for _, o := range t.segments {
		if o.Start > s.Start {
			return o.Kind == clause.Main || o.Kind == clause.Frame
		}
	}
	return false
}

// insideQuotes says whether word k stands inside quotation marks.
func (t *taggedParse) insideQuotes(k int) bool {
	n := 0
	for i := range k {
		if t.quote(i) {
			n++
		}
	}
	return n%2 == 1
}

// put notes words [from,to) as a piece, without joining words at its head.
func (t *taggedParse) put(from, to int, q piece) {
	for from < to && (t.words[from].is&(speechJoin|speechThat) != 0 || t.isMark(from) && !t.quote(from)) {
		from++
	}
	for to > from && (t.isMark(to-1) && !t.quote(to-1) && !t.is(to-1, "%)）") || t.words[to-1].is&speechJoin != 0) {
		to--
	}
	if q.source != "" && from < to && t.words[from].is&speechSay != 0 { // … und sagte, dass
		for k := from + 1; k < to && k < from+4; k++ {
			if t.words[k].is&speechThat != 0 && t.letters(k+1, to) > leastClause {
				from = k + 1
				break
			}
		}
	}
	if from >= to {
		return
	}
	q.start, q.end = t.words[from].start, t.words[to-1].end
	if q.source != "" {
		q.frame = t.parse.frame
	}
	t.out = append(t.out, q)
}

// wordAt gives the first word that begins at or after code point at.
func (t *taggedParse) wordAt(at int) int {
	for k, w := range t.words {
		if w.start >= at {
			return k
		}
	}
	return len(t.words)
}

// kindAt is the kind of the clause that begins at word k, None when none does.
func (t *taggedParse) kindAt(k int) clause.Kind {
	if k < len(t.words) {
		for _, s := range t.segments {
			if s.Start == t.words[k].start {
				return s.Kind
			}
		}
	}
	return clause.None
}

// letters counts the code points of [from,to); a Han character counts as three letters.
func (t *taggedParse) letters(from, to int) int {
	n := 0
	for _, w := range t.words[max(from, 0):max(from, to, 0)] {
		for _, r := range t.runes[w.start:w.end] {
			if n++; r >= 0x2E80 {
				n += 2
			}
		}
	}
	return n
}

func (t *taggedParse) text(from, to int) string {
	return t.slice(t.words[from].start, t.words[to-1].end)
}

func (t *taggedParse) isMark(k int) bool { return t.words[k].is&speechMark != 0 }

func (t *taggedParse) quote(k int) bool { return t.is(k, "«»“”„\"「」‟″") }

// is says whether word k is one of the marks.
func (t *taggedParse) is(k int, marks string) bool {
	if k < 0 || k >= len(t.words) || !t.isMark(k) {
		return false
	}
	for _, m := range marks {
		if m == t.runes[t.words[k].start] {
			return true
		}
	}
	return false
}
