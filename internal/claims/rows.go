package claims

import (
	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/store"
	"claimbench/internal/text"
)

// Typed ids of this room's rows.
type (
	ID        int64
	GlossID   int64
	CommentID int64
)

// Claim is one atomic, checkable statement of an article, or a candidate for one.
type Claim struct {
	ID            ID                `gorm:"column:id;primaryKey" json:"id"`
	CollectionID  auth.CollectionID `gorm:"column:collection_id" json:"collection"`
	ArticleID     articles.ID       `gorm:"column:article_id" json:"article"`
	articles.Spot                   // where its words stand: the first stretch of them
	// the other stretches, in the order of the text; see Stretches
	More      Stretches `gorm:"column:stretches" json:"-" words:"article"`
	Statement string    `gorm:"column:statement" json:"statement" words:"article"`
	// "article", or who said it
	Attribution string        `gorm:"column:attribution" json:"attribution" words:"article"`
	Hedge       store.Strings `gorm:"column:hedge" json:"hedge" words:"article"`
	Kind        Kind          `gorm:"column:kind" json:"kind"`
	CheckWorthy int           `gorm:"column:checkworthy" json:"checkworthy"` // 0–100
	Reasons     store.Strings `gorm:"column:reasons" json:"reasons" words:"own"`
	State       State         `gorm:"column:state" json:"state"`
	Verdict     Verdict       `gorm:"column:verdict" json:"verdict"`
	Reason      Reason        `gorm:"column:reason" json:"reason"`
	// number of the present round, 0 for a candidate
	Round        int           `gorm:"column:round" json:"round"`
	WordsVersion int64         `gorm:"column:words_version" json:"words_version"`
	Version      int64         `gorm:"column:version" json:"version"`
	Priority     Priority      `gorm:"column:priority" json:"priority"` // what stands above others in the queue
	MergedInto   *ID           `gorm:"column:merged_into" json:"merged_into,omitempty"`
	ByHand       bool          `gorm:"column:by_hand" json:"by_hand"`
	AddedBy      auth.UserID   `gorm:"column:added_by" json:"added_by"`
	AddedAt      store.Micros  `gorm:"column:added_at" json:"added_at"`
	OpenedBy     *auth.UserID  `gorm:"column:opened_by" json:"opened_by,omitempty"`
	OpenedAt     *store.Micros `gorm:"column:opened_at" json:"opened_at,omitempty"`
	ChangedAt    store.Micros  `gorm:"column:changed_at" json:"changed_at"`

	// how it stands in AnchorRevision
	Anchor Anchor `gorm:"column:anchor" json:"anchor"`
	// nil: no newer revision ever came
	AnchorRevision *articles.RevisionID `gorm:"column:anchor_revision" json:"anchor_revision,omitempty"`
	// where it stands there, a proposal while it asks
	AnchorSpan    text.Span `gorm:"embedded;embeddedPrefix:anchor_" json:"anchor_span"`
	AnchorChanges Changes   `gorm:"column:anchor_changes" json:"anchor_changes" words:"article"`

	Withheld bool `gorm:"-" json:"withheld,omitempty"` // the article was taken down: no words of it are here
	// why its article is protected, "" it is not: no place and no quotation of it is here, unless Opened
	Protected string    `gorm:"-" json:"protected,omitempty" words:"fact"`
	Opened    bool      `gorm:"-" json:"-"`
	Standing  *Standing `gorm:"-" json:"standing,omitempty"` // nil: in the newest revision
	Glosses   []Gloss   `gorm:"-" json:"glosses"`

	brackets []Proposal // of a candidate that is being proposed
	made     Made       // and by what it is
	said     []string   // and why, in the words of the machine
	known    bool       // its words are a wording that it had before
}

// TableName names the table.
func (Claim) TableName() string { return "claims" }

// Gloss gives the words of the claim in a language, or "".
func (c Claim) Gloss(lang string) string {
	for _, g := range c.Glosses {
		if g.Lang == lang {
			return g.Words
		}
	}
	return ""
}

