package evidence

import "claimbench/internal/auth"

// KeepFrom lowers the sentences from which on an index is kept, and gives the file of a collection.
func (s *Service) KeepFrom(n int, c auth.CollectionID) string {
	s.leastKept = n
	return s.fileOf(c)
}

// Forgotten drops what is in memory, as a new start does.
func (s *Service) Forgotten() {
	s.shelves.mu.Lock()
	defer s.shelves.mu.Unlock()
	clear(s.shelves.by)
}

// TakenUp says how many sentences of a collection came from its file, without asking for more.
func (s *Service) TakenUp(c auth.CollectionID) int {
	sh := newShelf()
	s.takeUp(sh, c)
	return sh.kept
}
