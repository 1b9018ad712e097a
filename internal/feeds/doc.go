// Package feeds asks for the feeds of a collection again and again, and knows each item once.
//
// A tour of the files:
//
//   - rows.go, terms.go: feeds, what a visit saw, items, and by what an item is known again.
//   - set.go: an editor adds a feed, says whether its items are taken in by themselves, or ends it.
//   - visit.go: what a visit brought.
//   - take.go: items become articles: those with an address by internal/addresses, the others by their own text.
//   - read.go: what pages show.
//
// The one rule not to break: what is new, what becomes of it, and when the feed is asked next are kept in one Write. So
// an item is never taken twice, whatever dies.
package feeds
