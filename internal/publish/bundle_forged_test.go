package publish_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/note"

	"claimbench/internal/claims"
	"claimbench/internal/claimset"
	"claimbench/internal/proof"
	"claimbench/internal/publish"
	"claimbench/internal/review"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
	"claimbench/internal/witness"
)

// forger takes a signed bundle apart and puts it together again as somebody does who has this program and no key: the
// report, the quoted texts and the manifest are made anew of what they wrote into the claims.
type forger struct {
	t      *testing.T
	all    []file
	head   string   // the line of the set
	claims []string // the objects
	proofs []proof.ClaimProof
	freeze proof.FreezeProof
}

func forge(t *testing.T, bundle string) *forger {
	t.Helper()
	f := &forger{t: t, all: files(t, bundle)}
	lines := strings.Split(f.file(proof.ClaimsFile), "\n")
	f.head = lines[0]
	for _, line := range lines[2 : len(lines)-2] {
		f.claims = append(f.claims, strings.TrimSuffix(line, ","))
	}
	for line := range strings.Lines(f.file(proof.ProofsFile)) {
		var p proof.ClaimProof
		f.must(json.Unmarshal([]byte(line), &p))
		f.proofs = append(f.proofs, p)
	}
	f.must(json.Unmarshal([]byte(f.file(proof.FreezeFile)), &f.freeze))
	return f
}

func (f *forger) must(err error) {
	f.t.Helper()
	if err != nil {
		f.t.Fatal(err)
	}
}

func (f *forger) at(name string) *file {
	return &f.all[slices.IndexFunc(f.all, func(x file) bool { return x.name == name })]
}

func (f *forger) file(name string) string { return f.at(name).data }

// line is JSON as this program writes it.
func (f *forger) line(v any) string {
	f.t.Helper()
	b, err := json.Marshal(v)
	f.must(err)
	return string(b) + "\n"
}

// replace writes something else into an object; it must stand there.
func (f *forger) replace(object *string, was, now string) {
	f.t.Helper()
	if !strings.Contains(*object, was) {
		f.t.Fatalf("%s does not stand in %s", was, *object)
	}
	*object = strings.Replace(*object, was, now, 1)
}

// hide keeps fields of a claim from being opened: those of some paths, and all behind a path that ends with "/".
func (f *forger) hide(n int, paths ...string) {
	printed, err := proof.Flatten([]byte(f.claims[n]))
	f.must(err)
	p := &f.proofs[n]
	secret, err := base64.StdEncoding.DecodeString(p.Secret)
	f.must(err)
	salts, err := proof.NewSalter(secret)
	f.must(err)
	p.Secret = ""
	for _, x := range printed {
		salt := salts.Next()
		field := proof.FieldProof{Path: x.Path, Opening: proof.Opening{Salt: proof.B64(salt)}}
		if slices.ContainsFunc(paths, func(s string) bool {
			return x.Path == s || strings.HasSuffix(s, "/") && strings.HasPrefix(x.Path, s)
		}) {
			h, _ := proof.Field(nil, salt, x.Value)
			field.Opening = proof.Opening{Hash: proof.B64(h[:])}
		}
		p.Fields = append(p.Fields, field)
	}
}

// member is a text of an object as it stands in its JSON.
func (f *forger) member(object, name string) string {
	at := strings.Index(object, `"`+name+`":"`)
	if at < 0 {
		f.t.Fatalf("%s is not in %s", name, object)
	}
	end := at + len(name) + 4
	for ; object[end] != '"'; end++ {
		if object[end] == '\\' {
			end++
		}
	}
	return object[at : end+1]
}

// say writes words into a text of a claim, and opens it no more.
func (f *forger) say(n int, path, words string) {
	f.t.Helper()
	name := path[strings.LastIndex(path, "/")+1:]
	f.hide(n, path)
	if path == "explanation" {
		f.shut(f.proofs[n].Decision.Event.Texts, path, f.member(f.claims[n], name))
	}
	f.replace(&f.claims[n], f.member(f.claims[n], name), `"`+name+`":"`+words+`"`)
}

// title writes words into the title of the set, and opens it no more.
func (f *forger) title(words string) {
	f.shut(f.freeze.Event.Texts, "title", f.member(f.head, "title"))
	f.replace(&f.head, f.member(f.head, "title"), `"title":"`+words+`"`)
}

