package extract

import (
	"slices"
	"strings"
	"sync"
)

// class is what a word may be to the grammars, as bits: a word can be several.
type class uint64

const (
	cAnd    class = 1 << iota // and, or: joins like with like
	cBut                      // but: joins clauses
	cThat                     // opens the content of saying or thinking
	cRel                      // opens a relative clause
	cCause                    // because
	cAim                      // so that, in order to
	cWhen                     // while, after, when
	cIf                       // if
	cPrep                     // preposition
	cNot                      // negation
	cSay                      // verb of saying, finite
	cDeny                     // verb of denying
	cThink                    // verb of judging or believing
	cAct                      // speech act that is news alone: asked, accused, criticised
	cVerb                     // finite verb
	cAux                      // finite auxiliary
	cPart                     // participle form of a common verb
	cPron                     // personal pronoun
	cDet                      // article, demonstrative
	cRole                     // noun of office or trade: president, spokesman
	cSource                   // opens a source phrase: according to
	cAdv                      // adverb that may stand before a verb
	cTime                     // word of time: yesterday, Monday, May
	cRate                     // word of judgement: worst, exceptional
	cMust                     // should, must
	cWill                     // future auxiliary
	cFirst                    // first person
	cNoun                     // a noun that the morphology would take for a verb
	cReport                   // noun of saying: statement, report, interview
	cAdding                   // participle of saying: adding, مضيفا
	cPlan                     // planned, due, expected
)

// lexicon gives the closed-class words and the common verbs of a language.
// The map is made when a text of the language is first read: most processes read texts of a few languages, or none.
type lexicon func() map[string]class

// noWords is the lexicon of a language that has none.
func noWords() map[string]class { return nil }

// table is one row of a lexicon: the class and its words, space-separated.
type table struct {
	class class
	words string
}

// newLexicon folds the words of the tables as the tokens are folded.
func newLexicon(rows []table, more ...func() []table) lexicon {
	return sync.OnceValue(func() map[string]class {
		lex := map[string]class{}
		all := slices.Clone(rows)
		for _, others := range more {
			all = append(all, others()...)
		}
		for _, row := range all {
			for _, w := range strings.Fields(row.words) {
				lex[foldAll(w)] |= row.class
			}
		}
		return lex
	})
}
