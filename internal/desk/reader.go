package desk

import (
	"context"
	"slices"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/evidence"
	"claimbench/internal/fault"
	"claimbench/internal/jobs"
)

// ReadAsk says what a person wants to read.
type ReadAsk struct {
	Article  articles.ID
	Revision int       // number; 0 is the newest
	Claim    claims.ID // the one to look at
	Sentence int       // a sentence chosen, to make a claim of; 0 for none
	All      bool      // also the candidates that lists fold away
	From     int       // the first sentence of the part to read; 0 is the part of what is looked at
}

// partSize is how many sentences of a text one answer holds: a text may have hundreds of thousands.
const partSize = 400

// Reading is one text of an article, with the claims of it and the claim looked at.
type Reading struct {
	Frame
	articles.Text
	Claims    []claims.Claim
	Folded    int              // candidates folded away: claims.Folds
	Linked    []evidence.Shown // links that rest on this article; nobody is named
	NewestN   int              // number of the newest revision
	Behind    int              // claims that stand in older revisions, when this is the newest
	Asking    int              // those of them that ask a person
	Origin    *evidence.Stated
	Origins   []evidence.Origin // to choose from, for whoever may state one
	Alike     []evidence.OriginProposal
	File      bool // it is known from which file the text was read
	Pending   bool // articles are still being compared
	May       ReaderActs
	Proposing bool // candidates are on their way; asked where there are none
	Names     Names
	At        int // of the claim looked at among Claims, -1 for none
	Panel     Deciding
	Brackets  []claims.Filling // that wait for the person, of the candidate looked at
	Serves    []evidence.Shown // links of other claims that rest on the words of the claim looked at
	Part      Part
	Typed     *claims.TypedNew // what the person typed of a claim of the sentence chosen; nil: nothing ever
}

// Part is the stretch of a text's sentences that an answer holds: numbers of sentences, from 1.
type Part struct {
	From, To         int // the first and the last of it; 0 for a text without sentences
	Before, After    int // where the parts beside it begin, 0 for none
	SentencesInWhole int
}

// part chooses the stretch that holds what is looked at: the sentence asked for, else the claim, else the beginning.
func (r *Reading) part(ask ReadAsk) {
	n := len(r.Sentences)
	if n == 0 {
		return
	}
	at := max(ask.From, ask.Sentence)
	if at == 0 && r.At >= 0 {
		at = r.Claims[r.At].Sentence
	}
	start := (min(max(at, 1), n) - 1) / partSize * partSize
	r.Part = Part{From: start + 1, To: min(n, start+partSize), SentencesInWhole: n}
	if start > 0 {
		r.Part.Before = start + 1 - partSize
	}
	if r.Part.To < n {
		r.Part.After = r.Part.To + 1
	}
	r.Sentences = r.Sentences[start:r.Part.To]
}

// Newest says that this is the text that the article has now.
func (r Reading) Newest() bool {
	return r.Article.RevisionID != nil && *r.Article.RevisionID == r.Revision.ID
}

// ReaderActs are what a person may do with an article that is read.
type ReaderActs struct {
	ConfirmOrigin, TakeDown, Revise, MakeClaim, Extract, Rate, Protect bool
}

// Read answers for the reader. Of an article that was taken down there is no text, and so nothing that stands in it.
func (d *Desk) Read(ctx context.Context, actor auth.Actor, ask ReadAsk) (out Reading, err error) {
	defer fault.In(&err, "desk.Read(%d)", ask.Article)
	if out, err = d.read(ctx, actor, ask); err == nil && out.Pending {
		d.h.Evidence.Stir(out.Article.CollectionID)
	}
	return out, err
}

func (d *Desk) read(ctx context.Context, actor auth.Actor, ask ReadAsk) (out Reading, err error) {
	err = d.look(ctx, actor, func(l *look) (err error) {
		out = Reading{At: -1, Names: l.names}
		if out.Text, err = articles.TextOf(l.rx, ask.Article, ask.Revision); err != nil {
			return l.noText(ask.Article, err)
		}
		if err := l.openText(&out.Text, ask.Revision); err != nil {
			return err
		}
		a := out.Article
		if err := l.reads(auth.ThingArticle, a.CollectionID, "article"); err != nil {
			out = Reading{}
			return err
		}
		if out.Frame, err = l.frame(a.CollectionID); err != nil || out.Withheld() {
			return err
		}
		l.name(a.AddedBy)
		if err := l.aboutArticle(&out); err != nil {
			return err
		}
		out.fold(ask)
		if err := l.chosen(&out, ask); err != nil {
			return err
		}
		out.part(ask)
		return l.typedOf(&out, ask)
	})
	return out, err
}

// typedOf reads what the person typed of a claim of the sentence that they chose.
func (l *look) typedOf(r *Reading, ask ReadAsk) (err error) {
	if ask.Sentence == 0 || !r.May.MakeClaim {
		return nil
	}
	for _, sn := range r.Sentences {
		if sn.N == ask.Sentence {
			r.Typed, err = l.typedNew(r.Article, sn.Span)
		}
	}
	return err
}

