// Package proposals judges what machines propose by their tokens, before it is kept: candidates, other words for
// claims, glosses, passages, articles of one origin, claims that are one, and fact-checks that others published. It
// reads texts as a machine may read them, looks for each quotation in them, compares each statement with its words, and
// gives an answer for each item.
//
//   - terms.go: the kinds of proposal, the outcomes, and why one is refused
//   - propose.go: one request: its bounds, those of a day, and its answers
//   - judge.go: reads what the items speak of, and judges each, outside of any Write
//   - keep.go: keeps what was taken, if it is still as it was read
//
// It owns no table: what is taken is kept by package claims, in the table of all proposals. The one rule not to break:
// nothing here decides. What a machine proposes changes no claim, no evidence and no round, and is answered the same
// whatever an open round holds.
package proposals
