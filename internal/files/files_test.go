package files_test

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"claimbench/internal/fault"
	"claimbench/internal/files"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// room is a database with a folder beside it.
type room struct {
	*testing.T
	db  *store.DB
	dir string
}

func each(t *testing.T, do func(r room)) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		r := room{t, db, filepath.Join(t.TempDir(), "files")}
		d, err := files.OpenDir(r.dir)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = d.Close() })
		files.Use(db, d)
		do(r)
	})
}

func (r room) put(raw string) string {
	r.Helper()
	sum, err := files.Put(roomtest.Ctx(), r.db, []byte(raw))
	if err != nil {
		r.Fatal(err)
	}
	return sum
}

func (r room) own(owner, sum string) error {
	return r.db.Write(roomtest.Ctx(), func(tx *store.Tx) error { return files.Own(tx, owner, sum) })
}

func (r room) drop(owner string) {
	r.Helper()
	if err := r.db.Write(roomtest.Ctx(), func(tx *store.Tx) error { return files.Drop(tx, owner) }); err != nil {
		r.Fatal(err)
	}
}

func (r room) read(owner string) (words string, is bool, err error) {
	var b bytes.Buffer
	err = r.db.Read(roomtest.Ctx(), func(rx *store.Rx) (err error) {
		is, err = files.Read(rx, owner, &b)
		return err
	})
	return b.String(), is, err
}

func (r room) sweep() int {
	r.Helper()
	n, err := files.Sweep(roomtest.Ctx(), r.db)
	if err != nil {
		r.Fatal(err)
	}
	return n
}

// there lists the files of the folder.
func (r room) there() (out []string) {
	r.Helper()
	err := filepath.WalkDir(r.dir, func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			out = append(out, filepath.Base(path))
		}
		return err
	})
	if err != nil {
		r.Fatal(err)
	}
	return out
}

// TestKeptOutside: bytes are packed, named by their SHA-256, for their owner alone, held once for all who have
// them, and erased when nobody has them any more.
func TestKeptOutside(t *testing.T) {
	each(t, func(r room) {
		words := strings.Repeat("The minutes of the council. ", 1000)
		sum := r.put(words)
		if err := r.own("original:1", sum); err != nil {
			r.Fatal(err)
		}
		if err := r.own("original:2", r.put(words)); err != nil {
			r.Fatal(err)
		}
		if got, is, err := r.read("original:1"); err != nil || !is || got != words {
			r.Errorf("%d bytes, %v, %v", len(got), is, err)
		}
		if _, is, err := r.read("original:3"); err != nil || is {
			r.Errorf("of nobody: %v, %v", is, err)
		}
		all := r.there()
		info, err := os.Stat(filepath.Join(r.dir, sum[:2], sum+".gz"))
		if err != nil || len(all) != 1 || info.Mode().Perm() != 0o600 || info.Size() > 1000 {
			r.Fatalf("%v %+v %v", all, info, err)
		}
		r.db.SetClock(func() time.Time { return time.Now().Add(2 * time.Hour) })
		if n := r.sweep(); n != 0 || len(r.there()) != 1 {
			r.Errorf("%d files went that have owners", n)
		}
		r.drop("original:1")
		if r.sweep(); len(r.there()) != 1 {
			r.Error("a file went that has an owner")
		}
		r.drop("original:2")
		if n := r.sweep(); n != 1 || len(r.there()) != 0 {
			r.Errorf("%d files went, %v are left", n, r.there())
		}
		if err := r.own("original:4", sum); fault.KindOf(err) != fault.Unavailable {
			r.Errorf("a file that is gone: %v", err)
		}
	})
}

// TestNobodysFileGoes: what no Write took, and what a process that was killed left half written, goes after a while.
func TestNobodysFileGoes(t *testing.T) {
	each(t, func(r room) {
		sum := r.put("Nobody wants this.")
		half := filepath.Join(r.dir, sum[:2], sum+".gz.ABCDEFGH.part")
		if err := os.WriteFile(half, []byte("half"), 0o600); err != nil {
			r.Fatal(err)
		}
		if n := r.sweep(); n != 0 {
			r.Errorf("%d files went too soon", n)
		}
		r.db.SetClock(func() time.Time { return time.Now().Add(2 * time.Hour) })
		if n := r.sweep(); n != 1 || len(r.there()) != 0 {
			r.Errorf("%d files went, %v are left", n, r.there())
		}
	})
}

