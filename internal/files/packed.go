package files

import (
	"bytes"
	"compress/gzip"
	"sync"
)

// packers are writers of gzip that are free: a new one takes a megabyte, most files a few kilobytes.
var packers = sync.Pool{New: func() any { return gzip.NewWriter(nil) }}

// Packed is gzip of bytes.
func Packed(raw []byte) ([]byte, error) {
	var b bytes.Buffer
	z, _ := packers.Get().(*gzip.Writer) // nothing else is put there
	defer packers.Put(z)
	z.Reset(&b)
	if _, err := z.Write(raw); err != nil {
		return nil, err
	}
	err := z.Close()
	return b.Bytes(), err
}
