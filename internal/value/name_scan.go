package value

import "claimbench/internal/lang"

// Names gives the names of the sentence; see the function Names.
func (sc *Scan) Names() []Name {
	sc.findDates()
	rd := nameReader{sc: sc, latin: namesEn(), own: namesOf(sc.sent.Lang), pack: sc.pack}
	rd.titleLike = rd.pack.Is(lang.CapitalNames) && sc.titleLike()
	for i := 0; i < len(sc.tokens); {
		t := &sc.tokens[i]
		end := 0
		switch {
		case sc.symbol(i) == '@':
			end = rd.handle(i)
		case t.kind == tokenCJK:
			end = rd.cjk(i)
		case t.kind != tokenWord || t.taken:
		case t.writing == writingArabic:
			end = rd.arabic(i)
		default:
			end = rd.capitals(i)
		}
		i = max(end, i+1)
	}
	return rd.out
}

type nameReader struct {
	sc        *Scan
	out       []Name
	latin     *nameTable // names in Latin letters occur in every language
	own       *nameTable
	pack      *lang.Pack
	titleLike bool
	from      int32 // CJK: runes before it belong to a name already
	nextOrg   []int // by token: the first token from it on with an organisation's cue; filled when first asked
}

// add records the runes from a to b as a name.
func (rd *nameReader) add(a, b int32, kind string) {
	rd.out = append(rd.out, Name{Span: rd.sc.span(a, b), Type: kind, Text: string(rd.sc.runes[a:b])})
}

// addTokens records the tokens from i to end.
func (rd *nameReader) addTokens(i, end int, kind string) int {
	rd.add(rd.sc.tokens[i].start, rd.sc.tokens[end-1].end, kind)
	return end
}

// handle reads @name; in an e-mail address, where letters stand before the @, it reads nothing.
func (rd *nameReader) handle(i int) int {
	sc := rd.sc
	if i+1 >= len(sc.tokens) || sc.tokens[i+1].spaced || sc.tokens[i+1].kind != tokenWord {
		return 0
	}
	if i > 0 && !sc.tokens[i].spaced && sc.tokens[i-1].kind == tokenWord {
		return 0
	}
	return rd.addTokens(i, i+2, NameHandle)
}

// knownAt finds the longest known name whose first word is token i. With words of Latin script every word must begin
// with a capital unless the table has it otherwise.
func (rd *nameReader) knownAt(t *nameTable, i int, first []byte) (kind string, end int) {
	sc := rd.sc
	for _, k := range t.known[string(first)] {
		j, ok := i+1, true
		for _, w := range k.rest {
			for j < len(sc.tokens) && sc.tokens[j].kind == tokenSymbol && !sc.tokens[j].spaced &&
				(isHyphen(sc.symbol(j)) || sc.symbol(j) == '.' || sc.symbol(j) == '\'' || sc.symbol(j) == '’') {
				j++
			}
			if !sc.is(j, w) && !(j < len(sc.tokens) && sc.tokens[j].kind == tokenNumber &&
				isNumberText(sc.runes[sc.tokens[j].start:sc.tokens[j].end], w)) {
				ok = false
				break
			}
			j++
		}
		if ok {
			return k.kind, j
		}
	}
	return "", 0
}

func isNumberText(r []rune, w string) bool { return string(r) == w || len(r) > 1 && string(r[:1]) == w }

// capitals reads a run of capitalised Latin words as one name.
func (rd *nameReader) capitals(i int) int {
	sc := rd.sc
	t := &sc.tokens[i]
	foreign := t.writing == writingLatin && !rd.pack.Is(lang.CapitalNames) && (sc.cjk || rd.pack.Is(lang.NamesByCues))
	if !t.upper && !(foreign && t.end-t.start > 3) {
		return 0
	}
	kind, known := rd.knownAt(rd.latin, i, sc.fold(i))
	if known > 0 && (kind != NameOrg || t.upper) && !(known == i+1 && t.upper && t.end-t.start <= 2 && !t.allUpper) &&
		kind != "title" {
		if end := rd.runEnd(known-1, i); end > known && rd.orgIn(i, end) {
			return rd.addTokens(i, end, NameOrg)
		}
		return rd.addTokens(i, rd.version(known), kind)
	}
	end := rd.runEnd(i, i)
	start, titled := rd.trimHead(i, end)
	if start >= end {
		return end
	}
	if start > i {
		if kind, known := rd.knownAt(rd.latin, start, sc.fold(start)); known > 0 && kind != "title" {
			return rd.addTokens(start, rd.version(known), kind)
		}
	}
	if m := rd.lastTitle(start, end); m > start && !titled && !rd.orgIn(start, end) {
		return rd.addTokens(m, end, NamePerson) // Columbia Attorney General Karl Racine
	}
	kind = rd.classify(start, end, titled, foreign)
	if kind == "" || kind == NameOther && rd.commonNouns(start, end) {
		return end
	}
	return rd.addTokens(start, rd.version(end), kind)
}

