package claims

import (
	"context"
	"fmt"
	"slices"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/store"
	"claimbench/internal/text"
)

// reword is the common road of a change of words: permission, what was typed, lock, guard, the words' version that the
// person opened, the change itself, and the claim's place in a newer text. do gets the claim as it was locked.
func (s *Service) reword(ctx context.Context, actor auth.Actor, id ID, wordsVersion int64, typed func() error,
	guard func(Claim) error, do func(*store.Tx, history.Who, Claim) ([]Claim, error)) ([]Claim, error) {
	return s.reworded(ctx, actor, id, wordsVersion, func(Claim) error { return typed() }, guard, do)
}

// reworded is reword where what was typed is looked at beside the claim as it was read before the Write.
func (s *Service) reworded(ctx context.Context, actor auth.Actor, id ID, wordsVersion int64, typed func(Claim) error,
	guard func(Claim) error, do func(*store.Tx, history.Who, Claim) ([]Claim, error)) ([]Claim, error) {
	c, _, err := s.allowed(ctx, actor, id, auth.ThingClaim, auth.Read)
	if err != nil {
		return nil, err
	}
	who, err := s.policy.May(actor, ThingOf(c), auth.Write, c.CollectionID)
	if err != nil {
		return nil, err
	}
	if err := typed(c); err != nil {
		return nil, err
	}
	var out []Claim
	if err := s.db.Write(ctx, func(tx *store.Tx) error {
		c, err := lockSeen(tx, id)
		if err != nil {
			return err
		}
		if err := guard(c); err != nil {
			return err
		}
		if c.WordsVersion != wordsVersion {
			return ConflictOf(&tx.Rx, c, wordsVersion)
		}
		out, err = do(tx, who, c)
		return err
	}); err != nil {
		return nil, err
	}
	for i := range out {
		out[i] = s.Follow(ctx, actor, out[i])
	}
	return out, nil
}

// one is the first of the claims that reword gives.
func one(all []Claim, err error) (Claim, error) {
	if err != nil || len(all) == 0 {
		return Claim{}, err
	}
	return all[0], nil
}

// Edit changes the words of a candidate or an open claim. wordsVersion is the one the person opened: when the words
// were changed since, the fault carries both wordings. accept opens a candidate in the same step.
func (s *Service) Edit(ctx context.Context, actor auth.Actor, id ID, wordsVersion int64, w Words, accept bool) (_ Claim,
	err error) {
	defer fault.In(&err, "claims.Edit(%d)", id)
	typed := func() error { return checkWords(&w) }
	return one(s.reword(ctx, actor, id, wordsVersion, typed, Editable,
		func(tx *store.Tx, who history.Who, c Claim) ([]Claim, error) {
			after := c
			if err := apply(&tx.Rx, &after, w); err != nil {
				return nil, err
			}
			action := "claim.edited"
			if c.State == Candidate {
				action = "candidate.edited"
			}
			if accept && c.State == Candidate {
				if err := s.open(tx, actor, &after); err != nil {
					return nil, err
				}
				action = "candidate.accepted"
			}
			if err := s.update(tx, who, c, &after, action, "", ""); err != nil {
				return nil, err
			}
			if err := SentTyped(tx, actor.UserID, id, EditForm); err != nil {
				return nil, err
			}
			return []Claim{after}, note(tx, who, action, c, after, nil)
		}))
}

// apply sets new words and counts their version.
func apply(r *store.Rx, c *Claim, w Words) error {
	at, more, err := placing(r, *c, w)
	if err != nil {
		return err
	}
	hedge := append(store.Strings{}, w.Hedge...)
	same := at.Span == c.Span && sameSpans(more, c.More) && c.Statement == w.Statement &&
		c.Attribution == w.Attribution && c.Hedge.String() == hedge.String()
	c.Spot, c.More = at, more
	c.Statement, c.Attribution, c.Hedge, c.Kind = w.Statement, w.Attribution, hedge, w.Kind
	if !same { // reviews are bound to the words: the same words again, or another kind, leave them as they are
		c.WordsVersion++
	}
	return nil
}

// Create makes a claim by hand from a span of an article's newest text. It is open at once.
func (s *Service) Create(ctx context.Context, actor auth.Actor, article articles.ID, revision articles.RevisionID,
	w Words) (_ Claim, err error) {
	defer fault.In(&err, "claims.Create(%d, %d)", article, revision)
	return s.CreateTyped(ctx, actor, article, revision, w, "")
}

