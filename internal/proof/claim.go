package proof

import (
	"crypto/sha256"

	"golang.org/x/mod/sumdb/tlog"
)

// claimVersion opens the leaf of a claim in the tree of its set.
const claimVersion = "claimbench claim 1\n"

// ClaimSecret makes the secret of one claim from the set's.
func ClaimSecret(set []byte, claim int64) ([]byte, error) {
	s, err := NewSalter(set)
	if err != nil {
		return nil, err
	}
	return s.Salt(uint64(claim)), nil
}

// ClaimHash is the hash of a claim as a leaf of its set's tree: RFC 6962's of "claimbench claim 1" LF and, for each of
// its printed fields in their order, the path, a space and the bytes of its salted hash. The salt of each is that of
// its place, from 0, by the claim's secret.
func ClaimHash(printed []Printed, secret []byte) (Hash, error) {
	salts, err := NewSalter(secret)
	if err != nil {
		return Hash{}, err
	}
	var l claimLeaf
	l.begin()
	for _, p := range printed {
		l.open(p.Path, p.Value, salts.Next())
	}
	return l.sum(), nil
}

// Leaves makes the leaves of the claims of a set, one after another, of the set's secret: ClaimHash of what Flatten
// gives, in one pass that keeps nothing. It is not safe for concurrent use.
type Leaves struct {
	set  *Salter
	flat flattener
	leaf claimLeaf
}

// NewLeaves opens the secret of a set.
func NewLeaves(secret []byte) (*Leaves, error) {
	set, err := NewSalter(secret)
	return &Leaves{set: set}, err
}

// Of is the leaf of a claim whose printed fields are a JSON object in the form of an export.
func (l *Leaves) Of(claim int64, object []byte) (Hash, error) {
	salts, err := NewSalter(l.set.Salt(uint64(claim)))
	if err != nil {
		return Hash{}, err
	}
	l.leaf.begin()
	if err := l.flat.flatten(object, func(path, value []byte) {
		l.leaf.openBytes(path, value, salts.Next())
	}); err != nil {
		return Hash{}, err
	}
	return l.leaf.sum(), nil
}

// claimLeaf builds the leaf of a claim.
type claimLeaf struct{ bytes, buf []byte }

func (l *claimLeaf) begin() {
	l.bytes = append(append(l.bytes[:0], 0), claimVersion...)
}

func (l *claimLeaf) add(path string, h Hash) {
	l.bytes = append(append(l.bytes, path...), ' ')
	l.bytes = append(l.bytes, h[:]...)
}

func (l *claimLeaf) open(path, value string, salt []byte) {
	var h Hash
	h, l.buf = Field(l.buf, salt, value)
	l.add(path, h)
}

func (l *claimLeaf) openBytes(path, value, salt []byte) {
	l.buf = append(append(append(l.buf[:0], fieldDomain...), salt...), value...)
	h := sha256.Sum256(l.buf)
	l.bytes = append(append(append(l.bytes, path...), ' '), h[:]...)
}

func (l *claimLeaf) sum() Hash { return sha256.Sum256(l.bytes) }

// Tree is a Merkle tree (RFC 6962) in memory, for the claims of a set.
type Tree struct{ hashes []tlog.Hash }

// Add adds the hash of a leaf.
func (t *Tree) Add(leaf Hash) {
	n := t.Len()
	more, err := tlog.StoredHashesForRecordHash(n, leaf, t)
	if err != nil {
		panic("proof: a tree in memory has all its hashes: " + err.Error())
	}
	t.hashes = append(t.hashes, more...)
}

// Len is how many leaves there are.
func (t *Tree) Len() int64 {
	n := int64(len(t.hashes))
	leaves := (n + 1) / 2 // never more than that, and seldom fewer by more than a few
	for tlog.StoredHashCount(leaves) < n {
		leaves++
	}
	return leaves
}

// ReadHashes gives stored hashes by their index, as tlog numbers them.
func (t *Tree) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(indexes))
	for i, x := range indexes {
		out[i] = t.hashes[x]
	}
	return out, nil
}

// Root is the hash of the whole tree.
func (t *Tree) Root() Hash {
	h, err := tlog.TreeHash(t.Len(), t)
	if err != nil {
		panic("proof: a tree in memory has all its hashes: " + err.Error())
	}
	return h
}

// Path proves that a leaf is in the tree.
func (t *Tree) Path(leaf int64) ([]tlog.Hash, error) { return tlog.ProveRecord(t.Len(), leaf, t) }
