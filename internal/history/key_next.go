package history

import (
	"errors"
	"io/fs"
	"os"
	"strings"

	"claimbench/internal/fault"
	"claimbench/internal/proof"
)

// A key is handed over to the next in steps that each leave whole files: FILE.next and FILE.next.pub are made; the
// event is written; FILE.pub becomes the new public key with the handovers behind it; FILE.next becomes FILE. A crash
// between two steps is mended by whoever reads the key next: readKey, of the last two, and follow.

const nextEnding = ".next"

// prepare makes the key that is to follow, or takes one that was made and not used.
func (k *Key) prepare() (*Key, error) {
	path := k.path + nextEnding
	if _, err := os.Stat(path); err == nil {
		if next, err := OpenKey(path); err == nil && next.Origin() == k.Origin() {
			return next, nil
		}
	}
	for _, name := range []string{path, path + ".pub"} { // half-made, or of another log: it signed nothing
		if err := os.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, fault.Wrap(fault.Unavailable, err, "%s cannot be removed. Check the rights of the folder.",
				name)
		}
	}
	return makeNamed(path, k.Origin())
}

// readKey reads a key file, and first makes the next key the key when its public half is in force already.
func readKey(path string) ([]byte, error) {
	data, err := os.ReadFile(path)
	next, none := os.ReadFile(path + nextEnding)
	if err != nil || none != nil {
		return data, err
	}
	public, err := os.ReadFile(path + ".pub")
	if err != nil {
		return data, nil // parseKey says it
	}
	waits, err := os.ReadFile(path + nextEnding + ".pub")
	line, _, _ := strings.Cut(string(public), "\n")
	if err != nil || strings.TrimSpace(line) != strings.TrimSpace(string(waits)) {
		return data, nil
	}
	return next, putNext(path)
}

// putNext puts the next key into the place of the key; its public half stands there.
func putNext(path string) error {
	err := os.Rename(path+nextEnding, path)
	if err == nil {
		err = os.Remove(path + nextEnding + ".pub")
	}
	return err
}

// follow makes this the key that the log was handed over to last: the file has it already, for another program saw to
// it, or the next key is it.
func (k *Key) follow(all []proof.Handover) error {
	last := all[len(all)-1]
	now, err := OpenKey(k.path)
	if err == nil && now.Public() != last.To {
		var next *Key
		if next, err = OpenKey(k.path + nextEnding); err == nil && next.Public() != last.To {
			err = errors.New("the next key is another")
		}
		if err == nil {
			err = k.handOn(all)
		}
		if err == nil {
			now, err = OpenKey(k.path)
		}
	}
	if err != nil {
		return fault.Wrap(fault.Unavailable, errors.Join(ErrOtherKey, err),
			"The log was handed over to the key %s, and %s holds another. Copy the key file and its .pub from the "+
				"machine where it was handed over to here.", KeyName(last.To), k.path)
	}
	of := now.half()
	k.mu.Lock()
	k.of = of
	k.mu.Unlock()
	return nil
}

// handOn writes the public key with its handovers, and puts the next key into its place.
func (k *Key) handOn(all []proof.Handover) error {
	var b strings.Builder
	b.WriteString(all[len(all)-1].To + "\n")
	for _, h := range all {
		b.WriteString("\n" + h.Note)
	}
	if err := replace(k.path+".pub", []byte(b.String()), 0o644); err != nil {
		return err
	}
	return putNext(k.path)
}
