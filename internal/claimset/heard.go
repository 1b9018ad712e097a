package claimset

import (
	"bytes"
	"slices"
	"strconv"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/evidence"
	"claimbench/internal/history"
	"claimbench/internal/store"
)

// How alarms are raised. Every act of every room ends in an event, so the history is asked and not each room: an act
// that somebody adds later, an undo, a batch or a job raises what it must. An act on an article raises one alarm a
// set, however many of its claims rest on it. An event under a veil raises nothing.

// ground is why an alarm may have to be raised.
type ground struct {
	cause    Cause
	claim    claims.ID   // 0: it is about an article
	article  articles.ID // 0: it is about a claim
	evidence evidence.ID // that was unlinked
	ruling   Ruling      // the new one, when it was decided anew
}

// groundOf says what an event shakes. It is pure.
func groundOf(e history.Event) (g ground, is bool) {
	if e.Veil != 0 || e.After == nil {
		return g, false
	}
	switch history.Kind(e.Object) {
	case "claim":
		return claimShaken(e)
	case "evidence":
		if e.Before != nil && e.Before["unlinked_at"] == "" && e.After["unlinked_at"] != "" {
			item, _ := history.Number(e.Object, "evidence")
			claim, _ := strconv.ParseInt(e.After["claim"], 10, 64)
			return ground{cause: CauseUnlinked, claim: claims.ID(claim), evidence: evidence.ID(item)}, claim != 0
		}
	case "article":
		if e.Before == nil {
			return g, false
		}
		id, is := history.Number(e.Object, "article")
		switch {
		case e.Before["state"] != e.After["state"] && e.After["state"] == string(articles.TakenDown):
			return ground{cause: CauseTakenDown, article: articles.ID(id)}, is
		case e.Before["revision"] != e.After["revision"] && e.Before["revision"] != "":
			return ground{cause: CauseRevised, article: articles.ID(id)}, is
		}
	case "article_origin":
		if e.Before["origin"] != e.After["origin"] {
			id, is := history.Number(e.Object, "article_origin")
			return ground{cause: CauseOrigin, article: articles.ID(id)}, is
		}
	}
	return g, false
}

// claimShaken is groundOf for an event of a claim that was there.
func claimShaken(e history.Event) (g ground, is bool) {
	id, is := history.Number(e.Object, "claim")
	g.claim = claims.ID(id)
	was, now := claims.State(e.Before["state"]), claims.State(e.After["state"])
	g.ruling = Ruling{claims.Verdict(e.After["verdict"]), claims.Reason(e.After["reason"])}
	before := Ruling{claims.Verdict(e.Before["verdict"]), claims.Reason(e.Before["reason"])}
	switch {
	case !is || e.Before == nil || e.After["round"] == "1": // none was printed before its first round was over
		return g, false
	case was != now && slices.Contains([]claims.State{claims.Withdrawn, claims.Merged, claims.Rejected}, now):
		g.cause = CauseWithdrawn
	case g.ruling.Verdict != "" && g.ruling != before:
		g.cause = CauseRedecided
	case was == claims.Approved && now == claims.Open:
		g.cause = CauseReopened
	default:
		return g, false
	}
	return g, true
}

// raise writes the alarms of some grounds, but for those of which one with the same cause waits, and gives them.
func raise(tx *store.Tx, of []ground) ([]Alarm, error) {
	all, err := onClaims(&tx.Rx, of)
	if err != nil {
		return nil, err
	}
	more, err := onArticles(&tx.Rx, of)
	if err != nil {
		return nil, err
	}
	if all, err = notWaiting(&tx.Rx, append(all, more...)); err != nil || len(all) == 0 {
		return nil, err
	}
	for i := range all {
		all[i].RaisedAt, all[i].Version = tx.Now(), 1
	}
	if err := tx.Gorm().CreateInBatches(all, 100).Error; err != nil {
		return nil, err
	}
	told := make([]history.Event, len(all))
	for i, a := range all {
		told[i] = history.Event{Action: "alarm.raised", Object: AlarmObject(a.ID), Collection: int64(a.CollectionID),
			After: alarmFields(a), Texts: alarmTexts(a)}
	}
	_, err = history.AppendAll(tx, history.Who{Via: history.System}, told)
	return all, err
}

