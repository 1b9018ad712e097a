package shelf

import (
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/store"
)

// FileID is a file that came in.
type FileID int64

// FileState says how far a file is.
type FileState string

// The states of a file.
const (
	Coming    FileState = "coming"    // its bytes are being written
	Looked    FileState = "looked"    // a dry run was made; nothing is in yet
	Importing FileState = "importing" // a job takes its entries in
	Imported  FileState = "imported"
	Dropped   FileState = "dropped" // nothing of it was taken
)

// File is a file of fact-checks.
type File struct {
	ID           FileID            `gorm:"column:id;primaryKey" json:"id"`
	CollectionID auth.CollectionID `gorm:"column:collection_id" json:"collection"`
	Name         string            `gorm:"column:name" json:"name" words:"own"`
	Format       Format            `gorm:"column:format" json:"format"`
	Bytes        int64             `gorm:"column:bytes" json:"bytes"`
	SHA256       string            `gorm:"column:sha256" json:"sha256" words:"fact"`
	Look         string            `gorm:"column:look" json:"-" words:"fact"`
	State        FileState         `gorm:"column:state" json:"state"`
	Taken        int64             `gorm:"column:taken" json:"taken"`
	Known        int64             `gorm:"column:known" json:"known"`
	BroughtBy    auth.UserID       `gorm:"column:brought_by" json:"brought_by"`
	BroughtAt    store.Micros      `gorm:"column:brought_at" json:"-"`
	Version      int64             `gorm:"column:version" json:"version"`
}

// TableName names the table.
func (File) TableName() string { return "shelf_files" }

// piece is a part of a file's bytes.
type piece struct {
	FileID FileID `gorm:"column:file_id;primaryKey;autoIncrement:false"`
	N      int64  `gorm:"column:n;primaryKey;autoIncrement:false"`
	Bytes  []byte `gorm:"column:bytes" words:"fact"`
}

func (piece) TableName() string { return "shelf_pieces" }

// EntryID is a fact-check on a shelf.
type EntryID int64

// EntryState says whether an entry is on its shelf.
type EntryState string

// The states of an entry.
const (
	Kept     EntryState = "kept"
	Removed  EntryState = "removed"
	Withheld EntryState = "withheld" // taken down by law: its words and bytes are gone
)

// Entry is one fact-check of somebody.
type Entry struct {
	ID           EntryID           `gorm:"column:id;primaryKey" json:"id"`
	CollectionID auth.CollectionID `gorm:"column:collection_id" json:"collection"`
	FileID       FileID            `gorm:"column:file_id" json:"file"`
	N            int64             `gorm:"column:n" json:"n"`
	State        EntryState        `gorm:"column:state" json:"state"`
	Claim        string            `gorm:"column:claim" json:"claim" words:"fact"`
	Lang         string            `gorm:"column:lang" json:"lang" words:"fact"`
	Detected     bool              `gorm:"column:detected" json:"lang_detected"`
	Rating
	Verdict   claims.Verdict `gorm:"column:verdict" json:"verdict"`
	Publisher string         `gorm:"column:publisher" json:"publisher" words:"fact"`
	URL       string         `gorm:"column:url" json:"url" words:"fact"`
	Day       string         `gorm:"column:day" json:"day" words:"fact"`
	Author    string         `gorm:"column:author" json:"author" words:"fact"`
	Appeared  string         `gorm:"column:appeared" json:"appeared" words:"fact"`
	Source    string         `gorm:"column:source" json:"-" words:"fact"`
	Terms     string         `gorm:"column:terms" json:"-" words:"fact"`
	Raw       []byte         `gorm:"column:raw" json:"-" words:"fact"`
	SHA256    string         `gorm:"column:sha256" json:"sha256" words:"fact"`
	Said      string         `gorm:"column:said" json:"-" words:"fact"`
	Version   int64          `gorm:"column:version" json:"version"`
}

// TableName names the table.
func (Entry) TableName() string { return "shelf_entries" }

// stateOf says how far a shelf is.
type stateOf struct {
	CollectionID auth.CollectionID `gorm:"column:collection_id;primaryKey;autoIncrement:false"`
	Entries      int64             `gorm:"column:entries"`
	Newest       EntryID           `gorm:"column:newest"`
	Maker        string            `gorm:"column:maker" words:"fact"`
}

func (stateOf) TableName() string { return "shelf_states" }

// looked says how far a claim was compared with its shelf.
type looked struct {
	ClaimID      claims.ID `gorm:"column:claim_id;primaryKey;autoIncrement:false"`
	WordsVersion int64     `gorm:"column:words_version"`
	Upto         EntryID   `gorm:"column:upto"` // the newest entry then
}

// TableName names the table.
func (looked) TableName() string { return "shelf_looked" }

// MatchID is an entry that may say what a claim says.
type MatchID int64

// MatchState says what a person said of a match.
type MatchState string

// The states of a match.
const (
	Proposed  MatchState = "proposed"
	Confirmed MatchState = "confirmed"
	Refused   MatchState = "refused"
)

// Match is an entry that may say what a claim says.
type Match struct {
	ID           MatchID           `gorm:"column:id;primaryKey"`
	CollectionID auth.CollectionID `gorm:"column:collection_id"`
	ClaimID      claims.ID         `gorm:"column:claim_id"`
	EntryID      EntryID           `gorm:"column:entry_id"`
	Score        int64             `gorm:"column:score"` // of 1000
	State        MatchState        `gorm:"column:state"`
	DecidedBy    *auth.UserID      `gorm:"column:decided_by"`
	DecidedAt    *store.Micros     `gorm:"column:decided_at"`
	Version      int64             `gorm:"column:version"`
}

// TableName names the table.
func (Match) TableName() string { return "shelf_matches" }
