package extract

import (
	"slices"
	"strings"

	"claimbench/internal/text"
	"claimbench/internal/value"
)

// Operator is a word or phrase that governs a stretch of its sentence: it denies, doubts, asks, conditions or plans
// what stands there, or tells it as rumour or satire. Both spans count code points of the document.
type Operator struct {
	Name  string    // the hedge that says it: negated, conditional, rumoured, …
	Words text.Span // the words of the operator
	Scope text.Span // what it governs, with its own words
	// Hedged says that what is governed may stand without the words of the operator when it carries the hedge.
	Hedged bool
	// Apart are stretches inside the scope that are not governed: an apposition, a clause of its own.
	Apart []text.Span
}

// Governs says whether some words lie in what the operator governs.
func (o Operator) Governs(words text.Span) bool {
	return lies(words.Start, words.End, [2]int{o.Scope.Start, o.Scope.End}) > leastShared &&
		!slices.ContainsFunc(o.Apart, func(s text.Span) bool { return s.Contains(words) })
}

// Operators reads the operators of one sentence of a document as the rules do, in the order in which these find them. A
// question is governed by all of itself: it states nothing. Of a language whose operators nobody has listed there are
// those of its words of speech, or none.
func Operators(doc *text.Doc, s text.Sentence) []Operator {
	raw := doc.Slice(s.Span)
	if s.Kind == text.KindQuestion || s.Kind != text.KindBody && asks(raw) {
		return []Operator{{Name: "asked", Words: s.Span, Scope: s.Span}}
	}
	r := newReader(Document{Text: doc, Lang: s.Lang}, 0)
	r.now, r.lang = s.N, s.Lang
	known := factsOf(value.NewScan(doc, s), value.Published{})
	runes := []rune(raw)
	var out []Operator
	for start := 0; start < len(runes); {
		end := windowEnd(runes, start)
		out = append(out, r.operators(s, runes[start:end], s.Span.Start+start, &known)...)
		start = end
	}
	return out
}

// operators are those of a stretch of a sentence that begins at code point base.
func (r *reader) operators(s text.Sentence, runes []rune, base int, known *facts) []Operator {
	g := grammarOf(s.Lang)
	p := &parse{line: newLine(runes, s, base, g.words), before: r}
	p.facts = known.within(text.Span{Start: base, End: base + len(runes)})
	g.parse(p)
	p.faithful()
	if tableOf(primary(s.Lang)) == nil || p.bound == nil {
		return p.listed()
	}
	var out []Operator
	for _, of := range p.regions {
		o := p.operator(of.op, p.points(of.hit.from, of.hit.to), p.points(min(of.from, of.hit.from), max(of.to,
			of.hit.to)))
		for _, q := range p.out {
			if p.standsApart(q, of) {
				o.Apart = append(o.Apart, p.span(q.start, q.end))
			}
		}
		if from := p.released(of); from > 0 {
			o.Apart = append(o.Apart, p.span(from, len(p.runes)))
		}
		out = append(out, o)
	}
	return append(append(out, p.framing()...), p.judged()...)
}

// released gives where, behind an operator, the sentence goes on with what is so, in code points; 0 for nowhere. The
// rules leave such a sentence whole, for its subject stands before.
func (p *parse) released(of region) int {
	if primary(p.lang) == "ja" || of.op.reach == reachAll {
		return 0
	}
	from := of.hit.to
	noun := !p.anyOf(of.hit.from, from, cVerb) && (p.is(from-1, "که", "اینکه", "آنکه") || p.is(from, "که", "اینکه",
		"آنکه"))
	for i := from; i+1 < len(p.toks); i++ {
		switch {
		case noun && i > from && p.comma(i) && p.has(i-1, cVerb) && primary(p.lang) == "fa": // the rumour that …, …
			return p.toks[i+1].start
		case of.op.name == "false" && (p.is(i, "in") && p.is(i+1, "fact", "reality") || p.is(i, "در") &&
			p.is(i+1, "واقع", "حقیقت") || p.is(i, "فی") && p.is(i+1, "الواقع", "الحقیقه", "الحقیقة")):
			return p.toks[min(i+2, len(p.toks)-1)].start
		case actual[of.op.name] && !of.clausal && p.is(i, "after", "because", "since") && p.happened(i+1):
			return p.toks[i+1].start
		}
	}
	return 0
}

// happened says whether the first finite verb of an English clause from token i on is one of the past.
func (p *parse) happened(i int) bool {
	v := find(i, len(p.toks), func(k int) bool { return p.has(k, cVerb) || p.comma(k) })
	if v == len(p.toks) || p.comma(v) {
		return false
	}
	return strings.HasSuffix(p.form(v), "ed") || enPast.has(p.form(v))
}

// enPast are forms of the past that do not end in -ed.
var enPast = newWordList(`was were had broke fell rose went came took gave made lost won found left began said told met
	held led spoke stood struck sank shot sent paid sold bought built became grew drew ran saw fought`)

func (p *parse) operator(op *operator, words, scope [2]int) Operator {
	return Operator{Name: op.name, Words: p.span(words[0], words[1]), Scope: p.span(scope[0], scope[1]),
		Hedged: op.reach == reachHedge}
}

func (p *parse) span(start, end int) text.Span {
	return text.Span{Start: p.base + start, End: p.base + end}
}

// standsApart says whether a piece lies in the scope of an operator without its words, and the rules left it so.
func (p *parse) standsApart(q piece, g region) bool {
	words := p.points(g.hit.from, g.hit.to)
	if q.start <= words[0] && q.end >= words[1] || lies(q.start, q.end, p.points(g.from, g.to)) <= leastShared {
		return false
	}
	return g.op.reach != reachHedge || !slices.Contains(q.hedges, g.op.name)
}

// framing are the words that report a piece and take it back: "denies that …".
func (p *parse) framing() []Operator {
	var out []Operator
	for _, h := range p.unsaid(p.hedges()) {
		if !takenBack[h.name] {
			continue
		}
		for _, q := range p.out {
			frame := p.nearFrame(q).frame
			if frame[0] <= h.start && h.end <= frame[1] && (h.end <= q.start || h.start >= q.end) &&
				!p.turns(h.end, q.start) {
				out = append(out, Operator{Name: h.name, Words: p.span(h.start, h.end), Hedged: true,
					Scope: p.span(min(h.start, q.start), max(h.end, q.end))})
			}
		}
	}
	return out
}

// turns says whether a contrast stands between two places: “denied the sale but confirmed that …”.
func (p *parse) turns(from, to int) bool {
	t := tableOf(primary(p.lang))
	return t != nil && slices.ContainsFunc(p.toks, func(k token) bool {
		return k.start >= from && k.end <= to && k.kind == word &&
			(t.contrast[k.form] || t.contrast[p.unjoined(k.form)])
	})
}

// takenBack are the hedges of words of saying that do not say what stands beside them.
var takenBack = map[string]bool{hedgeDenied: true, "negated": true, "not confirmed": true, "unknown": true,
	"conditional": true, "counterfactual": true, "false": true, "doubted": true}
