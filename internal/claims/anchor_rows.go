package claims

import (
	"claimbench/internal/articles"
	"claimbench/internal/store"
	"claimbench/internal/text"
)

// Change is one difference between a claim's quotation and what stands in a newer revision. Kind is one of
// text.ChangeKind.
type Change struct {
	Kind string `json:"kind"`
	Old  string `json:"old"`
	New  string `json:"new"`
}

// Changes is a list of differences in one column, as a JSON array; never null.
type Changes = store.List[Change]

func changesOf(all []text.Change) Changes {
	out := Changes{}
	for _, c := range all {
		out = append(out, Change{string(c.Kind), c.Old, c.New})
	}
	return out
}

// Standing says in which revision of several a claim stands, when it is not the newest one.
type Standing struct {
	N      int  `json:"n"`      // of its own revision
	Of     int  `json:"of"`     // of the newest
	Asks   bool `json:"asks"`   // a person is asked where it belongs
	Locked bool `json:"locked"` // it is decided or approved, and must be reopened before it can move
}

// asks says whether a claim of an older revision waits for a person, newest being its article's.
func (c Claim) asks(newest articles.RevisionID) bool {
	if c.State != Candidate && c.State != Open && c.State != InConflict {
		return false
	}
	return c.Anchor != AnchorKept || c.AnchorRevision == nil || *c.AnchorRevision != newest
}

// AsksCondition is SQL that is true of rows of claims that wait for a person because their passage moved. It has no
// placeholders.
const AsksCondition = `EXISTS (SELECT 1 FROM articles WHERE articles.id = claims.article_id AND articles.state = 'live'
	AND articles.revision_id <> claims.revision_id
	AND NOT (claims.anchor = 'kept' AND claims.anchor_revision = articles.revision_id))`
