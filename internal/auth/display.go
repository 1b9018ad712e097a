package auth

import (
	"context"
	"strings"
	"unicode/utf8"

	"claimbench/internal/fault"
	"claimbench/internal/store"
)

// longestDisplay is how many code points the name has by which others call somebody.
const longestDisplay = 100

// checkDisplay trims the name by which others call somebody, in any script; "" is refused nowhere and means the name
// to sign in with.
func checkDisplay(display *string) error {
	*display = strings.TrimSpace(*display)
	if utf8.RuneCountInString(*display) > longestDisplay || hasControls(*display) {
		const msg = "The full name is too long or has characters that cannot be seen. Use at most 100 plain characters."
		return fault.New(fault.Invalid, msg).With("display", msg)
	}
	return nil
}

// SetDisplay changes what others call the person who asks; "" is the name to sign in with, which stays. No event of
// before changes: histories show what people are called now, and the log the name to sign in with.
func (s *Service) SetDisplay(ctx context.Context, a Actor, display string) (_ string, err error) {
	defer fault.In(&err, "auth.SetDisplay(%d)", a.UserID)
	if err := checkDisplay(&display); err != nil {
		return "", err
	}
	if display == "" {
		display = a.Name
	}
	return display, s.db.Write(ctx, func(tx *store.Tx) error {
		_, err := changeUser(tx, a.Who(""), a.UserID, "user.called", "", func(u *userRow) error {
			if !u.Enabled {
				return fault.New(fault.Conflict, "This account changed meanwhile. Sign in again.")
			}
			u.Display = display
			return nil
		})
		return err
	})
}
