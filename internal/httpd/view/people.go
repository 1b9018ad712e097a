package view

// SignIn is the door.
type SignIn struct {
	Shell
	Next  string
	Ways  []Way
	Wrong Wrong
}

// Way is one way to sign in: a form with fields, or with choices of one click.
type Way struct {
	Action        string
	Heading, Note string // "" for the way that the page is named after
	Fields        []WayField
	Choices       []WayChoice
	Button        string // "" where the choices are the buttons
	Hint          string
}

// WayField is a field of a way's form. Fill is what browsers may fill in (autocomplete).
type WayField struct{ Name, Label, Type, Fill, Value string }

// WayChoice is a button that signs in by one click; Does says what for.
type WayChoice struct{ Name, Value, Does string }

// Template names the file.
func (*SignIn) Template() string { return "sign_in" }

// LinkSpend takes a link (invitation, reset, first admin) and sets a password with it.
type LinkSpend struct {
	Shell
	Action  string
	Kind    string // invite, reset, first_admin
	For     string // the user's name; "" when the first admin chooses one
	User    string // the name typed by the first admin
	Names   bool   // they may say what others call them
	Called  string // what others call them
	Heading string
	Note    string
	Wrong   Wrong
	Spent   string // why the link cannot be used; "" when it can
}

// Template names the file.
func (*LinkSpend) Template() string { return "link_spend" }

// RoleRow is one role that somebody holds.
type RoleRow struct {
	Role       Code
	Where      string // a collection's name, or "everywhere"
	Collection int64
	RevokeURL  string // "" when the viewer may not
}

// UserRow is one user in the list.
type UserRow struct {
	ID       int64
	URL      string
	Name     string
	Login    string // the name to sign in with, where it is another
	Roles    []RoleRow
	Disabled bool
	Seen     string
	Me       bool
}

// Users lists the users and adds one.
type Users struct {
	Shell
	Rows   []UserRow
	More   string // URL
	Add    string
	Name   string // to sign in with
	Called string // what others call them
	Roles  []Option
	Wheres []Option
	Wrong  Wrong
}

// Template names the file.
func (*Users) Template() string { return "users" }

// UserEdit is one user: roles, state, links.
type UserEdit struct {
	Shell
	Row         UserRow
	Grant       string
	Roles       []Option
	Wheres      []Option
	Disable     string
	Enable      string
	MakeLink    string
	NewLink     string // a link just made, shown once
	LinkUntil   string
	EndSessions string
	HistoryURL  string
	SelfNote    string
	Wrong       Wrong
}

// Template names the file.
func (*UserEdit) Template() string { return "user_edit" }

// CollectionRow is one collection.
type CollectionRow struct {
	ID                  int64
	Name                string
	URL                 string // enters it
	RulesURL            string // "" when the viewer may not change them
	Quorum              int
	Rule                Code
	Articles, Claims    string
	Yours               string // the viewer's roles in it
	Here                bool
	AdviceOnly, Decided string
}

// Collections lists the collections the viewer may see, and adds one.
type Collections struct {
	Shell
	Rows  []CollectionRow
	Add   string
	Name  string
	Empty *Empty
	Wrong Wrong
}

// Template names the file.
func (*Collections) Template() string { return "collections" }

// GuardRow is one guard, which a collection may turn into advice.
type GuardRow struct {
	Value, Word string
	Advice      bool
}

// CollectionRules changes a collection's quorum, rule and guards.
type CollectionRules struct {
	Shell
	Name     string
	Action   string
	Quorum   string
	Rule     []Option
	Guards   []GuardRow
	Giving   string // URL of how claims are given out; "" when the viewer gives none out
	Status   string // URL of which sets have their status at a public address
	Hooks    string // URL of who elsewhere is told of it; "" for others than admins of the workbench
	Fetching string // URL of whether pages are fetched for it
	Asking   string // URL of whether readers may ask
	Model    string // URL of whether its texts are sent to the language model
	Version  int64
	Wrong    Wrong
}

// Template names the file.
func (*CollectionRules) Template() string { return "collection_rules" }

// Drafts are what the viewer typed of reviews and did not send.
type Drafts struct {
	Shell
	Rows    []DraftRow
	Discard string // URL to post to
	More    string
}

// Template names the file.
func (*Drafts) Template() string { return "drafts" }

// KeptForm is how a form keeps on the server what is typed in it.
type KeptForm struct {
	URL     string // that keeps it
	Version int64  // of the draft that the page builds on, 0 none
	Back    string // that what was typed before is in the form, and when it was saved; "" when nothing is
}

// DraftField are words that were typed in a field.
type DraftField struct {
	Word  string
	Words Foreign
}

// DraftRow is a review or another form that is not sent.
type DraftRow struct {
	ID         int64   // of its claim
	URL        string  // where to go on with it, or its claim; "" when the viewer reads neither
	Words      Foreign // the claim's; no text when the viewer does not read it
	Verdict    Verdict // "" none chosen
	Reason     string
	Confidence string
	Rationale  Foreign
	Searched   Foreign
	Form       string // of another form than a review: its name
	FormWord   string // and what it is called
	Fields     []DraftField
	Saved      string
	Goes       string // the day on which it is erased; "" when it stays
	ArticleID  int64  // of a claim that is begun: of its article; then ID is 0
	Began      string
	Title      Foreign // of that article; no text when the viewer does not read it
}

// Settings is the viewer's own page: theme, password, sessions, keys.
type Settings struct {
	Shell
	Mail       *MailForm // nil: the server sends no mail
	Roles      []RoleRow
	Themes     []Option
	Zone       string   // the time zone that was chosen, "" for the browser's
	Zones      []Option // offered; any other may be typed
	KeyLangs   []Option // languages of key words
	Naming     string   // URL that keeps what others call the viewer
	Called     string   // what they call them
	Reads      string   // URL that keeps the languages that the viewer reads
	Langs      []Option // to choose from
	OtherLangs string   // codes of others
	Password   string   // URL
	SignOut    string
	EndAll     string
	Wrong      Wrong
}

// Template names the file.
func (*Settings) Template() string { return "settings" }

// ErrorPage says what went wrong and what to do.
type ErrorPage struct {
	Shell
	Status  int
	Heading string
	Msg     string
	Request string
	Back    Link
	Problem []Mistake
	Typed   []Typed
}

// Typed is a field of a form as it was sent, given back to be copied.
type Typed struct{ ID, Label, Words string }

// Template names the file.
func (*ErrorPage) Template() string { return "error" }

// MailForm is whether and where the viewer wants a daily mail.
type MailForm struct {
	URL, Address string
	Daily        bool
}
