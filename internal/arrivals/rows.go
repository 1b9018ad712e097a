package arrivals

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/intake"
	"claimbench/internal/store"
	"claimbench/internal/term"
)

// ID is an arrival's number.
type ID int64

// State says how far an arrival is.
type State string

// States of an arrival.
const (
	Fetching State = "fetching"
	Failed   State = "failed"
	Reading  State = "reading"
	Asks     State = "asks"
	Ready    State = "ready"
	Refused  State = "refused"
	Split    State = "split"
	Taking   State = "taking"
	Taken    State = "taken"
)

// States are the states with their words.
var States = term.New("state of an arrival",
	term.Term[State]{Name: Fetching, Word: "being fetched"},
	term.Term[State]{Name: Failed, Word: "not fetched", About: "The page could not be had; it may be tried again."},
	term.Term[State]{Name: Reading, Word: "being read"},
	term.Term[State]{Name: Asks, Word: "asks", About: "A person says in which letters it is, or which column is " +
		"which."},
	term.Term[State]{Name: Ready, Word: "ready"},
	term.Term[State]{Name: Refused, Word: "refused", About: "Nothing of it is kept."},
	term.Term[State]{Name: Split, Word: "holds several", About: "Each of them is an arrival of its own."},
	term.Term[State]{Name: Taking, Word: "being taken in"},
	term.Term[State]{Name: Taken, Word: "taken in", About: "It is an article; nothing of it is kept here."})

// Arrival is something that a person brought. Its facts are what was read of it, or what the person says instead.
type Arrival struct {
	ID           ID                `gorm:"column:id;primaryKey"`
	CollectionID auth.CollectionID `gorm:"column:collection_id"`
	UserID       auth.UserID       `gorm:"column:user_id"` // its owner
	Via          history.Via       `gorm:"column:via"`
	Request      string            `gorm:"column:request" words:"fact"`
	State        State             `gorm:"column:state"`
	Version      int64             `gorm:"column:version"`
	Name         string            `gorm:"column:name" words:"fact"` // of the file; "" a pasted text
	Media        string            `gorm:"column:media" words:"fact"`
	Size         int64             `gorm:"column:size"` // of the file, in bytes
	SHA256       string            `gorm:"column:sha256" words:"fact"`
	Held         int64             `gorm:"column:held"` // bytes that are kept
	Charset      string            `gorm:"column:charset" words:"fact"`
	Mapped       string            `gorm:"column:mapped" words:"fact"` // Columns as JSON
	Made         bool              `gorm:"column:made"`
	TextSHA256   string            `gorm:"column:text_sha256" words:"fact"`
	Facts
	PublishedAs string           `gorm:"column:published_as" words:"fact"`
	Found       string           `gorm:"column:found" words:"fact"` // a Found as JSON
	Alike       store.List[Like] `gorm:"column:alike"`
	Message     string           `gorm:"column:message" words:"fact"` // why it was refused, for people
	ArticleID   *articles.ID     `gorm:"column:article_id"`
	Existing    bool             `gorm:"column:existing"` // the collection held the text before
	AddedAt     store.Micros     `gorm:"column:added_at"`
	ChangedAt   store.Micros     `gorm:"column:changed_at"`

	// of a page that is fetched
	Address string             `gorm:"column:address" words:"fact"` // that its owner gave; "" it is no page
	Final   string             `gorm:"column:final" words:"fact"`   // that answered
	Reached store.List[string] `gorm:"column:reached" words:"fact"` // every address on the way
	Near    store.List[Near]   `gorm:"column:near"`
	Revised bool               `gorm:"column:revised"` // it became a revision of an article that was here

	// the name of the machine that brought it to its owner; "": they brought it
	Brought string `gorm:"column:brought" words:"fact"`
}

