package webhooks

import (
	"time"

	"claimbench/internal/store"
)

// SetPauses says how long the pauses are after failures, and for how long a receiver may take nothing.
func (s *Service) SetPauses(patient time.Duration, pauses ...time.Duration) {
	s.patient, s.pauses = micros(patient), nil
	for _, d := range pauses {
		s.pauses = append(s.pauses, micros(d))
	}
}

// Told are the actions that are told.
func Told() map[Topic][]string { return told }

// Forget drops what ended long ago.
func Forget(tx *store.Tx) error { return forget(tx) }
