package publish

import (
	"bytes"
	"html/template"
	"slices"
	"strings"
	"time"

	"claimbench/internal/claims"
	"claimbench/internal/claimset"
	"claimbench/internal/fault"
	"claimbench/internal/proof"
)

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

// carrying gives what a report carries of a claim, of which out goes out, when the page has printed all else of it.
type carrying func(k claimset.Kept, id claims.ID, at *places) (proof.InReport, error)

// proved is what a report carries of a claim of a set that the database proves.
func (p *Print) proved(k claimset.Kept, id claims.ID, at *places) (in proof.InReport, err error) {
	secret, err := claimset.SecretOf(p.Set, id)
	if err != nil {
		return in, err
	}
	out, err := k.JSON()
	if err != nil {
		return in, err
	}
	if bytes.Equal(out, k.Frozen()) {
		return proof.ForReport(out, secret, at.asItIs)
	}
	frozen, err := proof.Flatten(k.Frozen())
	if err != nil {
		return in, err
	}
	printed, err := proof.Flatten(out)
	if err != nil {
		return in, err
	}
	leaf, fields, err := proof.OpenFields(frozen, secret, proof.Values(printed))
	if err != nil {
		return in, err
	}
	return proof.ForReportWithout(out, leaf, fields, at.asItIs)
}

// ruling is what an earlier version of the set printed of a claim, as a report carries it.
type ruling struct {
	Verdict claims.Verdict `json:"verdict"`
	Reason  claims.Reason  `json:"reason"`
}

// edition is another version of the set, as a report carries it.
type edition struct {
	N   int    `json:"version"`
	Day string `json:"day"` // of its freeze, in UTC: 2026-02-03
}

func editionOf(s claimset.Set) edition {
	e := edition{N: s.N}
	if s.FrozenAt != nil {
		e.Day = s.FrozenAt.Time().UTC().Format(time.DateOnly)
	}
	return e
}

// reportProof is what a report carries of its set.
type reportProof struct {
	Form      string            `json:"form"` // SealedForm of the program that made it
	Lang      string            `json:"lang"`
	Head      head              `json:"head"`
	Freeze    proof.FreezeProof `json:"freeze"`
	Inclusion []string          `json:"inclusion"`
	Handovers []string          `json:"handovers,omitempty"`
	Key       string            `json:"key,omitempty"`
	// what it says of other versions of the set, which nothing here proves
	Older   []edition   `json:"older,omitempty"`
	By      *edition    `json:"by,omitempty"`
	Dropped []claims.ID `json:"dropped,omitempty"`
	// how many of its signs are in none of its fonts
	Other int               `json:"other_signs,omitempty"`
	Words map[string]string `json:"words"`
}

// carries gives what a report carries of its set.
func (p *Print) carries(w wording) (reportProof, error) {
	out := reportProof{Lang: w.Lang, Head: headOf(p), Key: p.Key, Words: w.by, Inclusion: []string{},
		Handovers: p.seal.handovers}
	e, err := freezeOf(p)
	if err != nil {
		return out, err
	}
	out.Freeze = proof.FreezeProof{Root: p.Set.Root, Event: e}
	for _, h := range p.seal.freeze.Hashes {
		out.Inclusion = append(out.Inclusion, proof.B64(h[:]))
	}
	for _, s := range p.Older {
		out.Older = append(out.Older, editionOf(s))
	}
	if p.By != nil {
		by := editionOf(*p.By)
		out.By = &by
	}
	return out, nil
}

// sealReport finds what proves a set, for its report. One that cannot be proved, yet or ever, has a report without.
func (p *Print) sealReport(open func() (*seal, error)) (err error) {
	p.seal, err = open()
	if slices.Contains([]fault.Kind{fault.Conflict, fault.Unavailable}, fault.KindOf(err)) {
		p.seal, err = nil, nil
	}
	if p.seal == nil {
		return err
	}
	p.Checkpoint = p.seal.checkpoint.Note
	return p.mark()
}
