package proof

import (
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Exit codes, as of audit verify.
const (
	ExitVerified   = 0
	ExitTampered   = 1
	ExitNotChecked = 2
)

// Finding is one thing that is not as it was signed. Place names it: "claims.json: claim 14: statement".
type Finding struct{ Place, Msg string }

// Bounds of what a result lists; all are counted.
const (
	mostFindings = 200
	mostNotes    = 200
)

// Result is what checking a bundle, or a report, found.
type Result struct {
	Set       int64
	N         int
	Title     string
	FrozenAt  string
	SHA256    string  // of the frozen claims, as the event of the freeze has it
	Printed   []int64 // the numbers of the claims, in their order
	Claims    int64   // that are in the set, by the bundle
	Proved    int64   // of which every printed field is proved
	Partly    int64   // of which some words are withheld
	Decisions int64   // whose approval is proved too
	Origin    string
	Size      int64  // of the history that the checkpoint covers
	SignedAt  int64  // UTC microseconds; 0: the checkpoint does not say
	Signed    bool   // a key that was given signed the checkpoint
	Compared  *int64 // the size of the checkpoint that was given, when it was found to be the same
	Given     int64  // the size of the checkpoint that was given, -1: none
	NoReport  string // why the report could not be compared; "" it was
	Report    bool   // the file is a report, and no bundle

	Findings []Finding
	Found    int64
	Notes    []Finding // what is not proved
	Noted    int64
	Unnamed  int64 // of Decisions, those that print a name for an approver whose event does not hold that name

	Witnesses int      // how many were given
	Cosigned  []string // those of them that signed the checkpoint: who, and when they say it was
}

// OK says that nothing differs.
func (r *Result) OK() bool { return r.Found == 0 }

// ExitCode is ExitTampered when something differs; ExitVerified when everything that is printed is proved, by a key
// that was given; else ExitNotChecked.
func (r *Result) ExitCode() int {
	switch {
	case !r.OK():
		return ExitTampered
	case !r.Signed || r.Noted > 0 || r.NoReport != "" || r.Given >= 0 && r.Compared == nil ||
		len(r.Cosigned) < r.Witnesses:
		return ExitNotChecked
	}
	return ExitVerified
}

func (r *Result) add(place, format string, a ...any) {
	if r.Found++; len(r.Findings) < mostFindings {
		r.Findings = append(r.Findings, Finding{cut(place), cut(fmt.Sprintf(format, a...))})
	}
}

func (r *Result) note(place, format string, a ...any) {
	if r.Noted++; len(r.Notes) < mostNotes {
		r.Notes = append(r.Notes, Finding{cut(place), cut(fmt.Sprintf(format, a...))})
	}
}

// longest is how many characters of a bundle's own words one line shows.
const longest = 300

func cut(s string) string { return Cut(s, longest) }

// Cut gives at most some characters of a text, and how long it is when that is not all.
func Cut(s string, most int) string {
	n := 0
	for at := range s {
		if n++; n > most {
			return fmt.Sprintf("%s… (%d bytes)", s[:at], len(s))
		}
	}
	return s
}

// Visible writes what a terminal would obey, or not show, by its number: whoever changed what is verified must not
// write on the screen of those who verify it.
func Visible(s string) string {
	var b strings.Builder
	for i, r := range s {
		_, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			fmt.Fprintf(&b, `\x%02x`, s[i])
		case unicode.IsPrint(r), r == '\u200c', r == '\u200d': // which join the letters of words
			b.WriteRune(r)
		case r < utf8.RuneSelf:
			fmt.Fprintf(&b, `\x%02x`, r)
		default:
			fmt.Fprintf(&b, `\u{%x}`, r)
		}
	}
	return b.String()
}

// Write says it all for people.
func (r *Result) Write(w io.Writer) error {
	var b strings.Builder
	for _, f := range r.Findings {
		fmt.Fprintf(&b, "%s: %s\n", Visible(f.Place), Visible(f.Msg))
	}
	more(&b, r.Found, len(r.Findings))
	if !r.OK() {
		fmt.Fprintf(&b, "NOT AS IT WAS SIGNED (%s). Nothing in this file is proved; ask the publisher for it again.\n",
			Findings(r.Found))
		_, err := io.WriteString(w, b.String())
		return err
	}
	for _, f := range r.Notes {
		fmt.Fprintf(&b, "Not proved: %s: %s\n", Visible(f.Place), Visible(f.Msg))
	}
	more(&b, r.Noted, len(r.Notes))
	fmt.Fprintf(&b, "Set %d, version %d, “%s”, frozen %s.\n", r.Set, r.N, Visible(cut(r.Title)), r.FrozenAt)
	fmt.Fprintf(&b, "Of %d claims, every printed field of %d is as it was frozen", r.Claims, r.Proved)
	if r.Partly > 0 {
		fmt.Fprintf(&b, ", and of %d every one but the words that are withheld", r.Partly)
	}
	if r.Report {
		b.WriteString(". The events of the approvals are proved by the set’s bundle alone.\n")
		if r.NoReport == "" {
			b.WriteString("The report shows this and nothing else: it is, byte for byte, what this program makes of " +
				"it.\n")
		}
	} else {
		fmt.Fprintf(&b, ". The approval of %d is proved by its event.\n", r.Decisions)
	}
	if r.Unnamed > 0 {
		fmt.Fprintf(&b, "Names of approvers are proved as they were frozen. The history knows people by the "+
			"names they sign in with, so the events of %d approvals do not repeat them.\n", r.Unnamed)
	}
	if r.NoReport != "" {
		what := ReportFile
		if r.Report {
			what = "What the page shows"
		}
		fmt.Fprintf(&b, "%s was NOT compared: %s\n", what, r.NoReport)
	}
	r.writeSignature(&b)
	_, err := io.WriteString(w, b.String())
	return err
}

// Findings says how many there are.
func Findings(n int64) string {
	if n == 1 {
		return "1 finding"
	}
	return fmt.Sprintf("%d findings", n)
}

func more(b *strings.Builder, all int64, listed int) {
	if n := all - int64(listed); n > 0 {
		fmt.Fprintf(b, "… and %d more.\n", n)
	}
}

func (r *Result) writeSignature(b *strings.Builder) {
	if r.Signed {
		fmt.Fprintf(b, "All of it is in the history %s of %d events, signed by the key given.\n", Visible(r.Origin),
			r.Size)
	} else {
		fmt.Fprintf(b, "All of it is in a history that says it is %s, of %d events. Its signature was NOT checked, "+
			"as no --key was given: anybody can make such a file.\n", Visible(r.Origin), r.Size)
	}
	if r.Witnesses > 0 {
		fmt.Fprintf(b, "The checkpoint is co-signed by %d of the %d witnesses given.\n", len(r.Cosigned), r.Witnesses)
	}
	for _, who := range r.Cosigned {
		fmt.Fprintf(b, "  %s.\n", Visible(cut(who)))
	}
	switch {
	case r.Compared != nil:
		b.WriteString("The checkpoint given is that of this file.\n")
	case r.Given >= 0:
		fmt.Fprintf(b, "The checkpoint given is of %d events, and this file is signed at %d: the two can only be "+
			"compared by the workbench (“audit verify --checkpoint”).\n", r.Given, r.Size)
	}
}
