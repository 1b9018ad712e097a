package intake

import (
	"encoding/xml"
	"path"
	"slices"
	"strconv"
	"strings"
)

var (
	errDocxNot = says("it is no Word document, though its name says so. Save it as DOCX")
	errDocxNo  = says("it holds a table or slides, not a text. Save what you need as text, CSV or PDF")
)

const noteMacros = "The file holds macros. They were not run, and are not in the text."

// readDOCX reads a Word document (ECMA-376, transitional and strict): its paragraphs in order, tables row by row, notes
// at the end. Tracked insertions stand in the text; deletions, comments, hidden words, heads and feet are left out.
func readDOCX(raw []byte) (Document, error) {
	o, err := openOffice(raw)
	if err != nil {
		return Document{}, err
	}
	main, err := mainOfDOCX(o)
	if err != nil {
		return Document{}, err
	}
	folder := path.Dir(main)
	styles := docxStyles{all: map[string]*docxStyle{}}
	if err := o.walk(path.Join(folder, "styles.xml"), &styles); err != nil {
		return Document{}, err
	}
	v := &docxVisitor{styles: styles.all}
	if err := v.read(o, main, flowBody, v); err != nil {
		return Document{}, err
	}
	for _, part := range docxBeside(o, folder) {
		if err := v.read(o, part.name, part.flow, v); err != nil {
			return Document{}, err
		}
	}
	d := Document{}
	if err := officeProperties(o, "docProps/core.xml", &d); err != nil {
		return Document{}, err
	}
	d.Notes = append(d.Notes, v.said...)
	if o.has(path.Join(folder, "vbaProject")) {
		d.Notes = append(d.Notes, noteMacros)
	}
	return v.end(d), nil
}

// mainOfDOCX is the name of the file that holds the text: the package's own list of relations says it.
func mainOfDOCX(o officeFile) (string, error) {
	r := docxRelations{}
	if err := o.walk("_rels/.rels", &r); err != nil {
		return "", err
	}
	main := strings.TrimPrefix(path.Clean("/"+r.main), "/")
	if r.main == "" || o.file(main) == nil {
		main = "word/document.xml"
	}
	switch {
	case o.file(main) == nil:
		return "", errDocxNot
	case o.has("xl/workbook") || o.has("ppt/presentation"):
		return "", errDocxNo
	}
	return main, nil
}

// docxBeside lists the files beside the text that hold words: notes, comments, heads and feet.
func docxBeside(o officeFile, folder string) []docxPart {
	var out []docxPart
	for _, f := range o.zip.File {
		dir, name := path.Split(strings.ToLower(f.Name))
		if path.Clean(dir) != strings.ToLower(folder) || path.Ext(name) != ".xml" {
			continue
		}
		for i, begins := range []string{"footnotes", "endnotes", "comments.", "header", "footer"} {
			if strings.HasPrefix(name, begins) {
				flow := [...]flowKind{flowNote, flowNote, flowComment, flowHead, flowHead}[i]
				out = append(out, docxPart{i, f.Name, flow})
			}
		}
	}
	slices.SortStableFunc(out, func(a, b docxPart) int { return a.rank - b.rank })
	return out[:min(len(out), 100)]
}

type docxPart struct {
	rank int
	name string
	flow flowKind
}

type docxRelations struct{ main string }

func (r *docxRelations) enter(e xml.StartElement) bool {
	if strings.HasSuffix(attrOf(e, "Type"), "/officeDocument") {
		r.main = attrOf(e, "Target")
	}
	return true
}
func (r *docxRelations) leave(xml.Name) {}
func (r *docxRelations) words(string)   {}
func (r *docxRelations) done() bool     { return false }

// docxStyles reads styles.xml: what a paragraph is, is said by its style's name, which is English in every language of
// the program.
type docxStyles struct {
	all map[string]*docxStyle
	now *docxStyle
}

type docxStyle struct {
	name, based string
	level       int // of a heading, from 1
	list        bool
}

func (s *docxStyles) enter(e xml.StartElement) bool {
	switch e.Name.Local {
	case "style":
		s.now = &docxStyle{}
		if len(s.all) < officeEntries {
			s.all[attrOf(e, "styleId")] = s.now
		}
		return true
	case "styles":
		return true
	}
	if s.now == nil {
		return false
	}
	switch e.Name.Local {
	case "name":
		s.now.name = strings.ToLower(attrOf(e, "val"))
	case "basedOn":
		s.now.based = attrOf(e, "val")
	case "outlineLvl":
		s.now.level = levelOf(attrOf(e, "val"))
	case "numId":
		s.now.list = attrOf(e, "val") != "0"
	}
	return e.Name.Local == "pPr" || e.Name.Local == "numPr"
}

func (s *docxStyles) leave(n xml.Name) {
	if n.Local == "style" {
		s.now = nil
	}
}
func (s *docxStyles) words(string) {}
func (s *docxStyles) done() bool   { return false }

// levelOf is an outline level of Word, which counts from 0; 9 is that of body text.
func levelOf(val string) int {
	if n, err := strconv.Atoi(val); err == nil && n >= 0 && n < 9 {
		return n + 1
	}
	return 0
}

// styled gives a paragraph what its style says, and the styles that this one is based on.
func (v *docxVisitor) styled(p *officePara, id string) {
	for range 20 { // styles that are based on each other in a circle end here
		s := v.styles[id]
		if s == nil {
			return
		}
		level, heading := strings.CutPrefix(s.name, "heading ")
		switch {
		case s.name == "title":
			p.title, p.element = true, "h1"
		case strings.HasPrefix(s.name, "toc "):
			p.menu = true
		case heading:
			n, _ := strconv.Atoi(level)
			p.element = headingOf(n)
		case s.level > 0:
			p.element = headingOf(s.level)
		case s.list && p.element == "p":
			p.element = "li"
		}
		if p.element != "p" || p.menu {
			return
		}
		id = s.based
	}
}

// headingOf is the element of a heading; deeper ones than HTML has are its last.
func headingOf(level int) string { return "h" + strconv.Itoa(min(max(level, 1), 6)) }
