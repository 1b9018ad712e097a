package history

import (
	"fmt"

	"golang.org/x/mod/sumdb/tlog"
	"gorm.io/gorm"

	"claimbench/internal/fault"
)

// headRow is the one row that says how far the history goes. Edge is the right edge of the tree: the roots of its
// complete subtrees, largest first, one for each bit set in Size. With it an append reads no other hash.
type headRow struct {
	ID   int64  `gorm:"column:id;primaryKey"`
	Size int64  `gorm:"column:size"`
	Edge []byte `gorm:"column:edge"`

	Signed      int64 `gorm:"column:signed"`      // the size of the newest checkpoint; 0 before the first
	Checkpoints int64 `gorm:"column:checkpoints"` // how many there are
}

func (headRow) TableName() string { return "log_head" }

// hashRow is one stored hash, numbered as golang.org/x/mod/sumdb/tlog numbers them.
type hashRow struct {
	Idx  int64  `gorm:"column:idx;primaryKey;autoIncrement:false"`
	Hash []byte `gorm:"column:hash"`
}

func (hashRow) TableName() string { return "log_hashes" }

// edge is a Merkle tree (RFC 6962) of which only the right edge is kept.
type edge struct {
	size   int64
	hashes []tlog.Hash
}

func openEdge(h headRow) (*edge, error) {
	e := &edge{size: h.Size}
	if h.Size < 0 || len(h.Edge) != tlog.HashSize*onesOf(h.Size) {
		return nil, fault.New(fault.Internal,
			"history: the head is damaged (size %d, edge of %d bytes); run “workbench audit verify”", h.Size,
			len(h.Edge))
	}
	for i := 0; i < len(h.Edge); i += tlog.HashSize {
		e.hashes = append(e.hashes, tlog.Hash(h.Edge[i:i+tlog.HashSize]))
	}
	return e, nil
}

func onesOf(n int64) int {
	ones := 0
	for ; n > 0; n &= n - 1 {
		ones++
	}
	return ones
}

// add puts a leaf into the tree and calls store for each hash that the tree keeps for it: the leaf's own and those of
// the subtrees that it completes, in the order of their index.
func (e *edge) add(leaf tlog.Hash, store func(idx int64, h tlog.Hash)) {
	n := e.size
	idx := tlog.StoredHashIndex(0, n)
	store(idx, leaf)
	h := leaf
	for ; n&1 == 1; n >>= 1 {
		last := len(e.hashes) - 1
		h = tlog.NodeHash(e.hashes[last], h)
		e.hashes = e.hashes[:last]
		idx++
		store(idx, h)
	}
	e.hashes = append(e.hashes, h)
	e.size++
}

// root is the hash of the whole tree.
func (e *edge) root() tlog.Hash {
	if e.size == 0 {
		h, _ := tlog.TreeHash(0, nil)
		return h
	}
	last := len(e.hashes) - 1
	h := e.hashes[last]
	for i := last - 1; i >= 0; i-- {
		h = tlog.NodeHash(e.hashes[i], h)
	}
	return h
}

func (e *edge) bytes() []byte {
	b := make([]byte, 0, len(e.hashes)*tlog.HashSize)
	for _, h := range e.hashes {
		b = append(b, h[:]...)
	}
	return b
}

// hashReader reads stored hashes for tlog's proofs.
func hashReader(g *gorm.DB) tlog.HashReader {
	return tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		var rows []hashRow
		if err := g.Where("idx IN ?", indexes).Find(&rows).Error; err != nil {
			return nil, err
		}
		byIdx := make(map[int64]tlog.Hash, len(rows))
		for _, r := range rows {
			if len(r.Hash) == tlog.HashSize {
				byIdx[r.Idx] = tlog.Hash(r.Hash)
			}
		}
		out := make([]tlog.Hash, len(indexes))
		for i, idx := range indexes {
			h, ok := byIdx[idx]
			if !ok {
				return nil, fault.New(fault.Internal,
					"history: stored hash %d is missing; run “workbench audit verify”", idx)
			}
			out[i] = h
		}
		return out, nil
	})
}

func readHead(g *gorm.DB) (headRow, error) {
	var h headRow
	if err := g.Where("id = ?", 1).Take(&h).Error; err != nil {
		return h, fmt.Errorf("history: the head cannot be read: %w", err)
	}
	return h, nil
}
