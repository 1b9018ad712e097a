// Package extract breaks a text into candidate claims by rules of grammar: it selects the sentences that state
// something, cuts them into clauses, appositions and reported speech, and says for each cut who asserts it, how sure
// they were and how much it deserves a check. It is pure: it knows no database.
//
// A tour of the files:
//
//   - extract.go, reader.go: Document, Extractor, and the walk over the sentences of one document.
//   - grammar.go, class.go, token.go, piece.go: what a grammar is, classes of words, tokens, and what a cut becomes.
//   - en*.go, ar*.go, fa*.go, ja*.go, with words_en.go and its like: the grammars of four languages and their words;
//     of each the clauses, the forms of verbs (_verbs), who speaks (_speaker, _speech), and what stands after (_tail).
//     en_shared.go has what English clauses share (a subject, its "was"), fa_whom.go where Persian objects begin.
//   - tagged.go, tagged_speech.go, speech_words.go: languages without a grammar of ours, by the cutter of clause.
//     tagged_quotes.go reads quotations by their frame, in all of them.
//   - operator.go, operator_match.go, scope.go, denial.go, faithful.go: words that deny, doubt or condition, how far
//     they reach, and the last look that keeps them with what they govern; tables/ holds the words.
//   - page.go, furniture.go: headlines, and the lines of a copied page that are none of its text.
//   - verbs.go: the forms of verbs of news that tables/ lists.
//   - noise.go, opening.go, section.go, quotation.go: lines that state nothing, datelines, texts quoted in full.
//   - refuted.go, frame.go: refutations, which are the article's, and frames alone, which state nothing.
//   - hedge.go, hedge_names.go, hedge_words.go: words that keep a claim from being plain.
//   - facts.go, kind_of.go, worth.go, worth_words.go, features.go: numbers, dates and names; kinds; check-worthiness.
//   - standalone.go, sayings.go, rule.go: statements that can be read alone, sayings, rules that can be switched off.
//
// The one rule not to break: a candidate never says more than its sentence. What stands in the scope of an operator is
// not cut away from it.
package extract
