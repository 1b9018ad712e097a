package view

import "claimbench/internal/text"

// Segment is a stretch of a sentence with one set of marks. The texts of a sentence's segments, joined, are the
// sentence's raw text.
type Segment struct {
	Text   string
	Mark   Verdict // "" when no claim covers it
	Claims string  // the claims that cover it, by number, separated by spaces
	Here   bool    // the claim looked at covers it
	Hedge  bool    // a hedge of the claim looked at
	Found  bool    // words that were looked for
}

// Class is the mark's class: where one is here, a hedge, a word that was found, or an ordinary claim.
func (s Segment) Class() string {
	switch {
	case s.Here:
		return "here"
	case s.Found:
		return "found"
	case s.Hedge:
		return "hedge"
	}
	return ""
}

// Sentence is one sentence of an article in the reader: one row, one bidi paragraph.
type Sentence struct {
	N int
	text.Span
	Lang, Dir string
	Heading   bool // a title or heading
	Para      bool // starts a paragraph
	Skip      bool // boilerplate
	Here      bool
	URL       string // the reader with this sentence chosen
	Segments  []Segment
	Gutter    []GutterClaim
}

// GutterClaim is one claim's number beside its sentence.
type GutterClaim struct {
	Number  int64
	URL     string
	Verdict Verdict
	Here    bool
}

// Near is a sentence shown as context of a claim; Own is the one that holds it.
type Near struct {
	Own       bool
	Gap       bool // sentences between the one before and this are left out
	Lang, Dir string
	Segments  []Segment
}

// Gloss is a claim's statement in another language.
type Gloss struct {
	Foreign
	Author, ConfirmedBy string
	Version             int64
	ConfirmURL          string // where to confirm it; "" when the reader may not, or it is confirmed
	Older               bool   // it was written for words that the claim has no longer
	Differs             []Differ
	Typed               KeptForm
	Draft               string // what was typed as a change of it and not sent; "" for nothing
}

// MachineSaid is why a machine proposes something, in its own words: nobody has looked at them, and the program says
// none of them.
type MachineSaid struct {
	By    string
	Words []string
}

// Differ is something that a gloss does not say as its claim does; Sure says that it cannot be a matter of reading.
type Differ struct {
	Kind        string // in words
	Sure        bool
	Claim, Told Foreign // no text where one says nothing
}

// Hedge is a word that keeps a claim from being plain, and what it means; About is "" for a person's own words.
type Hedge struct {
	Foreign
	About string
}

// Lack is what a statement says and its words do not, as a sentence around the part as written.
type Lack struct {
	Before string
	Words  Foreign
	After  string
}

// Claim is what every page about one claim shows of it.
type Claim struct {
	Protected    Foreign // why its article is protected; no text when it is not
	ID           int64
	URL          string
	Verdict      Verdict
	Mine         Verdict // the viewer's own verdict in the round under way, "" when none
	Reason       Code
	State        Code
	Statement    Foreign
	Exact        Foreign
	Glosses      []Gloss
	Keywords     Keywords
	Attribution  Foreign
	Hedge        []Hedge
	Lacks        []Lack
	Kind         Code
	CheckWorthy  string
	Reasons      []string // why a candidate is proposed, as sentences
	ByHand       bool
	Added        string        // who and when
	Machine      string        // by which machines a candidate was written, in a sentence; "" for what people accepted
	Said         []MachineSaid // why, in the words of these machines
	Passage      string        // "characters 687 to 728, found exactly"
	PassageURL   string        // where the page of the file is that it stands on; "" there is none
	Article      Link          // the article at this sentence
	Round        int
	Reviews      string // "2 of 2 in"; never more than the viewer may know
	Version      int64
	WordsVersion int64
	Context      []Near
	Decided      string // how and when, "" when not decided
	Explanation  *Foreign
	MergedInto   *Link
	Moved        *Older // that its article has a newer text in which it does not stand
	History      string // URL
}

// Gloss is the first gloss, or nil.
func (c *Claim) Gloss() *Gloss {
	if len(c.Glosses) == 0 {
		return nil
	}
	return &c.Glosses[0]
}

