package claims

import (
	"claimbench/internal/auth"
	"claimbench/internal/fault"
)

// The guards of this room: what may be done with a claim in the state it is in. Each is pure and gives nil, or a fault
// with the sentence that a person reads. A service asks it of the claim that it has locked; a page asks the same of the
// claim that it shows. None asks a permission.

// Editable says whether a claim's words may be changed, and so whether it may be split: it is a candidate or open, and
// its article was not taken down.
func Editable(c Claim) error {
	switch {
	case c.State == InConflict:
		return fault.New(fault.Conflict, "Claim %d is in conflict: its words stay until an editor has decided it.",
			c.ID)
	case c.State.Locked():
		return fault.New(fault.Conflict, "Claim %d is decided and locked. An editor can reopen it, with a reason.",
			c.ID)
	case c.State.Ended():
		return fault.New(fault.Conflict, "Claim %d was %s; nothing more can be changed.", c.ID, c.State.Word())
	}
	return readable(c)
}

// readable refuses to work on the words of an article that was taken down: they are withheld from everybody.
func readable(c Claim) error {
	if c.Protected != "" {
		return fault.New(fault.Conflict, "The source of claim %d is protected; its words cannot be worked on. They "+
			"can again when an editor shows the source. The claim can be reviewed, rejected or withdrawn.", c.ID)
	}
	if c.Withheld {
		return fault.New(fault.Conflict,
			"The article of claim %d was taken down; its words cannot be worked on. The claim can be rejected or "+
				"withdrawn.", c.ID)
	}
	return nil
}

// OfferRefusable says whether other words or a gloss that a machine proposes for a claim may be refused: it has not
// ended, and its words may be read.
func OfferRefusable(c Claim) error {
	if c.State.Ended() {
		return fault.New(fault.Conflict, "Claim %d was %s, and what machines proposed for it ended with it.", c.ID,
			c.State.Word())
	}
	return readable(c)
}

// Splittable says whether a claim may be split in several: its words may be changed.
func Splittable(c Claim) error { return Editable(c) }

// Mergeable says whether other claims may be merged into a claim: its words may be changed.
func Mergeable(c Claim) error { return Editable(c) }

// MergeableInto says whether one claim may end by being merged into another: it is another one, of the same collection,
// its words may be changed too, and nothing that was linked to it would be lost: a candidate takes no evidence, so
// neither an open claim nor one of another article, whose passage becomes evidence, ends in one.
func MergeableInto(into, other Claim) error {
	switch {
	case other.ID == into.ID:
		return fault.New(fault.Invalid, "Claim %d cannot be merged into itself.", other.ID).With("claims",
			"Choose another claim.")
	case other.CollectionID != into.CollectionID:
		return fault.New(fault.NotFound, "There is no such claim in this collection.").With("claims",
			"Choose a claim of this collection.")
	case into.State == Candidate && other.State != Candidate:
		return fault.New(fault.Conflict,
			"Claim %d is still a candidate, and claim %d is %s. Merge the candidate into the other, or accept it "+
				"first.",
			into.ID, other.ID, other.State.Word()).With("claims", "Merge the candidate into the other.")
	case into.State == Candidate && other.ArticleID != into.ArticleID:
		return fault.New(fault.Conflict,
			"Claims %d and %d are candidates of different articles. Accept claim %d first: then the words of the "+
				"other become evidence.", into.ID, other.ID, into.ID).With("claims", "Accept one of them first.")
	}
	return Editable(other)
}

// Acceptable says whether a claim may be opened for review: it is a candidate, and its article was not taken down.
func Acceptable(c Claim) error {
	if c.State != Candidate {
		return fault.New(fault.Conflict, "Claim %d is no candidate any more: it is %s.", c.ID, c.State.Word())
	}
	return readable(c)
}

// Rejectable says whether a claim may be rejected: it is a candidate.
func Rejectable(c Claim) error {
	if c.State != Candidate {
		return fault.New(fault.Conflict,
			"Claim %d is no candidate any more: it is %s. An open claim is withdrawn, with a reason.", c.ID,
			c.State.Word())
	}
	return nil
}

// Restorable says whether a claim may become a candidate again: it was rejected.
func Restorable(c Claim) error {
	if c.State != Rejected {
		return fault.New(fault.Conflict, "Claim %d was not rejected: it is %s.", c.ID, c.State.Word())
	}
	return nil
}

// Withdrawable says whether a claim may be withdrawn: it is open.
func Withdrawable(c Claim) error {
	if c.State != Open {
		return fault.New(fault.Conflict, "Claim %d is %s; only an open claim can be withdrawn.", c.ID, c.State.Word())
	}
	return nil
}

// Settleable says whether a person may say where a claim belongs in the newer text of its article: it stands in an
// older one, and its words may be changed. The claim must have been filled.
func Settleable(c Claim) error {
	if c.Standing == nil {
		return fault.New(fault.Conflict,
			"Claim %d stands in the newest text of its article; there is nothing to settle.", c.ID)
	}
	return Editable(c)
}

// GlossEditable says whether a gloss of a claim may be written or changed. Glosses are words of the claim: those that
// an approver saw stay as they are until the claim is reopened.
func GlossEditable(c Claim) error {
	switch {
	case c.State.Locked():
		return fault.New(fault.Conflict,
			"Claim %d is %s, and its glosses are locked with it. An editor can reopen it, with a reason.", c.ID,
			c.State.Word())
	case c.State.Ended():
		return fault.New(fault.Conflict, "Claim %d was %s; it takes no gloss.", c.ID, c.State.Word())
	}
	return readable(c)
}

// GlossConfirmable says whether a person may confirm a gloss: somebody else wrote it, nobody has confirmed it, and the
// claim has not ended. Confirming changes no word, so a decided claim's gloss may be confirmed.
func GlossConfirmable(c Claim, g Gloss, by auth.UserID) error {
	switch {
	case c.State.Ended():
		return fault.New(fault.Conflict, "Claim %d was %s; it takes no gloss.", c.ID, c.State.Word())
	case g.ConfirmedBy != nil:
		return fault.New(fault.Conflict, "This gloss was confirmed already.")
	case g.AuthorID == by:
		return fault.New(fault.Forbidden, "You wrote this gloss; somebody else confirms it.")
	}
	return readable(c)
}

// ThingOf says under which permission a claim's words are changed: a candidate's under one, a claim's under another.
func ThingOf(c Claim) auth.Thing {
	if c.State == Candidate {
		return auth.ThingCandidate
	}
	return auth.ThingClaim
}