// shut gives the hash of a text of an event in the place of its salt.
func (f *forger) shut(g *proof.GroupProof, name, member string) {
	var text string
	f.must(json.Unmarshal([]byte(strings.TrimPrefix(member, `"`+name+`":`)), &text))
	salt, err := base64.StdEncoding.DecodeString(g.Salts[name])
	f.must(err)
	h, _ := proof.Text(nil, salt, text)
	delete(g.Salts, name)
	if g.Hashes == nil {
		g.Hashes = map[string]string{}
	}
	g.Hashes[name] = proof.B64(h[:])
}

// sign adds lines to the checkpoint wherever it stands.
func (f *forger) sign(lines string) {
	was := f.file(proof.CheckpointFile)
	f.at(proof.CheckpointFile).data += lines
	f.at(proof.InclusionFile).data += lines
	a, b := f.line(was), f.line(was+lines)
	f.replace(&f.head, strings.TrimSpace(a), strings.TrimSpace(b))
}

// bundle puts it together.
func (f *forger) bundle() string {
	f.at(proof.ClaimsFile).data = f.head + "\n\"claims\":[\n" + strings.Join(f.claims, ",\n") + "\n]}\n"
	var proofs, texts strings.Builder
	for i, p := range f.proofs {
		proofs.WriteString(f.line(p))
		printed, err := proof.Flatten([]byte(f.claims[i]))
		f.must(err)
		for _, q := range proof.Quoted(p.Claim, printed) {
			texts.WriteString(f.line(q))
		}
	}
	f.at(proof.ProofsFile).data, f.at(proof.TextsFile).data = proofs.String(), texts.String()
	f.at(proof.FreezeFile).data = f.line(f.freeze)
	var m proof.Manifest
	f.must(json.Unmarshal([]byte(f.file(proof.ManifestFile)), &m))
	var report bytes.Buffer
	f.must(publish.WriteReport(strings.NewReader(f.file(proof.ClaimsFile)), m.Claims, m.Lang, &report))
	f.at(proof.ReportFile).data = report.String()
	return zipped(f.t, f.all, true)
}

