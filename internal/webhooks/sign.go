package webhooks

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// The headers of a delivery, as Standard Webhooks names them (https://www.standardwebhooks.com, version 1).
const (
	HeaderID        = "Webhook-Id"        // the same at every try: whoever is told twice knows it by that
	HeaderTimestamp = "Webhook-Timestamp" // of this try, in seconds since 1970
	HeaderSignature = "Webhook-Signature" // "v1,BASE64"
)

const secretPrefix = "whsec_"

// newSecret makes a secret of 32 random bytes, written as Standard Webhooks has it.
func newSecret() string {
	var b [32]byte
	_, _ = rand.Read(b[:]) // it never fails
	return secretPrefix + base64.StdEncoding.EncodeToString(b[:])
}

// Sign gives the signature of a delivery: HMAC-SHA-256 under the secret of “ID.SECONDS.BODY”.
func Sign(secret, id string, at time.Time, body []byte) (string, error) {
	mac, err := macOf(secret, id, strconv.FormatInt(at.Unix(), 10), body)
	if err != nil {
		return "", err
	}
	return "v1," + base64.StdEncoding.EncodeToString(mac), nil
}

func macOf(secret, id, seconds string, body []byte) ([]byte, error) {
	key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(secret, secretPrefix))
	if err != nil || !strings.HasPrefix(secret, secretPrefix) || len(key) == 0 {
		return nil, errors.New("this is no secret of a webhook: it reads whsec_ and base64")
	}
	h := hmac.New(sha256.New, key)
	_, _ = fmt.Fprintf(h, "%s.%s.", id, seconds)
	_, _ = h.Write(body)
	return h.Sum(nil), nil
}

// tolerance is how far the clocks of sender and receiver may be apart, and how old a delivery may be.
const tolerance = 5 * time.Minute

// Check is what a receiver does: it says whether a delivery was signed with the secret, just now. header gives a header
// by its name. Of several signatures, by spaces, one must hold.
func Check(secret string, header func(string) string, body []byte, now time.Time) error {
	id, seconds, all := header(HeaderID), header(HeaderTimestamp), header(HeaderSignature)
	if id == "" || seconds == "" || all == "" {
		return errors.New("the delivery has no signature")
	}
	n, err := strconv.ParseInt(seconds, 10, 64)
	if err != nil {
		return fmt.Errorf("the moment of the delivery, %.20q, is no number of seconds", seconds)
	}
	mac, err := macOf(secret, id, seconds, body)
	if err != nil {
		return err
	}
	signed := false
	for _, s := range strings.Fields(all) {
		version, said, _ := strings.Cut(s, ",")
		raw, err := base64.StdEncoding.DecodeString(said)
		signed = signed || version == "v1" && err == nil && hmac.Equal(raw, mac)
	}
	if !signed {
		return errors.New("the signature is not of this delivery and this secret")
	}
	if apart := now.Sub(time.Unix(n, 0)); apart > tolerance || apart < -tolerance {
		return fmt.Errorf("the delivery was signed at %s, and here it is %s: it is old, was sent again by somebody "+
			"else, or one of the clocks is wrong", time.Unix(n, 0).UTC().Format(time.RFC3339),
			now.UTC().Format(time.RFC3339))
	}
	return nil
}
