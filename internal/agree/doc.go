// Package agree measures how far people who judge the same things apart from each other agree, beyond what chance
// alone would give. It is pure: no database, no clock, no chance of its own.
//
//	agree.go      the measures: raw agreement, Cohen's κ, Fleiss' κ, Krippendorff's α for names
//	bootstrap.go  intervals of 95 %, from samples drawn by a fixed rule, so that the same data give the same interval
//	figures.go    Of: all measures of one set of units, with n, or in words why one of them is not there
//
// Units are counted by pattern: how many values of each category a unit got. A collection has a million claims and a
// few hundred patterns, so nothing here grows with the collection.
//
// Sources: J. Cohen, A coefficient of agreement for nominal scales, Educational and Psychological Measurement 20 (1960)
// 37–46. J. L. Fleiss, Measuring nominal scale agreement among many raters, Psychological Bulletin 76 (1971) 378–382.
// K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011). Where units have different numbers of values,
// Fleiss' κ is that of K. L. Gwet, Handbook of Inter-Rater Reliability (4th edition, 2014), chapter 2.
//
// The one rule not to break: a measure that is undefined is undefined, never 0 and never 1.
package agree
