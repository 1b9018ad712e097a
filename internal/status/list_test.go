package status_test

import (
	"crypto/rand"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"

	"claimbench/internal/claims"
	"claimbench/internal/claimset"
	"claimbench/internal/status"
)

type signerOf struct {
	sign  note.Signer
	check note.Verifier
}

func newSigner(t *testing.T, name string) signerOf {
	t.Helper()
	secret, public, err := note.GenerateKey(rand.Reader, name)
	if err != nil {
		t.Fatal(err)
	}
	s, err := note.NewSigner(secret)
	if err != nil {
		t.Fatal(err)
	}
	v, err := note.NewVerifier(public)
	if err != nil {
		t.Fatal(err)
	}
	return signerOf{s, v}
}

func (s signerOf) signed(t *testing.T, text string) []byte {
	t.Helper()
	out, err := note.Sign(&note.Note{Text: text}, s.sign)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

var (
	made   = time.Date(2026, 11, 29, 20, 40, 0, 0, time.UTC)
	hashOf = strings.Repeat("ab", 32)
	sample = status.List{Log: "claimbench/history/0a1b2c3d", Name: "x7k2", Number: 12, Made: made,
		Until: made.Add(status.ValidFor), Sets: []status.Set{
			{ID: 7, SHA256: hashOf, Claims: []status.Claim{
				{Claim: 41, Standing: status.Standing{What: status.Valid}},
				{Claim: 42, Standing: status.Standing{What: status.Corrected, In: 9}},
				{Claim: 43, Standing: status.Standing{What: status.Withdrawn}},
				{Claim: 44, Standing: status.Standing{What: status.InReview, Since: "2026-11-28"}}}},
			{ID: 9, SHA256: hashOf, Claims: []status.Claim{}}}}
)

const sampleText = `claimbench status 1
log claimbench/history/0a1b2c3d
list x7k2
number 12
made 2026-11-29T20:40:00Z
valid until 2026-12-06T20:40:00Z
sets 2
set 7 sha256 abababababababababababababababababababababababababababababababab claims 4
7 41 valid
7 42 corrected in set 9
7 43 withdrawn
7 44 under review since 2026-11-28
set 9 sha256 abababababababababababababababababababababababababababababababab claims 0
`

func TestListIsWrittenAsDocumentedAndReadAgain(t *testing.T) {
	t.Parallel()
	key := newSigner(t, sample.Log)
	if got := sample.Text(); got != sampleText {
		t.Fatalf("the text is\n%s", got)
	}
	l, err := status.Open(key.signed(t, sample.Text()), key.check)
	if err != nil || l.Text() != sampleText {
		t.Fatalf("%v\n%s", err, l.Text())
	}
	for claim, want := range map[int64]string{41: "valid", 42: "corrected in set 9", 43: "withdrawn",
		44: "under review since 2026-11-28"} {
		if got, ok := l.Of(7, claimID(claim)); !ok || got.String() != want {
			t.Errorf("claim %d is %q (%v), not %q", claim, got, ok, want)
		}
	}
	for _, absent := range [][2]int64{{7, 40}, {7, 45}, {9, 41}, {8, 41}} {
		if got, ok := l.Of(claimset.ID(absent[0]), claimID(absent[1])); ok {
			t.Errorf("claim %d of set %d is there: %s", absent[1], absent[0], got)
		}
	}
}

func TestListThatWasTouchedIsRefused(t *testing.T) {
	t.Parallel()
	key, other := newSigner(t, sample.Log), newSigner(t, "claimbench/history/ffffffff")
	sameName := newSigner(t, sample.Log)
	good := string(key.signed(t, sampleText))
	signedAs := func(k signerOf, old, now string) string {
		return string(k.signed(t, strings.Replace(sampleText, old, now, 1)))
	}
	for name, data := range map[string]string{
		"changed":                strings.Replace(good, "43 withdrawn", "43 valid", 1),
		"cut":                    good[:len(good)/2],
		"without its end":        strings.TrimSuffix(good, "\n"),
		"with something behind":  good + "more\n",
		"empty":                  "",
		"signed by another":      signedAs(other, "", ""),
		"key of the same name":   signedAs(sameName, "", ""),
		"of another log":         signedAs(key, "log claimbench/history/0a1b2c3d", "log elsewhere"),
		"a checkpoint":           string(key.signed(t, sample.Log+"\n12\n"+strings.Repeat("A", 43)+"=\n")),
		"another version":        signedAs(key, "status 1", "status 2"),
		"number with zeroes":     signedAs(key, "number 12", "number 012"),
		"number 0":               signedAs(key, "number 12", "number 0"),
		"a time of elsewhere":    signedAs(key, "made 2026-11-29T20:40:00Z", "made 2026-11-29T22:40:00+02:00"),
		"an unknown standing":    signedAs(key, "43 withdrawn", "43 fine"),
		"a day that is none":     signedAs(key, "2026-11-28", "2026-02-30"),
		"a set that is none":     signedAs(key, "in set 9", "in set x"),
		"a claim twice":          signedAs(key, "7 42 corrected in set 9", "7 41 valid"),
		"a claim of another set": signedAs(key, "7 43", "8 43"),
		"a claim too many":       signedAs(key, "claims 4", "claims 3"),
		"a claim too few":        signedAs(key, "claims 4", "claims 5"),
		"a set too many":         signedAs(key, "sets 2", "sets 1"),
		"a set too few":          signedAs(key, "sets 2", "sets 3"),
		"more claims than bytes": signedAs(key, "claims 4", "claims 999999999"),
		"fewer than no claims":   signedAs(key, "claims 0", "claims -1"),
		"a hash that is none":    signedAs(key, hashOf, strings.Repeat("XY", 32)),
		"a name with a slash":    signedAs(key, "list x7k2", "list ../x"),
		"a line of another list": signedAs(key, "number 12\n", ""),
		"a set out of order":     signedAs(key, "set 9 sha", "set 6 sha"),
		"a space at its end":     signedAs(key, "7 41 valid", "7 41 valid "),
	} {
		if l, err := status.Open([]byte(data), key.check); err == nil {
			t.Errorf("%s is taken: %+v", name, l)
		}
	}
	if _, err := status.Open([]byte(good), other.check, key.check); err != nil {
		t.Errorf("with a second key: %v", err)
	}
	if _, err := status.Open([]byte(good)); err == nil {
		t.Error("without a key it is taken")
	}
}

func TestOldAndExpiredListsAreRefused(t *testing.T) {
	t.Parallel()
	older, twin, elsewhere, long := sample, sample, sample, sample
	older.Number = 11
	twin.Made = made.Add(time.Second)
	elsewhere.Name = "y"
	long.Until = made.Add(8 * 24 * time.Hour)
	newer := sample
	newer.Number = 13
	for name, c := range map[string]struct {
		l     status.List
		known *status.List
		at    time.Time
		ok    bool
		says  string
	}{
		"new":                {sample, nil, made.Add(time.Hour), true, ""},
		"the one known":      {sample, &sample, made.Add(time.Hour), true, ""},
		"newer than known":   {newer, &sample, made.Add(time.Hour), true, ""},
		"in its last second": {sample, nil, made.Add(status.ValidFor), true, ""},
		"expired":            {sample, nil, made.Add(status.ValidFor + time.Second), false, "until 2026-12-06"},
		"older than known":   {older, &sample, made.Add(time.Hour), false, "number 11"},
		"two of one number":  {twin, &sample, made.Add(time.Hour), false, "Two lists"},
		"of another name":    {elsewhere, &sample, made.Add(time.Hour), false, "cannot be compared"},
		"still to come":      {sample, nil, made.Add(-time.Hour), false, "clock"},
		"a clock a bit off":  {sample, nil, made.Add(-time.Minute), true, ""},
		"for too long":       {long, nil, made.Add(time.Hour), false, "seven days"},
	} {
		err := status.Current(c.l, c.known, c.at)
		if (err == nil) != c.ok || err != nil && !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzOpen(f *testing.F) {
	secret, public, err := note.GenerateKey(rand.Reader, sample.Log)
	if err != nil {
		f.Fatal(err)
	}
	s, _ := note.NewSigner(secret)
	v, _ := note.NewVerifier(public)
	f.Add(sampleText)
	f.Add("claimbench status 1\n")
	f.Fuzz(func(t *testing.T, text string) {
		data, err := note.Sign(&note.Note{Text: text}, s)
		if err != nil {
			return
		}
		if l, err := status.Open(data, v); err == nil && l.Text() != text {
			t.Errorf("%q is read as %q", text, l.Text())
		}
	})
}

func claimID(n int64) claims.ID { return claims.ID(n) }