// Evidence is one linked item, or one that the machine proposes.
type Evidence struct {
	ID         int64
	Stance     Stance
	Kind       Code
	Words      Foreign
	Keywords   Keywords
	Gloss      string
	Where      Link    // article and sentence, or the outside address
	Outside    bool    // Where is an outside address
	ReadOn     string  // outside: the day it was read
	Archived   string  // outside: URL of the archived copy
	DocTitle   Foreign // outside: what it is called
	Publisher  Foreign // outside: who publishes it
	Protected  Foreign // why its source is protected; no text when it is not
	Capture    string  // outside: whether the words stand in what is kept of the document; "" nothing is
	CaptureOff bool    // they do not
	CaptureURL string  // outside: where the capture is shown, and made; "" it is not shown
	Opened     bool    // and shown to the viewer all the same
	// where its source is protected; "" when the viewer may not
	ProtectURL string
	Origin     Foreign // no text when not stated
	Note       Foreign
	Linked     string // who and when
	Shared     []SharedKey
	UnlinkURL  string // "" when the viewer may not unlink
	Version    int64
	Claim      *Link     // the claim it serves, in the reader's other direction
	StoodURL   string    // the picture of that page; "" there is none
	Stood      string    // where it stands in the file of its article: "page 3"; "" it is not known
	Stands     string    // that its passage is of an older revision, and what to do; "" when it is not
	Warning    string    // for instance "same origin as …: would not count twice"
	Differs    [][]Piece // what it does not say as the claim does
	// A proposed passage, not linked yet:
	ArticleID, Revision int64
	Sentence            int
	text.Span
	LinkURL       string // where to link it; "" when the viewer may not
	Back          string // where linking and unlinking come back to
	InPlace       bool   // they change #work of the page
	Against       bool   // of another incident, number or date
	Refused       bool   // somebody said that it does not bear on the claim
	SentenceID    int64
	Above         string // the sentences proposed above it, parted by commas
	RefuseURL     string
	Proposed      bool          // by the machine; else a person found it
	Near          string        // in meaning, of 1, by the vectors of a model; "" they say nothing
	Told          *PassageGloss // nil: no gloss of it is asked for
	Ordered       *Ordered      // nil: it stands where the rules put it
	By            string        // the machines that propose it by a token, in a phrase; "" the rules alone
	Segments      []Segment     // its words, with what was looked for marked; nil: Words
	Kinds         []Option      // of evidence, to link it as
	Label         string        // names it where its words are not at hand
	SameAs        []SameOrigin
	SameURL       string
	OriginVersion int64
	Used          bool // the review being written relies on it
	Usual         bool // only because nothing was chosen yet
	New           bool // another one linked it since the review was begun
	Mine          bool // the viewer linked it
}

// SharedKey is a name, number or word that claim and passage have in common, each in its own script.
type SharedKey struct {
	Claim, Passage Foreign
	Meaning        string
}

// ReviewSeen is a review that the viewer may see.
type ReviewSeen struct {
	By         string // a name, or a letter in an open conflict
	Letter     string
	Verdict    Verdict
	Reason     Code
	Confidence string // "70 of 100", or that it was not stated
	Rationale  Foreign
	Searched   Foreign
	At         string
	Stale      string // why it no longer counts; "" when it does
	Mine       bool
	Superseded bool
	Withdrawn  bool   // by its author; it is superseded, too
	Take       string // URL of the form of an approval with its rationale in it; "" where none is offered
}

// RoundSeen is one round as the viewer may see it.
type RoundSeen struct {
	N        int
	Open     bool
	Opened   Foreign // reason it was opened, for rounds after the first
	Note     string  // what is hidden and why, when something is
	Reviews  []ReviewSeen
	Decision *DecisionSeen
	// what was asked of reviewers while it was in conflict
	Questions []QuestionSeen
	Otherwise string // that it was decided otherwise than the viewer's own review, "" when not
}

// DecisionSeen is what a round ended with.
type DecisionSeen struct {
	Verdict     Verdict
	Reason      Code
	How         string // "by the rule: 2 of 2 agree" or "by editor-1"
	At          string
	Rationale   Foreign
	Approved    string // who approved and when; "" when not approved
	Explanation Foreign
	By          string // whose the rationale is, where it can be taken
	Take        string // URL of the form of an approval with the rationale in it; "" where none is offered
}

// Action is a step that a claim's page offers; Why tells why it is not offered when URL is "".
type Action struct {
	URL, Word, Why string
	Act            string // of its key, "" for none
	Main           bool
}

