package feeds

import "time"

// AskEvery lets feeds be asked for at once again, whatever a visit saw.
func (s *Service) AskEvery(d time.Duration) { s.steps = []time.Duration{d} }
