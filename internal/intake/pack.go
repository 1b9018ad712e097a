package intake

import (
	"bytes"
	"encoding/gob"
)

// packed is a document with the bytes it was read from, as Pack writes it.
type packed struct {
	Document Document
	Raw      []byte
	AsText   bool
}

// Pack writes a document that waits to be taken in, with its bytes, so that Unpack gives the very same. It takes one
// without Items only. Texts that are no valid UTF-8 stay as they are.
func Pack(d Document) ([]byte, error) {
	var b bytes.Buffer
	err := gob.NewEncoder(&b).Encode(packed{d, d.raw, d.asText})
	return b.Bytes(), err
}

// Unpack reads what Pack wrote.
func Unpack(raw []byte) (Document, error) {
	var p packed
	err := gob.NewDecoder(bytes.NewReader(raw)).Decode(&p)
	p.Document.raw, p.Document.asText = p.Raw, p.AsText
	return p.Document, err
}
