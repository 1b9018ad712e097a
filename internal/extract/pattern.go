package extract

import (
	"regexp"
	"sync"
)

// pattern is a regular expression that is compiled when a text is first held against it. A server that only shows what
// it has needs none of them, and they are two megabytes.
type pattern struct{ compiled func() *regexp.Regexp }

// patterns are all that there are, for the test that compiles them.
var patterns []*pattern

func patternOf(expression string) *pattern {
	p := &pattern{sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })}
	patterns = append(patterns, p)
	return p
}

// The methods are those of regexp.Regexp.
func (p *pattern) MatchString(s string) bool            { return p.compiled().MatchString(s) }
func (p *pattern) FindString(s string) string           { return p.compiled().FindString(s) }
func (p *pattern) FindStringIndex(s string) []int       { return p.compiled().FindStringIndex(s) }
func (p *pattern) FindStringSubmatch(s string) []string { return p.compiled().FindStringSubmatch(s) }
