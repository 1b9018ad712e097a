package claims

import (
	"maps"
	"slices"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/deeds"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/store"
	"claimbench/internal/text"
)

// How the acts of this room are taken back (internal/deeds). What a deed keeps are numbers: words that are put back are
// a wording that the claim had, under its old version, so that a review of them counts again.

// stood is where a claim stood before or after an act, without its words.
type stood struct {
	Words          int64               `json:"words"`
	Kind           Kind                `json:"kind"`
	Revision       articles.RevisionID `json:"revision"`
	Span           text.Span           `json:"span"`
	More           []text.Span         `json:"more,omitempty"` // the other stretches
	Anchor         Anchor              `json:"anchor,omitempty"`
	AnchorRevision articles.RevisionID `json:"anchor_revision,omitempty"` // 0: none
	AnchorSpan     text.Span           `json:"anchor_span"`
	Worth          *int                `json:"worth,omitempty"` // nil in deeds older than that parts have their own
	Reasons        store.Strings       `json:"reasons,omitempty"`
}

func stoodAt(c Claim) stood {
	out := stood{c.WordsVersion, c.Kind, c.RevisionID, c.Span, nil, c.Anchor, 0, c.AnchorSpan, &c.CheckWorthy,
		c.Reasons}
	for _, s := range c.More {
		out.More = append(out.More, s.Span)
	}
	if c.AnchorRevision != nil {
		out.AnchorRevision = *c.AnchorRevision
	}
	return out
}

// party is another claim of an act: a part of a split, or one that was merged.
type party struct {
	ID      ID    `json:"id"`
	Version int64 `json:"version"`         // as the act left it
	Other   int64 `json:"other,omitempty"` // without the act; 0: none
	State   State `json:"state"`           // the one that it has without the merge, or with the split
}

// heldOf is what a deed of this room keeps.
type heldOf struct {
	Was      stood        `json:"was"`
	Is       stood        `json:"is"`
	Others   []party      `json:"others,omitempty"`
	Brackets []ProposalID `json:"brackets,omitempty"`
	At       store.Micros `json:"at,omitempty"` // of a merge: when evidence was taken over
	Priority [2]Priority  `json:"priority"`     // before and after
}

// note keeps an act as a deed of the person. others are the parts of a split, or the claims that were merged, as they
// were before.
func note(tx *store.Tx, who history.Who, action string, before, after Claim, others []Claim) error {
	h := heldOf{Was: stoodAt(before), Is: stoodAt(after), At: tx.Now(),
		Priority: [2]Priority{before.Priority, after.Priority}}
	for _, o := range others {
		p := party{o.ID, o.Version, 0, o.State}
		if action == "claim.merged" {
			p.Version, p.Other = o.Version+1, o.Version // ending it was a change
		}
		h.Others = append(h.Others, p)
	}
	return noteHeld(tx, who, action, before, after, h)
}

// bracketsStruck is the kind of a deed that has no event: proposals were refused, and no word was changed.
const bracketsStruck = "brackets.struck"

// noteBrackets is note of brackets that were put in or struck.
func noteBrackets(tx *store.Tx, who history.Who, action string, before, after Claim, settled []Filling) error {
	h := heldOf{Was: stoodAt(before), Is: stoodAt(after)}
	for _, f := range settled {
		h.Brackets = append(h.Brackets, f.ID)
	}
	return noteHeld(tx, who, action, before, after, h)
}

func noteHeld(tx *store.Tx, who history.Who, action string, before, c Claim, h heldOf) error {
	d := deeds.Deed{Kind: action, Object: Object(c.ID), ClaimID: int64(c.ID), CollectionID: c.CollectionID,
		Version: c.Version, Other: before.Version}
	if err := d.Hold(h); err != nil {
		return err
	}
	return deeds.Note(tx, who, d)
}

// OnLeave lets package evidence refuse that an open claim stops being one while something is linked to it.
func (s *Service) OnLeave(f func(tx *store.Tx, c Claim) error) { s.leaves = f }

// OnUnmerge lets package evidence unlink what a merge took over at a moment.
func (s *Service) OnUnmerge(f func(tx *store.Tx, who history.Who, d deeds.Deed, into Claim, at store.Micros) error) {
	s.unmerged = f
}

