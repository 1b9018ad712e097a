package captures

import (
	"encoding/json"
	"fmt"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/store"
	"claimbench/internal/text"
)

// ID is a capture's number.
type ID int64

// Capture is a document that was kept for an item of evidence.
type Capture struct {
	ID           ID                `gorm:"column:id;primaryKey"`
	CollectionID auth.CollectionID `gorm:"column:collection_id"`
	EvidenceID   int64             `gorm:"column:evidence_id"`
	ClaimID      int64             `gorm:"column:claim_id"`
	BodyID       ID                `gorm:"column:body_id"` // the capture whose bytes these are
	State        State             `gorm:"column:state"`
	Way          Way               `gorm:"column:way"`
	Found        Found             `gorm:"column:found"`
	text.Span                      // of the quotation in the text; empty: not found
	Document     string            `gorm:"column:document" words:"fact"` // an About as JSON
	// a Stamp as JSON; "" there is none
	Stamp   string       `gorm:"column:stamp" words:"fact"`
	KeptBy  auth.UserID  `gorm:"column:kept_by"`
	KeptAt  store.Micros `gorm:"column:kept_at"`
	Version int64        `gorm:"column:version"`
}

// TableName names the table.
func (Capture) TableName() string { return "captures" }

// About is what is known of a captured document. Facts are what it says of itself, "" where it does not.
type About struct {
	Name      string   `json:"name"`    // of the file; "" it was fetched
	Address   string   `json:"address"` // where it stood; "" not known
	TakenAt   string   `json:"taken_at"`
	Media     string   `json:"media"`
	Bytes     int64    `json:"bytes"`
	SHA256    string   `json:"sha256"`       // of the document's bytes, unpacked; lower-case hex
	Words     string   `json:"words_sha256"` // of the text that was read of them
	Title     string   `json:"title"`
	Authors   string   `json:"authors,omitempty"`
	Publisher string   `json:"publisher"`
	Published string   `json:"published"` // YYYY, YYYY-MM or YYYY-MM-DD
	Lang      string   `json:"lang"`
	Dir       string   `json:"dir"`
	Reader    string   `json:"reader"`
	ReaderV   int      `json:"reader_version"`
	Page      int      `json:"page,omitempty"`    // of a PDF: on which the quotation begins; 0 it is not known
	Pages     int      `json:"pages,omitempty"`   // of a PDF: the last that has words
	Dropped   []string `json:"dropped,omitempty"` // names of headers that were not kept
	Notes     []string `json:"notes,omitempty"`   // of the reader, for people
}

// About is what is known of the document; nothing of one that is withheld.
func (c Capture) About() (a About, err error) {
	return a, json.Unmarshal([]byte(c.Document), &a)
}

// Document is what the document says of itself, in the words in which all rooms say it.
func (a About) Document() articles.About {
	return articles.About{Title: a.Title, Authors: a.Authors, Source: a.Publisher, Published: a.Published,
		Lang: a.Lang, URL: a.Address}
}

func (a About) written() (string, error) {
	b, err := json.Marshal(a)
	return string(b), err
}

// body holds the bytes of a capture.
type body struct {
	ID    ID     `gorm:"column:id;primaryKey;autoIncrement:false"`
	WARC  []byte `gorm:"column:warc" words:"fact"`
	Words []byte `gorm:"column:words" words:"fact"`
	Stamp []byte `gorm:"column:stamp" words:"fact"` // the token of a time stamp; empty: there is none
}

func (body) TableName() string { return "capture_bodies" }

// MostOfItem is how many captures of one item of evidence are kept.
const MostOfItem = 5

// Object names a capture in the history.
func Object(id ID) string { return fmt.Sprintf("capture:%d", id) }
