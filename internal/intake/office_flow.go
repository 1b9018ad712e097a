package intake

import (
	"strings"
)

var errOfficeLong = says("its text has more than %s. Split it, or take only the article out of it", MiB(MaxText))

// officeText gathers the paragraphs of an office file. Flows lie inside each other: the body, a cell of a table in it,
// a text box in that; so do the paragraphs.
type officeText struct {
	galley
	left   []LeftOut
	title  string // of the paragraph that is styled as the title
	notes  []officeBlock
	flows  []*officeFlow
	paras  []*officePara
	amount int // bytes of words so far
}

// officeFlow is what paragraphs run into.
type officeFlow struct {
	kind   flowKind
	blocks []officeBlock
	cells  []string
	gone   bool   // a row that was deleted
	carry  string // words whose paragraph mark was deleted: the next paragraph goes on from them
}

type flowKind int

// The flows.
const (
	flowBody flowKind = iota
	flowRow
	flowCell
	flowBox     // a text box: follows the paragraph that it hangs on
	flowNote    // a foot- or endnote: follows the text
	flowComment // the others are left out
	flowHead
	flowDeleted
)

type officeBlock struct{ words, element string }

type officePara struct {
	words, deleted, hidden strings.Builder
	element                string // "p" unless its style says more
	title, menu            bool
	joins                  bool // its mark was deleted
	after                  []officeBlock
	flow                   int // how many flows were open where it began
}

func (t *officeText) push(k flowKind) { t.flows = append(t.flows, &officeFlow{kind: k}) }

func (t *officeText) flow() *officeFlow { return t.flows[len(t.flows)-1] }

// para is the paragraph that words go to now, nil between paragraphs.
func (t *officeText) para() *officePara {
	if n := len(t.paras); n > 0 && t.paras[n-1].flow == len(t.flows) {
		return t.paras[n-1]
	}
	return nil
}

func (t *officeText) open(element string) *officePara {
	p := &officePara{element: element, flow: len(t.flows)}
	t.paras = append(t.paras, p)
	return p
}

// put adds words to a builder while the text is not too long.
func (t *officeText) put(b *strings.Builder, s string) {
	if t.amount += len(s); t.amount <= 2*MaxText {
		b.WriteString(s)
	}
}

func (t *officeText) done() bool { return t.amount > 2*MaxText || t.full() }

// close ends a paragraph: its words go to the flow, and what hung on it follows.
func (t *officeText) close() {
	p := t.para()
	if p == nil {
		return
	}
	t.paras = t.paras[:len(t.paras)-1]
	f := t.flow()
	words := f.carry + p.words.String()
	f.carry = ""
	t.left = leave(t.left, LeftDeleted, p.deleted.String())
	t.left = leave(t.left, LeftHidden, p.hidden.String())
	switch {
	case p.joins:
		f.carry = words
	case p.menu:
		t.left = leave(t.left, LeftMenu, words)
	default:
		if p.title && t.title == "" && f.kind == flowBody {
			t.title = inOneLine(words)
		}
		t.emit(officeBlock{words, p.element})
	}
	for _, b := range p.after {
		t.emit(b)
	}
}

// emit gives a paragraph to the flow; that of the body is set at once, so that nothing is held twice.
func (t *officeText) emit(b officeBlock) {
	f := t.flow()
	if f.kind == flowBody {
		t.add(b.words, Part{Element: b.element})
		return
	}
	f.blocks = append(f.blocks, b)
}

// pop ends a flow and gives what it holds to where it belongs.
func (t *officeText) pop() {
	for t.para() != nil {
		t.close()
	}
	f := t.flow()
	if f.carry != "" {
		words := f.carry
		f.carry = ""
		t.emit(officeBlock{words, "p"})
	}
	t.flows = t.flows[:len(t.flows)-1]
	if len(t.flows) == 0 && f.kind < flowNote {
		return
	}
	switch f.kind {
	case flowRow:
		t.popRow(f)
	case flowCell:
		t.popCell(inOneLine(joined(f.blocks)))
	case flowBox:
		if p := t.para(); p != nil {
			p.after = append(p.after, f.blocks...)
			return
		}
		for _, b := range f.blocks {
			t.emit(b)
		}
	case flowNote:
		t.notes = append(t.notes, officeBlock{joined(f.blocks), "note"})
	case flowComment:
		t.left = leave(t.left, LeftComment, joined(f.blocks))
	case flowHead:
		t.left = leave(t.left, LeftRepeated, joined(f.blocks))
	case flowDeleted:
		t.left = leave(t.left, LeftDeleted, joined(f.blocks))
	}
}

func (t *officeText) popCell(words string) {
	if row := t.flow(); row.kind == flowRow {
		row.cells = append(row.cells, words)
		return
	}
	t.emit(officeBlock{words, "p"})
}

func (t *officeText) popRow(f *officeFlow) {
	words := strings.TrimRight(strings.Join(f.cells, "\t"), "\t")
	if f.gone {
		t.left = leave(t.left, LeftDeleted, words)
		return
	}
	t.emit(officeBlock{words, "tr"})
}

func joined(blocks []officeBlock) string {
	var all []string
	for _, b := range blocks {
		all = append(all, b.words)
	}
	return strings.Join(all, "\n")
}

// read walks one file with a visitor of this text, as a flow of its own.
func (t *officeText) read(o officeFile, name string, k flowKind, v officeVisitor) error {
	t.push(k)
	err := o.walk(name, v)
	for len(t.flows) > 0 {
		t.pop()
	}
	if err == nil && t.done() {
		err = errOfficeLong
	}
	return err
}

// end sets the notes below the text and gives the document.
func (t *officeText) end(d Document) Document {
	for _, b := range t.notes {
		t.add(b.words, Part{Element: b.element})
	}
	d.LeftOut = t.left
	if t.title != "" {
		d.Title = t.title
	}
	return t.on(d)
}
