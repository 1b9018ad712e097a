package desk

import (
	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/evidence"
)

// ArticleLineJSON is an article in a list, as programs read it.
type ArticleLineJSON struct {
	ArticleJSON
	SourceName  string `json:"source_name"`
	Reliability string `json:"reliability"` // as the collection rated the source
	CodePoints  int    `json:"code_points"`
	Sentences   int    `json:"sentences"`
	Candidates  int    `json:"candidates"`
	Claims      int    `json:"claims"`
	Decided     int    `json:"decided"` // of the claims
}

// JSON is the list for programs.
func (a Articles) JSON() List[ArticleLineJSON] {
	var out List[ArticleLineJSON]
	for _, x := range a.Lines {
		out.Items = append(out.Items, ArticleLineJSON{ArticleJSON: ArticleOf(x.Article), SourceName: x.Source,
			Reliability: x.Rating, CodePoints: x.CodePoints, Sentences: x.Sentences, Candidates: x.Claims.Candidates,
			Claims: x.Claims.Claims, Decided: x.Claims.Decided})
	}
	if a.Next != 0 {
		out.Next = decimal(a.Next)
	}
	return out
}

// JSON is the list of revisions for programs, oldest first.
func (r Revisions) JSON() List[RevisionJSON] {
	var out List[RevisionJSON]
	for _, x := range r.All {
		out.Items = append(out.Items, RevisionOf(x.Revision))
	}
	return out
}

// ImportedJSON is what an import made, or found.
type ImportedJSON struct {
	Article  ArticleJSON  `json:"article"`
	Revision RevisionJSON `json:"revision"`
	Existing bool         `json:"existing"`      // the very text was there already
	Job      *Job         `json:"job,omitempty"` // what is still done to it in the background
}

// ImportedOf is what an import made, for programs.
func ImportedOf(x articles.Imported) ImportedJSON {
	out := ImportedJSON{Article: ArticleOf(x.Article), Revision: RevisionOf(x.Revision), Existing: x.Existing}
	if x.Job != nil {
		j := JobOf(*x.Job)
		out.Job = &j
	}
	return out
}

// RevisedJSON is what became of a new text, and of what stood in the earlier ones.
type RevisedJSON struct {
	ImportedJSON
	Claims   claims.Reanchored   `json:"claims"`
	Evidence evidence.Reanchored `json:"evidence"`
}
