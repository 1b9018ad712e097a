package view

// Feeds are the feeds of a collection.
type Feeds struct {
	Shell
	Off       string // why none is asked for; "" they are
	Addresses string // URL of the pages that are fetched
	Action    string // URL to post to; "" none can be added
	Typed     string
	Modes     []Option
	Rows      []FeedRow
	More      string
	Wrong     Wrong
}

// Template names the file.
func (*Feeds) Template() string { return "feeds" }

// FeedRow is one of them.
type FeedRow struct {
	URL         string
	Title       Foreign
	Address     string
	Mode        string
	Answered    string // from where, when it led elsewhere
	Gone        string // since when; "" it is there
	Asked, Next string
	Waits       string
	Message     Foreign // why the last try failed
	Note        Foreign // what was read of it
}

// Feed is one feed with its items.
type Feed struct {
	Shell
	FeedRow
	List      string
	By, Since string
	Version   int64
	Modes     []Option
	Set, End  string // URLs to post to; "" it is not asked for
	Filter    []Tab
	Items     []FeedItem
	More      string
	Take      string
	Pass      string
	Wrong     Wrong
}

// Template names the file.
func (*Feed) Template() string { return "feed" }

// FeedItem is what stood in a feed.
type FeedItem struct {
	ID        int64
	Title     Foreign
	Address   string
	Note      Foreign
	Published string
	Found     string
	Article   string // URL
	Waits     bool
	Chosen    bool // it was checked in a form that was refused
}
