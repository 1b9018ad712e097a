package exceptions

import "claimbench/internal/store"

// Question is what a rule asks, for a test of how it is answered.
func (r Rule) Question(rx *store.Rx, s Scope) string { return r.from(rx, s) }
