package desk

import (
	"encoding/json"
	"strconv"
	"time"

	"claimbench/internal/store"
)

// The JSON types of the answers, apart from the rows that they are made of: a column may come, go or be renamed, and a
// program that reads the API does not notice. Names are snake_case; a list is never null; times are RFC 3339 in UTC
// with microseconds; ids are numbers; a field that does not apply is left out.

// List is a list as programs read it: {"items": [...], "next": "..."}. Next is what to send as "after" for the page
// that follows; it is left out on the last one.
type List[T any] struct {
	Items []T    `json:"items"`
	Next  string `json:"next,omitempty"`
}

// ListOf makes a list of a whole answer.
func ListOf[T any](items []T) List[T] { return List[T]{Items: items} }

// MarshalJSON writes no items as [], never null.
func (l List[T]) MarshalJSON() ([]byte, error) {
	if l.Items == nil {
		l.Items = []T{}
	}
	type plain List[T]
	return json.Marshal(plain(l))
}

// Time is a moment as programs read it.
type Time store.Micros

// MarshalJSON writes it as RFC 3339 in UTC, to the microsecond.
func (t Time) MarshalJSON() ([]byte, error) { return json.Marshal(store.Micros(t).String()) }

// Time is the moment as the doors write it.
func (t Time) Time() time.Time { return store.Micros(t).Time() }

// timeOf is a moment that may be missing.
func timeOf(at *store.Micros) *Time {
	if at == nil {
		return nil
	}
	t := Time(*at)
	return &t
}

// some is a list that is never nil, so that it is written as [].
func some[T any](all []T) []T {
	if all == nil {
		return []T{}
	}
	return all
}

func stringsOf[S ~string](all []S) []string {
	out := make([]string, len(all))
	for i, s := range all {
		out[i] = string(s)
	}
	return out
}

func decimal[T ~int64 | ~int](n T) string { return strconv.FormatInt(int64(n), 10) }
