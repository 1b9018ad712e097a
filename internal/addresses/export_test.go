package addresses

import "claimbench/internal/store"

// SetPauses says how long the pauses are after failures, in microseconds.
func (s *Service) SetPauses(pauses ...store.Micros) { s.pauses = pauses }

// LookEvery is how often a server looks for what is due.
const LookEvery = lookEvery