// Facts are what a person may mend. Published is a day of our calendar; typed, it may be of another one.
type Facts struct {
	Title     string `gorm:"column:title" words:"fact"`
	Source    string `gorm:"column:source" words:"fact"`
	Byline    string `gorm:"column:byline" words:"fact"`
	URL       string `gorm:"column:url" words:"fact"`
	Lang      string `gorm:"column:lang" words:"fact"`
	Published string `gorm:"column:published" words:"fact"`
	Origin    string `gorm:"column:origin" words:"fact"` // whose text it is; "" not stated
}

// TableName names the table.
func (Arrival) TableName() string { return "arrivals" }

// Like is an article that looks like what came: Kind as evidence.OriginProposal has it, Overlap in per mille.
type Like struct {
	Article articles.ID `json:"article"`
	Kind    string      `json:"kind"`
	Overlap int         `json:"overlap"`
}

// Found is what was read besides the facts.
type Found struct {
	Reader    string           `json:"reader,omitempty"`
	Version   int              `json:"version,omitempty"`
	Encoding  string           `json:"encoding,omitempty"`
	Points    int              `json:"code_points,omitempty"`
	Sentences int              `json:"sentences,omitempty"`
	Begins    string           `json:"begins,omitempty"` // of the text, at most 300 code points
	Partial   string           `json:"partial,omitempty"`
	Notes     []string         `json:"notes,omitempty"`
	LeftOut   []intake.LeftOut `json:"left_out,omitempty"` // the first mostLeftOut
	Left      int              `json:"left,omitempty"`     // how many pieces were left out
	Proposed  *intake.Origin   `json:"proposed,omitempty"` // whose words it says that it has
	Readings  []intake.Preview `json:"readings,omitempty"` // of one whose letters are not certain
	Columns   []string         `json:"columns,omitempty"`  // of rows
	Chosen    intake.Columns   `json:"chosen,omitempty"`   // which column is read as which part
	Rows      int              `json:"rows,omitempty"`     // how many would become articles
	Sample    []Row            `json:"sample,omitempty"`   // the first of them
	Items     int              `json:"items,omitempty"`    // how many arrivals it became
}

// Row is one row of a file as it would come in.
type Row struct {
	Facts
	Begins string
	Notes  []string
}

// Read is what was found; nothing of one that was not read.
func (a Arrival) Read() (f Found) {
	_ = json.Unmarshal([]byte(a.Found), &f) // Put wrote it
	return f
}

func (f Found) written() string {
	b, _ := json.Marshal(f) // strings and numbers
	return string(b)
}

// Columns are those that the owner chose.
func (a Arrival) Columns() (c intake.Columns) {
	_ = json.Unmarshal([]byte(a.Mapped), &c) // written by map
	return c
}

// Pasted says that it was typed or pasted, and is no file.
func (a Arrival) Pasted() bool { return a.Name == "" }

// Going says that work on it has not ended.
func (a Arrival) Going() bool { return a.State == Fetching || a.State == Reading || a.State == Taking }

// held are the bytes of an arrival, gzip.
type held struct {
	ID       ID     `gorm:"column:id;primaryKey;autoIncrement:false"`
	File     []byte `gorm:"column:file" words:"fact"`
	Document []byte `gorm:"column:document" words:"fact"`
}

func (held) TableName() string { return "arrival_bytes" }

const (
	objectKind = "arrival:"
	takeKind   = "arrivals:"
)

func objectOf(id ID) string { return objectKind + strconv.FormatInt(int64(id), 10) }

func ofObject(object string) (ID, error) {
	n, err := strconv.ParseInt(strings.TrimPrefix(object, objectKind), 10, 64)
	if err != nil {
		return 0, fault.New(fault.Internal, "%s names no arrival", object)
	}
	return ID(n), nil
}

// takeObject names what a person takes into a collection.
func takeObject(in auth.CollectionID, user auth.UserID) string {
	return fmt.Sprintf("%s%d:%d", takeKind, in, user)
}

// written is what a file or its sender made us say, in characters that every database keeps.
func written(s string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(s, "\ufffd"), "\x00", "\ufffd")
}

func unzipped(packed []byte) ([]byte, error) {
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(z)
}
