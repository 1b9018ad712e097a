package extract

import (
	"context"
	"sort"

	"claimbench/internal/text"
	"claimbench/internal/value"
)

// Document is one text to be broken up. Lang is a BCP 47 tag, "" or "auto"
// where it is to be detected. Sentences are the stored ones of the revision;
// nil lets the extractor cut them.
type Document struct {
	Text      *text.Doc
	Lang      string
	Published value.Published
	Sentences []text.Sentence
}

// Candidate is a claim proposed by the extractor. Span counts code points of
// the whole document, end exclusive, and lies inside sentence number Sentence
// (from 1). Statement is the claim in its own language, readable alone.
// Attribution is "article" or the name as written, "A, citing B" when chained.
// Standalone is the statement with what it leaves to the article filled in, in
// square brackets; Brackets says whence each.
// ReportedBy is the same as a chain, who says it first, then whom they have it
// from; empty for the article. Kind is fact, background, prediction, opinion,
// pledge, meta, or speech: the saying itself, with its day. CheckWorthy is 0–100
// (worth checking from 50), Reasons the features that made it so. The slices are
// never nil.
type Candidate struct {
	Sentence    int
	Span        text.Span
	Statement   string
	Attribution string
	ReportedBy  []string
	Hedge       []string
	Standalone  string
	Brackets    []Bracket
	Kind        string
	CheckWorthy int
	Reasons     []string
	Quantities  []value.Quantity
	Dates       []value.Date
	Names       []value.Name
}

// Extractor turns a document into candidates in document order. It fails only
// when the context ends or the document has no text.
type Extractor interface {
	Extract(ctx context.Context, doc Document) ([]Candidate, error)
}

// Maker and Version name the rules with each proposal; the version grows when they propose otherwise.
const (
	Maker   = "rules"
	Version = "5"
)

// Article is the attribution of a claim that the article itself asserts.
const Article = "article"

// CheckWorthyFrom is the score from which a claim is worth checking.
const CheckWorthyFrom = 50

// Rules gives the extractor that works by grammar alone, offline.
func Rules() Extractor { return ruleExtractor{} }

// ruleExtractor carries the rules that are switched off (none in the product;
// the evaluation switches them off one by one).
type ruleExtractor struct{ off ruleSet }

// Extract implements Extractor.
func (r ruleExtractor) Extract(ctx context.Context, doc Document) ([]Candidate, error) {
	if doc.Text == nil {
		return nil, errNoText
	}
	sentences := doc.Sentences
	if sentences == nil {
		sentences = text.Sentences(doc.Text, doc.Lang)
	}
	reader := newReader(doc, r.off)
	reader.page = pageOf(doc.Text, sentences)
	out := []Candidate{}
	for _, s := range sentences {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		found := reader.read(s)
		if reader.back != "" {
			speakBack(out, s.N-1, reader.back)
		}
		out = append(out, found...)
	}
	return out, nil
}

// speakBack gives the claims of sentence n that nobody asserts their speaker, whom the sentence after it names.
func speakBack(found []Candidate, n int, speaker string) {
	for i := len(found) - 1; i >= 0 && found[i].Sentence == n; i-- {
		if found[i].Attribution == Article {
			found[i].Attribution, found[i].ReportedBy = speaker, chain(speaker)
		}
	}
}

// inOrder sorts the candidates of one sentence by start, longer first, and
// drops those with the same span.
func inOrder(cs []Candidate) []Candidate {
	sort.SliceStable(cs, func(i, j int) bool {
		if cs[i].Span.Start != cs[j].Span.Start {
			return cs[i].Span.Start < cs[j].Span.Start
		}
		return cs[i].Span.End > cs[j].Span.End
	})
	kept := cs[:0]
	for i, c := range cs {
		if i > 0 && len(kept) > 0 && kept[len(kept)-1].Span == c.Span {
			continue
		}
		kept = append(kept, c)
	}
	return kept
}
