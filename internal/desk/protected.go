package desk

import (
	"context"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/evidence"
	"claimbench/internal/fault"
)

// openSources shows, in place, the protected sources of a claim's evidence to those who may read them: editors of the
// collection, and reviewers whom an editor named, for as long as they link evidence there. It is the only place in the
// house that does; everything else reads items without their sources.
func (l *look) openSources(in auth.CollectionID, items []evidence.Shown) error {
	edits := l.may(auth.ThingEvidence, auth.Protect, in)
	var ids []evidence.ID
	for i, x := range items {
		items[i].Protects = edits && x.ArticleID == nil
		if x.ArticleID != nil && x.Protected != "" {
			if err := l.openPassage(in, &items[i]); err != nil {
				return err
			}
			continue
		}
		if x.Protected != "" {
			ids = append(ids, x.ID)
		}
	}
	if len(ids) == 0 || !l.may(auth.ThingEvidence, auth.Link, in) {
		return nil
	}
	all, named, err := evidence.ProtectionsOf(l.rx, ids, l.actor.UserID)
	if err != nil {
		return err
	}
	for i := range items {
		p, there := all[items[i].ID]
		if !there || !edits && !named[items[i].ID] {
			continue
		}
		if err := items[i].Open(p); err != nil {
			return err
		}
	}
	return nil
}

// opens says whether the person may read a protected article: an editor of its collection, or a reviewer whom an editor
// named, for as long as they link evidence there.
func (l *look) opens(in auth.CollectionID, id articles.ID) (bool, error) {
	if l.may(auth.ThingEvidence, auth.Protect, in) {
		return true, nil
	}
	if !l.may(auth.ThingEvidence, auth.Link, in) {
		return false, nil
	}
	return articles.NamedFor(l.rx, id, l.actor.UserID)
}

// openPassage shows a passage of a protected article to a person who may read that.
func (l *look) openPassage(in auth.CollectionID, x *evidence.Shown) error {
	opens, err := l.opens(in, *x.ArticleID)
	if err != nil || !opens {
		return err
	}
	found, err := evidence.Opened(l.rx, []evidence.ID{x.ID})
	if is, there := found[x.ID]; there {
		is.Item.LinkedBy, is.Item.UnlinkedBy, is.Protects = x.LinkedBy, x.UnlinkedBy, x.Protects
		*x = is
	}
	return err
}

// Protecting is the page on which an editor protects the source of an item, and names who may read it.
type Protecting struct {
	Head
	Item    evidence.Shown
	Why     error         // why the source cannot be protected; nil: it can, or it is
	Readers []auth.Person // who may read it beside the editors
	Members []auth.Person // who may be named
	// Also are the other items of the document, which are protected with it; none when it is protected.
	Also []evidence.Item
}

// item reads one piece of evidence, in a list of its own, and the head of its claim; where the claim is not there for
// the reader, neither is the evidence.
func (l *look) item(id evidence.ID, of *Head) (items []evidence.Shown, err error) {
	if items, err = evidence.ByIDs(l.rx, []evidence.ID{id}); err == nil && len(items) > 0 {
		*of, err = l.head(items[0].ClaimID)
	}
	if err == nil && len(items) == 0 || fault.KindOf(err) == fault.NotFound {
		return nil, fault.New(fault.NotFound, "There is no such evidence.")
	}
	return items, err
}

// Protecting answers for that page, to those who may protect.
func (d *Desk) Protecting(ctx context.Context, actor auth.Actor, id evidence.ID) (out Protecting, err error) {
	defer fault.In(&err, "desk.Protecting(%d)", id)
	err = d.look(ctx, actor, func(l *look) (err error) {
		out = Protecting{}
		items, err := l.item(id, &out.Head)
		if err != nil {
			return err
		}
		in := out.Claim.CollectionID
		if err := l.must(auth.ThingEvidence, auth.Protect, in); err != nil {
			return err
		}
		return l.protecting(&out, items)
	})
	return out, err
}

func (l *look) protecting(out *Protecting, items []evidence.Shown) error {
	in := out.Claim.CollectionID
	if items[0].Protected == "" {
		out.Why = evidence.Protectable(items[0].Item)
	}
	items[0].LinkedBy = 0 // who is at work on a claim may be reviewing it
	if err := l.openSources(in, items); err != nil {
		return err
	}
	err := l.forgetNotes(in, items)
	if err != nil {
		return err
	}
	out.Item = items[0]
	if out.Item.Protected == "" {
		if out.Why == nil {
			out.Also, err = evidence.Copies(l.rx, out.Item.Item)
		}
		return err
	}
	readers, err := evidence.ReadersOf(l.rx, out.Item.ID)
	if err != nil {
		return err
	}
	is := map[auth.UserID]bool{}
	for _, x := range readers {
		is[x.UserID] = true
	}
	all, err := l.h.Policy.Reviewers(l.rx, in)
	out.Readers, out.Members = parted(all, is)
	return err
}

// ProtectingJSON is the page for programs.
type ProtectingJSON struct {
	Claim   claims.ID    `json:"claim"`
	Item    EvidenceJSON `json:"evidence"`
	Readers []MemberJSON `json:"readers"` // who may read it beside the editors
	Members []MemberJSON `json:"members"` // who may be named
	// the other items of the document, which are protected with it
	Also []AlsoJSON `json:"also"`
}

// AlsoJSON is an item that is protected with another.
type AlsoJSON struct {
	ID       evidence.ID `json:"evidence"`
	Claim    claims.ID   `json:"claim"`
	Unlinked bool        `json:"unlinked"`
}

// JSON is the answer for programs.
func (p Protecting) JSON() ProtectingJSON {
	out := ProtectingJSON{Claim: p.Claim.ID, Item: EvidenceOf(p.Item), Readers: memberList(p.Readers),
		Members: memberList(p.Members), Also: []AlsoJSON{}}
	for _, o := range p.Also {
		out.Also = append(out.Also, AlsoJSON{o.ID, o.ClaimID, o.UnlinkedAt != nil})
	}
	return out
}

func memberList(all []auth.Person) []MemberJSON {
	out := []MemberJSON{}
	for _, p := range all {
		out = append(out, MemberJSON{p.Name, p.Display})
	}
	return out
}
