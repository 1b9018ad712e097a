package view

// Tokens are a person's access tokens, and the form for another.
type Tokens struct {
	Shell
	Secret    string // of the token that was just made; "" none was
	Rows      []TokenRow
	Scopes    []Option
	Name      string
	Days      string
	ReadsOnly bool
	Wrong     Wrong
}

// Template names the file.
func (*Tokens) Template() string { return "tokens" }

// TokenRow is one token.
type TokenRow struct {
	ID        int64
	Name      string
	Scopes    []string
	ReadsOnly bool
	Until     string
	Seen      string
	Over      string // why it lets nobody in any more; "" it does
}

// Machines are all machines, and the form for another.
type Machines struct {
	Shell
	Secret      string
	Powers      []string
	Rows        []MachineRow
	Collections []Option
	Name        string
	Display     string
	Owner       string
	Days        string
	Wrong       Wrong
}

// Template names the file.
func (*Machines) Template() string { return "machines" }

// MachineRow is one machine.
type MachineRow struct {
	ID          int64
	URL         string
	Name        string
	Owner       string
	Disabled    bool
	Collections []string
	Tokens      []TokenRow
	Renew       string // URL
}
