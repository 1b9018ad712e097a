package publish

import (
	"bufio"
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"claimbench/internal/claimset"
)

// schemaOrg is the context of schema.org's words.
const schemaOrg = "https://schema.org"

// reviewLD is a ClaimReview of schema.org. Its members are those that Google's page and schema.org name; what is not
// known is left out.
type reviewLD struct {
	Context       string   `json:"@context,omitempty"`
	Type          string   `json:"@type"` // ClaimReview
	ID            string   `json:"@id"`
	URL           string   `json:"url"`
	Name          string   `json:"name,omitempty"` // of the set
	ClaimReviewed string   `json:"claimReviewed"`
	InLanguage    string   `json:"inLanguage,omitempty"` // of the explanation
	DatePublished string   `json:"datePublished,omitempty"`
	Author        *agentLD `json:"author,omitempty"`
	ReviewBody    string   `json:"reviewBody,omitempty"`
	ReviewRating  ratingLD `json:"reviewRating"`
	ItemReviewed  claimLD  `json:"itemReviewed"`
	Citation      []workLD `json:"citation,omitempty"`
	// how it was checked
	Principles *methodLD `json:"publishingPrinciples,omitempty"`
}

// methodLD is a method: a CreativeWork. Its text stands in a feed once, in a ClaimReview only its hash.
type methodLD struct {
	Type       string `json:"@type"`
	ID         string `json:"@id"`
	Version    string `json:"version"`
	Identifier string `json:"identifier"` // "sha256:" and the hash
	InLanguage string `json:"inLanguage,omitempty"`
	Text       string `json:"text,omitempty"`
}

// principles are the method of a print; nil: it has none.
func principles(p *Print, whole bool) *methodLD {
	m := p.Method
	if m == nil {
		return nil
	}
	out := &methodLD{Type: "CreativeWork", ID: p.Name() + ":method", Version: strconv.Itoa(m.N),
		Identifier: "sha256:" + m.SHA256, InLanguage: known(m.Lang)}
	if whole {
		out.Text = m.Words
	}
	return out
}

// agentLD is a person or an organisation.
type agentLD struct {
	Type string `json:"@type"`
	Name string `json:"name"`
}

type ratingLD struct {
	Type        string `json:"@type"` // Rating
	Name        string `json:"name,omitempty"`
	Alternate   string `json:"alternateName"`
	Explanation string `json:"ratingExplanation,omitempty"`
	Value       int    `json:"ratingValue,omitempty"`
	Best        int    `json:"bestRating,omitempty"`
	Worst       int    `json:"worstRating,omitempty"`
}

type claimLD struct {
	Type          string   `json:"@type"` // Claim
	ID            string   `json:"@id"`
	Name          string   `json:"name,omitempty"`
	InLanguage    string   `json:"inLanguage,omitempty"`
	DatePublished string   `json:"datePublished,omitempty"`
	Author        *agentLD `json:"author,omitempty"`
	Appearance    *workLD  `json:"appearance,omitempty"`
}

// workLD is a text: a CreativeWork.
type workLD struct {
	Type          string   `json:"@type"`
	URL           string   `json:"url,omitempty"`
	Name          string   `json:"name,omitempty"`
	InLanguage    string   `json:"inLanguage,omitempty"`
	DatePublished string   `json:"datePublished,omitempty"`
	Author        *agentLD `json:"author,omitempty"`
	Publisher     *agentLD `json:"publisher,omitempty"`
	Text          string   `json:"text,omitempty"` // the words quoted
}

// agent is somebody by name; nil without one.
func agent(kind, name string) *agentLD {
	if name == "" {
		return nil
	}
	return &agentLD{kind, name}
}

// writeClaimReview writes a JSON-LD list of the ClaimReview of each claim, each with its own context, so that one can
// be taken out and put into a page.
func writeClaimReview(w *bufio.Writer, p *Print, o Options) error {
	_ = w.WriteByte('[') // the last write tells of an error
	l := list{w: w}
	if err := p.Entries(o.Claim, func(e claimset.Entry) error { return l.add(claimReview(p, e, true)) }); err != nil {
		return err
	}
	_, err := w.WriteString("\n]\n")
	return err
}

