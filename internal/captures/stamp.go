package captures

import (
	"bytes"
	"crypto"
	"crypto/rand"
	"crypto/x509"
	"encoding/json"
	"math/big"
	"mime"
	"slices"
	"time"

	"github.com/digitorus/pkcs7"
	"github.com/digitorus/timestamp"

	"claimbench/internal/fault"
)

// Stamp is what a time stamp (RFC 3161) of a capture says: that the service had the hash of the document at a moment.
type Stamp struct {
	Service string `json:"service"` // its address
	At      string `json:"at"`      // RFC 3339, as the service says
	Signer  string `json:"signer"`  // whom its certificate names
	Serial  string `json:"serial"`
	Token   string `json:"token_sha256"` // of the token, which proves it
}

// Stamp gives the time stamp of a capture; false when there is none.
func (c Capture) Stamped() (s Stamp, there bool, err error) {
	if c.Stamp == "" {
		return s, false, nil
	}
	return s, true, json.Unmarshal([]byte(c.Stamp), &s)
}

const (
	stampQuery = "application/timestamp-query"
	stampReply = "application/timestamp-reply"
	mostToken  = 64 << 10
	// mostOff is how far the clock of a service may be from ours.
	mostOff = 24 * time.Hour
)

// question is what a service is asked: to stamp a hash, and no more leaves.
type question struct {
	hash  []byte
	nonce *big.Int
	query []byte
}

func ask(hash []byte) (q question, err error) {
	q.hash = hash
	if q.nonce, err = rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 96)); err != nil {
		return q, err
	}
	q.query, err = (&timestamp.Request{HashAlgorithm: crypto.SHA256, HashedMessage: hash, Nonce: q.nonce,
		Certificates: true}).Marshal()
	return q, err
}

// judge reads the answer to a question: it must be a token over the very hash, with the nonce, signed with a
// certificate for time stamps that leads to a trusted one and held at that moment. Else it is fault.Invalid.
func (q question) judge(media string, body []byte, trusted []*x509.Certificate, now time.Time) (token []byte, s Stamp,
	err error) {
	if kind, _, _ := mime.ParseMediaType(media); kind != stampReply {
		return nil, s, noStamp(nil, "The service answers with %.60q, which is no time stamp. See whether the address "+
			"is that of a time stamp service (RFC 3161).", kind)
	}
	t, err := timestamp.ParseResponse(body)
	if err != nil {
		return nil, s, noStamp(err, "The service gives no time stamp, or one that cannot be read: %.200s.", err)
	}
	switch {
	case t.Nonce == nil || t.Nonce.Cmp(q.nonce) != 0:
		return nil, s, noStamp(nil, "The time stamp answers another question: its nonce is another.")
	case now.Sub(t.Time).Abs() > mostOff:
		return nil, s, noStamp(nil, "The time stamp is of %s, and it is %s here. One of the clocks is wrong.",
			t.Time.UTC().Format(time.RFC3339), now.UTC().Format(time.RFC3339))
	}
	signer, err := tokenSigner(t.RawToken, q.hash)
	if err != nil {
		return nil, s, err
	}
	if err := holds(signer, t, trusted); err != nil {
		return nil, s, err
	}
	s = Stamp{At: t.Time.UTC().Format(time.RFC3339Nano), Signer: oneLine(signer.Subject.String()),
		Token: hashOf(t.RawToken)}
	if t.SerialNumber != nil {
		s.Serial = t.SerialNumber.Text(16)
	}
	return t.RawToken, s, nil
}

func noStamp(err error, format string, a ...any) error {
	return fault.Wrap(fault.Invalid, err, format, a...)
}

// tokenSigner checks the signature of a token, and that it is over a hash, and gives the certificate that signed.
func tokenSigner(token, hash []byte) (*x509.Certificate, error) {
	t, err := timestamp.Parse(token)
	if err != nil {
		return nil, noStamp(err, "The time stamp cannot be read, or its signature is wrong.")
	}
	if t.HashAlgorithm != crypto.SHA256 || !bytes.Equal(t.HashedMessage, hash) {
		return nil, noStamp(nil, "The time stamp is of another document: its hash is another.")
	}
	p, err := pkcs7.Parse(token)
	if err != nil {
		return nil, noStamp(err, "The time stamp cannot be read.")
	}
	signer := p.GetOnlySigner()
	if signer == nil || len(p.Certificates) == 0 { // without one, nothing was verified above
		return nil, noStamp(nil, "The time stamp does not hold the one certificate by which it was signed.")
	}
	if err := p.Verify(); err != nil {
		return nil, noStamp(err, "The signature of the time stamp is wrong.")
	}
	return signer, nil
}

// holds says whether a certificate is one for time stamps that leads to a trusted one, at the moment of the stamp.
func holds(signer *x509.Certificate, t *timestamp.Timestamp, trusted []*x509.Certificate) error {
	if !slices.Contains(signer.ExtKeyUsage, x509.ExtKeyUsageTimeStamping) {
		return noStamp(nil, "The certificate of the service is not one for time stamps.")
	}
	roots, between := x509.NewCertPool(), x509.NewCertPool()
	for _, c := range trusted {
		roots.AddCert(c)
	}
	for _, c := range t.Certificates {
		between.AddCert(c)
	}
	signer = criticalKnown(signer)
	if _, err := signer.Verify(x509.VerifyOptions{Roots: roots, Intermediates: between, CurrentTime: t.Time,
		KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageTimeStamping}}); err != nil {
		return noStamp(err, "The certificate of the service did not hold at the moment of the stamp, or does not lead "+
			"to the one that the admin gave: %.200s.", err)
	}
	return nil
}

// criticalKnown gives a certificate of which the extended key usage counts as handled: RFC 3161 wants it critical, and
// it was looked at.
func criticalKnown(c *x509.Certificate) *x509.Certificate {
	usage := []int{2, 5, 29, 37}
	out := *c
	out.UnhandledCriticalExtensions = nil
	for _, id := range c.UnhandledCriticalExtensions {
		if !id.Equal(usage) {
			out.UnhandledCriticalExtensions = append(out.UnhandledCriticalExtensions, id)
		}
	}
	return &out
}
