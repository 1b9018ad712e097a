package warc_test

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strings"
	"testing"

	"claimbench/internal/fault"
	"claimbench/internal/warc"
)

// waczOf makes a WACZ of an archive; change may change a file after its hash was taken, or drop it ("").
func waczOf(t *testing.T, archive []byte, change func(name string, b []byte) []byte) []byte {
	t.Helper()
	sum := func(b []byte) string { s := sha256.Sum256(b); return "sha256:" + hex.EncodeToString(s[:]) }
	said, err := json.Marshal(map[string]any{"profile": "data-package", "wacz_version": "1.1.1", "resources": []any{
		map[string]any{"name": "data.warc.gz", "path": "archive/data.warc.gz", "hash": sum(archive),
			"bytes": len(archive)}}})
	if err != nil {
		t.Fatal(err)
	}
	digest, err := json.Marshal(map[string]string{"path": "datapackage.json", "hash": sum(said)})
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, f := range []struct {
		name string
		b    []byte
	}{{"archive/data.warc.gz", archive}, {"datapackage.json", said}, {"datapackage-digest.json", digest}} {
		if change != nil {
			if f.b = change(f.name, f.b); f.b == nil {
				continue
			}
		}
		w, err := z.CreateHeader(&zip.FileHeader{Name: f.name, Method: zip.Deflate})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(f.b); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestWACZ: what is in it is read, and nothing of one whose hashes are wrong.
func TestWACZ(t *testing.T) {
	t.Parallel()
	archive := written(t, fetched())
	whole := waczOf(t, archive, nil)
	if !warc.IsWACZ(whole) || warc.IsWACZ(archive) || !warc.Is(archive) || warc.Is(whole) {
		t.Error("a WACZ and a WARC are not told apart")
	}
	docs, err := warc.ReadWACZ(whole)
	if err != nil || len(docs) != 1 || !bytes.Equal(docs[0].Body, fetched().Body) {
		t.Fatalf("it gives %d documents: %v", len(docs), err)
	}
	other := fetched()
	other.Body = []byte("<p>The council approved 41 grants.</p>")
	for name, change := range map[string]func(string, []byte) []byte{
		"another archive": func(n string, b []byte) []byte {
			if strings.HasPrefix(n, "archive/") {
				return written(t, other)
			}
			return b
		},
		"an archive that is gone": func(n string, b []byte) []byte {
			if strings.HasPrefix(n, "archive/") {
				return nil
			}
			return b
		},
		"another datapackage": func(n string, b []byte) []byte {
			if n == "datapackage.json" {
				return bytes.Replace(b, []byte("1.1.1"), []byte("1.1.0"), 1)
			}
			return b
		},
		"an archive without a hash": func(n string, b []byte) []byte {
			switch n {
			case "datapackage.json":
				return []byte(`{"resources":[]}`)
			case "datapackage-digest.json":
				return nil
			}
			return b
		},
		"no datapackage": func(n string, b []byte) []byte {
			if n == "datapackage.json" {
				return nil
			}
			return b
		},
		"a cut archive": func(n string, b []byte) []byte {
			if strings.HasPrefix(n, "archive/") {
				return b[:len(b)-9]
			}
			return b
		},
	} {
		got, err := warc.ReadWACZ(waczOf(t, archive, change))
		if fault.KindOf(err) != fault.Invalid || len(got) != 0 {
			t.Errorf("%s: %d documents, %v", name, len(got), err)
		}
	}
	if _, err := warc.ReadWACZ(whole[:len(whole)-30]); fault.KindOf(err) != fault.Invalid {
		t.Errorf("half a file: %v", err)
	}
}

// A WACZ that unpacks to more than is kept is refused within that much memory.
func TestWACZBomb(t *testing.T) {
	t.Parallel()
	bomb := bytes.Repeat([]byte{0}, 70<<20)
	raw := waczOf(t, bomb, nil)
	if _, err := warc.ReadWACZ(raw); fault.KindOf(err) != fault.TooLarge {
		t.Errorf("%d bytes that unpack to 70 MiB: %v", len(raw), err)
	}
}
