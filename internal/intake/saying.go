package intake

import (
	"errors"
	"fmt"

	"claimbench/internal/fault"
)

// saying is an error in our own words, as the end of “It cannot be read as HTML: …”, with the remedy. What the modules
// say that read files is for those who write programs: it stays the cause, and is not shown to people.
type saying struct {
	words string
	cause error
}

func (s *saying) Error() string { return s.words }
func (s *saying) Unwrap() error { return s.cause }

// says makes one.
func says(format string, a ...any) error { return &saying{words: fmt.Sprintf(format, a...)} }

// saysOf makes one of another error, which stays its cause.
func saysOf(cause error, format string, a ...any) error {
	return &saying{fmt.Sprintf(format, a...), cause}
}

// damaged is said where only a module knows what is wrong.
const damaged = "it is damaged, or not what it seems to be. Open it in the program that made it, save it again, and " +
	"bring that"

// sayingOf is what people read of an error: our own words, never those of a module.
func sayingOf(err error) string {
	var s *saying
	var lie *notAsNamed
	var u *Unsure
	switch e, ok := fault.As(err); {
	case ok:
		return e.Msg
	case errors.As(err, &s):
		return s.words
	case errors.As(err, &lie):
		return lie.Error()
	case errors.As(err, &u):
		return u.Error()
	}
	return damaged
}
