package extract

// sayings gives each saying with its day its speaker and, in its statement, what
// was said; a saying without content or speaker is none. Its span stays the
// words of the saying: what was said is a claim of its own.
func (p *parse) sayings() {
	kept := p.out[:0]
	for _, q := range p.out {
		if q.role == asSpeech && !p.completes(&q) || p.bareFrame(q) {
			continue
		}
		kept = append(kept, q)
	}
	p.out = kept
}

// nextTo is how many code points may lie between a saying and what was said.
const nextTo = 3

// completes finds the speaker of a saying and how far what was said goes.
func (p *parse) completes(q *piece) bool {
	q.told = [2]int{q.start, q.end}
	for _, r := range p.out {
		if r.source == "" || r.role == asSpeech {
			continue
		}
		framed := r.frame[1] > q.start && r.frame[0] < q.end
		follows := r.start >= q.end && r.start-q.end <= nextTo
		if framed || follows {
			q.source = r.source
			q.told[0], q.told[1] = min(q.told[0], r.start), max(q.told[1], r.end)
		}
	}
	return q.source != ""
}

// bareFrame says whether a piece only says that somebody spoke: "He announced
// on Friday 5 May", "او اضافه کرد", "首相は次のように語った".
func (p *parse) bareFrame(q piece) bool {
	if q.role != asClause && q.role != asContent || !p.on(ruleSelect) {
		return false
	}
	if primary(p.lang) == "ja" {
		return p.bareLetters(q)
	}
	from := find(0, len(p.toks), func(i int) bool { return p.toks[i].start >= q.start })
	to := find(from, len(p.toks), func(i int) bool { return p.toks[i].end > q.end })
	switch primary(p.lang) {
	case "en":
		v := find(from, to, func(i int) bool { return p.has(i, cVerb) })
		if v == to || v-from > 6 || !p.has(v, cSay) || p.has(v, cDeny|cAct) {
			return false
		}
		return find(v+1, to, func(i int) bool {
			t := p.toks[i]
			return t.kind == word && t.class&(cTime|cPrep|cAdv|cReport|cDet) == 0 && !enHearers.has(t.form)
		}) == to
	case "fa":
		return to > from && p.count(from, to) <= 4 && p.has(to-1, cVerb) && p.anyOf(max(from, to-3), to, cSay) &&
			!p.anyOf(from, to, cPrep|cNot|cDeny) && !p.nearby(from, to, faObject)
	case "ar":
		return to > from && p.count(from, to) <= 3 && (p.has(from, cSay) && p.has(from, cVerb) ||
			p.has(from, cSource) && p.anyOf(from, to, cSay)) && !p.anyOf(from, to, cNot|cDeny|cThat)
	}
	return false
}

// enHearers are those to whom something is said.
var enHearers = newWordList(`reporters journalists press media lawmakers parliament court them him her us agency`)

// faObject marks an object: what was said is named.
var faObject = newWordList(`را خبر ادعا گزارش`)

// jaFrames end a sentence that only says that somebody spoke.
var jaFrames = newWordSet(`説明した 明かした 語る 話す 述べる 強調した 訴えた 打ち明けた 振り返った
	語った 述べた 話した 語っている 述べている 話している こう語る 次のように述べ 発言した コメントした 答えた`)

func (p *parse) bareLetters(q piece) bool {
	if !anyEnds(p.runes, q.end, jaFrames) || q.end-q.start > 30 {
		return false
	}
	topic := 0
	for i := q.start; i < q.end; i++ {
		switch p.runes[i] {
		case '「', 'を', 'と':
			return false
		case 'は':
			if topic == 0 {
				topic = i
			}
		}
	}
	if topic > q.start { // whoever speaks next is known by it
		p.speaks = string(p.runes[q.start:topic])
	}
	return true
}

// speaksBack says whether a sentence that only says that somebody spoke means
// the words before it: そう話した, こう語った.
func (p *parse) speaksBack() bool {
	return anyIn(p.runes, 0, len(p.runes), jaBack)
}

// jaBack point to the words before.
var jaBack = newWordSet(`そう このように`)
