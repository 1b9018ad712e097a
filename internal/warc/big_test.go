package warc_test

import (
	"bytes"
	"encoding/base64"
	"math/rand/v2"
	"testing"

	"claimbench/internal/warc"
)

// A document of any length is walked through as a short one is.
func TestWalkLong(t *testing.T) {
	t.Parallel()
	for _, size := range []int{0, 1, 100, 70_000, 12 << 20} {
		noise := make([]byte, size)
		for i := range noise {
			noise[i] = byte(rand.Uint32()) //nolint:gosec // noise that is not packed
		}
		raw := stored(t, warc.Document{Address: "https://a.example/", Day: packed, Status: 200, Media: "text/plain",
			Body: []byte(base64.StdEncoding.EncodeToString(noise))})
		n := 0
		if err := warc.Walk(bytes.NewReader(raw), func(warc.Record) error {
			n++
			return nil
		}); err != nil || n != 3 {
			t.Errorf("of %d bytes: %d records, %v", size, n, err)
		}
	}
}
