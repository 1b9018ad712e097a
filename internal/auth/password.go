package auth

import (
	"context"
	_ "embed"
	"strings"
	"unicode/utf8"

	"github.com/alexedwards/argon2id"
	"golang.org/x/text/unicode/norm"

	"claimbench/internal/fault"
)

// Lengths of a password in code points (OWASP ASVS 5.0, 6.2.1 and 6.2.9). Nothing is asked of its composition (6.2.5).
const (
	MinPassword     = 8
	AdvisedPassword = 15
	MaxPassword     = 128
)

// commonList holds often used passwords of at least MinPassword characters, one a line, folded to lower case.
//
//go:embed common.txt
var commonList string

// CheckPassword says what is wrong with a new password of the person with this name, as fault.Invalid on the field
// "password".
func CheckPassword(name, password string) error {
	refuse := func(msg string) error { return fault.New(fault.Invalid, "%s", msg).With("password", msg) }
	n := utf8.RuneCountInString(password)
	switch {
	case !utf8.ValidString(password) || strings.ContainsRune(password, 0):
		return refuse("The password holds something that is not text. Type it again.")
	case n < MinPassword:
		return refuse("The password is too short: it needs at least 8 characters, and 15 or more are better.")
	case n > MaxPassword:
		return refuse("The password is too long: it may have at most 128 characters.")
	case isCommon(password):
		return refuse(
			"This password is among those that attackers try first. Choose another; a few random words do well.")
	case madeOfName(name, password):
		return refuse("The password must not hold the name, forwards or backwards, nor with signs for its letters. " +
			"Choose another; a few random words do well.")
	}
	return nil
}

func isCommon(password string) bool {
	p := strings.ToLower(password)
	if strings.Count(p, p[:1]) == len(p) { // one character again and again
		return true
	}
	return strings.Contains(commonList, "\n"+p+"\n")
}

// normal gives one form to a password that keyboards compose differently.
func normal(password string) string { return norm.NFC.String(password) }

// hash makes the hash of a new password. It is slow: never inside a Write.
func (s *Service) hash(ctx context.Context, password string) (string, error) {
	if err := s.turn(ctx); err != nil {
		return "", err
	}
	defer func() { <-s.hashing }()
	return argon2id.CreateHash(normal(password), s.params)
}

// matches compares a password with a hash; an empty hash is compared with the dummy, and never matches. again says that
// the hash was made at another cost and should be made anew.
func (s *Service) matches(ctx context.Context, password, hash string) (ok, again bool, err error) {
	if err := s.turn(ctx); err != nil {
		return false, false, err
	}
	defer func() { <-s.hashing }()
	known := hash != ""
	if !known {
		hash = s.dummy()
	}
	ok, params, err := argon2id.CheckHash(normal(password), hash)
	if err != nil {
		return false, false, err
	}
	return ok && known, *params != *s.params, nil
}

func (s *Service) turn(ctx context.Context) error {
	select {
	case s.hashing <- struct{}{}:
		return nil
	case <-ctx.Done():
		return fault.Wrap(fault.Unavailable, ctx.Err(),
			"Too many people are signing in at once. Try again in a moment.")
	}
}
