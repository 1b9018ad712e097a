package desk

import (
	"time"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/evidence"
	"claimbench/internal/fault"
	"claimbench/internal/history"
)

// PastAsk chooses events of the history; an empty field chooses all. Before is where the page begins: what Past.Older
// of the page before said.
type PastAsk struct {
	Object   string // "claim:42"
	Action   string // how actions begin: "review."
	Actor    string // a person, by number, by the name they sign in with, or by what they are called
	Verdict  claims.Verdict
	Article  articles.ID // it and the claims of it; 0: not asked
	Claim    claims.ID   // as Object "claim:42"; 0: not asked
	From, To string      // days, 2026-11-28, the second one with it
	Zone     *time.Location
	Before   string
	Event    int64 // the one of the page whose proof is shown beside it, 0 for none; for those who read all
}

// object is what the history is of, when it is of one object.
func (a PastAsk) object() string {
	if a.Claim != 0 {
		return claims.Object(a.Claim)
	}
	return a.Object
}

// one refuses to be asked for a claim, an article and an object at once.
func (a PastAsk) one() error {
	asked := 0
	for _, is := range []bool{a.Object != "", a.Article != 0, a.Claim != 0 && a.Object != claims.Object(a.Claim)} {
		if is {
			asked++
		}
	}
	if asked > 1 {
		return fault.New(fault.Invalid, "Ask for a claim, for an article or for an object, not for two of them.").
			With("claim", "Leave this empty, or the other.")
	}
	return nil
}

// pastFilter says which events the person asks for, among those they may see: the events of their collections, and
// those in none only for whoever reads all. Events of open rounds are veiled from everybody but the auditors of their
// collection, their author included: which of them they saw as their own, the opening of the round above all, would
// tell them whether somebody was there before.
func (l *look) pastFilter(ask PastAsk, pages history.Pages) (f history.Filter, err error) {
	f = history.Filter{Object: ask.object(), ActionPrefix: ask.Action, Verdict: string(ask.Verdict),
		Viewer: history.Viewer{ReadAll: l.may(auth.ThingHistory, auth.ReadAll, 0)}}
	if !f.Viewer.ReadAll {
		f.Viewer.ReadAllIn = l.collectionsOf(auth.ReadAll)
	}
	if f.Since, f.Until, err = daysOf(ask.From, ask.To, ask.zone()); err != nil {
		return f, err
	}
	if f.BeforeSeq, err = pages.Read(ask.Before, f.Viewer.ReadAll); err != nil {
		return f, err
	}
	if err := l.wholeClaim(&f); err != nil {
		return f, err
	}
	if err := l.wholeArticle(&f, ask.Article); err != nil {
		return f, err
	}
	if !f.Viewer.ReadAll {
		f.Within = l.collectionsOf(auth.Read)
		f.InSome = f.Within == nil
	}
	if ask.Actor != "" {
		f.Actor, err = l.pastActor("actor", ask.Actor, f)
	}
	return f, err
}

// wholeClaim widens the history of a claim that the person reads to what belongs to it: its evidence, rounds, reviews,
// questions, decisions, comments, and the sets that it is printed in.
func (l *look) wholeClaim(f *history.Filter) error {
	n, ok := history.Number(f.Object, "claim")
	if !ok {
		return nil
	}
	c, err := claims.ByID(l.rx, claims.ID(n))
	switch {
	case fault.KindOf(err) == fault.NotFound:
		return nil
	case err != nil:
		return err
	case !l.may(auth.ThingClaim, auth.Read, c.CollectionID):
		return nil
	}
	if f.Among, err = l.storyObjects(&Story{Head: Head{Claim: c}}, ""); err == nil {
		f.Object = ""
	}
	return err
}

// wholeArticle narrows the history to an article, its revisions and origin, and its claims. One that the person does
// not read is as one that there is not.
func (l *look) wholeArticle(f *history.Filter, id articles.ID) error {
	if id == 0 {
		return nil
	}
	f.Among = &history.Among{}
	a, err := articles.ByID(l.rx, id)
	switch {
	case fault.KindOf(err) == fault.NotFound:
		return nil
	case err != nil:
		return err
	case !l.may(auth.ThingArticle, auth.Read, a.CollectionID):
		return nil
	}
	if f.Among.Objects, err = articles.ObjectsOf(l.rx, id); err != nil {
		return err
	}
	of, err := claims.ObjectsIn(l.rx, id, mostOfArticle+1)
	if len(of) > mostOfArticle {
		return fault.New(fault.Invalid, "Article %d has more than %d claims. Ask for the history of one of them.", id,
			mostOfArticle).With("article", "Ask for one of its claims.")
	}
	f.Among.Objects = append(append(f.Among.Objects, evidence.ArticleOriginObject(id)), of...)
	return err
}

// mostOfArticle is how many claims an article may have whose history is asked together.
const mostOfArticle = 2000

// zone is the zone whose days are asked for; UTC when none is said.
func (a PastAsk) zone() *time.Location {
	if a.Zone == nil {
		return time.UTC
	}
	return a.Zone
}

// pastActor finds a person by number or name. Whom the reader may not know, and whose acts they do not see either, is
// not there for them. field is what they were asked for in.
func (l *look) pastActor(field, who string, f history.Filter) (int64, error) {
	person, known, err := l.h.Auth.KnownIn(l.rx, l.actor, who)
	if err != nil || known {
		return int64(person.ID), err
	}
	f.Actor, f.Limit = int64(person.ID), 1
	seen, err := history.List(l.rx, f)
	if err == nil && len(seen) == 0 {
		err = fault.New(fault.NotFound, "There is no such person among those whose acts you read. Name them as they "+
			"sign in, or choose them from the list.").With(field, "There is no such person among those whose acts you "+
			"read.")
	}
	return int64(person.ID), err
}
