package main

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"claimbench/internal/proof"
	"claimbench/internal/warc"
)

// A WACZ is checked by its own hashes, which say that it is whole, and not who made it.
func TestVerifyWACZ(t *testing.T) {
	t.Parallel()
	var rec, b bytes.Buffer
	if err := warc.Write(&rec, warc.Document{Address: "https://a.example/", Day: time.Unix(0, 0), Status: 200,
		Media: "text/plain", Body: []byte("Words.")}, "test"); err != nil {
		t.Fatal(err)
	}
	p := warc.NewPackage(&b, "Kept", "", "test", time.Unix(0, 0))
	if err := p.Archive("a"); err != nil {
		t.Fatal(err)
	}
	if err := p.Put(rec.Bytes()); err != nil {
		t.Fatal(err)
	}
	if err := p.File("notes.txt", func(w io.Writer) error {
		_, err := io.WriteString(w, strings.Repeat("Some notes. ", 3))
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
	whole, changed := filepath.Join(t.TempDir(), "a.wacz"), filepath.Join(t.TempDir(), "b.wacz")
	broken := bytes.Clone(b.Bytes())
	broken[bytes.Index(broken, rec.Bytes())+rec.Len()/2] ^= 1
	for name, is := range map[string][]byte{whole: b.Bytes(), changed: broken} {
		if err := os.WriteFile(name, is, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	verify := func(name string) (string, string, int) {
		var out, said strings.Builder
		code := run([]string{"verify", name}, strings.NewReader(""), &out, &said)
		return out.String(), said.String(), code
	}
	if out, _, code := verify(whole); code != 0 || !strings.Contains(out,
		"“Kept”, 1 documents in 3 files") {
		t.Errorf("%d: %s", code, out)
	}
	if out, said, code := verify(changed); code != proof.ExitTampered || !strings.Contains(said,
		"is not as it was written") {
		t.Errorf("%d: %s%s", code, out, said)
	}
}
