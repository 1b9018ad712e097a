package auth

import (
	"context"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"claimbench/internal/fault"
	"claimbench/internal/store"
	"claimbench/internal/text"
)

// longestDisplay is how many code points the name has by which others call somebody.
const longestDisplay = 100

// checkDisplay brings the name by which others call somebody into one form (NFC, one space between words), and refuses
// one that shows nothing, hides something or mixes scripts; "" is refused nowhere and means the name to sign in with.
func checkDisplay(display *string) error {
	blank := func(r rune) bool { return unicode.Is(unicode.Zs, r) }
	*display = strings.Join(strings.FieldsFunc(norm.NFC.String(strings.TrimSpace(*display)), blank), " ")
	if *display == "" {
		return nil
	}
	if n := utf8.RuneCountInString(*display); n > longestDisplay {
		return badName("display", fmt.Sprintf("The name by which others call somebody has at most %d characters; "+
			"this one has %d.", longestDisplay, n))
	}
	if err := text.CheckName(*display); err != nil {
		return badName("display", fmt.Sprintf("This cannot be the name by which others call somebody: %s.", err))
	}
	return nil
}

func badName(field, msg string) error { return fault.New(fault.Invalid, "%s", msg).With(field, msg) }

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
		if display != a.Name && display != a.Display { // what they have already stays
			if err := nameApart(tx, a.UserID, naming{"display", display}); err != nil {
				return err
			}
		}
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
