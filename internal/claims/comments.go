package claims

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"claimbench/internal/auth"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/notices"
	"claimbench/internal/store"
	"claimbench/internal/text"
)

const (
	// MostComments is how many comments a page of them has at most.
	MostComments = 200
	// longestComment is how many characters a comment has at most.
	longestComment = 5000
)

// hiddenRound is the round of a claim whose comments are hidden from all but their authors and auditors now, -1 for
// none. It follows from the claim alone, never from whether anybody has reviewed.
func hiddenRound(c Claim) int {
	if RoundOpen(c) {
		return c.Round
	}
	return -1
}

// RoundOpen says whether the round of a claim is not over. It rests, open, while the claim is withdrawn, merged or a
// candidate again: else whoever ends the claim and takes that back would read what others said, and then review.
func RoundOpen(c Claim) bool {
	return c.Round > 0 && c.State != InConflict && !c.State.Locked()
}

// commentRound is the round that a comment made now waits for, 0 for none: a round that rests waits for nobody.
func commentRound(c Claim) int {
	if c.State == Open {
		return c.Round
	}
	return 0
}

// HidesComments says whether a comment made now is hidden until the claim's round is over.
func HidesComments(c Claim) bool { return commentRound(c) > 0 }

// CommentHidden says whether a comment is read by its author and auditors only now.
func CommentHidden(c Claim, cm Comment) bool { return cm.Round == hiddenRound(c) }

// commentVeil is the veil over the events of the comments on a claim that were made while one of its rounds was open.
// Veils of reviews are rounds and above 0; these are below, and there before anybody has reviewed.
func commentVeil(id ID, round int) int64 {
	if round == 0 {
		return 0
	}
	return -(int64(id)<<16 | int64(round))
}

// Reader is who reads comments.
type Reader struct {
	ID  auth.UserID
	All bool // auditors: also those of an open round
}

// CommentsOf lists the newest comments on a claim that somebody may read, oldest first, at most MostComments; before
// ("": none) leaves out that one and all that came after it. more says that there are earlier ones.
func CommentsOf(r *store.Rx, c Claim, by Reader, before store.Drawn) (out []Comment, more bool, err error) {
	last, hidden := int64(math.MaxInt64), hiddenRound(c)
	if by.All {
		hidden = -1
	}
	if before != "" {
		one, there, err := store.One[Comment](r, "SELECT * FROM comments WHERE public = ? AND claim_id = ? AND "+
			"(round <> ? OR author_id = ?)", before, c.ID, hidden, by.ID)
		if err != nil {
			return nil, false, err
		}
		if !there {
			return nil, false, fault.New(fault.NotFound, "There is no such comment on claim %d. Leave “before” out.",
				c.ID)
		}
		last = int64(one.ID)
	}
	if out, err = store.Select[Comment](r, "SELECT * FROM comments WHERE claim_id = ? AND id < ? AND (round <> ? OR "+
		"author_id = ?) ORDER BY id DESC LIMIT ?", c.ID, last, hidden, by.ID, MostComments+1); err != nil {
		return nil, false, err
	}
	if more = len(out) > MostComments; more {
		out = out[:MostComments]
	}
	slices.Reverse(out)
	return out, more, nil
}

// AddComment says something about a claim. Whom it names by an @ is told: at once, or when the round that is open now
// is over. A name that nobody of the collection has stays plain words, and stands in Unknown of what comes back.
func (s *Service) AddComment(ctx context.Context, actor auth.Actor, id ID, words string) (out Comment, err error) {
	defer fault.In(&err, "claims.AddComment(%d)", id)
	c, who, err := s.allowed(ctx, actor, id, auth.ThingClaim, auth.Comment)
	if err != nil {
		return Comment{}, err
	}
	words = strings.TrimSpace(words)
	if err := checkComment(words); err != nil {
		return Comment{}, err
	}
	var names []auth.UserID
	var unknown []string
	if strings.ContainsAny(words, "@＠") {
		if names, unknown, err = s.mentions(ctx, c.CollectionID, words); err != nil {
			return Comment{}, err
		}
	}
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		c, err := lock(tx, id) // which round is open must hold until the comment stands
		if err != nil {
			return err
		}
		out = Comment{Public: store.Draw(), ClaimID: id, AuthorID: actor.UserID, Words: words, AddedAt: tx.Now(),
			Round: commentRound(c), Mentions: names, Version: 1}
		if err := tx.Gorm().Create(&out).Error; err != nil {
			return err
		}
		if err := SentTyped(tx, actor.UserID, id, CommentForm); err != nil {
			return err
		}
		if out.Round == 0 {
			if err := tellMentioned(tx, c, out); err != nil {
				return err
			}
		}
		_, err = history.Append(tx, who, history.Event{Action: "comment.added", Object: commentObject(out),
			Collection: int64(c.CollectionID), After: commentFields(out), Texts: history.Texts{"words": words},
			Veil: commentVeil(id, out.Round)})
		if err != nil {
			return err
		}
		return noteComment(tx, who, c, out)
	})
	out.Unknown = unknown
	return out, err
}

