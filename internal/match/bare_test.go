package match

import (
	"fmt"
	"reflect"
	"testing"
)

// TestBareIndexAnswersAlike: an index that keeps no texts gives the hits, scores and keys of one that does, whether a
// query is an item, a part of one, or stands nowhere.
func TestBareIndexAnswersAlike(t *testing.T) {
	t.Parallel()
	var items []Item
	for i, l := range longLines[:3] {
		for n := range 60 {
			items = append(items, Item{ID: fmt.Sprint(1000*i + n), Doc: fmt.Sprint(i, n/6), Lang: "",
				Text: fmt.Sprintf(l.part, n%9)})
		}
	}
	whole, bare := NewIndex(Builtin()), NewIndex(Builtin(), BareTexts())
	for _, ix := range []*Index{whole, bare} {
		if err := ix.Add(items...); err != nil {
			t.Fatal(err)
		}
	}
	byID := map[string]Item{}
	for _, it := range items {
		byID[it.ID] = it
	}
	asked := 0
	texts := func(ids []string) ([]Item, error) {
		out := make([]Item, len(ids))
		for i, id := range ids {
			out[i] = byID[id]
		}
		asked += len(ids)
		return out, nil
	}
	part := items[7]
	part.ID, part.Text = "", part.Text[4:40]
	for _, q := range []Item{items[0], items[70], items[140], part, {Text: "The talks in Moscow failed."}} {
		want := whole.Propose(q, 20)
		got, err := bare.ProposeFrom(q, 20, texts)
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%q: %v, %v\n want %v", q.Text, got, err, want)
		}
	}
	if asked == 0 || bare.items.texts != nil {
		t.Errorf("the index asked for %d texts and keeps %d", asked, len(bare.items.texts))
	}
}

// TestBareIndexWithoutTexts: a text that is gone makes no hit, and one that cannot be read is an error.
func TestBareIndexWithoutTexts(t *testing.T) {
	t.Parallel()
	ix := NewIndex(Builtin(), BareTexts())
	if err := ix.Add(Item{ID: "1", Doc: "a", Text: "The talks in Moscow failed on Monday."},
		Item{ID: "2", Doc: "b", Text: "The talks in Moscow failed on Monday."}); err != nil {
		t.Fatal(err)
	}
	q := Item{Doc: "c", Text: "The talks in Moscow failed."}
	hits, err := ix.QueryFrom(q, 5, func(ids []string) ([]Item, error) {
		out := make([]Item, len(ids))
		for i, id := range ids {
			if id == "2" {
				out[i].Text = "The talks in Moscow failed on Monday."
			}
		}
		return out, nil
	})
	if err != nil || len(hits) != 1 || hits[0].ID != "2" {
		t.Errorf("%v, %v; want item 2 only", hits, err)
	}
	if _, err := ix.QueryFrom(q, 5, func([]string) ([]Item, error) { return nil, fmt.Errorf("gone") }); err == nil {
		t.Error("texts that cannot be read make no error")
	}
}
