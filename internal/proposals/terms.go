package proposals

import (
	"claimbench/internal/claims"
	"claimbench/internal/model"
	"claimbench/internal/term"
)

// Kind is what a machine proposes.
type Kind string

// The kinds.
const (
	Candidate Kind = claims.ProposedCandidate
	Statement Kind = claims.ProposedStatement
	Gloss     Kind = claims.ProposedGloss
	Passage   Kind = claims.ProposedPassage
	Origin    Kind = claims.ProposedOrigin
	Duplicate Kind = claims.ProposedDuplicate
	Match     Kind = claims.ProposedMatch
)

// Kinds are the kinds with their words.
var Kinds = term.New("kind of proposal",
	kind(Candidate, "candidate", "A claim: article, quote (or start and end), statement; attribution and hedge "+
		"if any."),
	kind(Statement, "statement", "Other words for a claim that is not decided: claim, statement."),
	kind(Gloss, "gloss", "A claim’s words in another language: claim, lang, statement."),
	kind(Passage, "passage", "A sentence of another article as evidence: claim, article, sentence or quote."),
	kind(Origin, "origin", "Two articles that come from one origin: article, other_article."),
	kind(Duplicate, "duplicate", "Two claims that say the same: claim, other_claim."),
	kind(Match, "match", "A fact-check of the collection’s shelf that is of a claim: claim, url."),
)

func kind(name Kind, word, about string) term.Term[Kind] {
	return term.Term[Kind]{Name: name, Word: word, About: about}
}

// Outcome is what became of one item at once.
type Outcome string

// The outcomes.
const (
	Kept    Outcome = "kept"
	Known   Outcome = "known"
	Refused Outcome = "refused"
)

// Outcomes are the outcomes with their words.
var Outcomes = term.New("outcome",
	term.Term[Outcome]{Name: Kept, Word: "kept", About: "People see it now, marked as the machine’s."},
	term.Term[Outcome]{Name: Known, Word: "known", About: "It was there already: proposed by this machine before, or " +
		"a claim of people."},
	term.Term[Outcome]{Name: Refused, Word: "refused", About: "Nothing was kept; why says the reason."},
)

// Why says why an item is refused.
type Why string

// The reasons besides those of package model.
const (
	NotThere  Why = "not_there"
	Closed    Why = "closed"
	Moved     Why = "moved"
	Same      Why = "same"
	Enough    Why = "enough"
	Many      Why = "too_many"
	Tongue    Why = "tongue"
	NoReasons Why = "reasons"
)

// Whys are all reasons with their words.
var Whys = term.New("reason to refuse a proposal", reasons()...)

func reasons() (out []term.Term[Why]) {
	for _, t := range model.Whys.Terms() {
		if t.Name != model.Unreadable && t.Name != model.Filled {
			out = append(out, term.Term[Why]{Name: Why(t.Name), Word: t.Word, About: t.About})
		}
	}
	return append(out,
		why(NotThere, "not there", "It names an article, claim, sentence or fact-check that a machine cannot "+
			"read here."),
		why(Closed, "closed", "The claim takes nothing of the kind as it stands now."),
		why(Moved, "moved", "The article has a newer text. Read it and look again."),
		why(Same, "the same", "It names one thing twice, or says what stands there already."),
		why(Enough, "enough", "This machine has proposed as many of the kind there as people look at."),
		why(Many, "too many", "The request is of more articles than are read at once. Send this in another one."),
		why(Tongue, "no other language", "A gloss is in another language than the claim; write en, fa, ar and so on."),
		why(NoReasons, "reasons", "There are at most five reasons, each of one line and at most 200 characters."),
	)
}

func why(name Why, word, about string) term.Term[Why] {
	return term.Term[Why]{Name: name, Word: word, About: about}
}
