package main

import "runtime/debug"

// settle gives back what only the start needed: memory that nothing uses any more, and the pages of the program's file
// that were read once, such as the tables that words are looked up in. A page that is needed after all is mapped again
// from the system's cache, in about a microsecond.
func settle() {
	debug.FreeOSMemory()
	releaseProgram()
}
