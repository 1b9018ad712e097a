package extract

// region cuts the letters [from,to) into the clauses that commas and verb
// endings part, all asserted by source. Those without a subject go on with lead.
func (j *jaParse) region(from, to int, source, lead string) {
	q := piece{role: asClause, source: source, frame: j.frame}
	if source != "" {
		q.role = asContent
	}
	start := j.opening(from)
	head := start
	for i := start; i < to; {
		c := j.comma(i, to)
		if c >= to {
			break
		}
		if j.on(ruleCoordination) && j.longEnough(start, c, to) && !j.binds(c+1) && j.clauseEnd(start, c) &&
			j.predicateAhead(c+1, to) {
			part := q
			if j.on(ruleCarry) {
				part.lead = j.carried(head, start, c, lead)
			}
			j.clause(start, c, part)
			start = j.opening(c + 1)
		}
		i = c + 1
	}
	if j.on(ruleCarry) && (head != start || lead != "") {
		q.lead = j.carried(head, start, max(to, j.end), lead)
	}
	j.clause(start, to, q)
}

// longEnough says whether the clause [start,c) and what follows it to the end may stand apart: short ones only where
// each has its object: 船2隻を押収し、5人を逮捕し、桟橋を閉鎖した.
func (j *jaParse) longEnough(start, c, to int) bool {
	if c-start >= 9 && to-c >= 9 {
		return true
	}
	object := func(from, to int) bool {
		return find(from, to, func(i int) bool { return j.r[i] == 'を' && !j.in[i] }) < to
	}
	subject := func(from, to int) bool {
		return find(from+1, to, func(i int) bool {
			return (j.r[i] == 'は' || j.r[i] == 'が') && j.nounEnd(i) && !j.in[i]
		}) < to
	}
	if c-start >= 6 && to-c >= 7 && j.r[c-1] == 'が' && subject(start, c-1) && subject(c+1, to) {
		return true
	}
	return c-start >= 5 && to-c >= 6 && object(start, c) && object(c+1, j.comma(c+1, to))
}

// clause notes one clause.
func (j *jaParse) clause(from, to int, q piece) {
	if q.source == "" && j.on(ruleSpeech) && (anyIn(j.r, max(from, to-9), to, jaDispute) ||
		j.calls(from, to)) {
		t, name := j.topic(from, to)
		if t == 0 && j.said != "" && !j.happened(from, to) { // "…と主張し、混入を否定した": who spoke goes on
			q.source = j.said
			if j.on(ruleCarry) {
				q.lead = j.said + "は"
			}
		}
		if t > 0 {
			q.source = j.before.resolve(name, anyAt([]rune(name), 0, jaPronouns) && runeLen(name) <= 3)
		}
	}
	j.put(from, to, q)
}

// carried gives the topic of the first clause when a later one, [start,end), has none; where the first has none either,
// that of the clause before it, lead.
func (j *jaParse) carried(head, start, end int, lead string) string {
	if start == head && lead == "" || j.ownSubject(start, end) {
		return ""
	}
	if start == head {
		return lead
	}
	t, name := j.topic(head, start)
	if t == 0 && lead != "" {
		return lead
	}
	if t == 0 || name == "" {
		return j.person(head, start)
	}
	return name + "は"
}

// person gives the subject with が that opens [head,start) and is a person or a body: who acts in the next clause,
// too.
func (j *jaParse) person(head, start int) string {
	ga := find(head+1, start, func(i int) bool { return j.r[i] == 'が' && !j.in[i] && j.nounEnd(i) })
	if ga == start || ga-head > 20 || !anyEnds(j.r, ga, jaPersons) || j.comma(head, ga) < ga ||
		find(head, ga, func(i int) bool { return j.r[i] == 'を' || j.r[i] == 'に' }) < ga {
		return ""
	}
	return string(j.r[head : ga+1])
}

// jaPersons end the names of those who act.
var jaPersons = newWordSet(`人 氏 さん 者 員 男 女 社 市 省 庁 党 県 署 会`)

// clauseEnd says whether a clause with a predicate ends at e: the て form, the
// bare stem, が after a finite verb, or a joining noun such as ため.
func (j *jaParse) clauseEnd(from, e int) bool {
	if e-from < 4 || anyEnds(j.r, e, jaNotClause) {
		return false
	}
	last, prev := j.r[e-1], j.r[e-2]
	if endsAt(j.r, e, "ため") {
		return j.r[e-3] == 'た' || j.r[e-3] == 'い'
	}
	switch last {
	case 'ず': // "without …ing", unless another subject follows
		next := j.comma(e+1, j.end)
		t, _ := j.topic(e+1, j.end)
		return (j.happened(e+1, next) || t > 0 && t-e <= 12 && endsAt(j.r, e, "ておらず")) && j.cased(from, e)
	case 'て':
		if endsAt(j.r, e, "として") { // "on the ground that": only after a verb
			return finiteEnd(j.r, e-3)
		}
		return isHiragana(prev) || isKanji(prev)
	case 'で':
		return endsAt(j.r, e, "一方で") && finiteEnd(j.r, e-3) || endsAt(j.r, e, "んで") || endsAt(j.r, e, "もので") ||
			endsAt(j.r, e, "ないで") || j.copula(from, e)
	case 'し':
		if finiteEnd(j.r, e-1) {
			return true
		}
		return isKanji(prev) || isKatakana(prev) || prev == 'に' || prev == 'と'
	case 'が':
		return finiteEnd(j.r, e-1)
	case 'り', 'き', 'い', 'み', 'び', 'ち', 'れ', 'え', 'け', 'げ', 'せ', 'め', 'べ', 'ね', 'く', 'ぎ':
		return (isKanji(prev) || isHiragana(prev)) && j.cased(from, e)
	}
	if isKanji(last) && isKanji(prev) && j.happened(from, e) { // "43人が死亡、": a verbal noun for a verb
		next := j.comma(e+1, j.end)
		return j.happened(e+1, next)
	}
	for _, w := range jaLink.made().last[last] {
		if endsAt(j.r, e, w) && finiteEnd(j.r, e-runeLen(w)) {
			return true
		}
	}
	return false
}

// happened says whether [from,to) has a subject with が.
func (j *jaParse) happened(from, to int) bool {
	for i := from + 1; i < to-1; i++ {
		if j.r[i] == 'が' && !j.in[i] && !finiteEnd(j.r, i) {
			return true
		}
	}
	return false
}

// copula says whether で at the end of [from,e) is the copula of a clause with
// a topic: "は …で、".
func (j *jaParse) copula(from, e int) bool {
	t, _ := j.topic(from, e-1)
	return t > 0 && isNounLetter(j.r[e-2]) && j.r[e-2] != '中' && j.ownSubject(e, min(e+24, j.end))
}

// cased says whether [from,to) holds an argument: を, が, に, は, へ or と.
func (j *jaParse) cased(from, to int) bool {
	for i := from + 1; i < to-1; i++ {
		switch j.r[i] {
		case 'を', 'が', 'に', 'は', 'へ', 'も':
			return true
		}
	}
	return false
}

// predicateAhead says whether [from,to) holds an argument and could be a clause.
func (j *jaParse) predicateAhead(from, to int) bool {
	return j.cased(from, to) || finiteEnd(j.r, to)
}

// finiteEnd says whether a finite predicate ends at e.
func finiteEnd(r []rune, e int) bool {
	if e < 2 {
		return false
	}
	switch r[e-1] {
	case 'た', 'る', 'い', 'だ', 'う', 'く', 'す', 'つ', 'む', 'ぶ', 'ん', 'な':
		return true
	}
	return false
}
