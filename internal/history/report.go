package history

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"claimbench/internal/proof"
	"claimbench/internal/store"
	"claimbench/internal/witness"
)

// Exit codes of a verification.
const (
	ExitVerified   = 0
	ExitTampered   = 1
	ExitNotChecked = 2
)

// Rows lets a record room's table be compared with what the events say of it (Kind and List), or with the rows that it
// follows from (Derived).
type Rows struct {
	Kind string // the kind of its objects: "claim"
	// List yields every row: its object's name, all its guarded fields as events carry them, and its texts.
	List func(rx *store.Rx, yield func(object string, f Fields, t Texts) error) error
	// FormNow gives the fields of a row in the form that List yields, of events that an earlier program wrote in
	// another form. nil: there is one form.
	FormNow func(f Fields) Fields
	// Stamp is a field that List yields and no event carries: the time of the row's last event. "": there is none.
	Stamp string
	// Earlier are the texts that came later than the first rows, each with the value that it has without an event.
	Earlier Texts
	// Derived compares a table that has no events of its own with the rows that it follows from, and tells each
	// difference. Kind and List are not used then.
	Derived func(rx *store.Rx, found Found) error
}

// Found is told of a difference: the row that differs, and how.
type Found func(object, format string, a ...any)

// Options says what to verify against.
type Options struct {
	Rooms      []Rows
	Checkpoint *Checkpoint             // one that was kept elsewhere; nil: none
	Beside     *Checkpoint             // the one beside the signer\'s key, outside the database; nil: none
	Keys       []note.Verifier         // the signers' public keys; none: signatures are not checked
	Witnesses  []*witness.Verifier     // whose signatures are looked for and checked; none: they are only counted
	Progress   func(done, total int64) // called now and then, in events; may be nil

	schemaOff bool // for tests that attack as an owner who will put the triggers back
}

// Finding is one thing that differs. Object names the row ("claim:42", "event:7", "hash:12", "checkpoint:100").
type Finding struct {
	Object string
	Msg    string
}

// maxFindings bounds what a report lists; all are counted.
const maxFindings = 1000

// Report is what a verification found.
type Report struct {
	Events      int64
	Root        tlog.Hash
	Erased      int64            // texts withdrawn, each by an event
	Compared    map[string]int64 // kind → rows compared with the events
	Unknown     map[string]int64 // kind → objects in the events whose rows nobody compared
	Checkpoints int64            // stored ones that were compared
	Handovers   []proof.Handover // of the log key, that hold
	Unsigned    int64            // events after the newest checkpoint
	KeyGiven    bool
	Elsewhere   *Checkpoint // the one given
	Beside      *Checkpoint // the one beside the key
	Witnesses   int         // how many were given
	Attested    []Attested  // of the newest checkpoint stored, and of the one given
	Findings    []Finding
	Found       int64 // all findings, listed or not
}

// OK says that nothing differs.
func (r *Report) OK() bool { return r.Found == 0 }

// ExitCode is ExitVerified or ExitTampered.
func (r *Report) ExitCode() int {
	if r.OK() {
		return ExitVerified
	}
	return ExitTampered
}

func (r *Report) add(object, format string, a ...any) {
	r.Found++
	if len(r.Findings) < maxFindings {
		r.Findings = append(r.Findings, Finding{Object: cut(object), Msg: fmt.Sprintf(format, cutAll(a)...)})
	}
}

// longestValue is how many characters of a value of the database a finding tells.
const longestValue = 200

// composed is an argument of a finding whose values were cut one by one.
type composed string

// cutAll cuts what may hold values of the database among the arguments of a finding.
func cutAll(args []any) []any {
	out := slices.Clone(args)
	for i, a := range out {
		switch a := a.(type) {
		case string:
			out[i] = cut(a)
		case error:
			out[i] = cut(a.Error())
		}
	}
	return out
}

func cut(s string) string { return proof.Cut(s, longestValue) }

// join adds what another verification found.
func (r *Report) join(other Report) {
	r.Found += other.Found
	r.Findings = append(r.Findings, other.Findings[:min(len(other.Findings), maxFindings-len(r.Findings))]...)
}

// Write says it all for people.
func (r *Report) Write(w io.Writer) error {
	var b strings.Builder
	for _, f := range r.Findings {
		fmt.Fprintf(&b, "%s: %s\n", proof.Visible(f.Object), proof.Visible(f.Msg))
	}
	if more := r.Found - int64(len(r.Findings)); more > 0 {
		fmt.Fprintf(&b, "… and %d more.\n", more)
	}
	if r.OK() {
		b.WriteString("Verified: ")
	} else {
		fmt.Fprintf(&b, "TAMPERED (%s): ", proof.Findings(r.Found))
	}
	fmt.Fprintf(&b, "%d events, root %s.\n", r.Events, r.Root)
	for _, kind := range sortedKeys(r.Compared) {
		if kind != textKind && (kind != logKind || r.Compared[kind] > 0) {
			fmt.Fprintf(&b, "Compared with their events: %d rows of kind %s.\n", r.Compared[kind], kind)
		}
	}
	for _, kind := range sortedKeys(r.Unknown) {
		fmt.Fprintf(&b, "NOT compared: %d objects of kind %s, whose rows this program does not know.\n",
			r.Unknown[kind], proof.Visible(cut(kind)))
	}
	if r.Erased > 0 {
		fmt.Fprintf(&b, "%d texts were erased, each by an event; their salted hashes still stand in the tree.\n",
			r.Erased)
	}
	r.writeCheckpoints(&b)
	_, err := io.WriteString(w, b.String())
	return err
}

func (r *Report) writeCheckpoints(b *strings.Builder) {
	switch {
	case r.KeyGiven:
		fmt.Fprintf(b, "%d stored checkpoints and their signatures were compared.\n", r.Checkpoints)
	default:
		fmt.Fprintf(b,
			"%d stored checkpoints were compared; their signatures were NOT checked, as no --key was given.\n",
			r.Checkpoints)
	}
	for _, h := range r.Handovers {
		fmt.Fprintf(b, "The log key %s was handed over to %s at %d events.\n", proof.Visible(KeyName(h.From)),
			proof.Visible(KeyName(h.To)), h.Size)
	}
	if r.Unsigned > 0 {
		fmt.Fprintf(b, "The newest %d events are not signed yet: a rewrite of these alone would go unseen.\n",
			r.Unsigned)
	}
	for _, a := range r.Attested {
		b.WriteString(a.says(r.Witnesses))
	}
	if r.Beside != nil {
		fmt.Fprintf(b, "Compared with the checkpoint of %d events beside the signer's key on this machine.\n",
			r.Beside.Size)
	}
	if r.Elsewhere == nil {
		b.WriteString(
			"No checkpoint from elsewhere was given: whoever can write the database could have rewritten ALL of it, " +
				"or put an older one back, unseen by this check. Keep the output of “audit checkpoint” elsewhere and " +
				"give it as --checkpoint.\n")
		return
	}
	signed := "its signature was not checked"
	if r.Elsewhere.Signed {
		signed = "signed by the key given"
	}
	verdict := "the history continues it"
	if !r.OK() {
		verdict = "see the findings above"
	}
	fmt.Fprintf(b, "Checkpoint from elsewhere: %d events, %s; %s.\n", r.Elsewhere.Size, signed, verdict)
}

func sortedKeys(m map[string]int64) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
