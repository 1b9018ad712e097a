package view

// Assignments says who has what of a collection, and what giving out by a rule would do.
type Assignments struct {
	Shell
	Back       string
	Action     string // the page itself, which looks at another rule
	Strategy   string // URL that gives out
	Set        string // URL that keeps the rule
	Kept       string // the rule that the collection has, in words
	Stops      string // who set it and may give out no more, so that it gives nothing out; "" for a rule that does
	How        []Option
	Looked     string // the way that is looked at
	LookedWord string
	ShareGiven string
	Shares     bool // it goes by share
	Deals      bool // it gives out
	Gives      bool // there is something to give out now
	Would      string
	AsAccepted bool
	Version    int64
	Rows       []ShareRow
	Wrong      Wrong
}

// Template names the template.
func (*Assignments) Template() string { return "assignments" }

// ShareRow is what one person has, and would get.
type ShareRow struct {
	Name, Has, Gets string
	URL             string // of what they have; "" for nothing
}
