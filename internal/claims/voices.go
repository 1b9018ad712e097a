package claims

import (
	"slices"

	"claimbench/internal/model"
	"claimbench/internal/store"
)

// What the language model of the workbench proposes beside claims: glosses, and an order of passages. It stands there
// until the act of a person settles it, as what machines propose by their tokens does.

// standsBeside says which proposals stand beside a claim, and are settled by what people do: those of machines by their
// tokens, and those that the model makes of a claim that is there. Candidates have their own way, and so have the
// passages and duplicates that the rules propose.
const standsBeside = "(token_id IS NOT NULL OR maker = 'model' AND kind IN ('gloss', 'passage', 'passage gloss'))"

// ProposedPassageGloss is the words of a passage in another language, for the one person who asked for them: nobody
// decides on it, and it is counted nowhere, for it would tell who looks at what.
const ProposedPassageGloss = "passage gloss"

// KeepGloss keeps a gloss that the model proposes for a claim, in the Write of whoever judged it. One that it proposed
// before for the same language, and that nobody took, is left. It asks no permission.
func KeepGloss(tx *store.Tx, p Proposal) error {
	const waiting = "claim_id = ? AND kind = ? AND maker = ? AND lang = ? AND fate = ''"
	var there []Proposal
	if err := tx.Gorm().Where(waiting, p.ClaimID, ProposedGloss, model.Maker, p.Lang).Order("id").Find(&there).
		Error; err != nil {
		return err
	}
	for _, q := range there {
		if q.Words == p.Words && q.Model == p.Model && q.Prompt == p.Prompt && q.Input == p.Input {
			return nil
		}
	}
	if err := tx.Gorm().Model(&Proposal{}).Where(waiting, p.ClaimID, ProposedGloss, model.Maker, p.Lang).
		Updates(map[string]any{"fate": Left, "settled_at": tx.Now()}).Error; err != nil {
		return err
	}
	p.Kind, p.Maker, p.MadeAt, p.Distance = ProposedGloss, model.Maker, tx.Now(), -1
	return tx.Gorm().Create(&p).Error
}

// KeepPassageGloss keeps a gloss that the model made of a passage beside a claim, and gives its number. It asks no
// permission.
func KeepPassageGloss(tx *store.Tx, p Proposal) (ProposalID, error) {
	p.Kind, p.Maker, p.MadeAt, p.Distance = ProposedPassageGloss, model.Maker, tx.Now(), -1
	err := tx.Gorm().Create(&p).Error
	return p.ID, err
}

// PassageGlosses reads glosses of passages by their numbers. It asks no permission.
func PassageGlosses(r *store.Rx, ids []ProposalID) (map[ProposalID]Proposal, error) {
	out := map[ProposalID]Proposal{}
	if len(ids) == 0 {
		return out, nil
	}
	var rows []Proposal
	err := r.Gorm().Where("id IN ? AND kind = ?", ids, ProposedPassageGloss).Find(&rows).Error
	for _, p := range rows {
		out[p.ID] = p
	}
	return out, err
}

// KeepOrder keeps the passages that the model put in order for a claim, the first first. What it put in order before
// goes, but for what people acted on. It asks no permission.
func KeepOrder(tx *store.Tx, id ID, all []Proposal) error {
	if err := tx.Gorm().Where("claim_id = ? AND kind = ? AND maker = ? AND fate = ''", id, ProposedPassage,
		model.Maker).Delete(&Proposal{}).Error; err != nil || len(all) == 0 {
		return err
	}
	for i := range all {
		all[i].Kind, all[i].Maker, all[i].ClaimID, all[i].Place = ProposedPassage, model.Maker, id, i+1
		all[i].MadeAt, all[i].Distance = tx.Now(), -1
	}
	return tx.Gorm().CreateInBatches(all, 50).Error
}

// BesideAndOrder is Beside and OrderOf in one look.
func BesideAndOrder(r *store.Rx, id ID) (offered, order []Proposal, err error) {
	var all []Proposal
	if err := r.Gorm().Raw("SELECT * FROM proposals WHERE claim_id = ? AND kind <> 'candidate' AND (token_id IS NOT "+
		"NULL AND fate = '' OR token_id IS NULL AND maker = 'model' AND (kind = 'gloss' AND fate = '' OR "+
		"kind = 'passage' AND fate <> 'left')) UNION ALL SELECT * FROM proposals WHERE other_id = ? AND token_id IS "+
		"NOT NULL AND kind <> 'candidate' AND fate = '' ORDER BY id DESC LIMIT ?", id, id, mostShown+mostOrders).
		Scan(&all).Error; err != nil {
		return nil, nil, err
	}
	for _, p := range all {
		if p.Kind == ProposedPassage && p.Maker == model.Maker && p.Token == nil {
			order = append(order, p)
		} else {
			offered = append(offered, p)
		}
	}
	slices.Reverse(offered)
	return offered[:min(len(offered), mostShown)], order, nil
}

// mostOrders bounds the proposals that one order is read from: those of the last one, and those that people acted on.
const mostOrders = 200

// OrderOf gives the passages that the model put in order for a claim, of whatever input, in that order. It asks no
// permission.
func OrderOf(r *store.Rx, id ID) (out []Proposal, err error) {
	return out, r.Gorm().Where("claim_id = ? AND kind = ? AND maker = ? AND fate <> ?", id, ProposedPassage,
		model.Maker, Left).Order("id DESC").Limit(mostOrders).Find(&out).Error
}