// Wording is the words of a claim as they stood under one words version. It never changes.
type Wording struct {
	ClaimID      ID    `gorm:"column:claim_id;primaryKey;autoIncrement:false" json:"claim"`
	WordsVersion int64 `gorm:"column:words_version;primaryKey;autoIncrement:false" json:"words_version"`
	articles.Place
	More        Stretches     `gorm:"column:stretches" json:"-" words:"article"` // as of the claim
	Statement   string        `gorm:"column:statement" json:"statement" words:"article"`
	Attribution string        `gorm:"column:attribution" json:"attribution" words:"article"`
	Hedge       store.Strings `gorm:"column:hedge" json:"hedge" words:"article"`
	WordedBy    auth.UserID   `gorm:"column:worded_by" json:"worded_by"`
	WordedAt    store.Micros  `gorm:"column:worded_at" json:"worded_at"`
}

// TableName names the table.
func (Wording) TableName() string { return "claim_words" }

// Gloss is the claim's words in another language, with who wrote and who confirmed them.
type Gloss struct {
	ID          GlossID      `gorm:"column:id;primaryKey" json:"id"`
	ClaimID     ID           `gorm:"column:claim_id" json:"claim"`
	Lang        string       `gorm:"column:lang" json:"lang" words:"own"`
	Words       string       `gorm:"column:words" json:"words" words:"article"`
	AuthorID    auth.UserID  `gorm:"column:author_id" json:"author"`
	ConfirmedBy *auth.UserID `gorm:"column:confirmed_by" json:"confirmed_by,omitempty"`
	ChangedAt   store.Micros `gorm:"column:changed_at" json:"changed_at"`
	Version     int64        `gorm:"column:version" json:"version"`
}

// TableName names the table.
func (Gloss) TableName() string { return "glosses" }

// CommentName is how a comment goes in the history, in addresses and in JSON.
type CommentName = store.Drawn

// Comment is what somebody said about a claim. One that was made while a round was open is read by its author and by
// auditors until that round is over; any other by everybody who reads the claim.
type Comment struct {
	ID         CommentID              `gorm:"column:id;primaryKey" json:"-"` // never shown: its gaps would count
	Public     store.Drawn            `gorm:"column:public" json:"id"`
	ClaimID    ID                     `gorm:"column:claim_id" json:"claim"`
	AuthorID   auth.UserID            `gorm:"column:author_id" json:"author"`
	Words      string                 `gorm:"column:words" json:"words" words:"own"`
	AddedAt    store.Micros           `gorm:"column:added_at" json:"added_at"`
	Round      int                    `gorm:"column:round" json:"-"` // the one that was open then, 0: none was
	Mentions   store.IDs[auth.UserID] `gorm:"column:mentions" json:"mentions" words:"fact"`
	ResolvedBy *auth.UserID           `gorm:"column:resolved_by" json:"resolved_by,omitempty"`
	ResolvedAt *store.Micros          `gorm:"column:resolved_at" json:"resolved_at,omitempty"` // nil: it is open
	Version    int64                  `gorm:"column:version" json:"version"`
	// Unknown are the words after an @ that name nobody of the collection, of a comment that was just added.
	Unknown []string `gorm:"-" json:"-"`
}

// TableName names the table.
func (Comment) TableName() string { return "comments" }

// Words are what a person may set of a claim: where it stands and what it says.
type Words struct {
	Span  text.Span // zero: unchanged (Edit) or needed (Create)
	Exact string    // what the person saw at the span; "" not checked, else refused when it is not there
	// of the text that the numbers count in, as the person had it open; 0: not stated, and not compared (Edit, Split)
	Revision articles.RevisionID
	// the other stretches: span and, to be checked, exact. nil: as they were (Edit, Merge), or as the span says
	// (Create, Split); empty: there are none
	More        []Stretch
	Statement   string
	Attribution string // "" means "article"
	Hedge       []string
	Kind        Kind // "" means "fact"
}
