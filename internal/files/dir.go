package files

import (
	"compress/gzip"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"strings"
	"syscall"
	"time"

	"claimbench/internal/fault"
)

// Dir is a folder of files. What lies in it is named ab/abcdef….gz after the SHA-256 of what is packed in it.
type Dir struct {
	root *os.Root
	name string // for people
}

// OpenDir opens a folder, and makes it when it is missing, for its owner alone. One that cannot be written is told now,
// and not when the first file comes.
func OpenDir(name string) (*Dir, error) {
	if err := os.MkdirAll(name, 0o700); err != nil {
		return nil, unfit(name, err)
	}
	root, err := os.OpenRoot(name)
	if err != nil {
		return nil, unfit(name, err)
	}
	d := &Dir{root, name}
	probe := ".probe." + rand.Text()[:8] + half // others may try the same folder, and one that is killed leaves it
	if err := d.write(probe, []byte("claimbench\n")); err != nil {
		_ = root.Close()
		return nil, unfit(name, err)
	}
	return d, root.Remove(probe)
}

// half ends the names of files that are not whole.
const half = ".part"

// tidy erases what processes that were killed left half written before a moment, and gives how many files went. What
// another server of this folder is writing is younger.
func (d *Dir) tidy(before time.Time) (n int, err error) {
	err = fs.WalkDir(d.root.FS(), ".", func(name string, e fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil // it became whole, or another server tidies too
		}
		if err != nil || e.IsDir() || !strings.HasSuffix(name, half) {
			return err
		}
		info, err := e.Info()
		if errors.Is(err, fs.ErrNotExist) || err == nil && !info.ModTime().Before(before) {
			return nil
		}
		if err == nil {
			err = d.root.Remove(name)
		}
		if err == nil {
			n++
		} else if errors.Is(err, fs.ErrNotExist) {
			err = nil
		}
		return err
	})
	if err != nil {
		err = fault.Wrap(fault.Unavailable, err, "What is half written cannot be erased in the folder of files, %s.",
			d.name)
	}
	return n, err
}

// Close gives the folder back.
func (d *Dir) Close() error { return d.root.Close() }

// Name is the folder, for people.
func (d *Dir) Name() string { return d.name }

// unfit says why a folder cannot be used.
func unfit(name string, err error) error {
	why := "it cannot be written"
	switch {
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		why = "there is no room left"
	case errors.Is(err, fs.ErrPermission):
		why = "this program may not write there"
	case errors.Is(err, syscall.ENOTDIR), errors.Is(err, fs.ErrExist):
		why = "it is no folder"
	case errors.Is(err, syscall.EROFS):
		why = "it is on a disk that cannot be written"
	}
	return fault.Wrap(fault.Unavailable, err, "Files cannot be kept in %s: %s. Nothing was changed; make room or "+
		"give the "+
		"program the right to write there, and try again.", name, why)
}

// Sum is the name under which bytes are kept.
func Sum(raw []byte) string {
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:])
}

// at is where a file lies. What is no sum names none.
func at(sum string) (string, error) {
	if b, err := hex.DecodeString(sum); err != nil || len(b) != sha256.Size || hex.EncodeToString(b) != sum {
		return "", fault.New(fault.Internal, "%q is no name of a file", sum)
	}
	return path.Join(sum[:2], sum+".gz"), nil
}

// put writes bytes, also when they are there: how long it takes must not tell that somebody has the same file.
func (d *Dir) put(sum string, raw []byte) error {
	file, err := at(sum)
	if err != nil {
		return err
	}
	if info, err := d.root.Lstat(file); err == nil && info.IsDir() {
		return fault.New(fault.Unavailable, "A file cannot be kept in the folder of files, %s: a folder stands at %s, "+
			"where it belongs. Take that folder away, and try again.", d.name, file)
	}
	b, err := Packed(raw)
	if err != nil {
		return err
	}
	if err := d.root.Mkdir(path.Dir(file), 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return unfit(d.name, err)
	}
	if err := d.write(file, b); err != nil {
		return unfit(d.name, err)
	}
	return nil
}

