package auth

import (
	"testing"

	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

func TestKnown(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := newHouse(t, db, Options{})
		mina := h.person("mina", Grant{Reviewer, 1})
		h.person("zora", Grant{Editor, 2})
		h.person("ezra", Grant{Editor, 0})
		h.person("nemo")
		h.person("audrey", Grant{Auditor, 0})
		for _, c := range []struct {
			reader, who string
			known       bool
		}{
			{"mina", "mina", true}, {"mina", " Mina ", true}, {"mina", decimal(mina.ID), true}, {"mina", "zora", false},
			{"mina", "ezra", true}, {"mina", "nemo", false}, {"mina", "nobody", false}, {"mina", "999999", false},
			{"mina", "-1", false}, {"mina", "", false}, {"mina", "1 OR 1=1", false}, {"zora", decimal(mina.ID), false},
			{"nemo", "nemo", true}, {"nemo", "mina", false}, {"audrey", "nemo", true}, {"audrey", "nobody", false},
			{"root", "zora", true},
		} {
			p, known, err := h.s.Known(ctx(), h.actor(c.reader), c.who)
			if err != nil || known != c.known || known && p.ID <= 0 {
				t.Errorf("%s asks for %q: %+v, %t, %v", c.reader, c.who, p, known, err)
			}
		}
	})
}
