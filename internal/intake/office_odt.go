package intake

import (
	"encoding/xml"
	"slices"
	"strconv"
	"strings"
)

var (
	errODTNot    = says("it is no OpenDocument text, though its name says so. Save it as ODT")
	errODTLocked = says("it has a password. Save it without one")
)

// readODT reads an OpenDocument text (OASIS ODF 1.2 and 1.3), as readDOCX reads a Word document.
func readODT(raw []byte) (Document, error) {
	o, err := openOffice(raw)
	if err != nil {
		return Document{}, err
	}
	kind, isODF := strings.CutPrefix(o.first("mimetype"), "application/vnd.oasis.opendocument.")
	switch {
	case o.file("content.xml") == nil:
		return Document{}, errODTNot
	case isODF && !strings.HasPrefix(kind, "text"):
		return Document{}, errDocxNo
	}
	locked := odtManifest{}
	if err := o.walk("META-INF/manifest.xml", &locked); err != nil {
		return Document{}, err
	}
	if locked.locked {
		return Document{}, errODTLocked
	}
	v := &odtVisitor{styles: map[string]odtStyle{}}
	for _, file := range []struct {
		name string
		flow flowKind
	}{{"styles.xml", flowHead}, {"content.xml", flowBody}} { // styles first: those of the text are based on them
		if err := v.read(o, file.name, file.flow, v); err != nil {
			return Document{}, err
		}
	}
	d := Document{}
	if err := officeProperties(o, "meta.xml", &d); err != nil {
		return Document{}, err
	}
	if o.has("Basic/") || o.has("Scripts/") {
		d.Notes = append(d.Notes, noteMacros)
	}
	return v.end(d), nil
}

type odtManifest struct{ locked bool }

func (m *odtManifest) enter(e xml.StartElement) bool {
	m.locked = m.locked || e.Name.Local == "encryption-data"
	return true
}
func (m *odtManifest) leave(xml.Name) {}
func (m *odtManifest) words(string)   {}
func (m *odtManifest) done() bool     { return m.locked }

// odtVisitor reads content.xml, and of styles.xml the styles and what stands at the head and foot of pages.
type odtVisitor struct {
	officeText
	styles map[string]odtStyle
	style  string // the one that is being read
	ends   []odtEnd
	hidden int
	menu   int
	list   int
	space  bool // a space stands before, and more of them count for nothing
}

type odtStyle struct {
	parent string
	hidden bool
}

type odtEnd int

const (
	odtNothing odtEnd = iota
	odtPara
	odtFlow
	odtHidden
	odtMenu
	odtList
	odtStyles
)

// What is not of the text: what a picture is called, who commented and when, objects; and among the elements of text,
// the number of a note, readings beside characters, how words were changed. text:title and text:date are words of the
// text.
var (
	odtSkipped = []string{"title", "desc", "creator", "date", "sender-initials", "object", "object-ole", "image",
		"binary-data", "event-listeners", "scripts", "forms"}
	odtSkippedText = []string{"note-citation", "ruby-text", "insertion", "format-change", "script"}
)

func (v *odtVisitor) enter(e xml.StartElement) bool {
	skipped := odtSkipped
	if strings.HasSuffix(e.Name.Space, ":text:1.0") {
		skipped = odtSkippedText
	}
	if slices.Contains(skipped, e.Name.Local) {
		return false
	}
	v.ends = append(v.ends, v.begin(e))
	return true
}

var odtFlows = map[string]flowKind{"table-row": flowRow, "table-cell": flowCell, "text-box": flowBox,
	"note-body": flowNote, "annotation": flowComment, "deletion": flowDeleted, "header": flowHead, "footer": flowHead,
	"header-left": flowHead, "footer-left": flowHead, "header-first": flowHead, "footer-first": flowHead}

func (v *odtVisitor) begin(e xml.StartElement) odtEnd {
	name := e.Name.Local
	if kind, ok := odtFlows[name]; ok {
		v.push(kind)
		return odtFlow
	}
	switch name {
	case "p", "h":
		v.paragraph(e)
		return odtPara
	case "span", "section":
		if v.hides(e) {
			v.hidden++
			return odtHidden
		}
	case "list":
		v.list++
		return odtList
	case "style":
		v.style = attrOf(e, "name")
		if len(v.styles) < officeEntries {
			v.styles[v.style] = odtStyle{parent: attrOf(e, "parent-style-name")}
		}
		return odtStyles
	case "text-properties", "section-properties":
		if s := v.styles[v.style]; v.style != "" && attrOf(e, "display") == "none" {
			s.hidden = true
			v.styles[v.style] = s
		}
	case "hidden-paragraph":
		if p := v.para(); p != nil && attrOf(e, "is-hidden") == "true" {
			v.put(&p.hidden, p.words.String())
			p.words.Reset()
		}
	case "s":
		n, _ := strconv.Atoi(attrOf(e, "c"))
		v.set(strings.Repeat(" ", min(max(n, 1), 100)))
	case "tab":
		v.set("\t")
	case "line-break":
		v.set("\n")
	default:
		if strings.HasSuffix(name, "-index") || name == "table-of-content" {
			v.menu++
			return odtMenu
		}
	}
	return odtNothing
}

// paragraph opens one, as what it is by its place and its style.
func (v *odtVisitor) paragraph(e xml.StartElement) {
	p := v.open("p")
	v.space, p.menu = true, v.menu > 0
	if e.Name.Local == "h" {
		level, _ := strconv.Atoi(attrOf(e, "outline-level"))
		p.element = headingOf(level)
	} else if v.list > 0 {
		p.element = "li"
	}
	name := attrOf(e, "style-name")
	for range 20 { // styles that are based on each other in a circle end here
		if name == "Title" {
			p.title, p.element = true, "h1"
		}
		name = v.styles[name].parent
	}
}

// hides says whether a span or a section is not shown.
func (v *odtVisitor) hides(e xml.StartElement) bool {
	if attrOf(e, "display") == "none" {
		return true
	}
	name := attrOf(e, "style-name")
	for range 20 {
		if v.styles[name].hidden {
			return true
		}
		name = v.styles[name].parent
	}
	return false
}

func (v *odtVisitor) leave(xml.Name) {
	ends := v.ends[len(v.ends)-1]
	v.ends = v.ends[:len(v.ends)-1]
	switch ends {
	case odtPara:
		v.close()
	case odtFlow:
		v.pop()
	case odtHidden:
		v.hidden--
	case odtMenu:
		v.menu--
	case odtList:
		v.list--
	case odtStyles:
		v.style = ""
	}
}

// words adds words, in which line ends and runs of spaces are one space (ODF 1.2, 6.1.2).
func (v *odtVisitor) words(s string) {
	if v.para() == nil {
		return
	}
	var b strings.Builder
	for _, r := range s {
		blank := r == ' ' || r == '\t' || r == '\n' || r == '\r'
		if !blank {
			b.WriteRune(r)
		} else if !v.space {
			b.WriteByte(' ')
		}
		v.space = blank
	}
	v.into(b.String())
}

// set adds what an element stands for.
func (v *odtVisitor) set(s string) {
	v.space = false
	v.into(s)
}

func (v *odtVisitor) into(s string) {
	p := v.para()
	switch {
	case p == nil:
	case v.hidden > 0:
		v.put(&p.hidden, s)
	default:
		v.put(&p.words, s)
	}
}