// TestAFileIsNotTheOneThatWasKept: one that is missing, was changed or cut off is told, and never taken for it.
func TestAFileIsNotTheOneThatWasKept(t *testing.T) {
	each(t, func(r room) {
		sum := r.put("The minutes of the council.")
		if err := r.own("original:1", sum); err != nil {
			r.Fatal(err)
		}
		file := filepath.Join(r.dir, sum[:2], sum+".gz")
		good, err := os.ReadFile(file)
		if err != nil {
			r.Fatal(err)
		}
		other := r.put("Other minutes.")
		bad, err := os.ReadFile(filepath.Join(r.dir, other[:2], other+".gz"))
		if err != nil {
			r.Fatal(err)
		}
		for what, raw := range map[string][]byte{"cut": good[:len(good)-9], "another": bad, "empty": {}, "no " +
			"gzip": []byte(
			"x")} {
			if err := os.WriteFile(file, raw, 0o600); err != nil {
				r.Fatal(err)
			}
			if _, _, err := r.read("original:1"); fault.KindOf(err) != fault.Conflict {
				r.Errorf("%s: %v", what, err)
			}
		}
		if err := os.Remove(file); err != nil {
			r.Fatal(err)
		}
		if _, _, err := r.read("original:1"); fault.KindOf(err) != fault.NotFound {
			r.Errorf("missing: %v", err)
		}
		files.Use(r.db, nil)
		if _, _, err := r.read("original:1"); fault.KindOf(err) != fault.Unavailable ||
			!strings.Contains(fault.Message(err), "--files") {
			r.Errorf("no folder: %v", err)
		}
		if sum := r.put("Into the database."); sum != "" {
			r.Errorf("without a folder: %q", sum)
		}
	})
}

// TestNoFileInTheFolder: what stands in a file's place and is none is never waited for, never read through, and never
// taken for the file. Where it can go, the file takes its place when it is kept again.
func TestNoFileInTheFolder(t *testing.T) {
	outside := filepath.Join(t.TempDir(), "outside")
	if err := os.WriteFile(outside, []byte("a secret"), 0o600); err != nil {
		t.Fatal(err)
	}
	for what, place := range map[string]func(at string) error{
		"a pipe":   func(at string) error { return syscall.Mkfifo(at, 0o600) },
		"a link":   func(at string) error { return os.Symlink(outside, at) },
		"a loop":   func(at string) error { return os.Symlink(at, at) },
		"a folder": func(at string) error { return os.MkdirAll(filepath.Join(at, "in"), 0o700) },
		"a socket": func(at string) error {
			fd, err := syscall.Socket(syscall.AF_UNIX, syscall.SOCK_STREAM, 0)
			if err != nil {
				return err
			}
			defer func() { _ = syscall.Close(fd) }()
			return syscall.Mknod(at, syscall.S_IFSOCK|0o600, 0)
		},
	} {
		t.Run(what, func(t *testing.T) {
			each(t, func(r room) {
				sum := r.put("The minutes of the council.")
				if err := r.own("original:1", sum); err != nil {
					r.Fatal(err)
				}
				file := filepath.Join(r.dir, sum[:2], sum+".gz")
				if err := errors.Join(os.Remove(file), place(file)); err != nil {
					r.Fatal(err)
				}
				words, _, err := r.read("original:1")
				if fault.KindOf(err) != fault.Conflict || words != "" ||
					!strings.Contains(fault.Message(err), "backup") {
					r.Errorf("%q %v", words, err)
				}
				if err := r.own("original:2", sum); fault.KindOf(err) != fault.Unavailable {
					r.Errorf("an object has what is no file: %v", err)
				}
				_, err = files.Put(roomtest.Ctx(), r.db, []byte("The minutes of the council."))
				if what == "a folder" {
					if fault.KindOf(err) != fault.Unavailable ||
						!strings.Contains(fault.Message(err), "a folder stands") {
						r.Errorf("kept in the place of a folder: %v", err)
					}
					return
				}
				if words, _, again := r.read("original:1"); err != nil || again != nil ||
					words != "The minutes of the council." {
					r.Errorf("kept again: %v %q %v", err, words, again)
				}
			})
		})
	}
	if raw, err := os.ReadFile(outside); err != nil || string(raw) != "a secret" {
		t.Errorf("outside of the folder: %q %v", raw, err)
	}
}