// TestBundleForgedWithoutAKey: whoever has a signed bundle and no key can hide what was signed, and no more: other
// words, lists that are dropped and another order are found, and what is not proved is never called verified.
func TestBundleForgedWithoutAKey(t *testing.T) {
	t.Parallel()
	x := newBench(t, storetest.SQLite(t))
	set := x.twoClaims(claimset.Imprint{Publisher: "Desk", Note: "A note"})
	got := x.export(publish.Options{Format: publish.Bundle}, set)
	if r := x.checks(forge(t, got).bundle()); r.ExitCode() != 0 {
		t.Fatalf("as it was: %+v", r)
	}
	for _, c := range []struct {
		name string
		code int
		do   func(*forger)
	}{
		{"another title beside a mark", 1, func(f *forger) { f.title("Lies [taken down]") }},
		{"another title beside the other mark", 1, func(f *forger) { f.title("[erased] Lies") }},
		{"no title", 1, func(f *forger) { f.title("") }},
		{"a mark for the title", 2, func(f *forger) { f.title("[taken down]") }},
		{"the other mark for the title", 2, func(f *forger) { f.title("[erased]") }},
		{"a member of the set cut out", 1, func(f *forger) {
			f.shut(f.freeze.Event.Texts, "note", f.member(f.head, "note"))
			f.replace(&f.head, f.member(f.head, "note")+",", "")
		}},
		{"another root beside", 1, func(f *forger) { f.replace(&f.head, `"set":`, `"root":"x","set":`) }},
		{"another statement beside a mark", 1, func(f *forger) { f.say(0, "statement", "False [taken down]") }},
		{"a mark for the statement", 1, func(f *forger) { f.say(0, "statement", "[taken down]") }},
		{"no statement", 1, func(f *forger) { f.say(0, "statement", "") }},
		{"another attribution", 1, func(f *forger) { f.say(0, "attribution", "Mr X [taken down]") }},
		{"no quotation", 1, func(f *forger) { f.say(0, "quotation/exact", "") }},
		{"another explanation beside a mark", 1, func(f *forger) { f.say(1, "explanation", "False. [taken down]") }},
		{"no explanation", 1, func(f *forger) { f.say(1, "explanation", "") }},
		{"a mark for the explanation", 2, func(f *forger) { f.say(1, "explanation", "[taken down]") }},
		{"another verdict", 1, func(f *forger) { f.say(1, "verdict", "[taken down]") }},
		{"evidence dropped", 1, func(f *forger) { f.dropEvidence() }},
		{"reviews dropped", 1, func(f *forger) {
			f.hide(1, "reviews/")
			at := strings.Index(f.claims[1], `"reviews":[`)
			end := at + strings.Index(f.claims[1][at:], "]")
			f.claims[1] = f.claims[1][:at] + `"reviews":[` + f.claims[1][end:]
		}},
		{"around dropped", 1, func(f *forger) {
			f.hide(0, "around/")
			at := strings.LastIndex(f.claims[0], `,"around":{`)
			end := at + strings.Index(f.claims[0][at:], "}")
			f.claims[0] = f.claims[0][:at] + f.claims[0][end+1:]
		}},
		{"withheld that is not", 1, func(f *forger) {
			f.hide(0)
			f.claims[0] = strings.TrimSuffix(f.claims[0], "}") + `,"withheld":true}`
		}},
		{"withheld beside its words", 1, func(f *forger) {
			f.say(0, "attribution", "")
			f.claims[0] = strings.TrimSuffix(f.claims[0], "}") + `,"withheld":true}`
		}},
		{"a decision cut out", 2, func(f *forger) { f.proofs[0].Decision, f.proofs[0].Unproved = nil, proof.OldEvent }},
		{"another order", 1, func(f *forger) {
			f.claims[0], f.claims[1] = f.claims[1], f.claims[0]
			f.proofs[0], f.proofs[1] = f.proofs[1], f.proofs[0]
		}},
		{"a made-up cosignature", 2, func(f *forger) { f.sign("— witness.example AAAAAAAAAAAAAAAA\n") }},
	} {
		f := forge(t, got)
		c.do(f)
		if r := x.checks(f.bundle()); r.ExitCode() != c.code {
			t.Errorf("%s: exit %d, want %d: %+v", c.name, r.ExitCode(), c.code, r)
		}
	}
	if r := verified(t, got); r.ExitCode() != proof.ExitNotChecked || r.Signed {
		t.Errorf("without a key: %+v", r)
	}
}

// dropEvidence leaves the first claim without its evidence.
func (f *forger) dropEvidence() {
	f.hide(0, "evidence/")
	at := strings.Index(f.claims[0], `"evidence":[{`)
	end := strings.Index(f.claims[0], `],"decision":`)
	if at < 0 || end < at {
		f.t.Fatal(f.claims[0])
	}
	f.claims[0] = f.claims[0][:at] + `"evidence":[` + f.claims[0][end:]
}

// cosigned is the key of a new witness and its signature of a checkpoint.
func cosigned(t *testing.T, log note.Verifier, checkpoint string) (*witness.Verifier, string) {
	t.Helper()
	dir := t.TempDir()
	key, err := witness.OpenKey(filepath.Join(dir, "w.key"))
	if err != nil {
		t.Fatal(err)
	}
	by, err := witness.ParseKey(key.Public())
	if err != nil {
		t.Fatal(err)
	}
	w, err := witness.New(key, filepath.Join(dir, "state"), []note.Verifier{log})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = w.Close() }()
	a := w.AddCheckpoint([]byte(witness.Request(0, nil, checkpoint)))
	if a.Status != 200 {
		t.Fatalf("%+v", a)
	}
	return by, a.Body
}

