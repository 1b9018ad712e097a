package view

// Proofs is where auditors are given proofs to check elsewhere.
type Proofs struct {
	Shell
	Action    string
	At        string // as typed
	Event     string // what is proved; "" nothing was asked for
	Text      string // its proof; "" until a checkpoint covers it
	Note      string
	Command   string
	Whole     bool // may ask for the growth of the whole
	From, To  string
	Sizes     []string
	Grown     string // what is proved of two sizes; "" nothing was asked for
	GrownText string
	Old       string // the older checkpoint
}

// Template names the file.
func (*Proofs) Template() string { return "history_proofs" }