// CreateTyped is Create of words that were kept while they were typed; began is TypedNew's, "" for none.
func (s *Service) CreateTyped(ctx context.Context, actor auth.Actor, article articles.ID, revision articles.RevisionID,
	w Words, began string) (_ Claim, err error) {
	defer fault.In(&err, "claims.CreateTyped(%d, %d, %q)", article, revision, began)
	var a articles.Article
	if err := s.db.Read(ctx, func(r *store.Rx) (err error) {
		a, err = articles.ByIDFor(r, s.policy, actor, article)
		return err
	}); err != nil {
		return Claim{}, err
	}
	who, err := s.policy.May(actor, auth.ThingClaim, auth.Write, a.CollectionID)
	if err != nil {
		return Claim{}, err
	}
	if err := checkWords(&w); err != nil {
		return Claim{}, err
	}
	var out Claim
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		var a articles.Article // locked: what is typed of it waits
		if err := store.Take(tx.Lock(), &a, "such article", "id = ?", article); err != nil {
			return err
		}
		if err := articles.Claimable(a, revision); err != nil {
			return err
		}
		by, now := actor.UserID, tx.Now()
		at, err := articles.PlaceAt(&tx.Rx, revision, w.Span, w.Exact)
		if err != nil {
			return err
		}
		more, err := moreAt(&tx.Rx, at, w.More)
		if err != nil {
			return err
		}
		out = Claim{
			CollectionID: a.CollectionID, ArticleID: a.ID, Spot: at, More: more, Statement: w.Statement,
			Attribution: w.Attribution,
			Hedge:       append(store.Strings{}, w.Hedge...), Kind: w.Kind, CheckWorthy: 100,
			Reasons: store.Strings{"chosen by a person"},
			State:   Open, Round: 1, ByHand: true, OpenedBy: &by, OpenedAt: &now,
		}
		if err := s.insert(tx, who, &out, "claim.created", ""); err != nil {
			return err
		}
		if err := s.tellOpened(tx, who, Claim{}, out, ""); err != nil {
			return err
		}
		if beganAt.MatchString(began) {
			if err := sentTypedNew(tx, actor.UserID, article, began); err != nil {
				return err
			}
		}
		return note(tx, who, "claim.created", Claim{}, out, nil)
	})
	return out, err
}

// Split makes several claims of one: the first part keeps the number, the others are new and in the same state.
func (s *Service) Split(ctx context.Context, actor auth.Actor, id ID, wordsVersion int64, parts []Words) (_ []Claim,
	err error) {
	defer fault.In(&err, "claims.Split(%d, %d parts)", id, len(parts))
	var weights []*weight
	typed := func(c Claim) (err error) {
		if err = checkParts(parts); err == nil {
			weights, err = s.weighParts(ctx, c, parts)
		}
		return err
	}
	return s.reworded(ctx, actor, id, wordsVersion, typed, Splittable,
		func(tx *store.Tx, who history.Who, c Claim) ([]Claim, error) {
			batch := fmt.Sprintf("split:%d:%d", id, int64(tx.Now()))
			for i, w := range parts { // a part that says where it stands, stands there only
				if err := countsIn(c, w); err != nil {
					return nil, err
				}
				if w.More == nil && w.Span != (text.Span{}) && w.Span != c.Span {
					parts[i].More = []Stretch{}
				}
			}
			first := c
			if err := apply(&tx.Rx, &first, parts[0]); err != nil {
				return nil, err
			}
			first.weighed(weights[0])
			if err := s.update(tx, who, c, &first, "claim.split", "", batch); err != nil {
				return nil, err
			}
			out := []Claim{first}
			for i, w := range parts[1:] {
				part := c
				part.Anchor, part.AnchorRevision, part.AnchorSpan = "", nil, text.Span{}
				part.AnchorChanges = nil
				if err := apply(&tx.Rx, &part, w); err != nil {
					return nil, err
				}
				part.weighed(weights[i+1])
				if err := s.insert(tx, who, &part, "claim.split_off", batch); err != nil {
					return nil, err
				}
				out = append(out, part)
			}
			if err := SentTyped(tx, actor.UserID, id, SplitForm); err != nil {
				return nil, err
			}
			return out, note(tx, who, "claim.split", c, first, out[1:])
		})
}

// mostParts bounds what one claim is split into or merged of.
const mostParts = 20

func checkParts(parts []Words) error {
	if len(parts) < 2 || len(parts) > mostParts {
		return fault.New(fault.Invalid, "A claim is split into two to twenty parts; %d were given.",
			len(parts)).With("parts", "Give at least two parts.")
	}
	for i := range parts {
		if err := checkWords(&parts[i]); err != nil {
			return fault.Wrap(fault.Invalid, err, "Part %d: %s", i+1, fault.Message(err)).With(
				fmt.Sprintf("statement_%d", i+1), fault.Message(err))
		}
	}
	return nil
}