func checkComment(words string) error {
	if err := text.CheckTyped("words", words); err != nil {
		return fault.Wrap(fault.Invalid, err, "%s", err).With("words", err.Error())
	}
	if n := len([]rune(words)); text.Blank(words) || n > longestComment {
		return fault.New(fault.Invalid, "A comment has 1 to 5,000 characters; this one has %d.",
			n).With("words", "Write a comment of at most 5,000 characters.")
	}
	return nil
}

// mentions finds whom a comment in a collection names: those who may read claims there.
func (s *Service) mentions(ctx context.Context, in auth.CollectionID, words string) (ids []auth.UserID,
	unknown []string, err error) {
	var people []auth.Person
	if err := s.db.Read(ctx, func(r *store.Rx) (err error) {
		people, err = s.policy.Members(r, auth.ThingClaim, auth.Read, in)
		return err
	}); err != nil {
		return nil, nil, err
	}
	if ids, unknown = mentioned(words, people); len(ids) > mostMentions {
		return nil, nil, fault.New(fault.Invalid, "The comment mentions %d people; at most %d are told. Name fewer.",
			len(ids), mostMentions).With("words", "Name fewer people.")
	}
	return ids, unknown, nil
}

// tellMentioned tells those whom a comment names, but not its author.
func tellMentioned(tx *store.Tx, c Claim, cm Comment) error {
	return notices.Tell(tx, aboutComment(c, cm), cm.others()...)
}

// others are those whom a comment names, but not its author.
func (cm Comment) others() []auth.UserID {
	return slices.DeleteFunc(slices.Clone(cm.Mentions), func(u auth.UserID) bool { return u == cm.AuthorID })
}

func aboutComment(c Claim, cm Comment) notices.About {
	return notices.About{In: c.CollectionID, Kind: notices.Mentioned, Claim: int64(c.ID), Ref: string(cm.Public)}
}

// showComments lifts the veil over the comments of a round in the Write in which it stops being open, and tells those
// whom they name.
func showComments(tx *store.Tx, before, after Claim) error {
	round := hiddenRound(before)
	if round < 0 || hiddenRound(after) == round {
		return nil
	}
	hidden, err := store.Select[Comment](&tx.Rx, "SELECT * FROM comments WHERE claim_id = ? AND round = ? ORDER BY id",
		after.ID, round)
	if err != nil || len(hidden) == 0 {
		return err
	}
	for _, cm := range hidden {
		if err := tellMentioned(tx, after, cm); err != nil {
			return err
		}
	}
	return history.Lift(tx, commentVeil(after.ID, round))
}