// Deeds says how the acts of this room are taken back.
func (s *Service) Deeds() map[string]deeds.Kind {
	edit := deeds.Kind{Words: "edited claim", Back: s.turn(wordsBack), Again: s.turn(wordsAgain)}
	out := map[string]deeds.Kind{
		"candidate.accepted": {Words: "accepted claim", Back: s.turn(s.unaccept), Again: s.turn(s.acceptAgain)},
		"candidate.rejected": {Words: "rejected claim", Back: s.turn(toCandidate), Again: s.turn(toRejected)},
		"candidate.restored": {Words: "restored claim", Back: s.turn(toRejected), Again: s.turn(toCandidate)},
		"candidate.edited":   edit,
		"claim.edited":       edit,
		bracketsStruck: {Words: "struck the brackets of claim", Back: s.turn(wordsBack),
			Again: s.turn(wordsAgain)},
		"claim.anchor_confirmed": {Words: "placed claim", Back: s.turn(wordsBack), Again: s.turn(wordsAgain)},
		"claim.anchor_kept":      {Words: "left in its text claim", Back: s.turn(wordsBack), Again: s.turn(wordsAgain)},
		"claim.created":          {Words: "made claim", Back: s.turn(s.toWithdrawn), Again: s.turn(s.toOpen)},
		"claim.withdrawn":        {Words: "withdrew claim", Back: s.turn(s.toOpen), Again: s.turn(s.toWithdrawn)},
		"claim.split":            {Words: "split claim", Back: s.turn(s.unsplit), Again: s.turn(s.splitAgain)},
		"claim.prioritised": {Words: "put another priority on claim", Back: s.turn(s.priority),
			Again: s.turn(s.priority)},
		"claim.merged": {Words: "merged others into claim", Back: s.turn(s.unmerge),
			Again: s.turn(s.mergeAgain)},
	}
	for name, k := range map[string]struct {
		words string
		turn  func(*store.Tx, auth.Actor, *deeds.Deed) error
	}{
		"comment.added":     {"commented on claim", s.turnComment},
		"comment.resolved":  {"resolved a comment on claim", s.turnResolved},
		"comment.reopened":  {"reopened a comment on claim", s.turnResolved},
		"gloss.set":         {"wrote a gloss of claim", s.turnGloss},
		"gloss.confirmed":   {"confirmed a gloss of claim", s.turnGloss},
		"duplicate.refused": {"said what is no duplicate of claim", s.turnDuplicate},
		"proposal.refused":  {"refused what a machine proposed for claim", s.turnOffer},
	} {
		out[name] = deeds.Kind{Words: k.words, Back: k.turn, Again: k.turn}
	}
	maps.Copy(out, s.batchKinds())
	return out
}

// turned is one claim while a deed about it is taken back or done again.
type turned struct {
	tx    *store.Tx
	actor auth.Actor
	who   history.Who
	deed  *deeds.Deed
	held  *heldOf
	was   Claim  // as it was locked
	after *Claim // as it will be
}

// turn is the common road of taking back: permission, lock, nothing built on it, the change itself, the history.
func (s *Service) turn(do func(turned) (action string, err error)) func(*store.Tx, auth.Actor, *deeds.Deed) error {
	return func(tx *store.Tx, actor auth.Actor, d *deeds.Deed) error {
		t := turned{tx: tx, actor: actor, deed: d, held: &heldOf{}}
		var err error
		if err = d.Held(t.held); err != nil {
			return err
		}
		if t.was, err = s.standing(tx, actor, ID(d.ClaimID), d.Version, *d); err != nil {
			return err
		}
		if t.who, err = s.policy.May(actor, ThingOf(t.was), auth.Write, t.was.CollectionID); err != nil {
			return err
		}
		after := t.was
		t.after = &after
		action, err := do(t)
		if err != nil {
			return err
		}
		if err := s.setBrackets(t); err != nil {
			return err
		}
		if action != "" {
			if err := s.update(tx, t.who, t.was, t.after, action, d.Reason(), d.Batch()); err != nil {
				return err
			}
		}
		d.Version = t.after.Version
		return d.Hold(t.held)
	}
}

// standing locks a claim and says that it is as a deed left it, or what was built on it.
func (s *Service) standing(tx *store.Tx, actor auth.Actor, id ID, version int64, d deeds.Deed) (Claim, error) {
	c, err := lockSeen(tx, id)
	if err != nil {
		return c, err
	}
	if same, err := deeds.Same(&tx.Rx, Object(id), c.Version, version); err != nil || same {
		return c, err
	}
	return c, builtOn(&tx.Rx, actor, c, d)
}

// builtOn refuses to take back what others have built on, and says what they did, as far as everybody may read it.
func builtOn(r *store.Rx, actor auth.Actor, c Claim, d deeds.Deed) error {
	switch {
	case c.State == InConflict || c.State.Locked():
		return fault.New(fault.Conflict, "The round of claim %d has closed since, and it is %s. An editor can "+
			"reopen it, with a reason.", c.ID, c.State.Word())
	}
	found, err := history.List(r, history.Filter{Object: Object(c.ID), Limit: 20})
	if err != nil {
		return err
	}
	what := "it was changed since"
	if len(found) > 0 {
		mine := func(e history.Entry) bool { return e.Who.UserID == int64(actor.UserID) }
		e, by := found[max(0, slices.IndexFunc(found, func(e history.Entry) bool { return !mine(e) }))], "you"
		if !mine(e) {
			if by, err = nameOf(r, e.Who); err != nil {
				return err
			}
		}
		what = by + " " + did(e.Action) + " since"
	}
	return fault.New(fault.Conflict, "Others have built on it: claim %d is %s, and %s. It stays as it is.", c.ID,
		c.State.Word(), what)
}