// onClaims gives the alarms of grounds about claims: one for each frozen set that prints the claim, and in it what was
// shaken.
func onClaims(r *store.Rx, of []ground) (out []Alarm, err error) {
	by := map[claims.ID][]ground{}
	var ids store.IDs[claims.ID]
	for _, g := range of {
		if g.claim != 0 {
			by[g.claim], ids = append(by[g.claim], g), append(ids, g.claim)
		}
	}
	if len(ids) == 0 {
		return nil, nil
	}
	rows, err := store.Select[struct {
		SetID        ID
		ClaimID      claims.ID
		CollectionID auth.CollectionID
		Frozen       string `words:"article"`
	}](r, "SELECT m.set_id, m.claim_id, s.collection_id, m.frozen FROM claim_set_claims m JOIN claim_sets s "+
		"ON s.id = m.set_id WHERE "+store.AnyOf(r, "m.claim_id")+" AND s.state = 'frozen' ORDER BY m.set_id, "+
		"m.claim_id", ids)
	for _, row := range rows {
		for _, g := range by[row.ClaimID] {
			if !g.shakes([]byte(row.Frozen)) {
				continue
			}
			a := Alarm{CollectionID: row.CollectionID, SetID: row.SetID, ClaimID: &row.ClaimID, Cause: g.cause}
			if g.evidence != 0 {
				a.EvidenceID = &g.evidence
			}
			out = append(out, a)
		}
	}
	return out, err
}

// shakes says whether a ground concerns a claim as it was frozen.
func (g ground) shakes(frozen []byte) bool {
	switch g.cause {
	case CauseUnlinked:
		return bytes.Contains(frozen, strconv.AppendInt([]byte(`{"evidence":`), int64(g.evidence), 10))
	case CauseRedecided:
		e, err := thaw(frozen)
		return err != nil || e.Verdict != g.ruling.Verdict || e.Reason != g.ruling.Reason
	}
	return true
}

// onArticles gives the alarms of grounds about articles: one for each frozen set that rests on the article.
func onArticles(r *store.Rx, of []ground) (out []Alarm, err error) {
	by := map[articles.ID][]ground{}
	var ids store.IDs[articles.ID]
	for _, g := range of {
		if g.article != 0 {
			by[g.article], ids = append(by[g.article], g), append(ids, g.article)
		}
	}
	if len(ids) == 0 {
		return nil, nil
	}
	rows, err := store.Select[struct {
		SetID        ID
		ArticleID    articles.ID
		CollectionID auth.CollectionID
		AsEvidence   bool
	}](r, "SELECT a.set_id, a.article_id, s.collection_id, MAX(CASE WHEN a.as_evidence THEN 1 ELSE 0 END) = 1 AS "+
		"as_evidence FROM claim_set_articles a JOIN claim_sets s ON s.id = a.set_id WHERE "+
		store.AnyOf(r, "a.article_id")+" AND s.state = 'frozen' GROUP BY a.set_id, a.article_id, s.collection_id "+
		"ORDER BY a.set_id, a.article_id", ids)
	for _, row := range rows {
		for _, g := range by[row.ArticleID] {
			if g.cause == CauseOrigin && !row.AsEvidence {
				continue // where the claim's own article comes from makes no verdict
			}
			out = append(out, Alarm{CollectionID: row.CollectionID, SetID: row.SetID, ArticleID: &row.ArticleID,
				Cause: g.cause})
		}
	}
	return out, err
}

// alike is what alarms have in common of which one is enough.
type alike struct {
	set      ID
	cause    Cause
	claim    claims.ID
	article  articles.ID
	evidence evidence.ID
}

func (a Alarm) alike() alike {
	out := alike{set: a.SetID, cause: a.Cause}
	if a.ClaimID != nil {
		out.claim = *a.ClaimID
	}
	if a.ArticleID != nil {
		out.article = *a.ArticleID
	}
	if a.EvidenceID != nil {
		out.evidence = *a.EvidenceID
	}
	return out
}

// notWaiting leaves out alarms of which one waits already, and all but the first of those that are alike.
func notWaiting(r *store.Rx, all []Alarm) (out []Alarm, err error) {
	if len(all) == 0 {
		return nil, nil
	}
	var sets store.IDs[ID]
	var of store.IDs[claims.ID]
	var on store.IDs[articles.ID]
	for _, a := range all {
		x := a.alike()
		sets, of, on = append(sets, x.set), append(of, x.claim), append(on, x.article)
	}
	waiting, err := store.Select[Alarm](r, "SELECT * FROM alarms WHERE answer = '' AND "+store.AnyOf(r, "set_id")+
		" AND ("+store.AnyOf(r, "claim_id")+" OR "+store.AnyOf(r, "article_id")+")", sets, of, on)
	if err != nil {
		return nil, err
	}
	seen := map[alike]bool{}
	for _, a := range waiting {
		seen[a.alike()] = true
	}
	for _, a := range all {
		if !seen[a.alike()] {
			seen[a.alike()] = true
			out = append(out, a)
		}
	}
	return out, nil
}
