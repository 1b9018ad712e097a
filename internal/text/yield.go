package text

import "runtime"

// Yield lets others compute who are ready to. Whatever reads long texts calls it between their sentences, elements or
// pairs: on one core a goroutine that computes keeps it for 10 ms, and a request waits as long at each statement, for
// a call of SQLite that comes back takes its place at the end of those who are ready.
func Yield() { runtime.Gosched() }
