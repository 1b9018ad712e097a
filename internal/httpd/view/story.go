package view

// Story is the history of one claim, as sentences by day.
type Story struct {
	Shell
	Claim   Claim
	Action  string // where the form goes
	Kinds   []Option
	People  []Option
	Verdict []Option
	Zones   []Option
	From    string
	To      string
	Days    []StoryDay
	Older   string
	Note    string
	Open    string // said when a round is open and its events are not shown
	Printed []Link
	Proof   *Proof // of the chosen event; nil: none, or the viewer reads no proofs
	Empty   *Empty
	Events  string // the same as events with all fields; "" for those who do not read the history
	Wrong   Wrong  // what is wrong with the conditions
}

// Template names the file.
func (*Story) Template() string { return "claim_history" }

// Work says that the list and the proof beside it change in their own place.
func (*Story) Work() string { return "/claims/:id/history" }

// StoryDay is one day with what happened on it.
type StoryDay struct {
	Day  string
	Told []Told
}

// Told is one sentence: who did what.
type Told struct {
	ID      string // an anchor
	At      string // the hour, in the reader's zone
	UTC     string
	Stamp   string
	Who     string
	Did     []Phrased
	Verdict Verdict // "" for none; the sentence goes on with Then
	Then    []Phrased
	Quotes  []Quoted
	Changes []Change
	Seq     int64  // the event's number, 0 for whoever reads none
	Proof   string // URL of this page with the event's proof beside the list, "" where it has no number
	Here    bool   // its proof is the one that is shown
	Gone    bool   // its words were taken down
}

// Phrased is a part of a sentence; one that names an item leads to it.
type Phrased struct {
	Text string
	URL  string // "" for words alone
	ID   string // an anchor, where the item is told of first
}

// Said is a sentence that names nothing.
func Said(words string) []Phrased { return []Phrased{{Text: words}} }

// Quoted is what somebody wrote, with what it is.
type Quoted struct {
	Label string
	Foreign
	Keywords Keywords
}
