package proof

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
)

// methodVersion opens what the hash of a method is made of.
const methodVersion = "claimbench method 1\n"

// MethodHashAt is the member of a printed method that has its hash.
const MethodHashAt = "sha256"

// MethodHash is the hash of a method as it is printed, in hex: the SHA-256 of "claimbench method 1" LF and, for each of
// its printed fields in their order but for the hash itself, the path, a space, the SHA-256 of the value (Flatten) in
// hex, and LF.
func MethodHash(printed []Printed) string {
	h := sha256.New()
	_, _ = h.Write([]byte(methodVersion)) // a hash takes everything
	for _, p := range printed {
		if p.Path == MethodHashAt {
			continue
		}
		value := sha256.Sum256([]byte(p.Value))
		_, _ = h.Write([]byte(p.Path + " " + hex.EncodeToString(value[:]) + "\n"))
	}
	return hex.EncodeToString(h.Sum(nil))
}

// methodPrefix stands before the paths of the method in the head of a set.
const methodPrefix = "method/"

// methodOf gives what the head of a set prints of its method, by the paths within it.
func methodOf(head []Printed) (out []Printed) {
	for _, p := range head {
		if path, is := strings.CutPrefix(p.Path, methodPrefix); is {
			out = append(out, Printed{path, p.Value})
		}
	}
	return out
}

// method proves what is printed of the method by its hash, which the event of the freeze holds. It gives the paths of
// the head that are proved so.
func (v *verifier) method(proved map[string]bool) map[string]bool {
	printed := methodOf(v.headOrder)
	place := ClaimsFile + ": claim_set: method"
	if names := v.freeze.Event.After.names("method"); names != (len(printed) > 0) {
		v.add(place, "the event of the freeze names a method: %v; one is printed: %v", names, len(printed) > 0)
		return nil
	}
	if (v.manifest.Format == BundleWithMethod) != (len(printed) > 0) {
		v.add(ManifestFile, "its format is %q, and a method is printed: %v", v.manifest.Format, len(printed) > 0)
	}
	if len(printed) == 0 || !proved[methodPrefix+MethodHashAt] {
		return nil
	}
	out := map[string]bool{}
	for _, p := range printed {
		out[methodPrefix+p.Path] = true
	}
	switch {
	case marked(v.head[methodPrefix+"words"]):
		if v.head[methodPrefix+"lang"] != "s" || v.head[methodPrefix+"scale"] != "[" || len(printed) != 5 {
			v.add(place, "something of it is printed beside words of it that are withheld")
			return nil
		}
		v.unproved(place, "its words are withheld, and so it is not proved")
	case "s"+MethodHash(printed) != v.head[methodPrefix+MethodHashAt]:
		v.add(place, "it is not the method whose hash the event of the freeze holds")
	}
	return out
}

// names says whether a group has a field, opened or not.
func (g *GroupProof) names(field string) bool {
	if g == nil {
		return false
	}
	_, opened := g.Salts[field]
	_, hashed := g.Hashes[field]
	return opened || hashed
}
