package proof

import (
	"archive/zip"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// Bounds of a bundle that is read: what it may unpack to, all in all and for each byte of the file, and a line.
const (
	mostUnpacked = 4 << 30
	mostRatio    = 400
	smallest     = 1 << 20 // up to this a file may unpack whatever its ratio
	mostLine     = 16 << 20
)

// The parts of a zip file as its writer makes them: a header before each file, its data, sizes behind it, and at the
// end a list of the files.
const (
	localHeader = 30
	sizesBehind = 16
)

// openZip opens a bundle and looks that it holds the files of one and nothing else, in any place of the file.
func openZip(r io.ReaderAt, size int64) ([]*zip.File, error) {
	z, err := zip.NewReader(r, size)
	if err != nil {
		return nil, fmt.Errorf("it is no whole zip file: %w", err)
	}
	if len(z.File) != len(Files) {
		return nil, fmt.Errorf("it holds %d files, and a bundle %d", len(z.File), len(Files))
	}
	at := int64(0)
	var declared uint64
	var list []byte
	for i, f := range z.File {
		if f.Name != Files[i] {
			return nil, fmt.Errorf("its file %d is %.40q, and of a bundle it is %s", i+1, f.Name, Files[i])
		}
		list = appendListed(list, f, at)
		if at, err = endOf(r, f, at); err != nil {
			return nil, fmt.Errorf("%s: %w", f.Name, err)
		}
		declared += f.UncompressedSize64
	}
	if declared > mostUnpacked || declared > smallest && declared > mostRatio*uint64(size) {
		return nil, fmt.Errorf("its files would unpack to %d bytes", declared)
	}
	list = appendEnd(list, len(z.File), at)
	tail := make([]byte, len(list))
	if at+int64(len(list)) != size {
		return nil, errors.New("bytes stand in it that belong to no file")
	}
	if _, err := r.ReadAt(tail, at); err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	if string(tail) != string(list) {
		return nil, errors.New("its list of files is not written as a bundle's is")
	}
	return z.File, nil
}

// appendListed writes what the list says of a file that begins at a place.
func appendListed(b []byte, f *zip.File, at int64) []byte {
	b = append(b, "PK\x01\x02\x14\x00\x14\x00\x08\x00\x08\x00\x00\x00\x00\x00"...)
	b = binary.LittleEndian.AppendUint32(b, f.CRC32)
	b = binary.LittleEndian.AppendUint32(b, uint32(f.CompressedSize64))
	b = binary.LittleEndian.AppendUint32(b, uint32(f.UncompressedSize64))
	b = binary.LittleEndian.AppendUint16(b, uint16(len(f.Name)))
	b = append(b, make([]byte, 12)...)
	b = binary.LittleEndian.AppendUint32(b, uint32(at))
	return append(b, f.Name...)
}

// appendEnd writes the end of a list of n files that begins at a place, behind the list.
func appendEnd(list []byte, n int, at int64) []byte {
	b := append(list, "PK\x05\x06\x00\x00\x00\x00"...)
	b = binary.LittleEndian.AppendUint16(b, uint16(n))
	b = binary.LittleEndian.AppendUint16(b, uint16(n))
	b = binary.LittleEndian.AppendUint32(b, uint32(len(list)))
	b = binary.LittleEndian.AppendUint32(b, uint32(at))
	return append(b, 0, 0)
}

// endOf looks that a file stands at a place in the form in which a bundle is written, and gives where it ends.
func endOf(r io.ReaderAt, f *zip.File, at int64) (int64, error) {
	form := errors.New("it is not written as a bundle's file is")
	if f.CompressedSize64 >= 1<<32-1 || f.UncompressedSize64 >= 1<<32-1 || at >= 1<<32-1 {
		return 0, form
	}
	head := make([]byte, localHeader+len(f.Name))
	if _, err := r.ReadAt(head, at); err != nil {
		return 0, err
	}
	want := make([]byte, 0, len(head))
	want = append(want, "PK\x03\x04\x14\x00\x08\x00\x08\x00"...)
	want = append(want, make([]byte, 16)...)
	want = binary.LittleEndian.AppendUint16(want, uint16(len(f.Name)))
	want = append(binary.LittleEndian.AppendUint16(want, 0), f.Name...)
	if string(head) != string(want) {
		return 0, form
	}
	at += int64(len(head)) + int64(f.CompressedSize64)
	var behind [sizesBehind]byte
	if _, err := r.ReadAt(behind[:], at); err != nil {
		return 0, err
	}
	sizes := binary.LittleEndian.AppendUint32([]byte("PK\x07\x08"), f.CRC32)
	sizes = binary.LittleEndian.AppendUint32(sizes, uint32(f.CompressedSize64))
	sizes = binary.LittleEndian.AppendUint32(sizes, uint32(f.UncompressedSize64))
	if string(behind[:]) != string(sizes) {
		return 0, form
	}
	return at + sizesBehind, nil
}
