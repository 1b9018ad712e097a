// Package claimset owns claim sets: chosen lists of claims that are frozen, exported and, when wrong, superseded.
//
// A tour of the files:
//
//   - terms.go, rows.go: the states of a set, and its rows.
//   - service.go: Service: make a set, name it, add claims and remove them.
//   - order.go, move.go: the one order of a set, and how its editors change it.
//   - guards.go: what may be done with a set in its state; pure functions.
//   - entry.go: Entry, a claim as it is frozen. The order of its fields is the order of the exported JSON.
//   - weigh.go: writes claims down as entries, many at once.
//   - freeze.go: Freeze, in slices, and what is asked again at its end.
//   - root.go: the Merkle tree of what is frozen, whose root the event of the freeze holds.
//   - staged.go: who freezes a set now, freezes as jobs, and clearing away what dead ones left.
//   - imprint.go: Imprint, what a set prints beside its claims, and who is named.
//   - stream.go, export.go: the frozen claims one at a time, for package publish, which writes them as files.
//   - quick.go: reads what this program froze, faster than any JSON.
//   - read.go: a set with one page of its claims, sizes, and what hinders a freeze.
//   - sizes.go: how many claims sets have, frozen ones counted once.
//   - alarm.go, heard.go, told.go, answer.go: what happens to what is printed, how it is heard of, who is told,
//     and what people answer.
//   - standing.go, objects.go, resting.go: how a printed claim stands today, where it is printed, on which articles.
//   - preview.go, matching.go: what a freeze would print; adding all claims that fit a filter.
//   - check.go: whether a frozen set still is what was frozen, looked at once a minute.
//
// The one rule not to break: a frozen set never changes. What is wrong in it is mended by a new set, its correction.
package claimset
