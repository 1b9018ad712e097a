package search

import (
	_ "embed" // for the fingerprint
	"strings"

	"claimbench/internal/fault"
	"claimbench/internal/store"
)

// An index made by another way of cutting words finds too little and says nothing. So the database keeps a fingerprint
// of the term maker that its index was made by, and an index of another is made anew (rebuild.go) before it is served.

// The fact in which the fingerprint is kept, and its value once two term makers have written into one index.
const (
	factTerms  = "search_terms"
	mixedTerms = "mixed"
)

// fingerprint is that of this program. It is worked out by TestFingerprint and kept as a file, for it takes as long as
// the rest of a start.
func fingerprint() string { return strings.TrimSpace(fingerprintFile) }

//go:embed fingerprint.txt
var fingerprintFile string

// fresh says whether the index was made by this program's term maker alone.
func fresh(r *store.Rx) (bool, error) {
	made, err := r.Meta(factTerms)
	if err != nil || made == fingerprint() {
		return err == nil, err
	}
	if made != "" {
		return false, nil
	}
	none, err := empty(r)
	return none, err
}

func empty(r *store.Rx) (bool, error) {
	for _, table := range []string{sentenceTable, claimTable} {
		var rows []int64
		if err := r.Gorm().Table(table).Select("rowid").Limit(1).Find(&rows).Error; err != nil || len(rows) > 0 {
			return false, err
		}
	}
	return true, nil
}

// signTerms notes, with the first row and with every row of another program, whose terms the index holds.
func signTerms(tx *store.Tx) error {
	made, err := tx.Meta(factTerms)
	switch {
	case err != nil || made == fingerprint() || made == buildingTerms() || made == mixedTerms:
		return err
	case made == "":
		none, err := empty(&tx.Rx)
		if err != nil || !none {
			return err
		}
		return tx.SetMeta(factTerms, fingerprint())
	}
	return tx.SetMeta(factTerms, mixedTerms)
}

// refuseOld is what a search says whose index is older than the texts.
func refuseOld(r *store.Rx) error {
	ok, err := fresh(r)
	if err != nil || ok {
		return err
	}
	if ok, err = building(r); err != nil || ok {
		return err // what is there already is found, and the answer says that there is more to come
	}
	return fault.New(fault.Unavailable,
		"The search index was made by another version of this program and would miss words. Run “workbench index "+
			"rebuild”, or start the server again, which does the same.")
}
