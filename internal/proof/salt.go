package proof

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/sha256"
	"encoding/binary"
)

// Hash is a SHA-256.
type Hash = [sha256.Size]byte

// SaltSize is how many bytes keep a short value from being guessed from its hash; a secret has as many.
const SaltSize = 16

// The first lines of what is hashed, so that none of one kind is ever taken for one of another.
const (
	fieldDomain = "claimbench field 2\n"
	groupDomain = "claimbench fields 2\n"
	textDomain  = "claimbench text 1\n"
)

// Salter makes salts of a secret: the salt of number n is n, as 16 bytes with the most significant first, encrypted
// with AES-128 under the secret. Whoever is given some of them learns neither the others nor the secret.
type Salter struct {
	key  cipher.Block
	n    uint64
	salt [SaltSize]byte
}

// NewSalter opens a secret of SaltSize bytes.
func NewSalter(secret []byte) (*Salter, error) {
	key, err := aes.NewCipher(secret[:min(len(secret), SaltSize)])
	if err != nil {
		return nil, err
	}
	return &Salter{key: key}, nil
}

// Salt gives the salt of a number; it holds until the next call.
func (s *Salter) Salt(n uint64) []byte {
	clear(s.salt[:8])
	binary.BigEndian.PutUint64(s.salt[8:], n)
	s.key.Encrypt(s.salt[:], s.salt[:])
	return s.salt[:]
}

// Next gives the salts of 0, 1, 2 …, each until the next call.
func (s *Salter) Next() []byte {
	s.n++
	return s.Salt(s.n - 1)
}

// Field is the salted hash of a value: SHA-256 of its first line, the salt and the value. It is lent a buffer, and
// returns it grown if need be.
func Field(buf, salt []byte, value string) (Hash, []byte) {
	buf = append(buf[:0], fieldDomain...)
	buf = append(buf, salt...)
	buf = append(buf, value...)
	return sha256.Sum256(buf), buf
}

// Text is the salted hash of a text, in leaves of both versions. It is lent a buffer, and returns it grown if need be.
func Text(buf, salt []byte, text string) (Hash, []byte) {
	buf = append(buf[:0], textDomain...)
	buf = append(buf, salt...)
	buf = append(buf, text...)
	return sha256.Sum256(buf), buf
}

// Group commits to a list of named hashes: SHA-256 of its first line, and of each its name, a space and the bytes of
// its hash. Names hold no space, and each hash has its length, so that no two lists are one.
type Group struct {
	bytes []byte
	n     int
}

// Begin empties a group; its memory is kept.
func (g *Group) Begin() {
	g.bytes, g.n = append(g.bytes[:0], groupDomain...), 0
}

// Add adds a named hash behind the others.
func (g *Group) Add(name string, h Hash) {
	g.bytes = append(append(g.bytes, name...), ' ')
	g.bytes = append(g.bytes, h[:]...)
	g.n++
}

// Len is how many there are.
func (g *Group) Len() int { return g.n }

// Sum is what the group commits to.
func (g *Group) Sum() Hash { return sha256.Sum256(g.bytes) }
