package desk

import (
	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/evidence"
	"claimbench/internal/search"
	"claimbench/internal/text"
)

// EvidenceJSON is a linked item as programs read it. LinkedBy is left out while a round is under way.
type EvidenceJSON struct {
	ID      evidence.ID  `json:"id"`
	Claim   claims.ID    `json:"claim"`
	Article *articles.ID `json:"article,omitempty"` // left out for an outside address
	articles.Spot
	URL         string          `json:"url,omitempty"`
	ArchivedURL string          `json:"archived_url,omitempty"`
	Title       string          `json:"title,omitempty"`     // of an outside document
	Publisher   string          `json:"publisher,omitempty"` // of an outside document
	ReadOn      string          `json:"read_on,omitempty"`   // YYYY-MM-DD
	Source      string          `json:"source,omitempty"`
	Origin      string          `json:"origin,omitempty"` // left out when it is not stated
	Stance      evidence.Stance `json:"stance"`
	Kind        evidence.Kind   `json:"kind"`
	Note        string          `json:"note"`
	Differences []string        `json:"differences"`
	LinkedBy    auth.UserID     `json:"linked_by,omitempty"`
	LinkedAt    Time            `json:"linked_at"`
	Withheld    bool            `json:"withheld,omitempty"`
	// why the source is protected; then what tells of it is left out, unless the person may read it
	Protected string `json:"protected,omitempty"`
	// where it stands in the file of its article, where that is known
	Page     int               `json:"page,omitempty"`
	From     int64             `json:"from_ms,omitempty"`
	Until    int64             `json:"until_ms,omitempty"`
	Standing *ItemStandingJSON `json:"standing,omitempty"` // when it stands in an older text only
	// what is kept of an outside document, and whether the words stand in it
	Capture *CaptureJSON `json:"capture,omitempty"`
	Version int64        `json:"version"`
}

// ItemStandingJSON says in which revision of its article a linked passage stands.
type ItemStandingJSON struct {
	N  int `json:"n"`  // of its own revision
	Of int `json:"of"` // of the newest
}

// EvidenceOf is an item for programs.
func EvidenceOf(x evidence.Shown) EvidenceJSON {
	out := EvidenceJSON{ID: x.ID, Claim: x.ClaimID, Article: x.ArticleID, Spot: x.Spot,
		URL: x.URL, ArchivedURL: x.ArchivedURL, ReadOn: x.ReadOn, Source: x.Source, Stance: x.Stance, Kind: x.Kind,
		Note: x.Note, Differences: some(x.Differences), LinkedBy: x.LinkedBy, LinkedAt: Time(x.LinkedAt),
		Withheld: x.Withheld, Title: x.Title, Publisher: x.Publisher, Protected: x.Protected,
		Version: x.Version, Page: x.Stood.Page, From: x.Stood.From, Until: x.Stood.Until}
	if x.Standing != nil {
		out.Standing = &ItemStandingJSON{N: x.Standing.N, Of: x.Standing.Of}
	}
	if x.Origin != nil {
		out.Origin = x.Origin.Name
	}
	if x.Capture != nil {
		out.Capture = captureOf(*x.Capture)
	}
	return out
}

func evidenceList(items []evidence.Shown) List[EvidenceJSON] {
	out := List[EvidenceJSON]{}
	for _, x := range items {
		out.Items = append(out.Items, EvidenceOf(x))
	}
	return out
}

// PickingJSON is a claim with its evidence and the sentences that were found.
type PickingJSON struct {
	Claim    ClaimJSON          `json:"claim"`
	Linked   List[EvidenceJSON] `json:"linked"`
	Passages List[HitJSON]      `json:"passages"`
}

// HitJSON is a sentence that was found. Marks are spans within its words, in code points.
type HitJSON struct {
	Article  articles.ID         `json:"article"`
	Revision articles.RevisionID `json:"revision"`
	Sentence int                 `json:"sentence"`
	text.Span
	Lang   string      `json:"lang"`
	Dir    string      `json:"dir"`
	Source string      `json:"source,omitempty"`
	Words  string      `json:"words"`
	Marks  []text.Span `json:"marks"`
}

// JSON is the answer for programs.
func (p Picking) JSON() PickingJSON {
	out := PickingJSON{Claim: JSONOf(p.Claim), Linked: evidenceList(p.Linked)}
	for _, h := range p.Found.Hits {
		out.Passages.Items = append(out.Passages.Items, hitOf(h))
	}
	return out
}

func hitOf(h search.Hit) HitJSON {
	x := HitJSON{Article: h.Article.ID, Revision: h.Sentence.RevisionID,
		Sentence: h.Sentence.N, Span: h.Sentence.Span, Lang: h.Sentence.Lang,
		Dir: h.Sentence.Dir, Source: h.Source, Words: h.Words, Marks: some(h.Marks)}
	return x
}
