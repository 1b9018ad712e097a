package model

import (
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"claimbench/internal/extract"
	"claimbench/internal/match"
	"claimbench/internal/text"
	"claimbench/internal/value"
)

// Judging is the version of what is taken of an answer and what is refused.
const Judging = "3"

// Limits of what a model may propose.
const (
	mostStatement = 1000 // code points
	mostHedges    = 5
	mostFilled    = 5
	mostSpeaker   = 200
	mostOfWindow  = 60 // claims of one window
)

// OwnWords is the reason of a candidate whose statement is its words in the article, for the model wrote others.
const OwnWords = "in the article’s words"

// drafted is a claim as the first answer has it, anchored what the second says of it.
type drafted struct {
	Sentence  int    `json:"sentence"`
	Statement string `json:"statement"`
}

type anchored struct {
	Claim       int      `json:"claim"`
	First       string   `json:"first"`
	Last        string   `json:"last"`
	Attribution string   `json:"attribution"`
	Hedge       []string `json:"hedge"`
	Brackets    []filled `json:"brackets"`
	beside      bool     // the statement is other words for a claim, which a person takes or not
}

type filled struct {
	Text  string `json:"text"`
	First string `json:"first"`
	Last  string `json:"last"`
}

// judge takes or refuses what a model says of one window. rules are the candidates of the rules of grammar by
// sentence.
type judge struct {
	doc    *text.Doc
	window window
	rules  map[int][]extract.Candidate
	hedges map[string]bool
	all    []text.Sentence // of the text

	// by sentence, of those that were asked for
	governing map[int][]extract.Operator
	judging   map[int][]extract.Operator // what says of something that it is not so
}

// refuse is a refusal of a claim.
func refuse(d drafted, why Why, what string) (extract.Candidate, *Refusal) {
	return extract.Candidate{}, &Refusal{Sentence: d.Sentence, Statement: shown(d.Statement), Why: why,
		What: shown(what)}
}

// shown is what a model wrote, as it may be shown: no signs that nobody sees, and not without end.
func shown(s string) string {
	s = strings.Join(strings.Fields(strings.ToValidUTF8(s, "\uFFFD")), " ")
	s = strings.Map(func(r rune) rune {
		if text.CheckTyped("", string(r)) != nil {
			return '\uFFFD'
		}
		return r
	}, s)
	if r := []rune(s); len(r) > mostStatement {
		s = string(r[:mostStatement]) + "…"
	}
	return s
}

// claim judges one claim. A nil refusal says that it is taken.
func (j judge) claim(d drafted, a anchored) (extract.Candidate, *Refusal) {
	s, ok := j.window.sentence(d.Sentence)
	if !ok {
		return refuse(d, NoSentence, "")
	}
	if statementOf(d) == "" {
		return refuse(d, NoWords, "")
	}
	at, why := between(j.doc.Slice(s.Span), a.First, a.Last)
	if why != "" {
		return refuse(d, why, a.First+" … "+a.Last)
	}
	return j.of(d, a, s, text.Span{Start: s.Span.Start + at.Start, End: s.Span.Start + at.End})
}

// statementOf is a statement as it is judged; "" for one that is none.
func statementOf(d drafted) string {
	s := norm.NFC.String(strings.Join(strings.Fields(d.Statement), " "))
	if utf8.RuneCountInString(s) > mostStatement || text.CheckTyped("statement", s) != nil {
		return ""
	}
	return s
}

