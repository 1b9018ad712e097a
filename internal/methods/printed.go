package methods

import (
	"encoding/json"

	"claimbench/internal/proof"
)

// Printed is a version as frozen sets print it. The order of its members is part of its hash (proof.MethodHash).
type Printed struct {
	N      int    `json:"version"`
	Lang   string `json:"lang" words:"fact"`
	Words  string `json:"words" words:"own"` // Markdown
	Scale  Scale  `json:"scale" words:"other"`
	SHA256 string `json:"sha256" words:"fact"`
}

// Printed is the version as it is printed.
func (v Version) Printed() Printed {
	return Printed{N: v.N, Lang: v.Lang, Words: v.Words, Scale: v.Scale(), SHA256: v.SHA256}
}

// hash is that of the version as it is printed.
func (v Version) hash() (string, error) {
	b, err := json.Marshal(v.Printed())
	if err != nil {
		return "", err
	}
	printed, err := proof.Flatten(b)
	return proof.MethodHash(printed), err
}
