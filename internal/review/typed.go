package review

import (
	"context"
	"slices"
	"time"

	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/fault"
	"claimbench/internal/store"
)

// What is typed in the other forms of a claim is kept as an unsent review is. The rows are the claims'; what must be
// taken out of them stands here, because it asks what was linked.

// formOf is the form that an act on a round is sent by.
var formOf = map[auth.Action]claims.Form{auth.Adjudicate: claims.AdjudicationForm, auth.Approve: claims.ApprovalForm,
	auth.Reopen: claims.ReopeningForm}

// sentKept is how long the empty row of a form that was sent stays.
const sentKept = 24 * time.Hour

// FormSent is the detail of the conflict that says that the form was sent meanwhile: Version is what a saving of new
// words builds on.
type FormSent struct{ Version int64 }

// FormNeeds is the permission under which a form of a claim is sent.
func FormNeeds(c claims.Claim, f claims.Form) (auth.Thing, auth.Action) {
	if _, changes := f.GlossLang(); changes {
		return auth.ThingClaim, auth.Write
	}
	switch f {
	case claims.AdjudicationForm, claims.QuestionForm:
		return auth.ThingRound, auth.Adjudicate
	case claims.ApprovalForm:
		return auth.ThingRound, auth.Approve
	case claims.ReopeningForm:
		return auth.ThingRound, auth.Reopen
	case claims.OutsideForm:
		return auth.ThingEvidence, auth.Link
	case claims.CommentForm:
		return auth.ThingClaim, auth.Comment
	case claims.AnswerForm:
		return auth.ThingReview, auth.Submit
	case claims.GlossForm:
		return auth.ThingClaim, auth.Write
	}
	return claims.ThingOf(c), auth.Write
}

// KeepTyped keeps what a person has typed in a form. It is fault.Conflict, with the other as its detail, when another
// tab or device kept something since, and with FormSent when the form was sent meanwhile. What is blank is erased. It
// asks the permission alone, never how the claim stands: that would tell of others' reviews, and lose words.
func (s *Service) KeepTyped(ctx context.Context, actor auth.Actor, in claims.Typed) (out claims.Typed, err error) {
	defer fault.In(&err, "review.KeepTyped(claim %d, %s)", in.ClaimID, in.Form)
	c, _, err := s.allowed(ctx, actor, in.ClaimID, auth.ThingClaim, auth.Read)
	if err != nil {
		return out, err
	}
	thing, act := FormNeeds(c, in.Form)
	if _, err := s.policy.May(actor, thing, act, c.CollectionID); err != nil {
		return out, err
	}
	if err := claims.CheckTyped(in); err != nil {
		return out, err
	}
	in.UserID = actor.UserID
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		var c claims.Claim // sending locks it too: one waits for the other
		if err := store.Take(tx.Lock(), &c, "such claim", "id = ?", in.ClaimID); err != nil {
			return err
		}
		was, err := claims.TypedRow(&tx.Rx, in.UserID, in.ClaimID, in.Form)
		if err != nil {
			return err
		}
		kept := in
		kept.Fields = in.Fields.Copy()
		if err := forgetIn(&tx.Rx, c, kept.Fields.Words()...); err != nil {
			return err
		}
		if err := builds(&tx.Rx, was, kept, c); err != nil {
			return err
		}
		out, err = claims.KeepTyped(tx, was, kept)
		return err
	})
	return out, err
}

// builds says whether what is kept builds on the row as it is.
func builds(r *store.Rx, was *claims.Typed, in claims.Typed, c claims.Claim) error {
	switch {
	case was == nil || was.Version == in.Version || was.SentAt == nil && in.Fields.Same(was.Fields):
		return nil
	case was.SentAt != nil:
		return fault.New(fault.Conflict, "You have sent this form of claim %d meanwhile.", c.ID).WithDetail(
			FormSent{was.Version})
	}
	if err := forgetIn(r, c, was.Fields.Words()...); err != nil {
		return err
	}
	return fault.New(fault.Conflict, "You typed something else for claim %d in another tab or on another device, and "+
		"it was saved. Look at both, and say which to keep.", c.ID).WithDetail(*was)
}

// TypedOf reads what a person has typed in a form of a claim, without words of the texts around it that were taken
// down. An empty one with a version says that it was sent; nil, that there is none. It asks no permission: show it to
// nobody but that person.
func TypedOf(r *store.Rx, user auth.UserID, c claims.Claim, form claims.Form) (*claims.Typed, error) {
	t, err := claims.TypedRow(r, user, c.ID, form)
	if err != nil || t == nil || t.SentAt != nil {
		return t, err
	}
	return t, ForgetGone(r, c, t.Fields.Words()...)
}

// Typings are what one person has typed in forms of one claim, by form.
type Typings map[claims.Form]*claims.Typed

