package fetch_test

import (
	"strings"
	"testing"
	"time"

	"claimbench/internal/fetch"
)

// TestRobots: what RFC 9309 says of groups, of patterns and of what cannot be read.
func TestRobots(t *testing.T) {
	t.Parallel()
	for what, x := range map[string]struct {
		robots, path string
		may          bool
	}{
		"nothing":             {"", "/a", true},
		"all":                 {"User-agent: *\nDisallow: /", "/a", false},
		"all, and its robots": {"User-agent: *\nDisallow:", "/a", true},
		"ours before all": {"User-agent: *\nDisallow: /\n\nUser-agent: Claimbench\nAllow: /",
			"/a", true},
		"ours is empty":             {"User-agent: *\nDisallow: /\n\nUser-agent: claimbench\n", "/a", true},
		"ours with a version":       {"User-agent: ClaimBench/1.0\nDisallow: /", "/a", false},
		"the beginning of our name": {"User-agent: claim\nDisallow: /", "/a", true},
		"two groups of ours": {"User-agent: claimbench\nDisallow: /a\n\nUser-agent: claimbench\nDisallow: /b",
			"/b", false},
		"two names above a group":        {"User-agent: x\nUser-agent: claimbench\nDisallow: /a", "/a", false},
		"the group of another":           {"User-agent: x\nDisallow: /\nUser-agent: y\nDisallow: /", "/a", true},
		"the longest wins":               {"User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", true},
		"the longest wins, other way":    {"User-agent: *\nAllow: /a\nDisallow: /a/b", "/a/b/c", false},
		"allow wins when as long":        {"User-agent: *\nDisallow: /a\nAllow: /a", "/a", true},
		"a star":                         {"User-agent: *\nDisallow: /*.pdf$", "/x/y.pdf", false},
		"a star, not at the end":         {"User-agent: *\nDisallow: /*.pdf$", "/x/y.pdf?z", true},
		"a pattern begins at the path":   {"User-agent: *\nDisallow: /a*b", "/z/a1b", true},
		"a star in the middle":           {"User-agent: *\nDisallow: /a*b", "/a/1/b/2", false},
		"the end alone":                  {"User-agent: *\nDisallow: /$", "/a", true},
		"the end is that of the path":    {"User-agent: *\nDisallow: /a*a$", "/a", true},
		"letters outside ASCII":          {"User-agent: *\nDisallow: /خبر", "/%D8%AE%D8%A8%D8%B1/1", false},
		"escaped letters":                {"User-agent: *\nDisallow: /%d8%ae", "/%D8%AE%D8%A8", false},
		"a plain letter escaped":         {"User-agent: *\nDisallow: /%61b", "/ab", false},
		"an escaped slash is no slash":   {"User-agent: *\nDisallow: /a/b", "/a%2Fb", true},
		"the query":                      {"User-agent: *\nDisallow: /*?id=", "/x?id=1", false},
		"a bad delay":                    {"User-agent: *\nCrawl-delay: soon\nDisallow: /a", "/a", false},
		"a rule before any name":         {"Disallow: /\nUser-agent: *\nDisallow: /b", "/a", true},
		"a mark and CR":                  {"\ufeffUser-agent: *\r\nDisallow: /a\r\n", "/a", false},
		"CR alone":                       {"User-agent: *\rDisallow: /a", "/a", false},
		"a remark":                       {"User-agent: * # all\nDisallow: /a # this", "/a", false},
		"other lines do not end a group": {"User-agent: *\nSitemap: https://x.example/\nDisallow: /a", "/a", false},
		"a page":                         {"<html><body>User-agent is here</body></html>", "/a", true},
		"many stars": {"User-agent: *\nDisallow: /" + strings.Repeat("*a", 5000) + "$",
			"/" + strings.Repeat("a", 4000), true},
	} {
		if may, _ := fetch.Allows(x.robots, x.path); may != x.may {
			t.Errorf("%s: %v", what, may)
		}
	}
	for robots, want := range map[string]time.Duration{
		"User-agent: *\nCrawl-delay: 2.5": 2500 * time.Millisecond, "User-agent: *\nCrawl-delay: -1": 0,
		"User-agent: *\nCrawl-delay: NaN": 0, "User-agent: *\nCrawl-delay: Inf": 0,
		"User-agent: *\nCrawl-delay: 1e300":          24 * time.Hour,
		"User-agent: claimbench\nCrawl-delay: 7":     7 * time.Second,
		"User-agent: someone-else\nCrawl-delay: 7\n": 0,
	} {
		if _, d := fetch.Allows(robots, "/"); time.Duration(d) != want {
			t.Errorf("%q: %s, want %s", robots, time.Duration(d), want)
		}
	}
}

// FuzzRobots: no file stops the reader, and a program that nobody names is not held.
func FuzzRobots(f *testing.F) {
	f.Add("User-agent: *\nDisallow: /a*b$\nCrawl-delay: 1", "/a/b?c")
	f.Add("\ufeffuser-agent:claimbench\rallow:/%zz%e2", "/%")
	f.Fuzz(func(t *testing.T, robots, path string) {
		_, d := fetch.Allows(robots, path)
		if d < 0 || time.Duration(d) > 24*time.Hour {
			t.Errorf("a delay of %d", d)
		}
		if !strings.Contains(strings.ToLower(robots), "agent") {
			if may, _ := fetch.Allows(robots, path); !may {
				t.Errorf("nobody is named, and %q is forbidden", path)
			}
		}
	})
}
