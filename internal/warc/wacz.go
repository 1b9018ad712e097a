package warc

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"path"
	"strings"

	"claimbench/internal/fault"
)

const (
	// MostWACZ is the largest WACZ file that is read, in bytes.
	MostWACZ = 64 << 20
	// mostInWACZ bounds the files in one.
	mostInWACZ = 1000
)

// IsWACZ says whether bytes are a WACZ file (Web Archive Collection Zipped, 1.1.1): a ZIP with a datapackage.json.
func IsWACZ(raw []byte) bool {
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	return err == nil && entry(z, "datapackage.json") != nil
}

// Is says whether bytes begin as a WARC file does, compressed or not.
func Is(raw []byte) bool {
	if bytes.HasPrefix(raw, []byte{0x1f, 0x8b}) {
		in, err := unpacked(bytes.NewReader(raw))
		if err != nil {
			return false
		}
		raw = make([]byte, 5)
		if _, err := io.ReadFull(in, raw); err != nil {
			return false
		}
	}
	return bytes.HasPrefix(raw, []byte("WARC/"))
}

// datapackage is what a WACZ file says of itself (Frictionless Data Package).
type datapackage struct {
	Profile string `json:"profile,omitempty"`
	Version string `json:"wacz_version,omitempty"`
	Title   string `json:"title,omitempty"`
	// in words for people
	Description string     `json:"description,omitempty"`
	Created     string     `json:"created,omitempty"`
	Software    string     `json:"software,omitempty"`
	Resources   []resource `json:"resources"`
}

type resource struct {
	Name  string `json:"name"`
	Path  string `json:"path"`
	Hash  string `json:"hash"`
	Bytes int64  `json:"bytes"`
}

// ReadWACZ reads the documents of a WACZ file. The hash of each file in it is computed again; it is fault.Invalid when
// one is wrong, when an archive has none, or when the file is none.
func ReadWACZ(raw []byte) (out []Document, err error) {
	if len(raw) > MostWACZ {
		return nil, fault.New(fault.TooLarge, "This file has more than %d MiB.", MostWACZ>>20)
	}
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return nil, wrong(err, "It cannot be read as WACZ.")
	}
	if len(z.File) > mostInWACZ {
		return nil, fault.New(fault.TooLarge, "This file holds more than %d files.", mostInWACZ)
	}
	left := int64(3 * MostBody)
	said, err := packageOf(z, &left)
	if err != nil {
		return nil, err
	}
	listed := map[string][]byte{}
	for _, res := range said.Resources {
		f := entry(z, res.Path)
		if f == nil {
			return nil, wrong(nil, "It says that it holds “%.100s”, which is not there.", res.Path)
		}
		b, err := unzip(f, &left)
		if err != nil {
			return nil, err
		}
		if !hashed(b, res.Hash) {
			return nil, wrong(nil, "The hash of “%.100s” in it is wrong: it was changed after it was made, or broke "+
				"on the way. Save the page again.", res.Path)
		}
		listed[res.Path] = b
	}
	total := 0
	for _, f := range z.File {
		if path.Dir(f.Name) != "archive" || strings.HasSuffix(f.Name, "/") {
			continue
		}
		b, is := listed[f.Name]
		if !is {
			return nil, wrong(nil, "No hash is given of “%.100s” in it, so that nobody can tell whether it was "+
				"changed.", f.Name)
		}
		docs, err := Read(bytes.NewReader(b))
		if err != nil {
			return nil, err
		}
		for _, d := range docs {
			if total += len(d.Body); total > MostBody {
				return nil, fault.New(fault.TooLarge, "The documents of this file have more than %d MiB.", MostBody>>20)
			}
		}
		out = append(out, docs...)
	}
	if len(out) == 0 {
		return nil, wrong(nil, "It holds no document.")
	}
	return out, nil
}

// packageOf reads what a WACZ file says of itself; its own hash is checked where one is given.
func packageOf(z *zip.Reader, left *int64) (said datapackage, err error) {
	f := entry(z, "datapackage.json")
	if f == nil {
		return said, wrong(nil, "It is no WACZ: it has no datapackage.json.")
	}
	b, err := unzip(f, left)
	if err != nil {
		return said, err
	}
	if d := entry(z, "datapackage-digest.json"); d != nil {
		digest, err := unzip(d, left)
		if err != nil {
			return said, err
		}
		var of struct {
			Hash string `json:"hash"`
		}
		if json.Unmarshal(digest, &of) != nil || !hashed(b, of.Hash) {
			return said, wrong(nil, "The hash of its datapackage.json is wrong: it was changed after it was made.")
		}
	}
	if err := json.Unmarshal(b, &said); err != nil {
		return said, wrong(err, "Its datapackage.json cannot be read.")
	}
	if len(said.Resources) > mostInWACZ {
		return said, fault.New(fault.TooLarge, "This file names more than %d files.", mostInWACZ)
	}
	return said, nil
}

func hashed(b []byte, hash string) bool {
	sum := sha256.Sum256(b)
	return strings.EqualFold(hash, "sha256:"+hex.EncodeToString(sum[:]))
}

func entry(z *zip.Reader, name string) *zip.File {
	for _, f := range z.File {
		if f.Name == name {
			return f
		}
	}
	return nil
}

// unzip reads a file of an archive; left is how many bytes the archive may still unpack to.
func unzip(f *zip.File, left *int64) ([]byte, error) {
	r, err := f.Open()
	if err != nil {
		return nil, wrong(err, "“%.100s” in it cannot be unpacked.", f.Name)
	}
	defer func() { _ = r.Close() }()
	b, err := io.ReadAll(io.LimitReader(r, *left+1))
	if *left -= int64(len(b)); *left < 0 {
		return nil, fault.New(fault.TooLarge, "This file unpacks to more than %d MiB.", 3*MostBody>>20)
	}
	if errors.Is(err, zip.ErrChecksum) {
		return nil, wrong(err, "“%.100s” in it is broken: its checksum is wrong.", f.Name)
	}
	if err != nil {
		return nil, wrong(err, "“%.100s” in it cannot be unpacked.", f.Name)
	}
	return b, nil
}
