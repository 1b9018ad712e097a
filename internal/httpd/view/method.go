package view

import "html/template"

// Method is how a collection says that it checks, in versions.
type Method struct {
	Shell
	Head     string // "Version 3, by …", "" where there is none
	Words    template.HTML
	Lang     string
	Dir      string
	Note     Foreign
	Old      bool // the one shown is not in force
	SHA256   string
	Scale    []ScaleStep
	Versions []GuidelineRow
	More     string      // earlier versions
	Form     *MethodForm // nil: the viewer may not write one
	Wrong    Wrong
}

// ScaleStep is a verdict or a reason, what it means, and its rating in ClaimReview.
type ScaleStep struct {
	Name    string
	Word    string
	Verdict bool
	Means   Foreign
	Rating  string
}

// MethodForm is a new version on its way.
type MethodForm struct {
	URL, Words, Lang, Note string
	Opened                 int
	Clash                  bool // somebody was faster: their version stands above
	Steps                  []ScaleStep
}

// Again is the form with what was typed in it, for whoever had a version opened. nil stays nil.
func (f *MethodForm) Again(opened int, typed MethodForm) *MethodForm {
	if f == nil {
		return nil
	}
	typed.URL, typed.Opened, typed.Clash = f.URL, f.Opened, opened != f.Opened
	return &typed
}

// Template names the file.
func (*Method) Template() string { return "method" }
