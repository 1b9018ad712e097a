package intake

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
)

// mostOffice is the size of an office file; pictures take most of it.
const mostOffice = 32 << 20

var (
	mediaDOCX = []string{"application/vnd.openxmlformats-officedocument.wordprocessingml.document",
		"application/vnd.ms-word.document.macroenabled.12"}
	mediaODT = []string{"application/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.text-template"}
)

// What an office file may hold. A text of MaxText takes about ten times as much XML.
const (
	officeEntries = 10_000   // files inside it
	officeXML     = 64 << 20 // bytes of one XML file, unpacked
	officeToken   = 1 << 20  // bytes from one token of XML to the next
	officeTokens  = 2 << 20  // tokens of one XML file
	officeDepth   = 250      // elements inside each other
)

var (
	errOfficeOld = says("it is a file of an old format, or it has a password. Save it as DOCX without a " +
		"password")
	errOfficeBroken = says("it is damaged. Open it in the program that made it and save it again")
	errOfficeHuge   = says("one of its parts is far too large for a text. Take only the article out of it")
	errOfficeDeep   = says("its elements lie too deep inside each other. Save it again, or take only the " +
		"article out of it")
)

// officeFile is an office file: a ZIP of XML files.
type officeFile struct{ zip *zip.Reader }

// openOffice opens the ZIP. Its list of entries is counted before it is read, for each entry costs memory.
func openOffice(raw []byte) (officeFile, error) {
	if bytes.HasPrefix(raw, []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")) {
		return officeFile{}, errOfficeOld
	}
	if bytes.Count(raw, []byte("PK\x01\x02")) > officeEntries {
		return officeFile{}, says("it holds more than %d files. Take only the article out of it", officeEntries)
	}
	r, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return officeFile{}, errOfficeBroken
	}
	return officeFile{r}, nil
}

// file is an entry by its name, nil when there is none. Names are compared as OPC does, without case.
func (o officeFile) file(name string) *zip.File {
	for _, f := range o.zip.File {
		if strings.EqualFold(f.Name, name) {
			return f
		}
	}
	return nil
}

// has says whether an entry's name begins so.
func (o officeFile) has(prefix string) bool {
	for _, f := range o.zip.File {
		if len(f.Name) >= len(prefix) && strings.EqualFold(f.Name[:len(prefix)], prefix) {
			return true
		}
	}
	return false
}

// walk gives the elements and the words of an entry, in order, to v. An entry that is not there has none.
func (o officeFile) walk(name string, v officeVisitor) error {
	f := o.file(name)
	if f == nil {
		return nil
	}
	r, err := f.Open()
	if err != nil {
		return errOfficeBroken
	}
	defer r.Close()
	return walkXML(r, v)
}

// first is the beginning of an entry, for those that hold one line.
func (o officeFile) first(name string) string {
	f := o.file(name)
	if f == nil {
		return ""
	}
	r, err := f.Open()
	if err != nil {
		return ""
	}
	defer r.Close()
	b, _ := io.ReadAll(io.LimitReader(r, 200)) // what could be read says enough
	return strings.TrimSpace(string(b))
}
