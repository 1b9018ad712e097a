package warc

import (
	"archive/zip"
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"path"
	"strings"

	"claimbench/internal/fault"
)

// Checked is what was compared in a WACZ file.
type Checked struct {
	Title     string
	Files     int   // of which the hash is right
	Documents int   // whose digest is right
	Bytes     int64 // of all files, unpacked
}

// VerifyWACZ computes every hash of a WACZ file of any size again: of its files, of what it says of itself, and of each
// record; and looks up each record of its indexes. It holds none of them. It is fault.Invalid when one is wrong or
// missing, or when the file is none.
func VerifyWACZ(r io.ReaderAt, size int64) (c Checked, err error) {
	z, err := zip.NewReader(r, size)
	if err != nil {
		return c, wrong(err, "It cannot be read as WACZ.")
	}
	left := int64(3 * MostBody)
	said, err := packageOf(z, &left)
	if err != nil {
		return c, err
	}
	c.Title = said.Title
	listed := map[string]resource{}
	for _, res := range said.Resources {
		listed[res.Path] = res
	}
	places := map[place]bool{} // in which file, and where, a document begins
	for _, f := range z.File {
		res, is := listed[f.Name]
		switch {
		case strings.HasSuffix(f.Name, "/") || f.Name == "datapackage.json" || f.Name == "datapackage-digest.json":
			continue
		case !is:
			return c, wrong(nil, "No hash is given of “%.100s” in it, so that nobody can tell whether it was changed.",
				f.Name)
		}
		delete(listed, f.Name)
		if err := verifyFile(f, res, &c, places); err != nil {
			return c, err
		}
	}
	for name := range listed {
		return c, wrong(nil, "It says that it holds “%.100s”, which is not there.", name)
	}
	if c.Documents == 0 {
		return c, wrong(nil, "It holds no document.")
	}
	return c, indexed(z, places)
}

// place is where a document begins.
type place struct {
	file   string
	offset string
}

func verifyFile(f *zip.File, res resource, c *Checked, places map[place]bool) error {
	in, err := f.Open()
	if err != nil {
		return wrong(err, "“%.100s” in it cannot be unpacked.", f.Name)
	}
	defer func() { _ = in.Close() }()
	m := &member{w: io.Discard, h: sha256.New()}
	all := io.TeeReader(in, m)
	if path.Dir(f.Name) == "archive" {
		if err := Walk(all, func(r Record) error {
			if r.Type == "response" || r.Type == "resource" {
				c.Documents++
				places[place{path.Base(f.Name), itoa(r.Offset)}] = true
			}
			return nil
		}); err != nil {
			return err
		}
	}
	if _, err := io.Copy(io.Discard, all); err != nil {
		return wrong(err, "“%.100s” in it cannot be unpacked.", f.Name)
	}
	if !strings.EqualFold(res.Hash, "sha256:"+hex.EncodeToString(m.h.Sum(nil))) {
		return wrong(nil, "The hash of “%.100s” in it is wrong: it was changed after it was made, or broke on the way.",
			f.Name)
	}
	c.Files, c.Bytes = c.Files+1, c.Bytes+m.n
	return nil
}

// indexed looks whether what plain indexes name begins where they say.
func indexed(z *zip.Reader, places map[place]bool) error {
	for _, f := range z.File {
		if path.Dir(f.Name) != "indexes" || path.Ext(f.Name) != ".cdx" && path.Ext(f.Name) != ".cdxj" {
			continue
		}
		in, err := f.Open()
		if err != nil {
			return wrong(err, "“%.100s” in it cannot be unpacked.", f.Name)
		}
		err = eachLine(in, func(l string) error {
			_, says, _ := strings.Cut(l, "{")
			var at struct {
				Offset json.Number `json:"offset"`
				File   string      `json:"filename"`
			}
			if json.Unmarshal([]byte("{"+says), &at) != nil || !places[place{path.Base(at.File), at.Offset.String()}] {
				return wrong(nil, "The index “%.100s” in it names a place where no document begins.", f.Name)
			}
			return nil
		})
		_ = in.Close()
		if err != nil {
			return err
		}
	}
	return nil
}

// eachLine reads lines that are not empty.
func eachLine(r io.Reader, do func(string) error) error {
	in := bufio.NewReaderSize(r, 64<<10)
	for {
		l, err := in.ReadSlice('\n')
		if errors.Is(err, bufio.ErrBufferFull) {
			return fault.New(fault.Invalid, "A line of an index in it is too long.")
		}
		if s := strings.TrimSpace(string(l)); s != "" {
			if err := do(s); err != nil {
				return err
			}
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}
