package view

// Change is one field of an event, before and after.
type Change struct {
	Field         string
	Before, After Foreign
	Gone, New     bool // nothing before, nothing after are said in words
	Verdict       bool // values are verdicts
}

// Event is one row of the history.
type Event struct {
	Seq        int64
	URL        string
	Action     string
	Actor      string // what they are called now
	SignIn     string // what they signed in with; "" of a program
	Role       string
	Via        string
	At         string // for people, µs, UTC
	Stamp      string // RFC 3339 with µs
	Object     Link
	Reason     Foreign
	Changes    []Change
	Beside     string // URL of the list with the event's proof beside it, "" where it has no number
	More       int    // changes left out in a list
	Leaf       string
	Here       bool
	Checkpoint *Seal // a checkpoint signed just before this event
	Request    string
	Batch      string
	Allowed    string
}

// Seal is a signed checkpoint among the events.
type Seal struct{ Size, Signer, At, Stamp string }

// History is the events of everything, or of one object.
type History struct {
	Shell
	Object   string
	Claim    *Claim // when the object is a claim
	Events   []Event
	Actions  []Option
	Actor    string   // whose acts were asked for, as typed
	People   []string // the people of the page, to choose from
	Verdicts []Option
	Zones    []Option
	Article  string // as typed
	OfClaim  string
	From, To string
	Looked   string
	Older    string
	Export   string // URL to post to; "" when the viewer may not
	Proof    *Proof // of the chosen event; nil: none
	Head     *Proof
	Note     string
	Empty    *Empty
	VerifyTo string
	Rules    string // the page of exceptions; "" when the viewer may not
	Proofs   string // the page of proofs; "" when the viewer may not
	Wrong    Wrong  // what is wrong with the conditions
}

// Template names the file.
func (*History) Template() string { return "history" }

// Work says that the list and the proof beside it change in their own place.
func (*History) Work() string { return "/history" }

// Proof is the evidence that an event lies in the signed history.
type Proof struct {
	Of         string // beside a list: who did the chosen event, as the list calls them; "" on its own page
	Action     string // with Of: what they did, when, the hash of its leaf, and the URL of the event's own page
	At, Stamp  string
	Leaf       string
	Whole      string
	Included   bool
	Note       string
	Checked    string
	Size       string
	Root       string
	Signer     string
	Allowed    string
	Path       []PathHash
	SaveURL    string
	Checkpoint string // the signed note, as text
	Command    string
}

// PathHash is one hash on the way to the root.
type PathHash struct{ Side, Hash string }

// HistoryEvent is one event with its proof and canonical bytes.
type HistoryEvent struct {
	Shell
	Event     Event
	Proof     *Proof
	Canonical string
	Withheld  string // why words and bytes are not shown
	Back      string
}

// Template names the file.
func (*HistoryEvent) Template() string { return "history_event" }

// HistoryVerify runs the verification and shows what it found.
type HistoryVerify struct {
	Shell
	Action   string
	Ran      string // when; "" when it has not run
	OK       bool
	Unsure   bool // could not check everything
	Summary  string
	Problems []string
	Note     string
	Command  string
	Facts    []Fact
}

// Fact is a name and a value.
type Fact struct{ Word, Value string }

// Template names the file.
func (*HistoryVerify) Template() string { return "history_verify" }
