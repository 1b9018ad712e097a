package view

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
	Article Article
	Rows    []RevisionRow // the newest first
	Action  string        // where a newer text is posted to; "" when the viewer may not
	Version int64
	Text    string
	Limit   string
	Wrong   Wrong
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

// ClaimAnchor is the page of a claim whose passage moved.
type ClaimAnchor struct {
	Shell
	Claim            Claim
	Notes            []string // what changed, the gravest first
	Grave            bool     // a number, a negation or a Latin name differs, or the words are gone
	Diff             *Diff    // nil: there is no proposal
	Context          []Near   // the place in the newer text
	N, Of            int
	Place            Link // the place in the reader
	Revision         int64
	Version          int64
	Start, End, Size int
	Form             bool   // the viewer may settle it
	Locked           string // why nobody can just now
	Move             string // URL to post to where the words stand unchanged; "" otherwise
	Confirm          string
	Keep             string
	Ending           string // reject or withdraw: URL to post to
	EndWord          string
	ReopenURL        string
	Look             string // URL of this page, for looking at another place
	Places           []AnchorPlace
	Statement        string
	Attribution      string
	Hedge            string
	Kind             []Option
	Hint             string // what of the statement the new words do not say
	Lang, Dir        string
	Reason           string
	Wrong            Wrong
	Clash            *Clash
}

// Template names the page's template.
func (*ClaimAnchor) Template() string { return "claim_anchor" }
