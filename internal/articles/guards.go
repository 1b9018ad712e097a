package articles

import "claimbench/internal/fault"

// The guards of this room. Each is pure and gives nil, or a fault with the sentence that a person reads. The services
// ask them of what they have locked, pages of what they show. None asks a permission.

// Revisable says whether an article takes a new text: it was not taken down.
func Revisable(a Article) error {
	return there(a, "it takes no new revision.")
}

// there says whether a text can be worked on; what is what cannot be done.
func there(a Article, what string) error {
	switch a.State {
	case Live:
		return nil
	case Protected:
		return fault.New(fault.Conflict, "The source of this article is protected; %s An editor can show it "+
			"again.", what)
	}
	return fault.New(fault.Conflict, "This article was taken down; %s", what)
}

// Protectable says whether the source of an article may be protected: its text is there, and open.
func Protectable(a Article) error {
	if a.State == Protected {
		return fault.New(fault.Conflict, "The source of article %d is protected already.", a.ID)
	}
	return there(a, "there is nothing left to protect.")
}

// Withholdable says whether an article may be taken down: it was not yet.
func Withholdable(a Article) error {
	if a.State == TakenDown {
		return fault.New(fault.Conflict, "This article was taken down already.")
	}
	if a.State == Protected {
		return fault.New(fault.Conflict, "The source of this article is protected. Show it again first, then take it "+
			"down.")
	}
	return nil
}

// Claimable says whether a claim may be made of words selected in a revision: the article was not taken down, and the
// revision is its newest text.
func Claimable(a Article, revision RevisionID) error {
	switch {
	case a.State != Live:
		return there(a, "no claim can be made of it.")
	case a.RevisionID == nil || *a.RevisionID != revision:
		return fault.New(fault.Conflict,
			"The article has a newer text than the one you selected in. Open it again and select the words there.")
	}
	return nil
}

// Linkable says whether passages of an article may be linked: it can be read.
func Linkable(a Article) error { return there(a, "it cannot be linked.") }

// Extractable says whether candidates may be proposed for an article: it was not taken down.
func Extractable(a Article) error {
	return there(a, "there is no text to extract from.")
}
