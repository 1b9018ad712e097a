package claims

import (
	"context"
	"fmt"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/extract"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/jobs"
	"claimbench/internal/model"
	"claimbench/internal/store"
	"claimbench/internal/text"
)

// What machines propose by their tokens (internal/proposals judges it first). A candidate stands among the others;
// what else is proposed stands beside what it is about, until the act of a person settles it.

// ByMachine is the maker of what machines propose by their tokens.
const ByMachine = "machine"

// What a machine may propose besides candidates, duplicates and passages.
const (
	ProposedStatement = "statement" // other words for a claim
	ProposedGloss     = "gloss"     // a claim's words in another language
	ProposedOrigin    = "origin"    // two articles that come from one origin
	ProposedMatch     = "match"     // a fact-check of the shelf that says what a claim says
)

// MostOffers is how many proposals of one kind one machine may have for one claim, or for one article.
const MostOffers = 20

// mostShown is how many proposals of machines beside one claim are read.
const mostShown = 50

// Offered is what became of something that a machine proposed.
type Offered struct {
	Claim    ID        // 0: of no claim, or of one that has ended
	Proposal OwnNumber // 0: none is kept, for what stands there is a person's already
	New      bool      // it was not proposed by this machine before
	Full     bool      // nothing is kept: MostOffers are there
}

// Offer takes in candidates that a machine proposes for a text, each with what made it, and says of each what became of
// it. One where a candidate stands already is kept beside it, in the name of this machine; where a claim stands that a
// person has accepted or written, nothing is kept.
func (s *Service) Offer(ctx context.Context, actor auth.Actor, t articles.Text, all []Suggested) (out []Offered,
	err error) {
	defer fault.In(&err, "claims.Offer(%d, %d)", t.Article.ID, len(all))
	if _, err := s.policy.May(actor, auth.ThingMachine, auth.Propose, t.Article.CollectionID); err != nil {
		return nil, err
	}
	p := &proposal{s: s, actor: actor, text: t, added: map[int]int{}, by: power{auth.ThingMachine, auth.Propose},
		at: make([]taken, len(all)), batch: fmt.Sprintf("offer:%d:%d", t.Article.ID, int64(s.db.Now()))}
	if p.taken, err = s.takenSpans(ctx, t); err != nil {
		return nil, err
	}
	for _, f := range all {
		c, err := proposed(t, f.Candidate)
		if err != nil {
			return nil, err
		}
		c.made, c.said = f.Made, f.Said
		p.found = append(p.found, c)
	}
	if err := jobs.InSlices(ctx, s.db, p.plan()); err != nil {
		return nil, err
	}
	ids := make([]ID, len(p.at))
	out = make([]Offered, len(p.at))
	for i, at := range p.at {
		ids[i], out[i] = at.id, Offered{Claim: at.id, New: at.isNew}
	}
	var own []Proposal
	if err := s.db.Read(ctx, func(r *store.Rx) error {
		return r.Gorm().Where("claim_id IN ? AND kind = ? AND machine_id = ?", ids, ProposedCandidate,
			actor.UserID).Find(&own).Error
	}); err != nil {
		return nil, err
	}
	for i := range out {
		for _, p := range own {
			if p.ClaimID == out[i].Claim {
				out[i].Proposal = p.Own
			}
		}
	}
	return out, nil
}

// KeepOffers keeps what a machine proposes besides candidates, once each, in the Write of whoever judged it. It asks no
// permission.
func KeepOffers(tx *store.Tx, machine auth.UserID, all []Proposal) ([]Offered, error) {
	out := make([]Offered, len(all))
	claims, texts := []ID{0}, []articles.ID{0}
	for _, p := range all {
		claims, texts = append(claims, p.ClaimID), append(texts, p.ArticleID)
		if p.OtherID != nil {
			claims = append(claims, *p.OtherID)
		}
	}
	var there []Proposal
	if err := tx.Gorm().Where("machine_id = ? AND kind <> ? AND (claim_id IN ? OR token_id IS NOT NULL AND "+
		"other_id IN ? OR article_id IN ?)", machine, ProposedCandidate, claims, claims, texts).Order("id").
		Find(&there).Error; err != nil {
		return nil, err
	}
	for i, p := range all {
		n, others := 0, 0
		out[i].Claim = p.ClaimID
		for _, q := range there {
			if q.Kind != p.Kind || q.ArticleID != p.ArticleID {
				continue
			}
			if q.sameOffer(p) {
				out[i].Proposal = q.Own
			}
			if q.of(p.ClaimID) {
				n++
			}
			if p.OtherID != nil && q.of(*p.OtherID) {
				others++
			}
		}
		if out[i].Full = out[i].Proposal == 0 && max(n, others) >= MostOffers; out[i].Full || out[i].Proposal != 0 {
			continue
		}
		if p.MadeAt, p.Distance = tx.Now(), -1; p.Fate != "" {
			p.SettledAt = &p.MadeAt
		}
		one := []Proposal{p}
		if err := number(tx, one); err != nil {
			return nil, err
		}
		if err := tx.Gorm().Create(&one).Error; err != nil {
			return nil, err
		}
		there = append(there, one[0])
		out[i].Proposal, out[i].New = one[0].Own, true
	}
	return out, nil
}

