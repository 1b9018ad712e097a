package auth

import (
	"strings"
	"testing"

	"claimbench/internal/fault"
)

func TestPasswordOfName(t *testing.T) {
	for _, c := range []struct {
		name, password string
		ok             bool
	}{
		{"reviewer", "reviewer1", false}, {"reviewer", "Reviewer!", false}, {"reviewer", "1reviewer", false},
		{"reviewer", "reweiver2026", false}, {"reviewer", "r3v13w3r", false}, {"reviewer", "R3V!3W3R 99", false},
		{"reviewer-1", "reviewer-2", false}, {"reviewer-1", "reviewer1", false}, {"reviewer-1", "re vie wer 7", false},
		{"mina", "minamina", false}, {"mina", "m1n4m1n4", false}, {"mina", "animanima", false},
		{"mina", "my friend mina likes tea", false}, {"mina", "ｍｉｎａ2026", false},
		{"mina", "a whole sentence without it", true}, {"mina", "domain of a minute", true},
		{"noor@example.org", "noor2026!", false}, {"noor@example.org", "noor@example.org", false},
		{"noor@example.org", "example of a sentence", true},
		{"bo", "bobobobo", false}, {"bo", "bo123456", false}, {"bo", "bottle of water", true},
		{"lila", "1i1a1i1a", false}, {"alan", "@1@n@1@n", false}, {"a1", "a1a1a1a1a1", false},
		{"x1", "quite another one", true},
	} {
		err := CheckPassword(c.name, c.password)
		if (err == nil) != c.ok {
			t.Errorf("%s with %q: %v", c.name, c.password, err)
		}
		if err != nil && !strings.Contains(fault.Message(err), "name") {
			t.Errorf("%s with %q does not say why: %v", c.name, c.password, err)
		}
	}
}
