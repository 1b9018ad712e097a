package desk

import (
	"strconv"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/text"
)

// ReadingJSON is one text of an article, with what stands in it.
type ReadingJSON struct {
	Article   ArticleJSON        `json:"article"`
	Revision  RevisionJSON       `json:"revision"`
	Source    *SourceJSON        `json:"source,omitempty"`
	Text      string             `json:"text"` // empty when the article was taken down
	Sentences List[SentenceJSON] `json:"sentences"`
	Claims    List[ClaimJSON]    `json:"claims"`
	Folded    int                `json:"folded"`   // candidates of background and sayings left out; all=1 lists them
	Evidence  List[EvidenceJSON] `json:"evidence"` // links that rest on this article
	Origins   List[AlikeJSON]    `json:"origin_proposals"`
}

// ArticleJSON is an article's facts.
type ArticleJSON struct {
	ID         articles.ID          `json:"id"`
	Collection auth.CollectionID    `json:"collection"`
	Source     *articles.SourceID   `json:"source,omitempty"`
	Title      string               `json:"title"`
	Byline     string               `json:"byline"`
	URL        string               `json:"url"`
	Lang       string               `json:"lang"`
	Dir        string               `json:"dir"`
	Published  string               `json:"published"` // "", YYYY, YYYY-MM or YYYY-MM-DD
	Revision   *articles.RevisionID `json:"revision,omitempty"`
	State      articles.State       `json:"state"`
	AddedBy    auth.UserID          `json:"added_by"`
	AddedAt    Time                 `json:"added_at"`
	Version    int64                `json:"version"`
}

// ArticleOf is an article for programs.
func ArticleOf(a articles.Article) ArticleJSON {
	return ArticleJSON{ID: a.ID, Collection: a.CollectionID, Source: a.SourceID, Title: a.Title, Byline: a.Byline,
		URL: a.URL, Lang: a.Lang, Dir: a.Dir, Published: a.Published, Revision: a.RevisionID, State: a.State,
		AddedBy: a.AddedBy, AddedAt: Time(a.AddedAt), Version: a.Version}
}

// RevisionJSON is a text of an article, without its words.
type RevisionJSON struct {
	ID         articles.RevisionID `json:"id"`
	N          int                 `json:"n"`
	SHA256     string              `json:"sha256"`
	CodePoints int                 `json:"code_points"`
	AddedBy    auth.UserID         `json:"added_by"`
	AddedAt    Time                `json:"added_at"`
}

// RevisionOf is a revision for programs.
func RevisionOf(r articles.Revision) RevisionJSON {
	return RevisionJSON{ID: r.ID, N: r.N, SHA256: r.SHA256, CodePoints: r.CodePoints, AddedBy: r.AddedBy,
		AddedAt: Time(r.AddedAt)}
}

// SourceJSON is who publishes.
type SourceJSON struct {
	ID          articles.SourceID `json:"id"`
	Name        string            `json:"name"`
	Kind        string            `json:"kind"`
	Country     string            `json:"country"`
	Reliability string            `json:"reliability"`
	Version     int64             `json:"version"`
}

// SourceOf is a source for programs.
func SourceOf(s articles.Source) SourceJSON {
	return SourceJSON{ID: s.ID, Name: s.Name, Kind: string(s.Kind), Country: s.Country,
		Reliability: string(s.Reliability), Version: s.Version}
}

// SentenceJSON is a segment of a text.
type SentenceJSON struct {
	N int `json:"n"`
	text.Span
	Lang string `json:"lang"`
	Dir  string `json:"dir"`
	Kind string `json:"kind"`
}

// AlikeJSON is another article that looks like this one.
type AlikeJSON struct {
	Article      articles.ID `json:"article"`
	Kind         string      `json:"kind"`
	Overlap      int         `json:"overlap"`     // per mille
	Name         string      `json:"name"`        // the name that suggests itself for the origin
	ProposedBy   []string    `json:"proposed_by"` // the machines that say so, besides the rules or instead of them
	Own          string      `json:"own,omitempty"`
	Others       string      `json:"others,omitempty"`
	Version      int64       `json:"version"`
	OtherVersion int64       `json:"other_version"`
}

// JSON is the answer for programs.
func (r Reading) JSON() ReadingJSON {
	out := ReadingJSON{Article: ArticleOf(r.Article), Revision: RevisionOf(r.Revision), Claims: JSONOfAll(r.Claims),
		Folded: r.Folded, Evidence: evidenceList(r.Linked)}
	if r.Source != nil {
		s := SourceOf(*r.Source)
		out.Source = &s
	}
	if !r.Withheld() {
		out.Text = r.Doc.Raw()
	}
	for _, sn := range r.Sentences {
		out.Sentences.Items = append(out.Sentences.Items, SentenceJSON{N: sn.N, Span: sn.Span,
			Lang: sn.Lang, Dir: sn.Dir, Kind: string(sn.Kind)})
	}
	if r.Part.After > 0 {
		out.Sentences.Next = strconv.Itoa(r.Part.After)
	}
	for _, x := range r.Alike {
		a := AlikeJSON{Article: x.Other.ID, Kind: x.Kind, Overlap: x.Overlap, Name: x.Name, Version: x.Version,
			OtherVersion: x.OtherVersion, ProposedBy: r.Names.all(x.By)}
		if x.Own != nil {
			a.Own = x.Own.Name
		}
		if x.Others != nil {
			a.Others = x.Others.Name
		}
		out.Origins.Items = append(out.Origins.Items, a)
	}
	return out
}
