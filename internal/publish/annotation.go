package publish

import (
	"bufio"
	"encoding/json"
	"fmt"
	"net/url"
	"time"

	"claimbench/internal/claimset"
	"claimbench/internal/text"
)

// annoContext is the context of W3C Web Annotation.
const annoContext = "http://www.w3.org/ns/anno.jsonld"

// annotationLD is a Web Annotation. Its members are those of the Recommendation.
type annotationLD struct {
	Context    string     `json:"@context"`
	ID         string     `json:"id"`
	Type       string     `json:"type"` // Annotation
	Motivation string     `json:"motivation"`
	Created    string     `json:"created,omitempty"`
	Creator    *creatorLD `json:"creator,omitempty"`
	Body       []bodyLD   `json:"body"`
	Target     []any      `json:"target"` // targetLD, or sourceLD where no words are left to select
}

type creatorLD struct {
	Type string `json:"type"` // Organization, Software
	Name string `json:"name"`
}

// bodyLD is words about the target: a TextualBody.
type bodyLD struct {
	Type    string `json:"type"`
	Purpose string `json:"purpose"`
	Value   string `json:"value"`
	Format  string `json:"format"`
	Lang    string `json:"language,omitempty"`
	Dir     string `json:"textDirection,omitempty"`
	// of words that a machine wrote and a person accepted: Software, and its name
	Creator *creatorLD `json:"creator,omitempty"`
}

// targetLD is one stretch of a text: a SpecificResource. All its selectors select the same stretch.
type targetLD struct {
	Type     string   `json:"type"`
	Source   sourceLD `json:"source"`
	Selector []any    `json:"selector,omitempty"` // quoteLD, exactLD, positionLD
}

// sourceLD is a text. What is known of it stands in terms of Dublin Core, whose prefix the context has.
type sourceLD struct {
	ID        string `json:"id"`
	Type      string `json:"type"` // Text
	Lang      string `json:"language,omitempty"`
	Title     string `json:"dcterms:title,omitempty"`
	Byline    string `json:"dcterms:creator,omitempty"`
	Publisher string `json:"dcterms:publisher,omitempty"`
	Published string `json:"dcterms:issued,omitempty"` // YYYY, YYYY-MM or YYYY-MM-DD
}

// quoteLD is a TextQuoteSelector.
type quoteLD struct {
	Type string `json:"type"`
	text.Quote
}

// exactLD is a TextQuoteSelector of words around which nothing is known.
type exactLD struct {
	Type  string `json:"type"`
	Exact string `json:"exact"`
}

// positionLD is a TextPositionSelector; it counts code points, as the Recommendation does.
type positionLD struct {
	Type string `json:"type"`
	text.Span
}

