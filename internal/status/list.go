package status

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"

	"claimbench/internal/claims"
	"claimbench/internal/claimset"
	"claimbench/internal/fault"
)

// What is the kind of a standing.
type What string

// Where a printed claim may stand.
const (
	Valid     What = "valid"
	Corrected What = "corrected"
	Withdrawn What = "withdrawn"
	InReview  What = "under review"
)

// Standing is where one printed claim stands. The zero value is none.
type Standing struct {
	What  What        `json:"what"`
	In    claimset.ID `json:"in,omitempty"`    // Corrected: the set that has the claim as it is right now
	Since string      `json:"since,omitempty"` // InReview: the day of the first alarm, 2026-11-28 (UTC)
}

// String is the standing as a list has it.
func (s Standing) String() string {
	switch s.What {
	case Corrected:
		return "corrected in set " + strconv.FormatInt(int64(s.In), 10)
	case InReview:
		return "under review since " + s.Since
	}
	return string(s.What)
}

// parseStanding reads what String writes, and nothing else.
func parseStanding(text string) (Standing, error) {
	if day, ok := strings.CutPrefix(text, "under review since "); ok {
		if at, err := time.Parse(time.DateOnly, day); err != nil || at.Format(time.DateOnly) != day {
			return Standing{}, fmt.Errorf("“%s” is no day", day)
		}
		return Standing{What: InReview, Since: day}, nil
	}
	if in, ok := strings.CutPrefix(text, "corrected in set "); ok {
		n, err := number(in)
		return Standing{What: Corrected, In: claimset.ID(n)}, err
	}
	if text != string(Valid) && text != string(Withdrawn) {
		return Standing{}, fmt.Errorf("“%s” is no standing", text)
	}
	return Standing{What: What(text)}, nil
}

// Set is one frozen set of a list, with the hash that it was frozen with: the export that has this hash is meant.
type Set struct {
	ID     claimset.ID `json:"set"`
	SHA256 string      `json:"sha256"`
	Claims []Claim     `json:"claims"`
}

// Claim is one printed claim of a set.
type Claim struct {
	Claim    claims.ID `json:"claim"`
	Standing Standing  `json:"standing"`
}

// List is a status list. Its sets are in the order of their numbers, the claims of a set too.
type List struct {
	Log    string    // the name of the key that signs it, as in checkpoints
	Name   string    // which list it is: numbers of one list only grow
	Number int64     // from 1
	Made   time.Time // whole seconds, UTC
	Until  time.Time // so long it may be believed
	Sets   []Set
}

const (
	// ValidFor is how long a list may be believed.
	ValidFor = 7 * 24 * time.Hour
	// MaxList is the largest list that is made or read, in bytes: a million claims.
	MaxList = 48 << 20
	// skew is how far a clock elsewhere may be ahead of ours.
	skew = 10 * time.Minute

	firstLine = "claimbench status 1"
)

var (
	hashForm = regexp.MustCompile(`^[0-9a-f]{64}$`)
	nameForm = regexp.MustCompile(`^[a-z0-9-]{1,64}$`)
)

// Body is what a list says of its sets: all but which list it is and when it was made.
func (l List) Body() string {
	var b strings.Builder
	for _, s := range l.Sets {
		fmt.Fprintf(&b, "set %d sha256 %s claims %d\n", s.ID, s.SHA256, len(s.Claims))
		for _, c := range s.Claims {
			b.WriteString(strconv.FormatInt(int64(s.ID), 10) + " " + strconv.FormatInt(int64(c.Claim), 10) + " " +
				c.Standing.String() + "\n")
		}
	}
	return b.String()
}

// Text is the text that is signed: UTF-8 lines, no empty one.
func (l List) Text() string {
	return fmt.Sprintf("%s\nlog %s\nlist %s\nnumber %d\nmade %s\nvalid until %s\nsets %d\n", firstLine, l.Log, l.Name,
		l.Number, l.Made.UTC().Format(time.RFC3339), l.Until.UTC().Format(time.RFC3339), len(l.Sets)) + l.Body()
}

