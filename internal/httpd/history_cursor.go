package httpd

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/subtle"
	"encoding/base32"
	"encoding/binary"

	"github.com/labstack/echo/v4"

	"claimbench/internal/fault"
	"claimbench/internal/history"
)

// cursors write the number of an event so that only this server reads it: whoever may not read all pages by them, for
// the gaps between numbers would count the events that are veiled. A cursor is one AES block in base32: eight bytes of
// number, eight of mark. The key is the database's (history.PageKey), so that every server reads them.
type cursors struct{ block cipher.Block }

var (
	cursorMark    = []byte("event no")
	cursorLetters = base32.StdEncoding.WithPadding(base32.NoPadding)
)

func newCursors(key []byte) (cursors, error) {
	block, err := aes.NewCipher(key)
	return cursors{block}, err
}

func (k cursors) write(seq int64) string {
	plain := binary.BigEndian.AppendUint64(nil, uint64(seq))
	out := make([]byte, aes.BlockSize)
	k.block.Encrypt(out, append(plain, cursorMark...))
	return cursorLetters.EncodeToString(out)
}

func (k cursors) read(cursor string) (int64, error) {
	raw, err := cursorLetters.DecodeString(cursor)
	plain := make([]byte, aes.BlockSize)
	if err == nil && len(raw) == aes.BlockSize {
		k.block.Decrypt(plain, raw)
	}
	if subtle.ConstantTimeCompare(plain[8:], cursorMark) != 1 {
		return 0, fault.New(fault.NotFound, "This page of the history is not here any more; begin again.")
	}
	return int64(binary.BigEndian.Uint64(plain[:8])), nil
}

// beforeEvent reads where a page of the history begins: a number for whoever reads all, a cursor for everybody else.
func (s *Server) beforeEvent(c echo.Context, v history.Viewer) (int64, error) {
	asked := c.QueryParam("before")
	if v.ReadAll || asked == "" {
		return queryID[int64](c, "before")
	}
	return s.cursors.read(asked)
}

// olderThan is how the address of the next page names the oldest event of this one.
func (s *Server) olderThan(seq int64, v history.Viewer) string {
	if v.ReadAll {
		return itoa(seq)
	}
	return s.cursors.write(seq)
}
