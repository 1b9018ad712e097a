package view

// Erasures are texts that were asked to be erased from the history.
type Erasures struct {
	Shell
	Rows   []ErasureRow
	More   string
	Ask    string // URL to post to; "" when the viewer may not
	Object string // as typed
	Name   string
	Reason string
	Wrong  Wrong
}

// ErasureRow is one of them.
type ErasureRow struct {
	ID       string
	Object   Link
	Name     string
	Reason   Foreign
	Says     string // how far it is
	Asked    string
	By       string
	EndedBy  string
	Ended    string
	Confirm  string // URL to post to; "" when the viewer may not
	Refuse   string
	TakeBack bool // who refuses is who asked
}

// Template names the file.
func (*Erasures) Template() string { return "erasures" }
