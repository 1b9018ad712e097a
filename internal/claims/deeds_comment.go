package claims

import (
	"strings"

	"claimbench/internal/auth"
	"claimbench/internal/deeds"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/notices"
	"claimbench/internal/store"
)

// How a comment is taken back: by its author, while nobody has said anything after it that everybody who reads it
// reads, nor resolved it. Whoever was told of it and has not looked is told no more. Its words stay in the history, and
// come back from there.

// heldComment is a comment without its words.
type heldComment struct {
	ID       CommentID     `json:"id"`
	Public   store.Drawn   `json:"public"`
	AddedAt  store.Micros  `json:"added_at"`
	Round    int           `json:"round"`
	Mentions []auth.UserID `json:"mentions"`
}

func noteComment(tx *store.Tx, who history.Who, c Claim, cm Comment) error {
	d := deeds.Deed{Kind: "comment.added", Object: commentObject(cm), ClaimID: int64(c.ID),
		CollectionID: c.CollectionID, Version: cm.Version}
	if err := d.Hold(heldComment{cm.ID, cm.Public, cm.AddedAt, cm.Round, cm.Mentions}); err != nil {
		return err
	}
	return deeds.Note(tx, who, d)
}

// commented reads what an act on a comment holds, and locks its claim for somebody who may comment on it.
func (s *Service) commented(tx *store.Tx, actor auth.Actor, d *deeds.Deed, held any) (c Claim, who history.Who,
	err error) {
	if err := d.Held(held); err != nil {
		return c, who, err
	}
	if c, err = lock(tx, ID(d.ClaimID)); err != nil {
		return c, who, err
	}
	who, err = s.policy.May(actor, auth.ThingClaim, auth.Comment, c.CollectionID)
	return c, who, err
}

// turnComment takes a comment back, or adds it again.
func (s *Service) turnComment(tx *store.Tx, actor auth.Actor, d *deeds.Deed) error {
	var h heldComment
	c, who, err := s.commented(tx, actor, d, &h)
	if err != nil {
		return err
	}
	if h.Round != commentRound(c) && h.Round != hiddenRound(c) {
		return fault.New(fault.Conflict, "Claim %d has gone on since you wrote your comment, and others read it. It "+
			"stays; write another one.", c.ID)
	}
	if d.Again() {
		return addAgain(tx, who, actor, c, *d, h)
	}
	return takeCommentBack(tx, who, actor, c, *d, h)
}

func takeCommentBack(tx *store.Tx, who history.Who, actor auth.Actor, c Claim, d deeds.Deed, h heldComment) error {
	var cm Comment
	if err := store.Take(tx.Lock(), &cm, "such comment of yours", "public = ? AND author_id = ?", h.Public,
		actor.UserID); err != nil {
		return err
	}
	// What others wrote in an open round is hidden: it must not be told of, so it is not asked for.
	n, _, err := store.One[int64](&tx.Rx, "SELECT COUNT(*) FROM comments WHERE claim_id = ? AND id > ? AND "+
		"(round <> ? OR author_id = ?)", c.ID, cm.ID, hiddenRound(c), actor.UserID)
	if err != nil {
		return err
	}
	same, err := deeds.Same(&tx.Rx, d.Object, cm.Version, d.Version)
	if err != nil {
		return err
	}
	if n > 0 || !same {
		return fault.New(fault.Conflict, "Others have built on it: your comment on claim %d was answered or resolved "+
			"since. It stays as it is.", c.ID)
	}
	if err := store.Changed(tx.Gorm().Delete(&Comment{}, "id = ? AND version = ?", cm.ID, cm.Version),
		"this comment"); err != nil {
		return err
	}
	if err := notices.Untell(tx, aboutComment(c, cm), cm.others()...); err != nil {
		return err
	}
	_, err = history.Append(tx, who, history.Event{Action: "comment.withdrawn", Object: commentObject(cm),
		Collection: int64(c.CollectionID), Before: commentFields(cm), Veil: commentVeil(c.ID, cm.Round),
		Reason: d.Reason(), Batch: d.Batch()})
	return err
}

// heldResolved says by whom and when a comment was resolved before and after an act; nil: it was not.
type heldResolved struct {
	By [2]*auth.UserID  `json:"by"`
	At [2]*store.Micros `json:"at"`
}