// writeAnnotation writes a collection with one page: of each claim an annotation of its quotation, and one of each
// piece of evidence. How many there are is not said: a number would have to be counted before the first byte.
func writeAnnotation(w *bufio.Writer, p *Print, _ Options) error {
	head, err := json.Marshal(struct {
		Context string     `json:"@context"`
		ID      string     `json:"id"`
		Type    string     `json:"type"`
		Label   string     `json:"label"`
		Creator *creatorLD `json:"creator,omitempty"`
	}{annoContext, p.Name() + ":annotations", "AnnotationCollection", p.Set.Title, creator(p)})
	if err != nil {
		return err
	}
	_, _ = fmt.Fprintf(w, "%s,\n\"first\":{\"id\":%q,\"type\":\"AnnotationPage\",\"partOf\":%q,\"startIndex\":0,"+
		"\"items\":[", head[:len(head)-1], p.Name()+":annotations:1", p.Name()+":annotations")
	l := list{w: w}
	if err := p.Entries(0, func(e claimset.Entry) error {
		if err := l.add(ofQuotation(p, e)); err != nil {
			return err
		}
		for _, x := range e.Evidence {
			if err := l.add(ofEvidence(p, e, x)); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		return err
	}
	_, err = w.WriteString("\n]}}\n")
	return err
}

func creator(p *Print) *creatorLD {
	if p.Set.Publisher == "" {
		return nil
	}
	return &creatorLD{"Organization", p.Set.Publisher}
}

func annotation(p *Print, name, motivation string) annotationLD {
	return annotationLD{Context: annoContext, ID: p.Name() + ":" + name, Type: "Annotation", Motivation: motivation,
		Created: p.Frozen().Format(time.RFC3339), Creator: creator(p)}
}

// ofQuotation says of the words of a claim what was found; a claim of several stretches has a target for each.
func ofQuotation(p *Print, e claimset.Entry) annotationLD {
	a := annotation(p, fmt.Sprintf("claim:%d:quotation", e.Claim), "assessing")
	a.Body = []bodyLD{words("describing", e.Statement, e.Lang), words("classifying", ratingOf(e).name, "en")}
	for _, m := range e.ByMachines {
		if m.Of == "statement" && e.Statement != "" {
			a.Body[0].Creator = &creatorLD{"Software", m.Name()}
		}
	}
	if e.Explanation != "" {
		a.Body = append(a.Body, words("commenting", e.Explanation, e.ExplanationLang))
	}
	for _, q := range e.Quotations() {
		a.Target = append(a.Target, target(ofArticle(e.Article), selectors(q.Quote, q.Span, true)))
	}
	return a
}

// ofEvidence says of the words of an item what they do to the claim.
func ofEvidence(p *Print, e claimset.Entry, x claimset.EntryEvidence) annotationLD {
	a := annotation(p, fmt.Sprintf("claim:%d:evidence:%d", e.Claim, x.Evidence), "linking")
	a.Body = []bodyLD{words("classifying", string(x.Stance), "en"), words("describing", e.Statement, e.Lang)}
	source := sourceLD{ID: uriOf(x.URL, fmt.Sprintf("urn:claimbench:evidence:%d", x.Evidence)), Type: "Text",
		Lang: known(x.Lang), Title: x.Title, Byline: x.Byline, Publisher: x.Publisher, Published: x.Published}
	if x.Article != nil {
		source = ofArticle(*x.Article)
	}
	a.Target = []any{target(source, selectors(x.Quote, x.Span, x.Article != nil))}
	return a
}

// target is a stretch of a text; the whole text where nothing selects a stretch, for a resource that is specific says
// what makes it so.
func target(of sourceLD, by []any) any {
	if len(by) == 0 {
		return of
	}
	return targetLD{"SpecificResource", of, by}
}

// words are a body of plain text. An empty one, of what was withheld, says so.
func words(purpose, value, lang string) bodyLD {
	if value == "" {
		value, lang = withheldWords, "en"
	}
	b := bodyLD{Type: "TextualBody", Purpose: purpose, Value: value, Format: "text/plain", Lang: known(lang)}
	if b.Dir = string(text.DirOf(b.Lang)); b.Lang == "" {
		b.Dir = "auto"
	}
	return b
}

// ofArticle is the text of an article: its address, or a name where it has none.
func ofArticle(a claimset.EntryArticle) sourceLD {
	return sourceLD{ID: articleIRI(a), Type: "Text", Lang: known(a.Lang), Title: a.Title, Byline: a.Byline,
		Publisher: a.Source, Published: a.Published}
}

func articleIRI(a claimset.EntryArticle) string {
	return uriOf(a.URL, fmt.Sprintf("urn:claimbench:article:%d:%d", a.Article, a.Revision))
}

// uriOf is an address as an IRI that is a URI, too; what is no address of a page goes by a name.
func uriOf(address, name string) string {
	u, err := url.Parse(address)
	if err != nil || !u.IsAbs() || u.Host == "" {
		return name
	}
	return u.String()
}

// selectors select words by quotation and, in a text of ours, by position, in code points. Without the words, which
// were taken down, only the position is left.
func selectors(q text.Quote, at text.Span, placed bool) (out []any) {
	switch {
	case q.Exact == "":
	case placed:
		out = append(out, quoteLD{"TextQuoteSelector", q})
	default:
		out = append(out, exactLD{"TextQuoteSelector", q.Exact})
	}
	if placed && at.Len() > 0 {
		out = append(out, positionLD{"TextPositionSelector", at})
	}
	return out
}
