// Package claims owns claims and candidates: their spans and words, glosses and comments. A candidate is what the
// machine or a person puts forward; a claim is what an editor has accepted.
//
// A tour of the files:
//
//   - terms.go, rows.go, fate.go: the states of a claim, the rows, and what became of each proposal of the machine.
//   - service.go: Service, and the locks that review and evidence take on a claim.
//   - guards.go: what may be done with a claim in its state; pure functions.
//   - propose.go, candidates.go: candidates are proposed for a text, then accepted, rejected, restored or withdrawn.
//   - worth_page.go, worth_count.go, worth_rows.go: the list of all candidates of a collection, those first that its
//     people will want most (package worth), and what is counted of their decisions in the same Write; worth_old.go
//     takes in what was there before the list was.
//   - words.go, clash.go: edit, create, split and merge, and what a person sees who had older words open.
//   - stretches.go: a claim stands at one to eight stretches of its text; how they are chosen, ordered and refused.
//   - duplicate.go: pairs of claims that a person said are two, and which of two that are one is kept.
//   - unsupported.go, brackets.go, hedges.go: what a statement says beyond its text, words filled in, words of doubt.
//   - glosses.go: glosses and comments.
//   - anchor.go, anchor_settle.go, anchor_rows.go: claims follow their words into a newer revision.
//   - list.go, read.go, counts.go: lists, what rooms below read in their own transaction, counts.
//   - withhold.go, history.go: words that are withheld with their article; the rows that an audit compares.
//
// The one rule not to break: words change only by the common road in words.go, under the lock and the guard. A review
// is about certain words, and these must stay known.
package claims
