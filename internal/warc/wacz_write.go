package warc

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"hash"
	"io"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Package writes a WACZ file (Web Archive Collection Zipped, 1.1.1), one file after the other, and holds none of them:
// only what the index says of the archive that is open.
type Package struct {
	z       *zip.Writer
	said    datapackage
	archive string // the name of the one that is open, without its ending
	out     *member
	index   []string
}

// NewPackage begins a WACZ file.
func NewPackage(w io.Writer, title, description, software string, at time.Time) *Package {
	return &Package{z: zip.NewWriter(w), said: datapackage{Profile: "data-package", Version: "1.1.1", Title: title,
		Description: description, Created: at.UTC().Format(time.RFC3339), Software: software, Resources: []resource{}}}
}

// member is a file of a package that is being written.
type member struct {
	w io.Writer
	h hash.Hash
	n int64
}

func (m *member) Write(p []byte) (int, error) {
	n, err := m.w.Write(p)
	_, _ = m.h.Write(p[:n]) // a hash takes everything
	m.n += int64(n)
	return n, err
}

// File writes a file, and notes its hash.
func (p *Package) File(name string, write func(io.Writer) error) error {
	if err := p.endArchive(); err != nil {
		return err
	}
	return p.file(name, zip.Deflate, write)
}

func (p *Package) file(name string, method uint16, write func(io.Writer) error) error {
	m, err := p.begin(name, method)
	if err != nil {
		return err
	}
	if err := write(m); err != nil {
		return err
	}
	p.note(name, m)
	return nil
}

func (p *Package) begin(name string, method uint16) (*member, error) {
	w, err := p.z.CreateHeader(&zip.FileHeader{Name: name, Method: method})
	return &member{w: w, h: sha256.New()}, err
}

func (p *Package) note(name string, m *member) {
	p.said.Resources = append(p.said.Resources, resource{Name: path.Base(name), Path: name,
		Hash: "sha256:" + hex.EncodeToString(m.h.Sum(nil)), Bytes: m.n})
}

// Archive begins an archive of records, with an index of its own: archive/NAME.warc.gz, which is not packed once more,
// so that readers find a record in it by its place.
func (p *Package) Archive(name string) (err error) {
	if err := p.endArchive(); err != nil {
		return err
	}
	p.archive, p.index = name, nil
	p.out, err = p.begin("archive/"+name+".warc.gz", zip.Store)
	return err
}

// Put adds records, each a gzip member, to the archive. Each digest is computed again first; the headers that say who
// asked go out with none (the records are written anew without them).
func (p *Package) Put(raw []byte) error {
	secret := false
	look := func(do func(Record)) error {
		return Walk(bytes.NewReader(raw), func(r Record) error { do(r); return nil })
	}
	if err := look(func(r Record) { secret = secret || len(r.Secrets) > 0 }); err != nil {
		return err
	}
	if secret {
		docs, err := Read(bytes.NewReader(raw))
		if err != nil {
			return err
		}
		var b bytes.Buffer
		for _, d := range docs {
			if err := Write(&b, d, p.said.Software); err != nil {
				return err
			}
		}
		raw = b.Bytes()
	}
	from := p.out.n
	if err := look(func(r Record) {
		if r.Type == "response" || r.Type == "resource" {
			r.Offset += from
			p.index = append(p.index, cdxj(r, p.archive+".warc.gz"))
		}
	}); err != nil {
		return err
	}
	_, err := p.out.Write(raw)
	return err
}

// Len is how many documents the archive that is open holds.
func (p *Package) Len() int { return len(p.index) }

// endArchive ends the archive that is open, and writes its index.
func (p *Package) endArchive() error {
	if p.out == nil {
		return nil
	}
	p.note("archive/"+p.archive+".warc.gz", p.out)
	p.out = nil
	slices.Sort(p.index)
	return p.file("indexes/"+p.archive+".cdx", zip.Deflate, func(w io.Writer) error {
		for _, l := range p.index {
			if _, err := io.WriteString(w, l+"\n"); err != nil {
				return err
			}
		}
		return nil
	})
}

// Close ends the file: what it holds, with the hash of each file, and the hash of that.
func (p *Package) Close() error {
	if err := p.endArchive(); err != nil {
		return err
	}
	said, err := json.MarshalIndent(p.said, "", "  ")
	if err != nil {
		return err
	}
	sum := sha256.Sum256(said)
	digest, err := json.Marshal(map[string]string{"path": "datapackage.json",
		"hash": "sha256:" + hex.EncodeToString(sum[:])})
	if err != nil {
		return err
	}
	for _, f := range []struct {
		name string
		is   []byte
	}{{"datapackage.json", said}, {"datapackage-digest.json", digest}} {
		w, err := p.z.CreateHeader(&zip.FileHeader{Name: f.name, Method: zip.Deflate})
		if err == nil {
			_, err = w.Write(f.is)
		}
		if err != nil {
			return err
		}
	}
	return p.z.Close()
}

// cdxj is the line of an index about a record: a key by which addresses are sorted, the moment, and what and where it
// is.
func cdxj(r Record, file string) string {
	moment := strings.Repeat("0", 14)
	if t, err := time.Parse(time.RFC3339, r.Day); err == nil {
		moment = t.UTC().Format("20060102150405")
	}
	says := struct {
		URL    string `json:"url"`
		Mime   string `json:"mime"`
		Status string `json:"status,omitempty"`
		Digest string `json:"digest"`
		Length string `json:"length"`
		Offset string `json:"offset"`
		File   string `json:"filename"`
	}{URL: r.Target, Mime: bare(r.Media), Digest: r.Digest, Length: itoa(r.Length),
		Offset: itoa(r.Offset), File: file}
	if r.Status > 0 {
		says.Status = strconv.Itoa(r.Status)
	}
	b, _ := json.Marshal(says) //nolint:errchkjson // strings can be written
	return surt(r.Target) + " " + moment + " " + string(b)
}

func bare(media string) string {
	kind, _, _ := strings.Cut(media, ";")
	if kind = strings.TrimSpace(kind); kind == "" {
		return "application/octet-stream"
	}
	return kind
}

// surt is an address in the order in which indexes are sorted: “org,example)/a?b=c”. What is no address of the web
// stays as it is, without spaces.
func surt(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return strings.ReplaceAll(address, " ", "%20")
	}
	labels := strings.Split(strings.TrimPrefix(strings.ToLower(u.Hostname()), "www."), ".")
	if !strings.Contains(u.Hostname(), ":") {
		slices.Reverse(labels)
	}
	out := strings.Join(labels, ",")
	if port := u.Port(); port != "" && port != "80" && port != "443" {
		out += ":" + port
	}
	out += ")" + strings.ToLower(u.EscapedPath())
	if u.EscapedPath() == "" {
		out += "/"
	}
	if u.RawQuery != "" {
		parts := strings.Split(strings.ToLower(u.RawQuery), "&")
		slices.Sort(parts)
		out += "?" + strings.Join(parts, "&")
	}
	return strings.ReplaceAll(out, " ", "%20")
}

func itoa(n int64) string { return strconv.FormatInt(n, 10) }
