package view

import (
	"strconv"

	"claimbench/internal/claims"
	"claimbench/internal/text"
)

// Article is what pages show of one article.
type Article struct {
	ID         int64
	URL        string
	Title      Foreign
	Byline     Foreign
	Source     Foreign
	Rating     string // Admiralty letter and meaning, or "not rated"
	Published  string
	LangWord   string // "Persian"
	Dir        string
	Size       string // "2,550 characters, 21 sentences"
	Revision   int
	SHA256     string
	Origin     Foreign
	OutsideURL string
	Protected  Foreign // why its source is protected; no text when it is not
	TakenDown  string  // when and why the text is withheld; "" when it is not
	Imported   string
	Claims     string // "42 claims, 6 candidates"
	Lang       string
}

// CoverageCell is one sentence in the coverage strip.
type CoverageCell struct {
	N       int
	URL     string
	Verdict Verdict // the foremost; "" when the sentence holds no claim
	Note    string
	Here    bool
}

// Count is a number with a verdict.
type Count struct {
	Verdict Verdict
	N       int
}

// Reader is one article, sentence by sentence, with its claims.
type Reader struct {
	Shell
	RateURL         string // where the source is rated
	FileURL         string // what the text was read from; "" it was typed
	Article         Article
	Coverage        []CoverageCell
	CovNote         string
	Counts          []Count
	Folded          *Folded
	Sentences       []Sentence
	PartBefore      *Link // of a long text, the parts beside the one that is shown
	PartAfter       *Link
	PrevURL         string // of the articles before and after it; "" for none
	NextURL         string
	Lang, Dir       string
	Panel           *ReaderPanel
	NewClaim        *NewClaim
	Extract         string // URL to post to, to propose candidates; "" when the viewer may not or it is done
	Proposing       string // URL that says how far proposing them is; "" when nothing is on its way
	Revise          string // URL to post a new text to; "" when the viewer may not
	Wrapped         string // that lines end in the middle of sentences, and what to do; "" when they do not
	Version         int64
	TakeDown        string // URL of the page that takes the article down
	Protect         string // URL of the page that protects its source, and shows it again
	OriginURL       string
	OriginVer       int64
	Origins         []Option
	ImportedBy      string
	Empty           *Empty
	Older           []Older          // that this is an older text, or that claims stand in one
	OriginProposals []OriginProposal // articles that look like this text
	OriginPending   string
	// For select.ts: where a claim from a selected span is posted, "" when the viewer may not.
	ClaimURL string
}

// Template names the file.
func (*Reader) Template() string { return "reader" }

// Work says that the claim beside the text changes in its own place.
func (*Reader) Work() string { return "/articles/:id" }

// ReaderPanel is the claim or candidate chosen in the reader.
type ReaderPanel struct {
	Claim      Claim
	Position   string
	Prev, Next string
	Evidence   []Evidence
	EvNote     string
	Serves     []Evidence // claims that use this claim's sentence as evidence
	Reviews    string
	Actions    []Action
	Brackets   *Brackets // what would be filled in; nil when nothing waits
	Triage
	Wrong Wrong
}

// Triage is what a person may do with a candidate.
type Triage struct {
	Accept  string // URL to post to; "" when it is no candidate or the viewer may not
	Reject  string
	Merge   string
	Split   string
	Edit    string
	Back    string // where accepting and rejecting come back to
	Version int64
	Swap    bool   // what comes back changes the part of the page that it is in, and no more
	Here    string // this page of the queue, for what is refused; "" on other pages
	Reasons []WhyNot
	Words   *TriageWords // to change its words beside the text; nil where that has a page of its own
	Wrong   Wrong
}

// TriageWords is the form that changes the words of a candidate where it stands, and accepts it.
type TriageWords struct {
	Action       string
	WordsVersion int64
	Revision     int64 // in which the numbers count
	Statement    string
	Attribution  string
	Hedge        string
	Kind         []Option
	Lang, Dir    string
	text.Span
	Stretches string
	Lacks     []Lack // what the statement says and its words do not
	Back      string
	Here      string
	Open      bool
	Wrong     Wrong
	Clash     *Clash
	Typed     KeptForm
}

// WhyNot is a reason for rejecting a candidate, with the act of its key.
type WhyNot struct{ Value, Word, Act string }

// WhyNots are the reasons that there are.
func WhyNots() []WhyNot {
	var out []WhyNot
	for i, t := range claims.WhyNots.Terms() {
		out = append(out, WhyNot{Value: string(t.Name), Word: t.Word, Act: "reject-" + strconv.Itoa(i+1)})
	}
	return out
}

// NewClaim is the form for a claim made by hand: from a sentence, or from a span of it in code points.
type NewClaim struct {
	Action   string
	Revision int64
	Sentence int
	text.Span
	Within      text.Span // the sentence, in code points of the article
	Stretches   string    // the other stretches chosen
	Chosen      []Foreign // the words of all of them
	Text        []Text    // in which words are chosen; none where the page has the text itself
	Words       Foreign
	Statement   string
	Attribution string
	Hedge       string
	Kind        []Option
	Lang, Dir   string
	Lacks       []Lack // what the statement says and its words do not
	Began       string // the words with which it was begun, by numbers: its draft is kept by them
	Typed       KeptForm
	Back        string
	Wrong       Wrong
}

