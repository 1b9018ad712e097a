package witness

import (
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"claimbench/internal/fault"
)

// log is a log of a test: its leaves are the numbers from 0.
type log struct {
	t      *testing.T
	signer note.Signer
	public note.Verifier
	hashes []tlog.Hash
	size   int64
}

func newLog(t *testing.T, name string) *log {
	t.Helper()
	secret, public, err := note.GenerateKey(rand.Reader, name)
	if err != nil {
		t.Fatal(err)
	}
	l := &log{t: t}
	if l.signer, err = note.NewSigner(secret); err == nil {
		l.public, err = note.NewVerifier(public)
	}
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func (l *log) ReadHashes(at []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(at))
	for i, x := range at {
		out[i] = l.hashes[x]
	}
	return out, nil
}

func (l *log) grow(to int64) *log {
	for ; l.size < to; l.size++ {
		h, err := tlog.StoredHashes(l.size, fmt.Append(nil, l.size), l)
		if err != nil {
			l.t.Fatal(err)
		}
		l.hashes = append(l.hashes, h...)
	}
	return l
}

// checkpoint signs the tree of a size, with an extension line as our own logs have it.
func (l *log) checkpoint(n int64) string {
	root, err := tlog.TreeHash(n, l)
	if err != nil {
		l.t.Fatal(err)
	}
	return l.sign(fmt.Sprintf("%s\n%d\n%s\nsigned 17 after 0\n", l.signer.Name(), n, root))
}

func (l *log) sign(text string) string {
	signed, err := note.Sign(&note.Note{Text: text}, l.signer)
	if err != nil {
		l.t.Fatal(err)
	}
	return string(signed)
}

// ask writes a request by hand, as the specification has it.
func (l *log) ask(old, n int64) string {
	var proof []tlog.Hash
	if old > 0 && old < n {
		var err error
		if proof, err = tlog.ProveTree(n, old, l); err != nil {
			l.t.Fatal(err)
		}
	}
	lines := ""
	for _, h := range proof {
		lines += base64.StdEncoding.EncodeToString(h[:]) + "\n"
	}
	return fmt.Sprintf("old %d\n%s\n%s", old, lines, l.checkpoint(n))
}

func newWitness(t *testing.T, state string, logs ...*log) (*Witness, *Verifier) {
	t.Helper()
	key, err := OpenKey(filepath.Join(filepath.Dir(state), "witness.key"))
	if err != nil {
		t.Fatal(err)
	}
	var keys []note.Verifier
	for _, l := range logs {
		keys = append(keys, l.public)
	}
	w, err := New(key, state, keys)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = w.Close() })
	v, err := ParseKey(key.Public())
	if err != nil {
		t.Fatal(err)
	}
	return w, v
}