// Opened is a claim with the version of it that a person had open.
type Opened struct {
	ID       ID
	Version  int64
	Proposed ID // the claim on whose page the machine proposed the two as one; 0: a person found it
}

// Merge folds other candidates or open claims of the same collection into one, which keeps its place, and takes the
// words given; nil leaves it its own. The others end as merged and name the one they went into; their evidence goes
// along, and the passage of one of another article becomes evidence (OnMerge). One that was changed since the person
// opened it is fault.Conflict.
func (s *Service) Merge(ctx context.Context, actor auth.Actor, into ID, wordsVersion int64, others []Opened,
	w *Words) (_ Claim, err error) {
	defer fault.In(&err, "claims.Merge(%d, %d others)", into, len(others))
	typed := func() error {
		if err := checkOthers(into, others); err != nil || w == nil {
			return err
		}
		return checkWords(w)
	}
	return one(s.reword(ctx, actor, into, wordsVersion, typed, Mergeable,
		func(tx *store.Tx, who history.Who, c Claim) ([]Claim, error) {
			batch := fmt.Sprintf("merge:%d:%d", into, int64(tx.Now()))
			var gone []Claim
			for _, o := range others {
				was, err := s.mergeOne(tx, actor, c, o, batch)
				if err != nil {
					return nil, err
				}
				gone = append(gone, was)
			}
			kept := c
			if w != nil {
				if err := apply(&tx.Rx, &kept, *w); err != nil {
					return nil, err
				}
			}
			if err := s.update(tx, who, c, &kept, "claim.merged", "", batch); err != nil {
				return nil, err
			}
			return []Claim{kept}, note(tx, who, "claim.merged", c, kept, gone)
		}))
}

// checkOthers bounds what is merged, and puts it in the order of the numbers, in which every Write locks claims.
func checkOthers(into ID, others []Opened) error {
	if len(others) == 0 {
		return fault.New(fault.Invalid, "Choose at least one other claim to merge into claim %d.",
			into).With("claims", "Choose another claim.")
	}
	if len(others) >= mostParts {
		return fault.New(fault.Invalid, "At most %d claims are merged into one; %d were given.", mostParts-1,
			len(others)).With("claims", "Choose fewer claims.")
	}
	slices.SortFunc(others, func(a, b Opened) int { return int(a.ID - b.ID) })
	for i, o := range others {
		if i > 0 && o.ID == others[i-1].ID {
			return fault.New(fault.Invalid, "Claim %d was named twice.", o.ID).With("claims", "Name each claim once.")
		}
		if o.Proposed != 0 && o.Proposed != o.ID && o.Proposed != into {
			return fault.New(fault.Invalid, "Claims %d and %d were not proposed as one on the page of another claim.",
				o.ID, into).With("proposed", "This is neither of the two claims.")
		}
	}
	return nil
}

// mergeOne ends a claim in another, and gives it as it was.
func (s *Service) mergeOne(tx *store.Tx, actor auth.Actor, into Claim, opened Opened, batch string) (Claim, error) {
	o, err := lockSeen(tx, opened.ID)
	if err != nil {
		return o, err
	}
	if _, err := s.policy.May(actor, auth.ThingClaim, auth.Read, o.CollectionID); err != nil {
		return o, fault.Wrap(fault.NotFound, err, "There is no such claim.")
	}
	if err := MergeableInto(into, o); err != nil {
		return o, err
	}
	who, err := s.policy.May(actor, ThingOf(o), auth.Write, o.CollectionID)
	if err != nil {
		return o, err
	}
	if o.Version != opened.Version {
		return o, staleVersion(&tx.Rx, o, opened.Version)
	}
	gone := o
	gone.State, gone.MergedInto = Merged, &into.ID
	if err := s.update(tx, who, o, &gone, "claim.merged_away", "", batch); err != nil {
		return o, err
	}
	if at, other := o.ID, into.ID; opened.Proposed != 0 {
		if opened.Proposed == into.ID {
			at, other = other, at
		}
		if err := Settled(tx, who, Proposal{Kind: ProposedDuplicate, CollectionID: o.CollectionID, Lang: o.Lang,
			ClaimID: at, OtherID: &other,
			Fate: Accepted}); err != nil {
			return o, err
		}
	}
	if err := settleMerged(tx, who, into.ID, o.ID, Accepted); err != nil || s.merged == nil {
		return o, err
	}
	return o, s.merged(tx, who, into, o, batch)
}
