package proof

import (
	"archive/zip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// Options says what a bundle is checked against.
type Options struct {
	Keys       []note.Verifier // the signer's public keys; none: the signature is not checked
	Witnesses  []note.Verifier // the public keys of witnesses whose signatures are looked for
	Checkpoint *Checkpoint     // one that was kept elsewhere; nil: none
	// Report writes the report of a set of n claims from its JSON, in a language; nil: the report is not compared.
	// ReportForm is the form of what it writes.
	Report     func(claims io.Reader, n int64, lang string, w io.Writer) error
	ReportForm string
}

// Verify checks a bundle with nothing but itself and what is given. A Result with findings is a file that is not as it
// was signed; an error means that the file could not be read.
func Verify(r io.ReaderAt, size int64, o Options) (Result, error) {
	files, err := openZip(r, size)
	v := verifier{o: o, Result: Result{Given: -1}}
	if err != nil {
		v.add("the file", "%v", err)
		return v.Result, nil
	}
	if v.open(files) {
		v.run()
	}
	return v.Result, nil
}

type verifier struct {
	Result
	o          Options
	files      map[string]*zip.File
	manifest   Manifest
	checkpoint Checkpoint
	signed     string            // the checkpoint's note
	head       map[string]string // what is printed of the set
	headOrder  []Printed
	root       Hash
	freeze     FreezeProof
	measured   []ManifestLine
	sum        []byte // SHA-256 of the claims as they are printed
}

// open reads the files that are small.
func (v *verifier) open(files []*zip.File) bool {
	v.files = map[string]*zip.File{}
	for _, f := range files {
		v.files[f.Name] = f
	}
	data, ok := v.small(ManifestFile)
	if !ok || !v.strict(ManifestFile, data, &v.manifest) {
		return false
	}
	if v.manifest.Format != BundleFormat && v.manifest.Format != BundleWithMethod {
		v.add(ManifestFile, "its format is %q, and this program reads %s and %s", v.manifest.Format, BundleFormat,
			BundleWithMethod)
		return false
	}
	data, ok = v.small(CheckpointFile)
	return ok && v.signature(data)
}

// signature reads the checkpoint, and checks who signed it.
func (v *verifier) signature(data []byte) bool {
	v.signed = string(data)
	keys, ok := v.chain()
	if !ok {
		return false
	}
	c, err := ParseCheckpointBy(data, keys)
	if err != nil {
		v.add(CheckpointFile, "%v", err)
		return false
	}
	v.o.Keys = Verifiers(keys)
	v.checkpoint, v.Origin, v.Size, v.SignedAt, v.Signed = c, c.Origin, c.Size, c.At, c.Signed
	v.compareGiven()
	return v.cosigned(data)
}

// chain gives the keys given, and those that the handovers in the file lead to from them.
func (v *verifier) chain() ([]Trusted, bool) {
	var all []Handover
	for i, text := range v.manifest.Handovers {
		h, err := ParseHandover([]byte(text))
		if err != nil {
			v.add(ManifestFile, "its handover %d: %v", i+1, err)
			return nil, false
		}
		all = append(all, h)
	}
	keys := Chain(v.o.Keys, all)
	if len(v.o.Keys) > 0 {
		for i, h := range all {
			if !slices.ContainsFunc(keys, func(t Trusted) bool { return t.named(h.To) }) {
				v.add(ManifestFile, "its handover %d leads to no key given", i+1)
				return nil, false
			}
		}
	}
	return keys, true
}

func (v *verifier) compareGiven() {
	given := v.o.Checkpoint
	if given == nil {
		return
	}
	v.Given = given.Size
	switch {
	case given.Origin != v.checkpoint.Origin:
		v.add(CheckpointFile, "it is of the history %s, and the checkpoint given of %s", v.checkpoint.Origin,
			given.Origin)
	case given.Size != v.checkpoint.Size:
	case given.Root != v.checkpoint.Root:
		v.add(CheckpointFile, "the checkpoint given is of as many events, and of another history")
	default:
		v.Compared = &v.checkpoint.Size
	}
}

// small reads a small file whole.
func (v *verifier) small(name string) ([]byte, bool) {
	u, err := unpack(v.files[name])
	var data []byte
	if err == nil {
		data, err = u.whole()
	}
	if err != nil {
		v.add(name, "it cannot be unpacked: %v", err)
		return nil, false
	}
	if name != ManifestFile {
		v.measured = append(v.measured, u.manifest())
	}
	return data, true
}

// strict reads one line of JSON.
func (v *verifier) strict(place string, data []byte, into any) bool {
	line, ended := strings.CutSuffix(string(data), "\n")
	err := errors.New("it does not end with the end of a line")
	if ended {
		err = DecodeStrictly([]byte(line), into)
	}
	if err != nil {
		v.add(place, "it cannot be read: %v", err)
	}
	return err == nil
}

func (v *verifier) run() {
	claims, err := unpack(v.files[ClaimsFile])
	if err != nil {
		v.add(ClaimsFile, "%v", err)
		return
	}
	if err := v.readHead(claims); err != nil {
		v.add(ClaimsFile, "%v", err)
		return
	}
	if !v.freezing() {
		return
	}
	v.claims(claims)
	v.report()
	v.compareManifest()
}

// readHead reads what is printed of the set.
func (v *verifier) readHead(claims *unpacked) error {
	line, err := claims.line()
	if err != nil {
		return err
	}
	object, is := strings.CutPrefix(string(line), `{"claim_set":`)
	object, ends := strings.CutSuffix(object, ",")
	if !is || !ends {
		return errors.New("it does not begin as an export of a set does")
	}
	if line, err = claims.line(); err != nil || string(line) != `"claims":[` {
		return errors.New("no list of claims stands behind the set")
	}
	return v.readSet([]byte(object))
}

// readSet reads claim_set, and compares what no event holds of it.
func (v *verifier) readSet(object []byte) (err error) {
	if v.headOrder, err = Flatten(object); err != nil {
		return fmt.Errorf("claim_set: %w", err)
	}
	v.head = Values(v.headOrder)
	for path, want := range map[string]string{"format": "sclaimbench/claimset/1", "checkpoint": "s" + v.signed,
		"offsets": "scode points of the raw text, end exclusive", "set": fmt.Sprint("n", v.manifest.Set),
		"version": fmt.Sprint("n", v.manifest.N)} {
		if v.head[path] != want {
			v.add(ClaimsFile+": claim_set: "+path, "it is %q here, and %q in %s or by the form", v.head[path], want,
				ManifestFile)
		}
	}
	v.Set, v.N, v.Claims = v.manifest.Set, v.manifest.N, v.manifest.Claims
	v.SHA256 = strings.TrimPrefix(v.head["sha256"], "s")
	v.Title, v.FrozenAt = strings.TrimPrefix(v.head["title"], "s"), strings.TrimPrefix(v.head["frozen_at"], "s")
	return nil
}

// headOthers are the members of the set that no event holds: they are compared with the other files.
var headOthers = []string{"format", "set", "checkpoint", "offsets"}

// freezing proves the event of the freeze, and with it the root and what is printed of the set.
func (v *verifier) freezing() bool {
	data, ok := v.small(FreezeFile)
	if !ok || !v.strict(FreezeFile, data, &v.freeze) {
		return false
	}
	path, ok := v.small(InclusionFile)
	return ok && v.frozen(func(seq int64, leaf tlog.Hash) {
		if err := v.included(string(path), seq, leaf); err != nil {
			v.add(InclusionFile, "the freeze is not proved to be in the history (%v): one of %s, %s, %s, or what "+
				"%s says of the set was changed", err, FreezeFile, InclusionFile, CheckpointFile, ClaimsFile)
		}
	})
}

// frozen proves the event of the freeze; included says what it finds of its place in the history.
func (v *verifier) frozen(included func(seq int64, leaf tlog.Hash)) bool {
	e := v.freeze.Event
	if want := fmt.Sprintf("claimset:%d", v.manifest.Set); e.Action != "claimset.frozen" || e.Object != want {
		v.add(FreezeFile, "it is the event %q on %q, and not the freeze of %s", e.Action, e.Object, want)
		return false
	}
	var err error
	if v.root, err = hashOf(v.freeze.Root); err != nil {
		v.add(FreezeFile+": root", "%v", err)
		return false
	}
	v.head["root"], v.head["claims"] = "s"+v.freeze.Root, fmt.Sprint("n", v.manifest.Claims)
	of := values{known: FreezeFields, printed: v.head, own: true, proved: map[string]bool{}}
	leaf, err := e.leafHash(&of)
	if err != nil {
		v.add(FreezeFile, "%v", err)
		return false
	}
	before := v.Found
	if included(e.Seq, leaf); v.Found > before {
		return false
	}
	for _, path := range []string{"root", "claims"} {
		if !of.proved[path] {
			v.add(FreezeFile, "its event does not tell the %s", path)
			return false
		}
	}
	return v.headProved(of.proved)
}

// headProved looks that every member of the set that an export prints is there, and proved.
func (v *verifier) headProved(proved map[string]bool) bool {
	place := ClaimsFile + ": claim_set: "
	byHash := v.method(proved)
	for _, p := range v.headOrder {
		switch {
		case byHash[p.Path]:
		case proved[p.Path] && v.head[p.Path] == p.Value || slices.Contains(headOthers, p.Path):
		case slices.Contains(headTexts, p.Path) && marked(p.Value):
			v.unproved(place+p.Path, fmt.Sprintf("its words are withheld: %s", p.Value[1:]))
		default:
			v.add(place+p.Path, "it is printed, and the event of the freeze does not prove it")
		}
	}
	for _, k := range FreezeFields {
		if _, there := v.head[k.Path]; !there && !strings.HasPrefix(k.Path, methodPrefix) {
			v.add(place+k.Path, "it is not printed, as it is of every set")
		}
	}
	return true
}

// headTexts are the members of the set that a mark may stand for.
var headTexts = []string{"title", "publisher", "note", "address"}

func (v *verifier) unproved(place, msg string) { v.Result.note(place, "%s", msg) }

// included checks a C2SP tlog-proof of an event.
func (v *verifier) included(text string, seq int64, leaf tlog.Hash) error {
	body, behind, found := strings.Cut(text, "\n\n")
	lines := strings.Split(body, "\n")
	if !found || behind != v.signed || lines[0] != "c2sp.org/tlog-proof@v1" || len(lines) < 2 ||
		lines[1] != fmt.Sprintf("index %d", seq-1) {
		return errors.New("it is no proof of this event at this checkpoint")
	}
	var path []tlog.Hash
	for _, line := range lines[2:] {
		h, err := hashOf(line)
		if err != nil {
			return err
		}
		path = append(path, tlog.Hash(h))
	}
	return v.inHistory(path, seq, leaf)
}

func (v *verifier) inHistory(path []tlog.Hash, seq int64, leaf tlog.Hash) error {
	if seq < 1 || seq > v.checkpoint.Size {
		return errors.New("the checkpoint does not cover it")
	}
	return tlog.CheckRecord(path, v.checkpoint.Size, tlog.Hash(v.checkpoint.Root), seq-1, leaf)
}

// claims walks the claims with their proofs and the texts that they quote.
func (v *verifier) claims(claims *unpacked) {
	proofs, err := unpack(v.files[ProofsFile])
	if err != nil {
		v.add(ProofsFile, "%v", err)
		return
	}
	texts, err := unpack(v.files[TextsFile])
	if err != nil {
		v.add(TextsFile, "%v", err)
		return
	}
	h := sha256.New()
	n := int64(0)
	for more := true; ; n++ {
		line, err := claims.line()
		if err != nil {
			v.add(ClaimsFile, "after %d claims it ends: %v", n, err)
			return
		}
		if string(line) == "]}" && (!more || n == 0) {
			break
		}
		object, comma := strings.CutSuffix(string(line), ",")
		if !more || n >= v.manifest.Claims {
			v.add(ClaimsFile, "it goes on after its last claim")
			return
		}
		more = comma
		_, _ = io.WriteString(h, object+"\n") // a hash takes everything
		if !v.claim(n, []byte(object), proofs, texts) {
			return
		}
	}
	v.sum = h.Sum(nil)
	for _, u := range []*unpacked{claims, proofs, texts} {
		if err := u.end(); err != nil {
			v.add(u.file.Name, "behind claim %d: %v", n, err)
		}
		v.measured = append(v.measured, u.manifest())
	}
	if n != v.manifest.Claims {
		v.add(ClaimsFile, "it has %d claims, and %d were frozen", n, v.manifest.Claims)
	}
	if want := strings.TrimPrefix(v.head["sha256"], "s"); v.Partly == 0 && hex.EncodeToString(v.sum) != want {
		v.add(ClaimsFile, "the claims are not written as they were frozen: their SHA-256 is another")
	}
}

// compareManifest compares what the manifest says of the files with what they are.
func (v *verifier) compareManifest() {
	if len(v.manifest.Files) != len(Files)-1 {
		v.add(ManifestFile, "it names %d files of %d", len(v.manifest.Files), len(Files)-1)
		return
	}
	for i, said := range v.manifest.Files {
		at := slices.IndexFunc(v.measured, func(m ManifestLine) bool { return m.Name == said.Name })
		switch {
		case said.Name != Files[i]:
			v.add(ManifestFile, "its file %d is %q, and not %s", i+1, said.Name, Files[i])
		case at >= 0 && v.measured[at] != said:
			v.add(said.Name, "it has %d bytes and SHA-256 %s, and by %s %d and %s", v.measured[at].Bytes,
				v.measured[at].SHA256, ManifestFile, said.Bytes, said.SHA256)
		}
	}
}

// report compares the report with the one that this program makes of the JSON.
func (v *verifier) report() {
	u, err := unpack(v.files[ReportFile])
	if err == nil {
		if _, err = io.Copy(io.Discard, u.ends); err == nil {
			err = u.end()
		}
	}
	if err != nil {
		v.add(ReportFile, "it cannot be unpacked: %v", err)
		return
	}
	found := u.manifest()
	v.measured = append(v.measured, found)
	if v.o.Report == nil || v.o.ReportForm != v.manifest.Form {
		v.NoReport = "it was made by another version of Claimbench, and only that can make it anew"
		return
	}
	if !v.OK() {
		return // of claims that are changed no report is worth making
	}
	claims, err := unpack(v.files[ClaimsFile])
	if err != nil {
		v.add(ClaimsFile, "%v", err)
		return
	}
	made := sha256.New()
	if err := v.o.Report(claims.ends, v.manifest.Claims, v.manifest.Lang, made); err != nil {
		v.add(ReportFile, "no report in %q can be made of %s: %v", v.manifest.Lang, ClaimsFile, err)
		return
	}
	if hex.EncodeToString(made.Sum(nil)) != found.SHA256 {
		v.add(ReportFile, "it is not what is made of %s: one of the two was changed", ClaimsFile)
	}
}
