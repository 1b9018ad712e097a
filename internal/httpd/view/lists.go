package view

import (
	"claimbench/internal/publish"
	"claimbench/internal/text"
)

// ClaimRow is one claim in a list or a set.
type ClaimRow struct {
	ID        int64
	URL       string
	Verdict   Verdict
	Mine      Verdict // the viewer's own verdict in the round under way, "" when none
	State     Code
	Reason    Code
	Statement Foreign
	Gloss     string
	// why a correction leaves it out, as an editor said it, with the version of that, 0: nobody did
	Said        Foreign
	SaidVersion int64
	Keywords    Keywords
	Source      Foreign
	Evidence    string
	Chosen      bool
	Pick        bool   // it may be selected, for an act on many
	Why         string // why it is left out, in a set
	Stands      string // how it stands today, in a frozen set; "" as printed
	Machine     string // by which model or machine a candidate was written, in a phrase; "" by none
	Lacks       []Lack // what its statement says and its words do not, in a draft set
}

// Filter is the form above a list of claims.
type Filter struct {
	Action   string
	State    []Option
	Verdict  []Option
	Article  []Option
	Lang     []Option
	Mine     bool
	Folds    bool // the list folds some candidates away, unless All
	All      bool
	Text     string
	Active   bool
	ClearURL string
}

// Folded says that a list folds candidates away, or that it does not, with the way to the other.
type Folded struct{ Note, URL, Act string }

// Claims lists claims by filter.
type Claims struct {
	Shell
	Filter Filter
	Rows   []ClaimRow
	Count  string // "185 claims", "1,000 or more"
	Folded *Folded
	More   string
	Bulk
	Empty *Empty
}

// Bulk is where claims of a list go for an act on many: those selected, and all that fit its conditions; "" for who may
// not act on them.
type Bulk struct{ BulkURL, BulkAll string }

// Template names the file.
func (*Claims) Template() string { return "claims" }

// Passage is one sentence found by search.
type Passage struct {
	Where     Link
	Words     Foreign // with Segments, the same text cut at the words found
	Segments  []Segment
	Keywords  Keywords
	Language  string // its English name
	ArticleID int64
	Revision  int64
	Sentence  int
	text.Span
	Quoted   text.Span // what of it is quoted when it is picked; all of it, unless fewer words were chosen
	Fewer    Foreign   // these words, when they were
	Stood    string    // where it stands in the file of its article: "page 3"; "" it is not known
	StoodURL string    // the picture of that page; "" there is none
	Warning  string
	Differs  [][]Piece // from the claim that it is picked for
	Chosen   bool
}

// Search is what the collection holds for some words, in any script.
type Search struct {
	Shell
	Filters  Filters
	Passages []Passage
	Claims   []ClaimRow
	Note     string
	More     string
	Empty    *Empty
}

// Template names the file.
func (*Search) Template() string { return "search" }

// EvidencePick looks for passages and links one to a claim, or an outside document.
type EvidencePick struct {
	Shell
	Claim     Claim
	Linked    []Evidence
	FindURL   string
	Looked    string // the words looked for
	Passages  []Passage
	Suggested Suggestions
	Filters   Filters
	Note      string
	Empty     *Empty
	Link      EvidenceForm
	Outside   EvidenceForm
	Back      string
}

// Template names the file.
func (*EvidencePick) Template() string { return "evidence_pick" }

// EvidenceForm is a link being made: to a passage, or to an outside document.
type EvidenceForm struct {
	Action    string
	Version   int64
	ArticleID int64
	Revision  int64
	Sentence  int
	text.Span
	Stance    []Option
	Kind      []Option
	Note      string
	URL       string
	Archived  string
	DocTitle  string
	Publisher string
	Quotation string
	QuoteLang string
	ReadOn    string
	Origins   []Option
	Looked    string // the words looked for, kept beside the choice
	NewOrigin string
	Protects  bool   // the viewer may protect the source
	Protect   string // why
	Typed     KeptForm
	Wrong     Wrong
}

// SetRow is one claim set in a list.
type SetRow struct {
	URL, Title, Frozen string
	N                  int
	State              Code
	Claims             string
	Alarms             string // how many of it wait for an answer; "" for none
}

// Claimsets lists the claim sets of a collection.
type Claimsets struct {
	Shell
	Rows   []SetRow
	More   string // URL of the page that follows; "" on the last
	Create string // URL; "" when the viewer may not
	Title  string
	Wrong  Wrong
	Empty  *Empty
}

// Template names the file.
func (*Claimsets) Template() string { return "claimsets" }

// MeterBar is one rectangle of the chart of verdicts, in the chart's own units of 100 by 4.
type MeterBar struct{ Class, X, Y, W, H string }

// Claimset is one set, draft or frozen.
type Claimset struct {
	Shell
	ID          int64
	Title       string
	N           int
	State       Code
	FrozenNote  string
	Supersedes  *Link
	Replaced    *Link
	Counts      []Count
	Meter       []MeterBar
	MeterWords  string
	Rows        []ClaimRow // of this page
	Size        int        // of all its claims
	More        string     // URL of the page that follows; "" on the last
	LeftOut     []ClaimRow // what the version before prints and this one does not, each with its Why
	Word        bool       // an editor may still say what becomes of those
	ClaimsNote  string
	SHA256      string
	Method      *Link // the version that the frozen set is bound to; nil: none
	Checked     string
	ExportURL   string
	Formats     []publish.Format
	Langs       []Option // of a report's own words
	Imprint     *Imprint // nil: it may not be changed
	Correct     string
	Freeze      string
	Remove      string
	Move        string // URL to post to, to move a claim; "" when the viewer may not
	Moving      int64  // the claim whose move was refused
	First       int    // place of the first row of a draft
	BuildURL    string
	Version     int64
	CanFreeze   bool
	Lacking     string // that statements shown here say what their words do not; "" when none does
	FreezeWhy   string
	Freezing    *Job // that goes on, or failed; nil: none
	Command     string
	Empty       *Empty
	Wrong       Wrong
	HistoryPage string
	ListURL     string
	Alarms      []Alarm
	Exports     []Export
	AlarmsURL   string // of those of the whole collection
	StatusURL   string // public address of its status list; "" when there is none, or the viewer is not told
	PullOut     string // URL to post to, to withdraw a claim; "" when the viewer may not
	PullClaim   string // what was typed
	PullReason  string
}

// Imprint is the form of what a draft prints beside its claims.
type Imprint struct {
	URL                      string
	Publisher, Note, Address string
	People                   []Option
	Rationales               bool
	Captures                 bool // what is kept of outside documents goes with the export
}

// Template names the file.
func (*Claimset) Template() string { return "claimset" }

// ClaimsetBuild adds approved claims to a draft, by filter or by hand.
type ClaimsetBuild struct {
	Shell
	ID      int64
	Title   string
	Filter  Filter
	Rows    []ClaimRow
	Count   string
	More    string
	Add     string
	AddAll  string   // URL to post to, to add all that fit; "" when none does
	Asked   []Option // the conditions, by name
	Back    string
	Version int64
	Empty   *Empty
	Wrong   Wrong
}

// Template names the file.
func (*ClaimsetBuild) Template() string { return "claimset_build" }
