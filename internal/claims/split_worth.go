package claims

import (
	"context"

	"claimbench/internal/extract"
	"claimbench/internal/fault"
	"claimbench/internal/store"
	"claimbench/internal/text"
)

// weight is how much a part of a split claim deserves a check, and the features that made it so.
type weight struct {
	checkworthy int
	reasons     store.Strings
}

// weighParts gives each part of a claim the weight of its own statement: that of the candidate most worth a check that
// the extractor finds in it. nil leaves a part the weight of the whole: the extractor finds nothing in it, or a person
// made the claim and said by that what it is worth.
func (s *Service) weighParts(ctx context.Context, c Claim, parts []Words) ([]*weight, error) {
	out := make([]*weight, len(parts))
	if c.ByHand {
		return out, nil
	}
	for i, p := range parts {
		doc, err := text.NewDoc(p.Statement)
		if err != nil {
			return nil, fault.Wrap(fault.Invalid, err, "Part %d is no text that can be kept.", i+1)
		}
		found, err := s.extractor.Extract(ctx, extract.Document{Text: doc, Lang: c.Lang})
		if err != nil {
			return nil, fault.Wrap(fault.Unavailable, err, "Part %d could not be weighed.", i+1)
		}
		for _, f := range found {
			if out[i] == nil || f.CheckWorthy > out[i].checkworthy {
				out[i] = &weight{f.CheckWorthy, f.Reasons}
			}
		}
	}
	return out, nil
}

// weighed gives a claim its own weight, if it has one.
func (c *Claim) weighed(w *weight) {
	if w != nil {
		c.CheckWorthy, c.Reasons = w.checkworthy, w.reasons
	}
}
