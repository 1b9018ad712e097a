package vectors

import (
	"encoding/binary"
	"math"
	"slices"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/store"
)

// MostDims is how many numbers a vector has that is kept.
const MostDims = 4096

// Vector is what a model makes of a sentence: numbers of float32, little-endian, of length one together.
type Vector struct {
	SentenceID   articles.SentenceID `gorm:"column:sentence_id;primaryKey;autoIncrement:false"`
	RevisionID   articles.RevisionID `gorm:"column:revision_id"`
	CollectionID auth.CollectionID   `gorm:"column:collection_id"`
	Model        string              `gorm:"column:model" words:"fact"`
	Dims         int                 `gorm:"column:dims"`
	Numbers      []byte              `gorm:"column:numbers"`
}

// TableName names the table.
func (Vector) TableName() string { return "vectors" }

// packed are the numbers of a vector as they are kept, brought to length one. fault.Invalid: they are none.
func packed(v []float64) ([]byte, error) {
	sum := 0.0
	for _, x := range v {
		sum += x * x
	}
	length := math.Sqrt(sum)
	if len(v) == 0 || len(v) > MostDims || !(length > 1e-12) || math.IsInf(length, 0) {
		return nil, fault.New(fault.Invalid, "A vector of %d numbers, of length %g, is none that is kept; at most %d "+
			"numbers are, and not all of them 0.", len(v), length, MostDims)
	}
	out := make([]byte, 0, 4*len(v))
	for _, x := range v {
		out = binary.LittleEndian.AppendUint32(out, math.Float32bits(float32(x/length)))
	}
	return out, nil
}

// unpacked are the numbers of a vector as they were kept; nil where the bytes are none.
func unpacked(raw []byte, dims int) []float32 {
	if dims < 1 || len(raw) != 4*dims {
		return nil
	}
	out := make([]float32, dims)
	for i := range out {
		out[i] = math.Float32frombits(binary.LittleEndian.Uint32(raw[4*i:]))
		if x := float64(out[i]); math.IsNaN(x) || math.IsInf(x, 0) {
			return nil
		}
	}
	return out
}

// Leave is the articles.Leaving of this room: with a text that is taken down or protected go its vectors.
func Leave(tx *store.Tx, _ history.Who, was articles.Article) error {
	revisions, err := articles.RevisionIDs(&tx.Rx, was.ID)
	if err != nil || len(revisions) == 0 {
		return err
	}
	for chunk := range slices.Chunk(revisions, 500) {
		if err := tx.Gorm().Where("revision_id IN ?", chunk).Delete(&Vector{}).Error; err != nil {
			return err
		}
	}
	return nil
}
