package review

import (
	"crypto/rand"
	"encoding/base32"
	"strings"
)

// Public is the name of a review or a round in the history, in addresses and in JSON: twelve letters and digits drawn
// at random. The number of a row would tell how many came before it, and a gap between numbers that somebody reviews
// where nobody may know it. Rows of before this had their number for a name, and keep it.
type Public string

// publicLetters is base32 without padding, in lower case: no letter is taken for another.
var publicLetters = base32.StdEncoding.WithPadding(base32.NoPadding)

// drawPublic draws a name: 60 random bits. The database refuses one that is taken.
func drawPublic() Public {
	raw := make([]byte, 8)
	_, _ = rand.Read(raw) // never fails (crypto/rand since Go 1.24)
	return Public(strings.ToLower(publicLetters.EncodeToString(raw))[:12])
}
