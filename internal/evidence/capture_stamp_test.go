package evidence_test

import (
	"context"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/hex"
	"encoding/pem"
	"io"
	"math/big"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/digitorus/timestamp"

	"claimbench/internal/addresses"
	"claimbench/internal/articles"
	"claimbench/internal/captures"
	"claimbench/internal/evidence"
	"claimbench/internal/fault"
	"claimbench/internal/fetch"
	"claimbench/internal/fetch/fetchtest"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// clerk is a time stamp service of tests: how says what is wrong with its answers, "" nothing.
type clerk struct {
	*httptest.Server
	t    *testing.T
	how  atomic.Value
	seen atomic.Value // the body of the last question
	stop chan struct{}
	root *x509.Certificate
	key  *ecdsa.PrivateKey
}

func newClerk(t *testing.T) *clerk {
	t.Helper()
	c := &clerk{t: t, stop: make(chan struct{})}
	c.how.Store("")
	var err error
	if c.key, err = ecdsa.GenerateKey(elliptic.P256(), rand.Reader); err != nil {
		t.Fatal(err)
	}
	c.root = c.certificate(&x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "Clerks"},
		NotBefore: time.Unix(0, 0), NotAfter: time.Now().Add(240 * time.Hour), IsCA: true, BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageCertSign}, nil, c.key, c.key)
	c.Server = httptest.NewServer(http.HandlerFunc(c.serve))
	t.Cleanup(func() { close(c.stop); c.Close() })
	return c
}

func (c *clerk) certificate(of, by *x509.Certificate, key, signer *ecdsa.PrivateKey) *x509.Certificate {
	c.t.Helper()
	if by == nil {
		by = of
	}
	der, err := x509.CreateCertificate(rand.Reader, of, by, &key.PublicKey, signer)
	if err != nil {
		c.t.Fatal(err)
	}
	out, err := x509.ParseCertificate(der)
	if err != nil {
		c.t.Fatal(err)
	}
	return out
}

func (c *clerk) pem() string {
	return string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: c.root.Raw}))
}

func (c *clerk) serve(w http.ResponseWriter, r *http.Request) {
	how, _ := c.how.Load().(string)
	body, err := io.ReadAll(r.Body)
	q, bad := timestamp.ParseRequest(body)
	if err != nil || bad != nil || r.Method != http.MethodPost ||
		r.Header.Get("Content-Type") != "application/timestamp-query" || r.Header.Get("Cookie") != "" {
		http.Error(w, "no question", http.StatusBadRequest)
		return
	}
	c.seen.Store(body)
	switch how {
	case "silent":
		select {
		case <-c.stop:
		case <-r.Context().Done():
		}
		return
	case "html":
		w.Header().Set("Content-Type", "text/html")
		_, _ = io.WriteString(w, "<p>Sign in first.</p>")
		return
	case "busy":
		w.WriteHeader(http.StatusServiceUnavailable)
		return
	case "elsewhere":
		http.Redirect(w, r, "http://127.0.0.1:1/", http.StatusFound)
		return
	}
	w.Header().Set("Content-Type", "application/timestamp-reply")
	switch how {
	case "long":
		_, _ = w.Write(make([]byte, 1<<20))
	case "noise":
		_, _ = io.WriteString(w, "0 noise")
	default:
		_, _ = w.Write(c.answer(how, q))
	}
}

