package claimset

import "claimbench/internal/deeds"

// Deeds says what undoes the acts of this room that are not taken back by one key.
func Deeds() map[string]deeds.Kind {
	return map[string]deeds.Kind{"claimset.frozen": {Words: "froze claim set",
		Instead: "A frozen set never changes: make a correction, and freeze that."}}
}
