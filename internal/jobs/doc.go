// Package jobs does work that is too long for one Write: in slices of a few milliseconds each, in the background, and
// goes on where it stood after a crash. Taking in a long text and proposing candidates for one are such work.
//
// A room that has such work gives it a kind and registers how it is done (Work). Whoever wants it done adds a row to
// the table of jobs, in the Write that decides on it (Service.Add), and shows people the job's number. A server runs
// what waits, one job at a time (Service.Run); a command runs its own to the end (Service.Finish).
//
//	jobs.go   the rows, adding and reading them
//	run.go    taking a job, its slices, what becomes of errors
//
// The one rule not to break: everything that a slice changes is in the slice's own Write, together with the count of
// what is done. So a slice happens once, whatever dies and whoever takes the job over. What a job has worked out before
// its first slice must come out the same when it is worked out again: it is not stored.
//
// A job has no event in the history: the rows that it makes have theirs, in the name of the person who asked.
package jobs
