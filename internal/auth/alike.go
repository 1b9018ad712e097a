package auth

import (
	"regexp"
	"slices"

	"claimbench/internal/fault"
	"claimbench/internal/store"
	"claimbench/internal/text"
)

// taken are the words that screens and the log use where nobody is named: a person called so would be taken for them.
var taken = []string{"someone", "somebody", "nobody", "system", "demo", "first admin link", "the program", "program",
	"the server", "server", "the workbench", "workbench", "claimbench", "moderator", "taken down", "withheld"}

// letter is what an adjudicator reads for somebody whose name is hidden.
var letter = regexp.MustCompile(`^reviewer[ ._-]*[a-z]$`)

// namesOf are the two names of a person who could be taken for somebody else.
type namesOf struct {
	ID      UserID
	Name    string
	Display string
}

// naming is a name that is about to be given, and the field in which it was typed.
type naming struct{ field, name string }

// nameApart refuses names by which the person could be taken for another enabled person, or for nobody. It says which
// name of the other it is, and not whose: who asks may not know them. Two names that are given at once do not pass each
// other.
func nameApart(tx *store.Tx, of UserID, given ...naming) error {
	if err := tx.Alone("names of people"); err != nil {
		return err
	}
	others, err := store.Select[namesOf](&tx.Rx, "SELECT id, name, display FROM users WHERE enabled AND id <> ?", of)
	if err != nil {
		return err
	}
	var bad fault.Collect
	for _, g := range given {
		if msg := clash(g.name, others); msg != "" {
			bad.Add(g.field, "“%s” %s. Choose one that nobody takes for theirs.", g.name, msg)
		}
	}
	return bad.Err()
}

// clash says for whose name a name could be taken; "" for nobody's.
func clash(name string, others []namesOf) string {
	looks := text.Looks(name)
	like := func(other string) bool {
		return slices.ContainsFunc(text.Looks(other), func(s string) bool { return slices.Contains(looks, s) })
	}
	if slices.ContainsFunc(taken, like) || letter.MatchString(text.Fold(name)) {
		return "is what screens say where they name nobody"
	}
	for _, o := range others {
		switch {
		case like(o.Display):
			return "looks like what another person here is called"
		case like(o.Name):
			return "looks like the name with which another person here signs in"
		}
	}
	return ""
}

// Alike are the enabled people whose names, given before names were compared, may be taken for another's, by the name
// they sign in with, each with a word for admins; and those whose name shows nothing or hides something.
func Alike(all []User) map[UserID]string {
	first, out := map[string]User{}, map[UserID]string{}
	for _, u := range all {
		if !u.Enabled {
			continue
		}
		if err := text.CheckName(u.Display); err != nil {
			out[u.ID] = err.Error()
		}
		for _, s := range append(text.Looks(u.Name), text.Looks(u.Display)...) {
			if o, ok := first[s]; ok && o.ID != u.ID {
				out[u.ID] = "looks like " + o.Name
			} else if !ok {
				first[s] = u
			}
		}
	}
	return out
}
