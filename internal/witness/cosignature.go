package witness

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/mod/sumdb/note"

	"claimbench/internal/fault"
)

// algorithm is the signature type of a timestamped Ed25519 cosignature.
const algorithm = 0x04

// Verifier checks the cosignatures of one witness. It is a note.Verifier. (torchwood v0.6.1 makes one only of a private
// key.)
type Verifier struct {
	name string
	id   uint32
	key  ed25519.PublicKey
}

// Name is the witness's name.
func (v *Verifier) Name() string { return v.name }

// KeyHash is the key's number in signature lines.
func (v *Verifier) KeyHash() uint32 { return v.id }

// ID names the key: NAME+ID.
func (v *Verifier) ID() string { return fmt.Sprintf("%s+%08x", v.name, v.id) }

// String is the key in one line, as C2SP signed-note writes it.
func (v *Verifier) String() string {
	return v.ID() + "+" + base64.StdEncoding.EncodeToString(append([]byte{algorithm}, v.key...))
}

// Verify says whether a signature, 8 bytes of time and 64 of Ed25519, is the witness's over the text of a checkpoint.
func (v *Verifier) Verify(text, signature []byte) bool {
	if len(signature) != 8+ed25519.SignatureSize {
		return false
	}
	at := binary.BigEndian.Uint64(signature)
	return at <= math.MaxInt64 && ed25519.Verify(v.key, fmt.Appendf(nil, "cosignature/v1\ntime %d\n%s", at, text),
		signature[8:])
}

// newVerifier makes a verifier of its parts.
func newVerifier(name string, key ed25519.PublicKey) *Verifier {
	sum := sha256.Sum256(append([]byte(name+"\n"+string(rune(algorithm))), key...))
	return &Verifier{name, binary.BigEndian.Uint32(sum[:]), key}
}

func checkName(name string) error {
	if name == "" || !utf8.ValidString(name) || strings.ContainsFunc(name, func(r rune) bool {
		return unicode.IsSpace(r) || r < 0x20 || r == '+'
	}) {
		return fmt.Errorf("“%s” is no name of a key", name)
	}
	return nil
}

// ParseKey reads the public key of a witness: the line itself, or a file that holds it.
func ParseKey(keyOrFile string) (*Verifier, error) {
	line := keyOrFile
	data, err := os.ReadFile(keyOrFile)
	switch {
	case err == nil:
		line = string(data)
	case errors.Is(err, fs.ErrNotExist) && strings.HasSuffix(keyOrFile, ".pub"):
		return nil, fault.New(fault.NotFound, "There is no file %s. It lies beside the witness’s key; check the name.",
			keyOrFile)
	}
	v, err := parseKey(strings.TrimSpace(line))
	if err != nil {
		return nil, fault.Wrap(fault.Invalid, err, "“%s” is neither the public key of a witness nor a file with one. "+
			"Ask whoever runs the witness for the file that ends in .pub.", keyOrFile)
	}
	return v, nil
}

func parseKey(line string) (*Verifier, error) {
	name, rest, _ := strings.Cut(line, "+")
	id, encoded, _ := strings.Cut(rest, "+")
	raw, err := base64.StdEncoding.DecodeString(encoded)
	if err != nil {
		return nil, err
	}
	if err := checkName(name); err != nil {
		return nil, err
	}
	if len(raw) != 1+ed25519.PublicKeySize || raw[0] != algorithm {
		return nil, errors.New("it is no key of type 4 (cosignatures)")
	}
	v := newVerifier(name, raw[1:])
	if n, err := strconv.ParseUint(id, 16, 32); err != nil || len(id) != 8 || uint32(n) != v.id {
		return nil, errors.New("its number does not belong to it")
	}
	return v, nil
}

// Signed is a cosignature that was checked.
type Signed struct {
	Witness *Verifier
	At      time.Time // whole seconds, as the witness says
	Line    string    // the signature line, without its newline
}

// Cosignatures gives those of a signed checkpoint that are by one of the witnesses, one for each. A line that bears the
// name and number of one of them and is wrong is an error: it was changed, or made up.
func Cosignatures(signed []byte, by []*Verifier) ([]Signed, error) {
	known, named := make([]note.Verifier, 0, len(by)), map[string]*Verifier{}
	for _, v := range by {
		if named[v.ID()] == nil {
			named[v.ID()] = v
			known = append(known, v)
		}
	}
	opened, err := note.Open(signed, note.VerifierList(known...))
	var none *note.UnverifiedNoteError
	if errors.As(err, &none) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var out []Signed
	for _, s := range opened.Sigs {
		at, err := timeOf(s)
		if err != nil {
			return nil, err
		}
		out = append(out, Signed{named[fmt.Sprintf("%s+%08x", s.Name, s.Hash)], at, "— " + s.Name + " " + s.Base64})
	}
	return out, nil
}
