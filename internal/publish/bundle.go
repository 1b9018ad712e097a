package publish

import (
	"archive/zip"
	"bufio"
	"compress/flate"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"

	"claimbench/internal/claims"
	"claimbench/internal/claimset"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/methods"
	"claimbench/internal/proof"
)

// sealedAtOnce is how many claims are proved by one look at the history.
const sealedAtOnce = 256

// bundle writes the files of a bundle one after the other, and remembers what they are.
type bundle struct {
	*Print
	z        *zip.Writer
	manifest proof.Manifest
}

// writeBundle writes a zip of what the set prints and what proves it (docs/claimset.md, The bundle). It opens nothing
// that the JSON in it does not print. A print that was not made from the database has nothing to be proved by.
func writeBundle(w *bufio.Writer, p *Print, o Options) error {
	if p.seal == nil {
		return fault.New(fault.Internal, "set %d was not opened as a bundle, so that nothing proves it", p.Set.ID)
	}
	print := &Print{Set: p.Set, Size: p.Size, Checkpoint: p.seal.checkpoint.Note, Each: p.Each, seal: p.seal,
		Method: p.Method}
	if err := print.mark(); err != nil {
		return err
	}
	b := &bundle{Print: print, z: zip.NewWriter(w), manifest: proof.Manifest{Format: formOf(print),
		Set: int64(p.Set.ID), N: p.Set.N, Claims: int64(p.Size), Lang: o.Lang, Form: ReportForm(),
		Handovers: p.seal.handovers}}
	b.z.RegisterCompressor(zip.Deflate, func(out io.Writer) (io.WriteCloser, error) {
		return flate.NewWriter(out, flate.DefaultCompression)
	})
	for _, f := range []struct {
		name  string
		write func(w *bufio.Writer) error
	}{
		{proof.ClaimsFile, func(w *bufio.Writer) error { return writeJSON(w, print, Options{}) }},
		{proof.ReportFile, func(w *bufio.Writer) error { return writeBareReport(w, print, Options{Lang: o.Lang}) }},
		{proof.CheckpointFile, func(w *bufio.Writer) error { return said(w, print.Checkpoint) }},
		{proof.InclusionFile, b.inclusion},
		{proof.FreezeFile, b.freeze},
		{proof.ProofsFile, b.proofs},
		{proof.TextsFile, b.texts},
		{proof.ManifestFile, func(w *bufio.Writer) error { return jsonLine(w, b.manifest) }},
	} {
		if err := b.file(f.name, f.write); err != nil {
			return fmt.Errorf("%s: %w", f.name, err)
		}
	}
	return b.z.Close()
}

// mark leaves of a print what its seal can prove: as the freeze left it (what became of the set since is not proved),
// with marks for whole texts of which words are withheld.
func (p *Print) mark() error {
	p.Set.State = claimset.Frozen
	p.Each, p.Method = marked(p.Each), markedMethod(p.Method)
	return markTexts(p)
}

// marked shows claims as a bundle has them.
func marked(each func(func(claimset.Kept) error) error) func(func(claimset.Kept) error) error {
	return func(do func(claimset.Kept) error) error {
		return each(func(f claimset.Kept) error {
			f, err := f.Marked()
			if err != nil {
				return err
			}
			return do(f)
		})
	}
}

// markTexts puts a mark in the place of each text of the set that the event of the freeze cannot prove: of which words
// are withheld, or which was erased from the history.
func markTexts(p *Print) error {
	e, err := freezeOf(p)
	if err != nil {
		return err
	}
	for name, text := range map[string]*string{"title": &p.Set.Title, "publisher": &p.Set.Publisher,
		"note": &p.Set.Note, "address": &p.Set.Address} {
		switch {
		case e.Texts != nil && e.Texts.Salts[name] != "":
		case strings.Contains(*text, claims.GoneWords):
			*text = proof.TakenDown
		default:
			*text = proof.Erased
		}
	}
	return nil
}

// markedMethod puts a mark, and nothing else, in the place of a method of which words are withheld: its hash is of all
// of it, so that what is left could not be proved.
func markedMethod(m *methods.Printed) *methods.Printed {
	if m == nil {
		return nil
	}
	if m.Words == proof.Erased || len(m.Scale) == 0 { // which no version is set with
		return &methods.Printed{N: m.N, Words: proof.Erased, Scale: methods.Scale{}, SHA256: m.SHA256}
	}
	whole := m.Words
	for _, step := range m.Scale {
		whole += step.Means
	}
	if !strings.Contains(whole, claims.GoneWords) {
		return m
	}
	return &methods.Printed{N: m.N, Words: proof.TakenDown, Scale: methods.Scale{}, SHA256: m.SHA256}
}

// formOf is the form of the bundle of a set: that of before where no method is bound to it.
func formOf(p *Print) string {
	if p.Method != nil {
		return proof.BundleWithMethod
	}
	return proof.BundleFormat
}

