// Package jobs does work that is too long for one Write: in slices of a few milliseconds each, in the background, and
// goes on where it stood after a crash. Taking in a long text and proposing candidates for one are such work.
//
// A room that has such work gives it a kind and registers how it is done (Work). Whoever wants it done adds a row to
// the table of jobs, in the Write that decides on it (Service.Add), and shows people the job's number. A server does
// what waits (Service.Run), several jobs by turns: a slice of one, then a slice of another; a command runs its own to
// the end (Service.Finish).
//
//	jobs.go    the rows, adding and reading them
//	take.go    which job is next, and when one gives its place to another
//	run.go     doing a job, what becomes of errors, the lease
//	slices.go  a plan, slice by slice
//	turns.go   whose turn it is, fair by person
//
// Nobody waits for another person's long work, nor long for their own: turns go to the person who had the least, a
// server does at most three jobs of one person at once, and a job that was held for some seconds gives its place to one
// that waits. What is to be done to one object is done in the order in which it was asked for, by one process at a
// time.
//
// The one rule not to break: everything that a slice changes is in the slice's own Write, together with the count of
// what is done. So a slice happens once, whatever dies and whoever takes the job over. What a job has worked out before
// its first slice must come out the same when it is worked out again: it is not stored.
//
// A job has no event in the history: the rows that it makes have theirs, in the name of the person who asked.
package jobs