// Of says where a claim of a set stands; false when the list does not have it.
func (l List) Of(set claimset.ID, claim claims.ID) (Standing, bool) {
	for _, s := range l.Sets {
		if s.ID != set {
			continue
		}
		lo, hi := 0, len(s.Claims)
		for lo < hi {
			if mid := (lo + hi) / 2; s.Claims[mid].Claim < claim {
				lo = mid + 1
			} else {
				hi = mid
			}
		}
		if lo < len(s.Claims) && s.Claims[lo].Claim == claim {
			return s.Claims[lo].Standing, true
		}
	}
	return Standing{}, false
}

// SetOf gives a set of the list, with the hash of its export; false when the list does not have it.
func (l List) SetOf(set claimset.ID) (Set, bool) {
	for _, s := range l.Sets {
		if s.ID == set {
			return s, true
		}
	}
	return Set{}, false
}

// Open reads a list that one of the keys signed. It says nothing of whether it is the newest, or still to be believed:
// Current does.
func Open(data []byte, keys ...note.Verifier) (List, error) {
	bad := func(err error) (List, error) {
		return List{}, fault.Wrap(fault.Invalid, err, "This is not a status list of a Claimbench log: %s. "+
			"Ask for it again at its address, or as a file.", err)
	}
	if len(data) > MaxList {
		return bad(fmt.Errorf("it has more than %d MB", MaxList>>20))
	}
	if !bytes.HasPrefix(data, []byte(firstLine+"\n")) {
		return bad(fmt.Errorf("its first line is not “%s”", firstLine))
	}
	opened, err := note.Open(data, note.VerifierList(keys...))
	var unknown *note.UnverifiedNoteError
	if errors.As(err, &unknown) {
		by := "nobody"
		if sigs := unknown.Note.UnverifiedSigs; len(sigs) > 0 {
			by = sigs[0].Name
		}
		return List{}, fault.Wrap(fault.Invalid, err, "The status list is signed by %s, not by a key that was "+
			"given. Believe nothing in it, or give the key of that log if you trust it.", by)
	}
	if err != nil {
		return List{}, fault.Wrap(fault.Invalid, err,
			"The signature of the status list is wrong: it was changed after it was signed, or cut. Believe nothing "+
				"in it.")
	}
	l, err := parse(opened.Text)
	if err != nil {
		return bad(err)
	}
	for _, s := range opened.Sigs {
		if s.Name == l.Log {
			return l, nil
		}
	}
	return bad(fmt.Errorf("it is of the log %s and signed by %s", l.Log, opened.Sigs[0].Name))
}

// parse reads a text that Text wrote: every line is one that it writes, so two lists never read the same.
func parse(text string) (l List, err error) {
	head := []struct {
		word string
		take func(string) error
	}{
		{firstLine, func(s string) error { return none(s) }},
		{"log ", func(s string) error { l.Log = s; return nil }},
		{"list ", func(s string) error { l.Name = s; return form(nameForm, s) }},
		{"number ", func(s string) (err error) { l.Number, err = number(s); return err }},
		{"made ", func(s string) (err error) { l.Made, err = second(s); return err }},
		{"valid until ", func(s string) (err error) { l.Until, err = second(s); return err }},
	}
	line := func() (s string) {
		s, text, _ = strings.Cut(text, "\n")
		return s
	}
	for _, h := range head {
		s := line()
		rest, ok := strings.CutPrefix(s, h.word)
		if !ok {
			return l, fmt.Errorf("“%s” stands where “%s” should begin the line", short(s), h.word)
		}
		if err := h.take(rest); err != nil {
			return l, fmt.Errorf("the line “%s”: %w", short(s), err)
		}
	}
	sets, ok := strings.CutPrefix(line(), "sets ")
	n, err := strconv.ParseInt(sets, 10, 32)
	if !ok || err != nil || n < 0 || strconv.FormatInt(n, 10) != sets {
		return l, errors.New("it does not say how many sets it has")
	}
	if err := l.takeSets(line, n, &text); err != nil {
		return l, err
	}
	return l, nil
}

