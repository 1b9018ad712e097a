package history

import (
	"bytes"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"golang.org/x/mod/sumdb/note"

	"claimbench/internal/fault"
	"claimbench/internal/proof"
)

// Key signs checkpoints (Ed25519, as C2SP signed-note writes it). It lies in a file outside the database, beside two
// others: FILE.pub, which auditors are given, and FILE.last, the newest checkpoint signed, so that a restored or
// rewritten database is noticed and not signed.
// It is safe for use by several goroutines: another key may take its place in the file (Signer.Rotate).
type Key struct {
	path string
	mu   sync.RWMutex
	of   keyPair
}

// keyPair is what a key file and the file beside it hold.
type keyPair struct {
	signer   note.Signer
	verifier note.Verifier
	public   string
	earlier  []note.Verifier // those that this one follows, by the handovers beside the key
}

func (k *Key) half() keyPair {
	k.mu.RLock()
	defer k.mu.RUnlock()
	return k.of
}

// OpenKey reads the key in a file, and makes it on first use, readable by its owner only. A file that others may read
// is refused.
func OpenKey(path string) (*Key, error) {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return makeKey(path)
	}
	if err != nil {
		return nil, fault.Wrap(fault.Unavailable, err, "The log key %s cannot be read. Check the path and its rights.",
			path)
	}
	if info.Mode().Perm()&0o077 != 0 {
		return nil, fault.New(fault.Unavailable,
			"Others may read the log key %s, so its signatures would prove nothing. Run: chmod 600 %s", path, path)
	}
	data, err := readKey(path)
	if err != nil {
		return nil, fault.Wrap(fault.Unavailable, err, "The log key %s cannot be read. Check its rights.", path)
	}
	sweep(path)
	return parseKey(path, strings.TrimSpace(string(data)))
}

func parseKey(path, secret string) (*Key, error) {
	bad := func(err error) (*Key, error) {
		return nil, fault.Wrap(fault.Invalid, err,
			"%s is not a log key. Name the file that --log-key made, or another path for a new key.", path)
	}
	signer, err := note.NewSigner(secret)
	if err != nil {
		return bad(err)
	}
	data, err := os.ReadFile(path + ".pub")
	if err != nil {
		return nil, fault.Wrap(fault.Unavailable, err,
			"The public half %s.pub is missing or cannot be read. Put it back beside the key.", path)
	}
	keys, _, err := proof.ParsePublicKeys(string(data))
	if err != nil {
		return bad(err)
	}
	if verifier := keys[0]; verifier.Name() != signer.Name() || verifier.KeyHash() != signer.KeyHash() {
		return nil, fault.New(fault.Invalid, "%s.pub does not belong to %s. Put the right one back beside the key.",
			path, path)
	}
	public, _, _ := strings.Cut(strings.TrimSpace(string(data)), "\n")
	return &Key{path: path, of: keyPair{signer, keys[0], strings.TrimSpace(public), keys[1:]}}, nil
}

func makeKey(path string) (*Key, error) {
	id := make([]byte, 4)
	_, _ = rand.Read(id)
	return makeNamed(path, "claimbench/history/"+hex.EncodeToString(id))
}

// makeNamed makes a key of a log with its two files.
func makeNamed(path, name string) (*Key, error) {
	secret, public, err := note.GenerateKey(rand.Reader, name)
	if err != nil {
		return nil, err
	}
	if err = os.MkdirAll(filepath.Dir(path), 0o700); err == nil {
		err = os.WriteFile(path+".pub", []byte(public+"\n"), 0o644)
	}
	if err != nil {
		return nil, fault.Wrap(fault.Unavailable, err,
			"The log key %s cannot be made. Choose another path with --log-key.", path)
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err == nil {
		_, err = f.WriteString(secret + "\n")
		err = errors.Join(err, f.Sync(), f.Close())
	}
	if err != nil {
		return nil, fault.Wrap(fault.Unavailable, err,
			"The log key %s cannot be made. Choose another path with --log-key.", path)
	}
	return parseKey(path, secret)
}

// Public is the key that auditors are given: one line, as golang.org/x/mod/sumdb/note writes it.
func (k *Key) Public() string { return k.half().public }

// Origin names the log in its checkpoints.
func (k *Key) Origin() string { return k.half().signer.Name() }

// SignText signs a text that is no checkpoint, as a C2SP signed-note. One that could be read as a checkpoint of
// this log is refused: its first line is the log's name.
func (k *Key) SignText(text string) (string, error) {
	if first, _, _ := strings.Cut(text, "\n"); first == k.Origin() {
		return "", fault.New(fault.Internal, "a text that begins as a checkpoint does")
	}
	signed, err := note.Sign(&note.Note{Text: text}, k.half().signer)
	return string(signed), err
}

// Last is the newest checkpoint that this key, or one that it follows, signed, from the file beside it; nil when there
// is none.
func (k *Key) Last() (*Checkpoint, error) {
	data, err := os.ReadFile(k.path + ".last")
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fault.Wrap(fault.Unavailable, err, "%s.last cannot be read. Check its rights.", k.path)
	}
	of := k.half()
	c, err := ParseCheckpoint(data, append([]note.Verifier{of.verifier}, of.earlier...)...)
	if err != nil {
		return nil, fault.Wrap(fault.Unavailable, err,
			"%s.last is not a checkpoint that this key signed. Find out who changed it before you remove it.", k.path)
	}
	return &c, nil
}

