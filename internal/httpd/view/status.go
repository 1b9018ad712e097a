package view

// Statuses are the frozen sets of a collection, with those whose status is at a public address.
type Statuses struct {
	Shell
	Rows     []StatusRow
	More     string // URL of the page that follows; "" on the last
	Publish  string // URL; "" when the viewer may not
	Withdraw string // URL
	Command  string // that makes a list as a file
	Empty    *Empty
	Wrong    Wrong
}

// Template names the file.
func (*Statuses) Template() string { return "statuses" }

// StatusRow is one frozen set.
type StatusRow struct {
	ID        int64
	Title     string
	N         int
	Frozen    string
	Address   string // URL of its list; "" when it is not published
	Published string
}
