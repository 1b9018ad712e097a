package warc_test

import (
	"crypto/sha256"
	"encoding/base32"
)

// digestOf is a digest as WARC writes it.
func digestOf(block string) string {
	sum := sha256.Sum256([]byte(block))
	return "sha256:" + base32.StdEncoding.EncodeToString(sum[:])
}
