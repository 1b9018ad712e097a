package view

// Alarms is what happened to what the frozen sets of a collection print.
type Alarms struct {
	Shell
	Rows          []Alarm
	Answered      bool   // they were answered; else they wait
	Waiting, Past string // URLs of either
	More          string // URL of the next page, "" on the last
	Empty         *Empty
	Wrong         Wrong
}

// Template names the file.
func (*Alarms) Template() string { return "alarms" }

// Alarm is something that happened to what a frozen set prints.
type Alarm struct {
	ID           int64
	Cause, About string
	Of           Link  // the claim or the article
	Set          *Link // nil: the page is of the set
	Raised       string
	Answer       string // "" while it waits
	Reason       Foreign
	Answered     string
	Form         *AlarmForm // nil: the viewer may not answer, or somebody did
}

// AlarmForm answers an alarm.
type AlarmForm struct {
	URL     string
	Version int64
	Answers []Option
	Reason  string
	Correct string // URL to post to, for the third answer: a correction
	Back    string // "set": its page comes back
	Wrong   Wrong
}

// InPrint is a frozen set that prints a claim.
type InPrint struct {
	Set     Link
	Stands  string
	Alarm   bool
	Frozen  string
	Exports []Export
}

// Export is one export of a frozen set.
type Export struct {
	Word   string // of the format
	At, By string
	Size   string // "" when nobody knows that all of it was written
	SHA256 string
}