// TypingsOf reads what a person has typed in forms of a claim, as TypedOf does.
func TypingsOf(r *store.Rx, user auth.UserID, c claims.Claim) (Typings, error) {
	rows, err := claims.TypedRows(r, user, c.ID)
	if err != nil {
		return nil, err
	}
	out, words := Typings{}, []*string{}
	for i, t := range rows {
		out[t.Form] = &rows[i]
		words = append(words, t.Fields.Words()...)
	}
	if len(words) == 0 {
		return out, nil
	}
	return out, ForgetGone(r, c, words...)
}

// TypedBy lists what a person has typed in forms of claims after one, as UnsentBy does.
func TypedBy(r *store.Rx, user auth.UserID, after claims.ID, most int) ([]claims.Typed, error) {
	out, err := claims.TypedBy(r, user, after, most)
	if err == nil {
		_, err = forgetTyped(r, out)
	}
	return out, err
}

// DiscardTyped erases what a person has typed in a form. They may, whatever their roles are now.
func (s *Service) DiscardTyped(ctx context.Context, actor auth.Actor, claim claims.ID, form claims.Form) (err error) {
	defer fault.In(&err, "review.DiscardTyped(claim %d, %s)", claim, form)
	if !claims.HasForm(form) {
		return fault.New(fault.Invalid, "No form is called so. Leave it out for a review.").With("form",
			"This is no form of a claim.")
	}
	return s.db.Write(ctx, func(tx *store.Tx) error { return claims.DropTyped(tx, actor.UserID, claim, form) })
}

// forgetTyped takes the words of texts of their collections that were taken down out of rows, and gives their claims.
func forgetTyped(r *store.Rx, rows []claims.Typed) (map[claims.ID]claims.Claim, error) {
	ids := make([]claims.ID, len(rows))
	for i, t := range rows {
		ids[i] = t.ClaimID
	}
	of, err := claims.ByIDs(r, ids)
	if err != nil {
		return nil, err
	}
	words := map[auth.CollectionID][]*string{}
	for _, t := range rows {
		in := of[t.ClaimID].CollectionID
		words[in] = append(words[in], t.Fields.Words()...)
	}
	return of, takeOutGone(r, words)
}

// SweepTyped looks through what all people have typed in forms, as SweepUnsent does through reviews, and erases the
// empty rows of those that were sent.
func (s *Service) SweepTyped(ctx context.Context) (err error) {
	defer fault.In(&err, "review.SweepTyped()")
	for last := (claims.Typed{}); ; {
		var part []claims.Typed
		var changed []sweptForm
		if err := s.db.Read(ctx, func(r *store.Rx) (err error) {
			if part, err = claims.TypedAfter(r, last, sweptUnsent); err != nil || len(part) == 0 {
				return err
			}
			changed, err = s.formsToSweep(r, part)
			return err
		}); err != nil || len(part) == 0 {
			return err
		}
		last = part[len(part)-1]
		if len(changed) == 0 {
			continue
		}
		if err := s.db.Write(ctx, func(tx *store.Tx) error {
			for _, f := range changed {
				if err := f.put(tx); err != nil {
					return err
				}
			}
			return nil
		}); err != nil {
			return err
		}
	}
}

// sweptForm is what was typed in a form as a sweep wants it.
type sweptForm struct {
	claims.Typed
	erase bool
}

// put writes it, unless the person typed meanwhile: then the next sweep sees it.
func (f sweptForm) put(tx *store.Tx) error {
	now, err := claims.TypedRow(&tx.Rx, f.UserID, f.ClaimID, f.Form)
	if err != nil || now == nil || now.Version != f.Version {
		return err
	}
	if f.erase {
		return claims.DropTyped(tx, f.UserID, f.ClaimID, f.Form)
	}
	was := f.Version
	f.Version++
	return f.Put(tx, was)
}

// formsToSweep gives those of a part that must change, as they should be.
func (s *Service) formsToSweep(r *store.Rx, part []claims.Typed) (out []sweptForm, err error) {
	now := slices.Clone(part)
	for i := range now {
		now[i].Fields = part[i].Fields.Copy()
	}
	of, err := forgetTyped(r, now)
	if err != nil {
		return nil, err
	}
	owners := map[auth.UserID]auth.User{}
	for i, t := range now {
		f := sweptForm{Typed: t}
		if t.SentAt != nil {
			if f.erase = s.db.Now()-*t.SentAt >= store.Micros(sentKept.Microseconds()); f.erase {
				out = append(out, f)
			}
			continue
		}
		owner, known := owners[t.UserID]
		if !known {
			if owner, err = auth.UserByID(r, t.UserID); err != nil {
				return nil, err
			}
			owners[t.UserID] = owner
		}
		thing, act := FormNeeds(of[t.ClaimID], t.Form)
		f.LostAt, f.erase = s.aged(t.LostAt, owner.Enabled && s.policy.Allows(auth.Actor{UserID: owner.ID,
			Grants: owner.Grants}, thing, act, of[t.ClaimID].CollectionID))
		if f.erase || !t.Fields.Same(part[i].Fields) || (f.LostAt == nil) != (t.LostAt == nil) {
			out = append(out, f)
		}
	}
	return out, nil
}