// file writes one file, and its line of the manifest.
func (b *bundle) file(name string, write func(w *bufio.Writer) error) error {
	f, err := b.z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate})
	if err != nil {
		return err
	}
	m := &sums{w: f, h: sha256.New()}
	out := bufio.NewWriterSize(m, bufferSize)
	if err := write(out); err != nil {
		return err
	}
	if err := out.Flush(); err != nil {
		return err
	}
	b.manifest.Files = append(b.manifest.Files, proof.ManifestLine{Name: name, Bytes: m.n,
		SHA256: hex.EncodeToString(m.h.Sum(nil))})
	return nil
}

func said(w *bufio.Writer, s string) error {
	_, err := w.WriteString(s)
	return err
}

func jsonLine(w *bufio.Writer, v any) error {
	line, err := json.Marshal(v)
	if err == nil {
		_, err = w.Write(append(line, '\n'))
	}
	return err
}

func (b *bundle) inclusion(w *bufio.Writer) error {
	s := b.seal
	return said(w, history.Proof{Seq: s.freeze.Seq, Hashes: s.freeze.Hashes, Checkpoint: s.checkpoint}.Text())
}

func (b *bundle) freeze(w *bufio.Writer) error {
	e, err := freezeOf(b.Print)
	if err != nil {
		return err
	}
	return jsonLine(w, proof.FreezeProof{Root: b.Set.Root, Event: e})
}

// freezeOf opens what a print says of its set.
func freezeOf(p *Print) (e proof.OpenedEvent, err error) {
	h, err := json.Marshal(headOf(p))
	if err != nil {
		return e, err
	}
	printed, err := proof.Flatten(h)
	if err != nil {
		return e, err
	}
	by := proof.Values(printed)
	by["root"], by["claims"] = "s"+p.Set.Root, "n"+strconv.Itoa(p.Size)
	return p.seal.freeze.Open(proof.FreezeFields, by)
}

// proofs writes a line a claim.
func (b *bundle) proofs(w *bufio.Writer) error {
	rooted, err := claimset.RootOf(b.seal.r, b.Set)
	if err != nil {
		return err
	}
	n := int64(0)
	return claimset.Pages(b.seal.r, b.Set, sealedAtOnce, func(kept []claimset.Kept) error {
		page := make([]sealedClaim, len(kept))
		for i, f := range kept {
			if page[i], err = sealed(f); err != nil {
				return err
			}
		}
		decisions, err := b.seal.decisions(page)
		if err != nil {
			return err
		}
		for _, c := range page {
			p, err := b.proofOf(rooted, n, c)
			if err != nil {
				return err
			}
			if err := b.decided(&p, c, decisions); err != nil {
				return err
			}
			if err := jsonLine(w, p); err != nil {
				return err
			}
			n++
		}
		return nil
	})
}

// sealed reads a claim for its proofs.
func sealed(f claimset.Kept) (c sealedClaim, err error) {
	if f, err = f.Marked(); err != nil {
		return c, err
	}
	out, err := f.JSON()
	if err != nil {
		return c, err
	}
	if c.printed, err = proof.Flatten(out); err != nil {
		return c, err
	}
	if c.frozen, err = proof.Flatten(f.Frozen()); err != nil {
		return c, err
	}
	by := proof.Values(c.frozen)
	id, err := number(by["claim"])
	if err != nil {
		return c, err
	}
	round, err := number(by["round"])
	c.id, c.round = claims.ID(id), int(round)
	return c, err
}

func number(printed string) (int64, error) {
	v, _ := proof.AsNumber.Value(printed)
	return strconv.ParseInt(v, 10, 64)
}

// proofOf proves that a claim is in the set's tree. A field that goes out otherwise than it was frozen is not opened.
func (b *bundle) proofOf(t claimset.Rooted, n int64, c sealedClaim) (proof.ClaimProof, error) {
	p := proof.ClaimProof{Claim: int64(c.id), Index: n}
	path, err := t.Tree.Path(n)
	if err != nil {
		return p, err
	}
	p.Path = proof.B64Hashes(path)
	secret, err := t.Secret(c.id)
	if err != nil {
		return p, err
	}
	if same(c.printed, c.frozen) {
		p.Secret = proof.B64(secret)
		return p, nil
	}
	_, p.Fields, err = proof.OpenFields(c.frozen, secret, proof.Values(c.printed))
	return p, err
}

func same(a, b []proof.Printed) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// decided adds the proof of the event that approved a claim's decision, or why there is none.
func (b *bundle) decided(p *proof.ClaimProof, c sealedClaim, all map[claims.ID]history.Sealed) error {
	e, there := all[c.id]
	switch {
	case !there:
		p.Unproved = proof.LateEvent
		return nil
	case !e.Openable():
		p.Unproved = proof.OldEvent
		return nil
	}
	opened, err := e.Open(proof.DecisionFields, proof.Values(c.printed))
	p.Decision = &proof.DecisionProof{Event: opened, Inclusion: proof.B64Hashes(e.Hashes)}
	return err
}

// texts writes a line for each text that is quoted.
func (b *bundle) texts(w *bufio.Writer) error {
	return b.Each(func(f claimset.Kept) error {
		c, err := sealed(f)
		if err != nil {
			return err
		}
		for _, q := range proof.Quoted(int64(c.id), c.printed) {
			if err := jsonLine(w, q); err != nil {
				return err
			}
		}
		return nil
	})
}