// TestOneThatStaysKeepsNoOther: what cannot be erased is told, and all else that is due goes.
func TestOneThatStaysKeepsNoOther(t *testing.T) {
	each(t, func(r room) {
		first := r.put("This cannot go.")
		at := filepath.Join(r.dir, first[:2], first+".gz")
		if err := errors.Join(os.Remove(at), os.MkdirAll(filepath.Join(at, "in"), 0o700)); err != nil {
			r.Fatal(err)
		}
		second := r.put("Nobody wants this.")
		r.db.SetClock(func() time.Time { return time.Now().Add(2 * time.Hour) })
		n, err := files.Sweep(roomtest.Ctx(), r.db)
		if n != 1 || fault.KindOf(err) != fault.Unavailable {
			r.Errorf("%d files went, %v", n, err)
		}
		if _, err := os.Stat(filepath.Join(r.dir, second[:2], second+".gz")); !errors.Is(err, fs.ErrNotExist) {
			r.Errorf("the other one: %v", err)
		}
	})
}

// TestHalvesGo: what a process that was killed left half written goes at a start, also of files that are kept, and what
// another server of the folder is writing stays.
func TestHalvesGo(t *testing.T) {
	each(t, func(r room) {
		sum := r.put("The minutes of the council.")
		if err := r.own("original:1", sum); err != nil {
			r.Fatal(err)
		}
		old := time.Now().Add(-2 * time.Hour)
		for name, written := range map[string]time.Time{filepath.Join(sum[:2], sum+".gz.OLD.part"): old,
			".probe.OLD.part": old, filepath.Join(sum[:2], sum+".gz.NEW.part"): time.Now()} {
			name = filepath.Join(r.dir, name)
			if err := errors.Join(os.WriteFile(name, []byte("half"), 0o600),
				os.Chtimes(name, old, written)); err != nil {
				r.Fatal(err)
			}
		}
		n, err := files.Tidy(roomtest.Ctx(), r.db)
		if left := r.there(); n != 2 || err != nil || len(left) != 2 || slices.Contains(left, ".probe.OLD.part") {
			r.Errorf("%d went, %v, and %v are left", n, err, left)
		}
		if words, _, err := r.read("original:1"); err != nil || words != "The minutes of the council." {
			r.Errorf("%q %v", words, err)
		}
	})
}

// TestTwoServersOfOneFolder: any number may open it at once, and keep the same and other bytes in it at once.
func TestTwoServersOfOneFolder(t *testing.T) {
	dir := t.TempDir()
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			d, err := files.OpenDir(dir)
			if err != nil {
				t.Error(err)
				return
			}
			if err := d.Close(); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if left, err := os.ReadDir(dir); err != nil || len(left) != 0 {
		t.Errorf("%v are left, %v", left, err)
	}
	each(t, func(r room) {
		other, err := files.OpenDir(r.dir)
		if err != nil {
			r.Fatal(err)
		}
		defer other.Close()
		var both sync.WaitGroup
		for i := range 40 {
			both.Go(func() {
				owner := fmt.Sprintf("original:%d", i)
				sum, err := files.Put(roomtest.Ctx(), r.db, fmt.Appendf(nil, "minutes %d", i/2))
				if err == nil {
					err = r.own(owner, sum)
				}
				if words, _, again := r.read(owner); err != nil || again != nil ||
					words != fmt.Sprintf("minutes %d", i/2) {
					r.Errorf("%s: %q %v %v", owner, words, err, again)
				}
			})
		}
		both.Wait()
		if n := len(r.there()); n != 20 {
			r.Errorf("%d files", n)
		}
	})
}

// TestAFolderThatCannotBeWritten is told when it is named, with a remedy.
func TestAFolderThatCannotBeWritten(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{file, filepath.Join(file, "in"), "/proc/nothing"} {
		if _, err := files.OpenDir(name); fault.KindOf(err) != fault.Unavailable ||
			!strings.Contains(fault.Message(err), "Files cannot be kept in") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestWhatComesAheadIsNoWork: what a request is known by again is kept with the Write that does its work, and not with
// the file that lies ready before: the work may be refused.
func TestWhatComesAheadIsNoWork(t *testing.T) {
	each(t, func(r room) {
		began := 0
		ctx := store.WithFirst(roomtest.Ctx(), func(*store.Tx) error { began++; return nil })
		if _, err := files.Put(ctx, r.db, []byte("a page")); err != nil || began != 0 {
			r.Errorf("begun %d times, %v", began, err)
		}
		if err := r.db.Write(ctx, func(*store.Tx) error { return nil }); err != nil || began != 1 {
			r.Errorf("begun %d times, %v", began, err)
		}
	})
}
