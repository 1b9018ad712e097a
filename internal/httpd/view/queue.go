package view

import (
	"strconv"
	"strings"

	"claimbench/internal/claims"
	"claimbench/internal/review"
)

// QueueRow is one claim in a list of work.
type QueueRow struct {
	ID       int64
	URL      string
	Here     bool
	Why      string // why it is here, in two or three words
	WhyIcon  string
	WhyNote  string
	Waiting  string // how long it has waited
	Verdict  Verdict
	Words    Foreign
	Gloss    string
	Keywords Keywords
	Source   Foreign
	Evidence string        // "+1 −1", or "no evidence yet"
	Mine     Verdict       // the viewer's own earlier verdict, "" when none
	Priority string        // "" as usual
	Machine  string        // by which model or machine a candidate was written, in a phrase; "" by none
	Said     []MachineSaid // why, in the words of the machines
	Given    string        // to whom it was given: "you", names; "" to nobody
}

// QueueFilter is the form in the head of the list: what is chosen, and what may be. A field without options is not
// offered.
type QueueFilter struct {
	Action, Tab                                            string
	Langs, Article, Source, State, Verdict, Sort, Assignee []Option
	Accepted                                               bool // also by what only claims have that were accepted
	Mine                                                   bool
	Text                                                   string
	Chips                                                  []Chip // the conditions that hold
	Open                                                   bool   // its menu was asked for
	Clear                                                  string // URL of the tab without conditions
	// URL that offers articles and sources too; "" where it does
	More string
}

// Chip is a condition of a list, with the URL of the list without it.
type Chip struct {
	Word Foreign
	URL  string
}

// Turns is what may be done about whose turn a claim is and when.
type Turns struct {
	ID         int64
	Back       string   // URL to come back to
	Onward     string   // URL to go on at, when the claim leaves the list
	Assign     string   // URL; "" when the viewer may not
	Mine       bool     // it is given to the viewer
	Given      string   // to whom: "you", names; "" to nobody
	Others     string   // URL that gives it to others, or takes it from them; "" when the viewer may not
	Everybody  string   // URL of who has what; "" when the viewer may not
	People     []Option // to whom it may be given
	Named      bool     // there are more of them: one is named
	Holders    []Option // who has it
	Snooze     string   // URL; "" when the viewer may not
	Until      string   // until when the viewer put it off; "" they did not
	Prioritise string   // URL; "" when the viewer may not
	Priority   []Option
	Comment    string // URL of the field for a comment on the claim; "" when the viewer may not
}

// Queue is a list of work, the claim looked at, and the review.
type Queue struct {
	Shell
	Heading  string
	Order    string
	What     string   // what stands in a row: Claim, Candidate
	One      string   // the same within a sentence
	Guess    []string // of candidates: how many are unseen and worth a check
	Rows     []QueueRow
	Filter   *QueueFilter
	Turns    *Turns // what may be done about whose turn the claim is; nil: nothing
	More     string // next page
	Empty    *Empty
	Claim    *Claim
	Position string
	Prev     string
	Next     string
	PrevInto string // what of the page they change: #work within one list, else #view
	NextInto string
	Bulk
	Many     []Option // acts on those selected that have a button of their own, at BulkURL
	ListOnly string   // the list as its own page (no claim), for narrow windows
	Evidence []Evidence
	EvNote   string
	Find     Find // not there for whoever links nothing
	Suggest  Later
	Checked  Later   // not there without a shelf
	Offers   []Offer // what machines propose of its words
	Review   *ReviewForm
	ToMe     []ToMe
	Decide   *Decide // of a claim in conflict, for who may decide such claims
	Gone     string  // that the claim asked for is not on this page of the list
	Triage   *Triage // of a candidate, instead of a review
	Why      string  // instead of a review: what happens next
	Actions  []Action
}

// Template names the file.
func (*Queue) Template() string { return "queue" }

// Row is the row of the claim looked at, nil when it is not on the page.
func (q *Queue) Row() *QueueRow {
	for i := range q.Rows {
		if q.Rows[i].Here {
			return &q.Rows[i]
		}
	}
	return nil
}

// Work says that the claim and its review change in their own place.
func (*Queue) Work() string { return "/collections/:collection/queue" }