// TestCosignatureByHand makes the message, the key's number and the signature line from the text of C2SP
// tlog-cosignature, with no code of ours and none of torchwood, and checks each with the other's.
func TestCosignatureByHand(t *testing.T) {
	t.Parallel()
	const name, text = "witness.example/w1", "log.example/history\n3\n" +
		"7fJbJ1BO3M0V5Ko0S6E+2oKaMz0vXtd4Nfl6C4yVvZQ=\nsigned 17 after 0\n"
	seed := sha256.Sum256([]byte("a seed of this test"))
	private := ed25519.NewKeyFromSeed(seed[:])
	public := private.Public().(ed25519.PublicKey)
	sum := sha256.Sum256([]byte(name + "\n\x04" + string(public)))
	id := sum[:4]
	byHand := func(at uint64) string {
		sig := ed25519.Sign(private, []byte(fmt.Sprintf("cosignature/v1\ntime %d\n", at)+text))
		raw := append(append(append([]byte{}, id...), binary.BigEndian.AppendUint64(nil, at)...), sig...)
		return "— " + name + " " + base64.StdEncoding.EncodeToString(raw) + "\n"
	}
	v, err := parseKey(fmt.Sprintf("%s+%x+%s", name, id, base64.StdEncoding.EncodeToString(append([]byte{4},
		public...))))
	if err != nil {
		t.Fatal(err)
	}
	got, err := Cosignatures([]byte(text+"\n"+byHand(1679315147)), []*Verifier{v})
	if err != nil || len(got) != 1 || got[0].At.Unix() != 1679315147 || got[0].Line+"\n" != byHand(1679315147) {
		t.Errorf("a signature made by hand: %+v, %v", got, err)
	}
	k, err := keyOf(name, seed[:])
	if err != nil || k.Public() != v.String() {
		t.Fatalf("the key is %s, by hand %s (%v)", k.Public(), v, err)
	}
	line, err := k.line(text)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := base64.StdEncoding.DecodeString(strings.TrimSuffix(strings.TrimPrefix(line, "— "+name+" "), "\n"))
	if err != nil || len(raw) != 4+8+64 || string(raw[:4]) != string(id) {
		t.Fatalf("the line is %q", line)
	}
	at := binary.BigEndian.Uint64(raw[4:])
	if !ed25519.Verify(public, []byte(fmt.Sprintf("cosignature/v1\ntime %d\n", at)+text), raw[12:]) {
		t.Error("our signature is not one by hand")
	}
	if d := time.Since(time.Unix(int64(at), 0)); d < -time.Minute || d > time.Minute {
		t.Errorf("it says that it was made %s ago", d)
	}
	if over := byHand(1 << 63); v.Verify([]byte(text), mustDecode(t, over)[4:]) {
		t.Error("a time above 2^63-1 is taken")
	}
	for what, bad := range map[string]string{
		"another text": strings.Replace(text, "\n3\n", "\n4\n", 1) + "\n" + byHand(1),
		"another time": text + "\n" + strings.Replace(byHand(1), "AAAAAA", "AAAAAB", 1),
	} {
		if got, err := Cosignatures([]byte(bad), []*Verifier{v}); err == nil {
			t.Errorf("%s: %+v", what, got)
		}
	}
	other, err := keyOf("witness.example/w2", seed[:])
	if err != nil {
		t.Fatal(err)
	}
	line2, _ := other.line(text)
	if got, err := Cosignatures([]byte(text+"\n"+line2+byHand(5)), []*Verifier{v, v}); err != nil || len(got) != 1 {
		t.Errorf("beside one of an unknown key: %+v, %v", got, err)
	}
	if got, err := Cosignatures([]byte(text+"\n"+line2), []*Verifier{v}); err != nil || len(got) != 0 {
		t.Errorf("of an unknown key alone: %+v, %v", got, err)
	}
}