// ClaimNew is the form as its own page.
type ClaimNew struct {
	Shell
	Article Article
	Form    NewClaim
}

// Template names the file.
func (*ClaimNew) Template() string { return "claim_new" }

// ClaimEdit changes the words of a claim or candidate, and holds its split, merge, reject and withdraw forms.
type ClaimEdit struct {
	Shell
	Claim       Claim
	Action      string
	Typed       KeptForm
	Statement   string
	Attribution string
	Hedge       string
	text.Span
	Within       text.Span // the sentences that hold its words
	Stretches    string    // the stretches after the first
	Chosen       []Foreign // the words of all of them
	Text         []Text    // in which words are chosen
	Kind         []Option
	Version      int64
	WordsVersion int64
	Revision     int64  // in which the numbers count
	Candidate    bool   // saving may accept it as well
	Lacks        []Lack // what the statement says and its words do not
	Wrong        Wrong
	Clash        *Clash
	Lang, Dir    string
	Brackets     *Brackets // what would be filled in; nil when nothing waits
	Split        *Split
	Merge        *Merge
	Back         string // where its forms go on to, "" for the claim
	Here         string // where the page was opened from
	Reject       string
	WhyNots      []Option // the reasons for it
	Withdraw     string
	Reason       string
}

// Template names the file.
func (*ClaimEdit) Template() string { return "claim_edit" }

// Brackets are what would be filled into a statement, so that it can be read without its article.
type Brackets struct {
	Action, Back string
	WordsVersion int64
	Statement    Foreign // with all of them
	All          []Bracket
}

// Bracket is one of them; Key checks or unchecks it.
type Bracket struct {
	ID          int64
	Words       Foreign
	Whence, Key string
}

// Split makes two or more claims of one.
type Split struct {
	Action string
	Parts  []SplitPart
	Open   bool
	Typed  KeptForm
	Wrong  Wrong
}

// SplitPart is one claim to be made of the first.
type SplitPart struct {
	N         int
	Statement string
	text.Span
	Stretches string
	Within    text.Span
	Chosen    []Foreign
}

// Merge joins a claim to another of its article.
type Merge struct {
	Action string
	Into   []MergeChoice
	Open   bool
	Wrong  Wrong
}

// MergeChoice is a claim that another can be merged into.
type MergeChoice struct {
	ID           int64
	WordsVersion int64
	Words        Foreign
	Verdict      Verdict
	Chosen       bool
}

// ArticleRow is one article of a list.
type ArticleRow struct {
	Article
	Done string // "12 of 42 decided"
}

// Articles lists the articles of a collection.
type Articles struct {
	Shell
	Rows       []ArticleRow
	ImportURL  string
	SourcesURL string
	More       string
	Empty      *Empty
}

// Template names the file.
func (*Articles) Template() string { return "articles" }

// Reads says of a form's file field what it takes.
type Reads struct {
	Accept string // ".txt,text/plain"
	Words  string // "plain text in UTF-8 (.txt, at most 5 MiB)"
}

// LeftOut is a piece that a reader left out of a text.
type LeftOut struct{ Kind, Text, Lang, Dir string }

// Reading is the beginning of a text in one charset.
type Reading struct {
	Charset, Lang, Dir, Text string
	Chosen                   bool
}

// ArticleTakeDown asks for the reason before an article's text is withheld.
type ArticleTakeDown struct {
	Shell
	Article Article
	Action  string
	Reason  string
	Version int64
	Wrong   Wrong
}

// Template names the file.
func (*ArticleTakeDown) Template() string { return "article_take_down" }

// SourceRow is one source.
type SourceRow struct {
	ID      int64
	Name    Foreign
	Kind    Code
	Country string
	EditURL string   // "" when the viewer may not change the directory
	Kinds   []Option // of the form that changes it
	Typed   string   // in that form, for the name
	Wrong   Wrong    // with what was typed
	Version int64
	Ratings []SourceRating
}

// SourceRating is how reliable the editors of one collection find a source.
type SourceRating struct {
	ID         int64 // of the collection
	Collection string
	Rated      string
	URL        string   // of the form that sets it; "" when the viewer may not
	Options    []Option // Admiralty letters
	Version    int64
}

// Sources lists the sources, and adds one.
type Sources struct {
	Shell
	Rows  []SourceRow
	Edits bool   // the whole directory, for those who change it
	Add   string // URL; "" when the viewer may not
	Name  string
	Kind  []Option
	Land  string
	More  string // URL
	Wrong Wrong
	Empty *Empty
}

// Template names the file.
func (*Sources) Template() string { return "sources" }

// ArticleWork shows what is being done to an article in the background.
type ArticleWork struct {
	Shell
	Article Link
	Jobs    []Job
	Model   *Job // what the language model makes of it; nil: it was not asked
	Going   bool // some of it has not ended; the page loads itself again
	Lost    bool // the newest text was not taken in to its end
	// Where it is taken in again, and where the article is taken down; "" for who may not.
	Again, TakeDown string
}

// Template is article_work.html.
func (*ArticleWork) Template() string { return "article_work" }

// Job is one piece of work.
type Job struct {
	Word, State, Since, Failed string
	Done, Total                int
	Going                      bool
	Note                       string    // of the language model: how much came
	Refused                    []Refusal // and what was not taken
}
