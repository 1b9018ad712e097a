package extract

import "strings"

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
type lexicon map[string]class

// table is one row of a lexicon: the class and its words, space-separated.
type table struct {
	class class
	words string
}

// newLexicon folds the words of the tables as the tokens are folded.
func newLexicon(tables ...[]table) lexicon {
	lex := lexicon{}
	for _, rows := range tables {
		for _, row := range rows {
			for _, w := range strings.Fields(row.words) {
				lex[foldAll(w)] |= row.class
			}
		}
	}
	return lex
}
