// Package replies owns the right of reply: who was asked about a claim before it is printed, when, until when and by
// which way, and what they answered, or that they did not.
//
// A tour of the files:
//
//   - terms.go, rows.go: the ways of asking, what came of it, the rows, and what an audit and the past read of them.
//   - guards.go: what may be written down of which claim; pure functions.
//   - ask.go: Service: somebody was asked, somebody answered, and how the asking is taken back.
//   - read.go: what pages and frozen sets read in their own transaction.
//
// The one rule not to break: how a person is reached stands in reply_contacts and nowhere else, in no event's row, no
// frozen set and no answer but to an editor and to who wrote it.
package replies
