package intake

import (
	"encoding/xml"
	"io"
	"strings"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// officeVisitor is told of each element and its words. enter says whether what is inside is looked at.
type officeVisitor interface {
	enter(e xml.StartElement) bool
	leave(name xml.Name)
	words(s string)
	done() bool // nothing more is wanted
}

// walkXML reads XML in bounded memory: it is never held whole, no token of it may be long, and it has no entities of
// its own.
func walkXML(r io.Reader, v officeVisitor) error {
	in := &allowance{r: r, all: officeXML}
	d := xml.NewDecoder(transform.NewReader(in, unicode.BOMOverride(transform.Nop)))
	d.CharsetReader = func(label string, r io.Reader) (io.Reader, error) {
		if strings.EqualFold(label, "utf-16") { // the mark at its beginning has told, and it was decoded
			return r, nil
		}
		return nil, says("its letters are in “%.40s”, which is not read. Save it again as UTF-8", label)
	}
	depth, skip := 0, 0
	for tokens := 0; !v.done(); tokens++ {
		if in.now = officeToken; tokens > officeTokens {
			return errOfficeHuge
		}
		t, err := d.Token()
		switch {
		case err == io.EOF && depth == 0:
			return nil
		case in.over:
			return errOfficeHuge
		case err != nil:
			return errOfficeBroken
		}
		switch t := t.(type) {
		case xml.StartElement:
			if depth++; depth > officeDepth {
				return errOfficeDeep
			}
			if skip == 0 && !v.enter(t) {
				skip = depth
			}
		case xml.EndElement:
			depth--
			switch {
			case skip == 0:
				v.leave(t.Name)
			case depth < skip:
				skip = 0
			}
		case xml.CharData:
			if skip == 0 {
				v.words(string(t))
			}
		case xml.Directive: // <!DOCTYPE, <!ENTITY: office files have none
			return errOfficeBroken
		}
	}
	return nil
}

// allowance lets through so many bytes in all, and so many now.
type allowance struct {
	r        io.Reader
	all, now int64
	over     bool
}

func (a *allowance) Read(p []byte) (int, error) {
	left := min(a.all, a.now)
	if left <= 0 {
		a.over = true
		return 0, io.ErrShortBuffer
	}
	n, err := a.r.Read(p[:min(int64(len(p)), left)])
	a.all, a.now = a.all-int64(n), a.now-int64(n)
	return n, err
}

// attrOf is the value of an attribute by its local name, "" when it has none.
func attrOf(e xml.StartElement, local string) string {
	for _, a := range e.Attr {
		if a.Name.Local == local {
			return a.Value
		}
	}
	return ""
}

// officeFacts collects the words of elements by their local names: of a file's properties.
type officeFacts struct {
	all  map[string]string
	open string
}

func (f *officeFacts) enter(e xml.StartElement) bool { f.open = e.Name.Local; return true }
func (f *officeFacts) leave(xml.Name)                { f.open = "" }
func (f *officeFacts) done() bool                    { return false }

func (f *officeFacts) words(s string) {
	if f.open != "" && len(f.all[f.open]) < 4<<10 && len(f.all) < 200 {
		f.all[f.open] += s
	}
}
