package publish

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"encoding/json"
	"html/template"
	"slices"
	"strings"

	"claimbench/internal/claims"
	"claimbench/internal/claimset"
	"claimbench/internal/fault"
	"claimbench/internal/proof"
)

// checkScript is the only script of a report: its own check.
//
//go:embed check.js
var checkScript string

// checkPolicy is the content policy that a report carries in itself: it loads nothing, and runs its own check alone.
var checkPolicy = func() string {
	h := sha256.Sum256([]byte(checkScript))
	return "default-src 'none'; style-src 'unsafe-inline'; font-src data:; script-src 'sha256-" +
		base64.StdEncoding.EncodeToString(h[:]) + "'; base-uri 'none'; form-action 'none'"
}()

// places says where a page prints what was frozen, so that the script of the page finds it. Without on, as in a part of
// another page, it says nothing.
type places struct {
	on bool
	at map[string]bool // the paths of texts that are printed: true as paragraphs
}

func newPlaces(on bool) *places { return &places{on: on, at: map[string]bool{}} }

func (p *places) attr(name, value string) template.HTMLAttr {
	if !p.on {
		return ""
	}
	return template.HTMLAttr(name + `="` + template.HTMLEscapeString(value) + `"`)
}

// At marks an element that prints the text at a path as it is, and nothing else.
func (p *places) At(path string) template.HTMLAttr {
	p.at[path] = false
	return p.attr("data-f", path)
}

// Lines marks an element whose children are the paragraphs of the text at a path.
func (p *places) Lines(path string) template.HTMLAttr {
	p.at[path] = true
	return p.attr("data-l", path)
}

// Rendered marks an element that holds the Markdown at a path as a page has it.
func (p *places) Rendered(path string) template.HTMLAttr { return p.attr("data-m", path) }

// X marks an element that says something in words of the report that follow from what was frozen; of is the path of the
// object that it speaks of, with "/" behind.
func (p *places) X(kind, of string) template.HTMLAttr {
	a := p.attr("data-x", kind)
	if of != "" && a != "" {
		a += " " + p.attr("data-of", of)
	}
	return a
}

// K marks an element that holds words of the report and nothing else.
func (p *places) K(key string) template.HTMLAttr { return p.attr("data-k", key) }

// Free marks an element that says what was not frozen, so that this file does not prove it.
func (p *places) Free(what string) template.HTMLAttr { return p.attr("data-free", what) }

// asItIs says whether a page prints a text so that its letters can be read from the page again.
func (p *places) asItIs(path, text string) bool {
	paragraphs, there := p.at[path]
	if !there && path == "quotation/exact" { // of a claim with several stretches it is the first of them
		_, there = p.at["stretches/0/exact"]
	}
	return there && !strings.ContainsAny(text, "\r\x00") &&
		(!paragraphs || strings.Join(lines(text), "\n") == text)
}

// proved gives what a report carries of a claim, as the content of a script element; "" where nothing proves the set.
func (p *Print) proved(k claimset.Kept, id claims.ID, at *places) (template.JS, error) {
	if p.seal == nil {
		return "", nil
	}
	secret, err := claimset.SecretOf(p.Set, id)
	if err != nil {
		return "", err
	}
	out, err := k.JSON()
	if err != nil {
		return "", err
	}
	var in proof.InReport
	if bytes.Equal(out, k.Frozen()) {
		in, err = proof.ForReport(out, secret, at.asItIs)
	} else { // words are withheld: the others cannot be opened without a proof of each, which a bundle has
		var printed []proof.Printed
		if printed, err = proof.Flatten(k.Frozen()); err == nil {
			var leaf proof.Hash
			leaf, err = proof.ClaimHash(printed, secret)
			in.Leaf = proof.B64(leaf[:])
		}
	}
	if err != nil {
		return "", err
	}
	return template.JS(in.AppendJSON(nil)), nil
}

// reportProof is what a report carries of its set.
type reportProof struct {
	Head      head              `json:"head"`
	Freeze    proof.FreezeProof `json:"freeze"`
	Inclusion []string          `json:"inclusion"`
	Key       string            `json:"key,omitempty"`
	Words     map[string]string `json:"words"`
}

// proof gives what proves the set, as the content of a script element; "" where nothing does.
func (p *Print) proof(w wording) (template.JS, error) {
	if p.seal == nil {
		return "", nil
	}
	out := reportProof{Head: headOf(p), Key: p.Key, Words: w.by, Inclusion: []string{}}
	e, err := freezeOf(p)
	if err != nil {
		return "", err
	}
	out.Freeze = proof.FreezeProof{Root: p.Set.Root, Event: e}
	for _, h := range p.seal.freeze.Hashes {
		out.Inclusion = append(out.Inclusion, proof.B64(h[:]))
	}
	b, err := json.Marshal(out) // which escapes what would end the script element
	return template.JS(b), err
}

// sealReport finds what proves a set, for its report. One that cannot be proved, yet or ever, has a report without.
func (p *Print) sealReport(open func() (*seal, error)) (err error) {
	p.seal, err = open()
	if slices.Contains([]fault.Kind{fault.Conflict, fault.Unavailable}, fault.KindOf(err)) {
		p.seal, err = nil, nil
	}
	if p.seal != nil {
		p.Checkpoint = p.seal.checkpoint.Note
	}
	return err
}
