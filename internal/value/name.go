package value

import "claimbench/internal/text"

// Name is a proper name in a sentence. Type is one of the Name constants; Text is the name as written.
type Name struct {
	Span       text.Span
	Type, Text string
}

// The kinds of name.
const (
	NamePerson  = "person"
	NameOrg     = "org"
	NamePlace   = "place"
	NameHandle  = "handle"
	NameGroup   = "group"
	NameMalware = "malware"
	NameOther   = "other"
)

// Names gives the proper names of sentence s of d, in order and without overlaps.
func Names(d *text.Doc, s text.Sentence) []Name { return NewScan(d, s).Names() }
