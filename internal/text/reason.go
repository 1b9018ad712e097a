package text

import (
	"strings"
	"unicode"

	"claimbench/internal/fault"
)

// mostReason bounds a reason, in code points.
const mostReason = 2000

// Blank says that words show nothing: there is none, or spaces and what no font draws.
func Blank(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsSpace(r) && !isIgnorable(r) })
}

// CheckReason looks at the reason that a person typed for an act, and trims it. When needed is not empty, a reason must
// be given: needed asks for it, missing stands at the field.
func CheckReason(reason *string, needed, missing string) error {
	if *reason = strings.TrimSpace(*reason); CheckTyped("reason", *reason) == nil && Blank(*reason) {
		*reason = ""
	}
	if err := CheckTyped("reason", *reason); err != nil {
		return fault.Wrap(fault.Invalid, err, "%s", err).With("reason", err.Error())
	}
	if needed != "" && *reason == "" {
		return fault.New(fault.Invalid, "%s", needed).With("reason", missing)
	}
	if len([]rune(*reason)) > mostReason {
		return fault.New(fault.Invalid, "The reason has more than 2,000 characters; shorten it.").With("reason",
			"At most 2,000 characters are kept.")
	}
	return nil
}
