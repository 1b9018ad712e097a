package house_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"math/big"
	"testing"
	"time"

	"claimbench/internal/captures"
	"claimbench/internal/roomtest"
)

// stamping names a time stamp service, which is never asked: nothing is captured after it.
func stamping(t *testing.T, w *roomtest.World) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	of := &x509.Certificate{SerialNumber: big.NewInt(1), NotBefore: time.Unix(0, 0),
		NotAfter: time.Now().Add(time.Hour)}
	der, err := x509.CreateCertificate(rand.Reader, of, of, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Captures.SetStamping(roomtest.Ctx(), w.As("admin-1"), captures.Stamping{
		Address:     "https://clock.example/",
		Certificate: string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}))}); err != nil {
		t.Fatal(err)
	}
}
