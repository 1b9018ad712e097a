package eval

import (
	"bufio"
	"bytes"
	"fmt"
	"os"

	"claimbench/internal/jsonin"
)

// maxLine is the longest line of a file of evaluation data, in bytes.
const maxLine = 1 << 24

// readJSON reads a file of evaluation data, one JSON object a line; blank lines and fields that T has not are left
// out. what names one of them in an error: "gold link".
func readJSON[T any](path, what string) ([]T, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("evaluation data: %w", err)
	}
	defer f.Close()
	var out []T
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, maxLine)
	for n := 1; lines.Scan(); n++ {
		if len(bytes.TrimSpace(lines.Bytes())) == 0 {
			continue
		}
		var x T
		if err := jsonin.Read(lines.Bytes(), &x, jsonin.AnyFields); err != nil {
			return nil, fmt.Errorf("%s line %d is not a %s: %w", path, n, what, err)
		}
		out = append(out, x)
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return out, nil
}
