package view

// Preview is every word that a freeze of a draft prints.
type Preview struct {
	Shell
	Title      string
	N          int
	Back       string
	Version    int64
	Size       int
	Publisher  Foreign
	Note       Foreign
	Address    string
	People     string // how people are named
	Rationales bool
	Captures   bool // what is kept of outside documents goes with the export
	Rows       []Printed
	More       string     // URL of the next page, "" on the last
	Out        []ClaimRow // those that it would not take, each with its Why
	MoreOut    bool
	Omitted    []ClaimRow // what the version before prints and this one does not, each with its Why
	SayURL     string     // URL to post to why one of those is left out
	Tells      []Link     // claims of this page whose words name a protected source
	Lacking    []Link     // claims of this page whose statement says what their words do not
	Wrong      Wrong
	Older      string // URL of the version before
	Method     *Link  // the version that is bound to the set; nil: there is none
	MethodURL  string // where one is written
	Freeze     string // URL to post to; "" when it cannot be frozen
	Why        string // why not
}

// Template names the file.
func (*Preview) Template() string { return "claimset_preview" }

// Printed is a claim as it is printed.
type Printed struct {
	ID                    int64
	URL                   string
	Verdict               Verdict
	Reason                Code
	Statement             Foreign
	Glosses               []PrintedGloss
	SaidBy                Foreign
	Hedges                []Foreign // how sure they were
	Explanation           Foreign
	Quotations            []Quotation
	Article               []Foreign // how its article is named, part by part
	Evidence              []PrintedEvidence
	Approver, Adjudicator string // "" when not printed
	Decided               string // when, "" when not printed
	Rationale             Foreign
	Reviews               []PrintedReview
	Replies               []Foreign // who was asked, and what came of it
	Checked               []Foreign // who else checked it, and what they call it
	Lacks                 []Lack    // what its statement says and its words do not
	Unasked               bool      // it disputes a person, and nobody was asked
	// what else is printed of it, or left out of it and why: of the right of reply, of protected sources
	Beside []string
}

// PrintedGloss is a gloss as it is printed, and who confirmed it, where people are named.
type PrintedGloss struct {
	Words     Foreign
	Confirmed string
	By        Foreign
}

// Quotation is words with what stands around them in their sentence.
type Quotation struct {
	Before string
	Words  Foreign
	After  string
}

// PrintedEvidence is an item of evidence as it is printed.
type PrintedEvidence struct {
	Stance   Stance
	Kind     Code
	Words    Quotation
	Where    []Foreign // part by part
	Origin   Foreign
	Note     Foreign
	Withheld bool
	Relied   bool // the decision rests on it
	// what the program found to differ between claim and passage
	Differences []Foreign
	Beside      []string // as of Printed
}

// PrintedReview is a review as it is printed: without a name.
type PrintedReview struct {
	Said      string
	Rationale Foreign // nothing unless the set prints rationales
}

// Typed puts back what somebody typed of why a claim is left out.
func (p *Preview) Typed(claim int64, reason string) {
	for i := range p.Omitted {
		if p.Omitted[i].ID == claim {
			p.Omitted[i].Said.Text = reason
		}
	}
}