// runEnd gives the token after the run of capitalised words that starts at i; from is the first token of the name.
func (rd *nameReader) runEnd(i, from int) int {
	sc := rd.sc
	end := i + 1
	for k := i + 1; k < len(sc.tokens); {
		t := &sc.tokens[k]
		switch {
		case t.taken:
			return end
		case t.kind == tokenWord && t.upper && t.writing == sc.tokens[i].writing &&
			(!sc.is(k, "i") || sc.symbol(k-1) == '.' && !t.spaced):
			k++
			end = k
		case sc.symbol(k) == '.' && !t.spaced && sc.tokens[k-1].end-sc.tokens[k-1].start == 1 && sc.tokens[k-1].upper &&
			k+1 < len(sc.tokens):
			k++ // an initial
		case (isHyphen(sc.symbol(k)) || sc.symbol(k) == '\'' || sc.symbol(k) == '’') && !t.spaced &&
			k+1 < len(sc.tokens) && !sc.tokens[k+1].spaced && sc.tokens[k+1].upper:
			k++
		case sc.symbol(k) == '&' && k+1 < len(sc.tokens) && sc.tokens[k+1].upper:
			k++
		case t.kind == tokenWord && nameParticle(sc.fold(k)) && k+1 < len(sc.tokens) && (sc.tokens[k+1].upper &&
			sc.tokens[k+1].kind == tokenWord || sc.is(k+1, "the") && sc.is(k, "of") && k+2 < len(sc.tokens) &&
			sc.tokens[k+2].upper):
			if sc.is(k, "of") || sc.is(k, "and") || sc.is(k, "for") {
				if !rd.orgIn(from, k) || sc.is(k, "and") {
					return end
				}
				if sc.is(k+1, "the") {
					k++
				}
			}
			k++
		default:
			return end
		}
	}
	return end
}

func nameParticle(w []byte) bool {
	switch string(w) {
	case "of", "de", "la", "le", "van", "von", "der", "den", "bin", "ibn", "al", "el", "del", "di", "da", "du", "dos",
		"and", "for":
		return true
	}
	return false
}

// trimHead takes words off the head of a run that belong to the sentence or are titles.
func (rd *nameReader) trimHead(i, end int) (start int, titled bool) {
	sc := rd.sc
	start = i
	if i > 0 && rd.latin.cues[string(sc.fold(i-1))]&cueTitle != 0 && sc.tokens[i-1].kind == tokenWord {
		titled = true
	}
	for start < end {
		c := rd.latin.cues[string(sc.fold(start))]
		switch {
		case c&cueTitle != 0 && start+1 < end && c&cueGiven == 0 && rd.latin.cues[string(sc.fold(start+1))]&cueOrg == 0:
			titled = true
		case c&cueStop != 0 && !(start+1 < end && rd.orgIn(start+1, end) && !englishNoAdjective(sc.fold(start)) &&
			len(sc.fold(start)) > 4):
		case c&cueTitle != 0 && start+1 == end && c&(cueGiven|cueOrg) == 0:
		default:
			if sc.tokens[start].kind == tokenWord {
				return start, titled
			}
		}
		start++
	}
	return start, titled
}

// lastTitle gives the token after the last title in the run, or start.
func (rd *nameReader) lastTitle(start, end int) int {
	for k := end - 2; k > start; k-- {
		if c := rd.latin.cues[string(rd.sc.fold(k))]; rd.sc.tokens[k].kind == tokenWord && c&cueTitle != 0 &&
			c&cueGiven == 0 && rd.sc.tokens[k].end-rd.sc.tokens[k].start > 3 {
			return k + 1
		}
	}
	return start
}

// orgIn says whether a token in [i,end) is of an organisation's name. Asked of each word of a run, it must not read the
// run anew.
func (rd *nameReader) orgIn(i, end int) bool {
	if i >= end {
		return false
	}
	if rd.nextOrg == nil {
		rd.nextOrg = make([]int, len(rd.sc.tokens))
		next := len(rd.sc.tokens)
		for k := next - 1; k >= 0; k-- {
			if rd.sc.tokens[k].kind == tokenWord && rd.latin.cues[string(rd.sc.fold(k))]&cueOrg != 0 {
				next = k
			}
			rd.nextOrg[k] = next
		}
	}
	return rd.nextOrg[i] < end
}

