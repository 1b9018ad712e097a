package extract

// govern finds the operators of a Japanese line. What they govern stands before
// them, from where their clause begins.
func (j *jaParse) govern() {
	j.bound, j.sealed = make([]bool, len(j.r)+1), nil
	if !j.on(ruleFaithful) {
		return
	}
	t := tableOf("ja")
	j.unknownNouns(t)
	for _, h := range j.letterOperators(t) {
		if h.op.judged || h.op.reach == reachBeside || j.idle(h) {
			continue
		}
		r := region{hit: h, from: j.clauseStart(t, h.from), to: h.to}
		switch h.op.reach {
		case reachHedge: // what is denied stands before, in the same clause
			if !j.complement(h.from) && letter(j.r, h.from-1) == 'を' {
				r.from = j.lastClause(r.from, h.from)
			}
		case reachBefore:
			if actual[h.op.name] && !j.complement(h.from) && !anyAt(j.r, h.from, jaHandsOver) {
				r.from = j.lastClause(r.from, h.from)
			} else if h.op.name == "demanded" {
				r.from = j.demander(r.from, h.from)
			}
		case reachAll:
			r.from, r.to = 0, j.end
		case reachClause:
			r.to = j.scopeEnd(t, h)
		case reachAfter, reachPhrase:
			r.from, r.to = h.from, j.scopeEnd(t, h)
		}
		j.regions = append(j.regions, r)
		j.head(r)
		for i := r.from + 1; i < r.to && h.op.reach != reachHedge; i++ {
			j.bound[i] = true
		}
	}
}

// complement says whether the words just before i hand a clause to what stands
// at i: こと, と, との, よう.
func (j *jaParse) complement(i int) bool {
	for k := i; k > 0 && k > i-6; k-- {
		if anyEnds(j.r, k, jaHandsOver) && !hasAt(j.r, k, "して") {
			return true
		}
	}
	return false
}

// jaHandsOver are the words by which a clause becomes part of another.
var jaHandsOver = newWordSet(`ことを ことに ことは ことが のを のに と との という よう ように べき`)

// unknownNouns binds the clauses before との or という and a noun of which nobody
// knows whether it states them: "…との容疑は取り下げられた".
func (j *jaParse) unknownNouns(t *operatorTable) {
	for i := 4; i+3 < j.end; i++ {
		skip := 0
		switch {
		case j.in[i] || !finiteEnd(j.r, i):
			continue
		case hasAt(j.r, i, "との"):
			skip = 2
		case hasAt(j.r, i, "という"):
			skip = 3
		}
		if skip == 0 || !isNounLetter(letter(j.r, i+skip)) || j.asserted(i+skip) {
			continue
		}
		for k := j.clauseStart(t, i) + 1; k < i; k++ {
			j.bound[k] = true
		}
	}
}

// lastClause gives where the last clause of [from,i) begins, as far as endings
// tell.
func (j *jaParse) lastClause(from, i int) int {
	start := from
	for c := j.comma(from, i); c < i; c = j.comma(c+1, i) {
		if c-start >= 9 && j.clauseEnd(start, c) && (i-c >= 6 || letter(j.r, i-1) == 'を') {
			start = c + 1
		}
	}
	for k := i - 3; k > start; k-- { // "Pとして警戒を呼びかけた": what was said gives the ground only
		if j.grounds(from, k) {
			return k + 3
		}
	}
	return start
}

// demander gives where the clause of who demands something at i begins: "検査結果が出ておらず、市は控えるよう求めた".
func (j *jaParse) demander(from, i int) int {
	start := from
	for c := j.comma(from, i); c < i; c = j.comma(c+1, i) {
		if t, name := j.topic(c+1, i); t > 0 && t-c <= 16 && j.speaks(name) && j.clauseEnd(start, c) {
			start = c + 1
		}
	}
	return start
}

// contrasts says whether a contrast ends before letter i: "…したが、".
func (j *jaParse) contrasts(t *operatorTable, i int) bool {
	if i < 2 || j.r[i-1] != '、' {
		return i > 0 && isJaStop(j.r[i-1]) && !j.in[i-1]
	}
	for w := range t.contrast {
		if endsAt(j.r, i, w) && (w != "が、" || finiteEnd(j.r, i-2)) {
			return true
		}
	}
	return false
}

