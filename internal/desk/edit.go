package desk

import (
	"context"
	"fmt"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/evidence"
	"claimbench/internal/fault"
	"claimbench/internal/review"
	"claimbench/internal/search"
	"claimbench/internal/text"
)

// Editing is a claim whose words a person changes, splits or merges.
type Editing struct {
	Head
	Within text.Span        // the sentences that hold its words
	Around articles.Stretch // these, and those about the first, from which others are chosen
	Into   []claims.Claim   // the claims that can take this one in
	Typed  review.Typings   // what this person typed in the forms of the page and did not send
	// what would be filled into the statement, for the person to accept or strike
	Brackets []claims.Filling
}

// Edit answers for whoever changes a claim's words.
func (d *Desk) Edit(ctx context.Context, actor auth.Actor, id claims.ID) (out Editing, err error) {
	defer fault.In(&err, "desk.Edit(%d)", id)
	err = d.look(ctx, actor, func(l *look) (err error) {
		out = Editing{}
		if out.Head, err = l.head(id); err != nil {
			return err
		}
		c := out.Claim
		if err := l.mustAct(Edit, c); err != nil {
			return err
		}
		out.Within = c.Span
		for _, sn := range out.Place.Sentences {
			if c.Touches(sn.Span) {
				out.Within.Start, out.Within.End = min(out.Within.Start, sn.Start), max(out.Within.End, sn.End)
			}
		}
		if out.Around, err = l.around(c); err != nil {
			return err
		}
		if out.Brackets, err = claims.BracketsProposed(l.rx, c); err != nil {
			return err
		}
		if out.Typed, err = l.typed(c); err != nil {
			return err
		}
		out.Into, err = claims.MergeChoices(l.rx, c)
		return err
	})
	return out, err
}

// chooseAround is how many sentences before and behind a claim's own its words may be chosen from.
const chooseAround = 4

// around reads the sentences from which the words of a claim are chosen.
func (l *look) around(c claims.Claim) (out articles.Stretch, err error) {
	if out, err = articles.Near(l.rx, c.ArticleID, c.RevisionID, c.Span, c.Sentence, chooseAround,
		chooseAround); err != nil {
		return out, err
	}
	return out, out.Add(l.rx, c.Spots()[1:])
}

// EditingJSON is a claim with what would be filled into its statement. Standalone is the statement with all of it.
type EditingJSON struct {
	Claim      ClaimJSON     `json:"claim"`
	Acts       Acts          `json:"acts"`
	Standalone string        `json:"standalone"`
	Brackets   []BracketJSON `json:"brackets"`
}

// BracketJSON is one that waits: its words, the code point of the statement behind which it goes, and the span of the
// revision that it came from; without a span it was worked out from the day of publication.
type BracketJSON struct {
	ID    claims.ProposalID `json:"id"`
	Words string            `json:"words"`
	At    int               `json:"at"`
	From  *text.Span        `json:"from,omitempty"`
}

// JSON is the answer for programs.
func (e Editing) JSON() EditingJSON {
	out := EditingJSON{Claim: e.ClaimJSON(), Acts: e.Acts, Brackets: []BracketJSON{},
		Standalone: claims.StatementWith(e.Claim.Statement, e.Brackets)}
	for _, f := range e.Brackets {
		b := BracketJSON{ID: f.ID, Words: f.Words, At: f.At}
		if f.Span != (text.Span{}) {
			b.From = &f.Span
		}
		out.Brackets = append(out.Brackets, b)
	}
	return out
}

// Making is a sentence of an article, of which a person makes a claim.
type Making struct {
	Frame
	Place    articles.Stretch
	Sentence articles.Sentence
	Span     text.Span        // the words chosen; the whole sentence when none were
	Typed    *claims.TypedNew // what the person typed of a claim of these words; nil: nothing ever
}

// New answers for whoever makes a claim by hand: from sentence n of the newest text, or, when n is 0, from the sentence
// in which span begins. A span that is none in this text is the sentence.
func (d *Desk) New(ctx context.Context, actor auth.Actor, id articles.ID, n int, span text.Span) (out Making,
	err error) {
	defer fault.In(&err, "desk.New(%d, %d)", id, n)
	err = d.look(ctx, actor, func(l *look) error {
		a, err := articles.ByID(l.rx, id)
		if err != nil {
			return err
		}
		if err := l.reads(auth.ThingArticle, a.CollectionID, "article"); err != nil {
			return err
		}
		if err := l.must(auth.ThingClaim, auth.Write, a.CollectionID); err != nil {
			return err
		}
		if a.State != articles.Live || a.RevisionID == nil {
			return fault.New(fault.Conflict, "This article was taken down; no claim can be made of it.")
		}
		at := text.Span{Start: span.Start, End: max(span.End, span.Start+1)}
		if n > 0 {
			sn, err := articles.SentenceN(l.rx, *a.RevisionID, n)
			if err != nil {
				return err
			}
			if at = sn.Span; span.Overlaps(at) {
				at = text.Span{Start: min(at.Start, span.Start), End: max(at.End, span.End)}
			}
		}
		out, err = l.making(a, n, at, span)
		return err
	})
	return out, err
}

