// Package articles owns collections, sources, articles, their immutable revisions and the sentences of each revision.
// A text comes in once, as it is; a later wording is a new revision, and the earlier one stays.
//
// A tour of the files:
//
//   - terms.go, rows.go: the states of an article, the rows of this room, and how one is read inside a transaction.
//   - service.go, sources.go: Service, collections with their rules, sources and how reliable editors find them.
//   - import.go, coming.go: a text is taken in, at once or, when it has many sentences, by a job in slices.
//   - guards.go: what may be done with an article in its state; pure functions.
//   - read.go, near.go, counts.go: one article, lists, a stretch of a long text, counts that stop at a cap.
//   - place.go: where words stand: revision, span, words, sentence. All rooms below embed it.
//   - withhold.go: an article is taken down, and its words are taken out of a row, by the tags of its fields.
//   - history.go: how an article is named in the history, and the rows that an audit compares with it.
//
// The one rule not to break: a revision and its sentences never change after they are in. Every span in the house is
// counted in code points of one revision.
package articles
