package search_test

import (
	"testing"

	"claimbench/internal/search"
)

// TestMatcher: words that are compared by hand are found as the index finds them.
func TestMatcher(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		query, text string
		want        bool
	}{
		{"grants", "Twelve grants were approved.", true},
		{"grant", "Twelve grants were approved.", true},
		{`"grant"`, "Twelve grants were approved.", false},
		{"grants mayor", "Twelve grants were approved.", false},
		{"approved twelve", "Twelve grants were approved.", true},
		{"", "Twelve grants were approved.", false},
		{"دانشگاه", "در دانشگاه تهران", true},
		{"北京", "我在北京大学", true},
		{"北", "我在北京大学", true},
		{"上海", "我在北京大学", false},
	} {
		if got := search.MatcherOf(c.query).Meets(c.text); got != c.want {
			t.Errorf("%q in %q: %v", c.query, c.text, got)
		}
	}
}
