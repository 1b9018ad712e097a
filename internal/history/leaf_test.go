package history

import (
	"encoding/hex"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/tlog"
	"pgregory.net/rapid"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func text(s string) *string { return &s }

func goldenRows() map[string]eventRow {
	return map[string]eventRow{
		"plain": {Seq: 1, At: 1763755807000001, UserID: 3, UserName: "reviewer-1", Role: "reviewer", Via: "web",
			Request: "r-1",
			Action:  "claim.edited", Object: "claim:42", CollectionID: 1,
			RowBefore: text(`{"state":"candidate","version":"1"}`),
			RowAfter:  text(`{"state":"open","version":"2"}`), Texts: "{}"},
		"texts": {Seq: 1 << 40, At: -1, UserID: 9, UserName: "editor-2", Role: "editor", Via: "cli", Batch: "import 7",
			Action: "article.imported", Object: "article:7", CollectionID: 2, Veil: 5, RowAfter: text(`{}`),
			Texts: `{"raw":"` + fmt.Sprintf("%064x", 7) + `","reason":"` + fmt.Sprintf("%064x", 8) + `"}`},
		"foreign": {Seq: 2, At: 0, UserName: "کاربر", Via: "system", Action: "user.removed", Object: "user:۱",
			RowBefore: text(`{"name":"حدود ۹\nگیگابایت \"🙂\""}`), Texts: "{}"},
	}
}

// TestLeafGolden holds the canonical bytes of versions 1 and 2. A difference here breaks every history there is: do not
// update the files, add a version.
func TestLeafGolden(t *testing.T) {
	rows := goldenRows()
	for name, row := range goldenRows() {
		row.Salt = []byte("0123456789abcdefthe name's salt.")
		rows["2-"+name] = row
		row.UserName, row.Salt = "", append([]byte("0123456789abcdef"), "the hash of a name that is gone."...)
		rows["2-erased-"+name] = row
	}
	for name, row := range rows {
		leaf := appendLeaf(nil, &row)
		hash, _ := leafHash(nil, &row)
		if hash != tlog.RecordHash(leaf) {
			t.Errorf("%s: leafHash is not RFC 6962's hash of the leaf", name)
		}
		got := string(leaf) + "sha256 " + hex.EncodeToString(hash[:]) + "\n"
		path := filepath.Join("testdata", "leaf-"+name+".golden")
		if *update {
			if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if got != string(want) {
			t.Errorf("%s: the leaf has changed:\n%s\nwas\n%s", name, got, want)
		}
	}
}

// TestTextHash fixes the salted hash by a value computed elsewhere:
// printf 'claimbench text 1\n0123456789abcdefفارسی' | sha256sum
func TestTextHash(t *testing.T) {
	h := textHash([]byte("0123456789abcdef"), "فارسی")
	const want = "e8c383f1403c7bbc2108b836b2e5b566ce430eadfa67c00bff2af18b3a10d610"
	if got := hex.EncodeToString(h[:]); got != want {
		t.Errorf("textHash = %s, want %s", got, want)
	}
}

// TestLeafIsInjective: two events that differ in any field never share a leaf, also when one field's value holds what
// looks like the next field.
func TestLeafIsInjective(t *testing.T) {
	value := rapid.SampledFrom([]string{"", "-", "a", "a\nrole 1 b", "1 a", "\n", "role 0 \n", "ي"})
	row := func(t *rapid.T, label string) eventRow {
		opt := func(l string) *string {
			if rapid.Bool().Draw(t, l+" there") {
				return text(value.Draw(t, l))
			}
			return nil
		}
		return eventRow{Seq: rapid.Int64Range(1, 2).Draw(t, label), UserName: value.Draw(t, "name"), Role: value.Draw(t,
			"role"),
			Batch: value.Draw(t, "batch"), Object: value.Draw(t, "object"), RowBefore: opt("before"),
			RowAfter: opt("after"),
			Texts:    value.Draw(t, "texts")}
	}
	salt := []byte("0123456789abcdefthe name's salt.")
	rapid.Check(t, func(t *rapid.T) {
		a, b := row(t, "a"), row(t, "b")
		equal := same(a.RowBefore, b.RowBefore) && same(a.RowAfter, b.RowAfter)
		x, y := a, b
		x.RowBefore, x.RowAfter, y.RowBefore, y.RowAfter = nil, nil, nil, nil
		equal = equal && reflect.DeepEqual(x, y)
		if got := string(appendLeaf(nil, &a)) == string(appendLeaf(nil, &b)); got != equal {
			t.Fatalf("leaves equal: %v, rows equal: %v\n%+v\n%+v", got, equal, a, b)
		}
		a, b = asWritten(a), asWritten(b)
		a.Salt, b.Salt = salt, salt
		if got := string(appendLeaf(nil, &a)) == string(appendLeaf(nil, &b)); got != equal {
			t.Fatalf("version 2: leaves equal: %v, rows equal: %v\n%+v\n%+v", got, equal, a, b)
		}
	})
}

// asWritten gives a row with what stands in its values brought into the form that Append writes.
func asWritten(r eventRow) eventRow {
	for _, row := range []**string{&r.RowBefore, &r.RowAfter} {
		if *row != nil {
			*row = text(encode(map[string]string{"x": **row}))
		}
	}
	h := textHash(nil, r.Texts)
	r.Texts = encode(map[string]string{"t": hexOf(h)})
	return r
}

// TestLeafTells: whoever changes any value of an event of version 2, or one of its salts, changes its leaf; and a form
// that Append does not write has a leaf that is no event's.
func TestLeafTells(t *testing.T) {
	row := goldenRows()["plain"]
	row.Salt = []byte("0123456789abcdefthe name's salt.")
	was := string(appendLeaf(nil, &row))
	for i := range row.Salt {
		r := row
		r.Salt = slices.Clone(row.Salt)
		r.Salt[i] ^= 1
		if string(appendLeaf(nil, &r)) == was {
			t.Errorf("byte %d of the salt was changed, and the leaf is the same", i)
		}
	}
	for name, change := range map[string]func(*eventRow){
		"a salt of another length": func(r *eventRow) { r.Salt = r.Salt[:31] },
		"a row in another form":    func(r *eventRow) { r.RowAfter = text(`{"a":1}`) },
		"no row at all":            func(r *eventRow) { r.RowBefore = text("") },
		"texts in another form":    func(r *eventRow) { r.Texts = `{"a":"0g"}` },
		"a hash that is cut":       func(r *eventRow) { r.Texts = `{"a":"00"}` },
		"a hash in capitals":       func(r *eventRow) { r.Texts = `{"a":"` + strings.Repeat("A", 64) + `"}` },
		"a name beside its hash":   func(r *eventRow) { r.Salt = make([]byte, erasedName) },
	} {
		r := row
		change(&r)
		if got := string(appendLeaf(nil, &r)); got != brokenLeaf {
			t.Errorf("%s has the leaf %q", name, got)
		}
	}
}

// TestFieldsCanonical: the form reads back as it was, is JSON, and is the only form that is read.
func TestFieldsCanonical(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := rapid.MapOf(rapid.StringMatching(`[a-z][a-z0-9_]{0,8}`), rapid.String()).Draw(t, "fields")
		s := encode(m)
		got, err := decode(s)
		if err != nil {
			t.Fatalf("decode(%s): %v", s, err)
		}
		if len(got) != len(m) {
			t.Fatalf("decode(%s) = %v", s, got)
		}
		for k, v := range m {
			if got[k] != v {
				t.Fatalf("decode(%s)[%q] = %q, want %q", s, k, got[k], v)
			}
		}
		if !json.Valid([]byte(s)) {
			t.Fatalf("%s is no JSON", s)
		}
	})
	for _, s := range []string{`{ "a":"b"}`, `{"b":"1","a":"2"}`, `{"a":1}`, `{"a":"\u0062"}`, `{"a":"b","a":"b"}`,
		`[]`, ``, `{"a":"b"} `, `null`} {
		if m, err := decode(s); err == nil {
			t.Errorf("decode(%s) = %v, though that is not the canonical form", s, m)
		}
	}
	if got, want := encode(map[string]string{"b": "\x01\t\"\\/<é", "a": ""}),
		`{"a":"","b":"\u0001\t\"\\/<é"}`; got != want {
		t.Errorf("encode = %s, want %s (RFC 8785)", got, want)
	}
}

