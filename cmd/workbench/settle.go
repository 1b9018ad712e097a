package main

import "runtime/debug"

// frugal is how much memory may grow, in percent of what is alive, before it is swept, while the indexes and the tables
// of words are made: the less room is used meanwhile, the closer what lasts lies together.
const frugal = 50

// settle ends that: memory may grow by percent again. It gives back what only the start needed: memory that nothing
// uses any more, and the pages of the program's file that were read once, such as the tables that words are looked up
// in. A page that is needed after all is mapped again from the system's cache, in about a microsecond.
func settle(percent int) {
	debug.SetGCPercent(percent)
	debug.FreeOSMemory()
	releaseProgram()
}