// ClaimPage is one claim with everything the viewer may know of it.
type ClaimPage struct {
	Shell
	Claim      Claim
	Evidence   []Evidence
	EvidenceOf []Evidence // the other direction: claims that quote this claim's sentence
	Suggested  Later      // not there for whoever links nothing
	Tells      string     // which words of people name a protected source that the viewer may see; "" none do
	Same       Later      // not there for whoever merges nothing
	Checked    Later      // not there without a shelf
	Find       Find       // not there for whoever links nothing
	Rounds     []RoundSeen
	ToMe       []ToMe // what whoever decides the conflict asked the viewer
	InPrint    []InPrint
	RoundsURL  string  // rounds before these, "" when there are none
	Replies    []Reply // who was asked about it
	AskURL     string  // where it is sent who was asked; "" when the viewer may not write it down
	AskForm    AskForm
	Comments   []Comment
	EarlierURL string // comments before these, "" when there are none
	CommentURL string // where a comment is sent, "" when the viewer may not comment
	MembersURL string // who can be mentioned
	RoundOpen  bool   // what is said now is hidden from others until the round is over
	GlossURL   string
	GlossForm  GlossForm
	Actions    []Action
	Restore    string    // URL to post to, to make a rejected candidate one again
	CommentTo  string    // what was typed in a comment that was refused, or is not sent
	Typed      KeptForm  // of the comment
	Offers     []Offer   // what machines propose of its words
	Ask        *GlossAsk // nil: the model is not asked for glosses
	Wrong      Wrong
}

// GlossAsk is the form that asks the language model for a gloss; Asked says what it was asked for and did not give.
type GlossAsk struct {
	Action, Model, Host, Lang string
	Asked                     []string
}

// Offer is other words for a claim, or a gloss, that a machine proposes, and what became of it.
type Offer struct {
	Words     Foreign
	By        string        // in a sentence, with what became of it
	Said      []MachineSaid // why, in the machine's words
	Differs   []Differ      // of a gloss: where it differs from the claim
	ChangedTo Foreign       // no text where nobody changed it
	// Take is where the words are sent to be taken, with Fields; "" for whoever may not.
	Take   string
	Fields []Field
	// Refuse is where they are refused, with Refused; "" for whoever may not.
	Refuse  string
	Refused []Field
	First   bool // of those that may be refused: it has the keys
}

// Field is one field of a form that is sent as it is.
type Field struct{ Name, Value string }

// Reply is somebody who was asked about a claim.
type Reply struct {
	ID         int64
	Name, Role Foreign
	Asked      string // when and how
	Until      string
	Outcome    string // "" it is waited for
	On         string // when the answer came
	Words      Foreign
	Contact    Foreign // no text for whoever may not know it
	By         string  // who wrote it down, and when
	AnswerURL  string  // "" when the viewer may not write down an answer
	Outcomes   []Option
	Typed      string // of the answer's form
	TypedOn    string
	Open       bool // it was refused
	UseURL     string
	Stances    []Option
	Version    int64
}

// AskForm is the form in which it is written down who was asked.
type AskForm struct {
	Name, Role, AskedOn, Until, Contact string
	Ways                                []Option
	Open                                bool // it was refused
}

// Work says that it changes in its own place.
func (*ClaimPage) Work() string { return "/claims/:id" }

// Duplicate is another claim that may say the same. MergeURL is where one of the two is sent to end in the other, ""
// when they cannot be merged as they are, which Why says.
type Duplicate struct {
	Claim     Link
	Verdict   Verdict
	State     Code
	Statement Foreign
	Gloss     Foreign // no text when there is none
	Keywords  Keywords
	Shared    []SharedKey
	MergeURL  string
	Into      string // number and words version of the claim that stays, as the form sends them
	Version   int64  // of the claim that ends
	Proposed  int64  // the claim on whose page they are proposed
	Stays     string // which stays, in words
	Why       string
	RefuseURL string
	Other     int64
	By        string // the machines that propose it, in a phrase; "" the rules alone
	First     bool   // the keys are its own
}

// Template names the file.
func (*ClaimPage) Template() string { return "claim" }

// Same is what may say the same as a claim, or why nothing stands there.
type Same struct {
	Later
	Duplicates []Duplicate
	Note       string
}

// ClaimDuplicates is the panel of claims that may say the same, and a page of its own.
type ClaimDuplicates struct {
	Shell
	Claim Claim
	Same  Same
}

// Template names the file.
func (*ClaimDuplicates) Template() string { return "claim_duplicates" }

// Panel says that it is a part of another page.
func (*ClaimDuplicates) Panel() {}

// ClaimPassages is the panel of suggested passages, and a page of its own.
type ClaimPassages struct {
	Shell
	Claim     Claim
	Suggested Suggestions
}

// Template names the file.
func (*ClaimPassages) Template() string { return "claim_passages" }

// Panel says that it is a part of another page.
func (*ClaimPassages) Panel() {}

// GlossForm keeps what was typed.
type GlossForm struct {
	Lang, Text string
	Version    int64
	Typed      KeptForm
}