// clauseStart gives where the clause of letter i begins: after a contrast, or
// after the source in front of the sentence.
func (j *jaParse) clauseStart(t *operatorTable, i int) int {
	for k := i; k > 0; k-- {
		if j.r[k-1] == '　' && !j.in[k-1] { // the parts of a headline
			return k
		}
		if r := j.r[k-1]; r != '、' && !isJaStop(r) || j.in[k-1] && !j.in[min(i, len(j.r)-1)] {
			continue
		}
		if j.contrasts(t, k) || endsAt(j.r, k, "によると、") || endsAt(j.r, k, "によれば、") {
			return k
		}
	}
	return 0
}

// scopeEnd gives where what an operator governs ends: at a contrast, or where
// と hands all of it to a verb of saying.
func (j *jaParse) scopeEnd(t *operatorTable, h hit) int {
	for i := h.to; i < j.end; i++ {
		if j.in[i] && !j.in[h.from] {
			continue
		}
		if i > h.to && j.contrasts(t, i) || j.r[i] == 'と' && j.sayAfter(i) >= 0 && !j.heads(i) {
			return i
		}
	}
	return j.end
}

// governed says whether the speech is no report: its verb is an operator's, or
// it stands inside what one governs.
func (j *jaParse) governed(s speech) bool {
	if j.heads(s.stem) || j.heads(s.content) {
		return true
	}
	for _, r := range j.regions {
		if r.op.reach != reachHedge && s.stem > r.from && s.stem < r.hit.from && r.op.reach != reachAll {
			return true
		}
	}
	return false
}

// viewOfSomebody says whether the operator is a view that the topic of the clause states: "Xは…との見方を示した".
func (j *jaParse) viewOfSomebody(h hit) bool {
	skip := 0
	for _, w := range []string{"との", "という"} {
		if hasAt(j.r, h.from, w) {
			skip = runeLen(w)
		}
	}
	if skip == 0 || !anyAt(j.r, h.from+skip, jaViews) || !j.asserted(h.from+skip) {
		return false
	}
	of := find(h.to, j.end, func(k int) bool { return j.r[k] == 'を' || j.r[k] == 'が' })
	t, name := j.topic(0, h.from)
	return t > 0 && (letter(j.r, of) == 'を' && j.speaks(name) || j.among(t) > 0)
}

// statedBy says whether the operator is what somebody states whom the words after it name: "…という説明を、県が繰り返した".
func (j *jaParse) statedBy(h hit) bool {
	if !hasAt(j.r, h.from, "という") && !hasAt(j.r, h.from, "との") {
		return false
	}
	of := find(h.to-1, min(h.to+3, j.end), func(k int) bool { return j.r[k] == 'を' })
	_, at := j.stater(of)
	return at > 0 && (anyEnds(j.r, of, jaViews) || anyEnds(j.r, of, jaStated))
}

// jaStated are nouns of what somebody states, beside the views.
var jaStated = newWordSet(`説明 主張 見解 見通し 分析 認識 発言 立場 意見 回答`)

// jaViews are views, which whoever states them holds.
var jaViews = newWordSet(`見方 考え 指摘 批判 認識 見解 懸念`)

// idle says whether an operator governs nothing here: what is denied is negative already, a ground is no part of what
// is rejected, a view is somebody's, 「…」と呼びかけ only quotes, のに対し is no のに.
func (j *jaParse) idle(h hit) bool {
	switch h.op.name {
	case hedgeDenied:
		return deniesNegative(j.r, h.from) || endsAt(j.r, h.from, "」として")
	case "rumoured", "false":
		return j.viewOfSomebody(h) || j.statedBy(h)
	case "conditional": // 〜ないと、Xは話す: the と of what was said
		return endsAt(j.r, h.to, "いと、") && j.laterSubject(h.to-2) > 0
	case "demanded":
		return endsAt(j.r, h.from, "」と")
	case "counterfactual":
		return hasAt(j.r, h.to, "対し")
	}
	return false
}
