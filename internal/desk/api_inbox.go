package desk

import (
	"claimbench/internal/review"
	"claimbench/internal/store"
)

// Day is the day of a moment, as pages say it.
func (t Time) Day() string { return store.Micros(t).Time().UTC().Format("2 Jan 2006") }

// CountedJSON says how much an act on many did.
type CountedJSON struct {
	Done  string `json:"done"`
	Count int    `json:"count"`
}

// SnoozedJSON says until when claims are put off; how many were taken back has no until.
type SnoozedJSON struct {
	Count int   `json:"count"`
	Until *Time `json:"until,omitempty"`
}

// DistributedJSON is what giving out claims by a strategy did.
type DistributedJSON struct {
	review.Distribution
}

func (CountedJSON) answer()     {}
func (SnoozedJSON) answer()     {}
func (DistributedJSON) answer() {}