func (c *clerk) answer(how string, q *timestamp.Request) []byte {
	signer := &x509.Certificate{SerialNumber: big.NewInt(2), Subject: pkix.Name{CommonName: "Clerk One"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		KeyUsage: x509.KeyUsageDigitalSignature,
		ExtraExtensions: []pkix.Extension{{Id: asn1.ObjectIdentifier{2, 5, 29, 37}, Critical: true, // RFC 3161 wants it
			Value: []byte{0x30, 0x0a, 0x06, 0x08, 0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 0x08}}}}
	t := timestamp.Timestamp{HashAlgorithm: q.HashAlgorithm, HashedMessage: q.HashedMessage, Time: time.Now(),
		Nonce: q.Nonce, Policy: asn1.ObjectIdentifier{1, 2, 3, 4}, AddTSACertificate: true}
	by, key := c.root, c.key
	switch how {
	case "nonce":
		t.Nonce = big.NewInt(7)
	case "hash":
		t.HashedMessage = make([]byte, 32)
	case "expired":
		signer.NotBefore, signer.NotAfter = time.Now().Add(-48*time.Hour), time.Now().Add(-time.Hour)
	case "old":
		t.Time = time.Now().Add(-72 * time.Hour)
		signer.NotBefore = t.Time.Add(-time.Hour)
	case "purpose":
		signer.ExtraExtensions = nil
	case "unsigned":
		t.AddTSACertificate = false
	case "stranger":
		var err error
		if key, err = ecdsa.GenerateKey(elliptic.P256(), rand.Reader); err != nil {
			c.t.Error(err)
		}
		by = c.certificate(&x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "Clerks"},
			NotBefore: time.Unix(0, 0), NotAfter: time.Now().Add(time.Hour), IsCA: true, BasicConstraintsValid: true,
			KeyUsage: x509.KeyUsageCertSign}, nil, key, key)
	}
	mine, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		c.t.Error(err)
	}
	out, err := t.CreateResponseWithOpts(c.certificate(signer, by, mine, key), mine, crypto.SHA256)
	if err != nil {
		c.t.Error(err)
	}
	return out
}