// writeDataFeed writes all ClaimReviews of a set as one feed.
func writeDataFeed(w *bufio.Writer, p *Print, _ Options) error {
	at := p.Frozen().Format(time.RFC3339)
	head, err := json.Marshal(struct {
		Context  string   `json:"@context"`
		Type     string   `json:"@type"`
		ID       string   `json:"@id"`
		Name     string   `json:"name"`
		About    string   `json:"description,omitempty"`
		Modified string   `json:"dateModified"`
		Provider *agentLD `json:"provider,omitempty"`
		// how it was checked, whole
		Principles *methodLD `json:"publishingPrinciples,omitempty"`
	}{schemaOrg, "DataFeed", p.Name(), p.Set.Title, p.Set.Note, at, agent("Organization", p.Set.Publisher),
		principles(p, true)})
	if err != nil {
		return err
	}
	_, _ = fmt.Fprintf(w, "%s,\n\"dataFeedElement\":[", head[:len(head)-1]) // the last write tells of an error
	l := list{w: w}
	type element struct {
		Type    string   `json:"@type"`
		Created string   `json:"dateCreated"`
		Item    reviewLD `json:"item"`
	}
	if err := p.Entries(0, func(e claimset.Entry) error {
		return l.add(element{"DataFeedItem", at, claimReview(p, e, false)})
	}); err != nil {
		return err
	}
	_, err = w.WriteString("\n]}\n")
	return err
}

// claimReview is what schema.org has of a claim; alone says that it stands by itself, with its context.
func claimReview(p *Print, e claimset.Entry, alone bool) reviewLD {
	r, page := ratingOf(e), p.Page(e.Claim)
	out := reviewLD{Type: "ClaimReview", ID: page, URL: page, Name: p.Set.Title, ClaimReviewed: e.Statement,
		InLanguage: known(e.ExplanationLang), DatePublished: p.Frozen().Format(time.DateOnly),
		Author: agent("Organization", p.Set.Publisher), ReviewBody: e.Explanation,
		ReviewRating: ratingLD{Type: "Rating", Name: r.name, Alternate: r.name, Explanation: e.Explanation},
		ItemReviewed: claimLD{Type: "Claim", ID: p.Name() + fmt.Sprintf(":claim:%d:statement", e.Claim),
			Name: e.Statement, InLanguage: known(e.Lang), DatePublished: e.Article.Published, Author: saidBy(e),
			Appearance: appearance(e.Article)}}
	out.Principles = principles(p, false)
	if e.Withheld {
		out.ClaimReviewed, out.ItemReviewed.Name, out.ItemReviewed.InLanguage = withheldWords, withheldWords, ""
	}
	if alone {
		out.Context = schemaOrg
	}
	if r.value != 0 {
		out.ReviewRating.Value, out.ReviewRating.Best, out.ReviewRating.Worst = r.value, 5, 1
	}
	for _, x := range e.Evidence {
		out.Citation = append(out.Citation, citation(x))
	}
	return out
}

// inArticle is the attribution of a claim that its article makes itself.
const inArticle = "article"

// withheldWords stand for the words of a claim whose article was taken down, where a standard wants words.
const withheldWords = "[withheld: taken down]"

// saidBy is who made a claim: who the article says said it, or else who wrote or publishes the article. Of somebody
// whom an article quotes the program does not know whether they are a person or a body; the standard wants one of the
// two, and they are called a Person. Who made a claim that is withheld is withheld too: nil, for its source only told
// of it, perhaps.
func saidBy(e claimset.Entry) *agentLD {
	switch {
	case e.Withheld, e.Article.Protected != "":
		return nil
	case e.Attribution != "" && e.Attribution != inArticle:
		return agent("Person", e.Attribution)
	case e.Article.Source != "":
		return agent("Organization", e.Article.Source)
	}
	return agent("Person", e.Article.Byline)
}

// appearance is the article in which a claim stands.
func appearance(a claimset.EntryArticle) *workLD {
	return &workLD{Type: "CreativeWork", URL: a.URL, Name: a.Title, InLanguage: known(a.Lang),
		DatePublished: a.Published, Author: agent("Person", a.Byline), Publisher: agent("Organization", a.Source)}
}

func citation(x claimset.EntryEvidence) workLD {
	if x.Article != nil {
		w := *appearance(*x.Article)
		w.Text = x.Exact
		return w
	}
	return workLD{Type: "CreativeWork", URL: x.URL, Name: x.Title, InLanguage: known(x.Lang), Text: x.Exact,
		DatePublished: x.Published, Author: agent("Person", x.Byline), Publisher: agent("Organization", x.Publisher)}
}

// known is a language that is known; "" of one that could not be told.
func known(lang string) string {
	if lang == "und" {
		return ""
	}
	return lang
}
