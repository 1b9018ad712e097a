// Package addresses takes in articles from the web: whether pages are fetched at all, which addresses wait, and what
// became of each.
//
// A tour of the files:
//
//   - switch.go: Switch, on which an admin says that the workbench fetches, and that a collection does.
//   - rows.go: Address, its states, and what the history keeps.
//   - ask.go: asking for addresses, cancelling, trying again, and the lists of them.
//   - take.go: which address is next, its lease, and how long its site is left alone.
//   - run.go: fetching one and taking it in; tries with growing pauses.
//   - turn.go: whose turn it is at a site, over all servers, for rooms that ask for a page in a job.
//   - task.go: addresses that are asked for again and again, or in another way, for rooms below.
//
// An address is work, as a job is: it has no event of its own, and the article that it becomes has one, in the name of
// the person who asked. It is no row of internal/jobs because it waits for others most of its time: jobs take turns at
// the one core, and a site that is slow would hold their places.
//
// The one rule not to break: an address is done in the very Write in which its article comes in, by whoever holds it
// then. So a page becomes one article, whatever dies and whoever takes the address over.
package addresses
