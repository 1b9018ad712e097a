package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"claimbench/internal/fault"
)

// openFile opens a file that a person named; what is wrong with it is said in words. A pipe to which nobody writes
// would be waited for for ever, and a device never ends: it is asked what it is before it is opened, and opening does
// not wait if it became another thing meanwhile.
func openFile(name string) (*os.File, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, fileFault(name, err)
	}
	if err := regular(name, info); err != nil {
		return nil, err
	}
	f, err := os.OpenFile(name, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, fileFault(name, err)
	}
	if info, err = f.Stat(); err == nil {
		err = regular(name, info)
	}
	if err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}

// regular refuses what is no file that ends.
func regular(name string, info fs.FileInfo) error {
	what := ""
	switch mode := info.Mode(); {
	case mode.IsRegular():
		return nil
	case mode.IsDir():
		return fault.New(fault.Invalid, "%s is a folder. Name a file.", name)
	case mode&fs.ModeNamedPipe != 0:
		what = "a pipe"
	case mode&fs.ModeSocket != 0:
		what = "a socket"
	default:
		what = "a device"
	}
	return fault.New(fault.Invalid, "%s is %s, not a file. Write what comes from it into a file, and name that.", name,
		what)
}

// fileFault says why a file or a folder cannot be opened. The text of the system's own error is the cause.
func fileFault(name string, err error) error {
	var path *fs.PathError
	cause := err
	if errors.As(err, &path) {
		cause = path.Err
	}
	switch {
	case name == "":
		return fault.New(fault.Invalid, "A file's name is empty. Name a file.")
	case errors.Is(err, fs.ErrNotExist):
		return fault.New(fault.NotFound, "There is no file %s. Check the name.", name)
	case errors.Is(err, fs.ErrPermission):
		return fault.New(fault.Invalid, "You may not read %s. Check its rights, or name another file.", name)
	}
	return fault.Wrap(fault.Invalid, cause, "%s cannot be read. Check the name.", name)
}

// checkFolder refuses a folder that is not there, or is a file. flag is the one that named it.
func checkFolder(flag, name string) error {
	info, err := os.Stat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fault.New(fault.NotFound, "There is no folder %s. Check what you gave with --%s.", name, flag)
	case err != nil:
		return fileFault(name, err)
	case !info.IsDir():
		return fault.New(fault.Invalid, "%s is a file. Give a folder with --%s.", name, flag)
	}
	return nil
}

// readInput reads the file, or standard input for "-".
func readInput(in io.Reader, name string) ([]byte, error) {
	if name == "-" {
		return io.ReadAll(in)
	}
	f, err := openFile(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(f)
}

func inputName(name string) string {
	if name == "-" {
		return "standard input"
	}
	return name
}

// writeWhole writes a file beside its place and moves it there when it is whole; "-" is standard output.
func writeWhole(name string, stdout io.Writer, write func(io.Writer) error) (err error) {
	if name == "-" {
		return write(stdout)
	}
	cannot := func(err error) error {
		return fault.Wrap(fault.Invalid, err, "%s cannot be written. Choose another place with --output.", name)
	}
	if info, err := os.Stat(name); err == nil && info.IsDir() {
		return fault.New(fault.Invalid, "%s is a folder. Name a file with --output.", name)
	}
	f, err := os.CreateTemp(filepath.Dir(name), ".workbench-export-*")
	if err != nil {
		if path := (&fs.PathError{}); errors.As(err, &path) {
			err = path.Err
		}
		return cannot(err)
	}
	defer func() {
		if err != nil {
			f.Close()
			os.Remove(f.Name())
		}
	}()
	buf := bufio.NewWriter(f)
	if err = write(buf); err != nil {
		return err
	}
	if err = errors.Join(buf.Flush(), f.Chmod(0o644), f.Sync(), f.Close()); err != nil {
		return cannot(err)
	}
	if err = os.Rename(f.Name(), name); err != nil {
		return cannot(err)
	}
	return nil
}

// withRemedy adds to an error of a kind what a person at the shell can do about it.
func withRemedy(err error, kind fault.Kind, format string, a ...any) error {
	if fault.KindOf(err) != kind {
		return err
	}
	return fmt.Errorf("%w %s", err, fmt.Sprintf(format, a...))
}
