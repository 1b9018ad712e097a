package view

import "claimbench/internal/requests"

// Plain is a page for readers who have no account: it has its own frame, without the workbench's, and no script.
type Plain interface {
	Page
	Plain()
}

// Public is what every such page has: its language, and the words of it.
type Public struct {
	Shell
	Lang, Dir string
	Langs     []Option // Value is the address of the page in it
}

// Plain says that the page has its own frame.
func (*Public) Plain() {}

// Say gives words of the public pages in the language of this one.
func (p *Public) Say(key string) string { return requests.Say(p.Lang, key) }

// PublicAsk is the form by which readers ask.
type PublicAsk struct {
	Public
	Title, Intro            Foreign
	Action                  string
	Words, Address, Contact string
	Wrong                   Wrong
}

// Template names the file.
func (*PublicAsk) Template() string { return "ask" }

// PublicAsked tells the one who asked how far it is.
type PublicAsked struct {
	Public
	Told    string // a key of the words
	Printed []PrintedVerdict
	More    bool
}

// Template names the file.
func (*PublicAsked) Template() string { return "asked" }

// PrintedVerdict is what is printed of a claim, in the language of the page.
type PrintedVerdict struct {
	Verdict     Verdict
	Word, About string
	Withdrawn   bool
}

// PublicFailed says why a public page is not there, or what was sent not taken.
type PublicFailed struct {
	Public
	Heading, About string
}

// Template names the file.
func (*PublicFailed) Template() string { return "ask_failed" }

// Requests are what readers asked about what is checked in a collection.
type Requests struct {
	Shell
	Public string // the address of the form; "" it is not published
	Filter []Tab
	Rows   []RequestRow
	More   string
}

// Template names the file.
func (*Requests) Template() string { return "requests" }

// RequestRow is one of them.
type RequestRow struct {
	URL     string
	ID      int64
	Words   Foreign
	Address string
	State   string
	Alike   string // "2 more are like it"; "" none
	Came    string
}

// Request is one request, for those who decide about it.
type Request struct {
	Shell
	RequestRow
	List        string // URL of all
	Reason      Foreign
	By, Decided string // who decided last, and when; "" nobody
	Contact     Foreign
	Until       string // the day on which that is erased
	Article     string // URL of the article with its address
	Linked      []LinkedClaim
	Like        []RequestRow
	More        string
	Version     int64
	Off         string // why its address cannot be fetched
	Find        string // URL at which claims are looked for; "" the viewer may link none
	Text        string // what they were looked for by
	Found       []LinkedClaim
	MoreFound   bool
	Likely      []LinkedClaim // that may say it
	Behind      bool          // there may be more: not all texts are searched yet
	Spoken      string        // URL of the article that has its very words
	TakeIn      string        // URL to post to
	Place       string
	Link        string // URL to post to; "" the viewer may not
	Unlink      string
	Refuse      string
	Reopen      string
	Withhold    string
	Fetch       string
	TypedClaim  string
	TypedWith   string
	Typed       string
	TypedDown   string
	Wrong       Wrong
}

// Template names the file.
func (*Request) Template() string { return "request" }

// LinkedClaim is a claim that a request is linked to.
type LinkedClaim struct {
	ID     int64
	Claim  Link
	State  string
	Chosen bool // in a form that was refused
}

// RequestForm is the form of a collection, for who may publish it.
type RequestForm struct {
	Shell
	Name      string // of the collection
	Rules     string
	Action    string
	Public    string // its address; "" it is not published
	Published bool
	Title     string
	Intro     string
	PerDay    string
	Langs     []Option
	Version   int64
	Wrong     Wrong
}

// Template names the file.
func (*RequestForm) Template() string { return "request_form" }
