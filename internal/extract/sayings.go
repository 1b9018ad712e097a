package extract

import "strings"

// sayings gives each saying with its day its speaker and, in its statement, what
// was said; a saying without content or speaker is none. Its span stays the
// words of the saying: what was said is a claim of its own.
func (p *parse) sayings() {
	kept := p.out[:0]
	for _, q := range p.out {
		if q.role == asSpeech && !p.completes(&q) || p.bareFrame(q) || p.fragment(q) {
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
	switch primary(p.lang) {
	case "ja":
		return p.bareLetters(q)
	case "zh":
		return p.bareHan(q)
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
		if p.count(from, to) == 2 && p.has(from, cVerb) && arOfSpeech.has(p.form(to-1)) {
			return true // "واختتمت تصريحها"
		}
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
	こう証言した そう証言した このように証言した 次のように証言した こう主張した そう主張した こう書いた こう指摘した そう指摘した
	付け加えた 付け足した 続けた 言った 言い添えた
	語った 述べた 話した 語っている 述べている 話している こう語る 次のように述べ 発言した コメントした 答えた`)

// jaNowFrames do so in the present, where nobody is known to speak.
var jaNowFrames = newWordSet(`振り返る 説明する 証言する 訴える 明かす 打ち明ける 嘆く 憤る 強調する 主張する 指摘する 続ける 話していた 語っていた 述べていた 説明している 証言している
	訴えている 振り返っている`)

// zhFrames end a sentence that only says that somebody spoke.
var zhFrames = newWordSet(`说 說 说道 說道 表示 补充说 補充說 补充道 補充道 继续说 繼續說 接着说 接著說 回答说 写道 寫道 指出 称 稱`)

// zhFrameMost is how many letters such a sentence may have.
const zhFrameMost = 14

// bareHan is bareFrame of Chinese: 他说, 发言人李明补充说.
func (p *parse) bareHan(q piece) bool {
	start, end := p.trim(q.start, q.end)
	if end-start > zhFrameMost || q.source != "" || !anyEnds(p.runes, end, zhFrames) ||
		strings.ContainsAny(p.slice(start, end), "，、“”「」《》0123456789") {
		return false
	}
	name := end
	for k := end - 1; k > start && k >= end-3; k-- {
		if anyAt(p.runes, k, zhFrames) {
			name = k
		}
	}
	p.speaks = p.before.resolve(p.slice(start, name), false)
	return true
}

// jaAhead point to the words that follow, whatever is said of them.
var jaAhead = newWordSet(`次のように 次の通り 次のとおり 以下のように 以下の通り 以下のとおり`)

func (p *parse) bareLetters(q piece) bool {
	if !anyEnds(p.runes, q.end, jaFrames) && !(q.source == "" && anyEnds(p.runes, q.end, jaNowFrames)) &&
		!anyIn(p.runes, max(q.start, q.end-12), q.end, jaAhead) || q.end-q.start > 30 {
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
		p.speaks = p.before.resolve(string(p.runes[q.start:topic]), false)
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

// fragment says whether a piece states nothing by itself: it lies in the words
// that report another, it asks, or it is a short phrase without a verb.
func (p *parse) fragment(q piece) bool {
	if !p.on(ruleSelect) || q.role == asSpeech || q.role == asApposition || q.role == asParenthesis {
		return false
	}
	for _, r := range p.out {
		if r.source != "" && r.source == q.source && r.frame[1] > r.frame[0] && q.start >= r.frame[0] &&
			q.end <= r.frame[1] {
			return true
		}
	}
	if primary(p.lang) == "ja" || q.role == asRelative {
		return false
	}
	from := find(0, len(p.toks), func(i int) bool { return p.toks[i].start >= q.start })
	to := find(from, len(p.toks), func(i int) bool { return p.toks[i].end > q.end })
	if from >= to {
		return false
	}
	if p.spanOfTime(from, to) || p.bareAim(from, to) {
		return true
	}
	if p.is(from, "حسبما", "وحسبما") && p.anyOf(from, to, cSay|cVerb) && p.count(from, to) <= 10 {
		return true // "as was announced at a conference"
	}
	if interrogative[p.form(from)] && to < len(p.toks) || interrogative[p.form(from)] && from > 0 {
		return true
	}
	if primary(p.lang) == "ar" && !p.has(from, cPrep|cTime|cWhen) && !arAdverbial.has(p.form(from)) {
		return false // a nominal sentence has no verb
	}
	whole := p.count(0, from) == 0 && p.count(to, len(p.toks)) == 0
	return !whole && q.lead == "" && !p.anyOf(from, to, cVerb|cPlan) && p.count(from, to) <= fragmentMost &&
		p.verbKnown()
}

// spanOfTime says whether [from,to) only says how long ago something was: "It has been a decade".
func (p *parse) spanOfTime(from, to int) bool {
	return primary(p.lang) == "en" && to-from <= 7 && (p.is(from, "it") && p.is(from+1, "has", "had", "was", "is") ||
		p.is(from, "it's")) && (p.is(to-1, enSpans...) ||
		p.is(to-1, "century", "centuries")) &&
		find(from+1, to-1, func(i int) bool {
			return !p.has(i, cDet|cAux|cAdv) && !p.is(i, "been", "now", "over", "about", "almost", "nearly", "more",
				"than", "just", "already", "only", "a", "an") && !p.is(i, numberWords...) && p.toks[i].kind != number
		}) == to-1
}

// bareAim says whether [from,to) is an aim without what was done for it: تا مطمئن شود.
func (p *parse) bareAim(from, to int) bool {
	return primary(p.lang) == "fa" && p.is(from, "تا") && p.count(from, to) <= 5 && p.has(to-1, cVerb) &&
		subjunctive(p.form(to-1)) && !p.anyOf(from, to-1, cVerb)
}

// arAdverbial open an adverbial of Arabic.
var arAdverbial = newWordList(`بدءا وبدءا سعيا وسعيا حسبما وحسبما تمهيدا اعتبارا ابتداء وبعد وقبل فقبل وفي وخلال`)

// fragmentMost is how many words a part of a sentence without a verb may have to be dropped.
const fragmentMost = 7

// verbKnown says whether the grammar knows the verbs of the line well enough to
// say that a part of it has none.
func (p *parse) verbKnown() bool { return p.anyOf(0, len(p.toks), cVerb) && primary(p.lang) != "en" }

// interrogative are words that open a question inside a sentence.
var interrogative = func() map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields("آیا چرا چگونه هل لماذا whether why") {
		out[foldAll(w)] = true
	}
	return out
}()
