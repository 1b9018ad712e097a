package desk

import (
	"context"

	"claimbench/internal/auth"
	"claimbench/internal/fault"
	"claimbench/internal/guidelines"
	"claimbench/internal/review"
)

// guidelinePage is how many versions, and how many gaps, a page of guidelines lists.
const guidelinePage = 50

// Guide is a collection's guidelines: one version, the one before it, the list of all, and what they are silent about.
type Guide struct {
	Frame    Frame
	Shown    guidelines.Version // N 0: there are none
	Earlier  guidelines.Version // the one before the one shown; N 0: none
	InForce  int                // the number of the newest
	Versions []guidelines.Version
	More     int // versions before this one are not listed, 0: all are
	Gaps     []review.GapSeen
	MoreGaps review.GapID // gaps before this one are not listed, 0: all are
	Writes   bool         // the person may set them, and answer gaps
	Names    Names
}

// GuideAsk says what of a collection's guidelines a person wants to see.
type GuideAsk struct {
	In     auth.CollectionID
	N      int          // which version; 0: the one in force
	Before int          // only versions before this one in the list; 0: all
	Gaps   review.GapID // only gaps before this one; 0: all
}

// Guide answers the page of a collection's guidelines.
func (d *Desk) Guide(ctx context.Context, actor auth.Actor, ask GuideAsk) (out Guide, err error) {
	defer fault.In(&err, "desk.Guide(%d, version %d)", ask.In, ask.N)
	err = d.look(ctx, actor, func(l *look) error {
		out = Guide{Names: l.names, Writes: l.may(auth.ThingGuideline, auth.Write, ask.In)}
		if err := l.must(auth.ThingGuideline, auth.Read, ask.In); err != nil {
			return err
		}
		if out.Frame, err = l.frame(ask.In); err != nil {
			return err
		}
		if err := l.guideVersions(&out, ask); err != nil {
			return err
		}
		if out.Gaps, err = review.GapsOf(l.rx, ask.In, ask.Gaps, guidelinePage+1); err != nil {
			return err
		}
		if len(out.Gaps) > guidelinePage {
			out.Gaps = out.Gaps[:guidelinePage]
			out.MoreGaps = out.Gaps[guidelinePage-1].ID
		}
		words := []*string{&out.Shown.Words, &out.Shown.Note, &out.Earlier.Words, &out.Earlier.Note}
		for i := range out.Versions {
			words = append(words, &out.Versions[i].Note)
		}
		for i, g := range out.Gaps {
			if g.AnsweredBy != nil {
				l.name(*g.AnsweredBy)
			}
			words = append(words, &out.Gaps[i].Rationale)
		}
		return l.forget(ask.In, words...)
	})
	return out, err
}

// guideVersions reads the version that is asked for, the one before it, and the list.
func (l *look) guideVersions(out *Guide, ask GuideAsk) (err error) {
	if out.Shown, err = guidelines.Newest(l.rx, ask.In); err != nil {
		return err
	}
	if out.InForce = out.Shown.N; ask.N != 0 && ask.N != out.InForce {
		if out.Shown, err = guidelines.Numbered(l.rx, ask.In, ask.N); err != nil {
			return err
		}
	}
	if out.Shown.N > 1 {
		if out.Earlier, err = guidelines.Numbered(l.rx, ask.In, out.Shown.N-1); err != nil {
			return err
		}
	}
	if out.Versions, err = guidelines.Before(l.rx, ask.In, ask.Before, guidelinePage+1); err != nil {
		return err
	}
	if len(out.Versions) > guidelinePage {
		out.Versions = out.Versions[:guidelinePage]
		out.More = out.Versions[guidelinePage-1].N
	}
	for _, v := range append(out.Versions, out.Shown) {
		l.name(v.AuthorID)
	}
	return nil
}

// GuidelineJSON is a version of a collection's guidelines; in a list without its words.
type GuidelineJSON struct {
	N       int         `json:"n"`
	Lang    string      `json:"lang"`
	Words   string      `json:"words,omitempty"` // Markdown
	Note    string      `json:"note"`
	Author  auth.UserID `json:"author"`
	AddedAt Time        `json:"added_at"`
}

// GapJSON is what an adjudicator found the guidelines silent about.
type GapJSON struct {
	ID         review.GapID `json:"id"`
	Claim      int64        `json:"claim"`
	Rationale  string       `json:"rationale"`
	FoundAt    Time         `json:"found_at"`
	Answer     int          `json:"answer"` // the version that answers it, 0: none yet
	AnsweredBy auth.UserID  `json:"answered_by,omitempty"`
	AnsweredAt *Time        `json:"answered_at,omitempty"`
	Version    int64        `json:"version"`
}

// GuideJSON is a collection's guidelines for programs; Shown is left out where there are none.
type GuideJSON struct {
	InForce  int                 `json:"in_force"`
	Shown    *GuidelineJSON      `json:"shown,omitempty"`
	Versions List[GuidelineJSON] `json:"versions"` // next, as ?before=, leads to earlier ones
	Gaps     List[GapJSON]       `json:"gaps"`     // next, as ?gaps=, leads to earlier ones
}

// GuidelineOf is a version for programs.
func GuidelineOf(v guidelines.Version) GuidelineJSON {
	return GuidelineJSON{N: v.N, Lang: v.Lang, Words: v.Words, Note: v.Note, Author: v.AuthorID,
		AddedAt: Time(v.AddedAt)}
}

// GapOf is a gap for programs.
func GapOf(g review.GapSeen) GapJSON {
	out := GapJSON{ID: g.ID, Claim: int64(g.ClaimID), Rationale: g.Rationale, FoundAt: Time(g.FoundAt),
		Answer: g.Answer, AnsweredAt: timeOf(g.AnsweredAt), Version: g.Version}
	if g.AnsweredBy != nil {
		out.AnsweredBy = *g.AnsweredBy
	}
	return out
}

// JSON is the answer for programs.
func (g Guide) JSON() GuideJSON {
	out := GuideJSON{InForce: g.InForce}
	if g.Shown.N > 0 {
		shown := GuidelineOf(g.Shown)
		out.Shown = &shown
	}
	for _, v := range g.Versions {
		out.Versions.Items = append(out.Versions.Items, GuidelineOf(v))
	}
	for _, x := range g.Gaps {
		out.Gaps.Items = append(out.Gaps.Items, GapOf(x))
	}
	if g.More != 0 {
		out.Versions.Next = decimal(g.More)
	}
	if g.MoreGaps != 0 {
		out.Gaps.Next = decimal(g.MoreGaps)
	}
	return out
}
