// Package exceptions answers what an auditor asks by rule: which printed verdicts changed since, who approved within a
// minute, whom a decision overruled, and so on. It writes nothing and owns no table; each rule is one question about
// the tables of other rooms.
//
// A tour of the files:
//
//   - rules.go: the table of rules, with their words, their columns and whether there should be any row.
//   - ask.go: what a rule answers: Count of all rules in one statement, and Page of one.
//   - sql.go: the questions themselves. Each goes by an index that holds what is exceptional only.
//   - report.go: all rows of all rules as one file, signed with the checkpoint at which it was made; and its check.
//   - table.go: the same as CSV, and as a table for a terminal.
//
// The one rule not to break: a row holds numbers, moments, verdicts and people, never words of an article, a claim or a
// review. So a report that was saved need not be taken back when an article is taken down or a text is erased, and the
// rows need no veil but that of the permission: only those who read the whole history of a collection get here.
package exceptions