// number gives proposals of one machine their numbers; those of no machine have none.
func number(tx *store.Tx, all []Proposal) error {
	machine := all[0].Machine
	if machine == 0 {
		return nil
	}
	if err := tx.Alone(fmt.Sprintf("proposals of %d", machine)); err != nil {
		return err
	}
	last, _, err := store.One[OwnNumber](&tx.Rx, "SELECT COALESCE(MAX(own_n), 0) FROM proposals WHERE machine_id = ?",
		machine)
	n := last
	for i := range all {
		if all[i].Machine == machine {
			n++
			all[i].Own = n
		}
	}
	return err
}

// of says whether a proposal is of a claim, as the one or the other of a pair.
func (p Proposal) of(id ID) bool { return p.ClaimID == id || p.OtherID != nil && *p.OtherID == id }

// sameOffer says whether two proposals of one kind, by one machine, are the same. Two claims are one pair, whichever is
// named first.
func (p Proposal) sameOffer(q Proposal) bool {
	claims := p.ClaimID == q.ClaimID && p.OtherID == nil && q.OtherID == nil
	if p.OtherID != nil && q.OtherID != nil {
		claims = p.of(q.ClaimID) && p.of(*q.OtherID)
	}
	sentence := p.SentenceID == nil && q.SentenceID == nil ||
		p.SentenceID != nil && q.SentenceID != nil && *p.SentenceID == *q.SentenceID
	return p.Words == q.Words && p.Lang == q.Lang && claims && sentence && p.ArticleID == q.ArticleID &&
		p.OtherArticleID == q.OtherArticleID && p.EntryID == q.EntryID
}

// MadeSince is how many proposals a machine made since a moment, at most so many.
func MadeSince(r *store.Rx, machine auth.UserID, since store.Micros, most int) (n int64, err error) {
	return n, r.Gorm().Raw("SELECT COUNT(*) FROM (SELECT 1 AS one FROM proposals WHERE machine_id = ? AND made_at > ? "+
		"LIMIT ?) p", machine, since, most).Scan(&n).Error
}

// Beside lists what machines and the model propose of a claim besides that it is a candidate, and what nobody has
// settled, in the order in which it came; the order of passages is OrderOf. It asks no permission.
func Beside(r *store.Rx, id ID) (out []Proposal, err error) {
	const rest = " AND kind <> 'candidate' AND fate = ''"
	return out, r.Gorm().Raw("SELECT * FROM proposals WHERE claim_id = ? AND (token_id IS NOT NULL OR maker = 'model' "+
		"AND kind = 'gloss')"+rest+" UNION ALL SELECT * FROM proposals WHERE other_id = ? AND token_id IS NOT NULL"+
		rest+" ORDER BY id LIMIT ?", id, id, mostShown).Scan(&out).Error
}

// OffersFor lists the other words and glosses that machines and the model propose for a claim, those that wait first,
// then those decided last, at most 50. It asks no permission.
func OffersFor(r *store.Rx, id ID) (out []Proposal, err error) {
	return out, r.Gorm().Raw("SELECT * FROM proposals WHERE claim_id = ? AND kind IN ? AND (token_id IS NOT NULL OR "+
		"maker = 'model') ORDER BY COALESCE(settled_at, 0) = 0 DESC, settled_at DESC, id LIMIT ?", id,
		[]string{ProposedStatement, ProposedGloss}, mostShown).Scan(&out).Error
}

// BesideArticle lists the articles that machines say are of one origin with an article, where nobody has settled it.
// It asks no permission.
func BesideArticle(r *store.Rx, id articles.ID) (out []Proposal, err error) {
	return out, r.Gorm().Where("(article_id = ? OR other_article_id = ?) AND fate = ''", id, id).Order("id").
		Limit(mostShown).Find(&out).Error
}

// OffersOf lists what a machine proposed in a collection, in the order in which it came, after one of them. It asks no
// permission.
func OffersOf(r *store.Rx, machine auth.UserID, in auth.CollectionID, after OwnNumber, most int) (out []Proposal,
	err error) {
	return out, r.Gorm().Where("machine_id = ? AND collection_id = ? AND own_n > ?", machine, in, after).Order("own_n").
		Limit(most).Find(&out).Error
}

