package view

// EvidenceCapture shows what is kept of the document that an item of evidence quotes.
type EvidenceCapture struct {
	Shell
	Claim    Link
	Item     Evidence
	Found    string // inside a sentence; "" there is no capture, or it is not shown
	Withheld bool   // its bytes were taken away
	Facts    []CaptureFact
	Text     []CaptureLine
	Lang     string
	Dir      string
	Parts    []Link // of a long text; the one that is shown has no address
	ToMark   string // where the quotation stands, when it is in another part
	Others   []Link // other captures of the item
	SendURL  string // "" when the viewer may not capture
	FetchURL string // "" when the document may not be fetched
	Asked    string // what became of the fetching; ""
	TakeURL  string // where it is withheld; "" when the viewer may not
	Capture  int64
	Version  int64
	Reason   string
	Wrong    Wrong
	Leaf     *Leaf  // the page of a PDF on which the quotation stands, or its first
	Leaves   []Link // the pages before and after it
}

// CaptureLine is a paragraph of the text.
type CaptureLine []Segment

// CaptureFact is what is known of the document: a word and its value.
type CaptureFact struct {
	Word  string
	Value Foreign
	Code  bool // it is a hash or an address: left to right, in one piece
}

// Template names the template.
func (*EvidenceCapture) Template() string { return "evidence_capture" }
