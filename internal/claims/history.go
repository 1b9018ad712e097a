package claims

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"

	"claimbench/internal/history"
	"claimbench/internal/search"
	"claimbench/internal/store"
)

// Object names a claim in the history.
func Object(id ID) string { return fmt.Sprintf("claim:%d", id) }

func glossObject(id GlossID) string  { return fmt.Sprintf("gloss:%d", id) }
func commentObject(c Comment) string { return "comment:" + string(c.Public) }

func fields(c Claim, wordings string) history.Fields {
	f := history.Fields{
		"collection": history.Num(c.CollectionID), "article": history.Num(c.ArticleID),
		"revision": history.Num(c.RevisionID),
		"sentence": history.Num(c.Sentence),
		"start":    history.Num(c.Start), "end": history.Num(c.End), "lang": c.Lang, "dir": c.Dir,
		"hedge":       c.Hedge.String(),
		"kind":        string(c.Kind),
		"checkworthy": history.Num(c.CheckWorthy), "state": string(c.State), "verdict": string(c.Verdict),
		"reason":        string(c.Reason),
		"round":         history.Num(c.Round),
		"words_version": history.Num(c.WordsVersion), "version": history.Num(c.Version),
		"merged_into": history.NumOr(c.MergedInto),
		"by_hand":     strconv.FormatBool(c.ByHand), "added_by": history.Num(c.AddedBy),
		"added_at":  history.Num(c.AddedAt),
		"opened_by": history.NumOr(c.OpenedBy), "opened_at": history.NumOr(c.OpenedAt),
		"wordings": wordings,
	}
	f.Later("more_spans", spansOf(c.More), "")
	if c.Anchor != "" { // histories older than anchors have no such fields
		f["anchor"], f["anchor_revision"], f["anchor_start"], f["anchor_end"] = string(c.Anchor),
			history.NumOr(c.AnchorRevision),
			history.Num(c.AnchorSpan.Start), history.Num(c.AnchorSpan.End)
		return f.Later("priority", history.Num(c.Priority), "0")
	}
	return f.Later("priority", history.Num(c.Priority), "0").
		Later("anchor_revision", history.NumOr(c.AnchorRevision), "").Later("anchor_start",
		history.Num(c.AnchorSpan.Start), "0").
		Later("anchor_end", history.Num(c.AnchorSpan.End), "0")
}

func texts(c Claim) history.Texts {
	t := history.Texts{"exact": c.Exact, "prefix": c.Prefix, "suffix": c.Suffix, "statement": c.Statement,
		"attribution": c.Attribution, "reasons": c.Reasons.String()}
	if c.Anchor != "" {
		t["anchor_changes"] = c.AnchorChanges.String()
	}
	return t
}

func glossFields(g Gloss) history.Fields {
	return history.Fields{"claim": history.Num(g.ClaimID), "lang": g.Lang, "author": history.Num(g.AuthorID),
		"confirmed_by": history.NumOr(g.ConfirmedBy), "changed_at": history.Num(g.ChangedAt),
		"version": history.Num(g.Version)}
}

func commentFields(c Comment) history.Fields {
	return history.Fields{"claim": history.Num(c.ClaimID), "author": history.Num(c.AuthorID),
		"added_at": history.Num(c.AddedAt)}.
		Later("round", history.Num(c.Round), "0").Later("mentions", c.Mentions.String(), "[]").
		Later("resolved_by", history.NumOr(c.ResolvedBy), "").Later("resolved_at", history.NumOr(c.ResolvedAt), "").
		Later("version", history.Num(c.Version), "1")
}

// wordingsHash is one hash over every wording a claim ever had, so that the history also guards the earlier ones.
func wordingsHash(r *store.Rx, id ID) (string, error) {
	var all []Wording
	err := r.Gorm().Where("claim_id = ?", id).Order("words_version").Find(&all).Error
	return hashWordings(all), err
}

