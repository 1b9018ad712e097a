package claims

import (
	"strconv"

	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/search"
	"claimbench/internal/store"
)

// emptied follows a text of a claim that was erased into all of its wordings and into the index of words. Stretches
// keep their places and lose their words.
func emptied(tx *store.Tx, id, text, mark string, row history.Fields) (string, error) {
	n, err := strconv.ParseInt(id, 10, 64)
	if err != nil {
		return mark, fault.Wrap(fault.Internal, err, "claim:%s names no claim", id)
	}
	c, err := ByID(&tx.Rx, ID(n))
	if err != nil {
		return mark, err
	}
	var all []Wording
	if err := tx.Gorm().Where("claim_id = ?", c.ID).Order("words_version").Find(&all).Error; err != nil {
		return mark, err
	}
	for i := range all {
		w := &all[i]
		if !empty(text, mark, &w.Statement, &w.Attribution, &w.Exact, &w.Prefix, &w.Suffix, w.More) {
			continue
		}
		if err := store.Changed(tx.Gorm().Model(&Wording{}).Where("claim_id = ? AND words_version = ?", c.ID,
			w.WordsVersion).Updates(map[string]any{"statement": w.Statement, "attribution": w.Attribution,
			"exact": w.Exact, "prefix": w.Prefix, "suffix": w.Suffix, "stretches": w.More}),
			"this wording"); err != nil {
			return mark, err
		}
	}
	row["wordings"] = hashWordings(all)
	if empty(text, mark, &c.Statement, &c.Attribution, &c.Exact, &c.Prefix, &c.Suffix, c.More) && text == "stretches" {
		mark = c.More.String()
	}
	if err := eraseProposals(tx, "claim_id = ?", c.ID); err != nil {
		return mark, err
	}
	return mark, setIndex(tx, c, nil)
}

// empty puts the mark in the place of one text of a claim or of a wording, and says whether it is one that both have.
func empty(text, mark string, statement, attribution, exact, prefix, suffix *string, more Stretches) bool {
	of := map[string]*string{"statement": statement, "attribution": attribution, "exact": exact, "prefix": prefix,
		"suffix": suffix}[text]
	if of != nil {
		if *of != "" {
			*of = mark
		}
		return true
	}
	if text != "stretches" {
		return false
	}
	for i := range more {
		more[i].Exact, more[i].Prefix, more[i].Suffix = history.ErasedMark, "", ""
	}
	return true
}

// glossEmptied follows a gloss that was erased into the index of words.
func glossEmptied(tx *store.Tx, id, _, mark string, row history.Fields) (string, error) {
	n, err := strconv.ParseInt(row["claim"], 10, 64)
	if err != nil {
		return mark, fault.Wrap(fault.Internal, err, "gloss:%s is of no claim", id)
	}
	c, err := ByID(&tx.Rx, ID(n))
	if err != nil {
		return mark, err
	}
	return mark, setIndex(tx, c, func(g *Gloss) {
		if strconv.FormatInt(int64(g.ID), 10) == id {
			g.Words = mark
		}
	})
}

// setIndex writes the words of a claim into the index anew, with its glosses changed by do.
func setIndex(tx *store.Tx, c Claim, do func(*Gloss)) error {
	var glosses []Gloss
	if err := tx.Gorm().Where("claim_id = ?", c.ID).Order("id").Find(&glosses).Error; err != nil {
		return err
	}
	for i := range glosses {
		if do != nil {
			do(&glosses[i])
		}
	}
	return search.Index{}.SetClaim(tx, int64(c.ID), indexWords(c, glosses)...)
}
