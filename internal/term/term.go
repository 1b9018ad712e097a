// Package term is the one shape of a closed vocabulary: a state, a verdict, a reason. Each room declares its own as one
// table of names with their words for people; screens, messages, form options and JSON read it from there.
package term

import (
	"fmt"
	"slices"
	"strings"

	"claimbench/internal/fault"
)

// Term is one name of a vocabulary. Name is what tables, JSON and addresses hold; Word is what a person reads, in
// lower case, ready to stand inside a sentence; About says in one sentence what it means.
type Term[T ~string] struct {
	Name  T      `json:"name"`
	Word  string `json:"word"`
	About string `json:"about"`
}

// Table is a vocabulary in its order. It does not change after it was made.
type Table[T ~string] struct {
	what  string
	terms []Term[T]
}

// New makes a table. what names the vocabulary inside a message: "kind of evidence".
func New[T ~string](what string, terms ...Term[T]) Table[T] {
	return Table[T]{what: what, terms: terms}
}

// Terms lists the terms in order.
func (t Table[T]) Terms() []Term[T] { return slices.Clone(t.terms) }

// Names lists the names in order.
func (t Table[T]) Names() []T {
	out := make([]T, len(t.terms))
	for i, x := range t.terms {
		out[i] = x.Name
	}
	return out
}

// Words lists the words in order.
func (t Table[T]) Words() []string {
	out := make([]string, len(t.terms))
	for i, x := range t.terms {
		out[i] = x.Word
	}
	return out
}

// Of finds a term by its name.
func (t Table[T]) Of(name T) (Term[T], bool) {
	for _, x := range t.terms {
		if x.Name == name {
			return x, true
		}
	}
	return Term[T]{}, false
}

// Has says whether a name is one of the table.
func (t Table[T]) Has(name T) bool {
	_, ok := t.Of(name)
	return ok
}

// Word is how people read a name; a name that the table does not have stands as it is.
func (t Table[T]) Word(name T) string {
	if x, ok := t.Of(name); ok {
		return x.Word
	}
	return string(name)
}

// About says what a name means, "" when the table does not have it.
func (t Table[T]) About(name T) string {
	x, _ := t.Of(name)
	return x.About
}

// Only is the part of the table that a condition keeps, in the same order.
func (t Table[T]) Only(keep func(T) bool) Table[T] {
	out := Table[T]{what: t.what}
	for _, x := range t.terms {
		if keep(x.Name) {
			out.terms = append(out.terms, x)
		}
	}
	return out
}

// Check is fault.Invalid, on the field, for a name that the table does not have. It names those that it has.
func (t Table[T]) Check(field string, name T) error {
	if t.Has(name) {
		return nil
	}
	msg := fmt.Sprintf("“%s” is no %s. Choose one of these: %s.", name, t.what, strings.Join(t.names(), ", "))
	return fault.New(fault.Invalid, "%s", msg).With(field, msg)
}

func (t Table[T]) names() []string {
	out := make([]string, len(t.terms))
	for i, x := range t.terms {
		out[i] = string(x.Name)
	}
	return out
}
