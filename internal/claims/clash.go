package claims

import (
	"strconv"

	"claimbench/internal/history"
	"claimbench/internal/store"
)

// mostLookedBack bounds how many changes of a claim are looked through for what a person had opened.
const mostLookedBack = 200

// openedWords finds the version that a claim's words had when its row had the version that a person opened; 0 when
// the row never had it. It tells the person nothing but a wording of the claim.
func openedWords(r *store.Rx, c Claim, opened int64) (int64, error) {
	if opened <= 0 || opened > c.Version {
		return 0, nil
	}
	events, err := history.List(r, history.Filter{Object: Object(c.ID), ActionPrefix: "claim.", Limit: mostLookedBack,
		Viewer: history.Viewer{ReadAll: true}})
	if err != nil {
		return 0, err
	}
	for _, e := range events {
		if e.After["version"] == history.Num(opened) {
			return strconv.ParseInt(e.After["words_version"], 10, 64)
		}
	}
	return 0, nil
}
