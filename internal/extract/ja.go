package extract

// japanese is the grammar of Japanese: clauses are chained by verb endings
// before a comma, what was said stands before と, the topic before は.
var japanese = grammar{words: noWords, parse: parseJapanese}

// jaParse walks a Japanese sentence over its letters.
type jaParse struct {
	*parse
	r   []rune
	end int    // without the full stop
	in  []bool // inside brackets or quotation marks

	said   string // who spoke last in the sentence
	goesOn string // the topic of the saying before, with its particle: what follows goes on with it
}

// parseJapanese cuts a Japanese sentence: each verb of saying closes a region
// of reported clauses; what is left over is the article's own.
func parseJapanese(p *parse) {
	j := &jaParse{parse: p, r: oneQuote(p.runes), end: len(p.runes)}
	j.brackets()
	for j.end > 0 && (isJaStop(j.r[j.end-1]) || j.r[j.end-1] == ' ') {
		j.end--
	}
	j.govern()
	if j.headline() || j.spokenLine() {
		return
	}
	source, start := j.source(j.opening(0))
	if d, name := j.dashed(start); d > 0 {
		source, j.end = chained(source, name), d
	}
	for start < j.end {
		s, ok := j.nextSpeech(start)
		if !ok {
			break
		}
		j.reported(start, s, source)
		start = j.opening(s.after)
	}
	if start < j.end && !(j.goesOn != "" && anyHasAt(j.r, start, jaThat) && j.end-start <= 9) {
		j.region(start, j.end, source, j.goesOn)
	}
	j.rememberTopic()
	if j.on(ruleSpeech) {
		j.remarks()
	}
	if j.on(ruleApposition) {
		j.titles()
		j.copulas()
	}
	if j.on(ruleRelative) {
		j.adnominals()
	}
}

// oneQuote gives the letters with the marks of quotation of every style as 「 and 」, where none of those stands.
func oneQuote(r []rune) []rune {
	other := false
	for _, c := range r {
		switch c {
		case '「', '」':
			return r
		case '『', '“':
			other = true
		}
	}
	if !other {
		return r
	}
	out := make([]rune, len(r))
	for i, c := range r {
		switch c {
		case '『', '“':
			c = '「'
		case '』', '”':
			c = '」'
		}
		out[i] = c
	}
	return out
}

func isJaStop(r rune) bool { return r == '。' || r == '．' || r == '！' || r == '.' }

// brackets marks the letters inside brackets and quotation marks that close.
func (j *jaParse) brackets() {
	j.in = make([]bool, len(j.r))
	var open []int
	for i, r := range j.r {
		switch r {
		case '「', '『', '(', '（', '“':
			open = append(open, i)
		case '」', '』', ')', '）', '”':
			if n := len(open); n > 0 {
				if n == 1 { // the outermost pair covers the inner ones
					for k := open[0]; k <= i; k++ {
						j.in[k] = true
					}
				}
				open = open[:n-1]
			}
		}
	}
}

// put notes letters [from,to).
func (j *jaParse) put(from, to int, q piece) {
	if to-from < 4 {
		return
	}
	q.start, q.end = from, to
	j.out = append(j.out, q)
}

// comma gives the first comma outside brackets in [from,to), or to.
func (j *jaParse) comma(from, to int) int {
	return find(from, to, func(i int) bool { return (j.r[i] == '、' || j.r[i] == '，') && !j.in[i] })
}

// opening skips the joining words in front of a sentence or clause.
func (j *jaParse) opening(i int) int {
	for i < j.end && (j.r[i] == '、' || j.r[i] == ' ' || j.r[i] == '　') {
		i++
	}
	for _, w := range []string{"しかしながら", "しかし", "ただ", "また", "さらに", "ただし", "一方で", "一方",
		"なお", "そして", "だが", "ところが", "その後"} {
		if hasAt(j.r, i, w) {
			k := i + runeLen(w)
			if k < j.end && j.r[k] == '、' {
				return k + 1
			}
		}
	}
	for _, w := range jaPointing {
		if k := i + runeLen(w); hasAt(j.r, i, w) && k < j.end && (isNounLetter(j.r[k]) || j.r[k] == '、') {
			if j.r[k] == '、' {
				k++
			}
			return k
		}
	}
	return i
}

// jaThat point to what stands before: "…として、これを否定した" says no more.
var jaThat = []string{"これを否", "それを否", "これを退", "これに反論", "これを拒", "これを認め", "これを一蹴"}

// jaPointing point to the sentence before, without a comma often: "これに対し県は…".
var jaPointing = []string{"これに対して", "これに対し", "それに対し", "これについて", "これを受けて", "これを受け", "その上で", "そのうえで", "このため",
	"このうち", "これに", "その際", "しかし", "だが", "ただし"}

// topic finds the first noun with は, も or では: where it ends (after the
// particle and its comma) and its words.
func (j *jaParse) topic(start, to int) (int, string) {
	for i := start + 1; i < to; i++ {
		if j.in[i] && j.r[i] != ')' && j.r[i] != '）' {
			continue
		}
		r := j.r[i]
		if r != 'は' && r != 'も' && !(r == 'が' && i+1 < to && (j.r[i+1] == '、' || j.daySaid(i+1))) {
			continue
		}
		e := i
		for _, w := range []string{"で", "に", "から"} {
			if endsAt(j.r, i, w) {
				e = i - runeLen(w)
			}
		}
		among := r != 'が' && j.among(i+1) > 0
		if among {
			e = i - j.among(i+1)
		}
		if e <= start || !j.nounEnd(e) {
			continue
		}
		if e < i && !among && !anyIn(j.r, start, e, jaReportNoun) {
			continue
		}
		a := start
		for c := j.comma(a, e); c < e; c = j.comma(a, e) {
			if j.r[c-1] == 'と' && j.nounEnd(c-1) && !finiteEnd(j.r, c-1) || j.joint(a, c) { // AとBは: both
				break
			}
			a = c + 1
		}
		next := i + 1
		if hasAt(j.r, next, "また、") {
			next += 2
		}
		for next < to && j.r[next] == '、' {
			next++
		}
		for a < e && (j.r[a] == '「' || j.r[a] == ' ') {
			a++
		}
		if k := find(a+2, e-1, func(k int) bool { return j.r[k] == 'で' && j.saysWhere(k+1) }); k < e-1 {
			a = k + 1 // 最終弁論で弁護側は
		}
		return next, string(j.r[a:e])
	}
	return 0, ""
}

// nounEnd says whether a noun ends at e.
func (j *jaParse) nounEnd(e int) bool {
	if e <= 0 {
		return false
	}
	r := j.r[e-1]
	return isNounLetter(r) || r == '」' || r == ')' || r == '）' || r == '』' || endsAt(j.r, e, "さん") ||
		endsAt(j.r, e, "たち") || endsAt(j.r, e, "ら") || endsAt(j.r, e, "など") || endsAt(j.r, e, "それ") ||
		endsAt(j.r, e, "これ")
}

// ownSubject says whether [from,to) has a subject of its own.
func (j *jaParse) ownSubject(from, to int) bool {
	if from < to && j.r[from] == '「' {
		return true
	}
	for i := from + 1; i < to; i++ {
		if j.r[i] == '「' {
			return true
		}
		if j.in[i] {
			continue
		}
		if j.r[i] == 'は' && (j.nounEnd(i) || endsAt(j.r, i, "こと") || endsAt(j.r, i, "の")) || j.r[i] == 'が' &&
			!finiteEnd(j.r, i) {
			return true
		}
	}
	return false
}