// A capture is stamped by the service that an admin named, which is told the hash and nothing else; what is no stamp of
// it is not kept, whatever the service answers, and the capture stays.
func TestCaptureIsStamped(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		c := newClerk(t)
		o := fetchtest.Loopback(netip.MustParseAddrPort(strings.TrimPrefix(c.URL, "http://")).Port())
		o.Time = 2 * time.Second
		w := roomtest.NewOnWeb(t, db, articles.CollectionNew{}, fetch.New(o))
		a := w.Article(articles.Import{Raw: "Twelve grants were approved.", Source: "Gazette", Lang: "en"})
		cl := w.Claim(a, "Twelve grants were approved", "Twelve grants were approved.")
		keep := func(origin string) (evidence.Item, captures.Capture) {
			t.Helper()
			it, err := w.Evidence.Link(roomtest.Ctx(), w.As("reviewer-1"), document(cl, origin, ""))
			if err != nil {
				t.Fatal(err)
			}
			k, err := w.Evidence.Capture(roomtest.Ctx(), w.As("reviewer-1"), it.ID, words("Twelve, says "+origin+"."))
			if err != nil {
				t.Fatal(err)
			}
			return it, k
		}
		wished := func(id captures.ID) (out addresses.Address) {
			t.Helper()
			if err := db.Read(roomtest.Ctx(), func(r *store.Rx) (err error) {
				out, _, err = addresses.Scheduled(r, captures.Stamps, int64(id))
				return err
			}); err != nil {
				t.Fatal(err)
			}
			return out
		}
		if _, k := keep("before"); wished(k.ID).ID != 0 {
			t.Error("a stamp is asked for before an admin named a service")
		}
		for name, s := range map[string]struct {
			who  string
			is   captures.Stamping
			want fault.Kind
		}{
			"an editor":      {"editor-1", captures.Stamping{Address: c.URL, Certificate: c.pem()}, fault.Forbidden},
			"no certificate": {"admin-1", captures.Stamping{Address: c.URL}, fault.Invalid},
			"words":          {"admin-1", captures.Stamping{Address: c.URL, Certificate: "words"}, fault.Invalid},
			"a key": {"admin-1", captures.Stamping{Address: c.URL,
				Certificate: strings.ReplaceAll(c.pem(), "CERTIFICATE", "PRIVATE KEY")}, fault.Invalid},
			"no address": {"admin-1", captures.Stamping{Address: "file:///etc/passwd", Certificate: c.pem()},
				fault.Invalid},
			"inside": {"admin-1", captures.Stamping{Address: "http://10.0.0.1/", Certificate: c.pem()},
				fault.Invalid},
			"stale": {"admin-1", captures.Stamping{Address: c.URL, Certificate: c.pem(), Version: 3},
				fault.Conflict},
		} {
			if _, err := w.Captures.SetStamping(roomtest.Ctx(), w.As(s.who), s.is); fault.KindOf(err) != s.want {
				t.Errorf("%s: %v", name, err)
			}
		}
		if _, err := w.Captures.SetStamping(roomtest.Ctx(), w.As("admin-1"), captures.Stamping{Address: c.URL,
			Certificate: c.pem()}); err != nil {
			t.Fatal(err)
		}
		_, k := keep("kraken")
		ask := func() {
			t.Helper()
			if err := db.Write(roomtest.Ctx(), func(tx *store.Tx) error { // it is due, and its site may be visited
				if err := tx.Gorm().Exec("DELETE FROM sites").Error; err != nil {
					return err
				}
				return tx.Gorm().Exec("UPDATE addresses SET next_at = 0, tries = 0 WHERE task = 'stamp'").Error
			}); err != nil {
				t.Fatal(err)
			}
			if _, err := w.Web.Finish(context.Background(), []addresses.ID{wished(k.ID).ID},
				func(addresses.Address) {}); err != nil {
				t.Fatal(err)
			}
		}
		stamp := func(id captures.ID) captures.Stamp {
			t.Helper()
			var out captures.Stamp
			if err := db.Read(roomtest.Ctx(), func(r *store.Rx) error {
				is, err := captures.ByID(r, id)
				if err == nil {
					out, _, err = is.Stamped()
				}
				return err
			}); err != nil {
				t.Fatal(err)
			}
			return out
		}
		for how, says := range map[string]string{
			"nonce": "nonce", "hash": "another document", "expired": "certificate", "old": "clocks",
			"html": "text/html", "silent": "did not answer", "busy": "cannot answer now",
			"elsewhere": "leads elsewhere", "long": "more than",
			"noise": "no time stamp", "purpose": "not one for time stamps", "unsigned": "one certificate",
			"stranger": "does not lead",
		} {
			c.how.Store(how)
			ask()
			if got := wished(k.ID); got.Tries != 1 || !strings.Contains(got.Message, says) ||
				got.NextAt <= got.AddedAt {
				t.Errorf("%s: %d tries, %q, next at %s", how, got.Tries, got.Message, got.NextAt)
			}
			if s := stamp(k.ID); s.Service != "" {
				t.Fatalf("%s: it is stamped: %+v", how, s)
			}
		}
		c.how.Store("")
		ask()
		s := stamp(k.ID)
		if at, err := time.Parse(time.RFC3339Nano, s.At); err != nil || time.Since(at).Abs() > time.Minute ||
			s.Service != c.URL || s.Signer != "CN=Clerk One" || wished(k.ID).ID != 0 {
			t.Fatalf("the stamp is %+v, %v; it is asked for still: %v", s, err, wished(k.ID).ID)
		}
		about, err := k.About()
		if err != nil {
			t.Fatal(err)
		}
		hash, err := hex.DecodeString(about.SHA256)
		body, _ := c.seen.Load().([]byte)
		q, bad := timestamp.ParseRequest(body)
		if err != nil || bad != nil || string(q.HashedMessage) != string(hash) || len(body) > 80 {
			t.Errorf("the service is told %d bytes: %+v, %v, %v", len(body), q, err, bad)
		}
		w.Verify()

		// A source that is protected before the stamp came is not told of.
		it, waits := keep("medusa")
		if wished(waits.ID).ID == 0 {
			t.Fatal("no stamp is asked for")
		}
		if _, err := w.Evidence.Protect(roomtest.Ctx(), w.As("editor-1"), it.ID, it.Version, "at risk"); err != nil {
			t.Fatal(err)
		}
		if wished(waits.ID).ID != 0 {
			t.Error("a stamp of a protected source is asked for")
		}
		// By law the stamp goes with the bytes.
		var now captures.Capture
		if err := db.Read(roomtest.Ctx(), func(r *store.Rx) (err error) {
			now, err = captures.ByID(r, k.ID)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Evidence.WithholdCapture(roomtest.Ctx(), w.As("editor-1"), evidence.ID(now.EvidenceID), now.ID,
			now.Version, "A court said so."); err != nil {
			t.Fatal(err)
		}
		if s := stamp(k.ID); s.Service != "" {
			t.Errorf("of a withheld capture the stamp is there: %+v", s)
		}
		w.Verify()
	})
}
