package extract

import (
	"strings"

	"claimbench/internal/clause"
	"claimbench/internal/lang"
	"claimbench/internal/text"
)

// tagged is the grammar of the languages that have no grammar of ours, but words of speech and a learnt cutter of
// clauses. An operator (denial, doubt, condition) anywhere in a sentence keeps it whole: what it governs is not known.
var tagged = grammar{words: noWords, parse: parseTagged}

// leastClause is how many letters a clause must have to stand as a piece of its own, beside a few words.
const leastClause = 12

// taggedParse is the work on one line, in code points of it.
type taggedParse struct {
	*parse
	of       *speechWords
	words    []taggedWord
	segments []clause.Segment
}

// taggedWord is a word or mark of the line, with what it is among the words of speech.
type taggedWord struct {
	start, end int
	is         speechSense
}

func parseTagged(p *parse) {
	segments, _ := clause.Segments(p.runes, p.lang) // without them a statement is one clause
	of := speechOf(lang.Of(p.lang))
	t := taggedParse{parse: p, of: of, segments: segments, words: of.read(p.runes)}
	if len(t.words) == 0 || t.any(0, len(t.words), speechDeny|speechCond) ||
		t.any(0, len(t.words), speechNeg) && !t.negatesLast() {
		if len(t.words) == 0 || !t.whole() {
			parsePlain(p)
		}
		t.named()
		return
	}
	if hearsay(p) {
		p.add(0, len(p.toks), piece{hedges: []string{hedgeReported}})
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
	t.named()
}

// hearsay says whether a Chinese sentence has what it says from nobody named: 据说, 据悉.
func hearsay(p *parse) bool {
	if primary(p.lang) != "zh" {
		return false
	}
	for i := 0; i+1 < len(p.runes); i++ {
		if (p.runes[i] == '据' || p.runes[i] == '據') && strings.ContainsRune("说說悉信传傳闻聞", p.runes[i+1]) &&
			!endsInAny(p.runes, i, evidence) && !p.readsOn(i+1) {
			return true
		}
	}
	return false
}

// evidence are the words that end in 据: 数据, 证据, 根据, 收据.
var evidence = strings.Fields(`数 數 证 證 根 依 占 佔 收 票 单 單 论 論 凭 憑 凭实 憑實 割 盘 盤 契 借 拮 笔 筆 考 窃 竊`)

// heardOn are the words that begin with the second sign of 据说, 据悉, 据信 or 据传: what follows 据 is a source or a thing.
var heardOn = strings.Fields(`悉尼 说明 說明 说法 說法 说辞 說辭 信息 信用 信件 信号 信號 信徒 信托 信託 信函 信访 信訪
	传媒 傳媒 传染 傳染 传统 傳統 传输 傳輸 传记 傳記 传真 傳真 传感 傳感 传票 傳票 传单 傳單 传教 傳教 传奇 傳奇`)

// readsOn says whether one of heardOn begins at code point i; 说明天 is said of tomorrow.
func (p *parse) readsOn(i int) bool {
	for _, w := range heardOn {
		if hasAt(p.runes, i, w) {
			return !tomorrow(strings.ReplaceAll(w, "說", "说"), p.runes[i:])
		}
	}
	return false
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

// statement reads [from,to): what it reports, or else its clauses.
func (t *taggedParse) statement(from, to int, source string) {
	if source == "" && (t.lastSays(from, to) || t.topicSays(from, to) || t.reported(from, to) ||
		t.quoted(from, to) || t.said(from, to) || t.quotation(from, to)) {
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
	for to > from && (t.isMark(to-1) && !t.quote(to-1) && !t.is(to-1, "%‰°€$£¥₽₺₹₩)）") ||
		t.words[to-1].is&speechJoin != 0) {
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
