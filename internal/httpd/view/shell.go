package view

import "bytes"

// Page is implemented by every page model. Template is the template's file name without ".html".
type Page interface {
	Template() string
	Frame() *Shell
}

// Shell is what every page shows around its content.
type Shell struct {
	Title      string
	Theme      string // "light", "dark" or "" for the system's
	User       *User  // nil when nobody is signed in
	Collection *Link  // the collection the page is in; nil when none
	Tabs       []Tab
	Places     []Place // where one can go from everywhere, by a key or by its words
	Tally      []Tally
	TallyName  string // accessible name of the tally
	TallyNote  string
	Status     string // what the last act did, for the key bar
	Fixed      bool   // panes fill the window and scroll on their own
	Here       string // path and query of this page, for forms that come back to it
	SearchURL  string // where the search form goes; "" hides it
	Query      string
	Demo       bool
	Live       string // URL of the event stream; "" when the page does not listen
	Reset      *Reset // nil: nothing to tell
	Unread     string // how many notices the viewer has not read; "" none
	Undo, Redo *Turn  // nil: nothing to take back, or to do again
	Stays      *Turn  // the last act, which z does not take back: it says what does
	Past       *Past  // the page can be read as it stood at a moment; nil: it cannot, or not by the viewer
	LiveTopic  string // what of the stream concerns this page, for instance "collection:3"

	screen  string          // the template that is rendered
	written *bytes.Buffer   // what has been written of it
	read    int             // how many bytes of it were read for acts
	acts    map[string]bool // the acts that stand in them
}

// Past is the moment that a page shows, or the way to one.
type Past struct {
	At     string // "" for now
	Stamp  string
	Last   string // when the last event before it happened
	Value  string // for the field
	Action string // where the field is sent
	Now    string // the page as it is now
	Keep   []Fact // other parameters of the address
}

// Reset tells that the viewer's password was reset by somebody's link, until they put the notice away.
type Reset struct {
	ID      int64
	By      string // "" when it is not known
	At      string
	Dismiss string // URL
}

// Frame gives the page its shell.
func (s *Shell) Frame() *Shell { return s }

// User is who is signed in.
type User struct{ SignIn, Name, Roles string }

// Link is an address and its words. Of comes before them: a name or title in its own language, or nothing.
type Link struct {
	URL, Word string
	Of        Foreign
}

// Tab is one entry of the main navigation.
type Tab struct {
	URL, Word string
	Here      bool
}

// Turn is an act of the viewer that they may take back, or do again. Act is
// its number among theirs, so that a second press takes nothing else back.
type Turn struct{ URL, Act, Words string }

// Place is a page that one can go to from everywhere. Act is that of its key, "" for none.
type Place struct{ URL, Word, Act string }

// Tally is one list of work and how much is in it.
type Tally struct {
	URL, Word, Count, Of string
	Wait                 string // since when the first of it waits; "" not said
	Here                 bool
}
