package desk

import (
	"context"

	"claimbench/internal/auth"
	"claimbench/internal/fault"
	"claimbench/internal/methods"
)

// Method is how a collection says that it checks: one version, and the list of all.
type Method struct {
	Frame    Frame
	Shown    methods.Version // N 0: there is none
	InForce  int             // the number of the newest
	Versions []methods.Version
	More     int  // versions before this one are not listed, 0: all are
	Writes   bool // the person may write a new version
	Names    Names
}

// MethodAsk says what of a collection's method a person wants to see.
type MethodAsk struct {
	In     auth.CollectionID
	N      int // which version; 0: the one in force
	Before int // only versions before this one in the list; 0: all
}

// Method answers the page of a collection's method.
func (d *Desk) Method(ctx context.Context, actor auth.Actor, ask MethodAsk) (out Method, err error) {
	defer fault.In(&err, "desk.Method(%d, version %d)", ask.In, ask.N)
	err = d.look(ctx, actor, func(l *look) error {
		out = Method{Names: l.names, Writes: l.may(auth.ThingGuideline, auth.Write, ask.In)}
		if err := l.must(auth.ThingGuideline, auth.Read, ask.In); err != nil {
			return err
		}
		if out.Frame, err = l.frame(ask.In); err != nil {
			return err
		}
		if out.Shown, err = methods.Newest(l.rx, ask.In); err != nil {
			return err
		}
		if out.InForce = out.Shown.N; ask.N != 0 && ask.N != out.InForce {
			if out.Shown, err = methods.Numbered(l.rx, ask.In, ask.N); err != nil {
				return err
			}
		}
		if out.Versions, err = methods.Before(l.rx, ask.In, ask.Before, guidelinePage+1); err != nil {
			return err
		}
		if len(out.Versions) > guidelinePage {
			out.Versions = out.Versions[:guidelinePage]
			out.More = out.Versions[guidelinePage-1].N
		}
		words := out.Shown.Texts()
		l.name(out.Shown.AuthorID)
		for i := range out.Versions {
			l.name(out.Versions[i].AuthorID)
			words = append(words, &out.Versions[i].Note)
		}
		return l.forget(ask.In, words...)
	})
	return out, err
}

// MethodJSON is a version of a collection's method; in a list without its words and its scale.
type MethodJSON struct {
	N     int    `json:"n"`
	Lang  string `json:"lang"`
	Words string `json:"words,omitempty"` // Markdown
	// what each verdict and reason means, and its rating in ClaimReview
	Scale   *List[StepJSON] `json:"scale,omitempty"`
	Note    string          `json:"note"`
	SHA256  string          `json:"sha256"` // of the version as it is printed
	Author  auth.UserID     `json:"author"`
	AddedAt Time            `json:"added_at"`
}

// StepJSON is what a verdict or a reason means, and its rating in ClaimReview.
type StepJSON struct {
	Name   string `json:"name"`
	Means  string `json:"means"`
	Rating string `json:"rating"`
}

// MethodPageJSON is a collection's method for programs; Shown is left out where there is none.
type MethodPageJSON struct {
	InForce  int              `json:"in_force"`
	Shown    *MethodJSON      `json:"shown,omitempty"`
	Versions List[MethodJSON] `json:"versions"` // next, as ?before=, leads to earlier ones
	Usual    List[StepJSON]   `json:"usual"`    // what verdicts and reasons mean where no version says otherwise
}

// MethodOf is a version for programs.
func MethodOf(v methods.Version) MethodJSON {
	out := MethodJSON{N: v.N, Lang: v.Lang, Words: v.Words, Note: v.Note, SHA256: v.SHA256, Author: v.AuthorID,
		AddedAt: Time(v.AddedAt)}
	if scale := v.Scale(); len(scale) > 0 {
		out.Scale = &List[StepJSON]{}
		for _, s := range scale {
			out.Scale.Items = append(out.Scale.Items, StepJSON{s.Name, s.Means, s.Rating})
		}
	}
	return out
}

// JSON is the answer for programs.
func (m Method) JSON() MethodPageJSON {
	out := MethodPageJSON{InForce: m.InForce}
	for _, s := range methods.Usual() {
		out.Usual.Items = append(out.Usual.Items, StepJSON{s.Name, s.Means, s.Rating})
	}
	if m.Shown.N > 0 {
		shown := MethodOf(m.Shown)
		out.Shown = &shown
	}
	for _, v := range m.Versions {
		out.Versions.Items = append(out.Versions.Items, MethodOf(v))
	}
	if m.More != 0 {
		out.Versions.Next = decimal(m.More)
	}
	return out
}
