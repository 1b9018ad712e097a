package publish

import (
	"fmt"
	"strconv"
	"strings"

	"claimbench/internal/claims"
)

// Taken is what an export took away, as the history says it: "json", "fragment, claim 12", and when all of it was
// written "json, 4096 bytes, sha256 0a1b…".
type Taken struct {
	Format string
	Claim  claims.ID // that alone; 0: the whole set
	Bytes  int64     // how long the file is
	SHA256 string    // of the file, in hex; "": nobody knows that all of it was written
}

// The actions of an export in the history.
const (
	Began = "claimset.exported"       // before the first byte
	Wrote = "claimset.export_written" // behind the last one
)

// String is how the history says it.
func (t Taken) String() string {
	s := t.Format
	if t.Claim != 0 {
		s += fmt.Sprintf(", claim %d", t.Claim)
	}
	if t.SHA256 != "" {
		s += fmt.Sprintf(", %d bytes, sha256 %s", t.Bytes, t.SHA256)
	}
	return s
}

// TakenOf reads what the history says of an export. What it does not know is left out.
func TakenOf(s string) (t Taken) {
	parts := strings.Split(s, ", ")
	t.Format = parts[0]
	for _, part := range parts[1:] {
		if n, is := strings.CutPrefix(part, "claim "); is {
			id, _ := strconv.ParseInt(n, 10, 64) // else it is of the whole set
			t.Claim = claims.ID(id)
		} else if n, is := strings.CutSuffix(part, " bytes"); is {
			t.Bytes, _ = strconv.ParseInt(n, 10, 64)
		} else if sum, is := strings.CutPrefix(part, "sha256 "); is {
			t.SHA256 = sum
		}
	}
	return t
}

// Word is the format for people.
func (t Taken) Word() string {
	f, err := FormatOf(t.Format)
	if err != nil {
		return t.Format
	}
	return f.Short
}