// hashWordings hashes wordings in the order of their version. Events of every age hold this hash, so it never changes
// for a row that has not: a column that is added to claim_words is written after the others, by its name, and only when
// it does not have the value that the migration gave to the rows there were (history.Fields.Later says the same).
func hashWordings(all []Wording) string {
	h, b := sha256.New(), make([]byte, 0, 1024)
	for _, w := range all {
		b = b[:0]
		for _, n := range [...]int64{w.WordsVersion, int64(w.RevisionID), int64(w.Start), int64(w.End)} {
			b = append(strconv.AppendInt(b, n, 10), ' ')
		}
		for _, words := range [...]string{w.Exact, w.Statement, w.Attribution} {
			b = append(strconv.AppendQuote(b, words), ' ')
		}
		b = append(append(b, w.Hedge.String()...), ' ')
		b = append(strconv.AppendInt(b, int64(w.WordedBy), 10), ' ')
		h.Write(append(strconv.AppendInt(b, int64(w.WordedAt), 10), '\n'))
		if len(w.More) > 0 { // nor do wordings older than this column
			fmt.Fprintf(h, "stretches %q\n", w.More.String())
		}
		if w.Prefix != "" || w.Suffix != "" { // wordings older than their surroundings have none
			fmt.Fprintf(h, "prefix %q suffix %q\n", w.Prefix, w.Suffix)
		}
	}
	return hex.EncodeToString(h.Sum(nil))
}

// change is one changed claim on its way into the history.
type change struct {
	action        string
	before, after *Claim // nil: the row was not there
	wordings      string // hash before the change; "" when new
	reason, batch string
}

// record tells the history of a change; wordings is the hash of all wordings after it.
func record(tx *store.Tx, who history.Who, ch change, wordings string) error {
	_, err := history.Append(tx, who, ch.event(wordings))
	return err
}

// event is the change as the history has it, with the hash of all wordings after it.
func (ch change) event(wordings string) history.Event {
	e := history.Event{Action: ch.action, Object: Object(ch.after.ID), Collection: int64(ch.after.CollectionID),
		Reason: ch.reason, Batch: ch.batch, Texts: texts(*ch.after)}
	if len(ch.after.More) > 0 || ch.before != nil && len(ch.before.More) > 0 {
		e.Texts["stretches"] = ch.after.More.String()
	}
	if ch.before != nil {
		e.Before = fields(*ch.before, ch.wordings)
	}
	e.After = fields(*ch.after, wordings)
	return e
}

// HistoryRows lists this room's rows as the history should know them, for the replay of an audit.
func HistoryRows() []history.Rows {
	return []history.Rows{
		{Kind: "claim", Stamp: "changed_at", Earlier: history.Texts{"anchor_changes": "[]",
			"stretches": "[]"}, List: listClaims},
		history.Orphans("claim_words", "claim_id", "claims", "id"),
		{Derived: func(r *store.Rx, found history.Found) error { return search.CompareClaims(r, found, IndexWords) }},
		{Kind: "gloss", List: func(r *store.Rx, yield func(string, history.Fields, history.Texts) error) error {
			return store.Each(r, func(g Gloss) error {
				return yield(glossObject(g.ID), glossFields(g), history.Texts{"words": g.Words})
			})
		}},
		{Kind: "duplicate_refusal", Stamp: "refused_at", List: func(r *store.Rx, yield func(string, history.Fields,
			history.Texts) error) error {
			return store.Each(r, func(x DuplicateRefusal) error {
				f := refusalFields(x)
				f["refused_at"] = history.Num(x.RefusedAt)
				return yield(refusalObject(x.ID), f, nil)
			})
		}},
		{Kind: "proposal_refusal", Stamp: "refused_at", List: func(r *store.Rx, yield func(string, history.Fields,
			history.Texts) error) error {
			return store.Each(r, func(x OfferRefusal) error {
				f := offerFields(x)
				f["refused_at"] = history.Num(x.RefusedAt)
				return yield(offerObject(x.ID), f, nil)
			})
		}},
		{Kind: "comment", List: func(r *store.Rx, yield func(string, history.Fields, history.Texts) error) error {
			return store.Each(r, func(c Comment) error {
				return yield(commentObject(c), commentFields(c), history.Texts{"words": c.Words})
			})
		}},
		{Derived: compareCommentVeils},
		{Derived: compareSpells},
	}
}

func listClaims(r *store.Rx, yield func(string, history.Fields, history.Texts) error) error {
	wordings := store.GroupBy(r, "claim_id", "words_version", func(w Wording) (int64, int64) {
		return int64(w.ClaimID), w.WordsVersion
	})
	return store.Each(r, func(c Claim) error {
		all, err := wordings.Of(int64(c.ID))
		if err != nil {
			return err
		}
		f, t := fields(c, hashWordings(all)), texts(c)
		f["changed_at"], t["anchor_changes"] = history.Num(c.ChangedAt), c.AnchorChanges.String()
		t["stretches"] = c.More.String()
		return yield(Object(c.ID), f, t)
	})
}
