package proof

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
	"testing"
)

// packed writes files as a bundle is written.
func packed(t testing.TB, names []string, data func(name string) string) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, name := range names {
		w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate})
		if err == nil {
			_, err = io.WriteString(w, data(name))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// TestForeignFiles: what is no bundle is refused at once, a bomb too.
func TestForeignFiles(t *testing.T) {
	none := func(string) string { return "" }
	twice := append([]string{Files[0]}, Files...)
	for name, c := range map[string]struct {
		data  []byte
		place string
	}{
		"nothing":      {nil, "no whole zip"},
		"words":        {[]byte("a bundle"), "no whole zip"},
		"no files":     {packed(t, nil, none), "holds 0 files"},
		"a file twice": {packed(t, twice, none), "holds 9 files"},
		"another name": {packed(t, append([]string{"../x"}, Files[1:]...), none), `"../x"`},
		"empty files":  {packed(t, Files, none), ""},
		"a bomb": {packed(t, Files, func(string) string { return strings.Repeat("0", 8<<20) }),
			"would unpack to"},
	} {
		r, err := Verify(bytes.NewReader(c.data), int64(len(c.data)), Options{})
		if err != nil || r.OK() || !strings.Contains(r.Findings[0].Msg, c.place) {
			t.Errorf("%s: %+v, %v", name, r.Findings, err)
		}
	}
}

// FuzzVerify: no file makes the reader of bundles fail otherwise than by saying so, and none that it was not given the
// claims of is proved.
func FuzzVerify(f *testing.F) {
	f.Add([]byte("{}"), []byte("a\n1\nAAAA\n"), []byte(`{"claim_set":{},`+"\n"+`"claims":[`+"\n]}\n"), []byte("{}\n"),
		false)
	f.Add([]byte(`{"format":"claimbench/bundle/1","set":1,"version":1,"claims":0,"report_lang":"","report_form":"",`+
		`"files":[]}`+"\n"), []byte("log\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n— log AAAAAAAA\n"),
		[]byte(`{"claim_set":{"a":1},`+"\n"+`"claims":[`+"\n]}\n"), []byte(`{"root":"","event":{}}`+"\n"), false)
	f.Fuzz(func(t *testing.T, manifest, checkpoint, claims, rest []byte, raw bool) {
		data := claims
		if !raw {
			data = packed(t, Files, func(name string) string {
				switch name {
				case ManifestFile:
					return string(manifest)
				case CheckpointFile:
					return string(checkpoint)
				case ClaimsFile:
					return string(claims)
				}
				return string(rest)
			})
		}
		r, err := Verify(bytes.NewReader(data), int64(len(data)), Options{})
		if err == nil && r.OK() {
			t.Errorf("it is proved: %+v", r)
		}
	})
}