// LastBeside is the newest checkpoint that the key in a file signed, with the public half beside it; nil when the key
// signed nothing yet or is not there. It does not read the key itself.
func LastBeside(path string) (*Checkpoint, error) {
	keys, err := ParsePublicKeys(path + ".pub")
	if err != nil {
		return nil, nil // no key here: nothing to compare with
	}
	return (&Key{path: path, of: keyPair{verifier: keys[0], earlier: keys[1:]}}).Last()
}

// keep remembers the newest checkpoint signed, in one step, so that a crash leaves the old or the new one.
func (k *Key) keep(c Checkpoint) error {
	data := []byte(c.Note)
	if old, err := os.ReadFile(k.path + ".last"); err == nil && bytes.Equal(old, data) {
		return nil
	}
	if err := replace(k.path+".last", data, 0o600); err != nil {
		return fmt.Errorf("keeping the last checkpoint beside the key: %w", err)
	}
	return nil
}

// replace writes a file in one step, so that a crash leaves the old or the new one.
func replace(path string, data []byte, mode fs.FileMode) error {
	tmp, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+"-*")
	if err != nil {
		return err
	}
	_, err = tmp.Write(data)
	err = errors.Join(err, tmp.Chmod(mode), tmp.Sync(), tmp.Close())
	if err == nil {
		err = os.Rename(tmp.Name(), path)
	}
	if err != nil {
		_ = os.Remove(tmp.Name())
	}
	return err
}

// leftAfter is the age from which a file of keep is no longer somebody's work but what a crash left.
const leftAfter = time.Minute

// sweep removes what crashes left between the two steps of keep. What cannot be removed harms nobody.
func sweep(path string) {
	left, _ := filepath.Glob(filepath.Join(filepath.Dir(path), globQuoted(filepath.Base(path))+".last-*"))
	for _, name := range left {
		if info, err := os.Stat(name); err == nil && time.Since(info.ModTime()) > leftAfter {
			_ = os.Remove(name)
		}
	}
}

var globQuoted = strings.NewReplacer(`\`, `\\`, `*`, `\*`, `?`, `\?`, `[`, `\[`).Replace

// ParsePublicKey is the first of ParsePublicKeys: the key in force.
func ParsePublicKey(keyOrFile string) (note.Verifier, error) {
	keys, err := ParsePublicKeys(keyOrFile)
	if err != nil {
		return nil, err
	}
	return keys[0], nil
}

// ParsePublicKeys reads an auditor's public key: the line itself, or a file that holds it. Behind it such a file may
// hold the handovers that led to it: then the keys before it come with it.
func ParsePublicKeys(keyOrFile string) ([]note.Verifier, error) {
	line := keyOrFile
	data, err := os.ReadFile(keyOrFile)
	switch {
	case err == nil:
		line = string(data)
	case errors.Is(err, fs.ErrNotExist) && strings.HasSuffix(keyOrFile, ".pub"):
		return nil, fault.New(fault.NotFound, "There is no file %s. It lies beside the log key, and auditors are "+
			"given it; check the name.", keyOrFile)
	}
	keys, _, err := proof.ParsePublicKeys(line)
	if err != nil {
		return nil, fault.Wrap(fault.Invalid, err,
			"“%s” is neither a public key nor a file with one. Ask for the file that ends in .pub.", keyOrFile)
	}
	return keys, nil
}
