package evidence

import (
	"claimbench/internal/auth"
	"claimbench/internal/store"
)

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

// ListedSince says how many articles of a collection are listed for an index that had those of a mark, whether they are
// only what came since, and gives the mark now. A nil mark is that of an index that has none.
func ListedSince(r *store.Rx, c auth.CollectionID, had any) (listed int, only bool, now any, err error) {
	mark, _ := had.(liveMark)
	m, list, only, err := standingSince(r, c, mark)
	return len(list), only, m, err
}
