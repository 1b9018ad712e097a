package claims

import (
	"gorm.io/gorm/clause"

	"claimbench/internal/articles"
	"claimbench/internal/extract"
	"claimbench/internal/fault"
	"claimbench/internal/store"
)

// What rooms above and the desk read inside a transaction of their own. None of it asks a permission.

// MostOfText is how many claims of one text are read for its page.
const MostOfText = 2000

// OfText lists the claims and candidates of a revision that have not ended, in the order of the text, filled, at most
// MostOfText.
func OfText(r *store.Rx, article articles.ID, revision articles.RevisionID) (out []Claim, err error) {
	if out, err = ofText(r, article, revision); err != nil {
		return nil, err
	}
	return out, Fill(r, out)
}

// OfOpenText is OfText for a person who may read a protected article: it asks no permission, and nobody but desk.look
// calls it.
func OfOpenText(r *store.Rx, article articles.ID, revision articles.RevisionID) (out []Claim, err error) {
	if out, err = ofText(r, article, revision); err != nil {
		return nil, err
	}
	err = fill(r, out, true)
	for i := range out {
		out[i].Opened = true
	}
	return out, err
}

func ofText(r *store.Rx, article articles.ID, revision articles.RevisionID) (out []Claim, err error) {
	if err := r.Gorm().Where("article_id = ? AND revision_id = ? AND state IN ?", article, revision,
		Living()).Order("start_cp, end_cp, id").Limit(
		MostOfText).Find(&out).Error; err != nil {
		return nil, err
	}
	return out, nil
}

// MostChoices is how many claims are offered to merge into.
const MostChoices = 200

// MergeChoices lists the other claims of the same text that can take this one in, filled: those that stand nearest to
// it first, for what says the same is most often said nearby.
func MergeChoices(r *store.Rx, c Claim) (out []Claim, err error) {
	if err := r.Gorm().Where("article_id = ? AND revision_id = ? AND state = ? AND id <> ?", c.ArticleID, c.RevisionID,
		c.State, c.ID).Order(
		clause.OrderBy{Expression: clause.Expr{SQL: "ABS(start_cp - ?), start_cp, end_cp, id",
			Vars: []any{c.Start}}}).Limit(MostChoices).Find(&out).Error; err != nil {
		return nil, err
	}
	return out, Fill(r, out)
}

// Behind counts the claims and candidates of an article that stand in older revisions than its newest, and those of
// them that ask a person. There are none of an article that was taken down.
func Behind(r *store.Rx, a articles.Article) (behind, asking int, err error) {
	if a.State != articles.Live || a.RevisionID == nil {
		return 0, 0, nil
	}
	var n struct {
		Behind int `gorm:"column:behind"`
		Asking int `gorm:"column:asking"`
	}
	err = r.Gorm().Model(&Claim{}).Select("COUNT(*) AS behind, COUNT(CASE WHEN state IN ? AND "+AsksCondition+
		" THEN 1 END) AS asking", []State{Candidate, Open, InConflict}).Where(
		"article_id = ? AND state IN ? AND revision_id <> ?", a.ID, Living(), *a.RevisionID).Scan(&n).Error
	return n.Behind, n.Asking, err
}

// MostWordings is how many wordings of a claim are read.
const MostWordings = 1000

// WordingsOf lists the wordings that a claim, filled, ever had, oldest first, at most MostWordings; without any words
// when its article was taken down.
func WordingsOf(r *store.Rx, c Claim) (out []Wording, err error) {
	if err := r.Gorm().Where("claim_id = ?", c.ID).Order("words_version").Limit(MostWordings).Find(
		&out).Error; err != nil {
		return nil, err
	}
	for i := range out {
		if c.Withheld {
			articles.Withhold(&out[i])
			if c.Protected != "" {
				out[i].Place = articles.Place{RevisionID: out[i].RevisionID}
			}
		} else if c.Protected != "" && !c.Opened {
			w := &out[i]
			statement, hedge := w.Statement, w.Hedge
			articles.Withhold(w)
			w.Place, w.Attribution = articles.Place{RevisionID: w.RevisionID}, extract.Article
			if w.WordsVersion == c.WordsVersion { // earlier ones may be nearer to the words of the article
				w.Statement, w.Hedge = statement, hedge
			}
		}
	}
	return out, nil
}

// Unchanged says that the words stand in the newer text as they were, once, so that the claim may move by itself.
func (p Passage) Unchanged() bool { return p.Anchor == AnchorExact || p.Anchor == AnchorRelocated }

// PassageOf looks for the words of a claim, filled, in the newest text of its article, and gives that text too. A claim
// that stands there already, that has ended, or whose article was taken down is fault.Conflict.
func PassageOf(r *store.Rx, c Claim) (p Passage, t articles.Text, err error) {
	switch {
	case c.Protected != "":
		return p, t, readable(c)
	case c.Withheld:
		return p, t, fault.New(fault.Conflict,
			"The article of claim %d was taken down; there is no text to compare it with.", c.ID)
	case c.Standing == nil:
		return p, t, fault.New(fault.Conflict,
			"Claim %d stands in the newest text of its article; there is nothing to settle.", c.ID)
	case c.State.Ended():
		return p, t, fault.New(fault.Conflict, "Claim %d is %s; it keeps its revision.", c.ID, c.State.Word())
	}
	if t, err = articles.TextOf(r, c.ArticleID, 0); err != nil {
		return p, t, err
	}
	f := find(t, c)
	return passageOf(c, t, f), t, nil
}
