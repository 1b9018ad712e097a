package view

// Comment is one remark on a claim.
type Comment struct {
	Name     string // in its address
	By, At   string
	Text     Foreign
	Hidden   bool     // others do not read it yet
	Told     bool     // it mentions the viewer, who has notices that are not read
	Mentions []string // what they are called
	Quotes   []Quote
	Resolved string // by whom and when, "" when it is open
	Settle   *Settle
}

// Quote is an item of evidence that a comment names by its number; no text when it was taken down.
type Quote struct {
	Item  int64
	Words Foreign
	Link  Link
}

// Settle is the form by which a comment is resolved or reopened.
type Settle struct {
	URL, Word string
	Version   int64
}

// Notices is the viewer's own list of what they were told.
type Notices struct {
	Shell
	Rows    []NoticeRow
	ReadURL string // URL to post one to, that it is read
	AllURL  string // URL to post the newest to, that all up to it are
	Newest  string // "" when none is unread
	More    string
}

// NoticeRow is one thing that the viewer was told.
type NoticeRow struct {
	Name  string
	Link  Link    // where it leads; no URL when the viewer does not read that any more
	Words Foreign // of the claim
	Who   Foreign // who did it; no text where a program did
	Says  string  // what was done
	Said  Foreign // the first words of what they wrote
	At    string
	New   bool // not read yet
}

// Template names the file.
func (*Notices) Template() string { return "notices" }
