// Package methods owns how a collection says that it checks: a page in Markdown, in versions, with the scale of its
// verdicts. The newest version is in force; a claim set that is frozen is bound to the one in force then, and prints
// it.
//
// A tour of the files:
//
//   - methods.go: Version, Set, and the ways to read versions.
//   - scale.go: Step, what each verdict and each reason means, and the rating that it has in other standards.
//   - printed.go: Printed, a version as sets print it, and its hash.
//   - rows.go: what the history keeps of a version, and how it is read as it was.
//
// The one rule not to break: a version never changes and never goes. Frozen sets hold its hash.
package methods