// write writes a file whole, or not at all: under another name first, which gets its own when all of it is on the disk.
func (d *Dir) write(name string, b []byte) (err error) {
	part := name + "." + rand.Text()[:8] + half
	f, err := d.root.OpenFile(part, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = d.root.Remove(part)
		}
	}()
	_, err = f.Write(b)
	if err == nil {
		err = f.Sync()
	}
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = d.root.Rename(part, name)
	}
	if err == nil {
		err = d.sync(path.Dir(name))
	}
	return err
}

// sync waits until the names of a folder are on the disk.
func (d *Dir) sync(folder string) error {
	f, err := d.root.Open(folder)
	if err != nil {
		return err
	}
	err = f.Sync()
	if closed := f.Close(); err == nil {
		err = closed
	}
	if folder != "." && err == nil {
		return d.sync(".")
	}
	return err
}

func (d *Dir) has(sum string) bool {
	file, err := at(sum)
	if err != nil {
		return false
	}
	info, err := d.root.Lstat(file)
	return err == nil && info.Mode().IsRegular()
}

// open opens a file to be read. What is no file is none of ours: a link may lead to another's, and a pipe to which
// nobody writes would be waited for for ever.
func (d *Dir) open(file string) (*os.File, error) {
	info, err := d.root.Lstat(file)
	if err == nil && !info.Mode().IsRegular() {
		return nil, errNoFile
	}
	if err != nil {
		return nil, err
	}
	f, err := d.root.OpenFile(file, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, err
	}
	if info, err = f.Stat(); err == nil && !info.Mode().IsRegular() {
		err = errNoFile
	}
	if err != nil {
		_ = f.Close()
		return nil, err
	}
	return f, nil
}

var errNoFile = errors.New("it is a folder, a link, a pipe or a device, and no file")

// copy writes what is packed in a file. fault.NotFound: the file is missing; fault.Conflict: it is another one, which
// is known when all of it was read.
func (d *Dir) copy(sum string, w io.Writer) error {
	file, err := at(sum)
	if err != nil {
		return err
	}
	f, err := d.open(file)
	if errors.Is(err, errNoFile) {
		return fault.Wrap(fault.Conflict, err, "What stands at %s in the folder of files, %s, is no file. Take it "+
			"away, and put the one of a backup there.", file, d.name)
	}
	if errors.Is(err, fs.ErrNotExist) {
		return fault.Wrap(fault.NotFound, err, "The file %s is missing in the folder of files, %s. Put the folder "+
			"of a "+
			"backup there.", sum, d.name)
	}
	if err != nil {
		return fault.Wrap(fault.Unavailable, err, "A file cannot be read in the folder of files, %s.", d.name)
	}
	defer func() { _ = f.Close() }()
	h := sha256.New()
	z, err := gzip.NewReader(f)
	if err == nil {
		_, err = io.Copy(io.MultiWriter(w, h), z)
	}
	if err == nil && hex.EncodeToString(h.Sum(nil)) != sum {
		err = fmt.Errorf("its SHA-256 is another")
	}
	if err != nil {
		return fault.Wrap(fault.Conflict, err, "The file %s in the folder of files, %s, is not the one that was "+
			"kept. Put "+
			"the one of a backup there.", sum, d.name)
	}
	return nil
}

// remove erases a file, and what a process that was killed left half written of it.
func (d *Dir) remove(sum string) error {
	file, err := at(sum)
	if err != nil {
		return err
	}
	parts, _ := fs.Glob(d.root.FS(), file+".*"+half)
	for _, name := range append(parts, file) {
		if err := d.root.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fault.Wrap(fault.Unavailable, err, "A file cannot be erased in the folder of files, %s.", d.name)
		}
	}
	if err := d.sync(path.Dir(file)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}
