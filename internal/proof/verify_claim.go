package proof

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/tlog"
)

// claim checks one claim, with the next line of the proofs and its lines of the texts; false: the rest cannot be read.
func (v *verifier) claim(n int64, object []byte, proofs, texts *unpacked) bool {
	place := fmt.Sprintf("%s: claim %d of the list", ClaimsFile, n+1)
	printed, err := Flatten(object)
	if err != nil {
		v.add(place, "%v", err)
		return false
	}
	by := Values(printed)
	number, is := strings.CutPrefix(by["claim"], "n")
	id, err := strconv.ParseInt(number, 10, 64)
	if !is || err != nil {
		v.add(place, "it has no number")
		return false
	}
	place = fmt.Sprintf("%s: claim %d", ProofsFile, id)
	line, err := proofs.line()
	if err != nil {
		v.add(place, "it has no line: %v", err)
		return false
	}
	var p ClaimProof
	if err := DecodeStrictly(line, &p); err != nil {
		v.add(place, "its line cannot be read: %v", err)
		return false
	}
	if p.Claim != id {
		v.add(place, "its line is of claim %d", p.Claim)
		return false
	}
	v.Printed = append(v.Printed, id)
	v.inSet(n, p, printed, by)
	v.decided(p, by)
	return v.quotes(id, printed, texts)
}

// inSet proves that a claim is in the set as it is printed.
func (v *verifier) inSet(n int64, p ClaimProof, printed []Printed, by map[string]string) {
	place := fmt.Sprintf("%s: claim %d", ClaimsFile, p.Claim)
	leaf, withheld, err := p.leaf(printed, by)
	if err != nil {
		v.add(place, "%v", err)
		return
	}
	path, err := hashesOf(p.Path)
	if err == nil && (p.Index != n || n >= v.manifest.Claims) {
		err = fmt.Errorf("it is number %d of the list, and was frozen as number %d of %d", n+1, p.Index+1,
			v.manifest.Claims)
	}
	if err == nil {
		err = tlog.CheckRecord(path, v.manifest.Claims, tlog.Hash(v.root), p.Index, leaf)
	}
	if err != nil {
		v.add(place, "it is not proved to be in the set as it is printed here (%v): a field of it, or its line in "+
			"%s, was changed", err, ProofsFile)
		return
	}
	if len(withheld) == 0 {
		v.Proved++
		return
	}
	v.Partly++
	v.unproved(place, "withheld, and so not proved: "+strings.Join(withheld, ", "))
}

// leaf makes the hash of a claim's leaf of what is printed and opened, and names the fields that are withheld.
func (p ClaimProof) leaf(printed []Printed, by map[string]string) (leaf tlog.Hash, withheld []string, err error) {
	if p.Secret != "" {
		if len(p.Fields) > 0 {
			return leaf, nil, errors.New("its proof has both a secret and fields")
		}
		secret, err := bytesOf(p.Secret, SaltSize)
		if err != nil {
			return leaf, nil, err
		}
		h, err := ClaimHash(printed, secret)
		return tlog.Hash(h), nil, err
	}
	return p.opened(printed, by)
}

// opened makes the hash of the leaf of a claim whose fields are opened one by one.
func (p ClaimProof) opened(printed []Printed, by map[string]string) (leaf tlog.Hash, withheld []string, err error) {
	var l claimLeaf
	l.begin()
	opened, w := map[string]bool{}, withholding{by: by, left: map[string]bool{}}
	for _, f := range p.Fields {
		if f.Salt == "" {
			h, err := hashOf(f.Hash)
			if err == nil {
				err = w.add(f.Path)
			}
			if err != nil {
				return leaf, nil, fmt.Errorf("%s: %w", f.Path, err)
			}
			l.add(f.Path, h)
			continue
		}
		value, there := by[f.Path]
		salt, err := bytesOf(f.Salt, SaltSize)
		if err == nil && (!there || f.Hash != "" || opened[f.Path]) {
			err = errors.New("it is opened, and not printed once")
		}
		if err != nil {
			return leaf, nil, fmt.Errorf("%s: %w", f.Path, err)
		}
		opened[f.Path] = true
		l.open(f.Path, value, salt)
	}
	for _, x := range printed {
		if !opened[x.Path] && !w.standsFor(x.Path) {
			return leaf, nil, fmt.Errorf("%s is printed, and not proved", x.Path)
		}
	}
	return tlog.Hash(l.sum()), w.paths, w.whole()
}

// mustOpen are the fields that a decision's event has to open, so that it proves something.
var mustOpen = []string{"claim", "verdict", "reason"}

// decided proves that the decision of a claim was approved by an event of the history.
func (v *verifier) decided(p ClaimProof, by map[string]string) {
	place := fmt.Sprintf("%s: claim %d: decision", ProofsFile, p.Claim)
	d := p.Decision
	switch {
	case d == nil && (p.Unproved == OldEvent || p.Unproved == LateEvent):
		v.unproved(place, p.Unproved)
		return
	case d == nil || p.Unproved != "":
		v.add(place, "it has no proof, and no reason why")
		return
	}
	of := values{known: DecisionFields, printed: by, proved: map[string]bool{}}
	leaf, err := d.Event.leafHash(&of)
	var path []tlog.Hash
	if err == nil {
		path, err = hashesOf(d.Inclusion)
	}
	if err == nil && (d.Event.Action != "decision.approved" || d.Event.Seq >= v.freeze.Event.Seq) {
		err = fmt.Errorf("it is the event %d, %q, and no approval before the freeze", d.Event.Seq, d.Event.Action)
	}
	if err == nil {
		err = v.inHistory(path, d.Event.Seq, leaf)
	}
	for _, path := range mustOpen {
		if err == nil && !of.proved[path] {
			err = fmt.Errorf("its event does not tell the %s", path)
		}
	}
	if err != nil {
		v.add(place, "it is not proved to be in the history as it is printed (%v)", err)
		return
	}
	v.Decisions++
	if who := by["decision/approver"]; who != "" && who != "s" && !of.proved["decision/approver"] {
		v.Unnamed++
	}
}

// quotes compares the lines of the texts with what the claim quotes.
func (v *verifier) quotes(id int64, printed []Printed, texts *unpacked) bool {
	for _, q := range Quoted(id, printed) {
		want, err := json.Marshal(q)
		if err != nil {
			v.add(TextsFile, "%v", err)
			return false
		}
		line, err := texts.line()
		if err != nil || string(line) != string(want) {
			v.add(fmt.Sprintf("%s: claim %d: %s", TextsFile, id, q.Of), "its line is not that of the words in %s",
				ClaimsFile)
			return err == nil
		}
	}
	return true
}
