package view

// Fetching is whether pages are fetched, for the workbench (House) or for a collection.
type Fetching struct {
	Shell
	House    bool
	HouseOff bool   // the workbench fetches none
	Name     string // of the collection
	Rules    string // where its rules are
	Action   string
	Allowed  bool
	Contact  string
	Version  int64
	Wrong    Wrong
	Stamping Stamping // of the workbench
}

// Stamping is the form of the service that stamps captures with the time.
type Stamping struct {
	Action, Address, Certificate string
	Version                      int64
}

// Template names the file.
func (*Fetching) Template() string { return "fetching" }

// Addresses are pages that are to be fetched into a collection, or were.
type Addresses struct {
	Shell
	Off         string // why none is fetched; "" they are
	Action      string // URL to post addresses to; "" they are not fetched
	Import      string // where files and text are taken in
	Feeds       string // where feeds are
	Watches     string // where the pages are that are asked for again
	Typed       string
	Going       bool
	Done, Total int    // of those that are done or on their way
	Progress    string // "3 addresses wait"
	Cancel      string // URL to post to, to cancel all; "" nothing waits
	Failed      string // "2 addresses failed"
	Again       string // URL to post to, to try all again
	Rows        []AddressRow
	More        string
	Wrong       Wrong
}

// Template names the file.
func (*Addresses) Template() string { return "addresses" }

// AddressRow is one of them.
type AddressRow struct {
	ID      int64
	Address string // "": the article was taken down
	State   string
	Message Foreign
	Article *Link
	Asked   string
	By      string
	Cancel  string // URL to post to; "" it cannot be cancelled
	Again   string
}
