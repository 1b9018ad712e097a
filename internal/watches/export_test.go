package watches

import "time"

// SetSteps says how long the pauses are between visits.
func (s *Service) SetSteps(steps ...time.Duration) { s.steps = steps }
