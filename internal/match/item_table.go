package match

import (
	"slices"
	"strconv"
)

// Texts gives the items of some ids with their words, in the same order; one that is gone has none. An index that
// keeps no texts asks it for the few that a query shows.
type Texts func(ids []string) ([]Item, error)

// itemTable keeps what is known of each item beside its terms. An id that is a number, as those of a database are,
// takes eight bytes.
type itemTable struct {
	ids     []int64 // below 0: the place in named, less one
	named   []string
	byName  map[string]int32
	langs   []uint16
	langTab []string
	texts   []string // nil when the index keeps none
	at      map[int64]uint32
	sorted  bool // the ids ascend, so that they are found without a map
	bare    bool // keeps no texts
}

func newItemTable() itemTable { return itemTable{byName: map[string]int32{}, sorted: true} }

func (t *itemTable) len() int { return len(t.ids) }

// code is the number that stands for an id. A name that is new gets the next one when known is false.
func (t *itemTable) code(id string, known bool) (int64, bool) {
	if n, err := strconv.ParseInt(id, 10, 64); err == nil && n >= 0 && (id[0] != '0' || id == "0") && id[0] != '+' {
		return n, true
	}
	if k, ok := t.byName[id]; ok {
		return int64(-k - 1), true
	}
	if known {
		return 0, false
	}
	k := int32(len(t.named))
	t.named, t.byName[id] = append(t.named, id), k
	return int64(-k - 1), true
}

// find gives the item of an id.
func (t *itemTable) find(id string) (uint32, bool) {
	c, ok := t.code(id, true)
	if !ok {
		return 0, false
	}
	if t.sorted {
		i, ok := slices.BinarySearch(t.ids, c)
		return uint32(i), ok
	}
	i, ok := t.at[c]
	return i, ok
}

func (t *itemTable) add(it Item) {
	c, _ := t.code(it.ID, false)
	if n := len(t.ids); t.sorted && n > 0 && c <= t.ids[n-1] {
		t.sorted, t.at = false, make(map[int64]uint32, n)
		for i, x := range t.ids {
			t.at[x] = uint32(i)
		}
	}
	if !t.sorted {
		t.at[c] = uint32(len(t.ids))
	}
	lang := slices.Index(t.langTab, it.Lang)
	if lang < 0 {
		lang = len(t.langTab)
		t.langTab = append(t.langTab, it.Lang)
	}
	t.ids, t.langs = append(room(t.ids, 1), c), append(room(t.langs, 1), uint16(lang))
	if !t.bare {
		t.texts = append(t.texts, it.Text)
	}
}

// id gives the id of an item.
func (t *itemTable) id(item uint32) string {
	if c := t.ids[item]; c >= 0 {
		return strconv.FormatInt(c, 10)
	}
	return t.named[-t.ids[item]-1]
}

func (t *itemTable) lang(item uint32) string { return t.langTab[t.langs[item]] }

// need asks for the texts of some items, where the index keeps none.
func (ix *Index) need(items []uint32, sc *scratch) {
	if !ix.items.bare || sc.fetch == nil || sc.err != nil {
		return
	}
	var ids []string
	var missing []uint32
	for _, item := range items {
		if _, there := sc.texts[item]; !there {
			ids, missing = append(ids, ix.items.id(item)), append(missing, item)
		}
	}
	if len(ids) == 0 {
		return
	}
	if sc.texts == nil {
		sc.texts = map[uint32]string{}
	}
	got, err := sc.fetch(ids)
	if err != nil {
		sc.err = err
		return
	}
	for i, it := range got {
		sc.texts[missing[i]] = it.Text
	}
}

// text gives the words of an item: its own, or those that need asked for.
func (ix *Index) text(item uint32, sc *scratch) string {
	if ix.items.bare {
		return sc.texts[item]
	}
	return ix.items.texts[item]
}

// itemOf puts an item together; its article is left out.
func (ix *Index) itemOf(item uint32, sc *scratch) Item {
	return Item{ID: ix.items.id(item), Lang: ix.items.lang(item), Text: ix.text(item, sc)}
}
