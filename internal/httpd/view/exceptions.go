package view

// Exceptions are the rules that an auditor asks by, each with how many rows it has.
type Exceptions struct {
	Shell
	Rules  []RuleCount
	Export string // URL to post to; "" on a page of the past
	Signs  bool   // the whole report can be taken home signed
	Note   string
	Check  string // the command that checks a saved report
}

// RuleCount is one rule.
type RuleCount struct {
	URL   string
	Name  string
	Title string
	Says  string
	Rows  string // how many, "none"
	None  bool
	Fault bool // there should be none, and there are
}

// Template names the file.
func (*Exceptions) Template() string { return "exceptions" }

// Exception is one rule with a page of its rows.
type Exception struct {
	Shell
	Back   string
	Name   string
	Title  string
	Says   string
	Fault  bool
	Heads  []string
	Rows   [][]Cell
	Next   string
	Export string // URL to post to; "" on a page of the past
	Empty  string
}

// Cell is one cell of a row.
type Cell struct {
	Head  string
	Word  string
	URL   string
	Stamp string // of a moment
	Name  bool   // it is what somebody calls themselves
}

// Template names the file.
func (*Exception) Template() string { return "exception" }
