// Package dateparser stands in for github.com/markusmobius/go-dateparser, which go-htmldate names and, as this project
// asks it, never calls: its tables of 200 languages cost every start of the program 200 ms and 78 MB (docs/adr/0460).
// It has what go-htmldate needs to be compiled, and reads no date.
package dateparser

import (
	"errors"
	"time"
)

// Parser reads no date.
type Parser struct{ ParserTypes []ParserType }

// ParserType is a way to read dates.
type ParserType int

// The ways that go-htmldate names.
const (
	CustomFormat ParserType = iota
	AbsoluteTime
)

// DateSource is what an incomplete date is completed by.
type DateSource int

// Past is the date source that go-htmldate names.
const Past DateSource = 1

// Configuration is what go-htmldate sets.
type Configuration struct {
	PreferredDateSource DateSource
	StrictParsing       bool
}

// Date is a date that was read.
type Date struct{ Time time.Time }

// Parse always says that it reads no date.
func (*Parser) Parse(*Configuration, string, ...string) (Date, error) {
	return Date{}, errors.New("dates in words are not read here")
}
