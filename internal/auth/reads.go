package auth

import (
	"context"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"claimbench/internal/fault"
	"claimbench/internal/store"
)

// mostLanguages is how many languages a person may say that they read.
const mostLanguages = 40

// languagesOf reads the languages of a person as their row keeps them.
func languagesOf(kept string) []string {
	if kept == "" {
		return nil
	}
	return strings.Split(kept, ",")
}

// SetReads keeps which languages a person reads, by their tags: their queue shows claims in these first of all, and
// who gives out work goes by them. None means all. It is their own setting; nobody else makes it.
func (s *Service) SetReads(ctx context.Context, a Actor, langs []string) (out []string, err error) {
	defer fault.In(&err, "auth.SetReads(%d, %d languages)", a.UserID, len(langs))
	if out, err = checkReads(langs); err != nil {
		return nil, err
	}
	return out, s.db.Write(ctx, func(tx *store.Tx) error {
		_, err := changeUser(tx, a.Who(""), a.UserID, "user.reads_set", "", func(u *userRow) error {
			if !u.Enabled {
				return fault.New(fault.Conflict, "This account changed meanwhile. Sign in again.")
			}
			u.Reads = strings.Join(out, ",")
			return nil
		})
		return err
	})
}

// checkReads gives each language once, by the tag that the rows of claims carry, in their order.
func checkReads(langs []string) ([]string, error) {
	out := []string{}
	for _, tag := range langs {
		if tag = strings.TrimSpace(tag); tag == "" {
			continue
		}
		t, err := language.Parse(tag)
		base, sure := t.Base()
		if err != nil || sure == language.No {
			const msg = "“%s” is no language. Write its code, for instance fa, ar or ja."
			return nil, fault.New(fault.Invalid, msg, tag).With("lang", "This is no language.")
		}
		if !slices.Contains(out, base.String()) {
			out = append(out, base.String())
		}
	}
	if len(out) > mostLanguages {
		return nil, fault.New(fault.Invalid, "These are %d languages. Choose at most %d, or none for all.", len(out),
			mostLanguages).With("lang", "Choose fewer.")
	}
	slices.Sort(out)
	return out, nil
}