// of judges a claim whose words stand at a span of a sentence.
func (j judge) of(d drafted, a anchored, s text.Sentence, span text.Span) (extract.Candidate, *Refusal) {
	words, statement := j.doc.Slice(s.Span), statementOf(d)
	if statement == "" {
		return refuse(d, NoWords, "")
	}
	c := extract.Candidate{Sentence: d.Sentence, Span: span, Brackets: []extract.Bracket{}, Hedge: []string{},
		ReportedBy: []string{}, Reasons: []string{}}
	bare, stand, lacks := j.brackets(statement, a.Brackets, &c)
	if lacks != "" {
		return refuse(d, Filled, lacks)
	}
	exact := j.doc.Slice(span)
	if bare == "" {
		return refuse(d, NoWords, "")
	}
	if w := foreign(words, bare); w != "" {
		return refuse(d, Language, w)
	}
	if why, what := unheld(s.Lang, bare, exact, words, j.bracketed(c)); why != "" {
		return refuse(d, why, what)
	}
	own, theirs := ownWords(words, bare)
	if theirs && !mostly(own, exact) || !mostly(bare, words) {
		return refuse(d, Elsewhere, exact)
	}
	if theirs && !j.wholly(s.N, own, exact) {
		if w := j.dropped(s, span, own); a.beside && w != "" {
			return refuse(d, Elsewhere, w)
		}
		theirs = a.beside
	}
	theirs = theirs && waters(s.Lang, own, exact) == "" &&
		j.staysWithin(s, span, own) && figuresIn(s.Lang, own).sayAs(figuresIn(s.Lang, exact))
	if !theirs {
		own, stand, c.Brackets = exact, exact, []extract.Bracket{}
		c.Reasons = append(c.Reasons, OwnWords)
	} else if stand = rewritten(stand, bare, own); stand == "" {
		own, stand, c.Brackets = exact, exact, []extract.Bracket{}
	}
	if w := deniesOtherwise(s.Lang, own, exact); w != "" {
		return refuse(d, Negation, w)
	}
	if w := j.takenBack(s, a, &c); w != "" {
		return refuse(d, Governed, w)
	}
	if w := j.ungoverned(s, span, own, a.Hedge, &c); w != "" {
		return refuse(d, Governed, w)
	}
	if w := j.cutAway(s, span, own); w != "" {
		return refuse(d, Negation, w)
	}
	if w := j.cutFigure(s, span, &c); w != "" {
		return refuse(d, Number, w)
	}
	if wide := j.wide(s, span, a, &c); wide != span {
		own = j.doc.Slice(wide)
		stand, c.Span, c.Brackets = own, wide, []extract.Bracket{}
		if !slices.Contains(c.Reasons, OwnWords) {
			c.Reasons = append(c.Reasons, OwnWords)
		}
	}
	c.Statement, c.Standalone = own, stand
	if what, ok := j.spoken(a, &c); !ok {
		return refuse(d, Speaker, what)
	}
	j.coloured(s, a, &c)
	return c, nil
}

// wholly says whether a statement has all words of its span, or is what the rules of grammar say of the sentence. Words
// that are left out between others are how a sentence is turned round without a word of denial: of “the wife of the
// president was fined” there is “the president was fined”.
func (j judge) wholly(sentence int, statement, exact string) bool {
	said := strings.Join(partsOf(statement), " ")
	if said == strings.Join(partsOf(exact), " ") {
		return true
	}
	return slices.ContainsFunc(j.rules[sentence], func(r extract.Candidate) bool {
		return said == strings.Join(partsOf(r.Statement), " ") || said == strings.Join(partsOf(r.Standalone), " ") ||
			said == strings.Join(partsOf(j.doc.Slice(r.Span)), " ")
	})
}

// unheld says what of a statement its words do not hold. Figures and dates stand in the words themselves and in their
// order, names and the rest in the sentence around them or in what was filled in.
func unheld(code, statement, words, sentence string, filled []value.Bracket) (Why, string) {
	if f, ok := inOrder(figuresOf(statement), figuresOf(words)); !ok {
		return Number, f
	}
	for _, l := range value.UnsupportedBy(code, statement, []string{words}, []string{sentence}, filled,
		match.NamedIn) {
		return lackWhy(l.Kind), l.Text
	}
	for _, l := range value.Unsupported(code, statement, []string{words}, nil, filled) {
		if l.Kind == value.LackNumber || l.Kind == value.LackDate {
			return lackWhy(l.Kind), l.Text
		}
	}
	return "", ""
}

// lackWhy is the reason for something that value.Unsupported names.
func lackWhy(kind string) Why {
	switch kind {
	case value.LackNumber:
		return Number
	case value.LackDate:
		return Date
	case value.LackName:
		return Name
	case value.LackDirection:
		return Direction
	case value.LackLimit:
		return Limit
	}
	return Negation
}

// cutAway gives a denial of the sentence that the words of a claim leave out, though it may reach them. What the rules
// of grammar cut apart, too, is apart: a claim that lies within one of theirs that has no such denial.
func (j judge) cutAway(s text.Sentence, span text.Span, statement string) string {
	lost := func(words string) string {
		if w := deniesOtherwise(s.Lang, statement, words); w != "" && len(value.Denials(s.Lang, words)) >
			len(value.Denials(s.Lang, statement)) {
			return w
		}
		for _, l := range value.Unsupported(s.Lang, statement, []string{words}, nil, nil) {
			if l.Kind == value.LostNegation {
				return l.Text
			}
		}
		return ""
	}
	w := lost(j.beside(s, span))
	if w == "" {
		return ""
	}
	for _, r := range j.rules[s.N] {
		if r.Span.Contains(span) && lost(j.doc.Slice(r.Span)) == "" {
			return ""
		}
	}
	return w
}

// mostly says whether at least half of the words of a statement stand among some words; where words are not parted,
// half of its pairs of signs.
func mostly(statement, words string) bool {
	mine, theirs := partsOf(statement), partsOf(words)
	there := map[string]bool{}
	for _, w := range theirs {
		there[w] = true
	}
	n := 0
	for _, w := range mine {
		if there[w] {
			n++
		}
	}
	return 2*n >= len(mine)
}

