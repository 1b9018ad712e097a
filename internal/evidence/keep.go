package evidence

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/match"
	"claimbench/internal/store"
)

// The index of a collection is kept in a file beside the database, so that a server has it as soon as it starts. The
// file is a copy of what the database says: it is read only when the same program made it, articles that came since are
// added, and it goes in the same act in which an article is taken down, for it holds the stems of its words.

const (
	usuallyKept = 2000 // sentences from which on an index is kept
	keptPart    = 10   // it is kept again when one part in so many is new
)

// kept is what stands in the file beside the index: which texts it has.
type kept struct {
	Have      map[articles.ID]articles.RevisionID `json:"have"`
	Sizes     map[articles.RevisionID]int         `json:"sizes"`
	Sentences int                                 `json:"sentences"`
	Dead      int                                 `json:"dead"`
	Seen      liveMark                            `json:"seen"`
}

// KeepIn names the folder in which the indexes of passages are kept; "" keeps none. It is called once, before the first
// question.
func (s *Service) KeepIn(folder string) { s.folder = folder }

func (s *Service) fileOf(c auth.CollectionID) string {
	if s.folder == "" {
		return ""
	}
	return filepath.Join(s.folder, fmt.Sprintf("collection-%d.passages", c))
}

// madeBy names the rules of an index and the very program, so that a rule that changed without its version is no harm.
func madeBy() string {
	path, err := os.Executable()
	if err != nil {
		return match.Rules()
	}
	info, err := os.Stat(path)
	if err != nil {
		return match.Rules()
	}
	return fmt.Sprintf("%s %d %d", match.Rules(), info.Size(), info.ModTime().UnixNano())
}

// takeUp reads the kept index of a collection into an empty shelf. What cannot be used is made anew.
func (s *Service) takeUp(sh *shelf, c auth.CollectionID) {
	path := s.fileOf(c)
	if path == "" {
		return
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return // there is none, or it may not be read
	}
	ix, beside, err := match.Load(data, madeBy(), match.Patience(queryPatience))
	var k kept
	if err != nil || json.Unmarshal(beside, &k) != nil || k.Have == nil || k.Sizes == nil {
		return
	}
	sh.mu.Lock()
	defer sh.mu.Unlock()
	if sh.sentences > 0 {
		return
	}
	sh.index, sh.have, sh.sizes, sh.hits = ix, k.Have, k.Sizes, nil
	sh.sentences, sh.dead, sh.seen, sh.kept = k.Sentences, k.Dead, k.Seen, k.Sentences
}

// keepNow writes the index of a collection to its file, when enough came since it was written last; all says that
// anything is enough.
func (s *Service) keepNow(ctx context.Context, sh *shelf, c auth.CollectionID, all bool) error {
	path := s.fileOf(c)
	if path == "" || !sh.grown(s.leastKept, all) {
		return nil
	}
	current := false
	if err := s.db.Read(ctx, func(r *store.Rx) error {
		mark, err := markOf(r, c)
		current = sh.current(mark)
		return err
	}); err != nil || !current || !s.mine(sh, c) {
		return err // it is behind: an article may be gone that it still has
	}
	n, err := sh.write(s.folder, path)
	if err != nil {
		return err
	}
	if !s.mine(sh, c) { // a text was taken down meanwhile
		return os.Remove(path)
	}
	sh.mu.Lock()
	defer sh.mu.Unlock()
	sh.kept = n
	return nil
}

// grown says whether an index is worth writing.
func (sh *shelf) grown(least int, all bool) bool {
	sh.mu.RLock()
	defer sh.mu.RUnlock()
	fresh := sh.sentences - sh.kept
	return sh.sentences >= least && fresh > 0 && (all || fresh*keptPart >= sh.sentences) && len(sh.begun) == 0
}

// write writes an index to its file, whole or not at all, and gives the sentences in it.
func (sh *shelf) write(folder, path string) (int, error) {
	sh.mu.RLock()
	defer sh.mu.RUnlock()
	beside, err := json.Marshal(kept{sh.have, sh.sizes, sh.sentences, sh.dead, sh.seen})
	if err != nil {
		return 0, err
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return 0, err
	}
	f, err := os.CreateTemp(folder, ".passages-*") // mode 0600
	if err != nil {
		return 0, err
	}
	defer os.Remove(f.Name()) // it is gone when all went well
	if err := errors.Join(sh.index.Save(f, madeBy(), beside), f.Close()); err != nil {
		return 0, err
	}
	return sh.sentences, os.Rename(f.Name(), path)
}

// keepAll writes what came since the indexes were written last, when the server stops.
func (s *Service) keepAll(ctx context.Context) error {
	s.shelves.mu.Lock()
	by := maps.Clone(s.shelves.by)
	s.shelves.mu.Unlock()
	var failed error
	for c, sh := range by {
		failed = errors.Join(failed, s.keepNow(ctx, sh, c, true))
	}
	return failed
}

// Forget drops what is known of the texts of a collection, in memory and in the file, for one of them was taken down.
// It is made anew without that text.
func (s *Service) Forget(c auth.CollectionID) {
	all := &s.shelves
	all.mu.Lock()
	delete(all.by, c) // whoever is asking it still has it, and finds nothing that is not live
	all.mu.Unlock()
	s.remove(c)
	s.Stir(c)
}

// remove takes away the kept index of a collection.
func (s *Service) remove(c auth.CollectionID) {
	path := s.fileOf(c)
	if path == "" {
		return
	}
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		_ = os.Truncate(path, 0) // what cannot be removed is emptied: it is no index then
	}
}

// mine says whether a shelf is still the one of its collection.
func (s *Service) mine(sh *shelf, c auth.CollectionID) bool {
	s.shelves.mu.Lock()
	defer s.shelves.mu.Unlock()
	return s.shelves.by[c] == sh
}
