package claims

import (
	"context"
	"regexp"
	"strings"

	"claimbench/internal/auth"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/store"
	"claimbench/internal/text"
)

var langTag = regexp.MustCompile(`^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$`)

// SetGloss writes a claim's gloss in a language, or changes it; version is the one the person opened, 0 for a new one.
// A changed gloss is confirmed by nobody. Glosses are no part of the words that reviews are bound to, but an approver
// reads them: from the decision on they are locked with the claim.
func (s *Service) SetGloss(ctx context.Context, actor auth.Actor, id ID, lang, words string, version int64) (_ Gloss,
	err error) {
	defer fault.In(&err, "claims.SetGloss(%d, %q)", id, lang)
	c, who, err := s.allowed(ctx, actor, id, auth.ThingClaim, auth.Write)
	if err != nil {
		return Gloss{}, err
	}
	lang, words = strings.TrimSpace(lang), strings.TrimSpace(words)
	var bad fault.Collect
	if !langTag.MatchString(lang) {
		bad.Add("lang", "“%s” is no language tag. Write en, fr, de and so on.", lang)
	} else if lang == c.Lang {
		bad.Add("lang", "The claim is in this language already; a gloss is in another one.")
	}
	if text.Blank(words) {
		bad.Add("words", "A gloss needs words.")
	}
	if err := text.CheckTyped("words", words); err != nil {
		bad.Add("words", "%s", err)
	} else if len([]rune(words)) > 2000 {
		bad.Add("words", "A gloss has at most 2,000 characters.")
	}
	if err := bad.Err(); err != nil {
		return Gloss{}, err
	}
	var out Gloss
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		c, err := lockSeen(tx, id)
		if err != nil {
			return err
		}
		if err := GlossEditable(c); err != nil {
			return err
		}
		var there []Gloss
		if err := tx.Gorm().Where("claim_id = ? AND lang = ?", id, lang).Find(&there).Error; err != nil {
			return err
		}
		out = Gloss{ClaimID: id, Lang: lang, Words: words, AuthorID: actor.UserID, ChangedAt: tx.Now(), Version: 1}
		var before history.Fields
		var was Gloss
		var wasWords int64
		if len(there) == 1 {
			was = there[0]
			if wasWords, err = glossWords(&tx.Rx, was.ID); err != nil {
				return err
			}
			if there[0].Version != version {
				return fault.Stale("Somebody changed this gloss after you opened it. It reads now: “%s”.",
					there[0].Words).WithDetail(there[0])
			}
			before = glossFields(there[0])
			out.ID, out.Version = there[0].ID, version+1
			if err := store.Changed(tx.Gorm().Model(&Gloss{}).Where("id = ? AND version = ?", out.ID,
				version).Updates(map[string]any{
				"words": words, "author_id": out.AuthorID, "confirmed_by": nil, "changed_at": out.ChangedAt,
				"version": out.Version,
			}), "this gloss"); err != nil {
				return err
			}
		} else if err := tx.Gorm().Create(&out).Error; err != nil {
			return err
		}
		if err := s.reindex(tx, c); err != nil {
			return err
		}
		seq, err := history.Append(tx, who, history.Event{Action: "gloss.set", Object: glossObject(out.ID),
			Collection: int64(c.CollectionID), Before: before, After: glossFields(out),
			Texts: history.Texts{"words": words}})
		if err != nil {
			return err
		}
		if len(there) == 1 {
			if err := SentTyped(tx, actor.UserID, id, GlossChange(lang)); err != nil {
				return err
			}
		}
		if err := sentGloss(tx, actor.UserID, id, lang, len(there) == 0); err != nil {
			return err
		}
		if err := settleGloss(tx, who, out); err != nil {
			return err
		}
		return noteGloss(tx, who, c, "gloss.set", was, out, wasWords, seq)
	})
	return out, err
}

// sentGloss erases what a person had typed as a gloss in another language, unless it was in another than this one. A
// change of a gloss that stood there (!added) comes from a form of its own: it leaves the other alone, but for words of
// the same language.
func sentGloss(tx *store.Tx, user auth.UserID, id ID, lang string, added bool) error {
	t, err := TypedRow(&tx.Rx, user, id, GlossForm)
	if err != nil {
		return err
	}
	typed := ""
	if t != nil && t.SentAt == nil {
		typed = strings.TrimSpace(t.Fields.One("lang"))
	}
	if typed == lang || added && typed == "" {
		return SentTyped(tx, user, id, GlossForm)
	}
	return nil
}

// ConfirmGloss says that a second person read the gloss against the claim. Nobody confirms their own.
func (s *Service) ConfirmGloss(ctx context.Context, actor auth.Actor, id ID, lang string, version int64) (_ Gloss,
	err error) {
	defer fault.In(&err, "claims.ConfirmGloss(%d, %q)", id, lang)
	_, who, err := s.allowed(ctx, actor, id, auth.ThingClaim, auth.Write)
	if err != nil {
		return Gloss{}, err
	}
	var out Gloss
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		c, err := lockSeen(tx, id)
		if err != nil {
			return err
		}
		if err := store.Take(tx.Lock(), &out, "such gloss", "claim_id = ? AND lang = ?", id, lang); err != nil {
			return err
		}
		if out.Version != version {
			return fault.Stale("Somebody changed this gloss after you opened it. It reads now: “%s”.",
				out.Words).WithDetail(out)
		}
		if err := GlossConfirmable(c, out, actor.UserID); err != nil {
			return err
		}
		was, by := out, actor.UserID
		out.ConfirmedBy, out.Version = &by, version+1
		if err := store.Changed(tx.Gorm().Model(&Gloss{}).Where("id = ? AND version = ?", out.ID,
			version).Updates(map[string]any{
			"confirmed_by": by, "version": out.Version,
		}), "this gloss"); err != nil {
			return err
		}
		_, err = history.Append(tx, who, history.Event{Action: "gloss.confirmed", Object: glossObject(out.ID),
			Collection: int64(c.CollectionID), Before: glossFields(was), After: glossFields(out)})
		if err != nil {
			return err
		}
		words, err := glossWords(&tx.Rx, out.ID)
		if err != nil {
			return err
		}
		return noteGloss(tx, who, c, "gloss.confirmed", was, out, words, words)
	})
	return out, err
}

// Older names the glosses of a claim that were written, or confirmed last, for words that it has no longer. It asks
// nothing of a claim that has no gloss or whose words were never changed, and no permission.
func Older(r *store.Rx, c Claim) (map[GlossID]bool, error) {
	out := map[GlossID]bool{}
	if len(c.Glosses) == 0 || c.WordsVersion < 2 {
		return out, nil
	}
	worded, err := store.Select[store.Micros](r, "SELECT worded_at FROM claim_words WHERE claim_id = ? AND "+
		"words_version = ?", c.ID, c.WordsVersion)
	if err != nil || len(worded) == 0 {
		return out, err
	}
	for _, g := range c.Glosses {
		if g.ChangedAt < worded[0] {
			out[g.ID] = true
		}
	}
	return out, nil
}
