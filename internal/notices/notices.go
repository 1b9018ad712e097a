// Package notices owns what a person is told of: that they were mentioned, that a claim which they decided was
// reopened, that something is asked of them. Rooms above tell it in the Write of the act (Tell), people read it as one
// list with one unread number (Of, Unread).
//
// The one rule not to break: a notice is made when the person may know what it tells of, not before. What a veil hides
// is told in the Write that lifts the veil, so that list, count and mail hold back alike and nothing here asks again.
//
// A notice has no event in the history: what it tells of has one.
package notices

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"claimbench/internal/auth"
	"claimbench/internal/fault"
	"claimbench/internal/store"
	"claimbench/internal/term"
)

// Kind is what a notice tells.
type Kind string

// The kinds.
const (
	Mentioned Kind = "mentioned"
	Otherwise Kind = "resolved_otherwise"
	Reopened  Kind = "reopened"
	Evidence  Kind = "evidence_changed"
	Assigned  Kind = "assigned"
	SentBack  Kind = "sent_back"
	Answered  Kind = "answered"
	JobDone   Kind = "job_done"
	JobFailed Kind = "job_failed"

	EraseAsked   Kind = "erase_asked"
	EraseDone    Kind = "erase_done"
	EraseRefused Kind = "erase_refused"

	AlarmRaised   Kind = "alarm_raised"
	AlarmAnswered Kind = "alarm_answered"

	SourceNamed Kind = "source_named"

	TextChanged      Kind = "text_changed"
	ChangedInSilence Kind = "changed_in_silence"
	PageGone         Kind = "page_gone"
)

// Kinds are all kinds, with the sentence that a person reads.
var Kinds = term.New("kind of notice",
	term.Term[Kind]{Name: Mentioned, Word: "you were mentioned", About: "A comment names you."},
	term.Term[Kind]{Name: Otherwise, Word: "decided otherwise than your review",
		About: "The claim was decided with another verdict than that of your review."},
	term.Term[Kind]{Name: Reopened, Word: "reopened", About: "A claim that you had a part in deciding is open again."},
	term.Term[Kind]{Name: Evidence, Word: "evidence changed",
		About: "Evidence of a claim that you had a part in deciding has changed."},
	term.Term[Kind]{Name: Assigned, Word: "assigned to you", About: "Somebody asks you to take it."},
	term.Term[Kind]{Name: SentBack, Word: "a question to you", About: "An adjudicator asks you about your review."},
	term.Term[Kind]{Name: Answered, Word: "your question was answered", About: "A reviewer answered you."},
	term.Term[Kind]{Name: JobDone, Word: "work that you asked for is done",
		About: "Work that you asked for has ended."},
	term.Term[Kind]{Name: JobFailed, Word: "work that you asked for failed",
		About: "Work that you asked for could not be done."},
	term.Term[Kind]{Name: EraseAsked, Word: "an admin asks to erase a text from the history",
		About: "Another admin confirms or refuses it; auditors are told."},
	term.Term[Kind]{Name: EraseDone, Word: "a text was erased from the history",
		About: "Two admins did it; the reason stays."},
	term.Term[Kind]{Name: EraseRefused, Word: "an erasure was refused", About: "The text stays in the history."},
	term.Term[Kind]{Name: AlarmRaised, Word: "something happened to what a frozen set prints",
		About: "It waits until an editor answers."},
	term.Term[Kind]{Name: AlarmAnswered, Word: "an alarm on a frozen set was answered",
		About: "Another editor said what becomes of what is printed."},
	term.Term[Kind]{Name: SourceNamed, Word: "an editor named you to read a protected source",
		About: "You read it as long as you review there, or until an editor takes that back."},
	term.Term[Kind]{Name: TextChanged, Word: "a page that is watched has another text",
		About: "An editor takes it as a revision, or refuses it."},
	term.Term[Kind]{Name: ChangedInSilence, Word: "a page that is watched was changed in silence",
		About: "Its text is another one, and the day of its last change that it states is the same."},
	term.Term[Kind]{Name: PageGone, Word: "a page that is watched is gone", About: "The day is noted."},
)

// Name is how a notice goes in addresses and in JSON.
type Name = store.Drawn