// TestBundleCosigned: the signatures of witnesses that are given are counted, one that is wrong is found, and one of a
// key that was not given is named and not believed.
func TestBundleCosigned(t *testing.T) {
	t.Parallel()
	x := newBench(t, storetest.SQLite(t))
	set := x.twoClaims(claimset.Imprint{})
	got := x.export(publish.Options{Format: publish.Bundle}, set)
	checkpoint := forge(t, got).file(proof.CheckpointFile)
	own, err := note.NewVerifier(x.key.Public())
	if err != nil {
		t.Fatal(err)
	}
	by, line := cosigned(t, own, checkpoint)
	stranger, other := cosigned(t, own, checkpoint)
	wrong := line[:len(line)-12] + "AAAAAAA" + line[len(line)-5:]
	for _, c := range []struct {
		name, lines string
		witnesses   []*witness.Verifier
		code        int
		says        string
	}{
		{"one that holds", line, []*witness.Verifier{by}, 0, "co-signed by 1 of the 1 witnesses"},
		{"the key twice", line, []*witness.Verifier{by, by}, 0, "co-signed by 1 of the 1 witnesses"},
		{"no witness given", line, nil, 2, "NOT checked: the signature of " + by.ID()},
		{"another beside it", line + other, []*witness.Verifier{by}, 2, "NOT checked: the signature of "},
		{"a wrong one", wrong, []*witness.Verifier{by}, 1, by.Name()},
		{"twice", line + line, []*witness.Verifier{by}, 1, "twice"},
		{"a witness who did not sign", "", []*witness.Verifier{stranger}, 2, "co-signed by 0 of the 1 witnesses"},
	} {
		f := forge(t, got)
		f.sign(c.lines)
		o := proof.Options{Report: publish.WriteReport, ReportForm: publish.ReportForm()}
		o.Keys = []note.Verifier{own, own}
		for _, w := range c.witnesses {
			o.Witnesses = append(o.Witnesses, w)
		}
		b := f.bundle()
		r, err := proof.Verify(strings.NewReader(b), int64(len(b)), o)
		f.must(err)
		var says strings.Builder
		f.must(r.Write(&says))
		if r.ExitCode() != c.code || !strings.Contains(says.String(), c.says) {
			t.Errorf("%s: exit %d, want %d\n%s", c.name, r.ExitCode(), c.code, says.String())
		}
	}
}

// TestBundleWithholdsTextsWhole: a text that quotes an article that was taken down, and one that was erased from the
// history, stand as marks in a bundle: nothing of it is found to be changed, and what is not proved is said.
func TestBundleWithholdsTextsWhole(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x := newBench(t, db)
		const quoted = "They write “شورا ۱۲ کمک را تصویب کرد. شهردار امضا کرد.” there."
		c := x.Claim(x.a, "شهردار امضا کرد", "شهردار آن را امضا کرد")
		_, c, err := x.Submit("reviewer-1", c, review.Draft{Verdict: claims.Unverified, Reason: "no_evidence",
			Rationale: quoted, Searched: "the minutes of the year"})
		if err != nil {
			t.Fatal(err)
		}
		v, err := x.Desk.Reviewing(roomtest.Ctx(), x.As("editor-1"), c.ID)
		if err == nil {
			_, err = x.Review.Approve(roomtest.Ctx(), x.As("editor-1"), review.Approval{ClaimID: c.ID,
				Version: v.Rounds[0].Decision.Version, Reason: v.Rounds[0].Decision.Reason, Explanation: quoted})
		}
		if err != nil {
			t.Fatal(err)
		}
		set := x.frozen("Grants", claimset.Imprint{Note: quoted, Rationales: true}, c.ID)
		if r := x.checks(x.export(publish.Options{Format: publish.Bundle}, set)); r.ExitCode() != 0 {
			t.Fatalf("as it was frozen: %+v", r)
		}
		if err := x.Articles.TakeDown(roomtest.Ctx(), x.As("editor-1"), x.a.Article.ID, x.a.Article.Version,
			"asked"); err != nil {
			t.Fatal(err)
		}
		if err := db.Write(t.Context(), func(tx *store.Tx) error {
			return tx.Gorm().Exec("UPDATE event_texts SET text = NULL, salt = NULL WHERE name = 'title' AND seq IN " +
				"(SELECT seq FROM events WHERE action = 'claimset.frozen')").Error
		}); err != nil {
			t.Fatal(err)
		}
		f := forge(t, x.export(publish.Options{Format: publish.Bundle}, set))
		for name, in := range map[string]string{"title": f.head, "note": f.head, "explanation": f.claims[0],
			"rationale": f.claims[0][strings.Index(f.claims[0], `"reviews":`):]} {
			want := `"` + name + `":"[taken down]"`
			if name == "title" {
				want = `"title":"[erased]"`
			}
			if got := f.member(in, name); got != want {
				t.Errorf("%s, want %s", got, want)
			}
		}
		r := x.checks(f.bundle())
		if r.ExitCode() != proof.ExitNotChecked || !r.OK() || r.Noted != 3 || r.Title != proof.Erased {
			t.Errorf("%d: %+v", r.ExitCode(), r)
		}
	})
}