func mustDecode(t *testing.T, line string) []byte {
	t.Helper()
	f := strings.Fields(line)
	raw, err := base64.StdEncoding.DecodeString(f[len(f)-1])
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// TestAddCheckpointAsSpecified goes through what C2SP tlog-witness says of each answer.
func TestAddCheckpointAsSpecified(t *testing.T) {
	t.Parallel()
	l, stranger := newLog(t, "log.example/history").grow(40), newLog(t, "elsewhere.example/log").grow(5)
	imposter, fork := newLog(t, "log.example/history").grow(40), newLog(t, "log.example/history")
	fork.signer = l.signer
	fork.hashes = append(fork.hashes, tlog.RecordHash([]byte("another first event")))
	fork.size = 1
	fork.grow(40)
	w, v := newWitness(t, filepath.Join(t.TempDir(), "state"), l)
	bothSigned := strings.TrimSuffix(l.checkpoint(12), "") +
		strings.SplitAfter(imposter.checkpoint(12), "\n\n")[1]
	for i, c := range []struct {
		name   string
		body   string
		status int
		says   string
	}{
		{"the first with another old size", l.ask(3, 10), 409, "0\n"},
		{"the first, with a proof", "old 0\n" + strings.TrimPrefix(l.ask(3, 10), "old 3\n"), 422, ""},
		{"the first", l.ask(0, 7), 200, "— claimbench/witness/"},
		{"the same again", l.ask(7, 7), 200, "— claimbench/witness/"},
		{"from 0 although 7 is known", l.ask(0, 10), 409, "7\n"},
		{"grown", l.ask(7, 10), 200, "—"},
		{"an older size", l.ask(7, 7), 409, "10\n"},
		{"of two keys, one unknown", strings.Replace(l.ask(10, 12), l.checkpoint(12), bothSigned, 1), 200, "—"},
		{"the same size, another root", fork.ask(12, 12), 409, "12\n"},
		{"a fork", fork.ask(12, 20), 422, ""},
		{"a proof that is cut", cutProof(l.ask(12, 20)), 422, ""},
		{"a proof at the same size", "old 12\n" + strings.Repeat("A", 43) + "=\n\n" + l.checkpoint(12), 422, ""},
		{"old above the checkpoint", l.ask(15, 12), 400, "larger"},
		{"an unknown log", stranger.ask(0, 5), 404, ""},
		{"another key of the name", imposter.ask(12, 20), 403, ""},
		{"a signature that is wrong", breakSignature(l.ask(12, 20)), 403, ""},
		{"no signature", strings.Split(l.ask(12, 20), "\n\n—")[0] + "\n", 400, ""},
		{"empty", "", 400, ""},
		{"no old line", l.checkpoint(12), 400, "old SIZE"},
		{"old with zeroes", strings.Replace(l.ask(12, 20), "old 12", "old 012", 1), 400, "no size"},
		{"old below 0", strings.Replace(l.ask(12, 20), "old 12", "old -1", 1), 400, "no size"},
		{"old with a space more", strings.Replace(l.ask(12, 20), "old 12", "old  12", 1), 400, ""},
		{"a proof of 64 lines", "old 12\n" + strings.Repeat(strings.Repeat("A", 43)+"=\n", 64) + "\n" +
			l.checkpoint(20), 400, "more than 63"},
		{"a proof line that is short", "old 12\nAAAA\n\n" + l.checkpoint(20), 400, "no hash"},
		{"too large", l.ask(12, 20) + strings.Repeat("x", MaxRequest), 400, "more than"},
		{"a size with zeroes", "old 12\n\n" + l.sign("log.example/history\n020\n"+strings.Repeat("A", 43)+"=\n"),
			400, ""},
		{"what was refused did not move it", l.ask(12, 40), 200, "—"},
	} {
		got := w.AddCheckpoint([]byte(c.body))
		if got.Status != c.status || !strings.HasPrefix(got.Body, c.says) && !strings.Contains(got.Body, c.says) {
			t.Errorf("%d, %s: %d %q, want %d", i, c.name, got.Status, got.Body, c.status)
		}
		if (got.Kind == "text/x.tlog.size") != (c.status == 409) {
			t.Errorf("%s: the answer is of the type %s", c.name, got.Kind)
		}
		if got.Status != 200 {
			continue
		}
		_, checkpoint, _ := strings.Cut(c.body, "\n\n")
		if signed, err := Cosignatures([]byte(checkpoint+got.Body), []*Verifier{v}); err != nil || len(signed) != 1 {
			t.Errorf("%s: the cosignature does not hold: %v", c.name, err)
		}
	}
}

func cutProof(body string) string {
	lines := strings.SplitAfter(body, "\n")
	return lines[0] + strings.Join(lines[2:], "")
}

func breakSignature(body string) string {
	end := strings.TrimSuffix(body, "\n")
	i := len(end) - 20
	other := "A"
	if end[i] == 'A' {
		other = "B"
	}
	return end[:i] + other + end[i+1:] + "\n"
}

// TestStateOutlivesTheWitness: what was signed is on the disk before the answer is given, one process at a time uses
// the file, and one that is damaged is not taken for an empty one.
func TestStateOutlivesTheWitness(t *testing.T) {
	t.Parallel()
	l := newLog(t, "log.example/history").grow(20)
	path := filepath.Join(t.TempDir(), "state")
	w, _ := newWitness(t, path, l)
	if got := w.AddCheckpoint([]byte(l.ask(0, 9))); got.Status != 200 {
		t.Fatalf("%+v", got)
	}
	if _, err := New(w.key, path, nil); err == nil || !strings.Contains(err.Error(), "Another witness") {
		t.Errorf("two have one state: %v", err)
	}
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	_ = w.Close() // as if it was killed: nothing else is written at its end
	again, _ := newWitness(t, path, l)
	if got := again.AddCheckpoint([]byte(l.ask(0, 12))); got.Status != 409 || got.Body != "9\n" {
		t.Errorf("after a new start: %+v", got)
	}
	_ = again.Close()
	for _, bad := range []string{"", string(whole[:len(whole)-2]), "claimbench witness state 1\n",
		strings.Replace(string(whole), " 9 ", " 09 ", 1), strings.Replace(string(whole), "history 9", "history", 1)} {
		if err := os.WriteFile(path, []byte(bad), 0o600); err != nil {
			t.Fatal(err)
		}
		if w, err := New(w.key, path, nil); err == nil {
			_ = w.Close()
			t.Errorf("%q is taken for a state", bad)
		}
	}
}

// TestNothingIsSignedThatIsNotWritten: a disk that is full or gone signs nothing, and whoever runs the witness is told.
func TestNothingIsSignedThatIsNotWritten(t *testing.T) {
	t.Parallel()
	l := newLog(t, "log.example/history").grow(20)
	dir := filepath.Join(t.TempDir(), "gone")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	w, _ := newWitness(t, filepath.Join(dir, "state"), l)
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	got := w.AddCheckpoint([]byte(l.ask(0, 9)))
	if got.Status != 500 || strings.Contains(got.Body, "—") || strings.Contains(got.Body, dir) {
		t.Errorf("%+v", got)
	}
	if got.Failed == nil || !strings.Contains(fault.Message(got.Failed), "Look at the disk") {
		t.Errorf("it is not told why: %v", got.Failed)
	}
	if n := w.Sizes()["log.example/history"]; n != 0 {
		t.Errorf("it remembers size %d", n)
	}
}

// TestRequestsAtOnce: of many requests at once from one size, to sizes that differ, each that is signed follows the one
// before: the witness is never set back.
func TestRequestsAtOnce(t *testing.T) {
	t.Parallel()
	l := newLog(t, "log.example/history").grow(64)
	w, _ := newWitness(t, filepath.Join(t.TempDir(), "state"), l)
	if got := w.AddCheckpoint([]byte(l.ask(0, 10))); got.Status != 200 {
		t.Fatalf("%+v", got)
	}
	var bodies []string
	for n := int64(11); n <= 26; n++ {
		bodies = append(bodies, l.ask(10, n))
	}
	var wg sync.WaitGroup
	answers := make([]Answer, len(bodies))
	for i, b := range bodies {
		wg.Go(func() { answers[i] = w.AddCheckpoint([]byte(b)) })
	}
	wg.Wait()
	ok := 0
	for i, a := range answers {
		if a.Status == 200 {
			ok++
			if n := w.Sizes()[l.signer.Name()]; n != int64(11+i) {
				t.Errorf("it signed %d and remembers %d", 11+i, n)
			}
		}
	}
	if ok != 1 {
		t.Errorf("%d of them are signed", ok)
	}
}

func FuzzParseRequest(f *testing.F) {
	f.Add("old 3\n" + strings.Repeat("A", 43) + "=\n\nlog\n5\n")
	f.Add("old 0\n\n")
	f.Fuzz(func(t *testing.T, body string) {
		r, err := parseRequest(body)
		if err == nil && r.body() != body {
			t.Errorf("%q is read as %q", body, r.body())
		}
	})
}
