package review

import (
	"slices"

	"claimbench/internal/evidence"
	"claimbench/internal/history"
	"claimbench/internal/store"
)

// ownOnly says whether a review relies on evidence of which its author linked every item. It is kept with the review,
// for an auditor asks for such reviews among all there are, and who linked what never changes.
func ownOnly(rv Review, items []evidence.Known) bool {
	return len(rv.Evidence) > 0 && !slices.ContainsFunc(items, func(x evidence.Known) bool {
		return x.LinkedBy != rv.ReviewerID && slices.Contains(rv.Evidence, x.ID)
	})
}

// compareOwn holds the marks of reviews to what they rely on.
func compareOwn(r *store.Rx, found history.Found) error {
	items := "(SELECT value FROM json_each(reviews.evidence))"
	if r.Dialect() == store.Postgres {
		items = "(SELECT CAST(v AS BIGINT) FROM jsonb_array_elements_text(CAST(reviews.evidence AS JSONB)) AS v)"
	}
	differ, err := store.Select[Public](r, "SELECT public FROM reviews WHERE own_only <> (evidence <> '[]' AND NOT "+
		"EXISTS (SELECT 1 FROM evidence ev WHERE ev.id IN "+items+" AND ev.linked_by <> reviews.reviewer_id)) "+
		"ORDER BY id")
	for _, public := range differ {
		found(Object(Review{Public: public}), "it is marked as if its author had linked all that it relies on and had "+
			"not, or the other way about")
	}
	return err
}