func partsOf(s string) (out []string) {
	if !strings.ContainsFunc(s, unspaced) {
		for _, w := range wordsIn(s) {
			out = append(out, w.folded)
		}
		return out
	}
	letters := []rune(s)
	for i := 0; i+1 < len(letters); i++ {
		out = append(out, string(letters[i:i+2]))
	}
	return out
}

// spoken sets who says it. Whom a model names must stand in the text that it was sent; whom the rules of grammar name
// is not left out.
func (j judge) spoken(a anchored, c *extract.Candidate) (string, bool) {
	c.Attribution = extract.Article
	name := strings.Join(strings.Fields(a.Attribution), " ")
	switch {
	case name == "" || strings.EqualFold(name, extract.Article):
		if r, ok := j.nearest(c.Span); ok && r.Attribution != "" {
			c.Attribution, c.ReportedBy = r.Attribution, r.ReportedBy
		}
		return "", true
	case utf8.RuneCountInString(name) > mostSpeaker || text.CheckTyped("attribution", name) != nil:
		return name, false
	}
	words := j.window.words(j.doc)
	at, _ := find(words, name)
	if len(at) == 0 || !j.maySay(name, *c) || j.saysOther(name, *c) {
		return name, false
	}
	c.Attribution = string([]rune(words)[at[0].Start:at[0].End]) // as the text writes it
	c.ReportedBy = []string{c.Attribution}
	return "", true
}

// maySay says whether somebody stands in the sentence of a claim, or speaks in it as the rules read it.
func (j judge) maySay(name string, c extract.Candidate) bool {
	if s, ok := j.window.sentence(c.Sentence); ok {
		if at, _ := find(j.doc.Slice(s.Span), name); len(at) > 0 {
			return true
		}
	}
	return slices.ContainsFunc(j.rules[c.Sentence], func(r extract.Candidate) bool {
		return sharesWord(r.Attribution, name)
	})
}

// saysOther says whether the rules have a claim said by somebody else, and the one who is named for it says another
// claim of the same sentence.
func (j judge) saysOther(name string, c extract.Candidate) bool {
	mine, ok := j.nearest(c.Span)
	if !ok || mine.Attribution == extract.Article || sharesWord(mine.Attribution, name) {
		return false
	}
	return slices.ContainsFunc(j.rules[c.Sentence], func(r extract.Candidate) bool {
		return !r.Span.Overlaps(c.Span) && r.Attribution != extract.Article && sharesWord(r.Attribution, name)
	})
}

// sharesWord says whether two names have a word of some length in common; where words are not parted, one stands in the
// other.
func sharesWord(a, b string) bool {
	if strings.ContainsFunc(a+b, unspaced) {
		return strings.Contains(text.Fold(a), text.Fold(b)) || strings.Contains(text.Fold(b), text.Fold(a))
	}
	there := letterWords(b)
	return slices.ContainsFunc(letterWords(a), func(w string) bool {
		return utf8.RuneCountInString(w) > 2 && slices.Contains(there, w) && w != "the"
	})
}

// coloured sets the hedges: those of the model that there are and that the sentence may have, and those of the rules
// for the same words, which it cannot take away. The kind is that of the rules.
func (j judge) coloured(s text.Sentence, a anchored, c *extract.Candidate) {
	c.Kind, c.CheckWorthy = "fact", extract.CheckWorthyFrom
	for _, h := range a.Hedge[:min(len(a.Hedge), mostHedges)] {
		// where the rules read a claim they know the hedges of its sentence
		if h = strings.ToLower(strings.TrimSpace(h)); j.hedges[h] && !slices.Contains(c.Hedge, h) && (j.turned(s, h) ||
			!turning[h] && len(j.rules[s.N]) == 0) {
			c.Hedge = append(c.Hedge, h)
		}
	}
	for _, r := range j.rules[c.Sentence] {
		shared := min(r.Span.End, c.Span.End) - max(r.Span.Start, c.Span.Start)
		if r.Span.Contains(c.Span) || 2*shared >= c.Span.Len() {
			for _, h := range r.Hedge {
				if !slices.Contains(c.Hedge, h) {
					c.Hedge = append(c.Hedge, h)
				}
			}
		}
	}
	if r, ok := j.nearest(c.Span); ok {
		c.Kind, c.CheckWorthy = r.Kind, r.CheckWorthy
		c.Reasons = append(c.Reasons, r.Reasons...)
	}
}

// nearest is the candidate of the rules that shares most with a span, if any does.
func (j judge) nearest(span text.Span) (best extract.Candidate, ok bool) {
	most := 0
	for n := range j.rules {
		for _, r := range j.rules[n] {
			shared := 2*(min(r.Span.End, span.End)-max(r.Span.Start, span.Start)) - r.Span.Len()
			if r.Span.Overlaps(span) && (!ok || shared > most) {
				best, ok, most = r, true, shared
			}
		}
	}
	return best, ok
}
