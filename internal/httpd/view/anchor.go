package view

import "claimbench/internal/text"

// RevisionRow is one text an article had.
type RevisionRow struct {
	N      int
	URL    string // where it is read
	Newest bool
	Added  string // who and when
	Size   string
	SHA256 string
	Claims string // how many stand in it
}

// ArticleRevisions is the page of an article's texts.
type ArticleRevisions struct {
	Shell
	Article    Article
	Rows       []RevisionRow // the newest first
	WatchURL   string
	EarlierURL string // "" when these are all
	Action     string // where a newer text is posted to; "" when the viewer may not
	Version    int64
	Text, Lang string
	Reads      Reads
	Wrong      Wrong
}

// Template names the page's template.
func (*ArticleRevisions) Template() string { return "article_revisions" }

// Older says that a page shows an older text, or that something stands in one.
type Older struct {
	Note string
	Link Link
}

// DiffPart is a stretch of words that both sides share, or only this one has.
type DiffPart struct {
	Text    string
	Changed bool
}

// Diff is two wordings beside each other, part by part.
type Diff struct {
	Old, New         []DiffPart
	OldLang, OldDir  string
	NewLang, NewDir  string
	OldHead, NewHead string // "Revision 1"
}

// AnchorPlace is a sentence of the newer text that may be chosen instead.
type AnchorPlace struct {
	N     int
	URL   string
	Words Foreign
	Here  bool
}

// AnchorNote is one thing that changed: in words, and the words themselves.
type AnchorNote struct {
	Word     string // "A number differs"
	Old, New Foreign
	Grave    bool // a number, a negation or a Latin name
}

// ClaimAnchor is the page of a claim whose passage moved.
type ClaimAnchor struct {
	Shell
	Lacks     []Lack // none: the words that it would have are not looked at before they are chosen
	Claim     Claim
	N, Of     int // the numbers of the claim's revision and the newest
	Notes     []AnchorNote
	Summary   string // what the notes come to
	Diff      *Diff  // nil: there is no proposal
	Context   []Near // the place in the newer text
	Place     Link   // the same in the reader
	Locked    string // why nobody can settle it just now; "" when it can be
	ReopenURL string
	Move      string // URL to post to where the words stand unchanged; "" otherwise
	Confirm   string // URL to post to; "" when the viewer may not settle it
	Keep      string
	Ending    string   // URL to post to
	WhyNots   []Option // the reasons to choose from, where it rejects a candidate
	EndWord   string   // "Withdraw" or "Reject"
	Look      string   // URL of this page, for looking at another place
	Places    []AnchorPlace
	Revision  int64
	Version   int64
	text.Span
	Stretches   string // the stretches after the first
	Chosen      []Foreign
	Text        []Text // in which words are chosen
	Size        int    // code points of the newer text
	Statement   string
	Attribution string
	Hedge       string
	Kind        []Option
	Hint        *Foreign // a number of the statement that the new words do not have
	Lang, Dir   string
	Wrong       Wrong
	Clash       *Clash
}

// Template names the page's template.
func (*ClaimAnchor) Template() string { return "claim_anchor" }
