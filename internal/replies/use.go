package replies

import (
	"context"

	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/evidence"
	"claimbench/internal/fault"
)

// ClaimOf is the claim of a reply, for who reads it.
func (s *Service) ClaimOf(ctx context.Context, actor auth.Actor, id ID) (_ claims.ID, err error) {
	defer fault.In(&err, "replies.ClaimOf(%d)", id)
	x, _, err := s.allowed(ctx, actor, id)
	return x.ClaimID, err
}

// Use links an answer as evidence for its claim by evidence.Service.Link: an outside document without an address, whose
// origin is who answered. What people say of themselves is a report of theirs, and no primary document.
func (s *Service) Use(ctx context.Context, actor auth.Actor, id ID, stance evidence.Stance,
	link func(context.Context, auth.Actor, evidence.Link) (evidence.Item, error)) (_ evidence.Item, err error) {
	defer fault.In(&err, "replies.Use(%d)", id)
	x, _, err := s.allowed(ctx, actor, id)
	if err != nil {
		return evidence.Item{}, err
	}
	if err := Standing(x); err != nil {
		return evidence.Item{}, err
	}
	if x.Outcome != Answered {
		return evidence.Item{}, fault.New(fault.Conflict, "%s has not answered; there are no words to link.", x.Name)
	}
	return link(ctx, actor, evidence.Link{ClaimID: x.ClaimID, Answer: true, Title: evidence.AnswerTitle + x.AnsweredOn,
		Publisher: x.Name, Origin: x.Name, Exact: x.Words, ReadOn: x.AnsweredOn, Stance: stance, Kind: evidence.Reply})
}
