package articles

import "claimbench/internal/fault"

// The guards of this room. Each is pure and gives nil, or a fault with the sentence that a person reads. The services
// ask them of what they have locked, pages of what they show. None asks a permission.

// Revisable says whether an article takes a new text: it was not taken down.
func Revisable(a Article) error {
	if a.State != Live {
		return fault.New(fault.Conflict, "This article was taken down; it takes no new revision.")
	}
	return nil
}

// Withholdable says whether an article may be taken down: it was not yet.
func Withholdable(a Article) error {
	if a.State == TakenDown {
		return fault.New(fault.Conflict, "This article was taken down already.")
	}
	return nil
}

// Claimable says whether a claim may be made of words selected in a revision: the article was not taken down, and the
// revision is its newest text.
func Claimable(a Article, revision RevisionID) error {
	switch {
	case a.State != Live:
		return fault.New(fault.Conflict, "This article was taken down; no claim can be made of it.")
	case a.RevisionID == nil || *a.RevisionID != revision:
		return fault.New(fault.Conflict,
			"The article has a newer text than the one you selected in. Open it again and select the words there.")
	}
	return nil
}

// Extractable says whether candidates may be proposed for an article: it was not taken down.
func Extractable(a Article) error {
	if a.State != Live {
		return fault.New(fault.Conflict, "This article was taken down; there is no text to extract from.")
	}
	return nil
}
