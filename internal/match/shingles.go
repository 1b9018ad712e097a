package match

import (
	"math/bits"
	"slices"

	"claimbench/internal/text"
)

// Near-copies are found by MinHash (Broder 1997) over shingles of three folded terms, with banded locality-sensitive
// hashing, so that only articles which agree in a whole band are compared.
const (
	shingleTerms = 3
	hashes       = 64 // of a signature
	// 16 bands of 4: pairs with a Jaccard similarity of 0.5 meet with a chance of 64 %, of 0.7 with 99 %
	bandRows = 4
)

type signature [hashes]uint64

// shingles gives the hashes of every run of three folded terms, sorted, each once. A shorter text is one shingle.
func shingles(s string) []uint64 {
	terms := text.Terms(s)
	if len(terms) == 0 {
		return nil
	}
	ids := make([]uint64, len(terms))
	for i, t := range terms {
		ids[i] = hashString(t)
	}
	n := min(shingleTerms, len(ids))
	out := make([]uint64, 0, len(ids)-n+1)
	for i := 0; i+n <= len(ids); i++ {
		h := uint64(14695981039346656037)
		for _, id := range ids[i : i+n] {
			h = mix(h ^ id)
		}
		out = append(out, h)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// hashString is FNV-1a.
func hashString(s string) uint64 {
	h := uint64(14695981039346656037)
	for i := 0; i < len(s); i++ {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return h
}

// mix is the finaliser of SplitMix64.
func mix(x uint64) uint64 {
	x += 0x9E3779B97F4A7C15
	x = (x ^ x>>30) * 0xBF58476D1CE4E5B9
	x = (x ^ x>>27) * 0x94D049BB133111EB
	return x ^ x>>31
}

// sign gives the least hash of the shingles under each of the hash functions.
func sign(sh []uint64) signature {
	var sig signature
	for i := range sig {
		sig[i] = ^uint64(0)
	}
	for _, s := range sh {
		for i := range sig {
			// a different odd multiplier and rotation make a different function of one good hash
			if h := bits.RotateLeft64(s*(2*uint64(i)+0x9E3779B97F4A7C15), i); h < sig[i] {
				sig[i] = h
			}
		}
	}
	return sig
}

// bands gives one key for each band of a signature.
func bands(sig *signature) []uint64 {
	out := make([]uint64, 0, hashes/bandRows)
	for b := 0; b < hashes; b += bandRows {
		h := uint64(b)
		for _, v := range sig[b : b+bandRows] {
			h = mix(h ^ v)
		}
		out = append(out, h)
	}
	return out
}

// jaccard is the share of two sorted sets that they have in common.
func jaccard(a, b []uint64) float64 {
	both := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] < b[j]:
			i++
		case a[i] > b[j]:
			j++
		default:
			both, i, j = both+1, i+1, j+1
		}
	}
	if len(a)+len(b) == both {
		return 0
	}
	return float64(both) / float64(len(a)+len(b)-both)
}

// sketched estimates the share that two sets have in common from the k least hashes of each.
func sketched(a, b []uint64, k int) float64 {
	both, all := 0, 0
	for i, j := 0, 0; (i < len(a) || j < len(b)) && all < k; all++ {
		switch {
		case j == len(b) || i < len(a) && a[i] < b[j]:
			i++
		case i == len(a) || a[i] > b[j]:
			j++
		default:
			both, i, j = both+1, i+1, j+1
		}
	}
	if all == 0 {
		return 0
	}
	return float64(both) / float64(all)
}
