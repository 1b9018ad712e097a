package auth

import (
	"slices"
	"strings"

	"claimbench/internal/fault"
	"claimbench/internal/store"
	"claimbench/internal/text"
)

// mostMembers bounds how many people of one collection are looked through for a name.
const mostMembers = 5000

// Members are the enabled people who may do something in a collection, by the name they sign in with. It asks no
// permission: whoever asks must read that collection.
func (p *Policy) Members(rx *store.Rx, t Thing, act Action, c CollectionID) ([]Person, error) {
	roles := p.RolesFor(t, act)
	if len(roles) == 0 {
		return nil, nil
	}
	return store.Select[Person](rx, "SELECT id, name, display FROM users WHERE enabled AND id IN (SELECT user_id FROM "+
		"role_grants WHERE role IN ? AND collection_id IN ?) ORDER BY name LIMIT ?", roles, []CollectionID{0, c},
		mostMembers)
}

// Nameable refuses to let a person be named to read what is protected in a collection: who edits there reads it
// without, and only who links evidence there can be named.
func (p *Policy) Nameable(rx *store.Rx, c CollectionID, id UserID) error {
	all, err := p.Reviewers(rx, c)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(all, func(m Person) bool { return m.ID == id }) {
		return nil
	}
	return fault.New(fault.Invalid, "Only a reviewer of this collection can be named to read a protected source. Its "+
		"editors read it without being named.").With("user", "Choose a reviewer of this collection.")
}

// Reviewers are the people who link evidence in a collection and protect no sources there: who must be named to read a
// protected one.
func (p *Policy) Reviewers(rx *store.Rx, c CollectionID) ([]Person, error) {
	all, err := p.Members(rx, ThingEvidence, Link, c)
	if err != nil {
		return nil, err
	}
	edit, err := p.Members(rx, ThingEvidence, Protect, c)
	return slices.DeleteFunc(all, func(m Person) bool {
		return slices.ContainsFunc(edit, func(e Person) bool { return e.ID == m.ID })
	}), err
}

// Matching are those whose name to sign in with, or a word of whose full name, begins with what was typed, in any
// script and spelling, at most limit.
func Matching(all []Person, typed string, limit int) (out []Person) {
	want := text.Fold(strings.TrimSpace(typed))
	for _, p := range all {
		if len(out) == limit {
			break
		}
		display := text.Fold(p.Display)
		at := strings.Index(" "+display, " "+want)
		if strings.HasPrefix(text.Fold(p.Name), want) || at >= 0 {
			out = append(out, p)
		}
	}
	return slices.Clip(out)
}