func noteResolved(tx *store.Tx, who history.Who, c Claim, action string, was, is Comment) error {
	d := deeds.Deed{Kind: action, Object: commentObject(is), ClaimID: int64(c.ID), CollectionID: c.CollectionID,
		Version: is.Version, Other: was.Version}
	if err := d.Hold(heldResolved{[2]*auth.UserID{was.ResolvedBy, is.ResolvedBy},
		[2]*store.Micros{was.ResolvedAt, is.ResolvedAt}}); err != nil {
		return err
	}
	return deeds.Note(tx, who, d)
}

// turnResolved takes it back that a comment was resolved or reopened, or does it again. What the person does not read
// is not there.
func (s *Service) turnResolved(tx *store.Tx, actor auth.Actor, d *deeds.Deed) error {
	var h heldResolved
	c, who, err := s.commented(tx, actor, d, &h)
	if err != nil {
		return err
	}
	built := fault.New(fault.Conflict, "Others have built on it: this comment on claim %d was resolved, reopened or "+
		"taken back since. It stays as it is.", c.ID)
	was, there, err := store.One[Comment](&tx.Rx, "SELECT * FROM comments WHERE public = ? AND claim_id = ? AND "+
		"(round <> ? OR author_id = ?)", strings.TrimPrefix(d.Object, "comment:"), c.ID, hiddenRound(c), actor.UserID)
	if err != nil || !there {
		return errorOr(err, func() error { return built })
	}
	if same, err := deeds.Same(&tx.Rx, d.Object, was.Version, d.Version); err != nil || !same {
		return errorOr(err, func() error { return built })
	}
	i, cm := 0, was
	if d.Again() {
		i = 1
	}
	cm.ResolvedBy, cm.ResolvedAt, cm.Version = h.By[i], h.At[i], was.Version+1
	if err := store.Changed(tx.Gorm().Model(&Comment{}).Where("id = ? AND version = ?", cm.ID, was.Version).
		Updates(map[string]any{"resolved_by": cm.ResolvedBy, "resolved_at": cm.ResolvedAt, "version": cm.Version}),
		"this comment"); err != nil {
		return err
	}
	d.Version = cm.Version
	e := history.Event{Action: "comment.reopened", Object: d.Object, Collection: int64(c.CollectionID),
		Before: commentFields(was), After: commentFields(cm), Reason: d.Reason(), Batch: d.Batch()}
	if cm.ResolvedBy != nil {
		e.Action = "comment.resolved"
	}
	if CommentHidden(c, cm) {
		e.Veil = commentVeil(c.ID, cm.Round)
	}
	_, err = history.Append(tx, who, e)
	return err
}

// addAgain writes a comment again with the words that its author gave it, unless they were erased from the history.
func addAgain(tx *store.Tx, who history.Who, actor auth.Actor, c Claim, d deeds.Deed, h heldComment) error {
	found, err := history.List(&tx.Rx, history.Filter{Object: d.Object, ActionPrefix: "comment.added", Limit: 1,
		Viewer: history.Viewer{UserID: int64(actor.UserID)}})
	if err != nil {
		return err
	}
	words := ""
	if len(found) == 1 && !found[0].Texts["words"].Erased {
		words = found[0].Texts["words"].Text
	}
	if words == "" {
		return fault.New(fault.Conflict, "The words of your comment on claim %d are there no more. Write it anew.",
			c.ID)
	}
	cm := Comment{ID: h.ID, Public: h.Public, ClaimID: c.ID, AuthorID: actor.UserID, Words: words, AddedAt: h.AddedAt,
		Round: h.Round, Mentions: h.Mentions, Version: 1}
	if err := tx.Gorm().Create(&cm).Error; err != nil {
		return err
	}
	if cm.Round == 0 {
		if err := tellMentioned(tx, c, cm); err != nil {
			return err
		}
	}
	_, err = history.Append(tx, who, history.Event{Action: "comment.added", Object: commentObject(cm),
		Collection: int64(c.CollectionID), After: commentFields(cm), Texts: history.Texts{"words": words},
		Veil: commentVeil(c.ID, cm.Round), Reason: d.Reason(), Batch: d.Batch()})
	return err
}