// version takes a number with a decimal point into the name before it: Guccifer 2.0.
func (rd *nameReader) version(end int) int {
	sc := rd.sc
	if end < len(sc.tokens) && sc.tokens[end].kind == tokenNumber && sc.tokens[end].number.decimal &&
		sc.tokens[end].number.digits < 3 {
		if end+1 >= len(sc.tokens) || sc.symbol(end+1) != '%' && !sc.has(end+1, senseUnit|senseScale) {
			return end + 1
		}
	}
	return end
}

// classify gives the kind of the run from i to end, or "" when it is likely no name.
func (rd *nameReader) classify(i, end int, titled, foreign bool) string {
	sc := rd.sc
	first := &sc.tokens[i]
	cue := rd.latin.cues[string(sc.fold(i))]
	last := rd.latin.cues[string(sc.fold(end-1))]
	words := 0
	for k := i; k < end; k++ {
		if sc.tokens[k].kind == tokenWord {
			words++
		}
	}
	switch {
	case first.digits && quarter(sc.fold(i)):
		return ""
	case first.digits:
		return groupName(sc.fold(i))
	case words > 1 && rd.orgIn(i, end):
		return NameOrg
	case words > 1 && last&cuePlaceTail != 0:
		return NamePlace
	case titled:
		return NamePerson
	case words > 1 && cue&cueGiven != 0 && words < 5:
		return NamePerson
	}
	said := rd.said(end)
	if words > 1 {
		if rd.titleLike {
			return ""
		}
		if words < 4 && (said || sc.symbol(end) == ',' && rd.apposition(end+1) || sc.is(end, "who")) {
			return NamePerson
		}
		return NameOther
	}
	switch {
	case first.allUpper:
		return NameOrg
	case foreign:
		return NameOther
	case rd.titleLike, cue&cueOrg != 0, first.word != nil:
		return ""
	case i == 0 || sc.tokens[i-1].kind == tokenSymbol && sc.symbol(i-1) != ',' && sc.symbol(i-1) != '(':
		if said || cue&cueGiven != 0 {
			return NamePerson
		}
		return "" // a capital at the head of a sentence says nothing
	case said:
		return NamePerson
	case first.end-first.start == 1:
		return ""
	}
	return NameOther
}

// commonNouns says, in a language that gives every noun a capital, that the run from i to end is an ordinary noun
// phrase: an article or a numeral begins it or stands before it, or one of its words is a word of value.
func (rd *nameReader) commonNouns(i, end int) bool {
	sc := rd.sc
	if !rd.pack.Is(lang.CapitalNouns) {
		return false
	}
	if i > 0 && (sc.has(i-1, senseArticle|senseNum) || sc.tokens[i-1].kind == tokenNumber) {
		return true
	}
	for k := i; k < end; k++ {
		if sc.tokens[k].word != nil {
			return true
		}
	}
	return false
}

// apposition says that what follows a comma tells who somebody is: an age, "a lawyer", "the chair", "who".
func (rd *nameReader) apposition(k int) bool {
	sc := rd.sc
	if k >= len(sc.tokens) {
		return false
	}
	return sc.tokens[k].kind == tokenNumber && sc.tokens[k].number.digits == 2 || sc.is(k, "a") || sc.is(k, "an") ||
		sc.is(k, "who") || sc.is(k, "whose")
}

func (rd *nameReader) said(k int) bool {
	sc := rd.sc
	return k < len(sc.tokens) && sc.tokens[k].kind == tokenWord && rd.latin.cues[string(sc.fold(k))]&cueSay != 0
}

// quarter says whether a word is a quarter or a half of a year: Q2, H1.
func quarter(w []byte) bool {
	return len(w) == 2 && (w[0] == 'q' && w[1] >= '1' && w[1] <= '4' || w[0] == 'h' && w[1] >= '1' && w[1] <= '2')
}

// groupName gives the kind of a Latin word with digits: the numbered groups that security firms name, or other.
func groupName(w []byte) string {
	n := 0
	for n < len(w) && (w[n] < '0' || w[n] > '9') {
		n++
	}
	switch string(w[:n]) {
	case "apt", "unc", "fin", "ta", "uat", "storm", "dev", "tag":
		return NameGroup
	}
	return NameOther
}
