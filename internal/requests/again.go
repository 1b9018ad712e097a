package requests

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"strings"

	"claimbench/internal/fault"
	"claimbench/internal/store"
)

// A request that is sent again under one key is the same request: a second press, a page loaded again, a program that
// got no answer. Nobody has an account here, and the secret that the first answer gave is kept nowhere; so it is not
// drawn but worked out, of the key, of what was sent and of a key of the database.

// secretsKey is the fact of the database that holds that key.
const secretsKey = "request_secrets_key"

// fewestOfKey is the length of the shortest key that is taken here: two readers who both call theirs “1” are not to be
// given one address.
const fewestOfKey = 16

// CheckKey is fault.Invalid for a key that others may choose, too.
func CheckKey(key string) error {
	if len(key) < fewestOfKey {
		return fault.New(fault.Invalid, "The key of this request has %d characters; here it has at least %d, so that "+
			"nobody else chooses the same. Make a new one, for example a UUID.", len(key), fewestOfKey)
	}
	return nil
}

// Again gives the secret of a request that came before under the same key, with the same contents; "" it did not.
func (s *Service) Again(ctx context.Context, a Asking) (secret string, err error) {
	defer fault.In(&err, "requests.Again")
	if secret, err = s.secretOf(ctx, a); err != nil || secret == "" {
		return "", err
	}
	there := false
	err = s.db.Read(ctx, func(r *store.Rx) (err error) {
		_, there, err = bySecret(r, secret)
		return err
	})
	if !there {
		secret = ""
	}
	return secret, err
}

// bySecret reads the request whose asker has a secret.
func bySecret(r *store.Rx, secret string) (Request, bool, error) {
	return store.One[Request](r, "SELECT * FROM requests WHERE secret = ?", hashOf(secret))
}

var secretLetters = base32.StdEncoding.WithPadding(base32.NoPadding)

// secretOf works out the secret of what came under a key: 130 bits, as of one that is drawn. "" for what came without.
func (s *Service) secretOf(ctx context.Context, a Asking) (string, error) {
	if a.Sent == "" {
		return "", nil
	}
	key, err := s.secretsKey(ctx)
	if err != nil {
		return "", err
	}
	h := hmac.New(sha256.New, key)
	_, _ = h.Write([]byte(a.Form + "\n" + a.Sent)) // it takes everything
	return strings.ToLower(secretLetters.EncodeToString(h.Sum(nil)))[:secretLength], nil
}

// secretsKey gives the 32 bytes of the database; the first request draws them.
func (s *Service) secretsKey(ctx context.Context) (key []byte, err error) {
	var kept string
	if err := s.db.Read(ctx, func(r *store.Rx) (err error) {
		kept, err = r.Meta(secretsKey)
		return err
	}); err != nil {
		return nil, err
	}
	if kept == "" {
		drawn := make([]byte, 32)
		_, _ = rand.Read(drawn) // never fails (crypto/rand since Go 1.24)
		if err := s.db.Write(ctx, func(tx *store.Tx) (err error) {
			kept, err = tx.MetaOnce(secretsKey, hex.EncodeToString(drawn))
			return err
		}); err != nil {
			return nil, err
		}
	}
	if key, err = hex.DecodeString(kept); err != nil || len(key) != 32 {
		return nil, fault.New(fault.Unavailable, "The key of what readers send (%s in store_meta) is damaged. Delete "+
			"that row; only what was sent before is not known again when it is sent again.", secretsKey)
	}
	return key, nil
}
