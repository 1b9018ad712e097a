package desk

import (
	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/review"
)

// ConflictJSON is what somebody else's change reads: the wording that a person opened and the one that stands now.
type ConflictJSON struct {
	Was *WordingJSON `json:"was,omitempty"` // left out: not the words changed, or that version never was
	Now WordingJSON  `json:"now"`
}

// FailureJSON is a guard that a verdict did not meet, with what would meet it.
type FailureJSON struct {
	Guard   articles.Guard `json:"guard"`
	Field   string         `json:"field"`
	Message string         `json:"message"`
	Remedy  string         `json:"remedy"`
}

// ContextOf is what a fault carries beside its message, for programs; nil when there is nothing that they may have.
func ContextOf(detail any) Answer {
	switch d := detail.(type) {
	case claims.Changed:
		out := ConflictJSON{Now: WordingOf(d.Now)}
		if d.Was != nil {
			was := WordingOf(*d.Was)
			out.Was = &was
		}
		return out
	case claims.Gloss:
		return GlossOf(d)
	case review.Unsent: // whoever is refused typed it themselves
		return DraftOf(d)
	case claims.Typed:
		return TypedJSON(d)
	case review.FormSent:
		return SentJSON{Sent: true, Version: d.Version}
	case review.Sent:
		return SentJSON{Sent: true}
	case []review.Failure:
		out := List[FailureJSON]{}
		for _, f := range d {
			out.Items = append(out.Items, FailureJSON{Guard: f.Guard, Field: f.Field, Message: f.Msg, Remedy: f.Remedy})
		}
		return out
	}
	return nil
}