// wait gives proposals of machines the fate that something has again; "" that they wait.
func wait(tx *store.Tx, fate Fate, which string, args ...any) error {
	set := map[string]any{"fate": fate}
	if fate == "" {
		set["settled_at"], set["settled_by"], set["changed_to"], set["distance"] = nil, nil, "", -1
	}
	return tx.Gorm().Model(&Proposal{}).Where(standsBeside+" AND "+which, args...).Updates(set).Error
}

// settleOffers gives proposals of machines their fate.
func settleOffers(tx *store.Tx, who history.Who, fate Fate, which string, args ...any) error {
	return settleOffersAt(tx, who, tx.Now(), fate, which, args...)
}

func settleOffersAt(tx *store.Tx, who history.Who, at store.Micros, fate Fate, which string, args ...any) error {
	return tx.Gorm().Model(&Proposal{}).Where(standsBeside+" AND "+which, args...).Updates(map[string]any{
		"fate": fate, "settled_at": at, "settled_by": auth.UserID(who.UserID)}).Error
}

// settlePair settles what machines proposed of the same two things.
func settlePair(tx *store.Tx, who history.Who, p Proposal) error {
	if p.OtherID == nil {
		return settleOffers(tx, who, p.Fate, "kind = ? AND claim_id = ? AND sentence_id = ?", p.Kind, p.ClaimID,
			p.SentenceID)
	}
	return settleMerged(tx, who, p.ClaimID, *p.OtherID, p.Fate)
}

// settleMerged settles that machines proposed two claims as one, however a person came to merge them or to say that
// they are two; "" that this was taken back.
func settleMerged(tx *store.Tx, who history.Who, a, b ID, fate Fate) error {
	const pair = "kind = ? AND (claim_id = ? AND other_id = ? OR claim_id = ? AND other_id = ?)"
	if fate == "" {
		return wait(tx, fate, pair, ProposedDuplicate, a, b, b, a)
	}
	return settleOffers(tx, who, fate, pair, ProposedDuplicate, a, b, b, a)
}

// linkedAt is the condition on proposals of sentences of which words were linked to a claim.
const linkedAt = "kind = ? AND claim_id = ? AND sentence_id IN ? AND fate = ?"

// sentencesAt are the sentences of a text that a span touches.
func sentencesAt(r *store.Rx, in articles.RevisionID, at text.Span) ([]articles.SentenceID, error) {
	return store.Select[articles.SentenceID](r, "SELECT id FROM sentences WHERE revision_id = ? AND start_cp < ? AND "+
		"end_cp > ? ORDER BY n LIMIT ?", in, at.End, at.Start, mostSettled)
}

// SettleLinked keeps that a person linked words of a text to a claim: sentences there that machines proposed are
// accepted, however the person came upon them. It asks no permission.
func SettleLinked(tx *store.Tx, who history.Who, id ID, in articles.RevisionID, at text.Span) error {
	all, err := sentencesAt(&tx.Rx, in, at)
	if err != nil || len(all) == 0 {
		return err
	}
	return settleOffers(tx, who, Accepted, linkedAt, ProposedPassage, id, all, Fate(""))
}

// UnsettleLinked lets them wait again when the link is taken back. It asks no permission.
func UnsettleLinked(tx *store.Tx, id ID, in articles.RevisionID, at text.Span) error {
	all, err := sentencesAt(&tx.Rx, in, at)
	if err != nil || len(all) == 0 {
		return err
	}
	return wait(tx, "", linkedAt, ProposedPassage, id, all, Accepted)
}

// SettleOrigin keeps that a person said of two articles whether they are of one origin; "" that this was taken back. It
// asks no permission.
func SettleOrigin(tx *store.Tx, who history.Who, a, b articles.ID, fate Fate) error {
	const pair = "(article_id = ? AND other_article_id = ? OR article_id = ? AND other_article_id = ?)"
	if fate == "" {
		return wait(tx, fate, pair, a, b, b, a)
	}
	return settleOffers(tx, who, fate, pair, a, b, b, a)
}

// SettleMatch keeps that a person said of a fact-check whether it is of a claim; "" that this was taken back. It asks
// no permission.
func SettleMatch(tx *store.Tx, who history.Who, id ID, entry int64, fate Fate) error {
	const pair = "claim_id = ? AND entry_id = ?"
	if fate == "" {
		return wait(tx, fate, pair, id, entry)
	}
	return settleOffers(tx, who, fate, pair, id, entry)
}

