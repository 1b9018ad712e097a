package match

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"reflect"
	"testing"
)

func bareIndex(t testing.TB) (*Index, []Item, Texts) {
	t.Helper()
	var items []Item
	for i, l := range longLines[:3] {
		for n := range 40 {
			items = append(items, Item{ID: fmt.Sprint(1000*i + n), Doc: fmt.Sprint(i, n/6),
				Text: fmt.Sprintf(l.part, n%9)})
		}
	}
	items = append(items, Item{ID: "named", Text: "Talks of one sentence."},
		Item{ID: "77", Doc: "last", Text: "Talks."})
	ix := NewIndex(Builtin(), BareTexts())
	if err := ix.Add(items...); err != nil {
		t.Fatal(err)
	}
	byID := map[string]Item{}
	for _, it := range items {
		byID[it.ID] = it
	}
	return ix, items, func(ids []string) ([]Item, error) {
		out := make([]Item, len(ids))
		for i, id := range ids {
			out[i] = byID[id]
		}
		return out, nil
	}
}

// TestSavedIndexAnswersAlike: an index that was saved and read gives the same answers, and grows as the other does.
func TestSavedIndexAnswersAlike(t *testing.T) {
	t.Parallel()
	ix, items, texts := bareIndex(t)
	var file bytes.Buffer
	if err := ix.Save(&file, "rules 1", []byte("beside")); err != nil {
		t.Fatal(err)
	}
	got, beside, err := Load(file.Bytes(), "rules 1")
	if err != nil || string(beside) != "beside" || got.Len() != len(items) {
		t.Fatalf("%v, %q", err, beside)
	}
	for round := range 2 {
		for _, q := range []Item{items[0], items[50], items[90], {Text: "The talks in Moscow failed."}} {
			a, err := ix.ProposeFrom(q, 20, texts)
			if err != nil {
				t.Fatal(err)
			}
			b, err := got.ProposeFrom(q, 20, texts)
			if err != nil || !reflect.DeepEqual(a, b) {
				t.Errorf("round %d, %q: %v, %v\n want %v", round, q.Text, b, err, a)
			}
		}
		for _, x := range []*Index{ix, got} {
			more := Item{ID: "8000", Doc: "new", Text: "The minister of 4 said that Minsk had failed."}
			if err := x.Add(more); (err != nil) != (round == 1) {
				t.Errorf("round %d: %v", round, err)
			}
		}
	}
}

// TestDamagedFileIsNotUsed: another rule, a changed or missing byte, and numbers that do not fit make no index.
func TestDamagedFileIsNotUsed(t *testing.T) {
	t.Parallel()
	ix, _, _ := bareIndex(t)
	var file bytes.Buffer
	if err := ix.Save(&file, "rules 1", nil); err != nil {
		t.Fatal(err)
	}
	whole := file.Bytes()
	if _, _, err := Load(whole, "rules 2"); err == nil {
		t.Error("other rules are taken")
	}
	if _, _, err := Load(nil, "rules 1"); err == nil {
		t.Error("nothing is taken for a file")
	}
	for at := 0; at < len(whole); at += 97 {
		bad := bytes.Clone(whole)
		bad[at] ^= 0x40
		if _, _, err := Load(bad, "rules 1"); err == nil {
			t.Errorf("a wrong byte at %d is not seen", at)
		}
		if _, _, err := Load(whole[:at], "rules 1"); err == nil {
			t.Errorf("a file cut at %d is taken", at)
		}
	}
	if err := NewIndex(Builtin()).Save(&file, "rules 1", nil); err == nil {
		t.Error("an index with its texts is written")
	}
}

// FuzzLoad: no bytes make Load panic, with a right sum too.
func FuzzLoad(f *testing.F) {
	ix, _, _ := bareIndex(f)
	var file bytes.Buffer
	if err := ix.Save(&file, "r", nil); err != nil {
		f.Fatal(err)
	}
	f.Add(file.Bytes()[len(fileMagic) : file.Len()-4])
	f.Fuzz(func(t *testing.T, body []byte) {
		data := append([]byte(fileMagic), body...)
		data = binary.LittleEndian.AppendUint32(data, crc32.Checksum(data, castagnoli))
		if ix, _, err := Load(data, "r"); (ix == nil) == (err == nil) {
			t.Errorf("%v, %v", ix, err)
		}
	})
}
