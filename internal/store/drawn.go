package store

import (
	"crypto/rand"
	"encoding/base32"
	"strings"
)

// Drawn is the name of a row in the history, in addresses and in JSON: twelve letters and digits drawn at random. The
// number of a row would tell how many came before it, and a gap between numbers that somebody is at work where nobody
// may know it. Rows of before their table had names have their number for a name, and keep it.
type Drawn string

// drawnLetters is base32 without padding, in lower case: no letter is taken for another.
var drawnLetters = base32.StdEncoding.WithPadding(base32.NoPadding)

// Draw draws a name: 60 random bits. The database refuses one that is taken.
func Draw() Drawn {
	raw := make([]byte, 8)
	_, _ = rand.Read(raw) // never fails (crypto/rand since Go 1.24)
	return Drawn(strings.ToLower(drawnLetters.EncodeToString(raw))[:12])
}
