package view

// Batch is one act on many claims: looked at, being done, or done.
type Batch struct {
	Shell
	ID        int64
	Action    string // where the form goes
	Act       string // the act that is looked at, or done
	Acts      []BatchAct
	State     string
	Total     string
	Would     string // to how many claims it would be done
	Counts    []BatchCount
	Rejects   bool // the act asks for one of WhyNot
	Withdraws bool // the act asks for a reason in words
	WhyNot    []Option
	Reason    string
	None      bool   // to none: then the act cannot be sent
	ToLabel   string // what is chosen of Targets, "" for an act that is done to nothing else
	ToWord    string // between the number of claims and ToName
	ToName    string // to whom, until when, to which set
	To        string // the same, as the form sends it
	Targets   []Option
	Stands    string // a sentence that says how far it is
	Works     bool   // it goes on
	Failed    string // why it stopped
	Rows      []BatchRow
	More      string
	Back      string
	Wrong     Wrong
}

// Template names the template.
func (*Batch) Template() string { return "batch" }

// BatchAct is an act that may be looked at.
type BatchAct struct {
	Act, Word, URL string
	Here           bool
}

// BatchCount is how many claims of a batch are of one fate.
type BatchCount struct{ Word, N string }

// BatchRow is one claim of a batch; one that is none of the collection has no address.
type BatchRow struct {
	ID       int64
	URL      string
	Fate     string
	Why      string
	Words    Foreign
	Keywords Keywords
	Verdict  Verdict
}