// openText reads the text of a protected article for a person who may read it.
func (l *look) openText(t *articles.Text, n int) error {
	if t.Article.State != articles.Protected {
		return nil
	}
	if opens, err := l.opens(t.Article.CollectionID, t.Article.ID); err != nil || !opens {
		return err
	}
	open, err := articles.OpenText(l.rx, t.Article.ID, n)
	*t = open
	return err
}

// fold takes the candidates that nobody asked for out of the list, and so out of the text's marks and the way through
// them by keys. The one that is looked at stays.
func (r *Reading) fold(ask ReadAsk) {
	if ask.All {
		return
	}
	before := len(r.Claims)
	r.Claims = slices.DeleteFunc(r.Claims, func(c claims.Claim) bool { return c.ID != ask.Claim && claims.Folds(c) })
	r.Folded = before - len(r.Claims)
}

// noText says that there is no such text; of an article that the person does not read, that there is no such article.
func (l *look) noText(id articles.ID, err error) error {
	a, gone := articles.ByID(l.rx, id)
	if gone != nil {
		return gone
	}
	if hidden := l.reads(auth.ThingArticle, a.CollectionID, "article"); hidden != nil {
		return hidden
	}
	return err
}

// aboutArticle adds what is known of the article and its text.
func (l *look) aboutArticle(out *Reading) (err error) {
	a, may := out.Article, func(t auth.Thing, act auth.Action) bool { return l.may(t, act, out.Article.CollectionID) }
	ofText := claims.OfText
	if a.Protected != "" {
		ofText = claims.OfOpenText
	}
	if out.Claims, err = ofText(l.rx, a.ID, out.Revision.ID); err != nil {
		return err
	}
	if out.File, err = articles.HasOriginal(l.rx, out.Revision.ID); err != nil {
		return err
	}
	linked, err := evidence.OnArticle(l.rx, a.ID)
	if err != nil {
		return err
	}
	if out.Linked = anonymous(linked); len(linked) > 0 {
		if err := l.forgetNotes(a.CollectionID, out.Linked); err != nil {
			return err
		}
	}
	if out.NewestN, err = articles.NewestN(l.rx, a.ID); err != nil {
		return err
	}
	if out.NewestN > 1 && out.Newest() {
		if out.Behind, out.Asking, err = claims.Behind(l.rx, a); err != nil {
			return err
		}
	}
	stated, err := evidence.StatedOrigins(l.rx, []articles.ID{a.ID})
	if err != nil {
		return err
	}
	if o, ok := stated[a.ID]; ok {
		if err := l.forget(a.CollectionID, articles.OwnWords(&o)...); err != nil {
			return err
		}
		out.Origin = &o
	}
	out.May = ReaderActs{Rate: may(auth.ThingSource, auth.Rate),
		ConfirmOrigin: may(auth.ThingOrigin, auth.Confirm), TakeDown: may(auth.ThingArticle,
			auth.TakeDown), Revise: may(auth.ThingArticle, auth.Import), MakeClaim: may(auth.ThingClaim, auth.Write) &&
			out.Newest(), Extract: may(auth.ThingCandidate, auth.Write) && out.Newest() && len(out.Claims) == 0}
	out.May.Protect = may(auth.ThingEvidence, auth.Protect)
	if a.Protected != "" { // its text is read, and nothing is done with it
		out.May = ReaderActs{Protect: out.May.Protect}
		return nil
	}
	if out.May.Extract {
		if _, out.Proposing, err = jobs.Open(l.rx, claims.Proposing, articles.Object(a.ID)); err != nil {
			return err
		}
	}
	if out.May.ConfirmOrigin {
		if out.Origins, err = evidence.OriginsIn(l.rx, a.CollectionID); err != nil {
			return err
		}
		if out.Origins, err = l.forgetOrigins(a.CollectionID, out.Origins); err != nil {
			return err
		}
	}
	out.Alike, out.Pending, err = l.h.Evidence.Alike(l.rx, a)
	return err
}

// chosen finds the claim looked at: the one asked for; else, when no sentence is chosen, the first candidate, or the
// first claim.
func (l *look) chosen(out *Reading, ask ReadAsk) (err error) {
	id := ask.Claim
	if id == 0 && ask.Sentence == 0 && len(out.Claims) > 0 {
		id = out.Claims[max(0, slices.IndexFunc(out.Claims, isCandidate))].ID
	}
	out.At = slices.IndexFunc(out.Claims, func(c claims.Claim) bool { return c.ID == id })
	if out.At < 0 || ask.Sentence > 0 && out.May.MakeClaim {
		out.At = -1
		return nil
	}
	c := out.Claims[out.At]
	if out.Panel.Head, err = l.headOf(c); err != nil {
		return err
	}
	if err := l.decidedOn(&out.Panel); err != nil {
		return err
	}
	if out.Panel.Acts.Has(Accept) {
		if out.Brackets, err = claims.BracketsProposed(l.rx, c); err != nil {
			return err
		}
	}
	for _, it := range out.Linked {
		if it.ClaimID != c.ID && c.RevisionID == it.RevisionID && c.Touches(it.Span) {
			out.Serves = append(out.Serves, it)
		}
	}
	return nil
}

func isCandidate(c claims.Claim) bool { return claims.Rejectable(c) == nil }
