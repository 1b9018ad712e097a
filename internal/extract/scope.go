package extract

import "strings"

// region is a stretch of a sentence that stays whole, because an operator in it
// governs the rest of it. Tokens, or letters in Japanese; end exclusive.
type region struct {
	from, to int
	hit
	head    int  // where the clause of the operator itself begins, for one that reaches after it
	clausal bool // what is governed is a clause, not an infinitive or a noun
}

// govern finds the operators of the line and the stretches that they bind. The
// grammars cut nowhere inside a bound stretch and take no verb of saying in it
// for a frame. opens says where the grammar would begin a clause.
func (p *parse) govern(opens []int) {
	p.bound, p.sealed = make([]bool, len(p.toks)+1), make([]bool, len(p.toks)+1)
	if !p.on(ruleFaithful) {
		return
	}
	g := governor{parse: p, table: tableOf(primary(p.lang)), opens: make([]bool, len(p.toks)+1)}
	for _, i := range opens {
		g.opens[i] = true
	}
	for _, h := range p.operators(g.table) {
		if h.op.judged || h.op.reach == reachBeside || p.idle(h) {
			continue
		}
		r := region{hit: h, from: h.from, to: h.to, head: h.from}
		if h.op.reach == reachAfter {
			r.head = g.clauseStart(h.from)
		}
		switch h.op.reach {
		case reachAll:
			r.from, r.to = 0, len(p.toks)
		case reachBefore:
			r.from = g.clauseStart(h.from)
		case reachClause:
			r.from, r.to = g.clauseStart(h.from), g.scopeEnd(h)
		case reachPhrase:
			r.to = g.phraseEnd(h)
		default:
			r.to = g.scopeEnd(h)
			if h.op.reach == reachAfter && g.count(h.to, r.to) == 0 {
				r.from = g.clauseStart(h.from)
				if g.count(r.from, h.from) <= 1 && (r.from == 0 || !g.opensSaid(r.from-1)) {
					r.from = 0 // "the boat would sink, it was feared": what it governs stands before
				}
			}
		}
		r.clausal = g.clausal(h) || g.anyOf(h.to, r.to, cThat)
		p.bind(r)
	}
}

// bind notes a region. What a hedge carries may be cut off.
func (p *parse) bind(r region) {
	p.regions = append(p.regions, r)
	if r.op.reach == reachHedge {
		return
	}
	p.head(r)
	for i := r.from + 1; i < r.to; i++ {
		p.bound[i] = true
		p.sealed[i] = p.sealed[i] || r.clausal || !actual[r.op.name]
	}
}

// head marks the words of an operator.
func (p *parse) head(r region) {
	if p.headed == nil {
		p.headed = make([]bool, len(p.bound))
	}
	for i := r.hit.from; i < r.hit.to && r.op.reach != reachHedge; i++ {
		p.headed[i] = true
	}
}

// actual are the operators under which a noun with its relative clause is still
// what the article itself speaks of: "plans to sell the plant that burned".
var actual = map[string]bool{"planned": true, "demanded": true, "attempted": true, "prevented": true, "failed": true,
	"threatened": true, "hoped": true}

// binds says whether token i lies inside a bound stretch, past its beginning.
func (p *parse) binds(i int) bool { return i >= 0 && i < len(p.bound) && p.bound[i] }

// seals says whether not even a relative clause may be taken from token i.
func (p *parse) seals(i int) bool { return i >= 0 && i < len(p.sealed) && p.sealed[i] }

// heads says whether token i is a word of an operator: its verb frames nothing.
func (p *parse) heads(i int) bool {
	return i >= 0 && i < len(p.headed) && p.headed[i]
}

// governor measures the scopes of the operators of one line of words.
type governor struct {
	*parse
	table *operatorTable
	opens []bool // tokens where the grammar would begin a clause
}

// contrasts says whether a contrast or a stop begins at token i.
func (g *governor) contrasts(i int) bool {
	if g.isMark(i, ";؛") || g.stop(i) && g.toks[i].form == ".." {
		return true
	}
	form := g.toks[i].form
	if g.toks[i].kind != word || g.toks[i].quoted {
		return false
	}
	if g.table.contrast[form] || g.unjoined(form) != form && g.table.contrast[g.unjoined(form)] {
		return true
	}
	return g.comma(i-1) && g.has(i, cBut|cAdding|cCause) && (!g.is(i, "غیر", "بلکه") || g.is(i, "غیر") && g.is(i+1,
		"ان", "انه", "انها"))
}

