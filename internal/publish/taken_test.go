package publish_test

import (
	"testing"

	"claimbench/internal/publish"
)

// TestTaken: what the history says of an export is read again, that of earlier programs, too.
func TestTaken(t *testing.T) {
	for said, want := range map[string]publish.Taken{
		"json":                                  {Format: "json"},
		"fragment, claim 12":                    {Format: "fragment", Claim: 12},
		"json, 7 bytes, sha256 0a":              {Format: "json", Bytes: 7, SHA256: "0a"},
		"fragment, claim 3, 9 bytes, sha256 ff": {Format: "fragment", Claim: 3, Bytes: 9, SHA256: "ff"},
	} {
		if got := publish.TakenOf(said); got != want || got.String() != said {
			t.Errorf("%q is read as %+v and said as %q", said, got, got)
		}
	}
	if got := (publish.Taken{Format: "parchment"}).Word(); got != "parchment" {
		t.Errorf("a format of another program is called %q", got)
	}
}