// Notice is one thing that a person is told of.
type Notice struct {
	ID           int64             `gorm:"column:id;primaryKey"` // never shown: its gaps would count
	Public       store.Drawn       `gorm:"column:public"`
	UserID       auth.UserID       `gorm:"column:user_id"`
	CollectionID auth.CollectionID `gorm:"column:collection_id"` // 0: of none
	Kind         Kind              `gorm:"column:kind"`
	ClaimID      int64             `gorm:"column:claim_id"` // 0: of none
	Ref          string            `gorm:"column:ref"`      // what of the claim: the comment's name, the round
	ToldAt       store.Micros      `gorm:"column:told_at"`
	ReadAt       *store.Micros     `gorm:"column:read_at"` // nil: not yet
}

// TableName names the table.
func (Notice) TableName() string { return "notices" }

const (
	// MostTold is how many people one act tells at most.
	MostTold = 200
	// CountCap is where the unread number stops: it says “100 or more”.
	CountCap = 100
)

// About is what a notice tells of.
type About struct {
	In    auth.CollectionID
	Kind  Kind
	Claim int64
	Ref   string
}

// Tell tells people of something, in the Write in which it happens. Each is told once; somebody who has an unread
// notice of the same thing is not told again.
func Tell(tx *store.Tx, about About, users ...auth.UserID) error {
	users = slices.DeleteFunc(slices.Compact(slices.Sorted(slices.Values(users))), func(u auth.UserID) bool {
		return u == 0
	})
	if len(users) == 0 {
		return nil
	}
	if len(users) > MostTold {
		return fault.New(fault.Invalid, "That would tell %d people at once; at most %d are told.", len(users), MostTold)
	}
	told, err := store.Select[auth.UserID](&tx.Rx, "SELECT user_id FROM notices WHERE user_id IN ? AND claim_id = ? "+
		"AND kind = ? AND ref = ? AND read_at IS NULL", users, about.Claim, about.Kind, about.Ref)
	if err != nil {
		return err
	}
	var rows []Notice
	for _, u := range users {
		if !slices.Contains(told, u) {
			rows = append(rows, Notice{Public: store.Draw(), UserID: u, CollectionID: about.In, Kind: about.Kind,
				ClaimID: about.Claim, Ref: about.Ref, ToldAt: tx.Now()})
		}
	}
	if len(rows) == 0 {
		return nil
	}
	return tx.Gorm().Create(&rows).Error
}

// Untell takes back what some people were told and have not read: what it tells of was taken back.
func Untell(tx *store.Tx, about About, users ...auth.UserID) error {
	if len(users) == 0 {
		return nil
	}
	return tx.Gorm().Delete(&Notice{}, "user_id IN ? AND claim_id = ? AND kind = ? AND ref = ? AND read_at IS NULL",
		users, about.Claim, about.Kind, about.Ref).Error
}

// Within are the collections whose notices a person is shown: those in which they read claims now.
type Within struct {
	All bool
	IDs []auth.CollectionID
}

// For says within which collections a person reads notices: a role that was taken takes the notices of its collection
// along.
func For(policy *auth.Policy, actor auth.Actor) Within {
	all, ids := policy.Collections(actor, auth.ThingClaim, auth.Read)
	return Within{All: all, IDs: append(ids, 0)}
}

// where is the condition on a person's notices and its arguments.
func (w Within) where(user auth.UserID) (string, []any) {
	if w.All {
		return "user_id = ?", []any{user}
	}
	return "user_id = ? AND collection_id IN ?", []any{user, w.IDs}
}

// Unread is how many notices a person has not read, at most CountCap; one read of an index.
func Unread(r *store.Rx, user auth.UserID, w Within) (int, error) {
	query, args := UnreadQuery(user, w)
	n, _, err := store.One[int](r, query, args...)
	return n, err
}

// UnreadQuery is the statement of Unread with its arguments, to be asked together with something else.
func UnreadQuery(user auth.UserID, w Within) (query string, args []any) {
	cond, args := w.where(user)
	return fmt.Sprintf("SELECT COUNT(*) FROM (SELECT 1 FROM notices WHERE %s AND read_at IS NULL LIMIT %d) n", cond,
		CountCap), args
}

