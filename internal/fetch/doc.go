// Package fetch asks for pages of the web, and is one of two rooms that dial out (the other is internal/model). It
// knows no database: whoever calls it has asked whether fetching is switched on and allowed.
//
// A tour of the files:
//
//   - fetch.go: Client, Ask and Page; Get goes from an address to the bytes behind it, redirect by redirect.
//   - guard.go: which addresses may be asked for, and which numbers may be dialled.
//   - answer.go: what an answer is: its status, its headers, its body within the limits, and what is said of a failure.
//   - robots.go: robots.txt as RFC 9309 reads it.
//   - asked.go: the robots.txt of sites, kept for a day.
//   - polite.go: whose turn it is at a site.
//
// The one rule not to break: every address, that of a redirect and of robots.txt too, goes through allowed, and every
// dial through the guard, which judges the number that is dialled and not the name that was looked up.
package fetch