// settleWords settles other words that machines proposed for a claim when a person words it, or ends it. What its end
// left waits again with it.
func settleWords(tx *store.Tx, who history.Who, before, after Claim) error {
	const waiting = "claim_id = ? AND kind = ? AND fate = ''"
	if before.State.Ended() && !after.State.Ended() {
		if err := wait(tx, "", "claim_id = ? AND kind IN ? AND fate = ? AND NOT (kind = ? AND maker = ? AND "+
			"settled_at IN (SELECT worded_at FROM claim_words WHERE claim_id = ?))", after.ID,
			[]string{ProposedStatement, ProposedGloss}, Left, ProposedGloss, model.Maker, after.ID); err != nil {
			return err
		}
	}
	switch {
	case after.WordsVersion < before.WordsVersion: // taken back, and with it what was settled when it was worded
		return wait(tx, "", "claim_id = ? AND kind = ? AND fate IN ? AND settled_at IN (SELECT worded_at FROM "+
			"claim_words WHERE claim_id = ? AND words_version > ?)", after.ID, ProposedStatement,
			[]Fate{Accepted, Edited}, after.ID, after.WordsVersion)
	case after.State.Ended() && !before.State.Ended():
		return settleOffers(tx, who, Left, "claim_id = ? AND kind IN ? AND fate = ''", after.ID,
			[]string{ProposedStatement, ProposedGloss})
	case after.WordsVersion == before.WordsVersion:
		return nil
	}
	at, err := wordedAt(tx, after)
	if err != nil {
		return err
	}
	// what the model was asked of are other words now; a machine with a token may look again by itself
	if err := settleOffersAt(tx, who, at, Left, waiting+" AND maker = ?", after.ID, ProposedGloss,
		model.Maker); err != nil {
		return err
	}
	return settleTyped(tx, who, at, after.Statement, waiting, after.ID, ProposedStatement)
}

// wordedAt is the moment of the words that a claim was just given: this one, or, where they are done again, the one
// that taking them back asks for.
func wordedAt(tx *store.Tx, c Claim) (store.Micros, error) {
	if !c.known {
		return tx.Now(), nil
	}
	return store.Get[store.Micros](&tx.Rx, "such wording", "SELECT worded_at FROM claim_words WHERE claim_id = ? AND "+
		"words_version = ?", c.ID, c.WordsVersion)
}

// settleGloss settles the glosses that machines proposed for a claim in a language when a person writes one.
func settleGloss(tx *store.Tx, who history.Who, g Gloss) error {
	return settleTyped(tx, who, g.ChangedAt, g.Words, "claim_id = ? AND kind = ? AND lang = ? AND fate = ''", g.ClaimID,
		ProposedGloss, g.Lang)
}

// unsettleGloss lets the glosses wait again that a gloss settled which is taken back.
func unsettleGloss(tx *store.Tx, g Gloss) error {
	return wait(tx, "", "claim_id = ? AND kind = ? AND lang = ? AND fate IN ? AND settled_at = ?", g.ClaimID,
		ProposedGloss, g.Lang, []Fate{Accepted, Edited}, g.ChangedAt)
}

// settleTyped settles words that machines proposed by those that a person wrote: taken as they were, or changed to
// these. at is when these were written, by which taking them back finds what they settled.
func settleTyped(tx *store.Tx, who history.Who, at store.Micros, typed, which string, args ...any) error {
	var all []Proposal
	if err := tx.Gorm().Where(standsBeside+" AND "+which, args...).Order("id").Limit(mostSettled).
		Find(&all).Error; err != nil {
		return err
	}
	for _, p := range all {
		set := map[string]any{"fate": Accepted, "settled_at": at, "settled_by": auth.UserID(who.UserID)}
		if p.Words != typed {
			set["fate"], set["changed_to"], set["distance"] = Edited, typed, lettersBetween(p.Words, typed)
		}
		if err := tx.Gorm().Model(&Proposal{}).Where("id = ?", p.ID).Updates(set).Error; err != nil {
			return err
		}
	}
	return nil
}

// WrittenByMachines lists what models and machines wrote of some claims and people accepted as it was: statements and
// glosses. Rules write no words: they cut those of the article. It asks no permission, and nothing of claims that are
// as people wrote them.
func WrittenByMachines(r *store.Rx, all []Claim) (map[ID][]Proposal, error) {
	out := map[ID][]Proposal{}
	var ids []ID
	for _, c := range all {
		if !c.ByHand || c.WordsVersion > 1 || len(c.Glosses) > 0 {
			ids = append(ids, c.ID)
		}
	}
	if len(ids) == 0 {
		return out, nil
	}
	var rows []Proposal
	err := r.Gorm().Where("claim_id IN ? AND kind IN ? AND fate = ? AND maker <> ? AND words <> ''", ids,
		[]string{ProposedCandidate, ProposedStatement, ProposedGloss}, Accepted, extract.Maker).Order("id").
		Find(&rows).Error
	for _, p := range rows {
		out[p.ClaimID] = append(out[p.ClaimID], p)
	}
	return out, err
}
