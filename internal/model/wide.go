package model

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"claimbench/internal/extract"
	"claimbench/internal/lang"
	"claimbench/internal/text"
)

// What is cut out of a clause may be under words of which no table knows that they govern: “was cleared of having set
// fire to the mill”. So what stands is never less than a clause as the rules part it.

// mostNamed is how many words the name of a speaker has, where a language has no grammar: more are no name.
const mostNamed = 3

// wide gives a span itself where its clause begins and ends and nothing else in the sentence says that it is not so;
// else the least clause of the rules that holds it and may stand alone, or the sentence. Other words for a claim that
// is there keep its span.
func (j judge) wide(s text.Sentence, span text.Span, a anchored, c *extract.Candidate) text.Span {
	if a.beside {
		return span
	}
	all := j.untruths(s)
	if j.apart(s, span, all) {
		return span
	}
	best := trimmed(j.doc, s.Span)
	for _, r := range j.rules[s.N] {
		if r.Span.Contains(span) && r.Span.Len() < best.Len() && j.apart(s, r.Span, all) && j.stands(s, r.Span, a, c) {
			best = r.Span
		}
	}
	return best
}

// stands says whether a clause that is wider than what was named lacks nothing that governs it.
func (j judge) stands(s text.Sentence, span text.Span, a anchored, c *extract.Candidate) bool {
	words, tried := j.doc.Slice(span), *c
	return j.ungoverned(s, span, words, a.Hedge, &tried) == "" && j.cutAway(s, span, words) == "" &&
		j.cutFigure(s, span, &tried) == ""
}

// apart says whether a clause begins and ends with a span, and no words outside of it judge whether something is so.
func (j judge) apart(s text.Sentence, span text.Span, untruths []extract.Operator) bool {
	return j.begins(s, span.Start) && j.ends(s, span.End) &&
		!slices.ContainsFunc(untruths, func(o extract.Operator) bool { return !covers(j.doc, span, o.Words) })
}

// begins says whether a clause begins at a place of a sentence.
func (j judge) begins(s text.Sentence, at int) bool {
	before := []rune(j.doc.Slice(text.Span{Start: s.Span.Start, End: at}))
	if j.signed(s, before, true) {
		return true
	}
	return slices.ContainsFunc(j.rules[s.N], func(r extract.Candidate) bool {
		return r.Span.Start == at && j.parts(s, r)
	})
}

// parts says whether the rules part a sentence before one of its claims: where somebody says it, or between clauses. A
// clause of content that nobody says may be of what never was: “the robot made up that …”.
func (j judge) parts(s text.Sentence, r extract.Candidate) bool {
	if r.Attribution == extract.Article {
		return !extract.OpensContent(j.doc, s, r.Span.Start)
	}
	return extract.HasGrammar(s.Lang) || len(strings.Fields(r.Attribution)) <= mostNamed
}

// ends says whether a clause ends at a place of a sentence.
func (j judge) ends(s text.Sentence, at int) bool {
	return j.signed(s, []rune(j.doc.Slice(text.Span{Start: at, End: s.Span.End})), false) ||
		slices.ContainsFunc(j.rules[s.N], func(r extract.Candidate) bool { return r.Span.End == at })
}

// signed says whether the words beside a place end there, with the sentence or at a sign that parts clauses. Quotation
// marks part nothing by themselves, nor do signs within words; a comma parts none where each clause has one before it.
func (j judge) signed(s text.Sentence, beside []rune, before bool) bool {
	if before {
		slices.Reverse(beside)
	}
	for i, r := range beside {
		switch {
		case unicode.IsSpace(r) || isQuote(r):
		case strings.ContainsRune(",،", r):
			return !lang.Of(s.Lang).Is(lang.CommaClauses)
		case strings.ContainsRune("-‐‑", r):
			return i > 0 && unicode.IsSpace(beside[i-1])
		default:
			return unicode.IsPunct(r) && !strings.ContainsRune("%‰٪&#@/*", r)
		}
	}
	return true
}

// untruths are the words of a sentence that judge whether something is so.
func (j judge) untruths(s text.Sentence) []extract.Operator {
	if known, there := j.judging[s.N]; there {
		return known
	}
	found := extract.Untruths(j.doc, s)
	j.judging[s.N] = found
	return found
}

// takenBack gives the words by which the next sentence says that this one is not so; "" for none. A claim may stand
// with the hedge that says the same, if the model named it.
func (j judge) takenBack(s text.Sentence, a anchored, c *extract.Candidate) string {
	if a.beside || s.N >= len(j.all) {
		return ""
	}
	next := j.all[s.N]
	o, takes := extract.TakesBack(j.doc, next)
	if !takes {
		return ""
	}
	if !names(a.Hedge, o.Name) {
		return j.doc.Slice(trimmed(j.doc, next.Span))
	}
	c.Hedge = append(c.Hedge, o.Name)
	return ""
}

// names says whether a model named a hedge.
func names(named []string, hedge string) bool {
	return slices.ContainsFunc(named[:min(len(named), mostHedges)], func(h string) bool {
		return strings.EqualFold(strings.TrimSpace(h), hedge)
	})
}

// trimmed is a sentence without the spaces and the stop at its end.
func trimmed(doc *text.Doc, s text.Span) text.Span {
	words := doc.Slice(s)
	end := strings.TrimRightFunc(words, unicode.IsSpace)
	end = strings.TrimRight(end, ".。．")
	if !strings.ContainsFunc(end, isWordly) {
		end = words
	}
	s.End -= utf8.RuneCountInString(words) - utf8.RuneCountInString(end)
	return s
}
