package view

// Later is a part of a page that is asked for by itself once the page stands: where it is, which is also a page of its
// own, and the heading under which it stands. Without a URL it is not there.
type Later struct{ ID, URL, Title string }

// Suggestions is what the machine proposes for a claim. InPlace: it stands in #work of a page.
type Suggestions struct {
	Later
	Passages []Evidence
	Note     string
	Looked   string // what the machine looked through, as a note of what was searched
	InPlace  bool
	Ordered  string // the model in whose order they stand; "" the rules
	// the model that is asked for glosses of them, and where it is; "" it is not asked
	Sends, SendsTo string
}

// PassageGloss is a gloss of a passage by the language model, for the one who asked for it; what became of it (Line);
// or where it is asked for (Action).
type PassageGloss struct {
	Words                            Foreign
	By                               string
	Notes                            []string
	Line                             string
	Action, Lang, In, Sentence, Back string
}

// Ordered says that a language model put a passage where it stands, and why.
type Ordered struct {
	By  string
	Why Foreign // no text where it gave no reason that can be shown
}

// Find is the search for evidence on a claim's page, with what was found.
type Find struct {
	ID       string
	Action   string // URL to post what is looked for to
	Back     string // the page that it stands on
	Outside  string // URL of the page on which an outside document is linked
	InPlace  bool   // it stands in #work of a page
	URL      string // of what was found, "" when nothing was looked for
	Looked   string
	Filters  Filters
	Note     string
	Passages []Evidence
	Proposed string // what this person searched, as a note
}

// ClaimFound is the panel of a search for evidence, and a page of its own.
type ClaimFound struct {
	Shell
	Claim Claim
	Find  Find
}

// Template names the file.
func (*ClaimFound) Template() string { return "claim_found" }

// Panel says that it is a part of another page.
func (*ClaimFound) Panel() {}

// Piece is a stretch of a remark: plain English, or foreign words that say their language.
type Piece struct {
	Foreign
	Plain bool
}

// SameOrigin is another article whose origin a passage's article may share.
type SameOrigin struct {
	Value string // article:version of its origin
	Word  Foreign
	What  string // "the claim’s article" or "linked evidence"
}

// OriginProposal is another article that looks like the same text.
type OriginProposal struct {
	Other                         Link
	OtherID                       int64
	Kind, Overlap                 string
	Others                        Foreign // the origin stated for it, no text when none is
	Name                          string
	Version, OtherVersion         int64
	ConfirmURL, RefuseURL, Stated string
	By                            string // the machines that say so, in a phrase; "" the rules alone
}

// Filters narrow a search.
type Filters struct {
	Langs, Articles, Sources []Option
	From, To                 string
	Set                      bool
}
