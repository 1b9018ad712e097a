package model

import "claimbench/internal/match"

// differing are the reasons to refuse a gloss, by what it differs in.
var differing = map[string]Why{match.DiffersNumber: Number, match.DiffersUnit: Number, match.DiffersLimit: Limit,
	match.DiffersDate: Date, match.DiffersYear: Date, match.DiffersMonth: Date, match.DiffersWeekday: Date,
	match.DiffersName: Name, match.DiffersNegation: Negation, match.DiffersDirection: Direction}

// Gloss judges a gloss that a model or a machine wrote, against the claim's statement: it is refused for what differs
// for sure. why is "" for one that is taken; what else it differs in is shown beside it, wherever it stands.
func Gloss(source, gloss match.Item) (why Why, what string) {
	for _, d := range match.Differs(source, gloss) {
		if d.Sure {
			if what = d.Gloss; what == "" {
				what = d.Source
			}
			return differing[d.Kind], shown(what)
		}
	}
	return "", ""
}
