package publish_test

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/note"

	"claimbench/internal/claims"
	"claimbench/internal/claimset"
	"claimbench/internal/history"
	"claimbench/internal/proof"
	"claimbench/internal/publish"
	"claimbench/internal/review"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// unzipped is what all files of a zip say, one after the other.
func unzipped(t *testing.T, got string) (all string) {
	t.Helper()
	for _, f := range files(t, got) {
		all += f.name + "\n" + f.data
	}
	return all
}

type file struct{ name, data string }

func files(t *testing.T, got string) (out []file) {
	t.Helper()
	z, err := zip.NewReader(strings.NewReader(got), int64(len(got)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, file{f.Name, string(data)})
	}
	return out
}

// zipped writes files as a bundle is written. With mended the manifest says what they are.
func zipped(t *testing.T, all []file, mended bool) string {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	z.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, 1) })
	var m proof.Manifest
	for i, f := range all {
		if f.name == proof.ManifestFile && mended && json.Unmarshal([]byte(f.data), &m) == nil {
			m.Files = nil
			for _, f := range all[:i] {
				sum := sha256.Sum256([]byte(f.data))
				m.Files = append(m.Files, proof.ManifestLine{Name: f.name, Bytes: int64(len(f.data)),
					SHA256: hex.EncodeToString(sum[:])})
			}
			b, err := json.Marshal(m)
			if err != nil {
				t.Fatal(err)
			}
			f.data = string(b) + "\n"
		}
		w, err := z.CreateHeader(&zip.FileHeader{Name: f.name, Method: zip.Deflate})
		if err == nil {
			_, err = io.WriteString(w, f.data)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// checks verifies a bundle as the command does.
func (x bench) checks(bundle string) proof.Result {
	x.T.Helper()
	return verified(x.T, bundle, x.key)
}

func verified(t *testing.T, bundle string, keys ...*history.Key) proof.Result {
	t.Helper()
	o := proof.Options{Report: publish.WriteReport, ReportForm: publish.ReportForm()}
	for _, k := range keys {
		v, err := note.NewVerifier(k.Public())
		if err != nil {
			t.Fatal(err)
		}
		o.Keys = append(o.Keys, v)
	}
	r, err := proof.Verify(strings.NewReader(bundle), int64(len(bundle)), o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

const secretWords = "I rang the clerk, who asked not to be named"

// twoClaims is a set of two approved claims, with rationales in the history.
func (x bench) twoClaims(p claimset.Imprint) claimset.Set {
	x.T.Helper()
	one := x.approved("شورا ۱۲ کمک را تصویب کرد", "شورا [ی شهر] ۱۲ کمک را تصویب کرد")
	c := x.Claim(x.a, "شهردار امضا کرد", "شهردار آن را امضا کرد <b>&amp;")
	_, c, err := x.Submit("reviewer-1", c, review.Draft{Verdict: claims.Unverified, Reason: "no_evidence",
		Rationale: secretWords, Searched: "the minutes of the year"})
	if err != nil {
		x.T.Fatal(err)
	}
	v, err := x.Desk.Reviewing(roomtest.Ctx(), x.As("editor-1"), c.ID)
	if err == nil {
		_, err = x.Review.Approve(roomtest.Ctx(), x.As("editor-1"), review.Approval{ClaimID: c.ID,
			Version: v.Rounds[0].Decision.Version, Reason: v.Rounds[0].Decision.Reason,
			Explanation: "Nothing is known."})
	}
	if err != nil {
		x.T.Fatal(err)
	}
	return x.frozen("Grants", p, one.ID, c.ID)
}

// TestBundleVerifies: what goes out as a bundle is proved by nothing but itself and the key, on both engines, with
// names and without; and after a take-down all but the words that are withheld.
func TestBundleVerifies(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x := newBench(t, db)
		set := x.twoClaims(claimset.Imprint{Publisher: "Desk", Note: "A note", People: claimset.Named, Rationales: true,
			Address: "https://desk.example/{claim}"})
		got := x.export(publish.Options{Format: publish.Bundle, Lang: "fa"}, set)
		r := x.checks(got)
		if r.ExitCode() != 0 || r.Proved != 2 || r.Decisions != 2 || !r.Signed {
			t.Fatalf("%d: %+v\n%s", r.ExitCode(), r, unzipped(t, got))
		}
		var said strings.Builder // the history has the names that people sign in with: nothing is wrong with the others
		if err := r.Write(&said); err != nil || r.Unnamed != 2 || strings.Count(said.String(), "approvers") != 1 ||
			strings.Contains(said.String(), "erased") {
			t.Errorf("%v, %d: %s", err, r.Unnamed, said.String())
		}
		if r := verified(t, got); r.ExitCode() != proof.ExitNotChecked || !r.OK() || r.Signed {
			t.Errorf("without a key: %+v", r)
		}
		if err := x.Articles.TakeDown(roomtest.Ctx(), x.As("editor-1"), x.a.Article.ID, x.a.Article.Version,
			"asked"); err != nil {
			t.Fatal(err)
		}
		got = x.export(publish.Options{Format: publish.Bundle}, set)
		if strings.Contains(unzipped(t, got), "شورا") {
			t.Error("the bundle has words of an article that was taken down")
		}
		if r := x.checks(got); r.ExitCode() != proof.ExitNotChecked || !r.OK() || r.Partly != 2 ||
			r.Noted == 0 {
			t.Errorf("after a take-down: %d: %+v\n%s", r.ExitCode(), r, unzipped(t, got))
		}
	})
}

// TestBundleHidesNames: a bundle of a set that hides names has no name, account, rationale, or salt of a text that is
// not printed; nor the secrets of the set and of its events.
func TestBundleHidesNames(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x := newBench(t, db)
		set := x.twoClaims(claimset.Imprint{People: claimset.Nobody})
		got := x.export(publish.Options{Format: publish.Bundle}, set)
		if r := x.checks(got); r.ExitCode() != 0 || r.Decisions != 2 {
			t.Fatalf("%+v", r)
		}
		all := unzipped(t, got)
		hidden := []string{secretWords, "the minutes of the year", set.Salt}
		if salt, err := hex.DecodeString(set.Salt); err == nil {
			hidden = append(hidden, base64.StdEncoding.EncodeToString(salt))
		}
		if err := db.Read(t.Context(), func(r *store.Rx) error {
			var people []struct{ Name, Display string }
			if err := r.Gorm().Raw("SELECT name, display FROM users").Scan(&people).Error; err != nil {
				return err
			}
			for _, p := range people {
				hidden = append(hidden, p.Name, p.Display)
			}
			var salts [][]byte
			if err := r.Gorm().Raw("SELECT salt FROM events").Scan(&salts).Error; err != nil {
				return err
			}
			for _, s := range salts {
				hidden = append(hidden, base64.StdEncoding.EncodeToString(s), base64.StdEncoding.EncodeToString(s[:16]),
					base64.StdEncoding.EncodeToString(s[16:]))
				for n := range 2 { // of the account, and of the token
					key, err := proof.NewSalter(s[:16])
					if err != nil {
						return err
					}
					hidden = append(hidden, base64.StdEncoding.EncodeToString(key.Salt(uint64(n))))
				}
			}
			var texts []struct {
				Action, Name, Text string
				Salt               []byte
			}
			if err := r.Gorm().Raw("SELECT e.action, t.name, t.text, t.salt FROM event_texts t JOIN events e " +
				"ON e.seq = t.seq").Scan(&texts).Error; err != nil {
				return err
			}
			for _, x := range texts {
				printed := x.Action == "claimset.frozen" || x.Action == "decision.approved" && x.Name == "explanation"
				if !printed {
					hidden = append(hidden, base64.StdEncoding.EncodeToString(x.Salt), hex.EncodeToString(x.Salt))
				}
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		for _, h := range hidden {
			if h != "" && strings.Contains(all, h) {
				t.Errorf("the bundle holds %q", h)
			}
		}
		for _, field := range []string{"approver", "adjudicator", "counted", "started_by", "frozen_by", "evidence"} {
			if regexp.MustCompile(`"salts":\{[^}]*"` + field + `"`).MatchString(all) {
				t.Errorf("the bundle opens %s", field)
			}
		}
	})
}

// TestBundleOfAnEarlierProgram: a set without a root has no bundle, and says so before anything goes out; a decision of
// leaf version 1 is not opened.
func TestBundleOfAnEarlierProgram(t *testing.T) {
	t.Parallel()
	x := newBench(t, storetest.SQLite(t))
	set := x.twoClaims(claimset.Imprint{})
	if err := x.DB.Write(t.Context(), func(tx *store.Tx) error {
		return tx.Gorm().Exec("UPDATE claim_sets SET root = '', salt = ''").Error
	}); err != nil {
		t.Fatal(err)
	}
	_, err := x.Publish.Record(t.Context(), x.As("editor-1"), set.ID, publish.Options{Format: publish.Bundle})
	if err == nil || !strings.Contains(err.Error(), "earlier program") {
		t.Errorf("a set without a root: %v", err)
	}
	if err := x.DB.Write(t.Context(), func(tx *store.Tx) error {
		if err := tx.Gorm().Exec("DROP TRIGGER events_no_update").Error; err != nil {
			return err
		}
		if err := tx.Gorm().Exec("UPDATE events SET salt = NULL WHERE action LIKE 'decision.%'").Error; err != nil {
			return err
		}
		return tx.Gorm().Exec("UPDATE claim_sets SET root = ?, salt = ?", set.Root, set.Salt).Error
	}); err != nil {
		t.Fatal(err)
	}
	if all := unzipped(t, x.export(publish.Options{Format: publish.Bundle}, set)); strings.Count(all,
		`"decision_unproved":"its event is of leaf version 1`) != 2 {
		t.Errorf("%s", all)
	}
}

// TestBundleTampering changes every file and every field of a bundle, mending the manifest as a forger would, and
// swaps, cuts and pads: each is caught, and its place named.
func TestBundleTampering(t *testing.T) {
	t.Parallel()
	x := newBench(t, storetest.SQLite(t))
	set := x.twoClaims(claimset.Imprint{Publisher: "Desk", People: claimset.Named, Rationales: true})
	other := x.frozen("Another", claimset.Imprint{}, claims.ID(1))
	got := x.export(publish.Options{Format: publish.Bundle}, set)
	was := files(t, got)
	if r := x.checks(zipped(t, was, true)); r.ExitCode() != 0 {
		t.Fatalf("as it was: %+v", r)
	}
	caught := func(what, bundle, place string) {
		t.Helper()
		switch r := x.checks(bundle); {
		case r.ExitCode() == 0:
			t.Errorf("%s: nothing is found", what)
		case len(r.Findings) > 0 && !strings.Contains(r.Findings[0].Place+r.Findings[0].Msg, place):
			t.Errorf("%s: found at %q: %s", what, r.Findings[0].Place, r.Findings[0].Msg)
		}
	}
	with := func(i int, data string) []file {
		all := append([]file(nil), was...)
		all[i].data = data
		return all
	}
	for i, f := range was {
		for _, change := range scalars(f) {
			caught(fmt.Sprintf("%s with %.200q", f.name, change),
				zipped(t, with(i, change), f.name != proof.ManifestFile), "")
		}
		caught("an empty "+f.name, zipped(t, with(i, ""), true), f.name)
		mended := f.name != proof.ManifestFile
		caught("a padded "+f.name, zipped(t, with(i, f.data+"\n"), mended), "")
		caught("a cut "+f.name, zipped(t, with(i, f.data[:len(f.data)-2]), mended), "")
		caught(f.name+" without its line in the manifest", zipped(t, with(i, f.data+" "), false), "")
		caught("no "+f.name, zipped(t, append(append([]file(nil), was[:i]...), was[i+1:]...), true), "")
	}
	caught("a foreign file", zipped(t, append(append([]file(nil), was...), file{"more", "x"}), false), "")
	lines := strings.SplitAfter(was[5].data, "\n")
	caught("swapped proofs", zipped(t, with(5, lines[1]+lines[0]), true), proof.ProofsFile)
	var a, b proof.ClaimProof
	if json.Unmarshal([]byte(lines[0]), &a) != nil || json.Unmarshal([]byte(lines[1]), &b) != nil {
		t.Fatal(lines)
	}
	for name, swap := range map[string]func(){
		"swapped decisions": func() { a.Decision, b.Decision = b.Decision, a.Decision },
		"swapped secrets":   func() { a.Secret, b.Secret = b.Secret, a.Secret },
		"swapped paths":     func() { a.Path, b.Path = b.Path, a.Path },
		"swapped places":    func() { a.Index, b.Index = b.Index, a.Index },
	} {
		swap()
		one, _ := json.Marshal(a)
		two, _ := json.Marshal(b)
		caught(name, zipped(t, with(5, string(one)+"\n"+string(two)+"\n"), true), "claim")
		swap()
	}
	another := files(t, x.export(publish.Options{Format: publish.Bundle}, other))
	for i, f := range another {
		caught("another set's "+f.name, zipped(t, with(i, f.data), true), "")
	}
	forged := newKey(t)
	if r := verified(t, got, forged); r.ExitCode() == 0 || r.Findings[0].Place != proof.CheckpointFile {
		t.Errorf("another key: %+v", r)
	}
	for n := 1; n < len(got); n += 1 + len(got)/40 {
		caught(fmt.Sprint("cut at ", n), got[:n], "the file")
	}
	caught("padded", got+"x", "the file")
	caught("padded before", "x"+got, "the file")
	at := strings.Index(got, "PK\x01\x02")
	caught("padded within", got[:at]+"x"+got[at:], "the file")
	for n := 0; n < len(got); n += 1 + len(got)/400 {
		caught(fmt.Sprint("byte ", n), got[:n]+string(got[n]^1)+got[n+1:], "")
	}
}

func newKey(t *testing.T) *history.Key {
	t.Helper()
	key, err := history.OpenKey(filepath.Join(t.TempDir(), "other.key"))
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// scalars gives a file with each of its values changed, one at a time: of JSON each text, number and word, of other
// files a character in each line.
func scalars(f file) (out []string) {
	value := regexp.MustCompile(`"(?:[^"\\]|\\.)*"(:?)|-?\d+|true|false|null`)
	if !strings.Contains(f.name, ".json") {
		value = regexp.MustCompile(`(?m)^.+$`)
	}
	seen := 0
	for _, at := range value.FindAllStringIndex(f.data, -1) {
		was := f.data[at[0]:at[1]]
		if strings.HasSuffix(was, `":`) {
			continue // the name of a field
		}
		var now string
		switch {
		case strings.HasPrefix(was, `"`):
			now = `"x` + was[1:]
		case was == "true":
			now = "false"
		case was == "false" || was == "null":
			now = "true"
		case strings.Contains(f.name, ".json"):
			now = was + "7"
		default:
			now = was + "x"
		}
		if seen++; seen > 400 {
			break
		}
		out = append(out, f.data[:at[0]]+now+f.data[at[1]:])
	}
	return out
}
