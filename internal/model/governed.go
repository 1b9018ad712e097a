package model

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"claimbench/internal/extract"
	"claimbench/internal/text"
)

// What a sentence says of some words, by an operator outside of them or that a statement leaves out: that they are not
// so, or asked, planned, told as rumour. Which operators there are and how far they reach, the rules of grammar know.

// ungoverned gives the words of the first operator that governs a span of a sentence and that a claim of it, with this
// statement, leaves out; "" for none. An operator that a hedge says as well may be left out of a claim that has it: one
// that the model named, and then the candidate has it, too.
func (j judge) ungoverned(s text.Sentence, span text.Span, statement string, named []string,
	c *extract.Candidate) string {
	whole := statement == j.doc.Slice(span)
	for _, o := range j.operators(s) {
		if !o.Governs(span) {
			continue
		}
		words := j.doc.Slice(o.Words)
		if whole && covers(j.doc, span, o.Words) || !whole && hasInOrder(statement, words) {
			continue
		}
		if !o.Hedged || !names(named, o.Name) {
			return words
		}
		if !slices.Contains(c.Hedge, o.Name) {
			c.Hedge = append(c.Hedge, o.Name)
		}
	}
	return ""
}

// staysWithin says whether a statement has no words of its sentence outside of its span, or there are no operators that
// might govern those.
func (j judge) staysWithin(s text.Sentence, span text.Span, statement string) bool {
	_, within := ownWords(j.doc.Slice(span), statement)
	return within || !slices.ContainsFunc(j.operators(s), func(o extract.Operator) bool { return !o.Governs(span) })
}

// beside is a sentence without what denies something else than a span: the words of operators that do not govern it,
// the other claims that the rules find, and “did not know that”, before what is so all the same.
func (j judge) beside(s text.Sentence, span text.Span) string {
	words := []rune(j.doc.Slice(s.Span))
	blank := func(at text.Span) {
		for i := max(at.Start, s.Span.Start); i < min(at.End, s.Span.End) && !at.Overlaps(span); i++ {
			words[i-s.Span.Start] = ' '
		}
	}
	for _, o := range j.operators(s) {
		if !o.Governs(span) {
			blank(o.Words)
		}
	}
	for _, r := range j.rules[s.N] {
		blank(r.Span)
	}
	if at := unknowing.FindStringIndex(string(words)); at != nil {
		from := s.Span.Start + utf8.RuneCountInString(string(words)[:at[0]])
		blank(text.Span{Start: from, End: from + utf8.RuneCountInString(string(words)[at[0]:at[1]])})
	}
	return string(words)
}

// unknowing is that somebody did not know something, which is so.
var unknowing = regexp.MustCompile(`(?i)(?:\b(?:not|never)|n['’]t) (?:know|knew|known|reali[sz]ed?|` +
	`aware|notice|noticed) that |(?:لم|لا|لن)(?: \S+){0,3} (?:يعلم|تعلم|يعرف|تعرف|يدرك|تدرك|يدري|تدري)\S* [بو]?أن `)

// turning are the hedges that say the opposite of a claim or take it back. A claim has one only where its sentence says
// so: a model that adds one adds a denial.
var turning = map[string]bool{"denied": true, "not denied": true, "negated": true, "not confirmed": true,
	"unknown":     true,
	"no evidence": true, "false": true, "doubted": true, "conditional": true, "counterfactual": true, "as if": true,
	"satire": true, "rumoured": true, "failed": true, "prevented": true, "almost": true, "asked": true, "except": true}

// turned says whether a sentence has an operator of a name, or the rules found a claim in it with this hedge.
func (j judge) turned(s text.Sentence, hedge string) bool {
	return slices.ContainsFunc(j.operators(s), func(o extract.Operator) bool { return o.Name == hedge }) ||
		slices.ContainsFunc(j.rules[s.N], func(r extract.Candidate) bool { return slices.Contains(r.Hedge, hedge) })
}

// operators are those of a sentence, read once.
func (j judge) operators(s text.Sentence) []extract.Operator {
	if known, there := j.governing[s.N]; there {
		return known
	}
	found := extract.Operators(j.doc, s)
	j.governing[s.N] = found
	return found
}

// covers says whether a span has all letters and digits of some words: marks at their edges may stand outside.
func covers(doc *text.Doc, span, words text.Span) bool {
	if span.Contains(words) {
		return true
	}
	before := text.Span{Start: words.Start, End: max(words.Start, min(span.Start, words.End))}
	after := text.Span{Start: min(words.End, max(span.End, words.Start)), End: words.End}
	return !strings.ContainsFunc(doc.Slice(before), isWordly) && !strings.ContainsFunc(doc.Slice(after), isWordly)
}

// hasInOrder says whether a statement has some words, in their order; where words are not parted, as they stand.
func hasInOrder(statement, words string) bool {
	if strings.ContainsFunc(words, unspaced) {
		return strings.Contains(text.Fold(statement), strings.TrimFunc(text.Fold(words), func(r rune) bool {
			return !isWordly(r)
		}))
	}
	mine := wordsIn(statement)
	for _, w := range wordsIn(words) {
		i := slices.IndexFunc(mine, func(m wordIn) bool { return m.folded == w.folded })
		if i < 0 {
			return false
		}
		mine = mine[i+1:]
	}
	return true
}
