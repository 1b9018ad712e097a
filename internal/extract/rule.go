package extract

import (
	"errors"
	"fmt"
	"sort"
	"strings"
)

var errNoText = errors.New("no text to extract from: give the document a text")

// ruleSet is a set of rules, as bits.
type ruleSet uint32

const (
	ruleSelect ruleSet = 1 << iota
	ruleSpeech
	ruleSpeechAct
	ruleCoordination
	ruleRelative
	ruleApposition
	ruleSubordinate
	ruleAdjunct
	ruleCarry
	ruleSection
	ruleParenthesis
	ruleFaithful
)

// ruleNames are the names under which the evaluation switches rules off.
var ruleNames = map[string]ruleSet{
	"select":       ruleSelect,
	"speech":       ruleSpeech,
	"speech-act":   ruleSpeechAct,
	"coordination": ruleCoordination,
	"relative":     ruleRelative,
	"apposition":   ruleApposition,
	"subordinate":  ruleSubordinate,
	"adjunct":      ruleAdjunct,
	"carry":        ruleCarry,
	"section":      ruleSection,
	"parenthesis":  ruleParenthesis,
	"faithful":     ruleFaithful,
}

// RuleNames lists the rules that RulesWithout can switch off, sorted.
func RuleNames() []string {
	names := make([]string, 0, len(ruleNames))
	for n := range ruleNames {
		names = append(names, n)
	}
	sort.Strings(names)
	return names
}

// RulesWithout is Rules with the named rules switched off, to see what each
// buys. An unknown name is refused.
func RulesWithout(names ...string) (Extractor, error) {
	var off ruleSet
	for _, n := range names {
		bit, ok := ruleNames[n]
		if !ok {
			return nil, fmt.Errorf("no rule is called %q: use one of %s", n, strings.Join(RuleNames(), ", "))
		}
		off |= bit
	}
	return ruleExtractor{off: off}, nil
}

// on says whether a rule is in force.
func (off ruleSet) on(rule ruleSet) bool { return off&rule == 0 }
