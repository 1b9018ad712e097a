package evidence

import (
	"claimbench/internal/auth"
	"claimbench/internal/match"
)

// Hearing is whoever knows how near the sentences of a collection are in meaning (package vectors).
type Hearing interface {
	// Version changes when more is known of a collection; 0: nothing is.
	Version(in auth.CollectionID) int64
	// Hear gives the third voice of a query that stands in a sentence, by its id in the index; nil where nothing is
	// known of that sentence.
	Hear(in auth.CollectionID, id string) match.Sense
}

// HearBy lets a third voice take part in what is proposed.
func (s *Service) HearBy(by Hearing) { s.hearing = by }