// scopeEnd gives where the scope of an operator ends: at a contrast, at the
// comma that closes the relative clause or the adverbial it stands in, at the
// next clause when what it governs is no clause, or at the sentence's end.
func (g *governor) scopeEnd(h hit) int {
	start := g.clauseStart(h.from)
	inRelative := g.relativeBefore(h.from, start)
	fronted := h.from-start <= 3 && h.op.name != "negated" && g.has(start, cPrep|cWhen|cSource) && !g.has(start, cVerb)
	spoken, clausal := g.has(h.to-1, cVerb) || primary(g.lang) == "en" && g.anyOf(h.from, h.to, cDeny), g.clausal(h)
	quoted := g.longQuote(h.from)
	for j := h.to; j < len(g.toks); j++ {
		if quoted && !g.toks[j].quoted {
			return j // nothing quoted governs the words of who quotes it
		}
		if quoted && j > h.to && g.sentenceEnd(j-1) {
			return j
		}
		if g.toks[j].depth > 0 && g.toks[h.from].depth == 0 {
			continue
		}
		switch {
		case j > h.to && g.contrasts(j) && g.comma(j-1):
			return j - 1
		case j > h.to && g.contrasts(j), inRelative && (spoken && g.comma(j) || g.isMark(j, ":")):
			return j
		case fronted && spoken && g.comma(j) && h.op.reach != reachClause && g.anyOf(j, len(g.toks), cVerb):
			return j
		case spoken && !clausal && g.ends(j):
			return j
		}
		spoken = spoken || g.has(j, cVerb)
		clausal = clausal || g.has(j, cThat) || g.is(j, "اینکه", "آنکه") || g.isMark(j, ":“«") || g.has(j, cSay) &&
			g.has(j, cVerb)
	}
	return len(g.toks)
}

// clausal says whether an operator governs a clause by its own words.
func (g *governor) clausal(h hit) bool {
	switch h.op.name {
	case "conditional", "counterfactual", "unknown", "asked", "as if":
		return true
	case "negated":
		if h.op.reach == reachAfter {
			return true
		}
	}
	if primary(g.lang) == "en" && h.op.reach == reachClause && (h.op.name == "false" || h.op.name == "denied") {
		return g.anyOf(h.from, h.to, cThat) // "dismissed the claims as nonsense": no clause yet
	}
	if g.is(h.to-1, "to") && actual[h.op.name] { // plans to, promised to: an infinitive
		return false
	}
	if g.is(h.to-1, "it") { // rumour has it
		return true
	}
	for i := h.from; i < h.to; i++ {
		if g.is(i, "اینکه", "انکه", "آنکه") || g.has(i, cThat|cDeny|cWhen|cAim|cIf) || g.has(i, cSay) &&
			primary(g.lang) != "ar" {
			return true
		}
	}
	return false
}

// ends says whether another clause begins at token j.
func (g *governor) ends(j int) bool {
	if primary(g.lang) == "fa" {
		return g.has(j-1, cVerb) && (g.has(j, cAnd|cBut|cCause) || g.comma(j))
	}
	return g.opens[j]
}

// relativeBefore says whether the operator at i stands in a relative clause
// between commas that opens after start.
func (g *governor) relativeBefore(i, start int) bool {
	for k := i; k > start; k-- {
		if g.comma(k - 1) {
			return g.has(k, cRel)
		}
	}
	return false
}

// phraseEnd gives where the phrase after an operator ends: at a comma, after
// the verb where a clause stands in the phrase, or at a contrast.
func (g *governor) phraseEnd(h hit) int {
	waits := find(h.from, h.to, func(j int) bool { return g.has(j, cThat) }) < h.to
	for j := h.to; j < len(g.toks); j++ {
		waits = (waits || g.has(j, cThat)) && !g.has(j, cVerb)
		if !waits && j > h.to+1 && g.comma(j) || j > h.to && g.contrasts(j) {
			return j
		}
	}
	return len(g.toks)
}

