package extract

import (
	"maps"
	"slices"
	"unicode"
)

// HedgeNames lists every hedge that a candidate may carry, in the order of the alphabet.
func HedgeNames() []string {
	names := map[string]bool{}
	for _, rows := range hedgeTables {
		for _, r := range rows {
			names[r.name] = true
		}
	}
	for _, r := range jaHedges {
		names[r.name] = true
	}
	for _, t := range operatorsOf {
		for _, op := range t().rules {
			if op.reach == reachNone { // a set phrase gives no hedge
				continue
			}
			names[op.name] = true
		}
	}
	return slices.Sorted(maps.Keys(names))
}

// pointsBack says whether "the allegation" at i only names a charge that its words do not tell: "the jury saw through
// the main allegation".
func (l *line) pointsBack(i int) bool {
	return l.is(i, "allegation", "allegations", "accusation", "accusations") &&
		(l.is(i-1, "the", "this", "these", "those", "such") || l.is(i-2, "the", "this", "these", "those")) &&
		!l.has(i+1, cThat) && !l.is(i+1, "of", "against", "about", "made", "by", "in")
}

// buried says whether "under" at i tells what something lies under, and no bound: "under three metres of mud".
func (l *line) buried(i int) bool {
	if !l.is(i, "under", "below", "beneath") {
		return false
	}
	of := find(i+2, min(i+6, len(l.toks)), func(k int) bool { return l.is(k, "of") })
	return l.nearby(of+1, of+3, enCovers)
}

// enCovers are what may lie on top of something.
var enCovers = newWordList(`mud snow water rubble ice sand earth soil ash rock rocks debris concrete sediment silt lava
	dirt sludge gravel floodwater seawater clay peat`)

// hasDigit says whether a digit stands in token k: £12m.
func (l *line) hasDigit(k int) bool {
	return slices.ContainsFunc(l.runes[l.toks[k].start:l.toks[k].end], unicode.IsDigit)
}
