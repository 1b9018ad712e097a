package jobs

import "time"

// SetTurnLasts says how long a job is held at least while others wait for its place.
func (s *Service) SetTurnLasts(d time.Duration) { s.turnLasts = d }

// Most is how many jobs a server does at once, and how many of one person.
const Most, MostEach = mostHeld, mostEach