// clauseStart gives where the clause of token i begins: where the grammar would
// begin one, after a contrast, a verb of saying with its "that", or an opening
// quotation mark.
func (g *governor) clauseStart(i int) int {
	fa := primary(g.lang) == "fa"
	// what a condition at the end conditions stands before it, all of it
	trails := g.is(i, "barring", "provided", "unless", "except", "assuming", "should", "had", "were")
	quoted := g.longQuote(i)
	for k := i; k > 0; k-- {
		switch {
		case quoted && (!g.toks[k-1].quoted || g.sentenceEnd(k-1)), k < i && g.contrasts(k):
			return k
		case !fa && g.opens[k] && !trails, fa && k < i && g.ends(k) && !g.relativeAt(k) && !(k == i-1 && g.trailsFa(i)):
			return k
		case g.opensSaid(k - 1):
			return k
		case k < i && g.isMark(k-1, "«“:") && g.toks[min(i, len(g.toks)-1)].quoted == g.toks[k-1].quoted:
			return k
		}
	}
	return 0
}

// sentenceEnd says whether the mark at token i ends a sentence of a quotation.
func (g *governor) sentenceEnd(i int) bool {
	return g.isMark(i, ".!؟?") && g.endsAt(g.toks[i].start, false)
}

// longQuote says whether token i stands in a quotation of a clause, not of a word or two.
func (g *governor) longQuote(i int) bool {
	if i >= len(g.toks) || !g.toks[i].quoted {
		return false
	}
	from, to := i, i
	for from > 0 && g.toks[from-1].quoted {
		from--
	}
	for to < len(g.toks) && g.toks[to].quoted {
		to++
	}
	return g.count(from, to) >= quoteLeast && g.anyOf(from, to, cVerb)
}

// quoteLeast is how many words a quotation must have to be a clause by itself.
const quoteLeast = 4

// trailsFa says whether the condition at token i conditions the clause before it: "…, به شرط آنکه …" always does,
// "…، اگر …" only where no clause follows that it could condition instead.
func (g *governor) trailsFa(i int) bool {
	if g.is(i, "به", "با") && g.nearby(i+1, i+3, faCondition) || g.nearby(i, i+1, faCondition) {
		return true
	}
	if !g.has(i, cIf) && !(g.is(i, "در") && g.is(i+1, "صورت", "صورتی", "صورتیکه")) {
		return false
	}
	return find(i+1, len(g.toks), func(j int) bool { return g.has(j-1, cVerb) && g.comma(j) }) == len(g.toks)
}

// faCondition are the words for a condition that only follows what it conditions.
var faCondition = newWordList(`شرط شرطی شرطیکه شرط‌آنکه بشرط به‌شرط به‌شرطی مشروط منوط مگر`)

// relativeAt says whether the verb that ends before token k may be that of a
// relative clause, whose noun waits for a verb of its own.
func (g *governor) relativeAt(k int) bool {
	for j := k - 1; j > 0; j-- {
		if g.is(j, "که", "اینکه", "آنکه") {
			if g.is(j-1, "با", "وجود") { // "although"
				return false
			}
			return !g.opensSaid(j)
		}
		if j < k-2 && g.has(j, cVerb) {
			return false
		}
	}
	return false
}

// opensSaid says whether what was said begins after token k.
func (g *governor) opensSaid(k int) bool {
	if g.has(k, cThat) {
		switch primary(g.lang) {
		case "ar":
			return g.anyOf(max(0, k-8), k, cSay)
		case "fa":
			return g.anyOf(max(0, k-4), k, cSay|cThink) && g.has(k-1, cVerb)
		}
		return g.has(k-1, cSay) && !g.is(k-1, "reports", "claims", "report", "claim")
	}
	if primary(g.lang) == "fa" { // گفت without که
		if g.has(k, cVerb) && g.has(k+1, cIf) && g.anyOf(max(0, k-2), k+1, cSay|cThink) {
			return true // "معتقد است اگر …"
		}
		light := g.has(k-1, cSay) && g.is(k, "کرد", "کردند", "میکند", "میکنند", "داد", "دادند")
		return (light || faSays.has(g.form(k))) && g.has(k, cVerb) && !g.is(k+1, "که") && k > 0 && k+1 < len(g.toks) &&
			g.toks[k+1].kind != mark && !g.has(k+1, cVerb|cAux|cAnd)
	}
	return primary(g.lang) == "en" && g.has(k, cSay) && g.has(k, cVerb) && !g.is(k+1, "that", "on")
}

// faSays are the verbs of saying that need no که.
var faSays = newWordList(`گفت گفتند می‌گوید می‌گویند میگوید افزود افزودند`)

// primary is the language of a tag without its regions and scripts.
func primary(lang string) string {
	base, _, _ := strings.Cut(lang, "-")
	return base
}