// Of lists a person's notices, newest first, those before one of them ("": the newest), at most limit. Which one is
// named by before is asked among their own.
func Of(r *store.Rx, user auth.UserID, w Within, before store.Drawn, limit int) ([]Notice, error) {
	cond, args := w.where(user)
	if before != "" {
		own, err := named(r, user, before)
		if err != nil {
			return nil, err
		}
		cond, args = cond+" AND id < ?", append(args, own.ID)
	}
	return store.Select[Notice](r, "SELECT * FROM notices WHERE "+cond+" ORDER BY id DESC LIMIT ?",
		append(args, limit)...)
}

func named(r *store.Rx, user auth.UserID, name store.Drawn) (Notice, error) {
	n, there, err := store.One[Notice](r, "SELECT * FROM notices WHERE public = ? AND user_id = ?", name, user)
	if err == nil && !there {
		err = fault.New(fault.NotFound, "There is no such notice among yours.")
	}
	return n, err
}

// MentionsOf is the statement that lists the claims on which a person has an unread mention, for “claims.id IN (…)” in
// a statement over claims: one placeholder, the person.
const MentionsOf = "SELECT claim_id FROM notices WHERE user_id = ? AND kind = 'mentioned' AND read_at IS NULL"

// UnreadOn says on which of some claims a person has an unread notice of a kind, in one query: the reason “mentioned”
// of their queue.
func UnreadOn[ID ~int64](r *store.Rx, user auth.UserID, kind Kind, all []ID) (map[ID]bool, error) {
	out := map[ID]bool{}
	if len(all) == 0 {
		return out, nil
	}
	ids, err := store.Select[int64](r, "SELECT claim_id FROM notices WHERE user_id = ? AND claim_id IN ? AND kind = ? "+
		"AND read_at IS NULL", user, all, kind)
	for _, id := range ids {
		out[ID(id)] = true
	}
	return out, err
}

// Service is what a person may do with their notices.
type Service struct {
	db     *store.DB
	policy *auth.Policy
}

// New makes the service.
func New(db *store.DB, policy *auth.Policy) *Service { return &Service{db: db, policy: policy} }

// Read says that a person has read one of their notices; one that was read already is no error.
func (s *Service) Read(ctx context.Context, actor auth.Actor, name store.Drawn) (n Notice, err error) {
	defer fault.In(&err, "notices.Read(%q)", name)
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		if n, err = named(&tx.Rx, actor.UserID, store.Drawn(strings.TrimSpace(string(name)))); err != nil {
			return err
		}
		if n.ReadAt != nil {
			return nil
		}
		at := tx.Now()
		n.ReadAt = &at
		return tx.Gorm().Model(&Notice{}).Where("id = ?", n.ID).Update("read_at", at).Error
	})
	return n, err
}

// ReadMention says that a person has read the comment in which they were mentioned, wherever they read it: its notice
// is read. first says that there was one that was not read; none is no error.
func (s *Service) ReadMention(ctx context.Context, actor auth.Actor, comment store.Drawn) (first bool, err error) {
	defer fault.In(&err, "notices.ReadMention(%q)", comment)
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		done := tx.Gorm().Model(&Notice{}).Where("user_id = ? AND kind = ? AND ref = ? AND read_at IS NULL",
			actor.UserID, Mentioned, comment).Update("read_at", tx.Now())
		first = done.RowsAffected > 0
		return done.Error
	})
	return first, err
}

// ReadAll says that a person has read all of their notices up to one, the newest that their page showed: what came
// since stays unread.
func (s *Service) ReadAll(ctx context.Context, actor auth.Actor, upTo store.Drawn) (err error) {
	defer fault.In(&err, "notices.ReadAll(%q)", upTo)
	return s.db.Write(ctx, func(tx *store.Tx) error {
		last, err := named(&tx.Rx, actor.UserID, upTo)
		if err != nil {
			return err
		}
		cond, args := For(s.policy, actor).where(actor.UserID)
		return tx.Gorm().Model(&Notice{}).Where(cond, args...).Where("id <= ? AND read_at IS NULL", last.ID).
			Update("read_at", tx.Now()).Error
	})
}
