// Package shelf keeps what others have checked already: per collection a shelf of fact-checks that came in files, and
// which of them may say what a candidate or an open claim says.
//
// A tour of the files:
//
//   - read.go: a file of any format, one fact-check at a time, in bounded memory; what a dry run finds in it.
//   - scan.go, claimreview.go, set.go, page.go: objects cut out of JSON; ClaimReviews, our own sets, saved pages.
//   - table.go: CSV, its columns known by their names.
//   - record.go, rating.go, ratings.tsv: what is read of a fact-check, and what its rating comes to where that is
//     certain.
//   - rows.go, objects.go: the tables, and what the history and an audit know of them.
//   - service.go, bring.go, taking.go: files come in, are looked at, and their entries are taken by a job.
//   - remove.go: entries are taken off the shelf, or withheld by law.
//   - index.go, find.go, follow.go: the index in tables, what is near a claim, and the work beside the requests.
//   - decide.go: a person confirms or refuses a match, and takes that back.
//   - export.go: the shelf as a file, each entry in the bytes that it came in.
//   - export_set.go: the lines of one set, when they hash to what the set says.
//
// The one rule not to break: the bytes of an entry never change, and nothing of a shelf is evidence. A match is
// proposed only when it is nearly the same claim (fits in find.go, measured), counts in no guard and follows from no
// review.
package shelf
