package view

// Shelf is what others have checked already, in a collection.
type Shelf struct {
	Shell
	Query    string
	Verdicts []Option
	Langs    string // the language that is asked for
	Note     string
	Rows     []ShelfRow
	More     string // URL of the next page, "" on the last
	Import   string // URL; "" when the viewer may not
	Export   string // URL; "" when the viewer may not
	Here     string // URL of the list
	Empty    *Empty
}

// Template names the file.
func (*Shelf) Template() string { return "shelf" }

// ShelfRow is one fact-check.
type ShelfRow struct {
	URL       string // of its page; "" of one that is not in yet
	Name      string // "Entry 7"
	Claim     Foreign
	Language  string // its code, and whether it was found
	Rating    Foreign
	Verdict   Verdict // "" when it is not certain
	Odd       bool    // the scale is not as the standard has it
	Scale     string
	Publisher Foreign
	Address   string // where it is published, "" for none
	Day       string
	Gone      string // why it is not on the shelf, "" when it is
}

// ShelfFiles is the page on which fact-checks are imported.
type ShelfFiles struct {
	Shell
	Action  string
	Text    string
	Formats []ShelfFormat
	Rows    []ShelfFileRow
	More    string
	Shelf   string
	Wrong   Wrong
}

// Template names the file.
func (*ShelfFiles) Template() string { return "shelf_files" }

// ShelfFormat is a format of files and what is said of it.
type ShelfFormat struct{ Word, About string }

// ShelfFileRow is a file that was brought.
type ShelfFileRow struct {
	URL     string
	Name    Foreign
	Format  string
	State   string
	Counts  string
	Brought string
}

// ShelfFile is one file with what a dry run found in it.
type ShelfFile struct {
	Shell
	Name           Foreign
	Row            ShelfFileRow
	Good, Bad      string
	Faults         []ShelfFault
	Left           string // how many more are not named, "" for none
	First          []ShelfRow
	Source         []ShelfFact
	Take, Drop     string // URLs; "" when it cannot be any more
	Version        int64
	Job            *Job
	Shelf, Files   string
	SHA256, Import string
	Wrong          Wrong
}

// Template names the file.
func (*ShelfFile) Template() string { return "shelf_file" }

// ShelfFault is an item of a file that is left out.
type ShelfFault struct{ N, Line, Why string }

// ShelfFact is a name and what it is.
type ShelfFact struct {
	Name  string
	Value Foreign
}

// ShelfEntry is the page of one fact-check.
type ShelfEntry struct {
	Shell
	Row      ShelfRow
	Facts    []ShelfFact
	Appeared []string
	Raw      string
	Cut      bool
	SHA256   string
	Remove   string // URLs; "" when the viewer may not
	Withhold string
	Version  int64
	Reason   string
	Shelf    string
	History  string
	Wrong    Wrong
}

// Template names the file.
func (*ShelfEntry) Template() string { return "shelf_entry" }

// CheckedPage is what was checked already of a claim, as a page of its own.
type CheckedPage struct {
	Shell
	Claim   Claim
	Checked Checked
}

// Template names the file.
func (*CheckedPage) Template() string { return "claim_checked" }

// Panel says that it is a part of a claim's page, too.
func (*CheckedPage) Panel() {}

// Checked are the fact-checks that may be of a claim.
type Checked struct {
	Later
	Note string
	Rows []CheckedRow
}

// CheckedRow is a fact-check that may be of a claim.
type CheckedRow struct {
	ShelfRow
	ID      int64
	State   string
	Shared  []SharedKey
	Decide  string // URL; "" when the viewer may not
	Back    string // URL that comes back
	Version int64
	Yes, No bool // what can be said of it
	First   bool // keys lead to it
}