// Pick is one verdict in the picker.
type Pick struct {
	Verdict Verdict
	Key     string
	Chosen  bool
	Note    string // beside the word, for instance who gave it
	Locked  string // why it cannot be given; "" when it can
	Reasons []Option
}

// LockID ties the reason of a locked verdict to its radio.
func (p Pick) LockID() string { return "locked-" + string(p.Verdict) }

// Picker is the verdict picker: three verdicts, each with its reasons.
type Picker struct{ Picks []Pick }

// NewPicker offers the three verdicts with their reasons; verdict and reason are what is chosen, or "".
func NewPicker(verdict claims.Verdict, reason claims.Reason) Picker {
	var p Picker
	for i, v := range claims.Verdicts.Names() {
		p.Picks = append(p.Picks, Pick{Verdict: Verdict(v), Key: strconv.Itoa(i + 1), Chosen: v == verdict,
			Reasons: Options(review.Reasons(v), reason)})
	}
	return p
}

// ReviewForm is a reviewer's own review of a claim, being written.
type ReviewForm struct {
	Action       string // URL to post to
	Heading      string
	RoundNote    string // "round 1, 1 of 2 in"
	WordsVersion int64
	Round        int
	Picker       Picker
	Confidence   string
	Rationale    string
	Searched     string
	Proposed     string     // what this person searched, as a note for Searched
	Evidence     []Evidence // to rely on
	Wrong        Wrong
	Lacks        bool   // the statement says what its words do not: the claim's head warns of it
	Needs        []Need // what each verdict needs
	Guide        *Link  // the guidelines in force; nil: there are none
	Submitted    string // the viewer's review already in this round: when and what; sending supersedes it
	Sent         bool   // the form is that review, and nothing was typed in it since
	Next         string // URL of the next claim, for "submit and next"
	Here         string // URL of the queue that it stands in; "" on a page of its own
	Blind        string // what is not on this page
	Clash        *Clash
	Draft        string // URL that keeps what is typed
	Version      int64  // of the draft that it builds on, 0 none
	Since        int64  // when the viewer's own review was sent, in microseconds, 0 never
	Seen         int64  // the newest item of evidence on the page
	Back         string // that what was typed before is in the form, and when it was saved
}

// NeedOf is what a verdict needs; nil: it is not said.
func (f ReviewForm) NeedOf(v Verdict) *Need {
	for i := range f.Needs {
		if f.Needs[i].Verdict == v {
			return &f.Needs[i]
		}
	}
	return nil
}

// Need is what a verdict may be given for as things stand, and what stands in the way of its other reasons.
type Need struct {
	Verdict Verdict
	Allowed string // reasons, "" for none
	Lacks   []Lacking
}

// Brief is what a need says in a line, while no verdict is chosen: what stands in the way of all reasons, else what may
// be given, else what stands in the way of most of them, of those the last. Its zero value says nothing.
func (n Need) Brief() (brief Lacking) {
	for _, l := range n.Lacks {
		if l.Reasons == "" {
			return l
		}
	}
	if n.Allowed != "" {
		return brief
	}
	most := 0
	for _, l := range n.Lacks {
		if of := strings.Count(l.Reasons, ",") + 1; of >= most {
			brief, most = l, of
		}
	}
	return brief
}

// Lacking is one thing that is missing, with the acts that mend it right there.
type Lacking struct {
	Reasons string // that it stands in the way of, "" when of all
	Lacks   string
	Answer  []int64     // items to be answered in the rationale
	Field   string      // the field to be written in, "" for none
	Link    bool        // a passage is to be found and linked
	Outside string      // URL where a document is linked
	Origins []OriginAsk // whose origin is to be stated
}

// OriginAsk asks where the text of a linked item comes from.
type OriginAsk struct {
	ID      int64 // of the item
	Source  Foreign
	Action  string
	Version int64
	Back    string
	InPlace bool
}

// ReviewSubmit is the review form as its own page.
type ReviewSubmit struct {
	Shell
	Claim    Claim
	Evidence []Evidence
	FindURL  string
	Form     ReviewForm
	Offers   []Offer // what machines propose of its words
	Closed   string  // why there is no form; "" where there is one
	Begun    bool    // this person typed something of a review before it closed
}

// Template names the file.
func (*ReviewSubmit) Template() string { return "review_submit" }

