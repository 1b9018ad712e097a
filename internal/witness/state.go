package witness

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"golang.org/x/mod/sumdb/tlog"

	"claimbench/internal/fault"
)

// seen is the newest checkpoint that a witness signed of one log.
type seen struct {
	size int64
	root tlog.Hash
}

// state is what a witness signed last of each log, in a file. One process has it.
type state struct {
	path string
	lock *os.File
	of   map[string]seen
}

const stateFirst = "claimbench witness state 1"

// openState reads the file, which need not be there yet, and keeps other processes from it.
func openState(path string) (*state, error) {
	cannot := func(err error) error {
		return fault.Wrap(fault.Unavailable, err, "The witness’s state %s cannot be read or written: %s. "+
			"Check the path and its rights.", path, err)
	}
	lock, err := os.OpenFile(path+".lock", os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, cannot(err)
	}
	if err := syscall.Flock(int(lock.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		_ = lock.Close()
		return nil, fault.Wrap(fault.Unavailable, err, "Another witness uses the state %s. Stop it first, or name "+
			"another file with --state.", path)
	}
	s := &state{path: path, lock: lock, of: map[string]seen{}}
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		err = s.write() // so that a place that cannot be written is found before the first request
	} else if err == nil {
		err = s.parse(string(data))
	}
	if err != nil {
		_ = lock.Close()
		return nil, cannot(err)
	}
	return s, nil
}

// parse refuses a file that is not whole: a witness that forgot what it signed would sign another history.
func (s *state) parse(text string) error {
	body, ok := strings.CutPrefix(text, stateFirst+"\n")
	if !ok || !strings.HasSuffix(text, "\nend\n") {
		return errors.New("it is no state of a witness, or was cut; put back a copy, never an empty file")
	}
	for line := range strings.Lines(strings.TrimSuffix(body, "end\n")) {
		f := strings.Split(strings.TrimSuffix(line, "\n"), " ")
		if len(f) != 3 || s.of[f[0]] != (seen{}) {
			return fmt.Errorf("the line “%.60s” cannot be read", line)
		}
		n, err := size(f[1])
		if err != nil {
			return err
		}
		root, err := tlog.ParseHash(f[2])
		if err != nil {
			return err
		}
		s.of[f[0]] = seen{n, root}
	}
	return nil
}

// set remembers a checkpoint for good: when it gives no error, it is on the disk.
func (s *state) set(origin string, c seen) error {
	was, there := s.of[origin]
	s.of[origin] = c
	err := s.write()
	if err != nil {
		if s.of[origin] = was; !there {
			delete(s.of, origin)
		}
	}
	return err
}

func (s *state) write() error {
	var b strings.Builder
	b.WriteString(stateFirst + "\n")
	for _, origin := range slices.Sorted(maps.Keys(s.of)) {
		fmt.Fprintf(&b, "%s %d %s\n", origin, s.of[origin].size, s.of[origin].root)
	}
	b.WriteString("end\n")
	tmp := s.path + ".new" // one process has the lock
	f, err := os.OpenFile(tmp, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = f.WriteString(b.String())
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := os.Rename(tmp, s.path); err != nil {
		return err
	}
	dir, err := os.Open(filepath.Dir(s.path))
	if err != nil {
		return err
	}
	return errors.Join(dir.Sync(), dir.Close()) // the new name is on the disk too
}

func (s *state) close() error { return s.lock.Close() }
