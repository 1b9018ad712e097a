package view

import "html/template"

// Guidelines is what the people of a collection agreed on, in versions.
type Guidelines struct {
	Shell
	Head     string // "Version 3, in force since …", "" where there are none
	Words    template.HTML
	Lang     string
	Dir      string
	Note     Foreign
	Old      bool // the one shown is not in force
	Changes  *Changes
	Versions []GuidelineRow
	More     string // earlier versions
	Gaps     []GapRow
	MoreGaps string
	Form     *GuidelineForm // nil: the viewer may not set them
	Wrong    Wrong
}

// Changes is what differs between two versions.
type Changes struct {
	Title   string
	Was, Is []DiffPart
}

// GuidelineRow is a version in the list.
type GuidelineRow struct {
	Link Link
	Note Foreign
	By   string
	Here bool
}

// GapRow is what an adjudicator found the guidelines silent about.
type GapRow struct {
	ID       int64
	Claim    Link
	Words    Foreign // the decision's rationale
	Found    string
	Answered string // "" while it is open
	Form     *GapForm
}

// GapForm says which version answers a gap.
type GapForm struct {
	URL     string
	Newest  int
	Version int64
}

// GuidelineForm is a new version on its way.
type GuidelineForm struct {
	URL, Words, Lang, Note string
	Opened                 int
	Clash                  bool // somebody was faster: their version stands above
}

// Template names the file.
func (*Guidelines) Template() string { return "guidelines" }
