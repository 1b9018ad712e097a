package auth

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"claimbench/policies"
)

// TestRolesAgree: the table of roles, the policy, the tables' CHECK on both engines and the glossary name the same
// roles.
func TestRolesAgree(t *testing.T) {
	want := []string{}
	for _, r := range Roles.Terms() {
		want = append(want, string(r.Name))
		if r.Word == "" || r.About == "" {
			t.Errorf("%s has no word, or does not say what it is for", r.Name)
		}
	}
	slices.Sort(want)
	agree := func(where string, got []string) {
		t.Helper()
		slices.Sort(got)
		if got = slices.Compact(got); !slices.Equal(got, want) {
			t.Errorf("%s names the roles %v, the table %v", where, got, want)
		}
	}
	var inPolicy []string
	for _, m := range regexp.MustCompile(`(?m)^[pg],.*role:([a-z_]+)`).FindAllStringSubmatch(policies.Policy, -1) {
		inPolicy = append(inPolicy, m[1])
	}
	for _, m := range regexp.MustCompile(`(?m)^[pg], role:([a-z_]+)`).FindAllStringSubmatch(policies.Policy, -1) {
		inPolicy = append(inPolicy, m[1])
	}
	agree("policies/policy.csv", slices.DeleteFunc(inPolicy, func(r string) bool { return r == string(AsMachine) }))
	check := regexp.MustCompile(`CHECK \(role IN \(([^)]*)\)\)`)
	for _, engine := range []string{"sqlite", "postgres"} {
		raw, err := os.ReadFile(filepath.Join("..", "store", "migrations", engine, "0002_auth.sql"))
		if err != nil {
			t.Fatal(err)
		}
		m := check.FindStringSubmatch(string(raw))
		if m == nil {
			t.Fatalf("%s checks no role", engine)
		}
		var inCheck []string
		for _, r := range strings.Split(m[1], ",") {
			inCheck = append(inCheck, strings.Trim(r, " '"))
		}
		agree(engine, inCheck)
	}
	raw, err := os.ReadFile(filepath.Join("..", "..", "docs", "glossary.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, table, _ := strings.Cut(string(raw), "| role | may |")
	var inGlossary []string
	for _, m := range regexp.MustCompile(`(?m)^\| ([a-z]+) \|`).FindAllStringSubmatch(table, -1) {
		inGlossary = append(inGlossary, m[1])
	}
	agree("docs/glossary.md", inGlossary)
}