func nameOf(r *store.Rx, who history.Who) (string, error) {
	if who.UserID == 0 {
		return "the program", nil
	}
	names, err := auth.Names(r, []auth.UserID{auth.UserID(who.UserID)})
	return names[auth.UserID(who.UserID)], err
}

// did says what an action of a claim's event did to it.
func did(action string) string {
	words := map[string]string{
		"candidate.accepted": "accepted it", "candidate.rejected": "rejected it", "candidate.restored": "restored it",
		"candidate.edited": "edited it", "claim.edited": "edited it", "claim.split": "split it",
		"claim.merged": "merged others into it", "claim.merged_away": "merged it into another",
		"claim.withdrawn": "withdrew it", "claim.restored": "restored it",
		"claim.unaccepted": "took its acceptance back", "claim.reopened": "reopened it",
		"claim.unmerged": "took a merge into it back", "claim.prioritised": "gave it another priority",
	}
	if w := words[action]; w != "" {
		return w
	}
	return "changed it"
}

// place puts a claim where it stood: its words are a wording that it had.
func (t turned) place(at stood) error {
	c, r := t.after, &t.tx.Rx
	if c.WordsVersion != at.Words {
		var w Wording
		if err := store.Take(r.Gorm(), &w, "such wording", "claim_id = ? AND words_version = ?", c.ID,
			at.Words); err != nil {
			return err
		}
		c.Statement, c.Attribution, c.Hedge = w.Statement, w.Attribution, w.Hedge
		c.WordsVersion, c.known = at.Words, true
	}
	now := stoodAt(*c)
	if now.Revision != at.Revision || now.Span != at.Span || !slices.Equal(now.More, at.More) {
		spots, err := articles.PlacesAt(r, at.Revision, append([]text.Span{at.Span}, at.More...))
		if err != nil {
			return err
		}
		c.Spot, c.More = spots[0], nil
		for _, s := range spots[1:] {
			c.More = append(c.More, Stretch{Span: s.Span, Quote: s.Quote, Sentence: s.Sentence})
		}
	}
	c.Kind = at.Kind
	if at.Worth != nil {
		c.CheckWorthy, c.Reasons = *at.Worth, at.Reasons
	}
	if now.Anchor != at.Anchor || now.AnchorRevision != at.AnchorRevision ||
		now.AnchorSpan != at.AnchorSpan {
		c.Anchor, c.AnchorRevision, c.AnchorSpan, c.AnchorChanges = at.Anchor, nil, at.AnchorSpan, nil
		if at.AnchorRevision != 0 {
			c.AnchorRevision = &at.AnchorRevision
		}
	}
	return nil
}

func editedAction(c Claim) string {
	if c.State == Candidate {
		return "candidate.edited"
	}
	return "claim.edited"
}

func wordsBack(t turned) (string, error)  { return t.words(t.held.Was) }
func wordsAgain(t turned) (string, error) { return t.words(t.held.Is) }

func (t turned) words(at stood) (string, error) {
	if err := Editable(t.was); err != nil {
		return "", err
	}
	if t.deed.Kind == bracketsStruck { // which changes no word
		return "", nil
	}
	return editedAction(t.was), t.place(at)
}

// setBrackets lets brackets wait again that an act settled, or settles them again.
func (s *Service) setBrackets(t turned) error {
	if len(t.held.Brackets) == 0 {
		return nil
	}
	fate := map[string]any{"fate": Fate(""), "settled_at": nil, "settled_by": nil}
	if t.deed.Again() {
		fate = map[string]any{"fate": Refused, "settled_at": t.tx.Now(), "settled_by": t.actor.UserID}
	}
	g := t.tx.Gorm().Model(&Proposal{}).Where("claim_id = ? AND id IN ?", t.was.ID, t.held.Brackets)
	if err := g.Updates(fate).Error; err != nil || !t.deed.Again() {
		return err
	}
	var all []Proposal
	if err := t.tx.Gorm().Where("claim_id = ? AND id IN ?", t.was.ID, t.held.Brackets).Find(&all).Error; err != nil {
		return err
	}
	var in []Filling
	for _, f := range placed(t.after.Statement, all, Accepted) {
		in = append(in, Filling{ID: f.ID})
	}
	return settleBrackets(t.tx, t.who, in, Accepted)
}
