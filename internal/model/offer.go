package model

import (
	"context"
	"strings"

	"claimbench/internal/extract"
	"claimbench/internal/text"
)

// What programs propose of a text is judged as what a model says of it: the quotation is looked for by the ladder, and
// the statement must have the words of its sentence.

// mostQuote is how many code points the quotation of one proposal may have: a sentence has no more.
const mostQuote = mostSentence

// Offered is a claim as a program proposes it. Quote is its words in the text; Span is where they stand, for words that
// stand in several places, or instead of them; Sentence narrows where they are looked for, 0 the whole text.
type Offered struct {
	Statement, Quote, Attribution string
	Hedge                         []string
	Span                          text.Span
	Sentence                      int
	Beside                        bool // it is other words for a claim: a person looks at both, and takes them or not
}

// Reading judges what programs propose of one text. It is used by one goroutine.
type Reading struct {
	doc     extract.Document
	windows []window
	laid    [rungs + 1]*laid // of the whole text, by rung
	judges  map[int]judge    // by the first sentence of its window
	hedges  map[string]bool
}

// Read begins to judge what is proposed of a text with its sentences.
func Read(doc extract.Document) *Reading {
	r := &Reading{doc: doc, judges: map[int]judge{}, hedges: map[string]bool{}}
	r.windows, _ = windowsOf(doc.Sentences)
	for _, h := range extract.HedgeNames() {
		r.hedges[h] = true
	}
	return r
}

// Find finds the one place of some words in the text, and the sentence that it lies in. why is "" when there is exactly
// one.
func (r *Reading) Find(o Offered) (at text.Span, s text.Sentence, why Why) {
	if o.Quote == "" {
		at = o.Span
		if !r.doc.Text.Valid(at) || !strings.ContainsFunc(r.doc.Text.Slice(at), isWordly) || r.cuts(at) {
			return at, s, Missing
		}
	} else if at, why = r.quoted(o); why != "" {
		return at, s, why
	}
	for _, s := range r.doc.Sentences {
		if s.Span.Contains(at) && (o.Sentence == 0 || o.Sentence == s.N) {
			return at, s, ""
		}
	}
	return at, s, NoSentence
}

// cuts says whether a span begins or ends within a number or a word: of “12 people” it would say “2 people”.
func (r *Reading) cuts(at text.Span) bool {
	words := r.doc.Text.Slice(at)
	before := r.doc.Text.Slice(text.Span{Start: max(0, at.Start-mostJoined), End: at.Start})
	after := r.doc.Text.Slice(text.Span{Start: at.End, End: min(r.doc.Text.Len(), at.End+mostJoined)})
	// on the first rung each code point is one sign
	return text.Cuts(before, words) && !joinsArabic(r.layout(rungExact).signs, at.Start) || text.Cuts(words, after)
}

func (r *Reading) quoted(o Offered) (at text.Span, why Why) {
	if quote := strings.TrimSpace(o.Quote); len(quote) > 4*mostQuote || !strings.ContainsFunc(quote, isWordly) {
		return at, Missing
	}
	for rung := rungExact; rung <= rungs; rung++ {
		found := r.layout(rung).places(strings.TrimSpace(o.Quote), rung, func(p text.Span) bool {
			return o.Span == (text.Span{}) && r.in(o.Sentence, p) || p == o.Span
		})
		switch len(found) {
		case 0:
		case 1:
			return found[0], ""
		default:
			return at, Several
		}
	}
	return at, Missing
}

// in says whether a place lies in a sentence; 0 is the whole text.
func (r *Reading) in(sentence int, p text.Span) bool {
	return sentence == 0 || sentence > 0 && sentence <= len(r.doc.Sentences) &&
		r.doc.Sentences[sentence-1].Span.Contains(p)
}

func (r *Reading) layout(rung int) *laid {
	if r.laid[rung] == nil {
		l := lay(r.doc.Text.Raw(), rung)
		r.laid[rung] = &l
	}
	return r.laid[rung]
}

// Claim judges one claim. A nil refusal says that it is taken.
func (r *Reading) Claim(ctx context.Context, o Offered) (extract.Candidate, *Refusal, error) {
	d := drafted{Sentence: o.Sentence, Statement: o.Statement}
	at, s, why := r.Find(o)
	if why != "" {
		c, no := refuse(d, why, o.Quote)
		return c, no, nil
	}
	d.Sentence = s.N
	j, long, err := r.judge(ctx, s.N)
	if err != nil {
		return extract.Candidate{}, nil, err
	}
	if long {
		c, no := refuse(d, Long, "")
		return c, no, nil
	}
	c, no := j.of(d, anchored{Attribution: o.Attribution, Hedge: o.Hedge, beside: o.Beside}, s, at)
	return c, no, nil
}

// judge is that of the window that a sentence lies in; long says that there is none.
func (r *Reading) judge(ctx context.Context, sentence int) (j judge, long bool, err error) {
	for _, w := range r.windows {
		if _, own := w.sentence(sentence); !own {
			continue
		}
		first := w.own[0].N
		if j, there := r.judges[first]; there {
			return j, false, nil
		}
		near := r.doc // the rules read the window and what is beside it, not the whole text
		near.Sentences = append(append([]text.Sentence{}, w.context...), w.own...)
		ruled, err := extract.Rules().Extract(ctx, near)
		if err != nil {
			return j, false, err
		}
		r.judges[first] = judgeOf(r.doc, w, ruled, r.hedges)
		return r.judges[first], false, nil
	}
	return j, true, nil
}