// TestEdgeIsTlog: the tree kept by its right edge alone is the tree of golang.org/x/mod/sumdb/tlog, hash by hash.
func TestEdgeIsTlog(t *testing.T) {
	var stored []tlog.Hash
	read := tlog.HashReaderFunc(func(idx []int64) ([]tlog.Hash, error) {
		out := make([]tlog.Hash, len(idx))
		for i, x := range idx {
			out[i] = stored[x]
		}
		return out, nil
	})
	e := &edge{}
	for n := int64(0); n < 300; n++ {
		want, err := tlog.TreeHash(n, read)
		if err != nil {
			t.Fatal(err)
		}
		if e.root() != want {
			t.Fatalf("root at %d = %s, want %s", n, e.root(), want)
		}
		data := []byte(fmt.Sprint("record ", n))
		hashes, err := tlog.StoredHashes(n, data, read)
		if err != nil {
			t.Fatal(err)
		}
		var got []tlog.Hash
		e.add(tlog.RecordHash(data), func(idx int64, h tlog.Hash) {
			if idx != int64(len(stored)+len(got)) {
				t.Fatalf("record %d: hash stored at %d, want %d", n, idx, len(stored)+len(got))
			}
			got = append(got, h)
		})
		if fmt.Sprint(got) != fmt.Sprint(hashes) {
			t.Fatalf("record %d stores %v, want %v", n, got, hashes)
		}
		stored = append(stored, hashes...)
		back, err := openEdge(headRow{Size: e.size, Edge: e.bytes()})
		if err != nil || back.root() != e.root() {
			t.Fatalf("the edge of %d does not read back: %v", e.size, err)
		}
	}
}

func TestOpenEdgeRefuses(t *testing.T) {
	for _, h := range []headRow{{Size: 1}, {Size: -1}, {Size: 3, Edge: make([]byte, 32)},
		{Size: 2, Edge: make([]byte, 33)}} {
		if _, err := openEdge(h); err == nil {
			t.Errorf("openEdge(size %d, %d bytes) opens", h.Size, len(h.Edge))
		}
	}
}
