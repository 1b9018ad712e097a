package match

import "claimbench/internal/value"

// said is a text that others are held against, with what is read out of it: each at most once, and only when it is
// asked for. A claim is held against every passage that is shown, and one passage by several rules.
type said struct {
	Item
	lang   once[string]
	acts   once[[]actAt]
	denied once[[][2]int]
	scored once[[]string]
	turned once[int]
	names  once[[][2][2]int]
	read   once[statement]
	whole  bool // it could be read as a statement
}

// once is a value that is worked out when it is first asked for. It is for one goroutine.
type once[T any] struct {
	there bool
	value T
}

func (o *once[T]) get(work func() T) T {
	if !o.there {
		o.value, o.there = work(), true
	}
	return o.value
}

func (s *said) language() string  { return s.lang.get(s.Item.language) }
func (s *said) actsIn() []actAt   { return s.acts.get(func() []actAt { return actsIn(s.Text) }) }
func (s *said) denials() [][2]int { return s.denied.get(func() [][2]int { return denials(s.Item) }) }
func (s *said) scores() []string  { return s.scored.get(func() []string { return scores(s.Text) }) }
func (s *said) people() [][2][2]int {
	return s.names.get(func() [][2][2]int { return namesIn(s.read.value) })
}

// direction is value.Direction of the text.
func (s *said) direction() int {
	return s.turned.get(func() int {
		d, _ := value.Direction(s.Text)
		return d
	})
}

// statement is the text with its numbers and dates; ok is false when it cannot be read.
func (s *said) statement() (st statement, ok bool) {
	st = s.read.get(func() (st statement) {
		if st, s.whole = readStatement(s.Item); s.whole && st.doc.Raw() == s.Text {
			st.acts = &s.acts
		}
		return st
	})
	return st, s.whole
}
