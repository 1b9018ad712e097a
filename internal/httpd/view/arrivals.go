package view

import (
	"strconv"
	"strings"
)

// Arrivals is the page on which articles come in: what a person brought, and what was read of it.
type Arrivals struct {
	Shell
	Action  string // URL to bring more to; that of an arrival is Action/7
	Here    string // this page
	Reads   Reads
	Typed   string // addresses that were refused
	Text    string
	Model   string // the language model that texts are sent to; "": to none
	Host    string // where that is
	Off     string // why addresses are not fetched; "" they are
	Web     string // where the list of addresses is
	WebSays string // "3 addresses wait"
	Watches string
	Says    string // "1 ready, 2 ask"
	Going   string // "2 are being read"; "" nothing goes on
	Ready   int    // how many are taken in by one press
	Ended   bool   // some can be discarded together
	Again   string // "3 pages": those that could not be fetched can be together
	Sources []string
	Langs   []string
	Items   []Arrival
	Taken   []TakenIn
	More    string
	Wrong   Wrong
}

// Template names the file.
func (*Arrivals) Template() string { return "arrivals" }

// Also are the parts of the page, by selector, that change while something goes on.
func (p *Arrivals) Also() string {
	also := []string{"#arrivals-take", "#arrivals-taken"}
	for _, x := range p.Items {
		if x.Going {
			also = append(also, "#"+x.Anchor())
		}
	}
	return strings.Join(also, ",")
}

// Beside are the forms of the page whose fields may be changed and not saved.
func (p *Arrivals) Beside() string {
	var all []string
	for _, x := range p.Items {
		if x.Editable {
			all = append(all, x.Anchor()+"-form")
		}
	}
	return strings.Join(all, " ")
}

// Arrival is one of them.
type Arrival struct {
	ID        int64
	Version   int64
	Action    string // URL to post what is mended to
	Discard   string
	By        Foreign // the machine that brought it; no text: its owner did
	Name      Foreign // of the file, or the beginning of a pasted text
	State     string
	Shape     string // of the state's sign: read, asks, refused
	Icon      string
	Meta      string // "HTML, 61 kB"
	Going     bool
	Editable  bool
	Title     Foreign
	Byline    string
	Source    string
	URL       string
	Lang      string
	Published string
	Written   Foreign // the day as it stands there, in another calendar
	Begins    Foreign
	Proposed  *Proposed // whose words it says that it has
	Origin    string
	Warnings  []Warning
	Notes     []Foreign
	LeftOut   []LeftOut
	Left      int
	Facts     string // "18 paragraphs, 25 sentences"
	SHA256    string
	Message   Foreign // why it was refused, or not taken in
	Readings  []Reading
	Columns   []Column // of rows
	Rows      string   // "12 rows become articles"
	Sample    []SampleRow
	MakeOf    string // "Read 12 articles of it"; "" nothing can be made yet
	Wrong     Wrong
	Again     string     // URL to have its address fetched once more
	Over      []string   // addresses over which its own led
	Compared  *FoundText // beside the article of which it may be a newer text; nil it is not compared
	With      Link       // that article
	Page      string     // on which it is compared with one that is named there
}

// Proposed says whose words a text says that it has.
type Proposed struct {
	Name, Kind string
	Words      Foreign
}

// Warning says what is here already.
type Warning struct {
	Before, After string
	Link          Link
	Compare       string // where both are compared, word by word; "" they cannot be
}

// Column is a part of an article, with the columns that it may be read from.
type Column struct {
	Part, Word string
	Options    []Option
}

// SampleRow is a row as it would come in.
type SampleRow struct {
	Title, Begins Foreign
	Day, Source   string
}

// TakenIn is an arrival that is an article now.
type TakenIn struct {
	Link        Link
	Says        string // "6 candidates", "was here already"
	Done, Total int    // sentences; Total 0: not known, or nothing goes on
	Going       bool
}

// Anchor is where an arrival stands on the page.
func (x Arrival) Anchor() string { return "arrival-" + strconv.FormatInt(x.ID, 10) }

// Before is the number after which a page begins with this arrival.
func (x Arrival) Before() int64 { return x.ID - 1 }

// Of gives a field's mistake; its id is the arrival's own.
func (x Arrival) Of(field string) *Mistake {
	m := x.Wrong.Of(field)
	if m != nil {
		m.ID += "-" + strconv.FormatInt(x.ID, 10)
	}
	return m
}

// Other is the origin, where it is not the one that is proposed.
func (x Arrival) Other() string {
	if x.Proposed != nil && x.Proposed.Name == x.Origin {
		return ""
	}
	return x.Origin
}

// Retype fills the form with what was typed and refused.
func (x *Arrival) Retype(title, source, byline, url, lang, published, origin string) {
	x.Title.Text, x.Source, x.Byline, x.URL, x.Lang, x.Published, x.Origin = title, source, byline, url, lang,
		published,
		origin
}

// Remap chooses the columns that were sent and refused.
func (x *Arrival) Remap(chosen map[string]string) {
	for i, c := range x.Columns {
		for k := range c.Options {
			x.Columns[i].Options[k].Chosen = c.Options[k].Value == chosen[c.Part]
		}
	}
}