func (l *List) takeSets(line func() string, n int64, rest *string) error {
	for range n {
		s := line()
		f := strings.Split(s, " ")
		if len(f) != 6 || f[0] != "set" || f[2] != "sha256" || f[4] != "claims" || !hashForm.MatchString(f[3]) {
			return fmt.Errorf("“%s” is no line of a set", short(s))
		}
		id, err := number(f[1])
		if err != nil {
			return err
		}
		size, err := strconv.Atoi(f[5])
		if err != nil || size < 0 || strconv.Itoa(size) != f[5] || size > len(*rest) {
			return fmt.Errorf("set %d has no number of claims", id)
		}
		if k := len(l.Sets); k > 0 && int64(l.Sets[k-1].ID) >= id {
			return fmt.Errorf("set %d is out of order", id)
		}
		set := Set{ID: claimset.ID(id), SHA256: f[3], Claims: make([]Claim, 0, min(size, 1<<16))}
		for range size {
			if err := set.take(line()); err != nil {
				return err
			}
		}
		l.Sets = append(l.Sets, set)
	}
	if *rest != "" {
		return fmt.Errorf("“%s” stands behind the last claim", short(*rest))
	}
	return nil
}

func (s *Set) take(line string) error {
	f := strings.SplitN(line, " ", 3)
	if len(f) != 3 || f[0] != strconv.FormatInt(int64(s.ID), 10) {
		return fmt.Errorf("“%s” is no line of a claim of set %d", short(line), s.ID)
	}
	claim, err := number(f[1])
	if err != nil {
		return err
	}
	if k := len(s.Claims); k > 0 && int64(s.Claims[k-1].Claim) >= claim {
		return fmt.Errorf("claim %d of set %d is out of order", claim, s.ID)
	}
	standing, err := parseStanding(f[2])
	s.Claims = append(s.Claims, Claim{claims.ID(claim), standing})
	return err
}

func none(s string) error {
	if s != "" {
		return errors.New("nothing stands behind it")
	}
	return nil
}

func form(f *regexp.Regexp, s string) error {
	if !f.MatchString(s) {
		return errors.New("it has another form")
	}
	return nil
}

func number(s string) (int64, error) {
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || n < 1 || strconv.FormatInt(n, 10) != s {
		return 0, fmt.Errorf("“%s” is no number from 1", short(s))
	}
	return n, nil
}

func second(s string) (time.Time, error) {
	at, err := time.Parse(time.RFC3339, s)
	if err != nil || at.UTC().Format(time.RFC3339) != s {
		return at, errors.New("it is no time in UTC to the second")
	}
	return at, nil
}

// short is the beginning of a line, for a message.
func short(s string) string {
	if r := []rune(s); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return s
}

// Current refuses a list that is no longer to be believed at a moment, and one that is older than one of the same name
// that is known. known is the newest one known; nil: none.
func Current(l List, known *List, now time.Time) error {
	day := func(t time.Time) string { return t.UTC().Format(time.RFC3339) }
	switch {
	case now.After(l.Until):
		return fault.New(fault.Invalid, "The status list was to be believed until %s, and that is over. "+
			"Ask for the newest one.", day(l.Until))
	case l.Made.After(now.Add(skew)):
		return fault.New(fault.Invalid, "The status list says that it was made at %s, which is still to come. "+
			"Compare the clock of this machine (%s).", day(l.Made), day(now))
	case l.Until.Sub(l.Made) > ValidFor || !l.Until.After(l.Made):
		return fault.New(fault.Invalid, "The status list says that it is to be believed from %s until %s; "+
			"no list is for longer than seven days.", day(l.Made), day(l.Until))
	case known == nil:
		return nil
	case known.Log != l.Log || known.Name != l.Name:
		return fault.New(fault.Invalid, "The list known is %s of %s, and this one is %s of %s: their numbers cannot "+
			"be compared. Name the list of this log that you knew last, or another file for the first one.",
			known.Name, known.Log, l.Name, l.Log)
	case l.Number < known.Number:
		return fault.New(fault.Invalid, "The status list has number %d, and number %d of %s is known: somebody "+
			"shows an old one. Ask for the newest.", l.Number, known.Number, day(known.Made))
	case l.Number == known.Number && l.Text() != known.Text():
		return fault.New(fault.Invalid, "Two lists have the number %d and say different things: "+
			"whoever signs them shows some people another than others. Keep both as proof.", l.Number)
	}
	return nil
}