// making reads what stands at a place: sentence n, or the one in which the place begins.
func (l *look) making(a articles.Article, n int, at, span text.Span) (out Making, err error) {
	if out.Place, err = articles.Near(l.rx, a.ID, *a.RevisionID, at, 0, chooseAround, chooseAround); err != nil {
		return out, err
	}
	if len(out.Place.Sentences) == 0 {
		return out, fault.New(fault.NotFound, "There is no such sentence in this text. Choose one in the article.")
	}
	out.Sentence, out.Span = out.Place.Sentences[0], span
	for _, sn := range out.Place.Sentences {
		if n == 0 && sn.Start <= at.Start || sn.N == n {
			out.Sentence = sn
		}
	}
	if span.Start < 0 || span.End > out.Place.Revision.CodePoints || out.Place.Slice(span) == "" {
		out.Span = out.Sentence.Span
	}
	if out.Frame, err = l.frame(a.CollectionID); err != nil {
		return out, err
	}
	out.Typed, err = l.typedNew(a, out.Span)
	return out, err
}

// typedNew reads what this person has typed of a new claim that was begun with some words of an article.
func (l *look) typedNew(a articles.Article, began text.Span) (*claims.TypedNew, error) {
	return review.TypedNewOf(l.rx, l.actor.UserID, a, Began(began))
}

// Began is how claims.TypedNew names the words with which a new claim is begun.
func Began(at text.Span) string { return fmt.Sprintf("%d-%d", at.Start, at.End) }

// Picking is a claim for which a person looks for evidence.
type Picking struct {
	Head
	Linked    []evidence.Shown
	Found     search.Page                                // what holds the words that were looked for
	Differs   [][]string                                 // beside each hit: what it does not say as the claim does
	Stood     map[articles.SentenceID]articles.Paragraph // where hits stand in the files of their articles
	Choices   []articles.Choice
	Origins   []evidence.Origin
	Suggested Suggested
	Protects  bool           // the person may protect sources
	Typed     review.Typings // what this person typed in the forms of the page and did not send
}

// Pick answers for whoever links evidence to a claim. q.Words may be empty: then nothing is looked for.
func (d *Desk) Pick(ctx context.Context, actor auth.Actor, id claims.ID, q search.Query, suggest bool) (out Picking,
	err error) {
	defer fault.In(&err, "desk.Pick(%d)", id)
	behind := false
	err = d.look(ctx, actor, func(l *look) (err error) {
		out = Picking{}
		if out.Head, err = l.head(id); err != nil {
			return err
		}
		c := out.Claim
		if err := l.mustAct(Link, c); err != nil {
			return err
		}
		began, err := l.roundBegan(c)
		if err != nil {
			return err
		}
		out.Protects = l.may(auth.ThingEvidence, auth.Protect, c.CollectionID)
		if out.Linked, err = l.evidenceOf(c, l.veilFrom(c, began)); err != nil {
			return err
		}
		if out.Choices, err = articles.Choices(l.rx, c.CollectionID, q.Article); err != nil {
			return err
		}
		if q.Words != "" {
			q.Collection, q.NotArticle = c.CollectionID, c.ArticleID
			if out.Found, err = search.Find(l.rx, q); err != nil {
				return err
			}
		}
		var shown []articles.SentenceID
		for _, h := range out.Found.Hits {
			if h.Article.State == articles.Live {
				shown = append(shown, h.Sentence.ID)
			}
			out.Differs = append(out.Differs, l.h.Evidence.Differences(c, h.Words, h.Sentence.Lang))
		}
		if out.Stood, err = articles.StoodOf(l.rx, shown); err != nil {
			return err
		}
		if suggest {
			out.Suggested, behind = l.suggest(out.Head, out.Linked)
		}
		if out.Origins, err = evidence.OriginsIn(l.rx, c.CollectionID); err != nil {
			return err
		}
		if out.Origins, err = l.forgetOrigins(c.CollectionID, out.Origins); err != nil {
			return err
		}
		out.Typed, err = l.typed(c)
		return err
	})
	if err == nil && behind {
		out.Suggested = d.suggestAnew(ctx, actor, out.Head, out.Linked, out.Suggested)
	}
	return out, err
}

// Moving is a claim of an older revision beside the newest text of its article.
type Moving struct {
	Head
	Passage claims.Passage
	Text    articles.Text // the newest
	Locked  string        // why nobody, or not this person, settles it now; "" when the person may
}

// keeps says why a claim keeps its revision for now, "" when it does not.
func keeps(c claims.Claim) string {
	if claims.Editable(c) == nil {
		return ""
	}
	return fmt.Sprintf("Claim %d is %s: it stands in revision %d of %d and keeps it. Once it is reopened it can move.",
		c.ID, c.State.Word(), c.Standing.N, c.Standing.Of)
}

// Anchor answers for whoever says where a claim belongs in the newer text of its article.
func (d *Desk) Anchor(ctx context.Context, actor auth.Actor, id claims.ID) (out Moving, err error) {
	defer fault.In(&err, "desk.Anchor(%d)", id)
	err = d.look(ctx, actor, func(l *look) (err error) {
		out = Moving{}
		if out.Head, err = l.head(id); err != nil {
			return err
		}
		if out.Passage, out.Text, err = claims.PassageOf(l.rx, out.Claim); err != nil {
			return err
		}
		out.Locked = keeps(out.Claim)
		if l.must(claims.ThingOf(out.Claim), auth.Write, out.Claim.CollectionID) != nil && out.Locked == "" {
			out.Locked = "Reviewers and editors of this collection settle it."
		}
		return nil
	})
	return out, err
}

// MakingJSON is the span of which a claim may be made, and its words.
type MakingJSON struct {
	Sentence int `json:"sentence"`
	text.Span
	Exact string `json:"exact"`
}

// JSON is the answer for programs.
func (m Making) JSON() MakingJSON {
	return MakingJSON{Sentence: m.Sentence.N, Span: m.Span, Exact: m.Place.Slice(m.Span)}
}
