package proof

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/tlog"
)

const wantSalt = "01b04c381a66e4e94590d25fb0335aec"

func TestFlatten(t *testing.T) {
	got, err := Flatten([]byte(`{"claim":7,"statement":"a \"b\" \u06f9","glosses":[],"around":{},` +
		`"evidence":[{"x":null,"y":[true,false]},{"x":-1.5e3}]}`))
	want := `[{claim n7} {statement sa "b" ۹} {glosses [} {around {} {evidence/0/x z} {evidence/0/y/0 t} ` +
		`{evidence/0/y/1 f} {evidence/1/x n-1.5e3}]`
	if err != nil || fmt.Sprint(got) != want {
		t.Errorf("Flatten = %v, %v\nwant %s", got, err, want)
	}
	sameLeaf(t, []byte(`{"claim":7,"statement":"a \"b\" \u06f9","glosses":[],"around":{},`+
		`"evidence":[{"x":null,"y":[true,false]},{"x":-1.5e3}]}`), got, nil)
	for _, s := range []string{``, `{`, `[]`, `7`, `{"a":1} `, ` {"a":1}`, `{"a": 1}`, `{"a":1,}`, `{"a":1,"a":2}`,
		`{"A":1}`, `{"a/b":1}`, `{"":1}`, `{"a":01}`, `{"a":1e}`, `{"a":"` + "\n" + `"}`,
		`{"a":"` + "\xff" + `"}`, `{"a":tru}`,
		`{"a":"\x"}`, `{"a":[1,]}`, `{"a":"b}`, `{"a":"b\`, `{"a"}`, `{"a":1}}`, strings.Repeat(`{"a":`, 99) + "1" +
			strings.Repeat("}", 99)} {
		if got, err := Flatten([]byte(s)); err == nil {
			t.Errorf("Flatten(%s) = %v", s, got)
		}
	}
}

func FuzzFlatten(f *testing.F) {
	f.Add([]byte(`{"claim":7,"glosses":[],"x":{"y":["a",null,true,-1.5]}}`))
	f.Fuzz(func(t *testing.T, in []byte) {
		got, err := Flatten(in)
		if err == nil && (!json.Valid(in) || len(got) == 0) {
			t.Errorf("%q is flattened to %v", in, got)
		}
		paths := map[string]bool{}
		for _, p := range got {
			if paths[p.Path] {
				t.Errorf("%q has two values at %s", in, p.Path)
			}
			paths[p.Path] = true
		}
		sameLeaf(t, in, got, err)
	})
}

// sameLeaf: in one pass comes what comes of the values that Flatten gives.
func sameLeaf(t *testing.T, object []byte, printed []Printed, flat error) {
	t.Helper()
	set := []byte("0123456789abcdef")
	leaves, err := NewLeaves(set)
	if err != nil {
		t.Fatal(err)
	}
	for range 2 { // the second time in memory that is used
		got, err := leaves.Of(7, object)
		if (err == nil) != (flat == nil) {
			t.Fatalf("%q: the leaf says %v, Flatten %v", object, err, flat)
		}
		secret, err := ClaimSecret(set, 7)
		if err != nil {
			t.Fatal(err)
		}
		if want, err := ClaimHash(printed, secret); flat == nil && (err != nil || got != want) {
			t.Fatalf("%q: leaf %x, want %x, %v", object, got, want, err)
		}
	}
}

// TestClaimHash fixes the leaf of a claim by the form in docs/claimset.md, made here from the words of it.
func TestClaimHash(t *testing.T) {
	printed := []Printed{{"claim", "n7"}, {"statement", "sحدود ۹"}}
	secret := []byte("0123456789abcdef")
	salts, err := NewSalter(secret)
	if err != nil {
		t.Fatal(err)
	}
	leaf := "\x00claimbench claim 1\n"
	for i, p := range printed {
		h := sha256.Sum256([]byte("claimbench field 2\n" + string(salts.Salt(uint64(i))) + p.Value))
		leaf += p.Path + " " + string(h[:])
	}
	got, err := ClaimHash(printed, secret)
	if want := sha256.Sum256([]byte(leaf)); err != nil || got != want {
		t.Errorf("ClaimHash = %x, %v; want %x", got, err, want)
	}
	// AES-128 of 1 under this key, by openssl: printf '%032x' 1 | xxd -r -p | openssl enc -aes-128-ecb -nopad -K
	// 3031…66
	if got := fmt.Sprintf("%x", salts.Salt(1)); got != wantSalt {
		t.Errorf("salt 1 is %s, want %s", got, wantSalt)
	}
}

// TestTree: a tree in memory is that of RFC 6962, and its paths lead to its root.
func TestTree(t *testing.T) {
	var tree Tree
	var leaves []Hash
	for n := int64(0); n < 70; n++ {
		if tree.Len() != n {
			t.Fatalf("%d leaves are %d", n, tree.Len())
		}
		for i := range leaves {
			path, err := tree.Path(int64(i))
			if err == nil {
				err = tlog.CheckRecord(path, n, tree.Root(), int64(i), leaves[i])
			}
			if err != nil {
				t.Fatalf("leaf %d of %d: %v", i, n, err)
			}
		}
		leaves = append(leaves, sha256.Sum256([]byte{byte(n)}))
		tree.Add(leaves[n])
	}
	if slices.Contains(tree.hashes, tlog.Hash{}) {
		t.Error("a hash of the tree is missing")
	}
}
