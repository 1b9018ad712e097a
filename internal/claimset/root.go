package claimset

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"

	"claimbench/internal/claims"
	"claimbench/internal/proof"
	"claimbench/internal/store"
)

// tree is the Merkle tree of what is frozen: a leaf a claim, with the salted hash of each printed field. Of a set that
// has no salt there is none.
type tree struct {
	proof.Tree
	salt   []byte
	leaves *proof.Leaves // nil: none can be made of this salt
}

// newTree begins a tree; salt is that of the set.
func newTree(salt string) *tree {
	b, _ := hex.DecodeString(salt) // another salt gives another tree, and an audit finds it
	leaves, err := proof.NewLeaves(b)
	if err != nil {
		leaves = nil
	}
	return &tree{salt: b, leaves: leaves}
}

// saltOf says whether a set has a salt as a freeze makes one, or none where there is no root.
func saltOf(s Set) bool {
	b, err := hex.DecodeString(s.Salt)
	if s.Root == "" {
		return s.Salt == ""
	}
	return err == nil && len(b) == proof.SaltSize && hex.EncodeToString(b) == s.Salt
}

// add adds the leaf of a claim. What is not in the form that a freeze writes has a leaf that no claim has, so that an
// audit finds it.
func (t *tree) add(id claims.ID, frozen []byte) {
	if len(t.salt) == 0 {
		return
	}
	leaf := proof.Hash(sha256.Sum256(nil))
	if t.leaves != nil {
		if made, err := t.leaves.Of(int64(id), frozen); err == nil {
			leaf = made
		}
	}
	t.Add(leaf)
}

// root is the tree's root in base64; "" when there is no tree.
func (t *tree) root() string {
	if len(t.salt) == 0 {
		return ""
	}
	h := t.Root()
	return base64.StdEncoding.EncodeToString(h[:])
}

// Rooted is the tree of a frozen set, and the secrets of its claims. A set of an earlier program has none.
type Rooted struct {
	Tree *proof.Tree
	salt []byte
}

// Secret is that of which the salts of a claim are made. Whoever is given it can open every field of the claim.
func (t Rooted) Secret(c claims.ID) ([]byte, error) { return proof.ClaimSecret(t.salt, int64(c)) }

// SecretOf is the secret of one claim of a frozen set, without its tree.
func SecretOf(set Set, c claims.ID) ([]byte, error) {
	return Rooted{salt: newTree(set.Salt).salt}.Secret(c)
}

// RootOf builds the tree of a frozen set again, claim by claim. It asks no permission.
func RootOf(r *store.Rx, set Set) (Rooted, error) {
	t := newTree(set.Salt)
	rows, err := r.Gorm().Raw("SELECT claim_id, frozen FROM claim_set_claims WHERE set_id = ? ORDER BY "+inOrder,
		set.ID).Rows()
	if err != nil {
		return Rooted{}, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var id claims.ID
		var frozen store.RawBytes
		if err := rows.Scan(&id, &frozen); err != nil {
			return Rooted{}, err
		}
		t.add(id, frozen)
	}
	return Rooted{&t.Tree, t.salt}, rows.Err()
}
