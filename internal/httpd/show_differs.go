package httpd

import (
	"strings"

	"claimbench/internal/claims"
	"claimbench/internal/desk"
	"claimbench/internal/httpd/view"
	"claimbench/internal/match"
)

// differWords are what a gloss may differ in, in words.
var differWords = map[string]string{match.DiffersNumber: "a number", match.DiffersUnit: "a unit",
	match.DiffersLimit: "what bounds a number", match.DiffersDate: "a date", match.DiffersYear: "a year",
	match.DiffersMonth: "a month", match.DiffersWeekday: "a weekday", match.DiffersName: "a name",
	match.DiffersNegation: "a denial", match.DiffersDirection: "which way it went"}

// showDiffers is where a gloss differs from its claim, with the words of both.
func showDiffers(claim, gloss string, all []match.Differ) (out []view.Differ) {
	for _, d := range all {
		out = append(out, view.Differ{Kind: differWords[d.Kind], Sure: d.Sure, Claim: foreign(d.Source, claim, ""),
			Told: foreign(d.Gloss, gloss, "")})
	}
	return out
}

// saidBy is why machines propose a claim, in their own words.
func saidBy(all []claims.Made, known desk.Names) (out []view.MachineSaid) {
	for _, m := range all {
		out = append(out, machineSays(machineCalled(m, known), m.Said)...)
	}
	return out
}

// machineSays is why one machine proposes something, each reason in one line; nothing where it gives none.
func machineSays(by string, reasons []string) []view.MachineSaid {
	if len(reasons) == 0 {
		return nil
	}
	words := make([]string, len(reasons))
	for i, r := range reasons {
		words[i] = strings.Join(strings.Fields(r), " ")
	}
	return []view.MachineSaid{{By: by, Words: words}}
}