// ResolveComment says that what a comment asks is done, or (done false) that it is not. Whoever reads it and may
// comment may; version is the one that they read.
func (s *Service) ResolveComment(ctx context.Context, actor auth.Actor, id ID, name store.Drawn, version int64,
	done bool) (out Comment, err error) {
	defer fault.In(&err, "claims.ResolveComment(%d, %q, %t)", id, name, done)
	_, who, err := s.allowed(ctx, actor, id, auth.ThingClaim, auth.Comment)
	if err != nil {
		return Comment{}, err
	}
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		c, err := lock(tx, id)
		if err != nil {
			return err
		}
		var cm Comment
		if err := store.Take(tx.Lock(), &cm, "such comment on this claim", "claim_id = ? AND public = ? AND "+
			"(round <> ? OR author_id = ?)", id, name, hiddenRound(c), actor.UserID); err != nil {
			return err
		}
		if cm.Version != version {
			return fault.Stale("Somebody resolved or reopened this comment after you opened it. Look at it again.")
		}
		was, action := cm, "comment.reopened"
		cm.ResolvedBy, cm.ResolvedAt = nil, nil
		if done {
			by, at := actor.UserID, tx.Now()
			cm.ResolvedBy, cm.ResolvedAt, action = &by, &at, "comment.resolved"
		}
		cm.Version++
		if err := store.Changed(tx.Gorm().Model(&Comment{}).Where("id = ? AND version = ?", cm.ID, version).
			Updates(map[string]any{"resolved_by": cm.ResolvedBy, "resolved_at": cm.ResolvedAt, "version": cm.Version}),
			"this comment"); err != nil {
			return err
		}
		out = cm
		e := history.Event{Action: action, Object: commentObject(cm), Collection: int64(c.CollectionID),
			Before: commentFields(was), After: commentFields(cm)}
		if CommentHidden(c, cm) {
			e.Veil = commentVeil(id, cm.Round)
		}
		if _, err = history.Append(tx, who, e); err != nil {
			return err
		}
		return noteResolved(tx, who, c, action, was, cm)
	})
	return out, err
}

// Comments lists the newest of what was said about a claim, oldest first, a page at a time, as CommentsOf does.
func (s *Service) Comments(ctx context.Context, actor auth.Actor, id ID, before store.Drawn) (out []Comment, more bool,
	err error) {
	defer fault.In(&err, "claims.Comments(%d, before %q)", id, before)
	if _, _, err := s.allowed(ctx, actor, id, auth.ThingClaim, auth.Read); err != nil {
		return nil, false, err
	}
	err = s.db.Read(ctx, func(r *store.Rx) error {
		c, err := ByID(r, id)
		if err != nil {
			return err
		}
		by := Reader{ID: actor.UserID, All: s.policy.Allows(actor, auth.ThingReview, auth.ReadOpen, c.CollectionID)}
		out, more, err = CommentsOf(r, c, by, before)
		return err
	})
	return out, more, err
}

// compareCommentVeils holds the lifted veils of comments to the claims: those of rounds that are over and in which
// somebody commented, and no other.
func compareCommentVeils(r *store.Rx, found history.Found) error {
	type round struct {
		ID    ID    `gorm:"column:claim_id"`
		N     int   `gorm:"column:n"`
		State State `gorm:"column:state"`
		Now   int   `gorm:"column:now"`
	}
	lifted := map[int64]bool{}
	if err := history.Lifted(r, func(veil int64) error {
		if veil < 0 {
			lifted[veil] = true
		}
		return nil
	}); err != nil {
		return err
	}
	rounds, err := store.Select[round](r, "SELECT DISTINCT c.claim_id, c.round AS n, claims.state, claims.round AS "+
		"now FROM comments c JOIN claims ON claims.id = c.claim_id WHERE c.round > 0 ORDER BY c.claim_id, c.round")
	if err != nil {
		return err
	}
	for _, x := range rounds {
		veil := commentVeil(x.ID, x.N)
		open := hiddenRound(Claim{State: x.State, Round: x.Now}) == x.N
		switch {
		case open && lifted[veil]:
			found(Object(x.ID), "comments of round %d are shown to everybody, but it is open", x.N)
		case !open && !lifted[veil]:
			found(Object(x.ID), "round %d is over, but its comments are still veiled", x.N)
		}
		delete(lifted, veil)
	}
	for veil := range lifted {
		found(fmt.Sprintf("veil:%d", veil), "it is lifted, but no comment is under it")
	}
	return nil
}

// CommentsNamed reads comments by their names. It asks no permission: see CommentHidden.
func CommentsNamed(r *store.Rx, names []store.Drawn) (map[store.Drawn]Comment, error) {
	out := map[store.Drawn]Comment{}
	if len(names) == 0 {
		return out, nil
	}
	all, err := store.Select[Comment](r, "SELECT * FROM comments WHERE public IN ?", names)
	for _, cm := range all {
		out[cm.Public] = cm
	}
	return out, err
}
