package proof

import (
	"archive/zip"
	"bufio"
	"bytes"
	"compress/flate"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"hash"
	"hash/crc32"
	"io"
)

// unpacked reads one file of a bundle, and knows at its end whether all of it was as its header says.
type unpacked struct {
	file *zip.File
	raw  *bufio.Reader
	data io.Reader
	sum  hash.Hash
	crc  hash.Hash32
	n    uint64
	ends *bufio.Reader // of lines
}

func unpack(f *zip.File) (*unpacked, error) {
	raw, err := f.OpenRaw()
	if err != nil {
		return nil, err
	}
	u := &unpacked{file: f, raw: bufio.NewReaderSize(raw, 64<<10), sum: sha256.New(), crc: crc32.NewIEEE()}
	u.data = flate.NewReader(u.raw) // it takes no byte more than it needs, as that is an io.ByteReader
	u.ends = bufio.NewReaderSize(reading{u}, 64<<10)
	return u, nil
}

// reading is what an unpacked file holds, up to its length.
type reading struct{ *unpacked }

var errLonger = errors.New("it is longer than it says")

func (r reading) Read(p []byte) (int, error) {
	n, err := r.data.Read(p)
	if r.n += uint64(n); r.n > r.file.UncompressedSize64 {
		return 0, errLonger
	}
	_, _ = r.sum.Write(p[:n]) // hashes take everything
	_, _ = r.crc.Write(p[:n])
	return n, err
}

// line gives the next line without its end; io.EOF after the last. A file ends with the end of a line.
func (u *unpacked) line() ([]byte, error) {
	var whole []byte
	for {
		part, err := u.ends.ReadSlice('\n')
		if err == nil && whole == nil {
			return part[:len(part)-1], nil
		}
		whole = append(whole, part...)
		switch {
		case err == nil:
			return whole[:len(whole)-1], nil
		case len(whole) > mostLine:
			return nil, errors.New("a line of it is too long")
		case errors.Is(err, bufio.ErrBufferFull):
		case errors.Is(err, io.EOF) && len(whole) > 0:
			return nil, errors.New("it does not end with the end of a line")
		default:
			return nil, err
		}
	}
}

// whole reads all of a small file.
func (u *unpacked) whole() ([]byte, error) {
	var b bytes.Buffer
	n, err := io.CopyN(&b, u.ends, mostLine+1)
	switch {
	case n > mostLine:
		return nil, errors.New("it is too long")
	case err != nil && !errors.Is(err, io.EOF):
		return nil, err
	}
	return b.Bytes(), u.end()
}

// end says whether the file ends here, and was what its header says.
func (u *unpacked) end() error {
	if _, err := u.ends.ReadByte(); !errors.Is(err, io.EOF) {
		if err == nil {
			err = errors.New("more stands in it than belongs there")
		}
		return err
	}
	if _, err := u.raw.ReadByte(); !errors.Is(err, io.EOF) {
		return errors.New("bytes stand behind what is packed")
	}
	if u.n != u.file.UncompressedSize64 || u.crc.Sum32() != u.file.CRC32 {
		return errors.New("its length or its checksum is another than it says")
	}
	return nil
}

func (u *unpacked) manifest() ManifestLine {
	return ManifestLine{u.file.Name, int64(u.n), hex.EncodeToString(u.sum.Sum(nil))}
}
