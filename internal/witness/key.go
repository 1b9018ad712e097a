package witness

import (
	"crypto/ed25519"
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"filippo.io/torchwood"
	"golang.org/x/mod/sumdb/note"

	"claimbench/internal/fault"
)

// Key signs what a witness saw. It lies in a file of its own, readable by its owner only; FILE.pub beside it is what
// logs and auditors are given. It signs nothing else: it is of a type of its own.
type Key struct {
	signer *torchwood.CosignatureSigner
}

// Public is the key that logs and auditors are given: one line.
func (k *Key) Public() string { return k.signer.Verifier().String() }

// secretPrefix begins the line of a private key.
const secretPrefix = "PRIVATE+WITNESS+"

// OpenKey reads the key in a file, and makes it on first use.
func OpenKey(path string) (*Key, error) {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return makeKey(path)
	}
	if err != nil {
		return nil, fault.Wrap(fault.Unavailable, err, "The witness’s key %s cannot be read. Check the path.", path)
	}
	if info.Mode().Perm()&0o077 != 0 {
		return nil, fault.New(fault.Unavailable,
			"Others may read the witness’s key %s, so its signatures would prove nothing. Run: chmod 600 %s", path,
			path)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fault.Wrap(fault.Unavailable, err, "The witness’s key %s cannot be read. Check its rights.", path)
	}
	name, encoded, _ := strings.Cut(strings.TrimPrefix(strings.TrimSpace(string(data)), secretPrefix), "+")
	seed, err := base64.StdEncoding.DecodeString(encoded)
	if err != nil || len(seed) != ed25519.SeedSize || !strings.HasPrefix(string(data), secretPrefix) {
		return nil, fault.New(fault.Invalid,
			"%s is no key of a witness. Name the file that --key made, or another path for a new one.", path)
	}
	return keyOf(name, seed)
}

func keyOf(name string, seed []byte) (*Key, error) {
	s, err := torchwood.NewCosignatureSigner(name, ed25519.NewKeyFromSeed(seed))
	if err != nil {
		return nil, err
	}
	return &Key{s}, nil
}

func makeKey(path string) (*Key, error) {
	id, seed := make([]byte, 4), make([]byte, ed25519.SeedSize)
	_, _ = rand.Read(id) // never fails (crypto/rand since Go 1.24)
	_, _ = rand.Read(seed)
	name := "claimbench/witness/" + hex.EncodeToString(id)
	k, err := keyOf(name, seed)
	if err != nil {
		return nil, err
	}
	if err = os.MkdirAll(filepath.Dir(path), 0o700); err == nil {
		err = os.WriteFile(path+".pub", []byte(k.Public()+"\n"), 0o644)
	}
	if err == nil {
		var f *os.File
		if f, err = os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600); err == nil {
			_, err = f.WriteString(secretPrefix + name + "+" + base64.StdEncoding.EncodeToString(seed) + "\n")
			err = errors.Join(err, f.Sync(), f.Close())
		}
	}
	if err != nil {
		return nil, fault.Wrap(fault.Unavailable, err, "The witness’s key %s cannot be made. Choose another path with "+
			"--key.", path)
	}
	return k, nil
}

// line signs the text of a checkpoint, and gives the signature line with its newline.
func (k *Key) line(text string) (string, error) {
	signed, err := note.Sign(&note.Note{Text: text}, k.signer)
	if err != nil {
		return "", err
	}
	return strings.TrimPrefix(string(signed), text+"\n"), nil
}

// timeOf is when a witness says that it signed.
func timeOf(s note.Signature) (time.Time, error) {
	at, err := torchwood.CosignatureTimestamp(s)
	return time.Unix(at, 0).UTC(), err
}
