package desk

import (
	"claimbench/internal/claims"
	"claimbench/internal/match"
)

// mostCompared is how many glosses of one claim are compared with it: each is read for numbers, dates and names.
const mostCompared = 20

// differsOf compares the glosses of a claim with its statement, whoever wrote or confirmed them.
func differsOf(c claims.Claim) map[claims.GlossID][]match.Differ {
	out := map[claims.GlossID][]match.Differ{}
	for _, g := range c.Glosses[:min(len(c.Glosses), mostCompared)] {
		if found := glossDiffers(c, g.Lang, g.Words); len(found) > 0 {
			out[g.ID] = found
		}
	}
	return out
}

func glossDiffers(c claims.Claim, lang, words string) []match.Differ {
	if c.Withheld {
		return nil
	}
	return match.Differs(match.Item{Lang: c.Lang, Text: c.Statement}, match.Item{Lang: lang, Text: words})
}
