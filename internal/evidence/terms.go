package evidence

import "claimbench/internal/term"

// Stance is what an item does to its claim.
type Stance string

// The stances.
const (
	Supports Stance = "supports"
	Refutes  Stance = "refutes"
	Context  Stance = "context"
)

// Stances are the stances in the order of their keys.
var Stances = term.New("stance",
	term.Term[Stance]{Name: Supports, Word: "supports", About: "It bears the claim out."},
	term.Term[Stance]{Name: Refutes, Word: "refutes", About: "It speaks against the claim."},
	term.Term[Stance]{Name: Context, Word: "context", About: "It shows what the claim leaves out."},
)

// Word is the stance as people read it.
func (s Stance) Word() string { return Stances.Word(s) }

// Kind is what sort of text an item is of.
type Kind string

// The kinds of evidence.
const (
	PrimaryDocument Kind = "primary_document"
	OfficialRecord  Kind = "official_record"
	Report          Kind = "report"
	Other           Kind = "other"
	// Reply is what somebody answered who was asked: it is linked from the right of reply, and chosen by nobody.
	Reply Kind = "answer"
)

// Chosen are the kinds that people choose of what they link, the strongest first.
var Chosen = term.New("kind of evidence", chosen...)

// Kinds are the kinds of evidence.
var Kinds = term.New("kind of evidence", append(chosen[:len(chosen):len(chosen)], term.Term[Kind]{Name: Reply,
	Word: "answer", About: "What somebody answered who was asked about the claim."})...)

var chosen = []term.Term[Kind]{
	{Name: PrimaryDocument, Word: "primary document",
		About: "The thing itself: the letter, the recording, the data."},
	{Name: OfficialRecord, Word: "official record",
		About: "What an authority keeps by law: a judgment, a register, a vote."},
	{Name: Report, Word: "report", About: "What somebody else reports of it."},
	{Name: Other, Word: "other", About: "Anything else."},
}

// Word is the kind as people read it.
func (k Kind) Word() string { return Kinds.Word(k) }

// Twin says with what a proposed passage shares its origin; "" with nothing that is known.
type Twin string

// The twins.
const (
	TwinOfClaim    Twin = "claim"
	TwinOfEvidence Twin = "evidence"
)
