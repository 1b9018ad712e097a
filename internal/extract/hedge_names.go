package extract

import (
	"maps"
	"slices"
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
