package history

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base32"
	"encoding/binary"
	"encoding/hex"
	"strconv"

	"claimbench/internal/fault"
	"claimbench/internal/store"
)

// pageKey is the fact of the database that holds the key of page addresses.
const pageKey = "history_page_key"

// PageKey gives the 32 bytes by which servers write the addresses of older pages, so that a number in them tells
// nothing. The first server draws it; all servers of one database have the same, so that a page begun at one goes on
// at another. It hides numbers from readers of pages, not from whoever reads the database, who sees the events
// themselves.
func PageKey(ctx context.Context, db *store.DB) (key []byte, err error) {
	defer fault.In(&err, "history.PageKey()")
	var kept string
	if err := db.Read(ctx, func(rx *store.Rx) (err error) {
		kept, err = rx.Meta(pageKey)
		return err
	}); err != nil {
		return nil, err
	}
	if kept == "" {
		drawn := make([]byte, 32)
		_, _ = rand.Read(drawn) // never fails (crypto/rand since Go 1.24)
		if err := db.Write(ctx, func(tx *store.Tx) (err error) {
			kept, err = tx.MetaOnce(pageKey, hex.EncodeToString(drawn))
			return err
		}); err != nil {
			return nil, err
		}
	}
	if key, err = hex.DecodeString(kept); err != nil || len(key) != 32 {
		return nil, fault.New(fault.Unavailable, "The key of page addresses (%s in store_meta) is damaged. "+
			"Delete that row and start the server again; only addresses of older pages of the history change.", pageKey)
	}
	return key, nil
}

// Pages writes and reads where a page of the history begins. For whoever reads all it is the number of an event. For
// everybody else it is that number in one AES block in base32 (eight bytes of number, eight of mark), which only
// servers of this database read: the gaps between numbers would count the events that are veiled.
type Pages struct{ block cipher.Block }

var (
	pageMark    = []byte("event no")
	pageLetters = base32.StdEncoding.WithPadding(base32.NoPadding)
)

// NewPages makes Pages with a key of PageKey.
func NewPages(key []byte) (Pages, error) {
	block, err := aes.NewCipher(key)
	return Pages{block}, err
}

// Write says where the page begins that comes after an event.
func (p Pages) Write(seq int64, readsAll bool) string {
	if readsAll {
		return itoa(seq)
	}
	plain := binary.BigEndian.AppendUint64(nil, uint64(seq))
	out := make([]byte, aes.BlockSize)
	p.block.Encrypt(out, append(plain, pageMark...))
	return pageLetters.EncodeToString(out)
}

// Read gives the event that a page comes after; "" is the first page, 0. What Write did not write for such a reader is
// fault.NotFound, or fault.Invalid where it should be a number.
func (p Pages) Read(at string, readsAll bool) (int64, error) {
	if at == "" {
		return 0, nil
	}
	if readsAll {
		seq, err := strconv.ParseInt(at, 10, 64)
		if err != nil || seq < 1 || strconv.FormatInt(seq, 10) != at {
			return 0, fault.New(fault.Invalid, "“%.40s” is no number of an event. Begin at the newest events.", at).
				With("before", "Begin at the newest events.")
		}
		return seq, nil
	}
	raw, err := pageLetters.DecodeString(at)
	plain := make([]byte, aes.BlockSize)
	// The last letter has bits to spare and line ends are passed over: only the one spelling that Write gives is read.
	if err == nil && len(raw) == aes.BlockSize && pageLetters.EncodeToString(raw) == at {
		p.block.Decrypt(plain, raw)
	}
	if subtle.ConstantTimeCompare(plain[8:], pageMark) != 1 {
		return 0, fault.New(fault.NotFound, "This page of the history is not here any more; begin again.")
	}
	return int64(binary.BigEndian.Uint64(plain[:8])), nil
}
