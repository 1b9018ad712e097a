package search

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"sync"

	"claimbench/internal/fault"
	"claimbench/internal/store"
)

// An index made by another way of cutting words finds too little and says nothing. So the database keeps a fingerprint
// of the term maker that its index was made by, and an index of another is made anew (rebuild.go) before it is served.

// layout is raised when the rows of the index change their meaning.
const layout = "3"

// The fact in which the fingerprint is kept, and its value once two term makers have written into one index.
const (
	factTerms  = "search_terms"
	mixedTerms = "mixed"
)

// fingerprint is that of this program: a hash over the terms of every letter, digit and mark of the basic plane,
// between letters and alone, and of some phrases.
var fingerprint = sync.OnceValue(func() string {
	h := sha256.New()
	h.Write([]byte(layout))
	var b strings.Builder
	for r := rune(0x20); r < 0xFFFE; r++ {
		if r >= 0xD800 && r < 0xE000 {
			continue
		}
		b.WriteString("a" + string(r) + "b " + string(r) + "\n")
	}
	b.WriteString("news וממשלה новости चुनावों ")
	b.WriteString("ایمیل\u200cهای مکرون المدرسة DCLeaks.com don't 諜報機関はロシア 3,000 ٢٥٫٥ été ﬁn Ⅳ ｶﾞ")
	terms := indexTerms(b.String())
	for _, t := range append(terms, stemsOf(terms)...) {
		h.Write([]byte(t))
		h.Write([]byte{0})
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
})

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
