package proof

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// ReportSet is what a report carries of its set.
type ReportSet struct {
	Head      []byte // claim_set of the JSON
	Freeze    FreezeProof
	Inclusion []string // base64
	Handovers []string
	Key       string // that the report names; "" none
	Claims    int64  // how many there are in the report
	// Old: the report is of a program that carried nothing but its leaf of a claim of which words are withheld
	Old bool
}

// ReportClaim is what a report carries of a claim, with the texts that were read from the page.
type ReportClaim struct {
	Claim  int64
	Object []byte   // its JSON
	Texts  []string // the paths of the texts that were read from the page, in their order
	Leaf, Secret,
	Sums string
	Fields []FieldProof
}

// ReportCheck checks what a report carries, claim by claim. What the page shows is for its caller to compare.
type ReportCheck struct {
	v    verifier
	set  ReportSet
	open bool // what is said of the set can be read
	tree Tree
}

// CheckReport begins with the set.
func CheckReport(o Options, set ReportSet) *ReportCheck {
	c := &ReportCheck{v: verifier{o: o, Result: Result{Given: -1, Report: true}}, set: set}
	c.v.freeze = set.Freeze
	c.v.manifest = Manifest{Format: BundleFormat, Claims: set.Claims, Handovers: set.Handovers}
	c.open = c.begin()
	return c
}

func (c *ReportCheck) begin() bool {
	v := &c.v
	head, err := Flatten(c.set.Head)
	if err != nil {
		v.add("the set", "what is said of it cannot be read: %v", err)
		return false
	}
	by := Values(head)
	set, err1 := strconv.ParseInt(strings.TrimPrefix(by["set"], "n"), 10, 64)
	n, err2 := strconv.Atoi(strings.TrimPrefix(by["version"], "n"))
	if err := errors.Join(err1, err2); err != nil {
		v.add("the set", "it has no number: %v", err)
		return false
	}
	v.manifest.Set, v.manifest.N = set, n
	if _, bound := by[methodPrefix+MethodHashAt]; bound {
		v.manifest.Format = BundleWithMethod
	}
	if !v.signature([]byte(strings.TrimPrefix(by["checkpoint"], "s"))) {
		return false
	}
	c.key()
	if err := v.readSet(c.set.Head); err != nil {
		v.add("the set", "%v", err)
		return false
	}
	return v.frozen(c.included)
}

// key compares the key that a report names, with which people would verify it, with those given.
func (c *ReportCheck) key() {
	if c.set.Key == "" || len(c.v.o.Keys) == 0 {
		return
	}
	named, err := note.NewVerifier(c.set.Key)
	if err == nil {
		for _, k := range c.v.o.Keys {
			if k.Name() == named.Name() && k.KeyHash() == named.KeyHash() {
				return
			}
		}
	}
	c.Add("outside the claims: the key", "the report names another key than the one given: %q", c.set.Key)
}

// included proves where the event of the freeze stands in the history.
func (c *ReportCheck) included(seq int64, leaf tlog.Hash) {
	var path []tlog.Hash
	for _, step := range c.set.Inclusion {
		h, err := hashOf(step)
		if err != nil {
			c.Add("its proof", "the path of the freeze: %v", err)
			return
		}
		path = append(path, tlog.Hash(h))
	}
	if err := c.v.inHistory(path, seq, leaf); err != nil {
		c.Add("the set", "its freeze is not proved to be in the history (%v): what is said of the set, how many "+
			"claims there are, the checkpoint, or its proof was changed", err)
	}
}

// Add says that something is not as it was made.
func (c *ReportCheck) Add(place, format string, a ...any) { c.v.add(place, format, a...) }

// Note says that something is not proved.
func (c *ReportCheck) Note(place, format string, a ...any) { c.v.note(place, format, a...) }

// Claim checks the next claim.
func (c *ReportCheck) Claim(in ReportClaim) {
	place := fmt.Sprintf("claim %d", in.Claim)
	c.v.Printed = append(c.v.Printed, in.Claim)
	declared, err := hashOf(in.Leaf)
	c.tree.Add(declared) // an unreadable one is named here, and makes another root
	if err != nil {
		c.Add(place, "its leaf: %v", err)
		return
	}
	if c.set.Old && in.Secret == "" && len(in.Fields) == 0 {
		c.v.Partly++
		c.Note(place, "words of it are withheld, and so it is not proved")
		return
	}
	printed, err := Flatten(in.Object)
	if err != nil {
		c.Add(place, "its data: %v", err)
		return
	}
	by := Values(printed)
	leaf, withheld, err := ClaimProof{Secret: in.Secret, Fields: in.Fields}.leaf(printed, by)
	switch {
	case err != nil:
		c.Add(place, "%v", err)
	case leaf != tlog.Hash(declared):
		c.changed(place, in, printed)
	case len(withheld) > 0:
		c.v.Partly++
		c.Note(place, "withheld, and so not proved: %s", strings.Join(withheld, ", "))
	default:
		c.v.Proved++
	}
}

// changed names the texts of a claim that are not those that were frozen.
func (c *ReportCheck) changed(place string, in ReportClaim, printed []Printed) {
	found := c.v.Found
	sums, err := bytesOf(in.Sums, sumSize*len(in.Texts))
	secret, err2 := bytesOf(in.Secret, SaltSize)
	salts, err3 := NewSalter(secret)
	if errors.Join(err, err2, err3) == nil {
		at := 0
		for _, p := range printed {
			salt := salts.Next()
			if at == len(in.Texts) || p.Path != in.Texts[at] {
				continue
			}
			h, _ := Field(nil, salt, p.Value)
			if !bytes.Equal(h[:sumSize], sums[sumSize*at:sumSize*(at+1)]) {
				c.Add(place+": "+p.Path, "it is not what was frozen")
			}
			at++
		}
	}
	if c.v.Found == found {
		c.Add(place, "a field of it, or its proof, is not what was frozen")
	}
}

// End compares the list of claims with what was frozen, and gives what was found. noPage says why what the page shows
// was not compared, "" it was.
func (c *ReportCheck) End(noPage string) Result {
	r := &c.v.Result
	r.NoReport = noPage
	if c.open && c.tree.Len() > 0 {
		if root := c.tree.Root(); root != c.v.root {
			c.Add("the list of claims", "one is missing, added, changed, or in another place")
		}
	}
	for _, all := range [][]Finding{r.Findings, r.Notes} {
		for i, f := range all {
			all[i].Place = inReport(f.Place)
		}
	}
	return *r
}

// inReport names a place of a bundle as it is in a report.
func inReport(place string) string {
	if of, is := strings.CutPrefix(place, ClaimsFile+": claim_set: "); is {
		return "the set: " + of
	}
	for _, file := range []string{FreezeFile, CheckpointFile, ManifestFile} {
		if rest, is := strings.CutPrefix(place, file); is {
			return "its proof: " + strings.TrimSuffix(file, ".json") + rest
		}
	}
	return place
}

// HashOf reads a hash in base64.
func HashOf(s string) (Hash, error) { return hashOf(s) }

// SecretOf reads a secret in base64.
func SecretOf(s string) ([]byte, error) { return bytesOf(s, SaltSize) }
