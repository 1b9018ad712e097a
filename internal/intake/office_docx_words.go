package intake

import (
	"encoding/xml"
	"slices"
	"strings"
)

// docxVisitor reads the elements of a Word document: wordprocessing ones, and of others only formulas' words.
type docxVisitor struct {
	officeText
	styles map[string]*docxStyle
	path   []docxOpen
	gone   int  // inside so many tracked deletions
	moved  int  // inside so many places from which words were moved away
	vanish bool // the run is hidden
	said   []string
}

// docxOpen is an element that was entered, and what its end ends.
type docxOpen struct {
	local string
	ends  docxEnd
}

type docxEnd int

const (
	endNothing docxEnd = iota
	endPara
	endFlow
	endGone
	endMoved
	endRun
)

// docxSkipped are elements in which nothing is said to a reader of the text: earlier properties of what was changed,
// the second form of a drawing, readings beside characters, settings of controls.
var docxSkipped = []string{"pPrChange", "rPrChange", "sectPrChange", "tblPrChange", "tblGridChange", "trPrChange",
	"tcPrChange", "tblPrExChange", "numberingChange", "Fallback", "rt", "sdtPr", "sectPr", "instrText", "delInstrText",
	"fldData", "binData"}

func (v *docxVisitor) enter(e xml.StartElement) bool {
	name := e.Name.Local
	if slices.Contains(docxSkipped, name) {
		return false
	}
	if kind := attrOf(e, "type"); (name == "footnote" || name == "endnote") && kind != "" && kind != "normal" {
		return false // the line that is drawn between text and notes
	}
	v.path = append(v.path, docxOpen{name, v.begin(e)})
	return true
}

// begin does what an element begins, and says what its end will end.
func (v *docxVisitor) begin(e xml.StartElement) docxEnd {
	switch e.Name.Local {
	case "p":
		if !v.word(e.Name) {
			return endNothing
		}
		v.open("p")
		return endPara
	case "r":
		v.vanish = false
		return endRun
	case "del", "moveFrom":
		return v.change(e.Name.Local)
	case "tr", "tc", "txbxContent", "footnote", "endnote", "comment":
		if !v.word(e.Name) {
			return endNothing
		}
		v.push(map[string]flowKind{"tr": flowRow, "tc": flowCell, "txbxContent": flowBox, "footnote": flowNote,
			"endnote": flowNote, "comment": flowComment}[e.Name.Local])
		return endFlow
	case "altChunk":
		v.say("A part of the file is held in another format inside it and was not read.")
	default:
		v.property(e)
	}
	return endNothing
}

// word says whether an element is one of wordprocessing: drawings and formulas have elements of the same names.
func (v *docxVisitor) word(n xml.Name) bool { return strings.Contains(n.Space, "wordprocessingml") }

// change begins a tracked change. Inside properties it is a mark: of the paragraph's end, or of the row.
func (v *docxVisitor) change(name string) docxEnd {
	switch v.inside(1) {
	case "rPr":
		if p := v.para(); p != nil && v.inside(2) == "pPr" {
			p.joins = name == "del"
		}
		return endNothing
	case "trPr":
		if f := v.flow(); f.kind == flowRow && name == "del" {
			f.gone = true
		}
		return endNothing
	}
	if name == "moveFrom" {
		v.moved++
		return endMoved
	}
	v.gone++
	return endGone
}

// property notes what the properties of a paragraph and of a run say, and sets what stands for one character.
func (v *docxVisitor) property(e xml.StartElement) {
	p := v.para()
	if p == nil {
		return
	}
	val := attrOf(e, "val")
	switch e.Name.Local {
	case "pStyle":
		v.styled(p, val)
	case "outlineLvl":
		if level := levelOf(val); level > 0 && p.element == "p" {
			p.element = headingOf(level)
		}
	case "numId":
		switch {
		case val == "0" && p.element == "li":
			p.element = "p"
		case val != "0" && p.element == "p":
			p.element = "li"
		}
	case "vanish":
		v.vanish = v.vanish || v.inside(1) == "rPr" && v.inside(2) == "r" && val != "0" && val != "false"
	case "tab":
		if v.inside(1) == "r" {
			v.set("\t")
		}
	case "br", "cr":
		if kind := attrOf(e, "type"); kind == "" || kind == "textWrapping" {
			v.set("\n")
		} else {
			v.set(" ")
		}
	case "noBreakHyphen":
		v.set("\u2011")
	}
}

// inside is the name of the n-th element around the one that begins, "" beyond the first.
func (v *docxVisitor) inside(n int) string {
	if len(v.path) < n {
		return ""
	}
	return v.path[len(v.path)-n].local
}

func (v *docxVisitor) words(s string) {
	if len(v.path) == 0 {
		return
	}
	if name := v.path[len(v.path)-1].local; name == "t" || name == "delText" {
		v.set(s)
	}
}

// set adds words to the paragraph, where they belong.
func (v *docxVisitor) set(s string) {
	p := v.para()
	switch {
	case p == nil || v.moved > 0:
	case v.gone > 0:
		v.put(&p.deleted, s)
	case v.vanish:
		v.put(&p.hidden, s)
	default:
		v.put(&p.words, s)
	}
}

func (v *docxVisitor) leave(xml.Name) {
	ends := v.path[len(v.path)-1].ends
	v.path = v.path[:len(v.path)-1]
	switch ends {
	case endPara:
		v.close()
	case endFlow:
		v.pop()
	case endGone:
		v.gone--
	case endMoved:
		v.moved--
	case endRun:
		v.vanish = false
	}
}

func (v *docxVisitor) say(note string) {
	if !slices.Contains(v.said, note) {
		v.said = append(v.said, note)
	}
}
