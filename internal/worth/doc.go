// Package worth orders the candidates of a collection by what they are worth to its people, and estimates how much that
// is worth a check nobody has seen yet. It is pure: no database, no clock, no chance of its own.
//
//	profile.go  what a candidate shows, packed into one number; candidates with the same number are alike
//	model.go    Fit learns from what people accepted and rejected; a Model scores a Profile; Because says why in words
//	lot.go      the row of each ten that is drawn by lot, and the lots
//	unseen.go   Unseen estimates what is left, from the rows that were drawn at random
//	order.go    Order is a model as a few letters, so that the next page goes on in the order of the page before
//
// A collection has many candidates and few profiles. Its people's decisions are counted by profile (Tally), so a refit
// looks at the profiles only, and a new model moves no row: the candidates lie sorted by profile, and the model says in
// which order the profiles are read.
//
// The one rule not to break: nothing here looks at verdicts or reviews, and nothing here hides. What is scored low
// stands last.
package worth
