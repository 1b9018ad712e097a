package desk

import (
	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/evidence"
	"claimbench/internal/review"
)

// NeedJSON is what a verdict still needs, as the page of a review says it: under which reasons it is taken as things
// stand, and which guards stand in the way of the others.
type NeedJSON struct {
	Verdict claims.Verdict    `json:"verdict"`
	Allowed []review.Reason   `json:"allowed"`
	Missing List[MissingJSON] `json:"missing"`
}

// MissingJSON is a guard that is not met.
type MissingJSON struct {
	Guard   articles.Guard  `json:"guard"`
	Lacks   string          `json:"lacks"`   // in a sentence
	Reasons []review.Reason `json:"reasons"` // that it stands in the way of
	Items   []evidence.ID   `json:"items"`   // of the evidence that it is about
}

func needsJSON(all []review.Need) (out List[NeedJSON]) {
	for _, n := range all {
		x := NeedJSON{Verdict: n.Verdict, Allowed: some(n.Allowed)}
		for _, m := range n.Missing {
			x.Missing.Items = append(x.Missing.Items, MissingJSON{m.Guard, m.Lacks, some(m.Reasons), some(m.Items)})
		}
		out.Items = append(out.Items, x)
	}
	return out
}

// SearchStepJSON is a search that the person made for the claim, with how many sentences it found, or a sentence that
// they read.
type SearchStepJSON struct {
	Words    string              `json:"words,omitempty"`
	Lang     string              `json:"lang,omitempty"`
	Article  articles.ID         `json:"article,omitempty"`
	Source   articles.SourceID   `json:"source,omitempty"`
	From     string              `json:"from,omitempty"`
	To       string              `json:"to,omitempty"`
	Hits     int                 `json:"hits,omitempty"`
	More     bool                `json:"more,omitempty"` // at least so many
	Sentence articles.SentenceID `json:"sentence,omitempty"`
	At       Time                `json:"at"`
}

func stepsJSON(all []review.Step) (out List[SearchStepJSON]) {
	for _, s := range all {
		out.Items = append(out.Items, SearchStepJSON{s.Words, s.Lang, s.Article, s.Source, s.From, s.To, s.Hits,
			s.More, s.Sentence, Time(s.At)})
	}
	return out
}