// Clash shows another person's change beside what the viewer typed; nothing typed is lost.
type Clash struct {
	Note string
	Rows []ClashRow
}

// ClashRow is one field of a clash.
type ClashRow struct {
	Field         string
	Theirs, Yours Foreign
}

// Review is one review in an adjudication, under a letter.
type Review struct {
	Letter    string
	Verdict   Verdict
	Reason    Code
	Conf      string
	Rationale Foreign
	Searched  Foreign
	Uses      string // the numbers of the items that it relies on, with spaces between
	At        string
	Stale     string
}

// Act is the act of the key that adopts this review, "" for one that has none.
func (r Review) Act() string {
	if act := "adopt-" + strings.ToLower(r.Letter); len(r.Letter) == 1 && r.Letter <= "C" {
		return act
	}
	return ""
}

// UsedEvidence is one item of the evidence table: who used it. First says that it is the first of its sentence.
type UsedEvidence struct {
	Evidence
	Sentence int // its number in its article, from 1; 0 of an outside document, and of a text that is shown to nobody
	Keep     bool
	First    bool
	By       []bool // by review, in the order of the letters
	Used     string // the letters of those that used it: "A, C"; "" of none
}

// Decide is what an editor decides of a conflict: the reviews under letters, what they rest on, and the form.
type Decide struct {
	Reviews   []Review
	Agreement string
	Evidence  []UsedEvidence
	Questions []QuestionSeen
	Waits     string // whom somebody asked and who has not answered, and what deciding now does; "" for nobody
	Ask       Ask
	Action    string
	Typed     KeptForm
	Onward    string // URL to go on at, "" where the server says which conflict is next
	Here      string // URL of the queue that it stands in; "" on a page of its own
	Guide     *Link  // the guidelines in force; nil: there are none
	Picker    Picker
	Rationale string
	Searched  string
	Causes    []Option
	Version   int64
	Round     int
	Adopted   string // the letter of the review whose decision stands in the form, "" for none
	Wrong     Wrong
	May       string // why the viewer may decide, or why not
	Locked    bool
}

// Adjudicate is a conflict of reviews and the editor's decision, on a page of its own.
type Adjudicate struct {
	Shell
	Decide
	Claim Claim
	Next  string // URL of the next conflict, "" when there is none
	Back  string // URL of the list of conflicts
}

// Template names the file.
func (*Adjudicate) Template() string { return "adjudicate" }

// Approve is a decision waiting for the second pair of eyes, and the explanation that will be printed.
type Approve struct {
	Shell
	Claim       Claim
	Decision    DecisionSeen
	Reviews     []ReviewSeen
	Evidence    []Evidence
	Reasons     []Option // the reasons reviewers gave, to choose from
	Explanation string
	Lang        string
	Action      string
	Typed       KeptForm
	Version     int64
	Wrong       Wrong
	Taken       string // whose words were put into the explanation; "" for nobody's
	Locked      string // why the viewer may not approve
}

// Template names the file.
func (*Approve) Template() string { return "approve" }

// Reopen starts a new round of a decided claim.
type Reopen struct {
	Shell
	Claim   Claim
	Action  string
	Reason  string
	Version int64
	Typed   KeptForm
	Wrong   Wrong
}

// Template names the file.
func (*Reopen) Template() string { return "reopen" }

// Fill puts what a person said into the form.
func (f *ReviewForm) Fill(verdict claims.Verdict, reason claims.Reason, confidence, rationale, searched string) {
	f.Picker, f.Confidence, f.Rationale, f.Searched = NewPicker(verdict, reason), confidence, rationale, searched
}

// Top is what is wrong with the form as a whole; "" when what is wrong stands at its fields.
func (f *ReviewForm) Top() string {
	return f.Wrong.besides("verdict", "reason", "evidence", "confidence", "rationale", "searched")
}

// Top is what is wrong with the decision as a whole; "" when what is wrong stands at its fields.
func (d Decide) Top() string {
	return d.Wrong.besides("verdict", "reason", "evidence", "rationale", "searched")
}

// Use ticks the evidence relied on.
func (f *ReviewForm) Use(ids map[int64]bool) {
	for i := range f.Evidence {
		f.Evidence[i].Used = ids[f.Evidence[i].ID]
	}
}
